"""Whose trial is of use: of each asker only the one that was asked for last."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from pipeline.findings.finding import IssueError, found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class TrialTurns:
    """Numbers trials, and knows which are not done yet.

    Args:
        break_off: Breaks the trial of a number off.
    """

    def __init__(self, break_off: Callable[[int], None]) -> None:
        """Begin with none."""
        self._break_off = break_off
        self._lock = threading.Lock()
        self.number = 0
        self.waiting: dict[str, int] = {}
        """The last trial of each asker that is not done yet."""

    @contextlib.contextmanager
    def turn(self, asker: str) -> Iterator[tuple[int, Callable[[], None]]]:
        """Yield the number of a trial, and what raises where it is of no use any more.

        Args:
            asker: Who asks: a trial of the same asker that is not done yet is broken off; empty for nobody's.
        """
        with self._lock:
            self.number += 1
            number, former = self.number, self.waiting.get(asker, 0)
            if asker:
                self.waiting[asker] = number
        if former:
            self._break_off(former)

        def still_wanted() -> None:
            if self.waiting.get(asker, number) != number:
                raise IssueError([found("E654", None)])

        try:
            yield number, still_wanted
        finally:
            with self._lock:
                if self.waiting.get(asker) == number:
                    del self.waiting[asker]
