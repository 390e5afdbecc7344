"""How well pages are filled, as one number: lines left empty, holes, columns that end apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.engine.page_measures import LayoutMeasures, RunExtent

if TYPE_CHECKING:
    from pipeline.page.makeup.fitting import Fitting

MOST_EMPTY: Final = 3
"""Lines that may stay empty at the foot of a page or within an article."""

GOOD: Final = 0.75
"""What may be wrong with a page that is taken for well filled."""

_SHORT: Final = 6.0
_EMPTY: Final = 0.5
_BARE: Final = 25.0
"""What a page counts that ends early, each line by which it does, and one filled by less than a third: one
page that ends early is better than two."""

_ROUNDING: Final = 0.1
_HOLE: Final = 3.0
_APART: Final = 1.5
_CHANGE: Final = 0.03
_MOVE: Final = 0.3
"""What a line of a hole counts, one by which columns end apart, one of height changed, a block passed."""


class Ruler(NamedTuple):
    """The rhythm of pages in CSS pixels: the leading, the head of the text, its height."""

    leading: float
    top: float
    height: float


def page_cost(measures: LayoutMeasures, page: int, ruler: Ruler) -> float:
    """Return what is wrong with a page: 0 where nothing is.

    Args:
        measures: Of the pages.
        page: Its number, from 1.
        ruler: The rhythm of the pages.
    """
    fill = measures.fills[page - 1]
    empty = 0.0
    if fill.free > MOST_EMPTY:
        empty = _SHORT + _EMPTY * (fill.free - MOST_EMPTY) + (_BARE if fill.lines < fill.free / 2 else 0)
    hole = max(0.0, measures.holes.get(page, 0.0) - MOST_EMPTY)
    apart = max(0.0, measures.unevenness.get(page, 0.0) / ruler.leading - 1)
    return empty + _HOLE * hole + _APART * (apart if apart > _ROUNDING else 0.0)


def cost_of_changes(fitting: Fitting) -> float:
    """Return what the decisions themselves cost: each line and each block is a step away from the author."""
    lines = sum(map(abs, fitting.heights.values()))
    return _CHANGE * lines + _MOVE * (sum(map(abs, fitting.later.values())) + len(fitting.across))


def pages_from(measures: LayoutMeasures, first: int, last: int) -> LayoutMeasures:
    """Return the measures of some pages of a document, numbered from 1.

    Args:
        measures: Of the document.
        first: The number of the first page.
        last: The number of the last page.
    """
    shift = first - 1
    return LayoutMeasures(
        measures.fills[shift:last],
        {
            name: RunExtent(extent.page - shift, extent.top, extent.last_page - shift, extent.bottom)
            for name, extent in measures.runs.items()
        },
        {name: page - shift for name, page in measures.pictures.items()},
        {page - shift: lines for page, lines in measures.holes.items()},
        {page - shift: apart for page, apart in measures.unevenness.items()},
    )
