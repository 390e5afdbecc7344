"""What a page of a PDF paints, object by object (ISO 32000-2, 8 and 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf

from pipeline.pdf.content.colour_spaces import space_of

if TYPE_CHECKING:
    from pipeline.pdf.content.areas import Area
    from pipeline.pdf.content.colour_spaces import Space
    from pipeline.pdf.content.graphics_state import GraphicsState


class Pixels(NamedTuple):
    """What is known of a picture without decoding it.

    Args:
        width: In pixels.
        height: In pixels.
        bits: For each part of a colour.
        is_stencil: Whether it is a mask, painted in the current colour (ISO 32000-2, 8.9.6.2).
        is_clear: Whether it is transparent in parts (soft mask).
    """

    width: int
    height: int
    bits: int
    is_stencil: bool
    is_clear: bool


class Painted(NamedTuple):
    """Something a page paints.

    Args:
        kind: `path`, `text`, `picture` or `shading`.
        area: The part of the page it takes, within the clipping area.
        fills: Whether it is filled.
        strokes: Whether its outline is drawn.
        state: The graphics state: colours, font and size, line width, overprint, transparency.
        scale: How much larger a unit of the object is on the page.
        pixels: Size and depth of a picture, or None.
        space: The colour space of a picture or shading, or None where it has none of its own.
        codes: The codes of a text.
        is_marked: Whether it is tagged, or marked as an artifact.
    """

    kind: str
    area: Area
    fills: bool
    strokes: bool
    state: GraphicsState
    scale: float = 1.0
    pixels: Pixels | None = None
    space: Space | None = None
    codes: tuple[int, ...] = ()
    is_marked: bool = False


def picture_of(picture: Any, resources: Any) -> tuple[Pixels, Space | None]:
    """Return what is known of a picture, and its colour space.

    Args:
        picture: An image XObject, or an inline image as pikepdf reads it.
        resources: Where names of colour spaces are looked up.

    Raises:
        TypeError, ValueError, KeyError: It lacks what a picture must have.
    """
    if not isinstance(picture, pikepdf.Stream):
        picture = picture.obj
    is_stencil = bool(picture.get("/ImageMask", False))
    pixels = Pixels(
        width=int(picture["/Width"]),
        height=int(picture["/Height"]),
        bits=int(picture.get("/BitsPerComponent", 8)),
        is_stencil=is_stencil,
        is_clear=isinstance(picture.get("/SMask"), pikepdf.Stream) or bool(picture.get("/SMaskInData", 0)),
    )
    return pixels, None if is_stencil else space_of(picture.get("/ColorSpace"), resources)
