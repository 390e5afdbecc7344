"""Header rows of tables that cannot be repeated on every page: too tall, or with a note.

Where the header group of a table does not fit on a page, or leaves no room for a row, the engine drops it
without a message, and its words are lost. With this patch a header group that takes more than a third of the
page's height becomes an ordinary group of rows: it is set once, and may continue on the next page. So does
one that calls a note, where its table is broken: with it the engine repeats the note.

Upstream: no issue known for it.
"""

from __future__ import annotations

import functools
from typing import Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape
from pipeline.page.layout_rules import mends_lines

_BOXES: Final = "weasyprint.formatting_structure.boxes"

GUARD: Final = Guard(
    "header_rows",
    VERSION,
    (
        Shape(
            "weasyprint.layout.block:table_layout",
            "(context, table, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, "
            "fixed_boxes)",
        ),
        Shape(f"{_BOXES}:TableRowGroupBox.is_header", "an object of type bool"),
        Shape("weasyprint.layout:LayoutContext.unlayout_footnote", "(self, footnote)"),
        Shape(f"{_BOXES}:ParentBox.descendants", "(self, placeholders=False)"),
        Shape("weasyprint.layout:LayoutContext.current_page"),
    ),
)

TALLEST: Final = 1 / 3
"""The most of a page's height that a repeated header row may take."""


def keep_tall_header_rows() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint.layout import block  # noqa: PLC0415 - slow to load

    plain = block.table_layout
    if hasattr(plain, "__wrapped__"):
        return

    @functools.wraps(plain)
    def table_layout(context: Any, table: Any, *arguments: Any) -> Any:  # noqa: ANN401 - the engine's own
        result = plain(context, table, *arguments)
        header = table.children[0] if table.children and table.children[0].is_header else None
        if header is None or result[0] is None or not mends_lines():
            return result
        laid = result[0].children
        most = context.page_bottom * TALLEST
        if laid and laid[0].is_header and laid[0].height <= most and not (result[1] and _calls_note(header)):
            return result
        _make_ordinary(header)
        return plain(context, table, *arguments)

    block.table_layout = table_layout


def _calls_note(header: Any) -> bool:  # noqa: ANN401 - a box of the engine
    return any(box.footnote is not None for box in header.descendants())


def _make_ordinary(header: Any) -> None:  # noqa: ANN401 - a box of the engine
    """Turn a header group into a group of rows that may be continued on the next page."""
    header.is_header, header.element_tag = False, "tbody"
    for row in header.children:
        for box in (row, *row.children):
            box.style = box.style.copy()
            box.style["break_inside"] = "auto"
            box.style["vertical_align"] = "top"
