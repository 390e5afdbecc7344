"""The preview answers whatever happens to files and process: it says what is stale, and keeps good pages."""

from __future__ import annotations

import io
import os
import shutil
import signal
import threading
import time
from typing import TYPE_CHECKING, Final

import pytest
from PIL import Image, ImageChops

from pipeline.desk.preview import kept, residents
from pipeline.desk.preview.changes import CoverChange, OrderChange, WeightChange, WidthChange
from pipeline.desk.preview.decisions import Decisions
from pipeline.desk.preview.preview import Preview
from pipeline.desk.preview.process import resident
from pipeline.desk.preview.process.resident import Resident
from pipeline.desk.preview.requests import ShowAnswer, ShowRequest
from pipeline.desk.preview.shown import PageShown, Shown
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import IssueError, PressError, errors, found
from pipeline.models.editions import SCREEN
from pipeline.page.cover_plan import WHOLE_COVER
from pipeline.page.makeup.fitting import UNFITTED
from pipeline.pdf.plate_pictures import PLATES
from tests.studio.processes import until
from tests.support.paths import SHIPPED_ISSUES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.desk.preview.changes import PlanChange

ISSUE: Final = "2023-12-20"
NAME: Final = "smart-city-expo.md"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("preview")
    shutil.copytree(SHIPPED_ISSUES, root / "issues")
    return Workspace(root)


@pytest.fixture(scope="module")
def shared(workspace: Workspace) -> Iterator[Preview]:
    """One preview for all tests here: a process takes a while to start."""
    with Preview(workspace) as preview:
        yield preview


@pytest.fixture
def preview(shared: Preview, workspace: Workspace) -> Iterator[Preview]:
    """Yield the preview with good pages, and mend afterwards what a test did to the files."""
    assert not shared.show(ISSUE).stale
    article = workspace.issues / ISSUE / NAME
    before = article.read_bytes()
    yield shared
    article.write_bytes(before)


def article_of(workspace: Workspace) -> Path:
    return workspace.issues / ISSUE / NAME


def change(workspace: Workspace, old: str, new: str) -> None:
    article = article_of(workspace)
    text = article.read_text("utf-8")
    assert old in text
    article.write_text(text.replace(old, new, 1), "utf-8")


def process_of(preview: Preview) -> Resident:
    process = preview._processes._resident
    assert process is not None
    return process


def test_pages_follow_the_files_and_what_is_the_same_has_the_same_serial(
    preview: Preview, workspace: Workspace
) -> None:
    before = preview.show(ISSUE)
    assert preview.show(ISSUE) == before
    change(workspace, " и ", " или ")
    after = preview.show(ISSUE)
    assert after.serial > before.serial
    changed = [page.number for page, old in zip(after.pages, before.pages, strict=True) if page != old]
    assert len(changed) == 1


def test_a_page_is_a_picture_in_the_size_asked_for(preview: Preview) -> None:
    page = preview.show(ISSUE).pages[0]
    picture = Image.open(io.BytesIO(preview.page_png(ISSUE, page.key, 50)))
    assert picture.format == "PNG"
    assert picture.size == (round(210 / 25.4 * 50) + 1, round(297 / 25.4 * 50))
    assert preview.page_png(ISSUE, page.key, 50) == preview.page_png(ISSUE, page.key, 50)


def test_errors_keep_the_last_good_pages_and_say_so(preview: Preview, workspace: Workspace) -> None:
    before = preview.show(ISSUE)
    change(workspace, "title:", "titel:")
    stale = preview.show(ISSUE)
    assert stale.stale
    assert stale.pages == before.pages
    assert stale.places == before.places
    assert [(each.code, each.place and each.place.line) for each in errors(stale.findings)] == [("E12", 3)]
    assert preview.page_png(ISSUE, before.pages[0].key, 20)
    change(workspace, "titel:", "title:")
    again = preview.show(ISSUE)
    assert not again.stale
    assert again.pages == before.pages


