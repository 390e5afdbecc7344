"""How well pages are filled, as one number: lines left empty, holes, columns that end apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.makeup.fitting import Fitting

MOST_EMPTY: Final = 3
"""Lines that may stay empty at the foot of a page or within an article."""

GOOD: Final = 1.6
"""What may be wrong with a page that is taken for well filled."""

WORTH: Final = 0.5
"""By how much a decision must better the pages to be taken."""

_SHORT: Final = 6.0
_EMPTY: Final = 0.5
_BARE: Final = 3.0
"""What a page counts that ends early, each line by which it does, and each that it lacks to be filled by a
third: one page that ends early is better than two, but a few lines alone on a page are not."""

_ROUNDING: Final = 0.1
_HOLE: Final = 3.0
_APART: Final = 1.5
_FAR_APART: Final = 3.0
_CHANGE: Final = 0.03
_MOVE: Final = 0.3
"""What a line of a hole counts, one by which columns end apart, each beyond those that may stay empty – a
hole, too –, one of height changed, a block passed."""


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
        lacking = max(0.0, (fill.lines + fill.free) / 3 - fill.lines)
        empty = _SHORT + _EMPTY * (fill.free - MOST_EMPTY) + _BARE * lacking
    apart = max(0.0, measures.apart_on(page) / ruler.leading - 1)
    return empty + (_APART * apart if apart > _ROUNDING else 0.0) + cost_of_holes(measures, page, ruler)


def cost_of_holes(measures: LayoutMeasures, page: int, ruler: Ruler) -> float:
    """Return what the holes of a page count, with those where columns, or margin and text, end far apart.

    Args:
        measures: Of the pages.
        page: Its number, from 1.
        ruler: The rhythm of the pages.
    """
    hole = max(0.0, measures.holes.get(page, 0.0) - MOST_EMPTY)
    far = max(0.0, measures.apart_on(page) / ruler.leading - MOST_EMPTY)
    return _HOLE * hole + (_FAR_APART - _APART) * far


def cost_of_pages(measures: LayoutMeasures, ruler: Ruler, *, is_open: bool = False) -> float:
    """Return what is wrong with all pages of a stretch.

    Args:
        measures: Of the stretch.
        ruler: The rhythm of the pages.
        is_open: Whether something else goes on where it ends, so that its last page is not judged.
    """
    return sum(page_cost(measures, page, ruler) for page in range(1, len(measures.fills) + (not is_open)))


def cost_of_changes(fitting: Fitting) -> float:
    """Return what the decisions themselves cost: each line and each block is a step away from the author."""
    lines = sum(map(abs, fitting.heights.values()))
    return _CHANGE * lines + _MOVE * (sum(map(abs, fitting.later.values())) + len(fitting.across))
