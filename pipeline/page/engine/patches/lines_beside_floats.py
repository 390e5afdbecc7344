"""Lines beside floats that stand in the margin, and justified lines with few words.

The engine moves a line below a float where the line's first unbreakable part is wider than the room beside
the float. It measures that part without the break opportunities within inline elements, as `<wbr>` between
the parts of an address, and it does so even where the float lies wholly outside the column: a sentence went
on eleven lines further down, below the card. With this patch only floats that reach into a column count for
its lines.

A justified line is stretched however few words it has. With this patch a line whose spaces would become wider
than `WIDEST_SPACE` is set flush left, as the last line of a paragraph is.

Upstream: no issue known for either.
"""

from __future__ import annotations

import functools
from typing import Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape
from pipeline.page.layout_rules import mends_lines

GUARD: Final = Guard(
    "lines_beside_floats",
    VERSION,
    (
        Shape("weasyprint.layout.inline:avoid_collisions", "(context, box, containing_block, outer=True)"),
        Shape("weasyprint.layout.inline:justify_line", "(context, line, extra_width)"),
        Shape("weasyprint.layout.inline:count_expandable_spaces", "(box)"),
        Shape("weasyprint.layout:LayoutContext.excluded_shapes", "an object of type property"),
        Shape("weasyprint.formatting_structure.boxes:Box.content_box_x", "(self)"),
        Shape("weasyprint.formatting_structure.boxes:Box.margin_width", "(self)"),
    ),
)

_PIXELS_A_POINT: Final = 4 / 3

WIDEST_SPACE: Final = 12.0
"""The widest space between the words of a justified line, in points."""

_NATURAL_SPACE: Final = 0.23
"""The width of a space before a line is justified, in ems: that of common faces of text."""


def set_lines_beside_floats() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint.layout import inline  # noqa: PLC0415 - slow to load

    if hasattr(inline.avoid_collisions, "__wrapped__"):
        return
    inline.avoid_collisions = _among_floats_of_the_column(inline.avoid_collisions)
    inline.justify_line = _unless_loose(inline.justify_line, inline.count_expandable_spaces)


def _among_floats_of_the_column(plain: Any) -> Any:  # noqa: ANN401 - functions of the engine
    @functools.wraps(plain)
    def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:  # noqa: ANN401, FBT001, FBT002
        shapes = context.excluded_shapes
        if not shapes or not mends_lines():
            return plain(context, box, containing_block, outer)
        left = containing_block.content_box_x()
        right = left + containing_block.width
        context.excluded_shapes = [
            shape
            for shape in shapes
            if shape.position_x + shape.margin_width() > left and shape.position_x < right
        ]
        try:
            return plain(context, box, containing_block, outer)
        finally:
            context.excluded_shapes = shapes

    return avoid_collisions


def _unless_loose(plain: Any, count_spaces: Any) -> Any:  # noqa: ANN401
    @functools.wraps(plain)
    def justify_line(context: Any, line: Any, extra_width: float) -> None:  # noqa: ANN401
        spaces = count_spaces(line)
        widest = WIDEST_SPACE * _PIXELS_A_POINT - _NATURAL_SPACE * line.style["font_size"]
        if not mends_lines() or (spaces and extra_width <= spaces * widest):
            plain(context, line, extra_width)

    return justify_line
