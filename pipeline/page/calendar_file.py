"""The events of an issue as an iCalendar file (RFC 5545), for the reader's own calendar."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pipeline.models.kinds.event import EventHead
from pipeline.typography import localisation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.models.issue import Article, Issue
    from pipeline.models.values.facts import Moment

_LONGEST_LINE: Final = 75
"""Octets of a line before it is folded (RFC 5545, 3.1)."""

_DAY: Final = dt.timedelta(days=1)
_URI_SIGNS: Final = "%:/?#[]@!$&'()*+,;=~"


def calendar_file(issue: Issue) -> bytes | None:
    """Return the events of an issue as iCalendar, or None where it has none.

    Times are local time as the issue gives it, without a zone (RFC 5545, 3.3.5, form 1): they mean
    the clock of the place, which the issue does not name. The same issue always gives the same
    bytes; an event keeps its UID whatever is mended in it, so that a newer file updates an older.

    Args:
        issue: As read: typography is for the page.
    """
    events = [article for article in issue.articles if isinstance(article.head, EventHead)]
    if not events:
        return None
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Bulletin Press//EN", "CALSCALE:GREGORIAN"]
    lines.append("METHOD:PUBLISH")
    for article in events:
        lines += _event(article, issue)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines).encode()


def _event(article: Article, issue: Issue) -> Iterator[str]:
    head = article.head
    assert isinstance(head, EventHead)  # noqa: S101 - only events come here
    host = issue.publication.publisher.email.rpartition("@")[2]
    identity = hashlib.sha256(f"{issue.folder}/{article.name}".encode()).hexdigest()[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{identity}@{host}"
    yield f"DTSTAMP:{issue.date:%Y%m%d}T000000Z"
    yield from _span(head.start, head.end)
    yield f"SUMMARY:{_escaped(head.title)}"
    yield f"LOCATION:{_escaped(head.place)}"
    if description := "\n".join(_description(head, issue.language)):
        yield f"DESCRIPTION:{_escaped(description)}"
    if head.url:
        yield f"URL:{quote(head.url, safe=_URI_SIGNS)}"
    yield "END:VEVENT"


def _description(head: EventHead, language: str) -> Iterator[str]:
    if head.standfirst:
        yield head.standfirst
    if head.registration:
        yield f"{localisation.label('Registration', language)}: {head.registration}"
    if head.deadline:
        day = localisation.full_date(head.deadline, language)
        yield f"{localisation.label('Deadline', language)}: {day}"


def _span(start: Moment, end: Moment | None) -> Iterator[str]:
    """Give start and end, both days or both times (RFC 5545, 3.8.2.2); the end is the first moment after."""
    if start.time is None:
        yield f"DTSTART;VALUE=DATE:{start.date:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{(end or start).date + _DAY:%Y%m%d}"
        return
    begins = dt.datetime.combine(start.date, start.time)
    yield f"DTSTART:{begins:%Y%m%dT%H%M%S}"
    if end is None:
        return
    ends = dt.datetime.combine(end.date, end.time or dt.time(0)) + (dt.timedelta(0) if end.time else _DAY)
    if ends > begins:
        yield f"DTEND:{ends:%Y%m%dT%H%M%S}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold a line so that no octet sequence of UTF-8 is parted."""
    parts = [""]
    size = 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LONGEST_LINE:
            parts.append("")
            size = 1
        parts[-1] += character
        size += octets
    return "\r\n ".join(parts) + "\r\n"
