"""Reads events from calendar files (iCalendar, RFC 5545), as invitations in mail carry them (RFC 6047)."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.findings.finding import IssueError, found
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.model.incoming_event import IncomingEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.finding import Finding

LARGEST: Final = 5_000_000
"""The most bytes of a calendar file."""

MOST_EVENTS: Final = 100
"""The most events that are read; further ones are listed."""

HOME: Final = "Europe/Sofia"
"""The zone of times that are given in UTC alone, by a calendar that names no zone of its own."""

_SHORT: Final = 90
_DAY: Final = dt.timedelta(days=1)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")


def read_calendar(data: bytes, name: str) -> tuple[list[IncomingEvent], list[Finding]]:
    """Read the events of a calendar file.

    Times in a zone are kept as they are at the place; times in UTC are told in the calendar's own zone, else
    in that of Sofia. Either is said (W547) where it is not the time in Sofia. An event that is called off
    (W548), an answer to an invitation, a task, a note and all that has no start is no event, and is listed,
    as are events beyond `MOST_EVENTS`.

    Args:
        data: The file.
        name: The name of its mail or its own, for the findings.

    Raises:
        IssueError: It is no calendar, or too large (E500).
    """
    from icalendar import Calendar  # noqa: PLC0415 - slow to load

    if len(data) > LARGEST:
        raise IssueError(
            [found("E500", None, name=name, kind="iCalendar", problem=f"> {LARGEST / 1e6:.0f} MB")]
        )
    try:
        calendars: list[Any] = Calendar.from_ical(_decoded(data), multiple=True)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        problem = str(error)[:100] or type(error).__name__
        raise IssueError([found("E500", None, name=name, kind="iCalendar", problem=problem)]) from error
    events: list[IncomingEvent] = []
    findings: list[Finding] = []
    for calendar in calendars:
        zone = _zone_of(calendar)
        method = str(calendar.get("METHOD", "")).upper()
        components = calendar.walk("VEVENT")
        for component in components[:MOST_EVENTS]:
            _read_event(component, zone, method, name, events, findings)
        others = [*components[MOST_EVENTS:], *calendar.walk("VTODO"), *calendar.walk("VJOURNAL")]
        for component in others:
            _list(component, method, name, findings)
    if not events and not findings:
        raise IssueError([found("E500", None, name=name, kind="iCalendar", problem="VEVENT –")])
    return events, findings


def _read_event(
    component: Any,  # noqa: ANN401 - the library is not typed
    zone: ZoneInfo,
    method: str,
    name: str,
    events: list[IncomingEvent],
    findings: list[Finding],
) -> None:
    title = _text(component, "SUMMARY")
    if method == "CANCEL" or _text(component, "STATUS").upper() == "CANCELLED":
        findings.append(found("W548", None, name=name, found=shortened(title, _SHORT)))
        return
    start = _moment(component, "DTSTART")
    if start is None or method in {"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"}:
        _list(component, method, name, findings)
        return
    end = _end(component, start)
    organiser, address = _organiser(component)
    description = _text(component, "DESCRIPTION", lines=True)
    event = IncomingEvent(
        title=title,
        start=_written(start, zone),
        end=_written(end, zone) if end is not None and _written(end, zone) != _written(start, zone) else "",
        place=" ".join(_text(component, "LOCATION").split()),
        url=next(iter(_ADDRESS.findall(_text(component, "URL"))), ""),
        organiser=organiser,
        address=address,
        description=description,
    )
    if event not in events:
        events.append(event)
        findings += _remarks(component, start, event, name)


def _list(component: Any, method: str, name: str, findings: list[Finding]) -> None:  # noqa: ANN401
    """List the words of what is no event."""
    words = (_text(component, "SUMMARY"), _text(component, "DESCRIPTION"))
    written = " ".join(each for each in words if each) or method
    if written:
        findings.append(found("W500", None, name=name, found=shortened(written, _SHORT)))


def _remarks(component: Any, start: dt.date, event: IncomingEvent, name: str) -> Iterator[Finding]:  # noqa: ANN401
    """Yield what an event says that its fields do not: another zone, days it comes again, who calls it."""
    if isinstance(start, dt.datetime) and start.tzinfo is not None:
        here = start.astimezone(ZoneInfo(HOME))
        if here.strftime("%Y-%m-%d %H:%M") != event.start or start.utcoffset() == dt.timedelta(0):
            given = f"{start:%Y-%m-%d %H:%M} {start.tzname() or start.tzinfo}"
            yield found("W547", None, name=name, found=given, time=event.start)
    if (rule := component.get("RRULE")) is not None:
        written = rule.to_ical().decode("utf-8", "replace")
        yield found("W500", None, name=name, found=shortened(f"RRULE {written}", _SHORT))


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("windows-1251", "replace")
    # Lines that mail programs broke without the space that goes on with a line are joined to the one before.
    return re.sub(r"\r?\n(?![A-Za-z-]+[;:]|[ \t]|$)", r"\\n", text.replace("\r\n", "\n")).replace(
        "\n", "\r\n"
    )


def _text(component: Any, key: str, *, lines: bool = False) -> str:  # noqa: ANN401
    value = component.get(key)
    values = value if isinstance(value, list) else [value]
    text = "\n".join(str(each) for each in values if each is not None)
    return text.strip() if lines else " ".join(text.split())


def _moment(component: Any, key: str) -> dt.date | None:  # noqa: ANN401
    value = getattr(component.get(key), "dt", None)
    return value if isinstance(value, dt.date) else None


def _end(component: Any, start: dt.date) -> dt.date | None:  # noqa: ANN401
    """Return the last moment of an event, or its last day; None where it is not after the start."""
    end = _moment(component, "DTEND")
    length = getattr(component.get("DURATION"), "dt", None)
    if end is None and isinstance(length, dt.timedelta):
        end = start + length
    if end is None:
        return None
    if not isinstance(end, dt.datetime):
        # A day as the end is the first that is not in it (RFC 5545, 3.6.1).
        end -= _DAY
        return end if not isinstance(start, dt.datetime) and end > start else None
    if not isinstance(start, dt.datetime) or (end.tzinfo is None) != (start.tzinfo is None):
        return None
    return end if end > start else None


def _written(moment: dt.date, zone: ZoneInfo) -> str:
    """Return a moment as the fields of an event have it."""
    if not isinstance(moment, dt.datetime):
        return moment.isoformat()
    if moment.tzinfo is not None and moment.utcoffset() == dt.timedelta(0) and _is_utc(moment):
        moment = moment.astimezone(zone)
    return f"{moment:%Y-%m-%d %H:%M}"


def _is_utc(moment: dt.datetime) -> bool:
    return str(moment.tzinfo) in {"UTC", "Etc/UTC", "GMT", "Z", "UTC+00:00", "tzutc()"}


def _zone_of(calendar: Any) -> ZoneInfo:  # noqa: ANN401
    """Return the zone a calendar names for itself, or that of its only table of a zone, or that of Sofia."""
    from icalendar.timezone import windows_to_olson  # noqa: PLC0415 - slow to load

    named = [str(calendar.get("X-WR-TIMEZONE", ""))]
    tables = [str(each.get("TZID", "")) for each in calendar.walk("VTIMEZONE")]
    named += tables if len(tables) == 1 else []
    for name in named:
        olson = windows_to_olson.WINDOWS_TO_OLSON.get(name, name)
        try:
            return ZoneInfo(olson)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ZoneInfo(HOME)


def _organiser(component: Any) -> tuple[str, str]:  # noqa: ANN401
    organiser = component.get("ORGANIZER")
    if organiser is None:
        return "", ""
    address = re.sub(r"^mailto:", "", str(organiser), flags=re.IGNORECASE)
    name = " ".join(str(getattr(organiser, "params", {}).get("CN", "")).strip("\"'").split())
    return name, address if "@" in address else ""
