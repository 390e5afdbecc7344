"""The result of a text-showing operator: codes, area, and the text matrix after it (ISO 32000-2, 9.4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf

from pipeline.pdf.content.areas import Area, area_of
from pipeline.pdf.content.graphics_state import product, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.pdf.content.font_metrics import TypeMetrics
    from pipeline.pdf.content.graphics_state import GraphicsState, Matrix


class ShownText(NamedTuple):
    """A piece of text as it is shown.

    Args:
        codes: Its character codes in the font.
        area: The area it takes on the page.
        scale: How much larger a unit of the text is on the page.
        after: The text matrix after it.
    """

    codes: tuple[int, ...]
    area: Area
    scale: float
    after: Matrix


def shown_text(parts: Iterable[Any], text: Matrix, state: GraphicsState, metrics: TypeMetrics) -> ShownText:
    """Place a piece of text.

    Args:
        parts: Strings, and numbers by which the text moves back in thousandths of the font size.
        text: The text matrix.
        state: Font size, spacing and the matrix of the page.
        metrics: The font.

    Raises:
        TypeError, ValueError: A part is neither a string nor a number.
    """
    codes: list[int] = []
    width, moved, spaces = 0.0, 0.0, 0
    for part in parts:
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
