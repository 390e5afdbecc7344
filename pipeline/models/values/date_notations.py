"""Dates as people write them, part by part; whether such a day exists is checked by the model."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_BULGARIAN = re.compile(r"(?:(?:(\d{1,2})\.)?(\d{1,2})\.)?(\d{4})(?: ?г\.?)?")


def date_parts(text: str) -> tuple[int, int | None, int | None] | None:
    """Read year, month and day from `2024-01-05`, `2024-01`, `2024`, `05.01.2024` or `01.2024`."""
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _BULGARIAN.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    return int(year), int(month) if month else None, int(day) if day else None


def whole_day(text: str) -> dt.date | None:
    """Read a day, as `date_parts` does; None where it is no whole one, or not in the calendar."""
    parts = date_parts(text.strip())
    if parts is None or None in parts:
        return None
    try:
        return dt.date(parts[0], parts[1] or 0, parts[2] or 0)
    except ValueError:
        return None


_MONTHS: Final = (
    ("яну", "jan"), ("фев", "feb"), ("мар", "mar"), ("апр", "apr"), ("май", "may"), ("юни", "jun"),
    ("юли", "jul"), ("авг", "aug"), ("сеп", "sep"), ("окт", "oct"), ("ное", "nov"), ("дек", "dec"),
)  # fmt: skip
_IN_WORDS: Final = (
    r"(?P<day>\d{1,2})(?:\.\s*|\s+|[-/])(?P<month>[^\W\d_]{3,}\.?|\d{1,2})[\s./-]+(?P<year>\d{4})(?:\s*г(?:\.|одина)?)?"
    r"(?:[\s,]+(?:от\s+|в\s+)?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?:\s*(?:ч|часа)\.?)?|\s*(?:ч|часа)\.?))?"
)


def date_guess(text: str) -> str:
    """Return a day, and a time where there is one, as files write it: “20 декември 2023 г.” as 2023-12-20.

    Args:
        text: As somebody wrote it; empty is returned where it is no such day.
    """
    match = re.fullmatch(_IN_WORDS, text.strip(), re.IGNORECASE)
    if match is None:
        return ""
    word = match["month"].lower()
    month = int(word) if word.isdigit() else _month(word)
    try:
        day = dt.date(int(match["year"]), month, int(match["day"]))
        time = dt.time(int(match["hour"] or 0), int(match["minute"] or 0))
    except ValueError:
        return ""
    return day.isoformat() + (f" {time:%H:%M}" if match["hour"] else "")


def _month(word: str) -> int:
    return next((number for number, names in enumerate(_MONTHS, 1) if word.startswith(names)), 0)
