"""What a page holds, by the bands that it reaches: only what shares a band can meet."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.pdf.law.drawn.drawn_text import Box

_Item = TypeVar("_Item")

_HEIGHT: Final = 16
"""Points of a band."""

_LOWEST: Final = -200
_HIGHEST: Final = 20_000
"""Points: what a sheet can hold (ISO 32000-1, annex C: 14,400)."""


def bands_of(box: Box) -> range:
    """Return the numbers of the bands that a rectangle reaches."""
    return range(int(box.bottom) // _HEIGHT, int(box.top) // _HEIGHT + 1)


def by_bands(items: Iterable[_Item], box_of: Callable[[_Item], Box]) -> dict[int, list[_Item]]:
    """Return items by the bands of the page that they reach.

    Args:
        items: In any order, which is kept.
        box_of: Returns the rectangle of an item; it may reach far beyond the sheet.
    """
    bands: dict[int, list[_Item]] = defaultdict(list)
    for item in items:
        box = box_of(item)
        for band in range(
            max(int(box.bottom), _LOWEST) // _HEIGHT, min(int(box.top), _HIGHEST) // _HEIGHT + 1
        ):
            bands[band].append(item)
    return bands
