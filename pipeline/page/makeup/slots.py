"""The places for pictures on the grid, and which of them a picture takes by its shape and its pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.pictures.picture_info import DOUBTFUL_ON_PAPER, MILLIMETRES_AN_INCH

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMN: Final = 84.0
"""Millimetres: the width of one of two columns."""

UPRIGHT: Final = 0.85
"""Width over height, at most, of a picture that is taken for upright."""


class PictureShape(NamedTuple):
    """What decides the place of a picture.

    Args:
        proportion: Width over height.
        pixels: Its width in pixels; 0 for a drawing, which has none.
        is_photograph: Whether it is one, which may be cropped.
    """

    proportion: float
    pixels: float
    is_photograph: bool

    @property
    def is_drawing(self) -> bool:
        """Whether it is as sharp at any size."""
        return not self.pixels


class Frame(NamedTuple):
    """A place for pictures.

    Args:
        name: Its name, which the sheets use as a class.
        width: In millimetres.
        least: The least height in millimetres to which a photograph is cropped.
        most: The greatest height; a picture that may not be cropped becomes narrower.
    """

    name: str
    width: float
    least: float
    most: float


FRAMES: Final = {
    frame.name: frame
    for frame in (
        Frame("bleed", 216, 100, 120),
        Frame("wide", 174, 50, 116),
        Frame("outer", 135, 78, 92),
        Frame("text", 114, 50, 100),
        Frame("column", 84, 40, 108),
        Frame("third", 54, 36, 76),
        Frame("brief", 54, 36, 40),
        Frame("margin", 54, 36, 76),
        Frame("portrait", 22, 26, 26),
        Frame("pair", 39, 50, 50),
        Frame("couple", 54, 64, 64),
    )
}
"""The frames of the grid of six columns of 24 mm with gutters of 6 mm."""

_SMALLER: Final = {
    "bleed": "wide",
    "wide": "text",
    "outer": "text",
    "text": "column",
    "column": "third",
}
"""The next smaller frame for a photograph with too few pixels."""


_LOWEST: Final = 0.72
"""The share of its height that a photograph keeps, at least, where it is cropped to save lines."""


class Slot(NamedTuple):
    """The place of a picture.

    Args:
        name: Of its frame.
        width: In millimetres, of what is seen of it.
        height: Likewise.
        set_width: The width of the whole picture, with what is cropped, in millimetres.
        focus: The point that is kept when it is cropped, in per cent from the left and from the top.
    """

    name: str
    width: float
    height: float
    set_width: float
    focus: tuple[int, int] = (50, 40)


def slot_in(
    name: str,
    shape: PictureShape,
    focus: tuple[int, int] | None = None,
    allowed: Sequence[str] = (),
    *,
    low: bool = False,
) -> Slot:
    """Return the place of a picture in a frame, or in the next smaller one where it has too few pixels.

    Args:
        name: Of the frame wished for.
        shape: The picture's.
        focus: The point to keep when it is cropped, in per cent, or None.
        allowed: The smaller frames that may be taken; all when empty.
        low: Whether a photograph is cropped to the least height, to save lines.
    """
    slot = _filled(FRAMES[name], shape, focus, low=low)
    while not has_pixels(shape, slot.set_width):
        smaller = _SMALLER.get(name)
        while smaller is not None and allowed and smaller not in allowed:
            smaller = _SMALLER.get(smaller)
        if smaller is None:
            break
        name = smaller
        slot = _filled(FRAMES[name], shape, focus, low=low)
    return slot


def has_pixels(shape: PictureShape, width: float) -> bool:
    """Return whether a picture can be printed at a width in millimetres, so that it does not look soft."""
    return shape.is_drawing or shape.pixels / (width / MILLIMETRES_AN_INCH) >= DOUBTFUL_ON_PAPER


def cropped(name: str, size: tuple[float, float], shape: PictureShape, focus: tuple[int, int] | None) -> Slot:
    """Return a slot of a fixed width and height, which a photograph fills and a drawing fits into.

    Args:
        name: Of the slot.
        size: Width and height in millimetres.
        shape: The picture's.
        focus: The point to keep when it is cropped, in per cent, or None.
    """
    width, height = size
    if shape.is_photograph:
        set_width = max(width, round(height * shape.proportion, 2))
        return Slot(name, width, height, set_width, focus or _focus_of(shape, width / height))
    inner = min(width, round(height * shape.proportion, 2))
    return Slot(name, inner, round(inner / shape.proportion, 2), inner)


def _filled(frame: Frame, shape: PictureShape, focus: tuple[int, int] | None, *, low: bool) -> Slot:
    natural = frame.width / shape.proportion
    if shape.is_photograph:
        height = min(max(natural, frame.least), frame.most)
        if low:
            height = max(frame.least, height * _LOWEST)
        return cropped(frame.name, (frame.width, round(height, 2)), shape, focus)
    width = min(frame.width, round(frame.most * shape.proportion, 2))
    return Slot(frame.name, width, round(width / shape.proportion, 2), width)


def _focus_of(shape: PictureShape, proportion: float) -> tuple[int, int]:
    """Return what to keep of a picture: the upper part of an upright one, where faces are."""
    return (50, 20) if shape.proportion < min(UPRIGHT, proportion) else (50, 40)
