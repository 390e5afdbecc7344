"""The plates (separations) of a page as pictures, drawn without a print shop's software.

A copy of the file is made in which cyan, magenta and yellow are drawn as what red, green and blue lack,
and another in which black is drawn as grey; pdfium draws both.
"""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING, Final

import pikepdf
import pypdfium2
from PIL import Image, ImageChops, ImageMath

from pipeline.pdf.plates.operators import Plate
from pipeline.pdf.plates.separation import Separation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Inked = Image.Image
"""A page in its four inks: a CMYK picture, 0 for no ink and 255 for full."""

_POINTS_AN_INCH: Final = 72
_TOGETHER: Final[tuple[tuple[int, ...], ...]] = ((0, 1, 2), (3,))
_EACH: Final[tuple[tuple[int, ...], ...]] = ((0,), (1,), (2,), (3,))
_MOST_DRAWN: Final = 40_000_000
"""Pixels of a page; a sheet of A0 has nine million at 72 to an inch."""

_NOTHING: Final = Image.new("L", (1, 1), 255)
"""What is drawn of a page that cannot be."""


def plates_of(data: bytes, ppi: int) -> Iterator[Inked]:
    """Yield each page of a PDF in its four inks.

    Args:
        data: The file, which pikepdf can open.
        ppi: Pixels per inch.

    Yields:
        A CMYK picture over the page's MediaBox: 0 for no ink and 255 for full. Of a page that cannot be
        drawn, or is larger than any sheet, one pixel without ink.
    """
    groups = _TOGETHER
    copies, is_parted = _separated(data, groups)
    if is_parted:
        # Overprinting among cyan, magenta and yellow shows only if each is drawn in a copy of its own.
        groups = _EACH
        copies, _ = _separated(data, groups)
    drawn = (
        _drawn(copy, ppi, "L" if len(group) == 1 else "RGB")
        for copy, group in zip(copies, groups, strict=True)
    )
    for plates in zip(*drawn, strict=True):
        bands = [ImageChops.invert(band) for plate in plates for band in plate.split()]
        if len({band.size for band in bands}) > 1:
            bands = [ImageChops.invert(_NOTHING)] * 4
        yield Image.merge("CMYK", bands)


def _separated(data: bytes, inks: Sequence[tuple[int, ...]]) -> tuple[list[bytes], bool]:
    """Return a copy of the file for each group of inks, and whether these are too few."""
    with contextlib.ExitStack() as opened:
        plates = [Plate(opened.enter_context(pikepdf.open(io.BytesIO(data))), group) for group in inks]
        separation = Separation(plates)
        separation.separate()
        copies = []
        for plate in plates:
            target = io.BytesIO()
            plate.pdf.save(target, compress_streams=False, static_id=True)
            copies.append(target.getvalue())
        return copies, separation.parts_inks


def heaviest(inks: Image.Image) -> tuple[float, tuple[int, int, int, int]]:
    """Return the most ink on one spot in per cent, and the pixels around all spots with as much.

    Args:
        inks: A CMYK picture.
    """
    total = total_of(inks)
    (_, most) = total.getextrema()
    assert isinstance(most, (int, float))  # noqa: S101 - a picture of one band has numbers
    where = total.point(lambda value: value - (most - 1)).convert("L").getbbox()
    return most / 255 * 100, where or (0, 0, 0, 0)


def total_of(inks: Image.Image) -> Image.Image:
    """Return the sum of all inks on each spot, 255 for a full one, as a picture of whole numbers.

    Args:
        inks: A CMYK picture.
    """
    parts = dict(zip("cmyk", inks.split(), strict=True))
    total: Image.Image = ImageMath.lambda_eval(
        lambda args: args["c"] + args["m"] + args["y"] + args["k"], **parts
    )
    return total


def _drawn(data: bytes, ppi: int, mode: str) -> Iterator[Image.Image]:
    """Draw a copy of the file, in light or in grey."""
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(len(document)):
            try:
                yield _page(document[number], ppi, mode)
            except pypdfium2.PdfiumError:
                yield _NOTHING.convert(mode)
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage, ppi: int, mode: str) -> Image.Image:
    scale = ppi / _POINTS_AN_INCH
    try:
        width, height = page.get_size()
        if width * height * scale * scale > _MOST_DRAWN:
            return _NOTHING.convert(mode)
        drawn = page.render(scale=scale, grayscale=mode == "L", may_draw_forms=False, draw_annots=False)
        picture: Image.Image = drawn.to_pil().convert(mode)
        return picture
    finally:
        page.close()