def test_what_is_still_to_be_said_of_a_picture_holds_no_page_back(
    preview: Preview, workspace: Workspace
) -> None:
    before = preview.show(ISSUE)
    path = article_of(workspace)
    path.write_text(f"{path.read_text('utf-8')}\n![](images/investech.svg)\n", "utf-8")
    shown = preview.show(ISSUE)
    assert {"E51", "E53"} <= {each.code for each in errors(shown.findings)}
    assert not shown.stale
    assert shown.pages != before.pages


def test_an_issue_that_was_never_whole_is_shown_as_far_as_it_can_be_read(workspace: Workspace) -> None:
    change(workspace, "title:", "titel:")
    try:
        with Preview(workspace) as preview:
            shown = preview.show(ISSUE)
            assert shown.stale
            assert len(shown.pages) > 1
            assert [each.code for each in errors(shown.findings)] == ["E12"]
    finally:
        change(workspace, "titel:", "title:")


def test_a_page_that_is_no_longer_shown_is_refused_by_name(preview: Preview) -> None:
    with pytest.raises(PressError) as refused:
        preview.page_png(ISSUE, "0" * 32)
    assert [each.code for each in refused.value.findings] == ["E652"]


class TestTheProcess:
    def test_one_that_was_killed_is_started_again(self, preview: Preview) -> None:
        before = preview.show(ISSUE)
        os.kill(process_of(preview)._process.pid or 0, signal.SIGKILL)
        process_of(preview)._process.join()
        assert preview.show(ISSUE).pages == before.pages

    def test_one_that_is_killed_at_work_leaves_stale_pages_and_the_next_question_new_ones(
        self, preview: Preview, workspace: Workspace
    ) -> None:
        before = preview.show(ISSUE)
        pid = process_of(preview)._process.pid or 0
        os.kill(pid, signal.SIGSTOP)
        answers: list[Shown] = []
        asking = threading.Thread(target=lambda: answers.append(preview.show(ISSUE)))
        asking.start()
        until(lambda: process_of(preview).is_busy)
        os.kill(pid, signal.SIGKILL)
        asking.join()
        assert answers[0].stale
        assert answers[0].pages == before.pages
        assert [each.code for each in answers[0].findings] == ["E651"]
        change(workspace, " и ", " или ")
        after = preview.show(ISSUE)
        assert not after.stale
        assert after.pages != before.pages

    def test_one_that_takes_too_long_is_given_up(
        self, preview: Preview, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = preview.show(ISSUE)
        process = process_of(preview)
        os.kill(process._process.pid or 0, signal.SIGSTOP)
        defaults = {**(Resident.ask.__kwdefaults__ or {}), "longest": 0.3}
        monkeypatch.setattr(Resident.ask, "__kwdefaults__", defaults)
        stale = preview.show(ISSUE)
        monkeypatch.undo()
        assert not process.is_alive
        assert [each.code for each in stale.findings] == ["E650"]
        assert stale.pages == before.pages
        assert not preview.show(ISSUE).stale

    def test_one_that_takes_too_much_memory_is_given_up(
        self, preview: Preview, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = preview.show(ISSUE)
        os.kill(process_of(preview)._process.pid or 0, signal.SIGSTOP)
        monkeypatch.setattr(resident, "MOST_MEMORY", 1)
        stale = preview.show(ISSUE)
        assert [each.code for each in stale.findings] == ["E650"]
        assert stale.pages == before.pages

    def test_one_that_grew_is_renewed_and_pages_stay_as_they_are(
        self, preview: Preview, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = preview.show(ISSUE)
        former = process_of(preview)
        monkeypatch.setattr(resident, "GROWTH", -(1 << 30))
        preview.show(ISSUE)
        monkeypatch.undo()
        until(lambda: process_of(preview) is not former)
        assert preview.show(ISSUE) == before

    def test_a_page_that_only_the_one_that_takes_over_has_drawn_is_there(
        self, preview: Preview, workspace: Workspace
    ) -> None:
        """One typed while it began: what it drew then was asked for by nobody who shows it."""
        preview.show(ISSUE)
        following = preview._processes._next = Resident(workspace.root)
        change(workspace, " и ", " или ")
        preview._processes._renew(preview._kept.last_asked)
        assert process_of(preview) is following
        assert all(preview.page_png(ISSUE, page.key, 20) for page in preview.show(ISSUE).pages)

    def test_pages_that_are_slow_to_fill_are_filled_in_a_second_one_and_typing_goes_on(
        self, preview: Preview, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = preview.show(ISSUE)
        shown = preview._kept._kept[ISSUE, "screen"]
        monkeypatch.setattr(shown, "is_slow_to_fill", True)
        former = process_of(preview)
        second: list[Resident] = []

        def slow(root: Path) -> Resident:
            second.append(Resident(root))
            os.kill(second[0]._process.pid or 0, signal.SIGSTOP)
            return second[0]

        monkeypatch.setattr(residents, "Resident", slow)
        filled: list[Shown] = []
        filling = threading.Thread(target=lambda: filled.append(preview.show(ISSUE, settle=True)))
        filling.start()
        until(lambda: bool(second) and second[0].is_busy)
        change(workspace, " и ", " или ")
        meanwhile = preview.show(ISSUE)
        assert meanwhile.pages != before.pages
        os.kill(second[0]._process.pid or 0, signal.SIGCONT)
        filling.join()
        assert process_of(preview) is not former
        assert filled[0].settled
        assert not filled[0].stale
        assert preview.show(ISSUE).pages == meanwhile.pages

    def test_one_that_another_takes_the_place_of_answers_the_question_in_hand(self, preview: Preview) -> None:
        preview.show(ISSUE)
        former = process_of(preview)
        answers: list[Shown] = []
        asking = threading.Thread(target=lambda: answers.append(preview.show(ISSUE, settle=True)))
        pid = former._process.pid or 0
        os.kill(pid, signal.SIGSTOP)
        asking.start()
        until(lambda: former.is_busy)
        retiring = threading.Thread(target=former.retire)
        retiring.start()
        os.kill(pid, signal.SIGCONT)
        asking.join()
        retiring.join()
        assert not answers[0].stale
        assert not former.is_alive
        assert not preview.show(ISSUE).stale

    def test_it_ends_with_the_preview_which_then_starts_no_other(self, workspace: Workspace) -> None:
        preview = Preview(workspace)
        preview._processes.present()
        process = process_of(preview)
        preview.close()
        assert not process.is_alive
        shown = preview.show(ISSUE)
        assert (shown.pages, [each.code for each in shown.findings]) == ((), ["E651"])
        with pytest.raises(PressError):
            preview._processes.ask_apart(ShowRequest(ISSUE, SCREEN.name, None, as_readable=False))
        assert preview._processes._next is None

    def test_one_that_was_to_take_over_ends_where_there_is_nothing_to_show(
        self, workspace: Workspace
    ) -> None:
        with Preview(workspace) as preview:
            following = preview._processes._next = Resident(workspace.root)
            preview._processes._renew(preview._kept.last_asked)
            assert preview._processes._next is None
            assert not following.is_alive

    def test_nothing_is_written_into_the_workspace(self, preview: Preview, workspace: Workspace) -> None:
        def stamps() -> list[tuple[str, int]]:
            return sorted((str(path), path.stat().st_mtime_ns) for path in workspace.root.rglob("*"))

        before = stamps()
        preview.show(ISSUE)
        preview.show(ISSUE, settle=True)
        preview.article_html(ISSUE, NAME)
        assert stamps() == before


class TestArticleHtml:
    def test_it_has_the_words_of_the_file_and_allows_nothing_from_elsewhere(
        self, preview: Preview, workspace: Workspace
    ) -> None:
        change(workspace, "\n---\n", "\n---\n\nНов <абзац> & знаци.\n")
        html = preview.article_html(ISSUE, NAME).html
        assert "Нов &lt;абзац&gt; &amp;" in html
        assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html
        assert "<script" not in html
        assert " style=" not in html
        assert 'src="http' not in html

    def test_it_names_the_lines_that_it_shows_and_is_by_day_or_in_the_dark(self, preview: Preview) -> None:
        shown = preview.article_html(ISSUE, NAME, dark=True)
        assert shown.lines
        assert all(f'id="line-{line}"' in shown.html for line in shown.lines)
        assert "prefers-color-scheme" not in shown.html
        assert shown.html != preview.article_html(ISSUE, NAME, dark=False).html

    def test_errors_elsewhere_do_not_concern_it_and_its_own_say_why_it_is_not_there(
        self, preview: Preview, workspace: Workspace
    ) -> None:
        change(workspace, "title:", "titel:")
        assert [each.code for each in errors(preview.article_html(ISSUE, NAME).findings)] == ["E12"]
        assert preview.article_html(ISSUE, "degrebe.md").findings == ()
        article_of(workspace).write_bytes(b"\xff\xfe\x00")
        with pytest.raises(IssueError) as refused:
            preview.article_html(ISSUE, NAME)
        assert "E653" not in [each.code for each in refused.value.findings]

    def test_an_article_that_is_not_in_the_issue_is_refused(self, preview: Preview) -> None:
        with pytest.raises(IssueError) as refused:
            preview.article_html(ISSUE, "no-such.md")
        assert [each.code for each in refused.value.findings] == ["E653"]


class TestTheFlatplan:
    def test_it_says_what_each_article_takes(self, preview: Preview) -> None:
        measures = preview.measures(ISSUE)
        assert [each.name for each in measures][:2] == ["xd-media-hub.md", "go-green.md"]
        pages = len(preview.show(ISSUE).pages)
        assert all(1 < each.first_page <= each.last_page <= pages for each in measures)
        assert all(each.lines > 1 for each in measures)

    def test_a_change_of_order_says_who_moves_and_nothing_is_changed(self, preview: Preview) -> None:
        before = preview.show(ISSUE)
        outcome = preview.outcome(ISSUE, OrderChange("xd-media-hub.md", 1, 3))
        assert outcome.pages_before == len(before.pages)
        assert "xd-media-hub.md" in dict(outcome.moved)
        assert preview.show(ISSUE) == before

    def test_a_trial_ends_when_the_same_asker_asks_for_another_and_those_of_others_go_on(
        self, preview: Preview, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        change = OrderChange("xd-media-hub.md", 1, 3)
        expected = preview.outcome(ISSUE, change)
        told: dict[str, object] = {}

        def ask(name: str, asker: str) -> None:
            try:
                told[name] = preview.outcome(ISSUE, change, asker=asker)
            except IssueError as error:
                told[name] = [each.code for each in error.findings]

        def asking(name: str, asker: str) -> threading.Thread:
            thread = threading.Thread(target=ask, args=(name, asker))
            thread.start()
            return thread

        # Those that wait for their turn are broken off as the one that is tried.
        process = preview._processes.present()
        with process._lock:
            threads = [asking("first", "tab"), asking("other", "another tab")]
            until(lambda: len(preview._trials.waiting) == 2)
            threads.append(asking("second", "tab"))
            until(lambda: preview._trials.waiting["tab"] != 1 and preview._trials.number > 3)
        for thread in threads:
            thread.join()
        assert told == {"first": ["E654"], "other": expected, "second": expected}
        # One that has begun is told to end.
        broken: list[int] = []
        monkeypatch.setattr(process, "break_off", broken.append)
        preview._trials.waiting["tab"] = 77
        assert preview.outcome(ISSUE, change, asker="tab") == expected
        assert broken == [77]
        assert preview._trials.waiting == {}

    def test_it_says_what_the_files_do_once_they_say_so(self, preview: Preview, workspace: Workspace) -> None:
        """A trial foretells what the same change of the file gives."""
        foretold = preview.outcome(ISSUE, OrderChange("xd-media-hub.md", 1, 3))
        plan = workspace.issues / ISSUE / "issue.yaml"
        text = plan.read_text("utf-8")
        moved = text.replace("      - xd-media-hub.md\n", "", 1)
        last = "      - digiskill-retail.md\n"
        assert last in moved
        plan.write_text(moved.replace(last, f"{last}      - xd-media-hub.md\n"), "utf-8")
        try:
            measures = {each.name: each for each in preview.measures(ISSUE)}
            assert len(preview.show(ISSUE).pages) == foretold.pages_after
        finally:
            plan.write_text(text, "utf-8")
        assert all(measures[name].first_page == page for name, page in foretold.moved)

    def test_changes_are_tried_together_as_they_would_be_made(self, preview: Preview) -> None:
        changes: list[PlanChange] = [
            OrderChange("investech.md", 4, 1),
            OrderChange("xd-media-hub.md", 1, 1),
            CoverChange("smart-city-expo.md"),
        ]
        foretold = preview.outcome(ISSUE, *changes)
        # The section that is left without articles is left out, as if it were deleted.
        assert dict(foretold.moved).keys() >= {"investech.md", "go-green.md"}
        assert preview.outcome(ISSUE, CoverChange("")).lines == 0

    def test_of_two_pictures_of_one_file_the_one_that_is_meant_is_changed(
        self, preview: Preview, workspace: Workspace
    ) -> None:
        picture = "![Рисунка](images/cover.svg){credit=редакцията}"
        change(workspace, "\n---\n", f"\n---\n\n{picture}\n\nМежду тях.\n\n{picture}\n\n")
        lines = [
            preview.outcome(ISSUE, WidthChange(NAME, "images/cover.svg", "margin", position)).lines
            for position in (0, 1, None)
        ]
        assert lines[0] < 0
        assert lines[1] < 0
        assert lines[2] < min(lines[:2])

    @pytest.mark.parametrize(
        "change",
        [
            CoverChange("no-such.md"),
            WidthChange("xd-media-hub.md", "images/cover.svg", "wide", 3),
            WeightChange("no-such.md", "lead"),
            WeightChange("xd-media-hub.md", "heavy"),
            WidthChange("xd-media-hub.md", "no-such.jpg", "wide"),
            OrderChange("xd-media-hub.md", 9, 0),
        ],
    )
    def test_what_is_not_there_is_refused(self, preview: Preview, change: PlanChange) -> None:
        with pytest.raises(IssueError) as refused:
            preview.outcome(ISSUE, change)
        assert [each.code for each in refused.value.findings] == ["E653"]


def test_the_mail_is_shown_by_day_and_in_the_dark_with_its_pictures(preview: Preview) -> None:
    light, dark = preview.mail(ISSUE), preview.mail(ISSUE, dark=True)
    assert light.html != dark.html
    assert light.text == dark.text
    assert "cid:" not in light.html
    assert "prefers-color-scheme: dark" not in light.html + dark.html


def test_a_page_of_press_shows_where_it_is_cut_and_folded(preview: Preview) -> None:
    shown = preview.show(ISSUE, "press")
    assert {page.bleed for page in shown.pages} == {3.0}
    page = shown.pages[1]
    plain = Image.open(io.BytesIO(preview.page_png(ISSUE, page.key, 36)))
    lined = Image.open(io.BytesIO(preview.page_png(ISSUE, page.key, 36, lines=True)))
    assert plain.size == lined.size
    differing = ImageChops.difference(plain, lined).getbbox()
    assert differing is not None
    cut = round(3 / 25.4 * 36)
    assert abs(differing[0] - cut) <= 1
    assert plain.getpixel((plain.width // 2, plain.height // 2)) == lined.getpixel(
        (plain.width // 2, plain.height // 2)
    )


def test_pages_lie_in_spreads_as_they_are_bound() -> None:
    pages = tuple(PageShown(n, str(n), 210, 297, 0, is_left=n % 2 == 0) for n in range(1, 5))
    shown = Shown(1, pages, (), stale=False, settled=True, findings=())
    assert shown.spreads() == [(None, pages[0]), (pages[1], pages[2]), (pages[3], None)]


def test_pictures_kept_in_memory_have_a_bound(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_PICTURES", 1)
    pages = preview.show(ISSUE).pages
    for page in pages:
        preview.page_png(ISSUE, page.key, 15)
    assert len(preview._pictures) == 1


def test_a_page_of_press_is_shown_ink_by_ink_and_as_much_as_its_paper_takes(preview: Preview) -> None:
    page = preview.show(ISSUE, "press").pages[1]
    shown = {plate: preview.page_inks(ISSUE, page.key, plate, 36) for plate in PLATES}
    assert {(each.heaviest, each.limit, each.coverage) for each in shown.values()} == {
        (shown["total"].heaviest, 300, shown["total"].coverage)
    }
    assert 0 < shown["total"].heaviest <= 300
    pictures = {plate: Image.open(io.BytesIO(each.picture)).convert("RGB") for plate, each in shown.items()}
    assert len({picture.size for picture in pictures.values()}) == 1
    # Text is black alone, and the plate of black has it.
    assert min(pictures["black"].convert("L").tobytes()) < 80
    assert len({picture.tobytes() for picture in pictures.values()}) == len(PLATES)
    with pytest.raises(PressError):
        preview.page_inks(ISSUE, "0" * 32, "black")


def answered(*keys: str) -> ShowAnswer:
    pages = tuple(PageShown(1, key, 210, 297, 0, is_left=False) for key in keys)
    decisions = Decisions(WHOLE_COVER, UNFITTED, {})
    return ShowAnswer(pages, (), dict.fromkeys(keys, b""), decisions, (), is_whole=True, is_slow_to_fill=True)


class TestTheFirstLook:
    def test_pages_are_shown_before_they_are_filled(
        self, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[ShowRequest] = []

        def answer(request: ShowRequest, _: object) -> ShowAnswer:
            asked.append(request)
            return answered("a")

        with Preview(workspace) as preview:
            monkeypatch.setattr(preview._processes, "ask", answer)
            monkeypatch.setattr(preview._processes, "ask_apart", lambda *_, **__: answered("b"))
            first, filled = preview.show(ISSUE), preview.show(ISSUE, settle=True)
        assert [each.fills for each in asked] == [False]
        assert ([page.key for page in first.pages], first.settled, first.stale) == (["a"], False, False)
        assert ([page.key for page in filled.pages], filled.settled) == (["b"], True)

    def test_pages_that_cannot_be_filled_stay_and_nobody_tries_again_until_a_file_changes(
        self, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object, **__: object) -> ShowAnswer:
            raise PressError([found("E650", None)])

        with Preview(workspace) as preview:
            monkeypatch.setattr(preview._processes, "ask", lambda *_: answered("a"))
            monkeypatch.setattr(preview._processes, "ask_apart", fail)
            first, tried = preview.show(ISSUE), preview.show(ISSUE, settle=True)
        assert tried.pages == first.pages
        assert (tried.settled, tried.stale) == (True, False)
        assert (first.is_given_up, tried.is_given_up) == (False, True)

    def test_two_that_ask_at_once_have_them_filled_once(
        self, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begun, fillings = threading.Event(), []

        def answer(request: ShowRequest, _: object) -> ShowAnswer:
            return answered("b" if request.decisions else "a")

        def fill(*_: object, **__: object) -> ShowAnswer:
            fillings.append(1)
            begun.set()
            time.sleep(0.05)
            return answered("b")

        with Preview(workspace) as preview:
            monkeypatch.setattr(preview._processes, "ask", answer)
            monkeypatch.setattr(preview._processes, "ask_apart", fill)
            preview.show(ISSUE)
            first = threading.Thread(target=preview.show, args=(ISSUE,), kwargs={"settle": True})
            first.start()
            begun.wait()
            assert preview.show(ISSUE, settle=True).settled
            first.join()
        assert len(fillings) == 1


def test_pages_that_look_as_when_they_were_filled_need_not_be_filled_again(workspace: Workspace) -> None:
    with Preview(workspace) as preview:
        told = [
            preview._kept.keep(ISSUE, "screen", answered(key), settled=settled).settled
            for key, settled in (("a", True), ("a", False), ("b", False), ("a", False), ("a", True))
        ]
    assert told == [True, True, False, False, True]


def test_that_filling_was_given_up_is_told_as_long_as_the_pages_are_those(workspace: Workspace) -> None:
    with Preview(workspace) as preview:
        kept = preview._kept
        kept.keep(ISSUE, "screen", answered("a"), settled=False)
        present = kept.of(ISSUE, "screen")
        assert present is not None
        kept.keep_unfilled(ISSUE, "screen", present)
        told = [
            kept.keep(ISSUE, "screen", answered(key), settled=settled).is_given_up
            for key, settled in (("a", False), ("a", True), ("b", False))
        ]
    assert told == [True, False, False]
