"""Where runs of articles and their pictures stand on laid-out pages, and what a maker-up would mend there.

All lengths are in CSS pixels, from the upper edge of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.page.engine.layout_faults import FaultKind
from pipeline.page.engine.page_boxes import boxes_of, class_of, lowest_edge

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        unevenness: By how many pixels the columns of an article end apart, or its margin is longer than its
            text, by page, and there by run, the most of each.
    """

    fills: tuple[PageFill, ...]
    runs: dict[str, RunExtent]
    pictures: dict[str, int]
    holes: dict[int, float]
    unevenness: dict[int, dict[str, float]]

    def apart_on(self, page: int) -> float:
        """Return by how many pixels columns, or a margin and its text, end apart on a page, the most."""
        return max(self.unevenness.get(page, {}).values(), default=0.0)


NO_MEASURES: Final = LayoutMeasures((), {}, {}, {}, {})


class PageMeasures(NamedTuple):
    """What is known of one page.

    Args:
        runs: From where to where each run stands, by its name.
        pictures: The names of its pictures.
        unevenness: By how many pixels the columns of an article end apart, or its margin is longer than its
            text, by run, the most of each; nothing where nothing does.
    """

    runs: dict[str, tuple[float, float]]
    pictures: set[str]
    unevenness: dict[str, float]


def measures_of_page(page: Any) -> PageMeasures:  # noqa: ANN401 - a page of the engine
    """Measure one page."""
    runs: dict[str, tuple[float, float]] = {}
    pictures: set[str] = set()
    apart: dict[str, float] = {}
    continued = _continued(page)
    run = ""
    for box in boxes_of(page):
        if getattr(box, "is_column", False):
            continue
        element = box.element if hasattr(box.element, "get") else None
        if element is None or "::" in str(box.element_tag):
            continue
        if (name := element.get(_RUN)) is not None:
            top = runs.get(name, (box.position_y + box.margin_top,))[0]
            runs[name] = (top, box.position_y + box.margin_height() - box.margin_bottom)
            run = name
            within = set(element.iter()) if continued else set()
            for floated in continued:
                if floated.element in within:
                    apart[run] = max(apart.get(run, 0.0), _longer_than_text(floated, page))
        if (name := element.get(_FIGURE)) is not None:
            pictures.add(name)
        apart[run] = max(apart.get(run, 0.0), _apart(box), _longer_beside(box))
    return PageMeasures(runs, pictures, {name: lines for name, lines in apart.items() if lines})


def measures_of(
    pages: Sequence[PageMeasures], fills: tuple[PageFill, ...], faults: Sequence[LayoutFault]
) -> LayoutMeasures:
    """Put the measures of pages together.

    Args:
        pages: Of each page, in order.
        fills: How full each is.
        faults: The faults of the layout; its holes count.
    """
    found = LayoutMeasures(fills, {}, {}, {}, {})
    for number, page in enumerate(pages, 1):
        for name, (top, bottom) in page.runs.items():
            known = found.runs.get(name, RunExtent(number, top, number, bottom))
            found.runs[name] = known._replace(last_page=number, bottom=bottom)
        # One in the margin may leave an empty beginning at the foot of the page before.
        found.pictures.update(dict.fromkeys(page.pictures, number))
        if page.unevenness:
            found.unevenness[number] = page.unevenness
    for fault in faults:
        if fault.kind is FaultKind.HOLE:
            found.holes[fault.page] = found.holes.get(fault.page, 0.0) + fault.measure
    return found


def _is_column(box: Any) -> bool:  # noqa: ANN401
    return bool(getattr(box, "is_column", False))


def _apart(box: Any) -> float:  # noqa: ANN401 - a box of the engine
    """Return by how much columns beside one another end apart; each stretch between two spans is one.

    Where something stands in the first column alone, as a picture that ends an article, the engine makes no
    second one: that ends where it would begin.
    """
    tops: dict[float, list[float]] = {}
    for column in getattr(box, "children", ()):
        if _is_column(column):
            tops.setdefault(round(column.position_y, 1), []).append(lowest_edge(column))
    for top, ends in tops.items():
        if len(ends) == 1:
            ends.append(top)
    return max((max(ends) - min(ends) for ends in tops.values()), default=0.0)


def _continued(page: Any) -> list[Any]:  # noqa: ANN401 - a page of the engine
    """Return what floats and goes on from the page before: the engine sets it apart from its article."""
    root = next((box for box in boxes_of(page) if box.element_tag == "html"), None)
    return [box for box in getattr(root, "children", ()) if box.is_floated()]


def _longer_than_text(floated: Any, page: Any) -> float:  # noqa: ANN401
    """Return by how much what floats ends below the text of its article on a page."""
    end = floated.position_y
    for box in boxes_of(page):
        if box.element_tag == "div" and floated.element in set(box.element.iter()):
            text = [lowest_edge(child) for child in box.children if child.is_in_normal_flow()]
            end = max(end, *text) if "body" in class_of(box).split() and text else end
    return max(0.0, lowest_edge(floated) - float(end))


def _longer_beside(box: Any) -> float:  # noqa: ANN401
    """Return by how much what floats beside a text ends below the text."""
    children = [child for child in getattr(box, "children", ()) if "::" not in str(child.element_tag)]
    beside = [lowest_edge(child) for child in children if child.is_floated()]
    text = [lowest_edge(child) for child in children if child.is_in_normal_flow()]
    if not beside:
        return 0.0
    return max(0.0, max(beside) - max(text, default=box.content_box_y()))
