"""The metrics of a font of a PDF: the width of each code, and the codes of a string (ISO 32000-2, 9)."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import pikepdf

from pipeline.pdf.content.broken_files import MalformedError

_USUAL: Final = 0.5
"""The width, as a part of the font size, of a code for which a font has none."""

_ASCENT: Final = 0.75
_DESCENT: Final = -0.2
_MOST_WIDTHS: Final = 70_000
_MOST_MEASURED: Final = 5_000
_SPACE: Final = 32
_BAD_WIDTHS: Final = "the widths of a font (/W) are no list of codes and widths"


class Measured(NamedTuple):
    """A string as a font shows it.

    Args:
        codes: What it parts into.
        width: The advance of all of them, as a part of the size.
        spaces: How many of them word spacing applies to (9.3.3).
    """

    codes: tuple[int, ...]
    width: float
    spaces: int


class TypeMetrics:
    """The widths of a font.

    Args:
        font: Its dictionary, or None where there is none.
    """

    def __init__(self, font: Any) -> None:
        """Read the widths."""
        self.font = font
        self.ascent, self.descent = _ASCENT, _DESCENT
        self._widths: dict[int, float] = {}
        self._otherwise = _USUAL
        self._is_wide = False
        self._measured: dict[bytes, Measured] = {}
        if isinstance(font, pikepdf.Dictionary):
            self._is_wide = font.get("/Subtype") == "/Type0"
            self._read_wide(font) if self._is_wide else self._read_plain(font)

    @property
    def is_upright(self) -> bool:
        """Whether its lines run down the page (9.7.4.3)."""
        return self._is_wide and str(self.font.get("/Encoding", "")).endswith("V")

    def measure(self, string: bytes) -> Measured:
        """Part a string into codes, and add up their widths: two bytes each in a composite font."""
        known = self._measured.get(string)
        if known is None:
            if self._is_wide:
                codes = tuple(
                    int.from_bytes(string[at : at + 2], "big") for at in range(0, len(string) - 1, 2)
                )
            else:
                codes = tuple(string)
            width = sum(self._widths.get(code, self._otherwise) for code in codes)
            known = Measured(codes, width, 0 if self._is_wide else codes.count(_SPACE))
            if len(self._measured) < _MOST_MEASURED:
                self._measured[string] = known
        return known

    def _read_plain(self, font: Any) -> None:
        widths = font.get("/Widths")
        if not isinstance(widths, pikepdf.Array):
            return
        scale = 1 / 1000
        if font.get("/Subtype") == "/Type3" and "/FontMatrix" in font:
            scale = abs(float(font.FontMatrix[0]))
        first = int(font.get("/FirstChar", 0))
        for at, width in enumerate(widths):
            self._widths[first + at] = float(width) * scale

    def _read_wide(self, font: Any) -> None:
        """Read the widths of a composite font, whose codes are taken for the glyphs' own (9.7.4.3).

        Raises:
            MalformedError: They are no list of codes and widths.
        """
        descendants = font.get("/DescendantFonts")
        if not isinstance(descendants, pikepdf.Array) or not len(descendants):
            return
        inner: Any = descendants[0]
        self._otherwise = float(inner.get("/DW", 1000)) / 1000
        parts: Any = inner.get("/W", pikepdf.Array())
        if not isinstance(parts, pikepdf.Array):
            raise MalformedError(_BAD_WIDTHS)
        at = 0
        while at + 1 < len(parts) and len(self._widths) < _MOST_WIDTHS:
            if not isinstance(parts[at], int):
                raise MalformedError(_BAD_WIDTHS)
            first = int(parts[at])
            if isinstance(parts[at + 1], pikepdf.Array):
                for step, width in enumerate(parts[at + 1]):
                    self._widths[first + step] = float(width) / 1000
                at += 2
            elif at + 2 < len(parts):
                last = min(int(parts[at + 1]), first + _MOST_WIDTHS)
                self._widths |= dict.fromkeys(range(first, last + 1), float(parts[at + 2]) / 1000)
                at += 3
            else:
                return
