"""The projects' periods on one axis, with the day of the issue."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from pipeline import localisation
from pipeline.figures.drawing import (
    POINTS_A_MILLIMETRE,
    SMALLEST_TYPE,
    DrawnFigure,
    Measure,
    Palette,
    ProjectFacts,
    drawing,
    element,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.models.facts import Period

WIDTH: Final = 170 * POINTS_A_MILLIMETRE
AXIS_LEFT: Final = 46 * POINTS_A_MILLIMETRE
"""The axis begins where the text column does; names stand in the facts column."""

NAME_WIDTH: Final = 40 * POINTS_A_MILLIMETRE
ROW: Final = 14.0
LONGEST: Final = 14
"""Years the axis may span before bars are cut at its ends."""

_BAR: Final = 7.0
_HEAD: Final = 17.5
_POINT: Final = 6.0


def timeline(
    projects: Sequence[ProjectFacts],
    issue_date: dt.date,
    language: str,
    palette: Palette,
    family: str,
    measure: Measure,
) -> DrawnFigure:
    """Draw the periods of projects.

    Args:
        projects: All with a period, in the order of the issue.
        issue_date: The day of the issue, a line across the bars.
        language: The language of names and labels.
        palette: The colours.
        family: The family of the type.
        measure: Gives the width of a text.
    """
    known = [(facts, facts.period) for facts in projects if facts.period is not None]
    first, last = _window([period for _, period in known], issue_date)
    span = (last - first).days

    def across(day: dt.date) -> float:
        return AXIS_LEFT + (WIDTH - AXIS_LEFT) * (day - first).days / span

    names = [_lines(facts.title, measure) for facts, _ in known]
    heights = [ROW if len(lines) == 1 else ROW + 10.5 for lines in names]
    foot = _HEAD + sum(heights)
    parts = [_axis(first, last, across, foot, palette, family)]
    y = _HEAD
    for (facts, period), lines, height in zip(known, names, heights, strict=True):
        middle = y + height / 2
        top = middle - 10.5 * (len(lines) - 1) / 2 + 3
        parts += [
            words(line, 0, top + 10.5 * at, size=8.5, fill=palette.ink, family=family, weight=600)
            for at, line in enumerate(lines)
        ]
        parts.append(_bar(period, first, last, across, middle, palette))
        y += height
        parts.append(element("path", d=f"M0 {y:.2f}H{WIDTH:.2f}", stroke=palette.mist, stroke_width=0.5))
        del facts
    parts.append(_today(issue_date, across(issue_date), foot, language, palette, family, measure))
    title = localisation.label("Periods", language)
    told = "; ".join(f"{facts.title}: {localisation.period(period, language)}" for facts, period in known)
    alternative = localisation.label("The periods of the projects: {periods}.", language, periods=told)
    return DrawnFigure(
        svg=drawing(WIDTH, foot + 14, title, alternative, "".join(parts)),
        title=title,
        alternative=alternative,
        header=tuple(localisation.label(name, language) for name in ("Project", "Start", "End")),
        rows=tuple(_row(facts, period, language) for facts, period in known),
    )


def _row(facts: ProjectFacts, period: Period, language: str) -> tuple[str, str, str]:
    unknown = localisation.label("unknown", language)
    start = localisation.partial_date(period.start, language) if period.start else unknown
    end = localisation.partial_date(period.end, language) if period.end else unknown
    return (facts.title, start, end)


def _window(periods: Sequence[Period], issue_date: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the axis: whole half-years, the issue's day within."""
    days = [issue_date]
    for period in periods:
        if period.start:
            days.append(period.start.first_day)
        if period.end:
            days.append(period.end.last_day)
        if period.start is None and period.end:
            days.append(period.end.first_day - dt.timedelta(days=365))
        if period.end is None and period.start:
            days.append(period.start.last_day + dt.timedelta(days=180))
    first, last = min(days), max(days)
    first = max(first, _years_from(issue_date, -LONGEST // 2))
    last = min(last, _years_from(issue_date, LONGEST // 2))
    first = dt.date(first.year, 1 if first.month < 7 else 7, 1)  # noqa: PLR2004 - the half-year
    after = last + dt.timedelta(days=1)
    if (after.month, after.day) not in {(1, 1), (7, 1)}:
        after = dt.date(after.year, 7, 1) if after.month < 7 else dt.date(after.year + 1, 1, 1)  # noqa: PLR2004
    return first, after


def _years_from(day: dt.date, years: int) -> dt.date:
    return dt.date(day.year + years, day.month, min(day.day, 28))


def _axis(first: dt.date, last: dt.date, across: object, foot: float, palette: Palette, family: str) -> str:
    """Draw years as lines with labels, half-years as short ticks."""
    parts = []
    place = across if callable(across) else None
    assert place is not None  # noqa: S101 - told to the type checker
    day = first
    end = WIDTH
    while day <= last:
        x = place(day)
        is_year = day.month == 1
        colour = palette.mid if is_year else palette.mist
        parts.append(element("path", d=f"M{x:.2f} {_HEAD:.2f}V{foot:.2f}", stroke=colour, stroke_width=0.5))
        if is_year and x < end - 18:
            label = words(str(day.year), x + 2, 10, size=SMALLEST_TYPE, fill=palette.grey, family=family)
            parts.append(
                element("path", d=f"M{x:.2f} 3V{_HEAD:.2f}", stroke=palette.mid, stroke_width=0.5) + label
            )
        day = dt.date(day.year, 7, 1) if is_year else dt.date(day.year + 1, 1, 1)
    parts.append(element("path", d=f"M0 {_HEAD:.2f}H{WIDTH:.2f}", stroke=palette.petrol, stroke_width=0.75))
    return "".join(parts)


def _bar(
    period: Period, first: dt.date, last: dt.date, across: object, middle: float, palette: Palette
) -> str:
    """Draw a period: square where it is known, pointed where it is open, cut where it runs past the axis."""
    assert callable(across)  # noqa: S101 - told to the type checker
    top, bottom = middle - _BAR / 2, middle + _BAR / 2
    begins = max(period.start.first_day, first) if period.start else first
    ends = min(period.end.last_day + dt.timedelta(days=1), last) if period.end else last
    ends = max(ends, begins)
    left, right = across(begins), across(ends)
    right = max(right, left + 2)
    if period.start is None:
        path = f"M{left:.2f} {middle:.2f}L{left + _POINT:.2f} {top:.2f}"
    else:
        path = f"M{left:.2f} {bottom:.2f}V{top:.2f}"
    path += (
        f"H{right - _POINT:.2f}L{right:.2f} {middle:.2f}L{right - _POINT:.2f} {bottom:.2f}"
        if period.end is None
        else f"H{right:.2f}V{bottom:.2f}"
    )
    path += f"H{left + _POINT:.2f}Z" if period.start is None else "Z"
    cuts = ""
    if period.start and period.start.first_day < first:
        cuts += _cut(left + 10, top, bottom, palette)
    if period.end and period.end.last_day > last:
        cuts += _cut(right - 14, top, bottom, palette)
    return element("path", d=path, fill=palette.petrol) + cuts


def _cut(x: float, top: float, bottom: float, palette: Palette) -> str:
    return "".join(
        element(
            "path",
            d=f"M{x + at:.2f} {bottom + 1:.2f}L{x + at + 4:.2f} {top - 1:.2f}",
            stroke=palette.white,
            stroke_width=1.5,
        )
        for at in (0, 4)
    )


def _today(
    date: dt.date, x: float, foot: float, language: str, palette: Palette, family: str, measure: Measure
) -> str:
    text = f"{localisation.label('This issue', language)}, {localisation.full_date(date, language)}"
    width = measure(text, SMALLEST_TYPE, 600)
    left = min(max(x - width / 2, AXIS_LEFT), WIDTH - width)
    line = element("path", d=f"M{x:.2f} {_HEAD - 4:.2f}V{foot + 3:.2f}", stroke=palette.rust, stroke_width=1)
    return line + words(
        text, left, foot + 11, size=SMALLEST_TYPE, fill=palette.rust, family=family, weight=600
    )


def _lines(title: str, measure: Measure) -> list[str]:
    """Break a name to the facts column: two lines at most, the second cut where it must be."""
    lines = [""]
    for word in title.replace("\u00a0", " ").split(" "):
        grown = f"{lines[-1]} {word}".strip()
        if measure(grown, 8.5, 600) <= NAME_WIDTH or not lines[-1]:
            lines[-1] = grown
        else:
            lines.append(word)
    if len(lines) > 2:  # noqa: PLR2004 - two lines
        lines = [lines[0], f"{lines[1]}…"]
    return [_shortened(line, measure) for line in lines]


def _shortened(line: str, measure: Measure) -> str:
    if measure(line, 8.5, 600) <= NAME_WIDTH:
        return line
    short = line.rstrip("…")
    while short and measure(f"{short}…", 8.5, 600) > NAME_WIDTH:
        short = short[:-1]
    return f"{short}…"
