"""Work done in a copy of this process (fork(2)) beside its own, where there is a processor for it.

The copy has all that was read and made before, and nothing of it has to be sent. What it returns is pickled.
Where a copy cannot be made, or ends without an answer, the work is done here when its result is asked for.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Result = TypeVar("_Result")


@contextlib.contextmanager
def beside(work: Callable[[], _Result]) -> Iterator[Callable[[], _Result]]:
    """Begin work beside this process; the context has a function that waits for its result.

    Args:
        work: It changes nothing that is needed here: what it changes is changed in the copy. What it raises
            is raised when the result is asked for.
    """
    if not _may_be_copied():
        yield work
        return
    reader, writer = os.pipe()
    copy = os.fork()
    if copy == 0:
        _answer(writer, work)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        try:
            yield lambda: _answered(answer.read(), work)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(copy, signal.SIGKILL)
            os.waitpid(copy, 0)


def _may_be_copied() -> bool:
    """Return whether a copy would have a processor, and no lock that another thread holds in that moment."""
    if not hasattr(os, "fork") or not hasattr(os, "sched_getaffinity"):
        return False
    return threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1


def _answer(writer: int, work: Callable[[], object]) -> None:
    """Do the work in the copy, and end it; without an answer where anything goes wrong."""
    try:
        with os.fdopen(writer, "wb") as answer:
            pickle.dump(work(), answer)
    finally:
        # What libraries and the terminal do at the end of a process is done by the one that was copied.
        os._exit(0)


def _answered(answer: bytes, work: Callable[[], _Result]) -> _Result:
    try:
        result: _Result = pickle.loads(answer)  # noqa: S301 - written by a copy of this process
    except (EOFError, pickle.UnpicklingError):
        return work()
    return result
