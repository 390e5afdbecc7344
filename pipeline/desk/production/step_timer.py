"""Timing and progress of the steps of a build."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipeline.findings.progress import Progress

PREPARATION_STEPS: Final = ("reading", "typography")
EDITION_STEPS: Final = (
    "pictures",
    "composition",
    "press",
    "finishing",
    "preflight",
    "companions",
    "comparison",
)


class StepTimer:
    """Times the steps of a build and reports progress after each.

    Args:
        editions: How many PDF editions are built.
        derived: How many editions are built from one of these, in one step each.
        progress: Called after each step.
    """

    def __init__(self, editions: int, derived: int, progress: Progress) -> None:
        """Start the clock."""
        self._progress = progress
        self._steps = len(PREPARATION_STEPS) + len(EDITION_STEPS) * editions + derived
        self._finished = 0
        self._seconds: dict[str, float] = {}
        self._last = time.perf_counter()
        progress(PREPARATION_STEPS[0], 0, self._steps)

    def one_more_edition(self) -> None:
        """Count the steps of an edition that was not foreseen."""
        self._steps += len(EDITION_STEPS)

    def finished(self, step: str) -> None:
        """Record that a step has ended just now."""
        now = time.perf_counter()
        self._seconds[step] = round(now - self._last, 3)
        self._last = now
        self._finished += 1
        self._progress(step, self._finished, self._steps)

    def take_seconds(self) -> dict[str, float]:
        """Return the seconds of each step since the last call."""
        seconds, self._seconds = self._seconds, {}
        return seconds
