"""Pages of a PDF as text, in the order in which they paint it."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2
from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Iterator

DIVIDED: Final = "\x02"
"""What the reader of text gives for the hyphen of a word that is divided at the end of its line."""


def page_texts(pdf: bytes) -> Iterator[str]:
    """Give the text of each page; lines end as they do on the page, and divided words stay divided.

    Args:
        pdf: The file.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            text = page.get_textpage()
            yield text.get_text_range().replace("\r\n", "\n")
            text.close()
            page.close()
    finally:
        document.close()


class TextLine(NamedTuple):
    """A line of text on a page.

    Args:
        text: Its words; U+0002 stands where a word is divided at its end.
        left: Where it begins, in points from the left edge.
        baseline: In points from the lower edge of the page.
        size: Of its first letter, in points.
    """

    text: str
    left: float
    baseline: float
    size: float


def page_lines(pdf: bytes) -> Iterator[list[TextLine]]:
    """Give the lines of each page.

    Args:
        pdf: The file.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            text = page.get_textpage()
            yield list(_lines(text))
            text.close()
            page.close()
    finally:
        document.close()


def _lines(page: pypdfium2.PdfTextPage) -> Iterator[TextLine]:
    signs: list[str] = []
    first = -1
    for at in range(page.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(page, at))
        if sign in {"\n", DIVIDED}:
            if first >= 0:
                yield _line("".join(signs) + sign.strip(), page, first)
            signs, first = [], -1
        else:
            signs.append(sign)
            if first < 0 and not sign.isspace():
                first = at
    if first >= 0:
        yield _line("".join(signs), page, first)


def _line(text: str, page: pypdfium2.PdfTextPage, first: int) -> TextLine:
    across, up = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(page, first, across, up)
    return TextLine(text, across.value, up.value, _size(page, first))


def _size(page: pypdfium2.PdfTextPage, at: int) -> float:
    """Return the size of a letter as it stands on the page."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(page, at, matrix)
    return float(raw.FPDFText_GetFontSize(page, at) * math.hypot(matrix.c, matrix.d))
