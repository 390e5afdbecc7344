"""The projects' periods on one axis, with the day of the issue."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.figures.drawing import (
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
from pipeline.typography import dates, localisation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.models.values.facts import Period
    from pipeline.page.figures.drawing import FigureStyle

WIDTH: Final = 170 * POINTS_A_MILLIMETRE
AXIS_LEFT: Final = 46 * POINTS_A_MILLIMETRE
"""The axis begins where the text column does; names are in the facts column."""

NAME_WIDTH: Final = 40 * POINTS_A_MILLIMETRE
ROW: Final = 14.0
LONGEST: Final = 14
"""Years the axis may span before bars are cut at its ends."""

_BAR: Final = 7.0
_HEAD: Final = 17.5
_POINT: Final = 6.0
_LABEL: Final = 18.0
_LEAST: Final = 2.0
"""Points: a bar of a few days must be visible too."""

_CUT_AT: Final = 3.0
_LEAST_CUT: Final = 14.0
"""Points: room for the cut in a bar, and some of the bar on both sides of it."""


class _Axis(NamedTuple):
    """The days of the axis, from the first up to but without the last."""

    first: dt.date
    last: dt.date

    def across(self, day: dt.date) -> float:
        """Return the position of the start of a day, in points from the left."""
        return AXIS_LEFT + (WIDTH - AXIS_LEFT) * (day - self.first).days / (self.last - self.first).days


def timeline(
    projects: Sequence[ProjectFacts],
    issue_date: dt.date,
    language: str,
    style: FigureStyle,
) -> DrawnFigure:
    """Draw the periods of projects.

    Args:
        projects: Those with a period are drawn, in the order of the issue; at least one has one.
        issue_date: The day of the issue, a line across the bars.
        language: The language of names and labels.
        style: Its colours and type.
    """
    palette, family, measure = style.palette, style.family, style.measure
    known = [(facts, facts.period) for facts in projects if facts.period is not None]
    axis = _axis_of([period for _, period in known], issue_date)
    names = [_lines(facts.title, measure) for facts, _ in known]
    heights = [ROW if len(lines) == 1 else ROW + 10.5 for lines in names]
    foot = _HEAD + sum(heights)
    parts = [_scale(axis, foot, palette, family)]
    y = _HEAD
    for (_, period), lines, height in zip(known, names, heights, strict=True):
        middle = y + height / 2
        top = middle - 10.5 * (len(lines) - 1) / 2 + 3
        parts += [
            words(line, 0, top + 10.5 * at, size=8.5, fill=palette.ink, family=family, weight=600)
            for at, line in enumerate(lines)
        ]
        parts.append(
            _bar(period, axis, middle, palette) or _beyond_axis(period, axis, middle, language, style=style)
        )
        y += height
        parts.append(element("path", d=f"M0 {y:.2f}H{WIDTH:.2f}", stroke=palette.thin, stroke_width=0.5))
    parts.append(_issue_day(issue_date, axis.across(issue_date), foot, language, style=style))
    title = localisation.label("Periods", language)
    periods = "; ".join(f"{facts.title}: {dates.period(period, language)}" for facts, period in known)
    # An abbreviation's full stop is the sentence's too.
    periods = periods.removesuffix(".")
    alternative = localisation.label("The periods of the projects: {periods}.", language, periods=periods)
    return DrawnFigure(
        svg=drawing(
            WIDTH,
            foot + 14,
            title=title,
            alternative=alternative,
            content="".join(parts),
            language=style.language,
        ),
        title=title,
        alternative=alternative,
        header=tuple(localisation.label(name, language) for name in ("Project", "Start", "End")),
        rows=tuple(_row(facts, period, language) for facts, period in known),
    )


def _row(facts: ProjectFacts, period: Period, language: str) -> tuple[str, str, str]:
    unknown = localisation.label("unknown", language)
    start = dates.partial_date(period.start, language) if period.start else unknown
    end = dates.partial_date(period.end, language) if period.end else unknown
    return (facts.title, start, end)


def _axis_of(periods: Sequence[Period], issue_date: dt.date) -> _Axis:
    """Return the axis for periods: whole half-years, the issue's day within."""
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
    return _Axis(first, after)


def _years_from(day: dt.date, years: int) -> dt.date:
    return dt.date(day.year + years, day.month, min(day.day, 28))


