"""Pages of a PDF as text, in the order in which they paint it."""

from __future__ import annotations

import contextlib
import ctypes
import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

DIVIDED: Final = "\x02"
"""What pdfium gives for the hyphen of a word that is divided at the end of its line."""

_SMALLER: Final = 0.85
"""The size of a mark, at most, in relation to what it stands behind."""

_COLUMN_GAP: Final = 2
"""Font sizes between two columns, at least."""


class TextLine(NamedTuple):
    """A line of text on a page.

    Args:
        text: Its words; a word divided at its end is followed by U+0002.
        left: Its left end, in points from the left edge of the page.
        baseline: In points from the lower edge of the page.
        size: Font size of its first letter, in points.
    """

    text: str
    left: float
    baseline: float
    size: float


def page_texts(pdf: bytes) -> Iterator[str]:
    """Yield the text of each page; line ends and divided words are those of the page.

    Args:
        pdf: The file.
    """
    for page in _text_pages(pdf):
        yield page.get_text_range().replace("\r\n", "\n")


def texts_with_marks_apart(pdf: bytes) -> Iterator[str]:
    """Yield the text of each page as `page_texts` does, a space between a figure and a smaller one behind it.

    Without it, “2023” with the mark of a note, “1”, could not be told from “20231”.

    Args:
        pdf: The file.
    """
    for page in _text_pages(pdf):
        reader, text = _LineReader(page), page.get_text_range()
        marks = [match.end() for match in re.finditer(r"\d(?=\d)", text) if reader.is_mark(match.end())]
        parts = [text[start:end] for start, end in pairwise([0, *marks, len(text)])]
        yield " ".join(parts).replace("\r\n", "\n")


def page_lines(pdf: bytes) -> Iterator[list[TextLine]]:
    """Yield the lines of each page.

    Args:
        pdf: The file.
    """
    for page in _text_pages(pdf):
        yield list(_LineReader(page).lines())


def bookmarked_pages(pdf: bytes) -> list[tuple[str, int]]:
    """Return the bookmarks of a PDF with the pages they lead to, from 1, in order.

    Args:
        pdf: The file.
    """
    found = []
    with _opened(pdf) as document:
        for bookmark in document.get_toc():
            target = bookmark.get_dest()
            index = target.get_index() if target is not None else None
            if index is not None:
                found.append((bookmark.get_title(), index + 1))
    return found


def linked_addresses(pdf: bytes) -> Iterator[str]:
    """Yield the addresses that the links of a PDF lead to (ISO 32000-2, 12.6.4.8), page by page.

    Args:
        pdf: The file.
    """
    from pypdfium2 import raw  # noqa: PLC0415 - slow to load

    with _opened(pdf) as document:
        for page in document:
            position, link = ctypes.c_int(0), raw.FPDF_LINK()
            while raw.FPDFLink_Enumerate(page, position, link):
                action = raw.FPDFLink_GetAction(link)
                length = raw.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
                if length:
                    buffer = ctypes.create_string_buffer(length)
                    raw.FPDFAction_GetURIPath(document, action, buffer, length)
                    yield buffer.value.decode("utf-8", "replace")
            page.close()


@contextlib.contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    import pypdfium2  # noqa: PLC0415 - slow to load, and a search that reads no PDF needs only the names above

    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def _text_pages(pdf: bytes) -> Iterator[pypdfium2.PdfTextPage]:
    with _opened(pdf) as document:
        for page in document:
            text = page.get_textpage()
            yield text
            text.close()
            page.close()


class _LineReader:
    """Parts the text of a page into lines.

    Args:
        page: The text of the page.
    """

    def __init__(self, page: pypdfium2.PdfTextPage) -> None:
        from pypdfium2 import raw  # noqa: PLC0415 - as above

        self._raw = raw
        self._page = page

    def lines(self) -> Iterator[TextLine]:
        """Yield the lines: parted where a line ends, and where a gap parts two columns."""
        characters: list[str] = []
        first, right_edge = -1, 0.0
        for index in range(self._page.count_chars()):
            character = chr(self._raw.FPDFText_GetUnicode(self._page, index))
            is_end = character in {"\n", DIVIDED}
            if is_end or character.isspace():
                characters.append("" if character == "\n" else character)
            else:
                left, _, right, _ = self._page.get_charbox(index)
                if first >= 0 and left - right_edge > _COLUMN_GAP * self._size(index):
                    yield self._line("".join(characters), first)
                    characters, first = [], -1
                characters.append(character)
                first = index if first < 0 else first
                right_edge = right
            if is_end and first >= 0:
                yield self._line("".join(characters), first)
            if is_end:
                characters, first = [], -1
        if first >= 0:
            yield self._line("".join(characters), first)

    def is_mark(self, index: int) -> bool:
        """Return whether a digit is smaller than the one before it, as the mark of a note is."""
        if not all(chr(self._raw.FPDFText_GetUnicode(self._page, at)).isdigit() for at in (index - 1, index)):
            return False
        return self._size(index) < _SMALLER * self._size(index - 1)

    def _line(self, text: str, first: int) -> TextLine:
        x, y = ctypes.c_double(), ctypes.c_double()
        self._raw.FPDFText_GetCharOrigin(self._page, first, x, y)
        # pdfium gives a character beyond the basic plane, as an emoji, in two halves (UTF-16).
        whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return TextLine(whole, x.value, y.value, self._size(first))

    def _size(self, index: int) -> float:
        """Return the font size of a character on the page, in points."""
        matrix = self._raw.FS_MATRIX()
        self._raw.FPDFText_GetMatrix(self._page, index, matrix)
        return float(self._raw.FPDFText_GetFontSize(self._page, index) * math.hypot(matrix.c, matrix.d))
