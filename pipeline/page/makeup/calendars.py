"""A run of events as one calendar: by month, each with its day set large, and once what is common to all."""

from __future__ import annotations

import calendar as months
import datetime as dt
import itertools
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.typography import dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.models.issue import Article
    from pipeline.models.kinds.presentation import Fact
    from pipeline.models.values.facts import Moment

FEWEST_OF_A_PAGE: Final = 7
"""Events that are a page of their own, at least."""

_FEWEST_DRAWN: Final = 5
"""Events whose months are drawn day by day, at least."""

_LONGEST_NAME: Final = 5
"""Letters of the name of a month in the larger size; a wide face sets as many in its column."""

MOST_MONTHS: Final = 3
"""Months that are drawn day by day."""


class EventEntry(NamedTuple):
    """An event.

    Args:
        article: Its article.
        day: Its day, or its first and its last, as numerals.
        when: The day of the week, or the whole dates, and the time.
        place: Where it is.
        facts: What is not common to all events.
        is_wide: Whether it takes the whole width: it has a text.
    """

    article: Article
    day: str
    when: str
    place: str
    facts: tuple[Fact, ...]
    is_wide: bool


class EventMonth(NamedTuple):
    """The events that begin in a month.

    Args:
        name: Of the month.
        year: Its numerals.
        weeks: Its days by week, from Monday, 0 outside the month.
        busy: Days with an event.
        entries: In order.
    """

    name: str
    year: str
    weeks: tuple[tuple[int, ...], ...]
    busy: frozenset[int]
    entries: tuple[EventEntry, ...]

    @property
    def rows(self) -> tuple[tuple[EventEntry, ...], ...]:
        """The entries as they stand side by side: one that takes the whole width alone, others in twos."""
        rows: list[tuple[EventEntry, ...]] = []
        for entry in self.entries:
            if rows and len(rows[-1]) == 1 and not entry.is_wide and not rows[-1][0].is_wide:
                rows[-1] = (*rows[-1], entry)
            else:
                rows.append((entry,))
        return tuple(rows)


class EventCalendar(NamedTuple):
    """A calendar of events.

    Args:
        months: In order; those without events are left out.
        common: Facts that all events share.
    """

    months: tuple[EventMonth, ...]
    common: tuple[Fact, ...]

    @property
    def has_long_names(self) -> bool:
        """Whether the name of a month is too long for its column in the larger size."""
        return any(len(month.name) > _LONGEST_NAME for month in self.months)

    @property
    def drawn(self) -> tuple[EventMonth, ...]:
        """The months that are drawn day by day; none where there are too many."""
        events = sum(len(month.entries) for month in self.months)
        return self.months if events >= _FEWEST_DRAWN and len(self.months) <= MOST_MONTHS else ()


def calendar_of(articles: Sequence[Article], language: str) -> EventCalendar:
    """Return events as a calendar.

    Args:
        articles: The events, in order.
        language: Of the issue.
    """
    common = common_facts(articles)
    by_month = itertools.groupby(articles, key=lambda article: _start(article).date.replace(day=1))
    return EventCalendar(
        tuple(_month(first, tuple(group), articles, common, language) for first, group in by_month), common
    )


def common_facts(articles: Sequence[Article]) -> tuple[Fact, ...]:
    """Return the facts that several events share with all the others."""
    if len(articles) == 1:
        return ()
    first, *others = [_facts(article) for article in articles]
    return tuple(fact for fact in first if all(fact in facts for facts in others))


def _month(
    first: dt.date,
    group: tuple[Article, ...],
    articles: Sequence[Article],
    common: tuple[Fact, ...],
    language: str,
) -> EventMonth:
    weeks = tuple(map(tuple, months.Calendar().monthdayscalendar(first.year, first.month)))
    last = first.replace(day=months.monthrange(first.year, first.month)[1])
    busy = {day.day for article in articles for day in _days(article) if first <= day <= last}
    entries = tuple(_entry(article, common, language) for article in group)
    name = dates.month_name(first, language)
    return EventMonth(name, str(first.year), weeks, frozenset(busy), entries)


def _entry(article: Article, common: tuple[Fact, ...], language: str) -> EventEntry:
    entry = article.head.presentation.calendar
    assert entry is not None  # noqa: S101 - an event has one
    facts = tuple(fact for fact in _facts(article) if fact not in common)
    return EventEntry(
        article,
        day_of(entry.start, entry.end),
        dates.weekday_and_time(entry.start, entry.end, language),
        entry.place,
        facts,
        bool(article.body or article.head.standfirst),
    )


def day_of(start: Moment, end: Moment | None) -> str:
    """Return the day of an event as numerals: 5, 16 – 17, 30.6 – 6.7."""
    if end is None or end.date == start.date:
        return str(start.date.day)
    if (end.date.year, end.date.month) == (start.date.year, start.date.month):
        return f"{start.date.day}\u2013{end.date.day}"
    return f"{start.date.day}.{start.date.month}\u2013{end.date.day}.{end.date.month}"


def _facts(article: Article) -> tuple[Fact, ...]:
    """Return the facts of an event besides its time and place."""
    card = article.head.presentation.card
    return tuple(fact for fact in (card.facts if card else ()) if fact.label not in {"When", "Where"})


def _start(article: Article) -> Moment:
    entry = article.head.presentation.calendar
    assert entry is not None  # noqa: S101 - as above
    return entry.start


def _days(article: Article) -> list[dt.date]:
    entry = article.head.presentation.calendar
    assert entry is not None  # noqa: S101 - as above
    last = entry.end.date if entry.end else entry.start.date
    span = min((last - entry.start.date).days, 366)
    return [entry.start.date + dt.timedelta(days=day) for day in range(span + 1)]
