"""A month drawn day by day, with the days filled on which something happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.figures.drawing import POINTS_A_MILLIMETRE, drawing, element, words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

WIDTH: Final = 50 * POINTS_A_MILLIMETRE
_CELL: Final = WIDTH / 7
_ROW: Final = 12.5
_HEAD: Final = 18.0
_SIZE: Final = 8.2
_TITLE: Final = 12.0
_LIFT: Final = 3.6
"""Points from the foot of a row to the baseline of its numerals."""

_BOLD: Final = 700
_SEMIBOLD: Final = 600


class MonthColours(NamedTuple):
    """Colours as CSS values: of the name, of a busy day's ground and numeral, of other days."""

    name: str
    ground: str
    on_ground: str
    day: str


def month_days(
    name: str,
    weeks: Sequence[Sequence[int]],
    busy: Collection[int],
    *,
    alternative: str,
    colours: MonthColours,
    family: str,
) -> str:
    """Return a month as an SVG.

    Args:
        name: Of the month.
        weeks: Its days by week, from Monday; 0 outside the month.
        busy: The days that are filled.
        alternative: The same in words.
        colours: Of the style.
        family: Of the style's face for small text.
    """
    content = words(name, 1.5, _TITLE, size=11.5, fill=colours.name, family=family, weight=_BOLD)
    for row, week in enumerate(weeks):
        foot = _HEAD + (row + 1) * _ROW
        for column, day in enumerate(week):
            if day:
                content += _day(day, column, foot, is_busy=day in busy, colours=colours, family=family)
    height = _HEAD + len(weeks) * _ROW + 2
    return drawing(WIDTH, height, title=name, alternative=alternative, content=content)


def _day(day: int, column: int, foot: float, *, is_busy: bool, colours: MonthColours, family: str) -> str:
    left = column * _CELL
    ground = ""
    if is_busy:
        ground = element(
            "rect", x=left, y=foot - _ROW + 0.5, width=_CELL, height=_ROW - 1, fill=colours.ground
        )
    return ground + words(
        str(day),
        left + _CELL / 2,
        foot - _LIFT,
        size=_SIZE,
        fill=colours.on_ground if is_busy else colours.day,
        family=family,
        weight=_SEMIBOLD if is_busy else 400,
        anchor="middle",
    )
