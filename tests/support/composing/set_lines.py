"""Lines of text of a PDF by the places of their letters, read with pdfium; no code of the program is used."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACES = " \u00a0"
_DIVIDED = "\x02"
_LONGEST_NAME = 96


class Letter(NamedTuple):
    """A letter: what it is, where it begins and ends with its advance width, its size (points), its face."""

    character: str
    x: float
    right: float
    size: float
    face: str = ""


class SetLine(NamedTuple):
    """A line of a page.

    Args:
        page: The page's number, from 0.
        baseline: In points from the page's lower edge.
        letters: From left to right.
    """

    page: int
    baseline: float
    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        """The words; a word divided at the end is followed by a hyphen."""
        return "".join(each.character for each in self.letters).replace(_DIVIDED, "-").strip()

    @property
    def is_hyphenated(self) -> bool:
        """Whether the line ends with a hyphen."""
        return self.text.endswith(("-", "\u2010"))

    @property
    def left(self) -> float:
        """Where the first letter stands."""
        return self.letters[0].x

    @property
    def right(self) -> float:
        """Where the last letter ends; a space that hangs in the margin is not seen."""
        return next(
            (each.right for each in reversed(self.letters) if each.character not in _SPACES), self.left
        )

    def spaces(self) -> list[float]:
        """Return the width of each space between two letters, in ems."""
        return [
            (after.x - before.right) / before.size
            for before, space, after in zip(self.letters, self.letters[1:], self.letters[2:], strict=False)
            if space.character in _SPACES and before.character not in _SPACES
        ]


def set_lines(pdf: bytes) -> Iterator[SetLine]:
    """Yield the lines of a PDF, page by page, from top to bottom.

    Args:
        pdf: The file.
    """
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        lines: defaultdict[float, list[Letter]] = defaultdict(list)
        text = page.get_textpage()
        for index in range(text.count_chars()):
            letter = _letter(text, index)
            if letter is not None:
                lines[letter[0]].append(letter[1])
        for baseline in sorted(lines, reverse=True):
            yield SetLine(number, baseline, tuple(sorted(lines[baseline], key=lambda each: each.x)))


def _letter(text: pypdfium2.PdfTextPage, index: int) -> tuple[float, Letter] | None:
    """Return a letter with its baseline; nothing for line ends, which pdfium adds."""
    character = chr(pdfium.FPDFText_GetUnicode(text, index))
    if character in "\r\n":
        return None
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
    pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
    size = pdfium.FPDFText_GetFontSize(text, index) * matrix.a
    return round(y.value, 1), Letter(character, x.value, box.right, size, _face(text, index))


def _face(text: pypdfium2.PdfTextPage, index: int) -> str:
    """Return the name of a letter's face, without the tag of its subset."""
    name, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, name, _LONGEST_NAME, ctypes.byref(flags))
    return name.value.decode(errors="replace").rpartition("+")[2]
