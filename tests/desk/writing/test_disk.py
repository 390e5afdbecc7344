"""A file is read once nobody writes it, and replaced so that what others put there is never lost."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from typing import TYPE_CHECKING, BinaryIO

import pytest

from pipeline.desk.writing.disk import replacing
from pipeline.desk.writing.disk.replacing import Aside, put_new, replaced, taken_away
from pipeline.desk.writing.disk.settled import PATIENCE, Wait, read_now
from pipeline.findings.finding import IssueError, PressError, found

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def aside(tmp_path: Path) -> Aside:
    (tmp_path / "aside").mkdir()
    return Aside(tmp_path / "aside", "label")


def quiet(path: Path) -> Path:
    time.sleep(PATIENCE.quiet)
    return path


def test_a_file_is_settled_when_it_was_quiet_whatever_its_date_says(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"new")
    os.utime(path, (1, 1))
    assert not read_now(path, 60).is_settled
    assert read_now(path, 0) == (b"new", True)
    # Once settled, the very same state is known.
    assert read_now(path, 60).is_settled
    (tmp_path / "b.md").write_bytes(b"old")
    os.utime(tmp_path / "b.md", (1, 1))
    (tmp_path / "b.md").replace(path)
    assert not read_now(path, 60).is_settled


def test_a_file_that_is_open_for_writing_or_locked_is_not_settled(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"text")
    with path.open("ab"):
        assert not read_now(path, 0).is_settled
    with path.open("rb") as reader:
        assert read_now(path, 0).is_settled
        fcntl.flock(reader, fcntl.LOCK_EX)
        assert not read_now(path, 0).is_settled
    assert read_now(path, 0).is_settled


def test_a_file_that_is_gone_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"text")
    path.unlink()
    assert read_now(path, 60) == (None, False)
    wait = Wait(path, "a.md")
    while not (reading := wait.read()).is_settled:
        wait.step()
    assert reading.data is None


@pytest.mark.usefixtures("impatient")
def test_waiting_has_an_end(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with path.open("wb") as file:
        wait = Wait(path, "issues/a.md")

        def write_on() -> None:
            while not wait.read().is_settled:
                file.write(b"more")
                file.flush()
                wait.step()

        with pytest.raises(IssueError) as refused:
            write_on()
    assert [each.code for each in refused.value.findings] == ["E602"]


def test_a_file_whose_clock_is_ahead_settles_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"text")
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() - 3600)
    wait = Wait(path, "a.md")
    while not (reading := wait.read()).is_settled:
        wait.step()
    assert reading.data == b"text"


def test_a_folder_or_a_pipe_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    for name in ("pipe.md", "folder.md"):
        with pytest.raises(IssueError) as refused:
            Wait(tmp_path / name, name).read()
        assert [each.code for each in refused.value.findings] == ["E89"]


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_file_is_replaced_only_where_it_is_as_it_was(
    tmp_path: Path, aside: Aside, monkeypatch: pytest.MonkeyPatch, *, can_exchange: bool
) -> None:
    if not can_exchange:
        monkeypatch.setattr(replacing, "_renameat2", lambda: None)
    path = tmp_path / "a.md"
    kept: list[bytes] = []
    path.write_bytes(b"old")
    assert not replaced(path, b"other", b"new", aside, kept.append)
    assert path.read_bytes() == b"old"
    with path.open("ab"):
        assert not replaced(path, b"old", b"new", aside, kept.append)
    assert replaced(path, b"old", b"new", aside, kept.append)
    assert path.read_bytes() == b"new"
    path.unlink()
    assert not replaced(path, b"new", b"newer", aside, kept.append)
    assert (kept, list(aside.folder.iterdir()), list(tmp_path.glob(".*"))) == ([], [], [])


def test_who_opened_the_file_in_the_last_moment_gets_it_back(
    tmp_path: Path, aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    exchange = replacing._exchanged
    opened: list[BinaryIO] = []
    kept: list[bytes] = []

    def late(one: Path, other: Path) -> bool:
        if not opened:
            opened.append(path.open("r+b"))
        return exchange(one, other)

    monkeypatch.setattr(replacing, "_exchanged", late)
    assert not replaced(path, b"old", b"new", aside, kept.append)
    opened[0].write(b"OUTSIDE")
    opened[0].close()
    assert path.read_bytes() == b"OUTSIDE"
    assert not kept


def test_two_that_come_between_are_both_kept(
    tmp_path: Path, aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    exchange = replacing._exchanged
    kept: list[bytes] = []
    come = [b"second", b"first"]

    def late(one: Path, other: Path) -> bool:
        (tmp_path / "other").write_bytes(come.pop())
        (tmp_path / "other").replace(path)
        return exchange(one, other)

    monkeypatch.setattr(replacing, "_exchanged", late)
    assert not replaced(path, b"old", b"new", aside, kept.append)
    assert (path.read_bytes(), kept) == (b"first", [b"second"])


@pytest.mark.parametrize("is_full", [False, True])
def test_what_came_between_is_kept_where_its_place_is_gone(
    tmp_path: Path, aside: Aside, monkeypatch: pytest.MonkeyPatch, *, is_full: bool
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    exchange = replacing._exchanged
    kept: list[bytes] = []
    come = [b"OUTSIDE"]

    def late(one: Path, other: Path) -> bool:
        if come:
            path.write_bytes(come.pop())
        else:
            path.unlink()
        return exchange(one, other)

    def keep(data: bytes) -> None:
        if is_full:
            raise PressError([found("E83", None, name="a.md", problem="No space left on device")])
        kept.append(data)

    monkeypatch.setattr(replacing, "_exchanged", late)
    with contextlib.suppress(PressError):
        assert not replaced(path, b"old", b"new", aside, keep)
    left = [each.read_bytes() for each in aside.folder.iterdir()]
    assert kept + left == [b"OUTSIDE"]


def test_a_new_file_is_put_only_where_there_is_none(tmp_path: Path, aside: Aside) -> None:
    path = tmp_path / "a.md"
    assert put_new(path, b"one", aside)
    assert not put_new(path, b"two", aside)
    assert (path.read_bytes(), list(aside.folder.iterdir())) == (b"one", [])


def test_a_file_is_taken_away_only_where_it_is_as_it_was(tmp_path: Path, aside: Aside) -> None:
    path = tmp_path / "a.md"
    kept: list[bytes] = []
    path.write_bytes(b"changed")
    assert not taken_away(path, b"old", aside, kept.append)
    assert path.read_bytes() == b"changed"
    assert taken_away(path, b"changed", aside, kept.append)
    assert not taken_away(path, b"changed", aside, kept.append)
    assert (path.exists(), kept, list(aside.folder.iterdir())) == (False, [], [])


def test_a_disk_that_is_full_leaves_the_file_as_it_was(
    tmp_path: Path, aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PressError) as refused:
        replaced(path, b"old", b"new", aside, lambda _: None)
    assert [each.code for each in refused.value.findings] == ["E83"]
    assert path.read_bytes() == b"old"
