"""Dates, times and periods in words, in any language, by Babel.

All results are typeset, as those of `localisation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from babel.dates import format_date, format_interval, format_skeleton, format_time

from pipeline.typography.languages import locale_of, tag_of
from pipeline.typography.localisation import NBSP, label, typeset_data
from pipeline.typography.microtypography.setting import set_text

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.models.values.facts import Moment, PartialDate, Period

_OWN_DATES: Final = frozenset({"bg", "en", "ru", "uk", "sr"})
"""Languages whose dates are composed here; those of all others come from Babel."""

_SERBIAN_GENITIVE: Final = {"бар": "бра", "ар": "ара", "т": "та", "л": "ла", "ј": "ја", "н": "на"}
"""Endings of the months, the longest first."""


def full_date(date: dt.date, language: str) -> str:
    """Return a date in words: „20 декември 2023 г.“, “20 December 2023”."""
    pattern = "d MMMM y" if tag_of(language) == "en" else "long"
    return typeset_data(format_date(date, pattern, locale_of(language)), language)


def weekday(date: dt.date, language: str) -> str:
    """Return the day of the week: „сряда“, “Wednesday”."""
    return format_date(date, "EEEE", locale_of(language))


def month_name(date: dt.date, language: str) -> str:
    """Return the month alone: „декември“, “December”."""
    return format_date(date, "LLLL", locale_of(language))


def weekday_and_time(start: Moment, end: Moment | None, language: str) -> str:
    """Return the days of the week and the hours: „сряда, 10:00 ч.“, „вторник, 09:30 ч. – петък, 16:00 ч.“.

    Of several months, whose days the numerals beside them give without a year, the whole dates.
    """
    several = end is not None and end.date != start.date
    if end is None or not several:
        days = weekday(start.date, language)
        if start.time is None:
            return days
        clock = _clock(start.time, language)
        if end is not None and end.time is not None:
            clock += f"{_range(language)}{_clock(end.time, language)}"
        return set_text(f"{days}, {clock}{_hours(language)}", language)
    if (end.date.year, end.date.month) != (start.date.year, start.date.month):
        return span(start, end, language)
    begins, ends = (_weekday_at(each, language) for each in (start, end))
    if start.time is not None and end.time is None:
        hours = _time_of_day(start.time, language)
        return set_text(f"{weekday(start.date, language)} – {ends}, {hours}", language)
    return set_text(f"{begins} – {ends}", language)


def _weekday_at(when: Moment, language: str) -> str:
    day = weekday(when.date, language)
    return day if when.time is None else f"{day}, {_time_of_day(when.time, language)}"


def month_year(date: dt.date, language: str) -> str:
    """Return month and year: „декември 2023 г.“, “December 2023”."""
    if tag_of(language) not in _OWN_DATES:
        return typeset_data(format_skeleton("yMMMM", date, locale=locale_of(language)), language)
    return f"{month_name(date, language)} {_year(date.year, language)}"


def partial_date(date: PartialDate, language: str) -> str:
    """Return as much of a date as is known: „януари 2024 г.“, „2024 г.“."""
    if date.day is not None:
        return full_date(date.first_day, language)
    if date.month is not None:
        return month_year(date.first_day, language)
    return _year(date.year, language)


def date_interval(start: dt.date, end: dt.date, language: str) -> str:
    """Return the days from start to end: „16 – 17 ноември 2023 г.“, “16–17 November 2023”."""
    if start == end:
        return full_date(start, language)
    if tag_of(language) not in _OWN_DATES:
        return typeset_data(format_interval(start, end, "yMMMMd", locale=locale_of(language)), language)
    if (start.year, start.month) == (end.year, end.month):
        return typeset_data(f"{start.day}{_range(language)}{full_date(end, language)}", language)
    if start.year == end.year:
        opening = typeset_data(format_skeleton("MMMMd", start, locale=locale_of(language)), language)
        return typeset_data(f"{opening} – {full_date(end, language)}", language)
    return typeset_data(f"{full_date(start, language)} – {full_date(end, language)}", language)


def moment(when: Moment, language: str) -> str:
    """Return a day, and its time of day where one is known: „7 ноември 2023 г., 10:00 ч.“."""
    day = full_date(when.date, language)
    if when.time is None:
        return day
    return f"{day}, {_time_of_day(when.time, language)}"


def span(start: Moment, end: Moment | None, language: str, *, date_once: bool = True) -> str:
    """Return from when until when something is: „7 – 9 ноември 2023 г.“, „… г., 10:00 – 12:30 ч.“.

    Args:
        start: When it begins.
        end: When it ends, or None.
        language: The language of the text.
        date_once: Whether a span within one day has its date once; templates attached to archive PDFs of
            before call this without it, and had the date twice.
    """
    if end is None or end == start or (start.date == end.date and end.time is None):
        return moment(start, language)
    if date_once and start.date == end.date and end.time is not None:
        return _within_a_day(start, end.time, language)
    if start.time is None and end.time is None:
        return date_interval(start.date, end.date, language)
    return set_text(f"{moment(start, language)} – {moment(end, language)}", language)


def _within_a_day(start: Moment, end: dt.time, language: str) -> str:
    closing = _time_of_day(end, language)
    day = moment(start, language).removesuffix(_hours(language))
    if start.time is None:
        return set_text(f"{day}, {label('until {date}', language, date=closing)}", language)
    return set_text(f"{day}{_range(language)}{closing}", language)


def period(when: Period, language: str) -> str:
    """Return when something runs: „септември 2022 – септември 2024 г.“, „до януари 2024 г.“."""
    start, end = when.start, when.end
    if start is not None and end is not None:
        return _whole_period(start, end, language)
    if end is not None:
        return typeset_data(label("until {date}", language, date=_after_preposition(end, language)), language)
    if start is not None:
        return typeset_data(
            label("from {date}", language, date=_after_preposition(start, language)), language
        )
    return ""


def _whole_period(start: PartialDate, end: PartialDate, language: str) -> str:
    """Return a period with two ends; what both have in common is given once, at the end."""
    if start == end:
        return partial_date(start, language)
    tag = tag_of(language)
    if start.day is not None and end.day is not None:
        return date_interval(start.first_day, end.first_day, language)
    if tag not in _OWN_DATES or (start.month is None) != (end.month is None) or start.day or end.day:
        opening = partial_date(start, language)
    elif start.month is None:
        years = {"ru": f"{NBSP}гг.", "uk": f"{NBSP}рр."}.get(tag, _behind_year(tag))
        return f"{start.year}{_range(language)}{end.year}{years}"
    elif start.year != end.year:
        opening = f"{month_name(start.first_day, language)} {start.year}" + ("." if tag == "sr" else "")
    elif tag == "en":
        return f"{month_name(start.first_day, language)}–{month_year(end.first_day, language)}"
    else:
        opening = month_name(start.first_day, language)
    return typeset_data(f"{opening} – {partial_date(end, language)}", language)


def _after_preposition(date: PartialDate, language: str) -> str:
    """Return a partial date as it stands after „до“ or „от“; Slavic languages but Bulgarian decline it."""
    if date.month is None:
        return partial_date(date, language)
    tag = tag_of(language)
    if tag in {"ru", "uk"} and date.day is None:
        return f"{format_date(date.first_day, 'MMMM', locale_of(language))} {_year(date.year, language)}"
    if tag == "sr":
        month = month_name(date.first_day, language)
        ending = next(ending for ending in _SERBIAN_GENITIVE if month.endswith(ending))
        declined = month.removesuffix(ending) + _SERBIAN_GENITIVE[ending]
        return partial_date(date, language).replace(month, declined)
    return partial_date(date, language)


def _year(year: int, language: str) -> str:
    return f"{year}{_behind_year(tag_of(language))}"


def _behind_year(tag: str) -> str:
    return {"bg": f"{NBSP}г.", "ru": f"{NBSP}г.", "uk": f"{NBSP}р.", "sr": "."}.get(tag, "")


def _time_of_day(time: dt.time, language: str) -> str:
    return f"{_clock(time, language)}{_hours(language)}"


def _clock(time: dt.time, language: str) -> str:
    return format_time(time, "HH:mm", locale=locale_of(language))


def _hours(language: str) -> str:
    """Return what stands behind a time of day."""
    return f"{NBSP}ч." if tag_of(language) == "bg" else ""


def _range(language: str) -> str:
    return f"{NBSP}–{NBSP}" if tag_of(language) == "bg" else "–"
