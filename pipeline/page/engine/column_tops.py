"""What begins a column stands at its top: the space above a heading or a picture there is dropped.

The engine drops it at the top of a page, and keeps it at the top of a column, which then begins lower than
its neighbours.

Upstream: `margin-break` (CSS Fragmentation 3, 5.2) is applied to pages alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.grid.baselines import grid_of
from pipeline.page.engine.page_boxes import descendants
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BOXES: Final = "weasyprint.formatting_structure.boxes"

GUARD: Final = Guard(
    "column_tops",
    VERSION,
    (
        Shape("weasyprint.document:Page._page_box"),
        Shape(
            "weasyprint.layout.column:_create_column_box",
            "(box, containing_block, children, width, position_y)",
        ),
        Shape(f"{_BOXES}:Box.translate", "(self, dx=0, dy=0, ignore_floats=False)"),
        Shape(f"{_BOXES}:Box.is_in_normal_flow", "(self)"),
        Shape(f"{_BOXES}:Box.border_box_y", "(self)"),
        Shape(f"{_BOXES}:Box.content_box_y", "(self)"),
        Shape(f"{_BOXES}:BlockLevelBox", "(element_tag, style, element)"),
        Shape(f"{_BOXES}:BlockContainerBox", "(element_tag, style, element, children)"),
    ),
)


def raise_column_tops(pages: Sequence[Any]) -> None:
    """Move the content of each column up by the margin above the first box in it.

    Args:
        pages: The engine's, laid out.
    """
    for page in pages:
        for column in _columns(page._page_box):  # noqa: SLF001 - guarded above
            first = _first_within(column)
            top = column.content_box_y()
            grid = grid_of(first)
            space = 0.0 if first is column else first.border_box_y() - top
            if grid is not None:
                space -= grid.room_above(top)
            if space > 0:
                for child in column.children:
                    child.translate(0, -space)


def _first_within(box: Any) -> Any:  # noqa: ANN401 - a box of the engine
    """Return the first block in a box, and in that one, down to where something is drawn or written."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - slow to load

    first = next((child for child in box.children if child.is_in_normal_flow()), None)
    if not isinstance(first, boxes.BlockLevelBox):
        return box
    if not isinstance(first, boxes.BlockContainerBox) or first.border_top_width or first.padding_top:
        return first
    return _first_within(first)


def _columns(page: Any) -> Iterator[Any]:  # noqa: ANN401 - a box of the engine
    """Yield the boxes of columns: those without an element's style, of the element of the box around them."""
    for box in descendants(page):
        if hasattr(box, "children") and _has_columns(box):
            yield from (
                child
                for child in box.children
                if child.element is box.element and hasattr(child, "children") and not _has_columns(child)
            )


def _has_columns(box: Any) -> bool:  # noqa: ANN401
    return bool(box.style["column_count"] != "auto" or box.style["column_width"] != "auto")
