"""A correction of an issue is offered once to the next issue, with the text of the correction."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.filing_record import RECORD, FiledCorrection
from pipeline.archive.shelf import Shelf
from pipeline.archive.storing import FilingContent, store_filing
from pipeline.desk.intake.checking import check
from pipeline.desk.intake.errata import as_markdown
from pipeline.desk.intake.starting import new
from pipeline.files.text.source import Source
from pipeline.files.workspace import Workspace, find_workspace
from pipeline.models.kinds.notice import NoticeHead
from pipeline.models.text import Link, Paragraph, Run
from pipeline.page.markup import plain_text
from pipeline.reading.issue_reader import read_issue
from pipeline.reading.markdown.manuscript import read_manuscript
from tests.support.new_workspaces import beside_samples
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.models.issue import Issue

DATE: Final = "2023-12-20"
FILED_ON: Final = dt.date(2024, 1, 5)
NEXT: Final = dt.date(2024, 6, 30)
THEREAFTER: Final = dt.date(2024, 9, 30)
TEXT: Final = "Кулата е висока *62* м, а не 26 м [виж сайта]."


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace whose one issue, number 2 of 2023, is not filed yet."""
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    return find_workspace(tmp_path)


def file(workspace: Workspace, text: str | None = TEXT, issue: str = DATE, **changed: object) -> None:
    """File an issue; with a text as a correction."""
    folder = workspace.issues / issue
    sources = {f"issues/{issue}/{path.name}": path.read_bytes() for path in folder.glob("issue*.yaml")}
    material = FilingContent(
        issue=issue,
        number=2,
        title="Проекти",
        publication="Бюлетин",
        languages=("bg", "en"),
        correction=FiledCorrection(1, text) if text else None,
        pages={},
        files={},
        sources=sources,
        program={},
        versions={},
    )
    fields = {field: getattr(material, field) for field in material.__dataclass_fields__}
    store_filing(FilingContent(**{**fields, **changed}), Shelf(workspace), FILED_ON)


def begun(workspace: Workspace, date: dt.date = NEXT) -> Issue:
    """Begin an issue and read it; it has no finding."""
    folder = new(workspace.root, date, "bg").folder
    assert beside_samples(check(folder, workspace)) == []
    issue = read_issue(folder, workspace).issue
    assert issue is not None
    return issue


def notices(issue: Issue) -> dict[str, str]:
    """Return the texts of the corrections of an issue, by file name."""
    return {
        article.name: "".join(
            child.text
            for block in article.body
            if isinstance(block, Paragraph)
            for child in block.children
            if isinstance(child, Run)
        )
        for article in issue.articles
        if isinstance(article.head, NoticeHead)
    }


class TestTheNextIssue:
    def test_it_has_a_notice_with_the_text_of_the_correction(self, workspace: Workspace) -> None:
        file(workspace, None)
        file(workspace)
        issue = begun(workspace)
        assert notices(issue) == {"correction.md": TEXT}
        (notice,) = (article for article in issue.articles if article.name == "correction.md")
        assert notice.head.title == "Поправка към брой 2/2023"

    def test_the_year_is_left_out_within_it(self, workspace: Workspace) -> None:
        file(workspace)
        begun(workspace, dt.date(2023, 12, 30))
        text = (workspace.issues / "2023-12-30" / "correction.md").read_text("utf-8")
        assert "title: Поправка към брой 2\n" in text

    def test_a_comment_says_that_it_may_be_taken_out(self, workspace: Workspace) -> None:
        file(workspace)
        begun(workspace)
        plan = (workspace.issues / NEXT.isoformat() / "issue.yaml").read_text("utf-8").splitlines()
        at = plan.index("      - correction.md")
        assert (
            plan[at - 1] == "      # Поправки към предишни броеве: може да се махнат заедно с файловете им."
        )

    def test_a_filing_without_a_correction_adds_no_notice(self, workspace: Workspace) -> None:
        file(workspace, None)
        assert notices(begun(workspace)) == {}

    def test_each_correction_has_a_notice_of_its_own(self, workspace: Workspace) -> None:
        file(workspace, "Едното.")
        file(workspace, "Другото.")
        started = new(workspace.root, THEREAFTER, "bg")
        assert started.corrections == ("correction.md", "correction-2.md")
        shutil.rmtree(started.folder)
        assert notices(begun(workspace)) == {"correction.md": "Едното.", "correction-2.md": "Другото."}

    def test_a_project_that_is_carried_over_keeps_its_file(self, workspace: Workspace) -> None:
        project = "---\nkind: project\ntitle: Поправки по реката\n---\nТекст.\n"
        (workspace.issues / DATE / "correction.md").write_text(project, "utf-8")
        plan = workspace.issues / DATE / "issue.yaml"
        plan.write_text(plan.read_text("utf-8").replace("[project.md]", "[correction.md]"), "utf-8")
        file(workspace)
        assert notices(begun(workspace)) == {"correction-2.md": TEXT}
        assert (workspace.issues / NEXT.isoformat() / "correction.md").read_text("utf-8") == project


