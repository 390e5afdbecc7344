"""Pages of a PDF as pictures."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL.Image import Image


def page_pictures(pdf: bytes, ppi: int, pages: Iterable[int] | None = None) -> list[Image]:
    """Draw pages.

    Args:
        pdf: The file.
        ppi: Pixels per inch.
        pages: Numbers from 1; all when left out.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        wanted = pages if pages is not None else range(1, len(document) + 1)
        return [document[number - 1].render(scale=ppi / 72).to_pil().convert("RGB") for number in wanted]
    finally:
        document.close()


def cover_picture(pdf: bytes, ppi: int = 110) -> bytes:
    """Return the first page as a PNG."""
    target = io.BytesIO()
    # The hardest packing would win two per cent of the size for three times the work.
    page_pictures(pdf, ppi, [1])[0].save(target, "PNG", compress_level=6)
    return target.getvalue()
