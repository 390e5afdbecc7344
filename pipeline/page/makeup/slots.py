"""The places for pictures on the grid, and which of them a picture takes by its shape and its pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.pictures.picture_info import DOUBTFUL_ON_PAPER, MILLIMETRES_AN_INCH

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        tallest: The greatest height of a photograph of which too little would be left else.
    """

    name: str
    width: float
    least: float
    most: float
    tallest: float = 0.0


FRAMES: Final = {
    frame.name: frame
    for frame in (
        Frame("bleed", 216, 100, 120),
        Frame("wide", 174, 50, 116),
        Frame("outer", 135, 66, 92),
        Frame("text", 114, 50, 100),
        Frame("column", 84, 40, 108),
        Frame("third", 54, 36, 76),
        Frame("brief", 54, 36, 40, tallest=76),
        Frame("margin", 54, 36, 76),
        Frame("portrait", 22, 27.5, 27.5),
        Frame("pair", 39, 50, 50),
        Frame("couple", 54, 64, 64),
    )
}
"""The frames of the grid of six columns of 24 mm with gutters of 6 mm."""

_ROUNDING: Final = 0.01
"""Of a line: heights are rounded to hundredths of a millimetre."""

_SMALLER: Final = {
    "bleed": "wide",
    "wide": "text",
    "outer": "text",
    "text": "column",
    "column": "third",
}
"""The next smaller frame for a photograph with too few pixels, or of which too little would be left."""

LEAST_SEEN: Final = 0.35
_LEAST_ACROSS: Final = 0.6
_LEAST_HEIGHT: Final = 5.5
"""The share of a photograph that is left where it is cropped, at least; that of a panorama in a frame, which
shows things side by side, where it is so many millimetres high."""

_LEAST_CAPTION: Final = 36.0
"""Millimetres: the measure of the caption of a narrow drawing, at least, where its frame is as wide."""

LINE: Final = 14 * 25.4 / 72
"""Millimetres: 14 pt, a line of running text."""

_LOWEST: Final = 0.72
_LOWEST_BESIDE: Final = 0.65
_HIGHEST: Final = 1.18
"""The shares of its own height that a photograph has, at least and at most, where pages are fitted; at least
beside the text, where it would else end far below it."""


class Slot(NamedTuple):
    """The place of a picture.

    Args:
        name: Of its frame.
        width: In millimetres, of what is seen of it.
        height: Likewise.
        set_width: The width of the whole picture, with what is cropped, in millimetres.
        measure: The width in which its caption is set, in millimetres; greater than that of a narrow drawing.
        focus: The point that is kept when it is cropped, in per cent from the left and from the top.
    """

    name: str
    width: float
    height: float
    set_width: float
    measure: float
    focus: tuple[int, int] = (50, 40)


def slot_in(
    name: str,
    shape: PictureShape,
    focus: tuple[int, int] | None = None,
    allowed: Sequence[str] = (),
    *,
    lines: int = 0,
) -> Slot:
    """Return the place of a picture in a frame, or in the next smaller one where it has too few pixels.

    An upright photograph of which too little would be left takes a smaller one, too; in the smallest it
    becomes narrower, as one that is far wider than high becomes lower.

    Args:
        name: Of the frame wished for.
        shape: The picture's.
        focus: The point to keep when it is cropped, in per cent, or None.
        allowed: The smaller frames that may be taken; all when empty.
        lines: By how many lines a photograph is made higher than it would be, or lower, as far as it may be.
    """
    slot = _filled(FRAMES[name], shape, focus)
    while not has_pixels(shape, slot.set_width) or (slot.width < FRAMES[name].width and shape.is_photograph):
        smaller = _SMALLER.get(name)
        while smaller is not None and allowed and smaller not in allowed:
            smaller = _SMALLER.get(smaller)
        if smaller is None:
            break
        name = smaller
        slot = _filled(FRAMES[name], shape, focus)
    return fitted(slot, shape, lines) if lines else slot


class Play(NamedTuple):
    """By how many whole lines a photograph may be lower or higher than it would be."""

    lower: int
    higher: int


