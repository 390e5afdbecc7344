"""The boxes of the first page: whether contents and greeting stand below its title and above its imprint."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.page_boxes import boxes_of, class_of, lowest_edge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

IMPRINT: Final = "imprint"
MAY_OVERRUN: Final = ("contents", "greeting")
"""The classes of the elements whose length depends on the issue."""

_IN_ORDER: Final = ("title", "greeting", "contents")
"""What stands below one another."""

_ROOM: Final = 8.0
"""The least distance from the imprint, in CSS pixels: 6 pt."""


def cover_overruns(page: Any) -> frozenset[str]:  # noqa: ANN401 - a page of the engine
    """Return which elements of the first page reach down to its imprint or lie in others, by their classes.

    Where a title or a greeting takes more lines than the page has for it, as one with a long address, it is
    what would lie in it that overruns.

    Args:
        page: The first page, laid out; one without an imprint has no overruns.
    """
    tops: list[float] = []
    bottoms: dict[str, float] = {}
    placed: dict[str, Any] = {}
    for box in boxes_of(page):
        for name in class_of(box).split():
            if name == IMPRINT:
                tops.append(box.position_y)
            elif name in MAY_OVERRUN:
                bottoms[name] = max(bottoms.get(name, 0.0), lowest_edge(box))
            if name in _IN_ORDER and box.is_absolutely_positioned():
                placed[name] = box
    if not tops:
        return frozenset()
    low = {name for name, bottom in bottoms.items() if bottom + _ROOM > min(tops)}
    return frozenset(low | set(_lying_in_others(placed)))


def _lying_in_others(placed: Mapping[str, Any]) -> Iterator[str]:
    """Yield what begins above the end of an element before it; in-flow elements never do.

    The greeting takes the contents with it to a page of their own, which would else be nearly empty.
    """
    present = [name for name in _IN_ORDER if name in placed]
    for upper, lower in combinations(present, 2):
        first, second = placed[upper], placed[lower]
        is_above = second.position_y < lowest_edge(first)
        if is_above and _is_below(first, second):
            yield from ("greeting", "contents") if "greeting" in {upper, lower} else (lower,)


def _is_below(first: Any, second: Any) -> bool:  # noqa: ANN401 - boxes of the engine
    """Return whether two boxes share a part of the page's width: contents may stand beside a greeting."""
    first_end, second_end = (each.position_x + each.border_width() for each in (first, second))
    return bool(first.position_x < second_end and second.position_x < first_end)
