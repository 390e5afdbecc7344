"""The calendar file, read back by an independent parser."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from pipeline.desk.intake.starting import new
from pipeline.files.workspace import Workspace
from pipeline.page.calendar_file import calendar_file
from pipeline.reading.issue_reader import read_issue

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.models.issue import Issue

DATE = dt.date(2023, 12, 20)


def issue_with(root: Path, *heads: str) -> Issue:
    """Return an issue with an event for each head."""
    folder = new(root, DATE, "bg").folder
    plan = folder / "issue.yaml"
    for number, head in enumerate(heads):
        (folder / f"event-{number}.md").write_text(f"---\nkind: event\n{head}\n---\nТекст.\n", "utf-8")
        plan.write_text(f"{plan.read_text('utf-8')}      - event-{number}.md\n", "utf-8")
    reading = read_issue(folder, Workspace(root))
    assert reading.issue is not None, reading.findings
    return reading.issue


def events_of(data: bytes | None) -> list[Any]:
    assert data is not None
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_an_issue_without_events_has_no_calendar(tmp_path: Path) -> None:
    assert calendar_file(issue_with(tmp_path)) is None


def test_an_event_with_everything(tmp_path: Path) -> None:
    issue = issue_with(
        tmp_path,
        "title: 'Семинар; „Град, знание“ \\ бъдеще'\nstart: 07.11.2023 10:00\nend: 07.11.2023 17:30\n"
        "place: София, зала 2\nstandfirst: За всички.\nurl: https://example.org/събитие?a=1,2\n"
        "registration: https://example.org/reg\ndeadline: 2023-11-01",
    )
    (event,) = events_of(calendar_file(issue))
    assert event["SUMMARY"] == "Семинар; „Град, знание“ \\ бъдеще"
    assert event["LOCATION"] == "София, зала 2"
    assert event["DTSTART"].dt == dt.datetime(2023, 11, 7, 10, 0)  # noqa: DTZ001 - the clock of the place
    assert event["DTEND"].dt == dt.datetime(2023, 11, 7, 17, 30)  # noqa: DTZ001
    assert event["DTSTAMP"].dt == dt.datetime(2023, 12, 20, tzinfo=dt.UTC)
    assert event["URL"].isascii()
    assert event["DESCRIPTION"].split("\n")[0] == "За всички."
    assert "https://example.org/reg" in event["DESCRIPTION"]
    assert "1 ноември 2023" in event["DESCRIPTION"].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("start: 2023-11-07", dt.date(2023, 11, 7), dt.date(2023, 11, 8)),
        ("start: 2023-12-30\nend: 2024-01-02", dt.date(2023, 12, 30), dt.date(2024, 1, 3)),
        ("start: 2023-11-07\nend: 2023-11-08 12:00", dt.date(2023, 11, 7), dt.date(2023, 11, 9)),
        ("start: 2023-11-07 10:00", dt.datetime(2023, 11, 7, 10), None),  # noqa: DTZ001
        ("start: 2023-11-07 10:00\nend: 2023-11-07 10:00", dt.datetime(2023, 11, 7, 10), None),  # noqa: DTZ001
        ("start: 2023-11-07 10:00\nend: 2023-11-08", dt.datetime(2023, 11, 7, 10), dt.datetime(2023, 11, 9)),  # noqa: DTZ001
    ],
)
def test_days_end_on_the_day_after_and_times_at_the_minute(
    tmp_path: Path, when: str, start: dt.date, end: dt.date | None
) -> None:
    (event,) = events_of(calendar_file(issue_with(tmp_path, f"title: А\nplace: Б\n{when}")))
    assert event["DTSTART"].dt == start
    assert (event["DTEND"].dt if "DTEND" in event else None) == end


def test_lines_are_folded_between_letters(tmp_path: Path) -> None:
    title = "Дълго заглавие за събитие 日本 " * 12
    data = calendar_file(issue_with(tmp_path, f"title: {title}\nplace: Б\nstart: 2023-11-07"))
    assert data is not None
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line and line.decode() is not None for line in lines)
    assert events_of(data)[0]["SUMMARY"] == title.strip()


def test_identity_outlives_corrections(tmp_path: Path) -> None:
    head = "place: Б\nstart: 2023-11-07\ntitle: "
    issue = issue_with(tmp_path, head + "А", head + "Б")
    first = calendar_file(issue)
    assert first == calendar_file(issue)
    path = tmp_path / "issues/2023-12-20/event-0.md"
    path.write_text(path.read_text("utf-8").replace("title: А", "title: В"), "utf-8")
    mended = read_issue(path.parent, Workspace(tmp_path)).issue
    assert mended is not None
    second = calendar_file(mended)
    assert [event["UID"] for event in events_of(first)] == [event["UID"] for event in events_of(second)]
    assert len({event["UID"] for event in events_of(first)}) == 2
    assert events_of(second)[0]["SUMMARY"] == "В"


@pytest.mark.parametrize("host", ["пример.бг", "%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.%D0%B1%D0%B3"])
def test_a_host_in_cyrillic_is_named_as_the_name_system_has_it(tmp_path: Path, host: str) -> None:
    issue = issue_with(
        tmp_path, f"title: Опит\nstart: 2023-11-07\nplace: София\nurl: https://{host}:8080/събитие"
    )
    (event,) = events_of(calendar_file(issue))
    assert event["URL"].startswith("https://xn--e1afmkfd.xn--90ae:8080/%D1%81%D1%8A")
