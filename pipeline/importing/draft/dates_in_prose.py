"""Days, months and times as texts write them, and what they say of periods and deadlines."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.editor.language_words import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

_BETWEEN: Final = re.compile(
    r"\s*(?:г\.?|год(?:ина|\.)?)?\s*,?\s*"
    r"(?:[–—-]|до(?:\s+края\s+на)?|to|until|till|through|and)\s*(?:the end of\s*)?",
    re.IGNORECASE,
)
_HOUR: Final = r"(\d{1,2})(?:(?:[:.]|,(?=\d\d\s*ч))(\d\d))?"
_UNIT: Final = (
    r"(?:часа|часът|часова|часов|час|ч\.?|сати|časova|h|am|pm|a\.m\.|p\.m\.|uhr"
    r"|(?:-?(?:ій|й|тій|а|ї)\s+)?годин[іиу]?|год\.?)"
)
_TIME: Final = re.compile(
    r"\.?[\s,]{0,4}(?:година|године|godine|год\.|года|року|рік|р\.|г\.?)?[\s,]{0,4}(?:\([^()\d]{2,20}\))?[\s,–—-]{0,4}"
    r"(?:от|в|във|at|from|начало|начален час|час|об?|з|с|у|u|um|ab)?[\s:,]{0,4}"
    rf"{_HOUR}\s*(?P<unit>{_UNIT})?(?:\s*(?:до|–|—|-|to|until)\s*{_HOUR}\s*(?P<unit2>{_UNIT})?)?",
    re.IGNORECASE,
)
"""Of signs between, four are read at most: with any number, what follows a date could take for ever."""

_LAST_HOUR: Final = 23
_LAST_MINUTE: Final = 59
_NOON: Final = 12


class WrittenDate(NamedTuple):
    """A date in a text.

    Args:
        year: Or None where it is not written.
        month: Or None where the year alone is written.
        day: Or None where the month alone is written.
        start: Where in the text it begins.
        end: Behind its last character.
    """

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int

    def in_year(self, year: int | None) -> WrittenDate:
        """Return the date in a year, unless it has one."""
        return self._replace(year=self.year or year)

    @property
    def text(self) -> str:
        """The date as the fields of a file have it: `2026`, `2026-03`, `2026-03-15`; empty without a year."""
        if self.year is None:
            return ""
        parts = [f"{self.year}"]
        if self.month is not None:
            parts.append(f"{self.month:02}")
            if self.day is not None:
                parts.append(f"{self.day:02}")
        return "-".join(parts)


def dates_in(text: str, language: str) -> list[WrittenDate]:
    """Return the dates of a text, in order.

    Args:
        text: On one line.
        language: Its language; months of Bulgarian and English are recognised besides.
    """
    months = _months(language)
    dates: list[WrittenDate] = []
    for match in _dates_of(language).finditer(text):
        value = {key: each for key, each in match.groupdict().items() if each is not None}
        name = value.get("month") or value.get("month2") or value.get("month3")
        month = (
            months[name.casefold()]
            if name
            else int(value.get("m") or value.get("m2") or value.get("m3") or 0)
        )
        day = int(value.get("day") or value.get("day2") or value.get("d") or value.get("d2") or 0)
        year = next(
            (int(value[key]) for key in ("y1", "y2", "y3", "y4", "y5", "y6", "y7") if key in value), None
        )
        if _exists(year, month, day):
            dates.append(WrittenDate(year, month or None, day or None, match.start(), match.end()))
    return dates


def periods_in(text: str, language: str) -> Iterator[tuple[WrittenDate, WrittenDate]]:
    """Yield the periods of a text: two dates with „–“ or „до“ between them, the first not after the second.

    Args:
        text: On one line.
        language: Its language.
    """
    dates = dates_in(text, language)
    for first, second in itertools.pairwise(dates):
        if _BETWEEN.fullmatch(text[first.end : second.start]) and second.year is not None:
            begins = first.in_year(second.year)
            if begins.text[:7] <= second.text[:7]:
                yield begins, second


def times_behind(text: str, at: int) -> tuple[str, str, int]:
    """Return the time of day that follows a date, that until which it goes on, and where they end.

    Args:
        text: On one line.
        at: Behind the date.

    Returns:
        The times as `10:00`, empty where there is none.
    """
    match = _TIME.match(text, at)
    if match is None or not (match["unit"] or match["unit2"] or match[2]):
        return "", "", at
    unit = match["unit"] or match["unit2"] or ""
    first = _clock(match[1], match[2], unit)
    second = _clock(match[4], match[5], match["unit2"] or "") if match[4] else ""
    if not first:
        return "", "", at
    return first, second if second > first else "", match.end()


def _clock(hour: str, minute: str | None, unit: str) -> str:
    number, minutes = int(hour), int(minute or 0)
    half = unit.lower().replace(".", "")
    if half == "pm" and number < _NOON:
        number += _NOON
    return f"{number:02}:{minutes:02}" if number <= _LAST_HOUR and minutes <= _LAST_MINUTE else ""


def _exists(year: int | None, month: int, day: int) -> bool:
    try:
        dt.date(year or 2000, month or 1, day or 1)
    except ValueError:
        return False
    return True


@functools.cache
def _months(language: str) -> dict[str, int]:
    known: dict[str, int] = {}
    for each in dict.fromkeys((language, "bg", "en")):
        for form in MONTHS.get(each.partition("-")[0], ()):
            for number, month in enumerate(form, 1):
                known.setdefault(month.casefold(), number)
    return known


@functools.cache
def _dates_of(language: str) -> re.Pattern[str]:
    name = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    year = r"(?:19|20)\d\d"
    return re.compile(
        rf"(?<![\d.,])(?P<d>\d{{1,2}})[./](?P<m>\d{{1,2}})[./](?P<y1>{year})(?!\d)"
        rf"|(?<!\d)(?P<y2>{year})-(?P<m2>\d\d)-(?P<d2>\d\d)(?!\d)"
        rf"|(?<![\d.,])(?P<day>\d{{1,2}})(?:-?(?:ви|ри|ти|ми|го)|st|nd|rd|th|\.)?\s+(?P<month>{name})(?!\w)(?:,?\s+(?P<y3>{year})(?!\d))?"
        rf"|(?<!\w)(?P<month2>{name})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d.:])(?:,?\s+(?P<y4>{year})(?!\d))?"
        rf"|(?<!\w)(?P<month3>{name})(?!\w)(?:,?\s+(?P<y5>{year})(?!\d))?"
        rf"|(?<![\d.,])(?P<m3>0[1-9]|1[0-2])[./](?P<y6>{year})(?!\d)"
        rf"|(?<![\d.,/-])(?P<y7>{year})(?![\d./-]*\d)",
        re.IGNORECASE,
    )
