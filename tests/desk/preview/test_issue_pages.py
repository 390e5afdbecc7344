"""Pages of the preview are those of a build, whatever was edited, and only what changed is made anew."""

from __future__ import annotations

import pickle
import random
import shutil
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.desk.preview.current_issue import CurrentIssue
from pipeline.desk.preview.decisions import decided_for
from pipeline.desk.preview.issue_pages import IssuePages
from pipeline.desk.preview.requests import ShowAnswer, ShowRequest
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import IssueError
from pipeline.findings.place import Place
from pipeline.models.editions import PRESS, SCREEN
from pipeline.models.text import Picture
from pipeline.models.tree import nodes_of
from pipeline.page.cover_plan import WHOLE_COVER
from pipeline.page.makeup.fitting import UNFITTED
from pipeline.pdf.raster import page_pictures
from pipeline.reading.issue_reader import read_issue
from tests.support.generated.edits import edit_issue
from tests.support.paths import SHIPPED_ISSUES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.models.issue import Issue

ISSUE: Final = "2023-12-20"
PPI: Final = 40


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The shipped issues, to be edited."""
    shutil.copytree(SHIPPED_ISSUES, tmp_path / "issues")
    return Workspace(tmp_path)


@pytest.fixture
def pages(workspace: Workspace) -> Iterator[IssuePages]:
    kept = IssuePages(CurrentIssue(workspace, ISSUE), "screen")
    yield kept
    kept.close()


def asked(pages: IssuePages, before: ShowAnswer | None = None, edition: str = "screen") -> ShowAnswer:
    decisions = before.decisions if before is not None else None
    return pages.show(ShowRequest(ISSUE, edition, decisions, as_readable=False))


def change(workspace: Workspace, name: str, old: str, new: str) -> None:
    path = workspace.issues / ISSUE / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def keys(answer: ShowAnswer) -> list[str]:
    return [page.key for page in answer.pages]


def anew(workspace: Workspace, before: ShowAnswer, edition: str = "screen") -> ShowAnswer:
    """Lay the whole out without anything kept but the decisions."""
    fresh = IssuePages(CurrentIssue(workspace, ISSUE), edition)
    try:
        return asked(fresh, before, edition)
    finally:
        fresh.close()


def test_a_page_looks_as_build_draws_it(workspace: Workspace, pages: IssuePages, tmp_path: Path) -> None:
    answer = asked(pages)
    request = BuildRequest(workspace.issues / ISSUE, workspace, tmp_path / "out", editions=(SCREEN,))
    (pdf, *_) = build(request).paths
    built = page_pictures(pdf.read_bytes(), PPI)
    assert len(built) == len(answer.pages)
    for page, picture in zip(answer.pages, built, strict=True):
        (shown,) = page_pictures(answer.drawn[page.key], PPI)
        assert shown.tobytes() == picture.tobytes(), page.number


def test_a_word_changes_the_page_it_stands_on_and_no_other_is_drawn(
    workspace: Workspace, pages: IssuePages
) -> None:
    before = asked(pages)
    change(workspace, "smart-city-expo.md", " и ", " или ")
    after = asked(pages, before)
    changed = [page.key for page, old in zip(after.pages, keys(before), strict=True) if page.key != old]
    assert len(changed) == 1
    assert changed[0] in after.drawn
    assert len(after.drawn) < len(after.pages) / 2


def test_what_is_as_it_was_is_not_drawn_again(workspace: Workspace, pages: IssuePages) -> None:
    before = asked(pages)
    change(workspace, "smart-city-expo.md", "---\n", "---\n# бележка на редактора\n")
    after = asked(pages, before)
    assert keys(after) == keys(before)
    assert not after.drawn


@pytest.mark.parametrize("seed", [1, 2])
def test_after_edits_all_pages_and_places_are_those_of_a_layout_from_the_start(
    workspace: Workspace, pages: IssuePages, seed: int
) -> None:
    """Kept pages and resumed ones agree with what is laid out as a whole, with the same decisions."""
    rnd = random.Random(seed)
    before = asked(pages)
    for _ in range(2):
        edit_issue(workspace.issues / ISSUE, rnd)
        after = asked(pages, before)
        whole = anew(workspace, before)
        assert keys(after) == keys(whole)
        assert after.places == whole.places
        before = after


def test_numbers_in_the_contents_follow_what_moves(workspace: Workspace, pages: IssuePages) -> None:
    before = asked(pages)
    grown = " ".join(["Дълъг текст, който измества всичко след него."] * 120)
    change(workspace, "xd-media-hub.md", "\n---\n", f"\n---\n\n{grown}\n")
    after = asked(pages, before)
    assert len(after.pages) > len(before.pages)
    assert keys(after)[0] != keys(before)[0]
    assert keys(after) == keys(anew(workspace, before))


def test_a_changed_title_shows_in_the_contents_at_once(workspace: Workspace, pages: IssuePages) -> None:
    before = asked(pages)
    change(workspace, "smart-city-expo.md", "title: ", "title: Още ")
    after = asked(pages, before)
    assert keys(after)[0] != keys(before)[0], "the contents"
    assert keys(after) == keys(anew(workspace, before))


def test_another_style_is_followed(workspace: Workspace, pages: IssuePages) -> None:
    before = asked(pages)
    publication = workspace.issues / "publication.yaml"
    text = publication.read_text("utf-8")
    assert "  version: 1\n" in text
    publication.write_text(text.replace("  version: 1\n", "  version: 2\n", 1), "utf-8")
    after = asked(pages, before)
    assert not set(keys(after)) & set(keys(before))


class TestPlaces:
    def test_a_paragraph_stands_where_its_line_is_named(
        self, pages: IssuePages, workspace: Workspace
    ) -> None:
        answer = asked(pages)
        path = f"issues/{ISSUE}/smart-city-expo.md"
        lines = (workspace.root / path).read_text("utf-8").split("\n")
        named = {place.line for place in answer.places if place.path == path}
        body = lines.index("---", 1) + 1
        written = {
            number
            for number, line in enumerate(lines, 1)
            if number > body and line.strip() and not line.startswith(("!", "[", "|", ":"))
        }
        starts = {
            number for number in written if not lines[number - 2].strip() or lines[number - 1][0] in "-*"
        }
        assert starts <= named

    def test_every_article_and_section_can_be_found_on_the_pages(self, pages: IssuePages) -> None:
        answer = asked(pages)
        files = {place.path.rpartition("/")[2] for place in answer.places}
        folder = SHIPPED_ISSUES / ISSUE
        plan = (folder / "issue.yaml").read_text("utf-8")
        assert files == {"issue.yaml"} | {path.name for path in folder.glob("*.md") if path.name in plan}

    def test_lines_follow_what_is_written_above_them(self, pages: IssuePages, workspace: Workspace) -> None:
        before = asked(pages)
        name = "smart-city-expo.md"
        change(workspace, name, "---\n", "---\n# бележка\n# и още една\n")
        after = asked(pages, before)
        moved = [
            (old.line, new.line)
            for old, new in zip(before.places, after.places, strict=True)
            if new.path.endswith(name)
        ]
        assert moved
        assert all(new == old + 2 for old, new in moved)

    def test_rectangles_lie_on_their_pages(self, pages: IssuePages) -> None:
        answer = asked(pages)
        assert answer.places
        for place in answer.places:
            page = answer.pages[place.page - 1]
            assert -1 <= place.x <= place.x + place.w <= page.width + 1
            assert -1 <= place.y <= place.y + place.h <= page.height + 1


def test_a_page_of_press_has_its_bleed(workspace: Workspace) -> None:
    kept = IssuePages(CurrentIssue(workspace, ISSUE), PRESS.name)
    try:
        answer = asked(kept, edition=PRESS.name)
    finally:
        kept.close()
    page = answer.pages[0]
    assert (page.width, page.height, page.bleed) == (210, 297, PRESS.bleed)
    (picture,) = page_pictures(answer.drawn[page.key], 72)
    assert picture.size == (613, 859), "the sheet is larger by the bleed on each side"


def test_files_with_errors_are_refused_with_all_of_them(workspace: Workspace, pages: IssuePages) -> None:
    asked(pages)
    change(workspace, "smart-city-expo.md", "title:", "titel:")
    with pytest.raises(IssueError) as refused:
        asked(pages)
    assert [each.code for each in refused.value.findings if each.code.startswith("E")] == ["E12"]


def test_decisions_go_with_the_picture_they_are_about(workspace: Workspace) -> None:
    """The maker-up names a photograph by its line, which an edit above it moves."""
    name = "smart-city-expo.md"
    picture = '![зала](images/x.jpg){credit="А. Б."}\n\nОще думи.\n\n'
    path = workspace.issues / ISSUE / name
    text = path.read_text("utf-8")
    head, _, body = text[4:].partition("\n---\n")

    def issue_with(above: str) -> Issue:
        path.write_text(f"---\n{head}\n---\n{above}{picture}{picture}{body}", "utf-8")
        issue = read_issue(workspace.issues / ISSUE, workspace).readable
        assert issue is not None
        return issue

    def places_in(issue: Issue) -> list[Place]:
        article = next(each for each in issue.articles if each.name == name)
        return [each.place for each in nodes_of(Picture, article.body) if each.source == "images/x.jpg"]

    before, after = issue_with(""), issue_with("Нов абзац.\n\n")
    fitting = UNFITTED.with_height(places_in(before)[1], 3).with_height(Place("gone.md", 1), 2)
    decisions = pickle.loads(pickle.dumps(decided_for(before, WHOLE_COVER, fitting)))
    assert decisions.for_issue(after)[1].heights == {places_in(after)[1]: 3}
    assert places_in(after)[1].line == places_in(before)[1].line + 2
