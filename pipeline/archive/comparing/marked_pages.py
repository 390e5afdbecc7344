"""Pages that differ, as pictures: as they were, as they are, and with the difference marked."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, NamedTuple

from PIL import Image, ImageChops, ImageDraw

from pipeline.archive.comparing.comparison import MILLIMETRES_PER_INCH, PPI
from pipeline.pdf.raster import each_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.archive.comparing.comparison import Comparison, PageChange

GONE: Final = (180, 67, 15)
"""What was on the page and is no more: rust."""

NEW: Final = (15, 76, 100)
"""What was not on the page: petrol, told from rust by its darkness too."""

_PALE: Final = 0.75
_AROUND: Final = 3
"""Pixels between a difference and its frame."""


class MarkedPage(NamedTuple):
    """A page that differs, as PNG pictures.

    Args:
        number: From 1.
        before: As it was filed; empty where there was no such page.
        after: As it is built now; empty where there is no such page.
        marked: Pale, with what is gone and what is new in two colours, each place in a frame; empty
            where one of the two is.
    """

    number: int
    before: bytes
    after: bytes
    marked: bytes


def marked_pages(before: bytes, after: bytes, comparison: Comparison, ppi: int = PPI) -> Iterator[MarkedPage]:
    """Draw the pages that differ, one after another.

    Args:
        before: The PDF as it was filed.
        after: The PDF as it is built now.
        comparison: The result of `compare`.
        ppi: Pixels per inch.
    """
    for change in comparison.pages:
        first = _page(before, change, ppi) if change.only_in != "after" else None
        second = _page(after, change, ppi) if change.only_in != "before" else None
        marked = _marked(first, second, change, ppi) if first and second else None
        yield MarkedPage(change.number, _png(first), _png(second), _png(marked))


def _page(pdf: bytes, change: PageChange, ppi: int) -> Image.Image:
    return next(each_page(pdf, ppi, [change.number], trimmed=True))


def _marked(first: Image.Image, second: Image.Image, change: PageChange, ppi: int) -> Image.Image:
    size = max(first.width, second.width), max(first.height, second.height)
    old, new = (_on_white(picture, size) for picture in (first, second))
    white = Image.new("L", size, 255)
    marked = Image.merge("RGB", [Image.blend(new, white, _PALE)] * 3)
    # Pixels that were darker before are removed content; those that are darker now are new.
    marked.paste(GONE, mask=ImageChops.subtract(new, old).point(_strengthened))
    marked.paste(NEW, mask=ImageChops.subtract(old, new).point(_strengthened))
    pen = ImageDraw.Draw(marked)
    scale = ppi / MILLIMETRES_PER_INCH
    for spot in change.spots:
        left, top, right, bottom = (edge * scale for edge in spot)
        pen.rectangle(
            (left - _AROUND, top - _AROUND, right + _AROUND, bottom + _AROUND), outline=GONE, width=2
        )
    return marked


def _strengthened(value: int) -> int:
    """Return a difference in grey, strengthened so that a faint one is visible."""
    return 0 if value == 0 else min(255, 96 + value)


def _on_white(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    sheet = Image.new("L", size, 255)
    sheet.paste(picture.convert("L"), (0, 0))
    return sheet


def _png(picture: Image.Image | None) -> bytes:
    if picture is None:
        return b""
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
