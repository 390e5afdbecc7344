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

_COLUMNS_APART: Final = 2
"""Sizes of the letters between two columns, at least."""


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
    """Part a page's text at the ends of its lines, and where a gap parts two columns."""
    signs: list[str] = []
    first, reached = -1, 0.0
    for at in range(page.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(page, at))
        is_end = sign in {"\n", DIVIDED}
        if is_end or sign.isspace():
            signs.append("" if sign == "\n" else sign)
        else:
            left, _, right, _ = page.get_charbox(at)
            if first >= 0 and left - reached > _COLUMNS_APART * _size(page, at):
                yield _line("".join(signs), page, first)
                signs, first = [], -1
            signs.append(sign)
            first = at if first < 0 else first
            reached = right
        if is_end and first >= 0:
            yield _line("".join(signs), page, first)
        if is_end:
            signs, first = [], -1
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


def bookmarked_pages(pdf: bytes) -> list[tuple[str, int]]:
    """Return the bookmarks of a PDF with the pages they lead to, in order.

    Args:
        pdf: The file.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for bookmark in document.get_toc():
            target = bookmark.get_dest()
            index = target.get_index() if target is not None else None
            if index is not None:
                found.append((bookmark.get_title(), index + 1))
        return found
    finally:
        document.close()
