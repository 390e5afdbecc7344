"""Pages of a PDF as pictures."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pypdfium2
from PIL import Image as PillowImage
from PIL import ImageChops, ImageDraw

from pipeline.page.figures.eu_emblem import EMBLEM_IN_RGB, stars_of
from pipeline.page.pictures.inks import on_paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PIL.Image import Image

    from pipeline.models.printing_conditions import PrintingCondition


def page_pictures(pdf: bytes, ppi: int, pages: Iterable[int] | None = None) -> list[Image]:
    """Return pages as RGB pictures.

    Args:
        pdf: The file.
        ppi: Pixels per inch.
        pages: Numbers from 1; all when left out.
    """
    return list(each_page(pdf, ppi, pages))


def each_page(
    pdf: bytes, ppi: int, pages: Iterable[int] | None = None, *, trimmed: bool = False
) -> Iterator[Image]:
    """Yield the pages one after another, so that a long file takes the memory of one.

    Args:
        pdf: The file.
        ppi: Pixels per inch.
        pages: Numbers from 1; all when left out.
        trimmed: Whether only the trim is drawn, without bleed, marks and slug.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        numbers = pages if pages is not None else range(1, len(document) + 1)
        for number in numbers:
            page = document[number - 1]
            drawn = page.render(scale=ppi / 72, crop=_cut_off(page) if trimmed else (0, 0, 0, 0))
            yield drawn.to_pil().convert("RGB")
            drawn.close()
            page.close()
    finally:
        document.close()


def pages_as_one(pdf: bytes, ppi: int) -> bytes:
    """Return the pages below one another as a picture, a PNG, without what is white at their feet.

    Args:
        pdf: The file.
        ppi: Pixels per inch.
    """
    pages = [_without_foot(page, ppi // 3) for page in each_page(pdf, ppi)]
    whole = PillowImage.new("RGB", (pages[0].width, sum(page.height for page in pages)), "white")
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    written = io.BytesIO()
    whole.save(written, "PNG")
    return written.getvalue()


def _without_foot(page: Image, kept: int) -> Image:
    """Return a page down to its last mark, with some pixels of white below it."""
    box = ImageChops.difference(page, PillowImage.new("RGB", page.size, "white")).getbbox()
    foot = min(box[3] + kept, page.height) if box else page.height
    return page.crop((0, 0, page.width, foot))


def page_with_edges(pdf: bytes, ppi: int, *, spine_is_left: bool) -> Image:
    """Return the first page with its bleed, and lines drawn over it: where it is cut, and where it is folded.

    Args:
        pdf: The file; its sheet ends with the bleed.
        ppi: Pixels per inch.
        spine_is_left: Whether the fold is at the left edge of the page.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        edges = _cut_off(document[0])
    finally:
        document.close()
    picture = page_pictures(pdf, ppi, [1])[0]
    left, bottom, right, top = (edge * ppi / 72 for edge in edges)
    brush = ImageDraw.Draw(picture)
    width = max(1, ppi // 72)
    cut = (left, top, picture.width - 1 - right, picture.height - 1 - bottom)
    brush.rectangle(cut, outline=_CUT, width=width)
    x = cut[0] if spine_is_left else cut[2]
    for y in range(0, picture.height, 4 * _DASH):
        brush.line((x, y, x, min(y + 2 * _DASH, picture.height)), fill=_FOLD, width=2 * width)
    return picture


_CUT: Final = (230, 0, 126)
_FOLD: Final = (0, 130, 200)
"""Colours of lines that are not printed: the process colours magenta and cyan, a little darker."""

_DASH: Final = 5
"""Pixels."""


def _cut_off(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """Return the distances from the sheet to the trim: left, bottom, right, top, in points."""
    left, bottom, right, top = page.get_cropbox()
    trim = page.get_trimbox()
    edges = (trim[0] - left, trim[1] - bottom, right - trim[2], top - trim[3])
    return tuple(max(0.0, edge) for edge in edges)


def page_on_nothing(pdf: bytes, ppi: int) -> Image:
    """Return the first page in RGBA, seen through where nothing is painted."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        drawn = document[0].render(scale=ppi / 72, fill_color=(0, 0, 0, 0), maybe_alpha=True)
        picture: Image = drawn.to_pil().convert("RGBA")
        return picture
    finally:
        document.close()


def cover_picture(pdf: bytes, ppi: int = 110) -> bytes:
    """Return the first page as a PNG."""
    return packed(page_pictures(pdf, ppi, [1])[0])


def emblem_picture(height: int) -> bytes:
    """Draw the EU emblem as PNG, for mail readers that show no SVG.

    Args:
        height: In pixels.
    """
    scale = 4
    field, star = EMBLEM_IN_RGB
    picture = PillowImage.new("RGB", (height * scale * 3 // 2, height * scale), field)
    brush = ImageDraw.Draw(picture)
    for corners in stars_of(height * scale):
        brush.polygon(corners, fill=star)
    return packed(picture.resize((height * 3 // 2, height), PillowImage.Resampling.LANCZOS))


def soft_proof(inks: Image, condition: PrintingCondition) -> bytes:
    """Return a page as it will look in print, as a PNG.

    Args:
        inks: Its plates, as a CMYK picture.
        condition: The printing condition: paper and ICC profile.
    """
    return packed(on_paper(inks, condition), _FAST)


# The strongest compression would save two per cent of the size for three times the work, which does not pay
# for a soft proof.
_SMALL: Final = 6
_FAST: Final = 2


def packed(picture: Image, packing: int = _SMALL) -> bytes:
    """Return a picture as a PNG; `packing` is zlib's level of compression, 1 to 9."""
    target = io.BytesIO()
    picture.save(target, "PNG", compress_level=packing)
    return target.getvalue()
