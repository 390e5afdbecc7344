"""The engine's boxes of the first page: whether its contents and greeting end above the imprint."""

from __future__ import annotations

from typing import Any, Final

from pipeline.page.engine.page_boxes import boxes_of, class_of, lowest_edge

IMPRINT: Final = "imprint"
MAY_OVERRUN: Final = ("contents", "greeting")
"""The classes of the elements whose length depends on the issue."""

_ROOM: Final = 8.0
"""The least distance from the imprint, in CSS pixels: 6 pt."""


def cover_overruns(page: Any) -> frozenset[str]:  # noqa: ANN401 - a page of the engine
    """Return which elements of the first page reach down to its imprint, by their classes.

    Args:
        page: The first page, laid out; one without an imprint has no overruns.
    """
    tops: list[float] = []
    bottoms: dict[str, float] = {}
    for box in boxes_of(page):
        for name in class_of(box).split():
            if name == IMPRINT:
                tops.append(box.position_y)
            elif name in MAY_OVERRUN:
                bottoms[name] = max(bottoms.get(name, 0.0), lowest_edge(box))
    if not tops:
        return frozenset()
    return frozenset(name for name, bottom in bottoms.items() if bottom + _ROOM > min(tops))
