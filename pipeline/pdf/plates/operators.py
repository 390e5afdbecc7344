"""Painting operators rewritten for a plate: each ink as the light it takes away (ISO 32000-2, 8.6.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf
from PIL import Image, ImageChops

from pipeline.pdf.content.graphics_state import FILLS, STROKES, TEXT, GraphicsState, Paint

if TYPE_CHECKING:
    from pipeline.pdf.content.colour_spaces import Inks

_INVISIBLE: Final = 3


class Plate(NamedTuple):
    """A copy of the file, and the inks it will show.

    Args:
        pdf: The copy.
        inks: Three inks, drawn as what red, green and blue lack; or one, drawn as grey.
    """

    pdf: pikepdf.Pdf
    inks: tuple[int, ...]

    def colour(self, inks: Inks) -> list[float]:
        """Return the light that remains where some inks are printed."""
        return [round(1 - inks[ink], 5) for ink in self.inks]

    def operator(self, *, is_stroke: bool) -> str:
        """Return the operator that sets such a colour."""
        name = "g" if len(self.inks) == 1 else "rg"
        return name.upper() if is_stroke else name

    @property
    def space(self) -> pikepdf.Name:
        """The colour space of that light."""
        return pikepdf.Name.DeviceGray if len(self.inks) == 1 else pikepdf.Name.DeviceRGB


def touched_inks(paint: Paint, state: GraphicsState) -> tuple[bool, ...]:
    """Return the inks that a colour prints or knocks out; overprinting leaves the others unchanged."""
    space = paint.space
    if paint.pattern or space is None:
        return (True,) * 4
    if space.kind in {"Separation", "DeviceN"} and space.full:
        # A colorant prints on its own plates even with tint 0.
        return tuple(any(full[ink] for full in space.full) for ink in range(4))
    if space.kind == "DeviceCMYK" and state.black_over:
        return tuple(ink > 0 for ink in paint.inks)
    return (True,) * 4


def painted(
    instruction: Any, operator: str, text_mode: int, *, leaves_fill: bool, leaves_stroke: bool
) -> list[Any]:
    """Return a painting operator for a plate, without the fill or stroke that overprint leaves out there.

    Args:
        instruction: The operator with its operands.
        operator: Its name.
        text_mode: How text is rendered (9.3.6).
        leaves_fill: Whether the fill leaves the plate unchanged.
        leaves_stroke: Whether the stroke does.
    """
    if operator in TEXT:
        fills, strokes = text_mode in {0, 2, 4, 6}, text_mode in {1, 2, 5, 6}
        if (fills and not leaves_fill) or (strokes and not leaves_stroke) or not (fills or strokes):
            return [instruction]
        hidden = instruction_of([_INVISIBLE], "Tr")
        return [hidden, instruction, instruction_of([text_mode], "Tr")]
    fills = operator in FILLS and not leaves_fill
    strokes = operator in STROKES and not leaves_stroke
    if fills == (operator in FILLS) and strokes == (operator in STROKES):
        return [instruction]
    if fills:
        return [instruction_of([], "f*" if "*" in operator else "f")]
    closes = operator in {"b", "b*", "s"}
    return [instruction_of([], "s" if closes else "S")] if strokes else [instruction_of([], "n")]


def draw_picture(picture: Any, inks: Image.Image, plate: Plate) -> None:
    """Write a picture into one copy as the light that its inks leave.

    Args:
        picture: The stream, rewritten.
        inks: The same picture in four inks (CMYK).
        plate: The copy.
    """
    light = [ImageChops.invert(inks.getchannel(ink)) for ink in plate.inks]
    picture.write((light[0] if len(light) == 1 else Image.merge("RGB", light)).tobytes())
    picture["/ColorSpace"] = plate.space
    picture["/Width"], picture["/Height"], picture["/BitsPerComponent"] = inks.width, inks.height, 8
    for name in ("/Decode", "/DecodeParms", "/Intent", "/Matte"):
        if name in picture:
            del picture[name]
    if isinstance(picture.get("/Mask"), pikepdf.Array):
        # These referred to the former colour values; a colour key mask is drawn like the rest.
        del picture["/Mask"]


def instruction_of(operands: list[Any], operator: str) -> Any:
    """Return an operator with its operands, as pikepdf writes it."""
    return (operands, pikepdf.Operator(operator))
