"""The slug: a line beyond the trim that names the file, drawn as outlines, so that it needs no font."""

from __future__ import annotations

import functools
import io
import math
from typing import TYPE_CHECKING, Any, Final

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from pathlib import Path

SIZE: Final = 6.0
"""Points."""


class _Outlines(BasePen):  # type: ignore[misc]
    """Writes the outlines of glyphs as path operators (ISO 32000-2, 8.5.2)."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - the library's names
        self.operators.append(f"{pt[0]:g} {pt[1]:g} m")

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.operators.append(f"{pt[0]:g} {pt[1]:g} l")

    def _curveToOne(  # noqa: N802
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        corners = " ".join(f"{x:.1f} {y:.1f}" for x, y in (pt1, pt2, pt3))
        self.operators.append(f"{corners} c")

    def _closePath(self) -> None:  # noqa: N802
        self.operators.append("h")


def drawn_line(text: str, face: Path, size: float = SIZE, widest: float = math.inf) -> str:
    """Return a line of text as path operators, its baseline beginning at the origin.

    Args:
        text: A character the face lacks is left out.
        face: A TrueType file.
        size: In points.
        widest: In points; a longer line is set smaller.
    """
    advance, parts = 0.0, []
    scale, length = size / _units(face), line_width(text, face, size)
    scale *= min(1, widest / length) if length else 1
    for character in text:
        width, outline = _glyph(character, face)
        if outline:
            parts.append(f"q {scale:.6f} 0 0 {scale:.6f} {advance * scale:.4f} 0 cm\n{outline} f\nQ")
        advance += width
    return "\n".join(parts)


def line_width(text: str, face: Path, size: float) -> float:
    """Return how wide a line is drawn, in points.

    Args:
        text: The line.
        face: A TrueType file.
        size: In points.
    """
    return size / _units(face) * sum(_glyph(character, face)[0] for character in text)


@functools.lru_cache(maxsize=4)
def _font(face: Path) -> tuple[Any, dict[int, str], Any, int]:
    font = TTFont(io.BytesIO(face.read_bytes()), lazy=True)
    return font, font.getBestCmap(), font.getGlyphSet(), font["head"].unitsPerEm


def _units(face: Path) -> int:
    return _font(face)[3]


@functools.lru_cache(maxsize=512)
def _glyph(character: str, face: Path) -> tuple[float, str]:
    """Return a character's advance and outline, in units of the face."""
    _, letters, glyphs, _ = _font(face)
    name = letters.get(ord(character))
    if name is None:
        return 0.0, ""
    glyph = glyphs[name]
    pen = _Outlines(glyphs)
    glyph.draw(pen)
    return float(glyph.width), " ".join(pen.operators)
