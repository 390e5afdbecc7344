"""What follows columns that fill their page: a table or picture that spans them, and the text below it.

The engine tries heights of columns from the lowest on. Where it comes to one that is higher than the room, it
takes the room, and ends the box there. If the room holds all the text, what follows in the box is lost
without a message: columns that fill their page to the last line are such. With this patch it goes on on the
next page.

Upstream: no issue known for it.
"""

from __future__ import annotations

import functools
from typing import Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

_BOXES: Final = "weasyprint.formatting_structure.boxes"

GUARD: Final = Guard(
    "full_columns",
    VERSION,
    (
        Shape(
            "weasyprint.layout.block:columns_layout",
            "(context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, "
            "fixed_boxes, adjoining_margins, first_letter_style, first_line_style)",
        ),
        Shape(f"{_BOXES}:ParentBox.children"),
        Shape(f"{_BOXES}:Box.is_column", "an object of type bool"),
    ),
)


def keep_what_follows_columns() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint.layout import block  # noqa: PLC0415 - slow to load

    plain = block.columns_layout
    if hasattr(plain, "__wrapped__"):
        return

    @functools.wraps(plain)
    def columns_layout(context: Any, box: Any, bottom_space: float, skip_stack: Any, *arguments: Any) -> Any:  # noqa: ANN401
        result = plain(context, box, bottom_space, skip_stack, *arguments)
        made, resume_at, _, *rest = result
        if made is None or resume_at is not None:
            return result
        following = _first_lost(box, next(iter(skip_stack), 0) if skip_stack else 0, made)
        if following is None:
            return result
        return (made, {following: None}, {"break": "any", "page": None}, *rest)

    block.columns_layout = columns_layout


def _first_lost(box: Any, first: int, made: Any) -> int | None:  # noqa: ANN401 - boxes of the engine
    """Return which child of a box was not laid out, the first; None where all were.

    Args:
        box: One with columns.
        first: The child that it was laid out from.
        made: What was laid out of it, with a box for each column, and one for each child that spans them.
    """
    spanning = [
        at for at, child in enumerate(box.children) if at >= first and child.style["column_span"] == "all"
    ]
    laid_out = sum(not child.is_column for child in made.children)
    if laid_out < len(spanning):
        return spanning[laid_out]
    ends_with_columns = bool(box.children) and box.children[-1].style["column_span"] != "all"
    if spanning and ends_with_columns and made.children and not made.children[-1].is_column:
        return spanning[-1] + 1
    return None
