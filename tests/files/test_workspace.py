"""Finding the workspace, choosing an issue, and atomic writing of files."""

from __future__ import annotations

import errno
import fcntl
import multiprocessing
import os
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from pipeline.files.workspace import Workspace, find_workspace, number_of, shipped_folder
from pipeline.files.writing.atomic import write_atomically, write_folder
from pipeline.files.writing.locks import locked
from pipeline.findings.finding import BulletinError, IssueError, PressError


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues/publication.yaml").write_text("format: 1\n")
    for date, number in (("2022-06-01", 1), ("2022-12-20", 2), ("2023-12-20", "02"), ("2024-01-31", 11)):
        folder = tmp_path / "issues" / date
        folder.mkdir()
        (folder / "issue.yaml").write_text(f"number: {number}\ndate: {date}\n")
    (tmp_path / "issues/logos").mkdir()
    (tmp_path / "issues/2021-01-01").write_text("a file, not an issue")
    return Workspace(tmp_path)


def codes(error: pytest.ExceptionInfo[BulletinError]) -> list[str]:
    return [finding.code for finding in error.value.findings]


def test_the_nearest_workspace_upward_is_found(workspace: Workspace, tmp_path: Path) -> None:
    assert find_workspace(tmp_path / "issues/2023-12-20") == workspace
    inner = tmp_path / "issues/2023-12-20/issues"
    inner.mkdir()
    (inner / "publication.yaml").write_text("format: 1\n")
    assert find_workspace(inner).root == tmp_path / "issues/2023-12-20"


def test_no_workspace_is_an_error_that_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(IssueError) as error:
        find_workspace(tmp_path)
    assert codes(error) == ["E85"]
    assert dict(error.value.findings[0].values) == {"name": str(tmp_path)}


def test_issues_are_the_folders_named_by_a_date(workspace: Workspace) -> None:
    names = [folder.name for folder in workspace.issue_folders()]
    assert names == ["2022-06-01", "2022-12-20", "2023-12-20", "2024-01-31"]


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (None, "2024-01-31"),
        ("2023-12-20", "2023-12-20"),
        ("20.12.2023", "2023-12-20"),
        ("2023/2", "2023-12-20"),
        ("2022/2", "2022-12-20"),
        ("11", "2024-01-31"),
        ("01", "2022-06-01"),
        (" issues/2023-12-20/ ", "2023-12-20"),
    ],
)
def test_an_issue_is_chosen_by_folder_date_or_number(
    workspace: Workspace, wanted: str | None, chosen: str
) -> None:
    assert workspace.choose_issue(wanted).name == chosen


def test_an_issue_is_chosen_by_any_path_to_it(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "issues/2022-06-01")
    assert workspace.choose_issue(".").name == "2022-06-01"
    assert workspace.choose_issue("../2023-12-20").name == "2023-12-20"
    assert workspace.choose_issue(str(tmp_path / "issues/2022-12-20")).name == "2022-12-20"


@pytest.mark.parametrize(
    "wanted", ["3", "2023/1", "2025-01-01", "31.02.2023", "пет", "", "/", "\0", "9" * 5000]
)
def test_what_fits_no_issue_is_an_error_that_names_all(workspace: Workspace, wanted: str) -> None:
    with pytest.raises(IssueError) as error:
        workspace.choose_issue(wanted)
    assert codes(error) == ["E09"]
    assert "2023-12-20 (2)" in dict(error.value.findings[0].values)["known"]


def test_a_workspace_without_issues_says_how_to_begin_one(tmp_path: Path) -> None:
    (tmp_path / "issues").mkdir()
    with pytest.raises(IssueError) as error:
        Workspace(tmp_path).choose_issue()
    assert codes(error) == ["E98"]


def test_what_fits_two_issues_is_an_error_that_names_both(workspace: Workspace) -> None:
    with pytest.raises(IssueError) as error:
        workspace.choose_issue("2")
    assert codes(error) == ["E87"]
    assert dict(error.value.findings[0].values)["known"] == "2022-12-20, 2023-12-20"


@pytest.mark.parametrize("content", [b"number: [", b"\xff", b"", b"number:\n", b"number: {a: b}\n"])
def test_a_number_that_cannot_be_read_is_none(workspace: Workspace, content: bytes) -> None:
    folder = workspace.issues / "2022-06-01"
    (folder / "issue.yaml").write_bytes(content)
    assert number_of(folder) is None


def test_a_pipe_in_place_of_a_file_is_not_waited_for(workspace: Workspace) -> None:
    folder = workspace.issues / "2022-06-01"
    (folder / "issue.yaml").unlink()
    os.mkfifo(folder / "issue.yaml")
    assert number_of(folder) is None


def test_the_workspaces_own_styles_come_before_the_shipped(workspace: Workspace, tmp_path: Path) -> None:
    assert workspace.style_folders() == (shipped_folder("styles"),)
    (tmp_path / "styles").mkdir()
    assert workspace.style_folders() == (tmp_path / "styles", shipped_folder("styles"))


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep/er/a.pdf"
    write_atomically(path, b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PressError) as error:
        write_atomically(path, b"new")
    assert codes(error) == ["E83"]
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_on_the_disk_before_it_is_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[int] = set()
    flush, rename = os.fsync, Path.rename

    def flushing(handle: int) -> None:
        flush(handle)
        synced.add(os.fstat(handle).st_ino)

    def renaming(path: Path, target: Path) -> Path:
        assert {each.stat().st_ino for each in (path, *path.rglob("*"))} <= synced
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", flushing)
    monkeypatch.setattr(Path, "rename", renaming)
    write_folder(tmp_path / "new", {"a.txt": b"a", "deep/er/b.txt": b"b"})
    assert (tmp_path / "new/deep/er/b.txt").read_bytes() == b"b"
    assert tmp_path.stat().st_ino in synced


def _try_to_lock(path: Path) -> list[str]:
    try:
        with locked(path):
            return []
    except PressError as error:
        return [finding.code for finding in error.findings]


def test_files_have_the_rights_of_the_process_and_those_of_other_threads_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mask = os.umask(0o027)
    try:
        # Whoever sets the mask to read it gives the files of all other threads other rights meanwhile.
        monkeypatch.setattr(os, "umask", lambda _: pytest.fail("the mask was set"))
        write_atomically(tmp_path / "one.txt", b"one")
        write_folder(tmp_path / "two", {"three.txt": b"three"})
    finally:
        monkeypatch.undo()
        os.umask(mask)
    assert (tmp_path / "one.txt").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "two").stat().st_mode & 0o777 == 0o750


def test_a_lock_keeps_another_process_out_until_it_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "out/.lock"
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        with locked(path):
            assert pool.apply(_try_to_lock, (path,)) == ["E84"]
        assert pool.apply(_try_to_lock, (path,)) == []


def test_a_lock_is_waited_for_as_long_as_is_asked(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    held, is_let_go = ExitStack(), threading.Event()
    held.enter_context(locked(path))
    held.callback(is_let_go.set)
    with pytest.raises(PressError), locked(path, 0.02):
        pass
    threading.Timer(0.1, held.close).start()
    with locked(path, 20.0):
        assert is_let_go.is_set()


def test_a_disk_without_locks_is_named_and_not_taken_for_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_locks(*_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", without_locks)
    with pytest.raises(PressError) as refused, locked(tmp_path / ".lock", 10):
        pass
    assert codes(refused) == ["E83"]


def test_a_lock_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(PressError) as error, locked(tmp_path / "file/.lock"):
        pytest.fail("held a lock that cannot be")
    assert codes(error) == ["E83"]
