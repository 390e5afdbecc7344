"""Where finished pages carry ink: in how much of the sheet, and where they are white between two things."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

_MILLIMETRES_AN_INCH: Final = 25.4
_PPI: Final = 30
_DARK: Final = 200
"""Levels of 255 below which a pixel carries ink."""

_PAPER: Final = 250
"""Levels of 255 from which on a pixel is bare: what is tinted, and a thin rule, is darker."""

_CELL: Final = 10.0
_SHEET: Final = (210, 297)
_AREA: Final = (18.0, 21.0, 192.0, 273.0)
"""The type area: left, top, right, foot, in millimetres."""

_HALVES: Final = ((18.0, 102.0), (108.0, 192.0))
_THIRDS: Final = ((18.0, 72.0), (78.0, 132.0), (138.0, 192.0))
_DESIGNED: Final = 28.0
"""Points: the largest space the style puts between two articles."""

_LINE: Final = 14.0
_POINT: Final = _MILLIMETRES_AN_INCH / 72
_HOLE: Final = (3 * _LINE + _DESIGNED) * _POINT
"""Millimetres of white between two things that are a hole of more than three lines."""


def page_drawings(pdf: bytes) -> list[Image]:
    """Return the pages of a PDF in grey, 30 pixels to the inch."""
    document = pypdfium2.PdfDocument(pdf)
    drawn = [page.render(scale=_PPI / 72).to_pil().convert("L") for page in document]
    document.close()
    return drawn


def share_with_ink(page: Image) -> float:
    """Return the share of the sheet's cells of 10 by 10 mm that carry ink."""
    cells = [
        _is_inked(page, left, top, left + _CELL, top + _CELL)
        for left in range(0, _SHEET[0] - 9, 10)
        for top in range(0, _SHEET[1] - 9, 10)
    ]
    return sum(cells) / len(cells)


def _is_inked(page: Image, left: float, top: float, right: float, foot: float) -> bool:
    return _is_dark(page, (_pixels(left), _pixels(top), _pixels(right), _pixels(foot)))


def _pixels(length: float) -> int:
    return round(length * _PPI / _MILLIMETRES_AN_INCH)


def _is_dark(page: Image, box: tuple[int, int, int, int], level: int = _DARK) -> bool:
    """Return whether a pixel of a part of a grey picture is darker than a level."""
    darkest, _ = page.crop(box).getextrema()
    assert isinstance(darkest, int | float)
    return darkest < level


def _inked_rows(page: Image, left: float, right: float, level: int = _DARK) -> list[bool]:
    """Return for each row of pixels of the type area whether it carries ink between two edges."""
    rows = range(_pixels(_AREA[1]), _pixels(_AREA[3]))
    return [_is_dark(page, (_pixels(left), row, _pixels(right), row + 1), level) for row in rows]


def _white_runs(rows: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield where runs of white rows between two inked ones begin and end."""
    begin = None
    for number, inked in enumerate(rows):
        if inked:
            if begin is not None and number - begin > 1:
                yield begin, number
            begin = number + 1


def holes(page: Image) -> list[str]:
    """Return the holes of a page: what is white for more than three lines with something above and below.

    It is a hole where the whole measure is white, or a column of two or three beside which the others go on.
    A tinted ground, as that of facts, is not white, nor is a rule.
    """
    least = _HOLE * _PPI / _MILLIMETRES_AN_INCH
    measure = _inked_rows(page, _AREA[0], _AREA[2], _PAPER)
    found = [f"measure {_at(begin, end)}" for begin, end in _white_runs(measure) if end - begin > least]
    for name, columns in (("half", _HALVES), ("third", _THIRDS)):
        between = [(before[1] + 1, after[0] - 1) for before, after in pairwise(columns)]
        gutters = [_inked_rows(page, *edges, _PAPER) for edges in between]
        strips = [_inked_rows(page, *edges, _PAPER) for edges in columns]
        for number, rows in enumerate(strips, 1):
            for begin, end in _white_runs(rows):
                apart = not any(any(gutter[begin - 1 : end]) for gutter in gutters)
                beside = any(any(other[begin:end]) for other in strips if other is not rows)
                if end - begin > least and apart and beside:
                    found.append(f"{name} {number} {_at(begin, end)}")
    return found


def _at(begin: int, end: int) -> str:
    scale = _MILLIMETRES_AN_INCH / _PPI
    return f"{_AREA[1] + begin * scale:.0f}\N{EN DASH}{_AREA[1] + end * scale:.0f} mm"


def free_at_foot(page: Image) -> float:
    """Return how many lines are white at the foot of a page's type area."""
    rows = _inked_rows(page, _AREA[0], _AREA[2])
    last = max((number for number, inked in enumerate(rows) if inked), default=-1)
    return (len(rows) - 1 - last) * _MILLIMETRES_AN_INCH / _PPI / _POINT / _LINE
