"""The width of a text by the advance widths of a face."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

WIDTH_OF_OTHERS: Final = 0.6
"""Ems assumed for a character the face does not have."""


def text_width(text: str, path: Path, size: float, *others: Path) -> float:
    """Return the width of a text in points, without kerning.

    Args:
        text: One line.
        path: The face.
        size: In points.
        *others: The faces of characters which the face does not have.
    """
    advances = _advances(path)
    for other in others:
        advances = _advances(other) | advances
    return sum(advances.get(ord(character), WIDTH_OF_OTHERS) for character in text) * size


@functools.cache
def _advances(path: Path) -> dict[int, float]:
    """Return the advance width of each code point, in ems."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow to load, and few issues come here

    with TTFont(path, lazy=True) as face:
        em = face["head"].unitsPerEm
        widths = face["hmtx"].metrics
        return {code: widths[name][0] / em for code, name in face.getBestCmap().items()}
