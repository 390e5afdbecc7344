"""Lengths and numbers of a sheet that no page has: the engine would fail at them, or never end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.findings.finding import Finding, found
from pipeline.models.editions import POINTS_A_MILLIMETRE
from pipeline.page.sheets.declarations import DEEPEST, all_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.page.sheets.declarations import Declaration

LONGEST: Final = 14_400.0
"""Points: the longest side of a page of a PDF (ISO 32000-1, annex C.2)."""

POINTS: Final = {
    "pt": 1.0,
    "px": 0.75,
    "pc": 12.0,
    "in": 72.0,
    "cm": 10 * POINTS_A_MILLIMETRE,
    "mm": POINTS_A_MILLIMETRE,
    "q": POINTS_A_MILLIMETRE / 4,
}
"""Points of each unit of length that is the same everywhere (CSS Values 3, 6.2)."""

_MOST_OF_ANOTHER: Final = 1_440.0
"""Of units that follow from a face or a page, as `em`."""

_MOST_PER_CENT: Final = 10_000.0
_LARGEST_NUMBER: Final = 10_000.0
_MOST_TRACKS: Final = 200.0
_COUNTS: Final = frozenset({"columns", "column-count"})
_OF_A_GRID: Final = "grid"
_WITHOUT_BOUNDS: Final = frozenset({"z-index", "order"})
"""Properties whose numbers only put things in order."""

_SMALLEST: Final = 0.1
"""Points of a line or a letter: below, the engine divides by what it has rounded to nothing."""

_OF_LETTERS: Final = frozenset({"font", "font-size", "line-height"})


def measure_findings(declaration: Declaration) -> Iterator[Finding]:
    """Yield what is wrong with the lengths and numbers of a declaration (E459), or its brackets (E465)."""
    if declaration.is_too_deep:
        yield found("E465", declaration.place, most=DEEPEST)
        return
    if any(_is_absurd(part, declaration.name) for part in all_parts(declaration.value)):
        yield found("E459", declaration.place, found=declaration.shown)


def _is_absurd(part: Any, name: str) -> bool:  # noqa: ANN401 - the library has no types
    if part.type not in {"dimension", "percentage", "number"}:
        return False
    size = abs(float(part.value))
    if part.type == "dimension":
        unit = part.lower_unit
        if unit not in POINTS:
            return size > _MOST_OF_ANOTHER
        length = size * POINTS[unit]
        return length > LONGEST or (name in _OF_LETTERS and 0 < length < _SMALLEST)
    if part.type == "percentage":
        return size > _MOST_PER_CENT
    if not name.startswith("--") and name not in _WITHOUT_BOUNDS:
        is_count = name in _COUNTS or name.startswith(_OF_A_GRID)
        return size > (_MOST_TRACKS if is_count else _LARGEST_NUMBER)
    return False
