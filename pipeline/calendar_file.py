"""The events of an issue as an iCalendar file (RFC 5545), for the reader's own calendar."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Final

from pipeline.models.articles import EventHead

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.models.facts import Moment
    from pipeline.models.issue import Article, Issue

_LONGEST_LINE: Final = 75
"""Octets of a line before it is folded (RFC 5545, 3.1)."""


def calendar_file(issue: Issue) -> bytes | None:
    """Return the events of an issue as iCalendar, or None where it has none.

    Times are local time as the issue gives it, without a zone (RFC 5545, 3.3.5, form 1): they mean
    the clock of the place. The same issue always gives the same bytes.
    """
    events = [article for article in issue.articles if isinstance(article.head, EventHead)]
    if not events:
        return None
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Bulletin Press//EN", "CALSCALE:GREGORIAN"]
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
    yield _moment("DTSTART", head.start)
    if head.end is not None:
        whole_days = head.end.time is None
        # The end of whole days is the first day after (RFC 5545, 3.6.1).
        end = head.end.model_copy(update={"date": head.end.date + dt.timedelta(days=1)}) if whole_days else head.end
        yield _moment("DTEND", end)
    yield f"SUMMARY:{_escaped(head.title)}"
    yield f"LOCATION:{_escaped(head.place)}"
    if head.standfirst:
        yield f"DESCRIPTION:{_escaped(head.standfirst)}"
    if head.url:
        yield f"URL:{head.url}"
    yield "END:VEVENT"


def _moment(name: str, moment: Moment) -> str:
    if moment.time is None:
        return f"{name};VALUE=DATE:{moment.date:%Y%m%d}"
    return f"{name}:{moment.date:%Y%m%d}T{moment.time:%H%M%S}"


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
