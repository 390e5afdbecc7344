"""What an operator of text shows: its codes, the room it takes, and where the next begins (9.4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf

from pipeline.pdf.content.areas import Area, area_of
from pipeline.pdf.content.graphics_state import product, scale_of

if TYPE_CHECKING:
    from pipeline.pdf.content.font_metrics import TypeMetrics
    from pipeline.pdf.content.graphics_state import GraphicsState, Matrix


class ShownText(NamedTuple):
    """A piece of text as it is shown.

    Args:
        codes: What the font is asked for.
        area: The room it takes on the page.
        scale: How much larger a unit of the text is on the page.
        after: The text matrix with which the next piece begins.
    """

    codes: tuple[int, ...]
    area: Area
    scale: float
    after: Matrix


def shown_text(
    operator: str, operands: Any, text: Matrix, state: GraphicsState, metrics: TypeMetrics
) -> ShownText:
    """Place a piece of text.

    Args:
        operator: How it is shown, as `TJ`.
        operands: What is shown.
        text: The text matrix.
        state: Font size, spacing and the matrix of the page.
        metrics: The font.

    Raises:
        TypeError, ValueError, IndexError: The operands are not what the operator wants.
    """
    codes: list[int] = []
    width, moved, spaces = 0.0, 0.0, 0
    for part in operands[-1] if operator == "TJ" else [operands[-1]]:
        if isinstance(part, (pikepdf.String, bytes)):
            measured = metrics.measure(bytes(part))
            codes += measured.codes
            width += measured.width
            spaces += measured.spaces
        else:
            moved -= float(part)
    size = state.font_size
    spacing = state.character_spacing * len(codes) + state.word_spacing * spaces
    place = product(text, state.matrix)
    if metrics.is_upright:
        advance = moved / 1000 * size - len(codes) * size - spacing
        area = area_of((-size / 2, size / 2), (0, advance), place)
        after = product((1, 0, 0, 1, 0, advance), text)
    else:
        advance = ((width + moved / 1000) * size + spacing) * state.scaling
        height = metrics.descent * size + state.rise, metrics.ascent * size + state.rise
        area = area_of((0, advance), height, place)
        after = product((1, 0, 0, 1, advance, 0), text)
    return ShownText(tuple(codes), area, scale_of(place), after)
