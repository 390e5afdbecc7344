"""Processes of the machine, for tests that begin and end them."""

from __future__ import annotations

import contextlib
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE: Final = 60.0
"""Seconds that something is waited for: the machine may be busy."""

WAIT: Final = 1000 * PATIENCE
"""The same in milliseconds, as browsers count."""


def descendants(pid: int) -> set[int]:
    """Return the processes that a process began, and theirs; also ended ones that nobody waited for."""
    parents = {}
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):
            # After the name, which may hold anything: the state, then the parent (proc(5)).
            fields = (folder / "stat").read_text("ascii", "replace").rpartition(")")[2].split()
            parents[int(folder.name)] = int(fields[1])
    known = {pid}
    while more := {each for each, parent in parents.items() if parent in known} - known:
        known |= more
    return known - {pid}


def command_of(pid: int) -> str:
    """Return how a process was begun."""
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")


def runs(pid: int) -> bool:
    """Return whether a process runs; one that ended and that nobody waited for does not."""
    with contextlib.suppress(OSError):
        return (
            Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0] not in "ZX"
        )
    return False


def listens(port: int) -> bool:
    """Return whether a program of this machine takes connections at a port."""
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)
