"""How long a process may work on a question: by the processor time it takes, not by the clock on the wall.

On a machine that does other things, too, the same pages take several times as long by the clock.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Final

_MOST_TIMES: Final = 10
"""How often progress may begin the time anew: a process that tells of progress for ever is ended, too."""

_USER_TIME, _SYSTEM_TIME = 11, 12
"""Where the times stand in /proc/PID/stat, counted behind the name of the program (proc(5))."""


def processor_time(pid: int | None) -> float | None:
    """Return the seconds of processor time that a process took so far; None where that is not known."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        ticks = int(told[_USER_TIME]) + int(told[_SYSTEM_TIME])
        return ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError, ValueError):
        return None


class Watch:
    """Looks at a process from the moment it is asked something.

    It may take some seconds of the processor between one page and the next, and be at rest as long.

    Args:
        pid: The process.
        longest: Seconds.
    """

    def __init__(self, pid: int | None, longest: float) -> None:
        """Begin now."""
        self._pid = pid
        self._longest = longest
        self._done = 0
        self._first = self._since = self._used = self._now()
        self._at_work = time.monotonic()

    def is_past(self, done: int) -> bool:
        """Return whether the process is past its bounds.

        Args:
            done: Pages that it has laid out since it was asked.
        """
        used, now = self._now(), time.monotonic()
        if used > self._used:
            self._used, self._at_work = used, now
        if done != self._done:
            self._done, self._since = done, used
        if used - self._since > self._longest or used - self._first > _MOST_TIMES * self._longest:
            return True
        return now - self._at_work > self._longest

    def _now(self) -> float:
        used = processor_time(self._pid)
        return time.monotonic() if used is None else used
