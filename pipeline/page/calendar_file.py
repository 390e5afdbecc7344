"""The entries of an issue's calendar as an iCalendar file (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlsplit

from pipeline.page.fact_values import fact_text
from pipeline.typography import localisation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from icalendar import Event

    from pipeline.models.issue import Article, Issue
    from pipeline.models.kinds.presentation import CalendarEntry
    from pipeline.models.values.facts import Moment

_DAY: Final = dt.timedelta(days=1)
_URI_SIGNS: Final = "%:/?#[]@!$&'()*+,;=~"


def calendar_file(issue: Issue) -> bytes | None:
    """Return the calendar of an issue as iCalendar, or None where it has no entries.

    Times are local times as the issue gives them, without a zone (RFC 5545, 3.3.5, form 1): the issue does
    not name the time zone of the place. The same issue always gives the same bytes; an entry keeps its UID
    when it is corrected, so that a newer file updates an older one.

    Args:
        issue: As read, without typography.
    """
    entries = [
        (article, entry)
        for article in issue.articles
        if (entry := article.head.presentation.calendar) is not None
    ]
    if not entries:
        return None
    from icalendar import Calendar  # noqa: PLC0415 - slow to load

    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Bulletin Press//EN")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    for article, entry in entries:
        calendar.add_component(_event(article, entry, issue))
    data: bytes = calendar.to_ical(sorted=False)
    return data


def _event(article: Article, entry: CalendarEntry, issue: Issue) -> Event:
    from icalendar import Event  # noqa: PLC0415 - slow to load

    host = issue.publication.publisher.email.rpartition("@")[2]
    identity = hashlib.sha256(f"{issue.folder}/{article.name}".encode()).hexdigest()[:32]
    begins, ends = _span(entry.start, entry.end)
    event = Event()
    event.add("UID", f"{identity}@{host}")
    event.add("DTSTAMP", dt.datetime.combine(issue.date, dt.time(0), dt.UTC))
    event.add("DTSTART", begins)
    if ends is not None:
        event.add("DTEND", ends)
    event.add("SUMMARY", article.head.title)
    event.add("LOCATION", entry.place)
    if description := "\n".join(_description(article, entry, issue.language)):
        event.add("DESCRIPTION", description)
    if entry.url:
        event.add("URL", _uri(entry.url))
    return event


def _uri(address: str) -> str:
    """Return a web address in ASCII: its host as the name system has it (RFC 3490), the rest encoded."""
    parts = urlsplit(address)
    host = unquote(parts.hostname or "")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            host = quote(host)
        port = f":{parts.port}" if parts.port else ""
        address = parts._replace(netloc=f"{host}{port}").geturl()
    return quote(address, safe=_URI_SIGNS)


def _description(article: Article, entry: CalendarEntry, language: str) -> Iterator[str]:
    if article.head.standfirst:
        yield article.head.standfirst
    for label, value in entry.facts:
        yield f"{localisation.label(label, language)}: {fact_text(value, language)}"


def _span(start: Moment, end: Moment | None) -> tuple[dt.date, dt.date | None]:
    """Return start and end, both days or both times; the end is the first moment after (RFC 5545, 3.8.2)."""
    if start.time is None:
        return start.date, (end or start).date + _DAY
    begins = dt.datetime.combine(start.date, start.time)
    if end is None:
        return begins, None
    ends = dt.datetime.combine(end.date, end.time or dt.time(0)) + (dt.timedelta(0) if end.time else _DAY)
    return begins, ends if ends > begins else None
