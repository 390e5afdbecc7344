"""The pixels of a page with its text and without it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, NamedTuple

from PIL import Image, ImageChops

from pipeline.pdf.law.drawn.drawn_text import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.pdf.law.drawn.drawn_text import DrawnPage

POINTS: Final = 72

_LEAST: Final = 10
"""Difference of a channel, of 255, that counts as ink."""

_INK: Final = [0] * _LEAST + [1] * (256 - _LEAST)
_NOT_WHITE: Final = [1] * 248 + [0] * 8


class PagePixels(NamedTuple):
    """A part of a page in pixels.

    Args:
        full: As it is drawn.
        bare: Without its text.
        ink: Where both differ: 1, elsewhere 0.
        change: How much both differ, 0 to 255.
        part: What it shows of the page, in points.
        scale: Pixels per point.
        upwards: The same from below upwards; whole pixels make both differ a little.
    """

    full: Image.Image
    bare: Image.Image
    ink: Image.Image
    change: Image.Image
    part: Box
    scale: float
    upwards: float

    def area(self, box: Box, around: float = 0) -> tuple[int, int, int, int]:
        """Return a rectangle of the page in pixels: left, top, right, bottom; it has one pixel at least.

        Args:
            box: In points.
            around: Points added on each side.
        """
        scale, upwards, part = self.scale, self.upwards, self.part
        left = int((box.left - part.left - around) * scale)
        top = int((part.top - box.top - around) * upwards)
        right = int((box.right - part.left + around) * scale) + 1
        bottom = int((part.top - box.bottom + around) * upwards) + 1
        return max(left, 0), max(top, 0), max(right, left + 1, 1), max(bottom, top + 1, 1)


class Rows:
    """A picture of one channel, row by row, for many questions about small parts of it.

    Args:
        picture: The picture.
    """

    def __init__(self, picture: Image.Image) -> None:
        self._width, self._height = picture.size
        self._pixels = picture.tobytes()

    def of(self, area: tuple[int, int, int, int]) -> list[bytes]:
        """Return the rows of a part: left, top, right, bottom in pixels."""
        left, top, right, bottom = area
        width, pixels = self._width, self._pixels
        right = min(right, width)
        return [
            pixels[row * width + left : row * width + right] for row in range(top, min(bottom, self._height))
        ]


def pixels_of(drawn: DrawnPage, ppi: float, part: Box | None = None) -> PagePixels:
    """Draw a page twice: with its text and without it.

    Args:
        drawn: The page.
        ppi: Pixels per inch.
        part: The part to draw; the whole sheet when left out.
    """
    sheet = drawn.sheet
    shown = part or sheet
    scale = ppi / POINTS
    edges = (
        max(0.0, shown.left - sheet.left),
        max(0.0, shown.bottom - sheet.bottom),
        max(0.0, sheet.right - shown.right),
        max(0.0, sheet.top - shown.top),
    )
    full = _drawn(drawn, scale, edges)
    with _without_text(drawn):
        bare = _drawn(drawn, scale, edges)
    change = _one_channel(ImageChops.difference(full, bare), ImageChops.lighter)
    left, bottom, right, top = edges
    shown = Box(sheet.left + left, sheet.bottom + bottom, sheet.right - right, sheet.top - top)
    across = full.width / (shown.right - shown.left)
    upwards = full.height / (shown.top - shown.bottom)
    return PagePixels(full, bare, change.point(_INK), change, shown, across, upwards)


def drawn_part(drawn: DrawnPage, part: Box) -> Image.Image:
    """Return a part of a page in pixels, one a point.

    Args:
        drawn: The page.
        part: In points.
    """
    sheet, part = drawn.sheet, part.within(drawn.sheet)
    edges = (
        part.left - sheet.left,
        part.bottom - sheet.bottom,
        sheet.right - part.right,
        sheet.top - part.top,
    )
    return _drawn(drawn, 1.0, edges)


def not_white(picture: Image.Image) -> Rows:
    """Return where a picture is not white: 1, elsewhere 0."""
    return Rows(_one_channel(picture, ImageChops.darker).point(_NOT_WHITE))


def _drawn(drawn: DrawnPage, scale: float, edges: tuple[float, float, float, float]) -> Image.Image:
    bitmap = drawn.page.render(scale=scale, crop=edges, rev_byteorder=True, may_draw_forms=False)
    picture: Image.Image = bitmap.to_pil()
    # In RGB it has bytes of its own already.
    if picture.mode != "RGB":
        picture = picture.convert("RGB")
    bitmap.close()
    return picture


@contextlib.contextmanager
def _without_text(drawn: DrawnPage) -> Iterator[None]:
    from pypdfium2 import raw  # noqa: PLC0415 - slow to load

    for handle in drawn.text_handles:
        raw.FPDFPageObj_SetIsActive(handle, False)  # noqa: FBT003 - a C function
    yield
    for handle in drawn.text_handles:
        raw.FPDFPageObj_SetIsActive(handle, True)  # noqa: FBT003


def _one_channel(
    picture: Image.Image, choose: Callable[[Image.Image, Image.Image], Image.Image]
) -> Image.Image:
    """Return the lightest or the darkest channel of each pixel."""
    red, green, blue = picture.split()
    return choose(choose(red, green), blue)
