"""Events of calendar files: at the time of their place, what is none of them listed."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from pipeline.findings.finding import IssueError
from pipeline.importing.formats.calendars import MOST_EVENTS, read_calendar
from tests.importing.helpers import article, import_file, written

if TYPE_CHECKING:
    from pathlib import Path

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y
{calendar}
BEGIN:VEVENT
UID:1@example.org
DTSTAMP:20240301T000000Z
{event}
SUMMARY:Семинар за данни
END:VEVENT
END:VCALENDAR
"""


def calendar(event: str, of_calendar: str = "METHOD:REQUEST") -> bytes:
    return CALENDAR.format(calendar=of_calendar, event=event).replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("event", "of_calendar", "times", "told"),
    [
        ("DTSTART;TZID=FLE Standard Time:20240405T100000", "", "2024-04-05 10:00", []),
        ("DTSTART;TZID=Europe/London:20240405T100000", "", "2024-04-05 10:00", ["W547"]),
        (
            "DTSTART:20240405T070000Z\nDTEND:20240405T080000Z",
            "X-WR-TIMEZONE:Europe/Sofia",
            "2024-04-05 10:00, 2024-04-05 11:00",
            ["W547"],
        ),
        ("DTSTART:20240405T070000Z", "X-WR-TIMEZONE:Europe/Berlin", "2024-04-05 09:00", ["W547"]),
        ("DTSTART;VALUE=DATE:20240405\nDTEND;VALUE=DATE:20240406", "", "2024-04-05", []),
        ("DTSTART;VALUE=DATE:20240405\nDTEND;VALUE=DATE:20240408", "", "2024-04-05, 2024-04-07", []),
        ("DTSTART:20240405T220000\nDURATION:PT4H", "", "2024-04-05 22:00, 2024-04-06 02:00", []),
        ("DTSTART:20240405T100000\nRRULE:FREQ=WEEKLY;COUNT=3", "", "2024-04-05 10:00", ["W500"]),
    ],
)
def test_times_are_those_at_the_place(event: str, of_calendar: str, times: str, told: list[str]) -> None:
    (read,), findings = read_calendar(calendar(event, of_calendar or "METHOD:REQUEST"), "a.ics")
    assert ", ".join(each for each in (read.start, read.end) if each) == times
    assert [finding.code for finding in findings] == told


@pytest.mark.parametrize(
    ("of_calendar", "event", "code"),
    [
        ("METHOD:CANCEL", "DTSTART:20240405T100000", "W548"),
        ("METHOD:REQUEST", "DTSTART:20240405T100000\nSTATUS:CANCELLED", "W548"),
        ("METHOD:REPLY", "DTSTART:20240405T100000", "W500"),
    ],
)
def test_what_calls_off_or_answers_is_no_event(of_calendar: str, event: str, code: str) -> None:
    events, findings = read_calendar(calendar(event, of_calendar), "a.ics")
    assert events == []
    assert [finding.code for finding in findings] == [code]


def test_an_invitation_without_a_place_is_offered(tmp_path: Path) -> None:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "Милена Колева <milena@example.org>", "Новина от клуба"
    letter.set_content("Каним Ви на семинар.")
    letter.add_attachment(calendar("DTSTART:20240405T100000"), "text", "calendar", filename="invite.ics")
    text = article(import_file(tmp_path, written(tmp_path, "m.eml", bytes(letter))))
    assert text.startswith("---\nkind: article\n#")
    assert "# kind: event\n" in text
    assert '# start: "2024-04-05 10:00"\n' in text or "# start: 2024-04-05 10:00\n" in text


def test_what_a_calendar_describes_is_the_text_where_the_mail_has_none(tmp_path: Path) -> None:
    event = "DTSTART:20240405T100000\nLOCATION:Зала 3\nDESCRIPTION:Ще говорим за данни.\\nЗаповядайте!"
    path = written(tmp_path, "invite.ics", calendar(event))
    imported = import_file(tmp_path, path)
    text = article(imported)
    assert "kind: event" in text
    assert "place: Зала 3" in text
    assert text.endswith("---\nЩе говорим за данни.\\\nЗаповядайте!\n")
    assert imported.report.share == 1


def test_what_is_no_calendar_is_refused_alone() -> None:
    with pytest.raises(IssueError) as caught:
        read_calendar(b"\x00\x01", "a.ics")
    assert caught.value.findings[0].code == "E500"


def test_tasks_and_notes_of_a_calendar_are_listed() -> None:
    task = "BEGIN:VTODO\nUID:1\nSUMMARY:Да се купи хартия\nEND:VTODO"
    data = f"BEGIN:VCALENDAR\nVERSION:2.0\n{task}\nEND:VCALENDAR\n"
    events, findings = read_calendar(data.replace("\n", "\r\n").encode(), "a.ics")
    assert (events, [each.code for each in findings]) == ([], ["W500"])


def test_no_event_beyond_the_bound_is_lost_silently() -> None:
    one = "BEGIN:VEVENT\nUID:{0}\nDTSTART:20240405T100000\nSUMMARY:Среща {0}\nEND:VEVENT\n"
    many = "".join(one.format(number) for number in range(MOST_EVENTS + 2))
    data = f"BEGIN:VCALENDAR\nVERSION:2.0\n{many}END:VCALENDAR\n"
    events, findings = read_calendar(data.replace("\n", "\r\n").encode(), "a.ics")
    assert len(events) == MOST_EVENTS
    assert [dict(each.values)["found"] for each in findings] == [
        f"Среща {number}" for number in (MOST_EVENTS, MOST_EVENTS + 1)
    ]
