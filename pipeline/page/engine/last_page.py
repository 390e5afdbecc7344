"""The colophon at the end of the last page is drawn down to the edge of the sheet.

How much room is left there is known only when everything is laid out, and CSS cannot ask for it. What the
page has at its foot then stands on the colophon's ground, in the colours of its text.

Upstream: CSS has no such thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.page_boxes import class_of, descendants
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

_BOXES: Final = "weasyprint.formatting_structure.boxes"

GUARD: Final = Guard(
    "last_page",
    VERSION,
    (
        Shape("weasyprint.document:Page._page_box"),
        Shape(f"{_BOXES}:Box.border_height", "(self)"),
        Shape(f"{_BOXES}:Box.translate", "(self, dx=0, dy=0, ignore_floats=False)"),
        Shape(
            "weasyprint.layout.background:layout_box_backgrounds",
            "(page, box, get_image_from_uri, layout_children=True, style=None)",
        ),
        Shape(f"{_BOXES}:MarginBox", "(at_keyword, style)"),
    ),
)

_FILLS: Final = "fills-page"
"""The class of what is drawn down to the edge."""

_BLEED: Final = 3 * 96 / 25.4
"""CSS pixels: 3 mm."""


def fill_last_page(pages: Sequence[Any]) -> None:
    """Let the colophon fill the last page, if it is of the class `fills-page`.

    Below other content its ground grows down to the edge. Alone on its page it is a back cover: its ground
    covers the page, and its words stand at the foot.

    Args:
        pages: The engine's, laid out.
    """
    page = pages[-1]._page_box  # noqa: SLF001 - guarded above
    filling = [box for box in descendants(page) if _FILLS in class_of(box).split()]
    if not filling:
        return
    ground = filling[0]
    top = ground.position_y + ground.margin_top
    rest = page.margin_height() + _BLEED - (top + ground.border_height())
    if rest <= 0:
        return
    from weasyprint.layout.background import layout_box_backgrounds  # noqa: PLC0415 - slow to load

    ground.height += rest
    is_alone = top <= page.margin_top + 1
    if is_alone:
        for child in ground.children:
            child.translate(0, rest - page.margin_bottom)
        ground.position_y -= top + _BLEED
        ground.height += top + _BLEED
    # What was moved has its own grounds, as the white border of a funder's emblem.
    layout_box_backgrounds(page, ground, None, layout_children=is_alone)
    margins = [box for box in page.children if type(box).__name__ == "MarginBox"]
    if is_alone:
        # A back cover has no running head, which would be small type reversed out of several inks.
        heads = [box for box in margins if box.at_keyword.startswith("@top")]
        page.children = [box for box in page.children if box not in heads]
    for box in margins:
        if box.at_keyword.startswith("@bottom"):
            for each in descendants(box):
                each.style = each.style.copy()
                each.style["color"] = ground.style["color"]
