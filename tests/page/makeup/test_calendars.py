"""A run of events becomes one calendar."""

from __future__ import annotations

from pipeline.page.makeup.calendars import calendar_of
from tests.page.makeup.issues_made_up import event


def test_the_days_of_an_event_are_set_as_numerals() -> None:
    calendar = calendar_of([event("a.md", "2024-05-07"), event("b.md", "2024-05-18", hour=19)], "bg")
    (month,) = calendar.months
    assert (month.name, month.year) == ("май", "2024")
    assert [(each.day, each.when) for each in month.entries] == [
        ("7", "вторник"),
        ("18", "събота, 19:00\u00a0ч."),
    ]
    assert month.busy == {7, 18}


def test_months_are_drawn_where_there_are_events_enough_for_a_page() -> None:
    days = [f"2024-05-{day:02}" for day in (2, 7, 15, 18, 20)]
    assert len(calendar_of([event(f"{day}.md", day) for day in days], "bg").drawn) == 1
    assert calendar_of([event("a.md", days[0])], "bg").drawn == ()
