"""A saved change is undone with every file it touched, and what somebody wrote since stays."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.editing import undoing
from pipeline.desk.editing.undoing import Step, steps_between, undo, versions_in
from pipeline.desk.writing.plan_changes import AddArticle, RenameSection, SetOrder, TakeOutArticle
from pipeline.desk.writing.plans import open_plan, save_plan
from pipeline.desk.writing.settings import open_settings, save_settings
from pipeline.files.owned_files import load
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import IssueError
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.desk.writing.plan_changes import PlanChange

ISSUE = "2023-12-20"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    shutil.copytree(REPOSITORY / "issues", tmp_path / "issues", ignore=shutil.ignore_patterns("filed"))
    return Workspace(tmp_path)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in {".md", ".yaml"}}


def changed(workspace: Workspace, *changes: PlanChange) -> list[Step]:
    folder = workspace.issues / ISSUE
    before = versions_in(workspace, folder)
    save_plan(workspace, ISSUE, open_plan(workspace, ISSUE).version, changes, "t")
    return steps_between(before, versions_in(workspace, folder))


@pytest.mark.parametrize(
    "change",
    [
        TakeOutArticle("go-green.md"),
        AddArticle("0", 1, "notice", "Ново съобщение"),
        RenameSection("0", "Друго"),
        SetOrder("0", "fixed"),
    ],
)
def test_a_change_of_the_contents_is_undone_and_made_again(workspace: Workspace, change: PlanChange) -> None:
    folder = workspace.issues / ISSUE
    before = bytes_of(folder)
    steps = changed(workspace, change)
    after = bytes_of(folder)
    assert after != before
    again = undo(workspace, steps, "t")
    assert bytes_of(folder) == before
    undo(workspace, again, "t")
    assert bytes_of(folder) == after


def test_settings_are_undone_and_a_file_that_was_begun_goes(workspace: Workspace) -> None:
    before = versions_in(workspace, workspace.issues)
    opened = open_settings(workspace, "house")
    save_settings(workspace, "house", opened.version, {("words",): ["мемекс"]}, "t")
    assert open_settings(workspace, "house").fields["words"] == ["мемекс"]
    undo(workspace, steps_between(before, versions_in(workspace, workspace.issues)), "t")
    assert versions_in(workspace, workspace.issues) == before


@pytest.mark.parametrize("is_read_before", [True, False])
def test_a_file_that_cannot_be_read_hinders_nothing_and_is_never_taken_out(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, *, is_read_before: bool
) -> None:
    folder = workspace.issues / ISSUE
    before = bytes_of(folder)
    refused: list[str] = [] if is_read_before else ["go-green.md"]

    def refusing(path: Path, limit: int) -> bytes:
        if path.name in refused:
            raise PermissionError(13, "Permission denied", str(path))
        return load(path, limit)

    monkeypatch.setattr(undoing, "load", refusing)
    versions = versions_in(workspace, folder)
    refused[:] = ["go-green.md"] if is_read_before else []
    save_plan(workspace, ISSUE, open_plan(workspace, ISSUE).version, [RenameSection("0", "Друго")], "t")
    steps = steps_between(versions, versions_in(workspace, folder))
    assert [step.path for step in steps] == [f"issues/{ISSUE}/issue.yaml"]
    undo(workspace, steps, "t")
    assert bytes_of(folder) == before


def test_what_somebody_wrote_since_stays(workspace: Workspace) -> None:
    folder = workspace.issues / ISSUE
    before = bytes_of(folder)
    steps = changed(workspace, TakeOutArticle("go-green.md"))
    plan = folder / "issue.yaml"
    plan.write_bytes(plan.read_bytes().replace("Проекти и инициативи".encode(), "Друго".encode(), 1))
    undo(workspace, steps, "t")
    title = "Проекти и инициативи".encode()
    assert bytes_of(folder) == before | {
        "issue.yaml": before["issue.yaml"].replace(title, "Друго".encode(), 1)
    }


def test_a_file_that_somebody_put_back_since_is_not_written_over(workspace: Workspace) -> None:
    folder = workspace.issues / ISSUE
    steps = changed(workspace, TakeOutArticle("go-green.md"))
    (folder / "go-green.md").write_text("---\ntitle: Мое\n---\nТекст.\n", "utf-8")
    after = bytes_of(folder)
    with pytest.raises(IssueError) as refused:
        undo(workspace, steps, "t")
    assert [finding.code for finding in refused.value.findings] == ["E603"]
    assert bytes_of(folder) == after


@pytest.mark.parametrize("path", ["../x.md", "issues/../x.md", "styles/a.yaml", "issues/none.md"])
def test_what_has_no_history_is_not_touched(workspace: Workspace, path: str) -> None:
    with pytest.raises(IssueError) as refused:
        undo(workspace, [Step(path, "", "")], "t")
    assert [finding.code for finding in refused.value.findings] == ["E604"]
