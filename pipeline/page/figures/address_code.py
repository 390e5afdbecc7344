"""An address as a QR code (ISO/IEC 18004), for paper: whoever holds the page opens it with a telephone."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from pipeline.page.figures.drawing import POINTS_A_MILLIMETRE, drawing, element

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEAST_MODULE: Final = 0.4
"""Millimetres a module measures at least: what a telephone reads at arm's length, and a press prints well."""

QUIET_ZONE: Final = 4
"""Modules of empty paper all around (ISO/IEC 18004:2015, 5.3.8)."""

USUAL_WIDTH: Final = 22.0
MOST_WIDTH: Final = 38.0
"""Millimetres with the quiet zone: what a code measures, and the most that has room beside a fact."""

_CORRECTION: Final = "m"
"""The level of correction: 15 per cent of the codewords may be lost."""


def address_code(address: str, alternative: str, ink: str, paper: str) -> str | None:
    """Return the code of an address as an SVG, or None where it would have no room.

    Args:
        address: What it says.
        alternative: The same in words, for those who cannot see it.
        ink: The colour of the modules, as a CSS value of one ink.
        paper: The colour of the ground and the quiet zone.
    """
    modules = _modules(address)
    side = len(modules) + 2 * QUIET_ZONE
    width = width_of_code(address)
    if width > MOST_WIDTH:
        return None
    unit = width * POINTS_A_MILLIMETRE / side
    ground = element("rect", width=unit * side, height=unit * side, fill=paper)
    # One path: between paths of their own a viewer would show seams.
    dark = element("path", d="".join(_runs(modules, unit)), fill=ink)
    whole = unit * side
    return drawing(whole, whole, title=alternative, alternative=alternative, content=ground + dark)


def width_of_code(address: str) -> float:
    """Return the width in millimetres that a code of an address needs, with its quiet zone."""
    return max(USUAL_WIDTH, LEAST_MODULE * (len(_modules(address)) + 2 * QUIET_ZONE))


def _modules(address: str) -> Sequence[Sequence[int]]:
    import segno  # noqa: PLC0415 - few issues have codes

    code: Sequence[Sequence[int]] = segno.make_qr(address, error=_CORRECTION, boost_error=False).matrix
    return code


def _runs(modules: Sequence[Sequence[int]], unit: float) -> Iterator[str]:
    """Yield each run of dark modules in a row as a closed path."""
    for row, cells in enumerate(modules, QUIET_ZONE):
        column = QUIET_ZONE
        for is_dark, group in groupby(cells):
            length = len(list(group))
            if is_dark:
                left, right = column * unit, (column + length) * unit
                top, bottom = row * unit, (row + 1) * unit
                yield f"M{left:.3f} {top:.3f}H{right:.3f}V{bottom:.3f}H{left:.3f}Z"
            column += length