def play_of(slot: Slot, shape: PictureShape) -> Play:
    """Return by how much the height of a picture may be changed to fit a page.

    A photograph is cropped more, at its head and foot, or less, and then at its sides; a drawing never. It
    stays in the bounds of its frame, and has the pixels for its size.

    Args:
        slot: Its place at its own height.
        shape: The picture's.
    """
    frame = FRAMES.get(slot.name)
    if frame is None or not shape.is_photograph:
        return Play(0, 0)
    lowest = _LOWEST_BESIDE if slot.name == "margin" else _LOWEST
    least = max(frame.least, slot.height * lowest)
    most = min(frame.most, slot.height * _HIGHEST)
    if shape.pixels:
        most = min(most, shape.pixels * MILLIMETRES_AN_INCH / DOUBTFUL_ON_PAPER / shape.proportion)
    lower, higher = (slot.height - least) / LINE, (most - slot.height) / LINE
    return Play(max(0, int(lower + _ROUNDING)), max(0, int(higher + _ROUNDING)))


def fitted(slot: Slot, shape: PictureShape, lines: int) -> Slot:
    """Return a slot higher by some lines, or lower, as far as the picture may be.

    Args:
        slot: At its own height.
        shape: The picture's.
        lines: Below zero for lower.
    """
    play = play_of(slot, shape)
    height = slot.height + LINE * max(-play.lower, min(lines, play.higher))
    return slot._replace(height=round(height, 2), set_width=_set_width(slot.width, height, shape))


def tallest(slot: Slot, shape: PictureShape) -> Slot:
    """Return a slot at the greatest height that fitting may give it."""
    return fitted(slot, shape, play_of(slot, shape).higher)


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
        set_width = _set_width(width, height, shape)
        return Slot(name, width, height, set_width, width, focus or _focus_of(shape, width / height))
    return _whole(name, min(width, round(height * shape.proportion, 2)), width, shape)


def seen_of(width: float, height: float, shape: PictureShape) -> float:
    """Return the share of a photograph that is seen in a field which it fills.

    Args:
        width: Of the field.
        height: Likewise, in the same unit.
        shape: The picture's.
    """
    wider = shape.proportion * height / width
    return min(wider, 1 / wider)


def cropped_less(
    name: str, size: tuple[float, float], shape: PictureShape, focus: tuple[int, int] | None
) -> Slot:
    """Return a slot as `cropped`, narrower or lower where too little of a photograph would be left.

    Args:
        name: Of the slot.
        size: Width and height in millimetres, at most.
        shape: The picture's.
        focus: The point to keep when it is cropped, in per cent, or None.
    """
    slot = cropped(name, size, shape, focus)
    if not shape.is_photograph or seen_of(*size, shape) >= LEAST_SEEN:
        return slot
    width = min(slot.width, round(slot.height * shape.proportion / LEAST_SEEN, 2))
    height = min(slot.height, round(slot.width / shape.proportion / LEAST_SEEN, 2))
    return slot._replace(width=width, height=height, set_width=_set_width(width, height, shape))


def _whole(name: str, width: float, room: float, shape: PictureShape) -> Slot:
    """Return the slot of a picture that is not cropped: of a width in millimetres, in so much room."""
    measure = max(width, min(room, _LEAST_CAPTION))
    return Slot(name, width, round(width / shape.proportion, 2), width, measure)


def _set_width(width: float, height: float, shape: PictureShape) -> float:
    return max(width, round(height * shape.proportion, 2))


def _filled(frame: Frame, shape: PictureShape, focus: tuple[int, int] | None) -> Slot:
    natural = frame.width / shape.proportion
    if shape.is_photograph:
        most = max(frame.most, min(natural * LEAST_SEEN, frame.tallest))
        height = min(max(natural, frame.least), most)
        if frame.least < frame.most:
            height = min(height, max(natural / _LEAST_ACROSS, min(_LEAST_HEIGHT, natural / LEAST_SEEN)))
        return cropped_less(frame.name, (frame.width, round(height, 2)), shape, focus)
    width = min(frame.width, round(frame.most * shape.proportion, 2))
    return _whole(frame.name, width, frame.width, shape)


def _focus_of(shape: PictureShape, proportion: float) -> tuple[int, int]:
    """Return what to keep of a picture: the upper part of an upright one, where faces are."""
    return (50, 20) if shape.proportion < min(UPRIGHT, proportion) else (50, 40)