def _scale(axis: _Axis, foot: float, palette: Palette, family: str) -> str:
    """Draw years as lines with labels, half-years as short ticks."""
    parts = []
    day = axis.first
    while day <= axis.last:
        x = axis.across(day)
        is_year = day.month == 1
        colour = palette.year if is_year else palette.thin
        parts.append(element("path", d=f"M{x:.2f} {_HEAD:.2f}V{foot:.2f}", stroke=colour, stroke_width=0.5))
        following = dt.date(day.year, 7, 1) if is_year else dt.date(day.year + 1, 1, 1)
        if is_year and x < WIDTH - _LABEL:
            parts.append(element("path", d=f"M{x:.2f} 3V{_HEAD:.2f}", stroke=palette.year, stroke_width=0.5))
        # An axis that begins with July has its year labelled there, where there is room for it.
        room = WIDTH if is_year else axis.across(min(following, axis.last))
        if (is_year or day == axis.first) and x < room - _LABEL:
            parts.append(
                words(str(day.year), x + 2, 10, size=SMALLEST_TYPE, fill=palette.grey, family=family)
            )
        day = following
    parts.append(element("path", d=f"M0 {_HEAD:.2f}H{WIDTH:.2f}", stroke=palette.axis, stroke_width=0.75))
    return "".join(parts)


def _bar(period: Period, axis: _Axis, middle: float, palette: Palette) -> str:
    """Draw a period as a bar: its ends are square where known, pointed where open, cut beyond the axis.

    Returns:
        The drawing, empty where no day of the period is on the axis.
    """
    begins = max(period.start.first_day, axis.first) if period.start else axis.first
    ends = min(period.end.last_day + dt.timedelta(days=1), axis.last) if period.end else axis.last
    if begins >= ends:
        return ""
    is_cut_left = period.start is not None and period.start.first_day < axis.first
    is_cut_right = period.end is not None and period.end.last_day >= axis.last
    top, bottom = middle - _BAR / 2, middle + _BAR / 2
    left, right = axis.across(begins), axis.across(ends)
    least = _LEAST_CUT if is_cut_left or is_cut_right else _POINT if period.start is None else _LEAST
    if right - left < least:
        left, right = (right - least, right) if is_cut_right else (left, left + least)
    if period.start is None:
        outline = f"M{left:.2f} {middle:.2f}L{left + _POINT:.2f} {top:.2f}"
    else:
        outline = f"M{left:.2f} {bottom:.2f}V{top:.2f}"
    outline += (
        f"H{right - _POINT:.2f}L{right:.2f} {middle:.2f}L{right - _POINT:.2f} {bottom:.2f}"
        if period.end is None
        else f"H{right:.2f}V{bottom:.2f}"
    )
    outline += f"H{left + _POINT:.2f}Z" if period.start is None else "Z"
    cuts = _cut(left + _CUT_AT, top, bottom, palette) if is_cut_left else ""
    cuts += _cut(right - _CUT_AT - 8, top, bottom, palette) if is_cut_right else ""
    return element("path", d=outline, fill=palette.span) + cuts


def _beyond_axis(period: Period, axis: _Axis, middle: float, language: str, *, style: FigureStyle) -> str:
    """Write the dates of a period of which no day is on the axis, with an arrow that points there."""
    is_past = period.end is not None and period.end.last_day < axis.first
    tip, way = (AXIS_LEFT, 1) if is_past else (WIDTH, -1)
    back = tip + way * _POINT
    arrow = f"M{tip:.2f} {middle:.2f}L{back:.2f} {middle - _BAR / 2:.2f}V{middle + _BAR / 2:.2f}Z"
    return element("path", d=arrow, fill=style.palette.span) + words(
        dates.period(period, language),
        back + way * 3,
        middle + SMALLEST_TYPE / 3,
        size=SMALLEST_TYPE,
        fill=style.palette.ink,
        family=style.family,
        anchor="start" if is_past else "end",
    )


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


def _issue_day(date: dt.date, x: float, foot: float, language: str, *, style: FigureStyle) -> str:
    """Draw a line across the bars on the day of the issue, with its date below."""
    palette, family, measure = style.palette, style.family, style.measure
    text = f"{localisation.label('This issue', language)}, {dates.full_date(date, language)}"
    width = measure(text, SMALLEST_TYPE, 600)
    left = min(max(x - width / 2, AXIS_LEFT), WIDTH - width)
    line = element("path", d=f"M{x:.2f} {_HEAD - 4:.2f}V{foot + 3:.2f}", stroke=palette.day, stroke_width=1)
    return line + words(
        text, left, foot + 11, size=SMALLEST_TYPE, fill=palette.day, family=family, weight=600
    )


def _lines(title: str, measure: Measure) -> list[str]:
    """Break a name into at most two lines for the facts column, the second shortened where necessary."""
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
