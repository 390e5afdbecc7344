"""Lock files: what one process does with a folder, others wait for or leave alone."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import PressError, found
from pipeline.findings.system_faults import write_refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BETWEEN_TRIES: Final = 0.01
"""Seconds between two tries to take a lock."""


@contextlib.contextmanager
def locked(path: Path, patience: float = 0.0) -> Iterator[None]:
    """Hold a lock file for the duration of a block; the system releases it when the process ends.

    Args:
        path: The file.
        patience: Seconds for which another process, or thread, that holds it is waited for.

    Raises:
        PressError: Another one holds it (E84), or it cannot be created, or locked on this disk (E83).
    """
    end = time.monotonic() + patience
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A link in its place would make a file elsewhere.
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise write_refused(error, path.parent.name, "") from error
    try:
        while not _took_lock(handle, path):
            if time.monotonic() >= end:
                raise PressError([found("E84", None, name=path.parent.name)])
            time.sleep(_BETWEEN_TRIES)
        yield
    finally:
        os.close(handle)


def _took_lock(handle: int, path: Path) -> bool:
    """Take a lock; return False where another one has it.

    Raises:
        PressError: The disk has no locks (E83).
    """
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # the one of flock(2), the other of fcntl(2), on network disks
        return False
    except OSError as error:
        raise write_refused(error, path.parent.name, "") from error
    return True
