"""Work beside this process has the result that it would have here, whatever becomes of the copy."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from pipeline.files.side_process import beside

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = os.getpid()


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process of the command has one thread; the tests may have more."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})


def where() -> tuple[str, bool]:
    return "done", os.getpid() != HERE


def test_it_is_done_in_a_copy_and_its_result_comes_back() -> None:
    with beside(where) as result:
        assert result() == ("done", True)


def test_what_is_large_comes_back_whole() -> None:
    with beside(lambda: bytes(5_000_000)) as result:
        assert result() == bytes(5_000_000)


@pytest.mark.parametrize(
    "alone",
    [
        lambda patch: patch.setattr(threading, "active_count", lambda: 2),
        lambda patch: patch.setattr(os, "sched_getaffinity", lambda _: {0}),
        lambda patch: patch.delattr(os, "fork"),
    ],
    ids=["another thread", "one processor", "no such call"],
)
def test_where_no_copy_can_be_made_it_is_done_here(
    monkeypatch: pytest.MonkeyPatch, alone: Callable[[pytest.MonkeyPatch], None]
) -> None:
    alone(monkeypatch)
    with beside(where) as result:
        assert result() == ("done", False)


def test_what_it_raises_is_raised_when_the_result_is_asked_for() -> None:
    def fails() -> None:
        raise ArithmeticError

    with beside(fails) as result, pytest.raises(ArithmeticError):
        result()


@pytest.mark.parametrize("ended", [signal.SIGKILL, signal.SIGTERM])
def test_a_copy_that_is_ended_is_done_without(ended: int) -> None:
    def work() -> str:
        if os.getpid() != HERE:
            os.kill(os.getpid(), ended)
        return "done"

    with beside(work) as result:
        assert result() == "done"


def test_a_result_that_cannot_be_sent_is_made_here() -> None:
    with beside(lambda: where) as result:
        assert result() is where
    with beside(lambda: lambda: 3) as other:
        assert other()() == 3


def test_no_copy_is_left_where_something_else_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    copies: list[int] = []
    fork = os.fork

    def watched() -> int:
        copies.append(fork())
        return copies[-1]

    monkeypatch.setattr(os, "fork", watched)
    with pytest.raises(KeyError), beside(threading.Event().wait):
        raise KeyError
    with pytest.raises(ChildProcessError):
        os.waitpid(copies[0], 0)


def test_what_a_copy_writes_and_changes_stays_there(capfd: pytest.CaptureFixture[str]) -> None:
    seen: list[str] = []
    sys.stdout.write("before ")
    with beside(lambda: seen.append("in the copy")) as result:
        result()
    sys.stdout.write("after\n")
    assert (seen, capfd.readouterr().out) == ([], "before after\n")
