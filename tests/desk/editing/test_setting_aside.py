"""An issue is taken out whole and put back as it was; one that was filed stays."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.desk.editing.aside_keeping import AsideKept, age_out, kept_aside
from pipeline.desk.editing.setting_aside import (
    aside_issues,
    contents_of,
    delete_aside,
    put_back,
    set_aside,
)
from pipeline.desk.writing.history.history import ASIDE, History
from pipeline.desk.writing.history.thinning import LONGEST
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import BulletinError, IssueError
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

ISSUE: Final = "2023-12-20"
DAY: Final = dt.date(2026, 5, 4)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    shutil.copytree(REPOSITORY / "issues", tmp_path / "issues", ignore=shutil.ignore_patterns("filed"))
    return Workspace(tmp_path)


def bytes_below(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_it_comes_back_with_every_byte(workspace: Workspace) -> None:
    folder = workspace.issues / ISSUE
    (folder / ".account.json").write_text("{}", "utf-8")
    before = bytes_below(folder)
    assert {"issue.yaml", ".account.json"} < before.keys()
    name = set_aside(workspace, ISSUE)
    assert not folder.exists()
    assert [each.name for each in workspace.issue_folders()] == ["2023-06-30"]
    shown = aside_issues(workspace, "bg")
    assert [(each.name, each.date) for each in shown] == [(name, "20\u00a0декември 2023\u00a0г.")]
    assert shown[0].title
    assert put_back(workspace, name) == ISSUE
    assert bytes_below(folder) == before
    assert aside_issues(workspace, "bg") == []


def test_a_name_that_is_to_be_forgotten_is_named_there_too(workspace: Workspace) -> None:
    article = next((workspace.issues / ISSUE).glob("*.md"))
    article.write_text(article.read_text("utf-8") + "\nТеменуга Хранова дойде.\n", "utf-8")
    name = set_aside(workspace, ISSUE)
    held = History(workspace).holding("Теменуга Хранова")
    assert held.still_in_files == (f"{ASIDE}/{name}/{article.name}",)


def test_what_goes_is_counted(workspace: Workspace) -> None:
    folder = workspace.issues / ISSUE
    articles = len([path for path in folder.iterdir() if path.suffix == ".md"])
    assert contents_of(folder).articles == articles > 0
    assert contents_of(folder).pictures == len(list((folder / "images").iterdir())) > 0


def test_one_that_was_filed_stays(workspace: Workspace) -> None:
    (workspace.issues / ISSUE / "filed/1").mkdir(parents=True)
    with pytest.raises(IssueError) as refused:
        set_aside(workspace, ISSUE)
    assert [each.code for each in refused.value.findings] == ["E635"]
    assert (workspace.issues / ISSUE / "issue.yaml").is_file()
    assert not (workspace.root / ASIDE).exists()


def test_two_of_one_date_lie_beside_one_another_and_none_overwrites_another(workspace: Workspace) -> None:
    first = set_aside(workspace, ISSUE)
    shutil.copytree(REPOSITORY / "issues" / ISSUE, workspace.issues / ISSUE)
    with pytest.raises(IssueError) as refused:
        put_back(workspace, first)
    assert [each.code for each in refused.value.findings] == ["E636"]
    shutil.rmtree(workspace.issues / ISSUE / "filed", ignore_errors=True)
    second = set_aside(workspace, ISSUE)
    assert {first, second} == {each.name for each in aside_issues(workspace, "en")}
    assert len({first, second}) == 2


@pytest.mark.parametrize("name", ["../issues", "2023-12-20/..", "", "2023-12-20.2", "."])
def test_nothing_else_is_moved(workspace: Workspace, name: str) -> None:
    set_aside(workspace, ISSUE)
    before = bytes_below(workspace.root)
    with pytest.raises(BulletinError):
        put_back(workspace, name)
    assert bytes_below(workspace.root) == before


def test_one_is_deleted_for_good_and_nothing_else(workspace: Workspace) -> None:
    name = set_aside(workspace, ISSUE)
    other = set_aside(workspace, "2023-06-30")
    kept = bytes_below(workspace.root / ASIDE / other)
    # Of one that was broken off, and a link out of it, the link goes alone.
    left = workspace.root / ASIDE / ".2020-01-01.going"
    left.mkdir()
    outside = workspace.root / "outside.md"
    outside.write_text("x", "utf-8")
    (workspace.root / ASIDE / name / "link.md").symlink_to(outside)
    delete_aside(workspace, name)
    assert [each.name for each in aside_issues(workspace, "bg")] == [other]
    assert [path.name for path in (workspace.root / ASIDE).iterdir()] == [other]
    assert bytes_below(workspace.root / ASIDE / other) == kept
    assert outside.read_text("utf-8") == "x"
    with pytest.raises(IssueError):
        delete_aside(workspace, name)


@pytest.mark.parametrize("name", ["../issues", "2023-12-20/..", "", ".", ".2020-01-01.going", "2020-01-01"])
def test_nothing_is_deleted_that_was_not_taken_out(workspace: Workspace, name: str) -> None:
    set_aside(workspace, ISSUE)
    aside = workspace.root / ASIDE
    (aside / ".2020-01-01.going").mkdir()
    (aside / "2020-01-01").symlink_to(workspace.issues / "2023-06-30")
    before = bytes_below(workspace.root)
    with pytest.raises(BulletinError):
        delete_aside(workspace, name)
    assert bytes_below(workspace.root) == before


def test_it_is_told_how_much_room_one_takes_and_until_when_it_is_kept(workspace: Workspace) -> None:
    size = sum(len(data) for data in bytes_below(workspace.issues / ISSUE).values())
    name = set_aside(workspace, ISSUE)
    assert kept_aside(workspace, DAY) == {name: AsideKept(size, DAY + LONGEST)}
    assert kept_aside(workspace, DAY + dt.timedelta(days=30))[name].until == DAY + LONGEST
    put_back(workspace, name)
    assert kept_aside(workspace, DAY) == {}
    later = DAY + dt.timedelta(days=60)
    set_aside(workspace, ISSUE)
    assert kept_aside(workspace, later)[name].until == later + LONGEST


def test_one_is_deleted_two_years_after_it_was_taken_out_and_not_a_day_before(workspace: Workspace) -> None:
    name = set_aside(workspace, ISSUE)
    # Its files are older than two years; what counts is the day on which it was taken out.
    assert age_out(workspace, DAY) == []
    assert age_out(workspace, DAY + LONGEST) == []
    assert age_out(workspace, DAY + LONGEST + dt.timedelta(days=1)) == [name]
    assert list((workspace.root / ASIDE).iterdir()) == []
    assert [each.name for each in workspace.issue_folders()] == ["2023-06-30"]
