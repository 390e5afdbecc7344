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


def test_events_stand_in_twos_and_one_with_a_text_alone() -> None:
    events = [
        event("a", "2024-05-01"),
        event("b", "2024-05-02"),
        event("c", "2024-05-03", text="Очакваме ви."),
        event("d", "2024-05-04"),
        event("e", "2024-05-05"),
        event("f", "2024-05-06"),
    ]
    (month,) = calendar_of(events, "bg").months
    rows = [[entry.article.name for entry in row] for row in month.rows]
    assert rows == [["a", "b"], ["c"], ["d", "e"], ["f"]]


def test_a_long_name_of_a_month_is_set_smaller_so_that_it_stays_whole() -> None:
    assert calendar_of([event("a", "2024-02-01")], "bg").has_long_names
    assert not calendar_of([event("a", "2024-05-01")], "bg").has_long_names
