"""A column begins with the first thing in it and ends with the last: no space stands above it or below.

The engine drops the space above what begins a page, and keeps it above a heading or a picture that begins a
column, which then begins lower than its neighbours. A column that is continued in the next it takes for as
high as it tried to make it, not as its lines are: what follows the columns begins up to a line lower, so that
articles stand at one distance here and at another there. With this patch a column that begins with such a
space is laid out that much higher, and each is as high as what is in it.

Upstream: `margin-break` (CSS Fragmentation 3, 5.2) is applied to pages alone; no issue known for the heights.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.grid.baselines import grid_of
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape
from pipeline.page.layout_rules import mends_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

_BOXES: Final = "weasyprint.formatting_structure.boxes"
_BLOCK: Final = "weasyprint.layout.block"

GUARD: Final = Guard(
    "column_ends",
    VERSION,
    (
        Shape(
            f"{_BLOCK}:block_box_layout",
            "(context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, "
            "fixed_boxes, adjoining_margins, first_letter_style, first_line_style, discard, max_lines)",
        ),
        Shape(f"{_BLOCK}:remove_placeholders", "(context, box_list, absolute_boxes, fixed_boxes)"),
        Shape(
            "weasyprint.layout.column:_create_column_box",
            "(box, containing_block, children, width, position_y)",
        ),
        Shape("weasyprint.layout:LayoutContext.excluded_shapes", "an object of type property"),
        Shape(f"{_BOXES}:Box.is_column", "an object of type bool"),
        Shape(f"{_BOXES}:Box.is_in_normal_flow", "(self)"),
        Shape(f"{_BOXES}:Box.border_box_y", "(self)"),
        Shape(f"{_BOXES}:Box.content_box_y", "(self)"),
        Shape(f"{_BOXES}:Box.margin_height", "(self)"),
        Shape(f"{_BOXES}:BlockLevelBox", "(element_tag, style, element)"),
        Shape(f"{_BOXES}:BlockContainerBox", "(element_tag, style, element, children)"),
    ),
)

_ABSOLUTE, _FIXED = 4, 5
"""Which of the arguments behind the free space at the foot are the boxes that stand outside of the flow."""


def end_columns_with_their_content() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint.layout import block  # noqa: PLC0415 - slow to load

    plain = block.block_box_layout
    if hasattr(plain, "__wrapped__"):
        return

    @functools.wraps(plain)
    def block_box_layout(context: Any, box: Any, bottom_space: float, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - the engine's own
        if not box.is_column or not mends_lines():
            return plain(context, box, bottom_space, *arguments, **named)
        known = list(context.excluded_shapes)
        result = plain(context, box, bottom_space, *arguments, **named)
        space = _space_above(result[0])
        if space > 0:
            block.remove_placeholders(context, [result[0]], arguments[_ABSOLUTE], arguments[_FIXED])
            context.excluded_shapes[:] = known
            box.position_y -= space
            result = plain(context, box, bottom_space, *arguments, **named)
            box.position_y += space
            if result[0] is not None:
                result[0].position_y += space
                result[0].height = max(0.0, result[0].height - space)
        if result[0] is not None:
            _end(result[0], result[1])
        return result

    block.block_box_layout = block_box_layout


def _space_above(column: Any) -> float:  # noqa: ANN401 - a box of the engine
    """Return how far below the head of a column its content begins, as far as that is no grid's doing."""
    if column is None:
        return 0.0
    first = _first_within(column)
    if first is column:
        return 0.0
    top = column.content_box_y()
    grid = grid_of(first)
    return float(first.border_box_y() - top - (grid.room_above(top) if grid is not None else 0.0))


def _first_within(box: Any) -> Any:  # noqa: ANN401 - a box of the engine
    """Return the first block in a box, and in that one, down to where something is drawn or written."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - slow to load

    first = next((child for child in box.children if child.is_in_normal_flow()), None)
    if not isinstance(first, boxes.BlockLevelBox):
        return box
    if not isinstance(first, boxes.BlockContainerBox) or first.border_top_width or first.padding_top:
        return first
    return _first_within(first)


def _end(box: Any, resume_at: Mapping[int, Any] | None) -> None:  # noqa: ANN401 - a box of the engine
    """Let a box end with what is in it, and so what is continued of it.

    Args:
        box: A column, or a block in it that is continued.
        resume_at: Where it goes on, as the engine says it.
    """
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - slow to load

    flowing = [child for child in box.children if child.is_in_normal_flow()]
    if not flowing or box.style["height"] != "auto":
        return
    last = flowing[-1]
    inner = next(iter(resume_at.values()), None) if resume_at else None
    if inner is not None and type(last) is boxes.BlockBox and not _has_columns(last):
        _end(last, inner)
    ends = [last.position_y + last.margin_height() - last.margin_bottom]
    ends += [child.position_y + child.margin_height() for child in box.children if child.is_floated()]
    box.height = min(box.height, max(0.0, max(ends) - box.content_box_y()))


def _has_columns(box: Any) -> bool:  # noqa: ANN401 - a box of the engine
    return bool(box.style["column_count"] != "auto" or box.style["column_width"] != "auto")
