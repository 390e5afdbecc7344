"""The lines of a paragraph with the fewest demerits in all (Knuth and Plass 1981).

All places where a line may end are gone through once. At each, the ways to get there are kept that may still
be the best: one for each fitness of the last line and number of hyphens in succession, and for each line's
number, as long as the measures of lines differ.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.typography.composing.demerits import (
    FOOT_THAT_GOES,
    HYPHENATED,
    WIDEST,
    demerits_after,
    demerits_of_last,
    fitness,
    own_demerits,
    ratio_of,
)
from pipeline.typography.composing.opportunities import Ending

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.typography.composing.opportunities import Opportunity, Point, Setting

_TRIES: Final = (WIDEST, 6.0, inf)
"""How much a line may give, from try to try: most paragraphs have a solution at once."""

_HYPHENS: Final = 2
"""Hyphens in succession are counted up to these."""


class _Way(NamedTuple):
    """A way to set the paragraph up to a place.

    Args:
        cost: Its demerits.
        line: How many lines it has.
        fit: The fitness of the last one.
        hyphens: How many of the last lines end with a hyphen.
        opportunity: Where the last line ends, by its index.
        back: The way without the last line.
    """

    cost: float
    line: int
    fit: int | None
    hyphens: int
    opportunity: int
    back: _Way | None


class _Stop(NamedTuple):
    """A place where a line may begin, and the ways to get there."""

    start: Point
    ways: tuple[_Way, ...]


def total_fit(
    begin: Point, opportunities: Sequence[Opportunity], measures: Sequence[float], setting: Setting
) -> list[int]:
    """Choose where the lines of a paragraph end.

    Args:
        begin: Where its first line begins.
        opportunities: Where lines may end, in order; the last is the paragraph's end, the only one of its
            kind.
        measures: The width of each line; the last is that of all that follow.
        setting: How lines are set.

    Returns:
        The index of the opportunity each line ends at, in order. A line is wider than its measure only where
        what stands between two opportunities is.
    """
    best: _Way | None = None
    for most in _TRIES:
        way = _Search(measures, setting, most).best_way(begin, opportunities)
        if way is not None and (best is None or way.cost < best.cost):
            best = way
        if best is not None and best.cost < FOOT_THAT_GOES:
            break
    ends: list[int] = []
    while best is not None and best.back is not None:
        ends.append(best.opportunity)
        best = best.back
    return ends[::-1]


class _Search:
    """A search for the best way whose lines give no more than so much."""

    def __init__(self, measures: Sequence[float], setting: Setting, most: float) -> None:
        self._measures, self._setting, self._most = measures, setting, most
        self._widest = max(measures)
        after_foot = 0 if setting.foot is None else setting.foot + 1
        self._numbered = max(len(measures) - 1, after_foot)
        """From this line on, it does not matter which one it is."""
        self._reached: dict[tuple[int, int, int], _Way] = {}

    def best_way(self, begin: Point, opportunities: Sequence[Opportunity]) -> _Way | None:
        """Return the cheapest way to the end; nothing where there is none."""
        stops = [_Stop(begin, (_Way(0.0, 0, None, self._setting.hyphens, -1, None),))]
        for index, here in enumerate(opportunities):
            self._reached = {}
            kept = [stop for stop in stops if self._reach(here, index, stop)]
            if not kept and not self._reached and here.hyphen:
                kept = stops  # too wide even so: it is not the hyphen at which a line overruns
            if not self._reached and (not kept or here.ending is Ending.LAST):
                if self._most < inf:
                    return None
                self._overrun(here, index, stops)
            if here.ending is Ending.LAST:
                break
            stops = kept
            if self._reached:
                stops.append(_Stop(here.start, tuple(self._reached.values())))
        return min(self._reached.values(), key=lambda way: way.cost, default=None)

    def _reach(self, here: Opportunity, index: int, stop: _Stop) -> bool:
        """Add the ways on from a stop by a line that ends here; returns whether it may be longer."""
        width = here.end.x - stop.start.x + here.hyphen
        grows, given, measure = False, 0.0, -1.0
        for way in stop.ways:
            if measure != (measure := self._measure(way.line)):
                given = ratio_of(stop.start, here.end, here.hyphen, measure, self._setting)
            if given >= -1:
                grows = True
                if given <= self._most or here.ending is Ending.LAST:
                    self._add(here, index, stop, way, given)
        return grows or width <= self._widest or self._fits_on(here, stop)

    def _fits_on(self, here: Opportunity, stop: _Stop) -> bool:
        """Return whether what does not fit with a hyphen here may fit to the end of the word.

        A hyphen has a width. Where the word itself is too wide, no line from this stop ends behind here: else
        all stops were kept to the end of a word of hundreds of letters.
        """
        return bool(here.hyphen) and ratio_of(stop.start, here.end, 0.0, self._widest, self._setting) >= -1

    def _overrun(self, here: Opportunity, index: int, stops: Iterable[_Stop]) -> None:
        """Add the ways by a line that ends here though nothing fits."""
        for stop in stops:
            for way in stop.ways:
                measure = self._measure(way.line)
                given = ratio_of(stop.start, here.end, here.hyphen, measure, self._setting)
                self._add(here, index, stop, way, given)

    def _add(self, here: Opportunity, index: int, stop: _Stop, way: _Way, given: float) -> None:
        """Add the way by one more line, unless a cheaper one is known."""
        setting, measure = self._setting, self._measure(way.line)
        last = here.ending is Ending.LAST
        fit = fitness(min(given, 0.0) if last else given)
        width = here.end.x - stop.start.x + here.hyphen
        cost = (
            way.cost
            + own_demerits(given, width / measure, here.ending, setting, way.line)
            + demerits_after(way.hyphens, way.fit, here.ending, fit)
        )
        if last and way.back is not None:
            spaces = here.end.spaces - stop.start.spaces
            cost += demerits_of_last(width, spaces, measure, setting.shortest, way.hyphens)
        hyphens = min(way.hyphens + 1, _HYPHENS) if here.ending in HYPHENATED else 0
        key = (fit, hyphens, min(way.line + 1, self._numbered))
        known = self._reached.get(key)
        if known is None or cost < known.cost:
            self._reached[key] = _Way(cost, way.line + 1, fit, hyphens, index, way)

    def _measure(self, line: int) -> float:
        return self._measures[min(line, len(self._measures) - 1)]
