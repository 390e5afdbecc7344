"""Heads whose lines are of about one length, so that no word stands alone on the last of them.

The lines are as few as they can be, and the longest of them as short (as `text-wrap: balance` of CSS Text 4,
6.1, which the engine does not know).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.typography.composing.opportunities import Ending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.typography.composing.opportunities import Opportunity, Point

_STEPS: Final = 12
"""How often the range of the measure is halved: that of a head of 174 mm is exact to a twentieth of one."""


def balanced(begin: Point, opportunities: Sequence[Opportunity], measure: float) -> list[int] | None:
    """Choose where the lines of a head end; none is divided.

    Args:
        begin: Where its first line begins.
        opportunities: Where lines may end, in order; the last is the end.
        measure: The width that lines may have.

    Returns:
        The index of the opportunity each line ends at; nothing where a part is wider than the measure.
    """
    best = _first_fit(begin, opportunities, measure)
    if best is None or len(best) == 1:
        return best
    narrow, wide = 0.0, measure
    for _ in range(_STEPS):
        tried = (narrow + wide) / 2
        found = _first_fit(begin, opportunities, tried)
        if found is not None and len(found) == len(best):
            best, wide = found, tried
        else:
            narrow = tried
    return best


def _first_fit(begin: Point, opportunities: Sequence[Opportunity], measure: float) -> list[int] | None:
    """Return the ends of lines, each at the last opportunity that fits; nothing where none does."""
    ends: list[int] = []
    start, fitting = begin, -1
    for index, each in enumerate(opportunities):
        if each.ending not in {Ending.PLAIN, Ending.LAST}:
            continue
        if each.end.x - start.x > measure:
            if fitting < 0:
                return None
            ends.append(fitting)
            start = opportunities[fitting].start
            if each.end.x - start.x > measure:
                return None
        fitting = index
    return [*ends, fitting]
