"""Where runs of articles and their pictures stand on laid-out pages, and what a maker-up would mend there.

All lengths are in CSS pixels, from the upper edge of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.page.engine.layout_faults import FaultKind
from pipeline.page.engine.page_boxes import boxes_of, lowest_edge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.page.engine.layout_faults import LayoutFault
    from pipeline.page.engine.page_boxes import PageFill

_RUN: Final = "data-run-of"
_FIGURE: Final = "data-picture"
"""The attributes by which templates name runs and pictures."""


class RunExtent(NamedTuple):
    """Where a run stands.

    Args:
        page: The number of its first page, from 1.
        top: Where it begins there.
        last_page: The number of its last page.
        bottom: Where its last line or picture ends there.
    """

    page: int
    top: float
    last_page: int
    bottom: float


class LayoutMeasures(NamedTuple):
    """What is known of laid-out pages.

    Args:
        fills: How full each page is, in order.
        runs: Where each run stands, by the name that its template gives it.
        pictures: The page of each picture, by the name that its template gives it.
        holes: The empty lines of each hole within an article, by page.
        unevenness: By how many pixels the columns of an article end apart, by page, the most of each.
    """

    fills: tuple[PageFill, ...]
    runs: dict[str, RunExtent]
    pictures: dict[str, int]
    holes: dict[int, float]
    unevenness: dict[int, float]


NO_MEASURES: Final = LayoutMeasures((), {}, {}, {}, {})


def measures_of(
    pages: Sequence[Any], fills: tuple[PageFill, ...], faults: Sequence[LayoutFault]
) -> LayoutMeasures:
    """Measure pages.

    Args:
        pages: The engine's, laid out.
        fills: How full each is.
        faults: The faults of the layout; its holes count.
    """
    found = LayoutMeasures(fills, {}, {}, {}, {})
    for number, page in enumerate(pages, 1):
        for box in boxes_of(page):
            if getattr(box, "is_column", False):
                continue
            element = box.element if hasattr(box.element, "get") else None
            if element is None or "::" in str(box.element_tag):
                continue
            if (name := element.get(_RUN)) is not None:
                _extend(found.runs, name, number, box)
            if (name := element.get(_FIGURE)) is not None:
                found.pictures.setdefault(name, number)
            if columns := [child for child in getattr(box, "children", ()) if _is_column(child)]:
                apart = max(_apart(columns))
                found.unevenness[number] = max(apart, found.unevenness.get(number, 0.0))
    for fault in faults:
        if fault.kind is FaultKind.HOLE:
            found.holes[fault.page] = found.holes.get(fault.page, 0.0) + fault.measure
    return found


def _extend(runs: dict[str, RunExtent], name: str, page: int, box: Any) -> None:  # noqa: ANN401
    bottom = box.position_y + box.margin_height() - box.margin_bottom
    known = runs.get(name)
    top = box.position_y + box.margin_top
    if known is None:
        runs[name] = RunExtent(page, top, page, bottom)
    else:
        runs[name] = known._replace(last_page=page, bottom=bottom)


def _is_column(box: Any) -> bool:  # noqa: ANN401
    return bool(getattr(box, "is_column", False))


def _apart(columns: Sequence[Any]) -> Iterator[float]:
    """Yield by how much the columns beside one another end apart; each stretch between two spans is one."""
    tops: dict[float, list[float]] = {}
    for column in columns:
        tops.setdefault(round(column.position_y, 1), []).append(lowest_edge(column))
    yield 0.0
    yield from (max(ends) - min(ends) for ends in tops.values())
