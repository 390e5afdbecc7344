"""An issue is given another date: folder, text and history go together, or nothing does."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Final

import pytest

from pipeline.desk.editing import redating
from pipeline.desk.editing.redating import change_date
from pipeline.desk.editing.setting_aside import put_back, set_aside
from pipeline.desk.editing.undoing import kept_versions
from pipeline.desk.writing.history.history import History
from pipeline.desk.writing.history.store import Store
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import BulletinError, PressError, found
from tests.conftest import REPOSITORY
from tests.desk.editing.test_setting_aside import bytes_below

ISSUE: Final = "2023-12-20"
NEW: Final = dt.date(2024, 1, 31)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    shutil.copytree(REPOSITORY / "issues", tmp_path / "issues", ignore=shutil.ignore_patterns("filed"))
    workspace = Workspace(tmp_path)
    kept_versions(workspace, workspace.issues / ISSUE)
    return workspace


def histories(workspace: Workspace) -> dict[str, list[str]]:
    history = History(workspace)
    return {path: [each.version for each in history.versions(path)] for path in history.files()}


def codes(refused: pytest.ExceptionInfo[BulletinError]) -> list[str]:
    return [each.code for each in refused.value.findings]


def test_folder_text_and_history_have_the_new_date_and_nothing_else_is_changed(workspace: Workspace) -> None:
    before, known = bytes_below(workspace.issues / ISSUE), histories(workspace)
    assert change_date(workspace, ISSUE, NEW, "Мария") == "2024-01-31"
    after = bytes_below(workspace.issues / "2024-01-31")
    plan = before["issue.yaml"].decode().replace("date: 2023-12-20", "date: 2024-01-31")
    assert after == before | {"issue.yaml": plan.encode()}
    assert not (workspace.issues / ISSUE).exists()
    now = histories(workspace)
    assert now.pop("issues/2024-01-31/issue.yaml")[1:] == known.pop(f"issues/{ISSUE}/issue.yaml")
    assert now == {path.replace(ISSUE, "2024-01-31"): versions for path, versions in known.items()}


def test_a_date_that_was_changed_back_leaves_no_trace_but_in_the_history(workspace: Workspace) -> None:
    before = bytes_below(workspace.issues)
    change_date(workspace, change_date(workspace, ISSUE, NEW, ""), dt.date(2023, 12, 20), "")
    assert bytes_below(workspace.issues) == before
    assert all("2024-01-31" not in path for path in histories(workspace))


def test_an_issue_that_was_filed_keeps_its_date(workspace: Workspace) -> None:
    (workspace.issues / ISSUE / "filed/1").mkdir(parents=True)
    before = bytes_below(workspace.root)
    with pytest.raises(BulletinError) as refused:
        change_date(workspace, ISSUE, NEW, "")
    assert codes(refused) == ["E637"]
    assert bytes_below(workspace.root) == before


def test_a_date_that_is_taken_is_refused_and_one_of_an_issue_set_aside_is_free(workspace: Workspace) -> None:
    before = bytes_below(workspace.root)
    with pytest.raises(BulletinError) as refused:
        change_date(workspace, ISSUE, dt.date(2023, 6, 30), "")
    assert codes(refused) == ["E638"]
    assert bytes_below(workspace.root) == before
    name = set_aside(workspace, "2023-06-30")
    assert change_date(workspace, ISSUE, dt.date(2023, 6, 30), "") == "2023-06-30"
    with pytest.raises(BulletinError):
        put_back(workspace, name)


def test_a_folder_that_cannot_be_renamed_keeps_its_date(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bytes_below(workspace.issues)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refuse)
        with pytest.raises(BulletinError) as refused:
            change_date(workspace, ISSUE, NEW, "")
    assert codes(refused) == ["E83"]
    assert bytes_below(workspace.issues) == before
    assert all("2024-01-31" not in path for path in histories(workspace))
    # What was broken off goes on when it is done again.
    assert change_date(workspace, ISSUE, NEW, "") == "2024-01-31"
    assert len(histories(workspace)["issues/2024-01-31/issue.yaml"]) > 1


def test_an_issue_that_was_moved_stays_where_it_is_though_the_history_refuses(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = redating._rename

    def then_full(store: Store, folder: Path, to: Path) -> None:
        plain(store, folder, to)
        monkeypatch.setattr(Store, "change", refuse)

    def refuse(*_: object) -> None:
        raise PressError([found("E83", None, name=".history", problem="No space left on device")])

    monkeypatch.setattr(redating, "_rename", then_full)
    assert change_date(workspace, ISSUE, NEW, "") == "2024-01-31"
    assert "date: 2024-01-31" in (workspace.issues / "2024-01-31/issue.yaml").read_text()
