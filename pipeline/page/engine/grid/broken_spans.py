"""A block that spans columns and is broken by the page, in its second part or later.

The engine notes where such a block goes on among the children of the box with the columns, not among the
block's own: text is skipped, or printed twice, or the next page fails with an assertion. With this patch the
block goes on where it was broken. On the next page it stands within a box without a style, for the engine
goes on with the first child of what spans the columns.

Upstream: no issue known for it.
"""

from __future__ import annotations

import functools
from typing import Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

_BOXES: Final = "weasyprint.formatting_structure.boxes"

GUARD: Final = Guard(
    "broken_spans",
    VERSION,
    (
        Shape(
            "weasyprint.layout.block:columns_layout",
            "(context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, "
            "fixed_boxes, adjoining_margins, first_letter_style, first_line_style)",
        ),
        Shape(
            "weasyprint.layout.block:block_level_layout_switch",
            "(context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, "
            "fixed_boxes, adjoining_margins, first_letter_style, first_line_style, discard, max_lines)",
        ),
        Shape(f"{_BOXES}:ParentBox.children"),
        Shape(f"{_BOXES}:Box.is_column", "an object of type bool"),
    ),
)

_RESUME: Final = 1
"""Which part of a result says where a block goes on."""


def go_on_with_what_spans_columns() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint.layout import block  # noqa: PLC0415 - slow to load

    columns, switch = block.columns_layout, block.block_level_layout_switch
    if getattr(columns, "goes_on_with_spans", False):
        return
    ends: list[Any] = []
    """Where each block that spans columns goes on, in the order in which they end."""

    @functools.wraps(switch)
    def block_level_layout_switch(context: Any, box: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - the engine's own
        result = switch(context, box, *arguments, **named)
        if _spans(box):
            ends.append(result[_RESUME])
        return result

    @functools.wraps(columns)
    def columns_layout(context: Any, box: Any, bottom_space: float, skip_stack: Any, *arguments: Any) -> Any:  # noqa: ANN401
        first, is_held = 0, False
        if skip_stack:
            ((first, inner),) = skip_stack.items()
            is_held = inner is not None and _spans(box.children[first])
        held = _holding(box, first) if is_held else box
        spanning = [at for at, child in enumerate(box.children) if at >= first and _spans(child)]
        ends.clear()
        made, resume_at, *rest = columns(context, held, bottom_space, skip_stack, *arguments)
        broken = ends[-1] if ends else None
        if made is None or resume_at is None or broken is None or made.children[-1].is_column:
            return (made, resume_at, *rest)
        at = spanning[sum(not child.is_column for child in made.children) - 1]
        return (made, {at: broken[0] if is_held and at == first else broken}, *rest)

    columns_layout.goes_on_with_spans = True  # type: ignore[attr-defined]
    block.block_level_layout_switch = block_level_layout_switch
    block.columns_layout = columns_layout


def _spans(box: Any) -> bool:  # noqa: ANN401 - a box of the engine
    return bool(box.style["column_span"] == "all")


def _holding(box: Any, at: int) -> Any:  # noqa: ANN401 - likewise
    """Return a box with one of its children, which spans columns, within a box that does so in its place."""
    holder = box.anonymous_from(box, children=[box.children[at]])
    holder.style = holder.style.copy()
    holder.style["column_span"] = "all"
    return box.copy_with_children([*box.children[:at], holder, *box.children[at + 1 :]])