class TestOnce:
    def test_an_issue_after_the_one_that_has_it_is_not_offered_it(self, workspace: Workspace) -> None:
        file(workspace)
        begun(workspace)
        assert notices(begun(workspace, THEREAFTER)) == {}

    def test_a_removed_notice_is_not_offered_again(self, workspace: Workspace) -> None:
        file(workspace)
        begun(workspace)
        shutil.rmtree(workspace.issues / NEXT.isoformat())
        folder = new(workspace.root, NEXT, "bg").folder
        (folder / "correction.md").unlink()
        plan = folder / "issue.yaml"
        plan.write_text(plan.read_text("utf-8").replace("      - correction.md\n", ""), "utf-8")
        assert notices(begun(workspace, THEREAFTER)) == {}

    def test_a_correction_filed_after_the_next_issue_is_offered_to_the_one_after(
        self, workspace: Workspace
    ) -> None:
        out = dt.date(2024, 1, 3)
        begun(workspace, out)
        file(workspace)
        assert notices(begun(workspace)) == {"correction.md": TEXT}

    def test_a_correction_of_a_later_issue_is_not_offered_to_an_earlier_one(
        self, workspace: Workspace
    ) -> None:
        file(workspace)
        assert notices(begun(workspace, dt.date(2023, 6, 30))) == {}


class TestLanguages:
    def test_its_translation_is_carried_over_with_the_projects(self, workspace: Workspace) -> None:
        self.translated(workspace, "correction: The tower is 62 m high.\n")
        file(workspace)
        begun(workspace)
        text = (workspace.issues / NEXT.isoformat() / "correction.en.md").read_text("utf-8")
        assert 'title: "Correction to issue 2/2023"\n' in text
        assert text.endswith("---\nThe tower is 62 m high.\n")

    def test_a_missing_translation_is_reported(self, workspace: Workspace) -> None:
        self.translated(workspace, "")
        file(workspace)
        folder = new(workspace.root, NEXT, "bg").folder
        assert [
            (each.code, dict(each.values)["wanted"]) for each in beside_samples(check(folder, workspace))
        ] == [("W08", "correction.en.md")]

    def test_a_correction_in_another_language_is_not_offered(self, workspace: Workspace) -> None:
        file(workspace, languages=("en",))
        assert notices(begun(workspace)) == {}

    @staticmethod
    def translated(workspace: Workspace, line: str) -> None:
        folder = workspace.issues / DATE
        text = f"format: 1\ntitle: Projects\n{line}sections: [{{title: News}}, {{title: Projects}}]\n"
        (folder / "issue.en.yaml").write_text(text, "utf-8")
        project = folder / "project.md"
        project.write_text(project.read_text("utf-8").replace("end: 2024-01", "end: 2025-01"), "utf-8")
        (folder / "project.en.md").write_text("---\ntitle: Bridges\n---\nText.\n", "utf-8")


def test_a_record_that_cannot_be_read_does_not_prevent_a_new_issue(workspace: Workspace) -> None:
    file(workspace)
    record = workspace.issues / DATE / "filed" / "1" / RECORD
    record.chmod(0o644)
    record.write_bytes(b"{")
    assert notices(begun(workspace)) == {}


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1))
def test_any_line_escaped_as_markdown_reads_back_unchanged(text: str) -> None:
    line = " ".join(text.split())
    if not line:
        return
    manuscript = read_manuscript(Source("a.md", f"---\ntitle: A\n---\n{as_markdown(line)}\n"))
    assert manuscript.findings == ()
    (paragraph,) = manuscript.body
    assert isinstance(paragraph, Paragraph)
    # Web addresses become links anywhere in a text; everything else stays text.
    assert all(isinstance(child, Run | Link) for child in paragraph.children)
    assert plain_text(paragraph.children) == line
