"""The timeline: every period is visible, open ends are marked, and the day of the issue is shown."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.page.figures.timeline import AXIS_LEFT, LONGEST, NAME_WIDTH, WIDTH, timeline
from tests.support.figure_specimens import (
    FIGURE_STYLE,
    PALETTE,
    corners,
    elements,
    measure,
    parsed,
    project,
    texts,
)

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from pipeline.page.figures.drawing import DrawnFigure, ProjectFacts

ISSUE: Final = dt.date(2023, 12, 20)


def drawn(*projects: ProjectFacts, language: str = "bg", issue: dt.date = ISSUE) -> DrawnFigure:
    return timeline(projects, issue, language, FIGURE_STYLE)


def painted(figure: DrawnFigure, **attributes: str) -> list[ET.Element]:
    return [
        node
        for node in elements(parsed(figure.svg), "path")
        if all(node.get(name) == value for name, value in attributes.items())
    ]


def bars(figure: DrawnFigure) -> list[list[tuple[float, float]]]:
    return [corners(node.get("d", "")) for node in painted(figure, fill=PALETTE.span)]


def ends(bar: list[tuple[float, float]]) -> tuple[float, float]:
    return min(x for x, _ in bar), max(x for x, _ in bar)


def years(figure: DrawnFigure) -> dict[int, float]:
    labels = (
        node for node in elements(parsed(figure.svg), "text") if re.fullmatch(r"\d{4}", node.text or "")
    )
    return {int(node.text or ""): float(node.get("x", "")) - 2 for node in labels}


def issue_line(figure: DrawnFigure) -> float:
    (line,) = painted(figure, stroke=PALETTE.day)
    return corners(line.get("d", ""))[0][0]


def test_a_known_period_begins_with_its_first_day_and_ends_after_its_last() -> None:
    figure = drawn(project(start="2022", end="2023-12"))
    (bar,) = bars(figure)
    at = years(figure)
    assert ends(bar) == pytest.approx((at[2022], WIDTH), abs=0.02)
    assert len(bar) == 4


def test_periods_lie_on_the_scale_of_days() -> None:
    figure = drawn(project(start="2022", end="2024"), project(start="2023-03-01", end="2023-03-31"))
    _, bar = bars(figure)
    whole = (dt.date(2025, 1, 1) - dt.date(2022, 1, 1)).days
    day = (WIDTH - AXIS_LEFT) / whole
    begins = (dt.date(2023, 3, 1) - dt.date(2022, 1, 1)).days
    assert ends(bar) == pytest.approx((AXIS_LEFT + begins * day, AXIS_LEFT + (begins + 31) * day), abs=0.02)


def test_an_unknown_start_is_a_point_to_the_left_and_an_unknown_end_one_to_the_right() -> None:
    open_start, open_end = bars(drawn(project(end="2024"), project(start="2023", end=None)))
    left, right = ends(open_start)
    assert [x for x, _ in open_start].count(left) == 1
    assert [x for x, _ in open_start].count(right) == 2
    assert left == pytest.approx(AXIS_LEFT, abs=0.01)
    left, right = ends(open_end)
    assert [x for x, _ in open_end].count(left) == 2
    assert [x for x, _ in open_end].count(right) == 1
    assert right == pytest.approx(WIDTH, abs=0.01)


def test_years_are_named_and_every_half_year_has_its_tick() -> None:
    figure = drawn(project(start="2022", end="2025"))
    assert list(years(figure)) == [2022, 2023, 2024, 2025]
    january = {corners(node.get("d", ""))[0][0] for node in painted(figure, stroke=PALETTE.year)}
    halves = [
        corners(node.get("d", ""))
        for node in painted(figure, stroke=PALETTE.thin)
        if "V" in node.get("d", "")
    ]
    assert len(january) == 5
    assert len(halves) == 4
    days = (dt.date(2026, 1, 1) - dt.date(2022, 1, 1)).days
    for year, ((x, _), _) in zip(range(2022, 2026), halves, strict=True):
        july = (dt.date(year, 7, 1) - dt.date(2022, 1, 1)).days
        assert x == pytest.approx(AXIS_LEFT + (WIDTH - AXIS_LEFT) * july / days, abs=0.01)


def test_the_day_of_the_issue_is_a_line_with_its_date() -> None:
    figure = drawn(project(start="2023", end="2024"))
    days = (dt.date(2025, 1, 1) - dt.date(2023, 1, 1)).days
    expected = AXIS_LEFT + (WIDTH - AXIS_LEFT) * (ISSUE - dt.date(2023, 1, 1)).days / days
    assert issue_line(figure) == pytest.approx(expected, abs=0.01)
    assert "Този брой, 20 декември 2023 г." in [text.replace("\u00a0", " ") for text in texts(figure)]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2023-12-20", "2023-12-20"),
        ("2023-12", "2023-12"),
        ("1995", "2025"),
        ("2010-02", "2012-05"),
        ("2012", "2040"),
        (None, "2012"),
        (None, "2017-01-02"),
        (None, "2030-12-31"),
        ("2030-12-30", "2044"),
        ("2031", None),
        ("2024-02-29", "2024-02-29"),
        ("1900", "1900"),
        ("2199", "2199"),
        ("1900", "2199"),
        (None, "1900"),
        ("2199", None),
    ],
)
def test_every_period_leaves_something_to_see_on_its_row(start: str | None, end: str | None) -> None:
    figure = drawn(project("А", start=start, end=end))
    (bar,) = bars(figure)
    left, right = ends(bar)
    assert left >= AXIS_LEFT - 0.02
    assert right <= WIDTH + 0.02
    assert right - left >= 2 - 0.02


@pytest.mark.parametrize(
    ("start", "end", "said", "at_left"),
    [
        ("1950", "1960", "1950 – 1960 г.", True),
        (None, "2012", "до 2012 г.", True),
        ("2150", None, "от 2150 г.", False),
    ],
)
def test_a_period_off_the_axis_is_said_beside_an_arrow_that_points_to_it(
    start: str | None, end: str | None, said: str, *, at_left: bool
) -> None:
    figure = drawn(project(start=start, end=end), project(start="2023", end="2024"))
    arrow, _ = bars(figure)
    assert len(arrow) == 3
    tip = arrow[0][0]
    assert tip == pytest.approx(AXIS_LEFT if at_left else WIDTH, abs=0.01)
    assert all(x > tip if at_left else x < tip for x, _ in arrow[1:])
    assert said in [text.replace("\u00a0", " ") for text in texts(figure)]


def test_an_axis_is_never_so_long_that_bars_become_specks() -> None:
    figure = drawn(project(start="1900", end="2199"), project(start="2023", end="2024"))
    assert len(years(figure)) <= LONGEST + 1
    cut, whole = bars(figure)
    assert len(painted(figure, stroke=PALETTE.white)) == 4
    assert ends(cut) == pytest.approx((AXIS_LEFT, WIDTH), abs=0.02)
    left, right = ends(whole)
    assert right - left > 40


def test_cuts_lie_within_their_bars() -> None:
    figure = drawn(project(start="2010", end="2016-12-25"), project(start="2030-12-25", end="2040"))
    edges = [ends(bar) for bar in bars(figure)]
    cuts = [ends(corners(node.get("d", ""))) for node in painted(figure, stroke=PALETTE.white)]
    assert len(cuts) == 4
    for left, right in cuts:
        assert any(least < left and right < most for least, most in edges)


def test_an_axis_of_half_a_year_still_names_its_year() -> None:
    assert list(years(drawn(project(start="2023-12", end="2023-12")))) == [2023]


def test_an_issue_long_after_every_end_is_on_the_axis() -> None:
    figure = drawn(project(start="2020", end="2021"), issue=dt.date(2024, 2, 29))
    assert AXIS_LEFT <= issue_line(figure) <= WIDTH
    assert max(years(figure)) == 2024


def test_projects_without_a_period_have_no_row() -> None:
    figure = drawn(project("Без срок"), project("Със срок", start="2023", end="2024"))
    assert [row[0] for row in figure.rows] == ["Със срок"]
    assert "Без срок" not in texts(figure)
    assert len(bars(figure)) == 1


def test_long_names_take_two_lines_of_the_facts_column_and_no_more() -> None:
    long = "Европейска мрежа от центрове за професионални постижения в областта на зелените технологии"
    figure = drawn(project(long, start="2023", end="2024"), project("П" * 300, start="2023", end="2024"))
    names = [node for node in elements(parsed(figure.svg), "text") if node.get("x") == "0"]
    assert len(names) == 3
    assert all(measure(node.text or "", 8.5, 600) <= NAME_WIDTH for node in names)
    assert [(node.text or "")[-1] for node in names[1:]] == ["…", "…"]
    assert figure.rows[0][0] == long


@pytest.mark.parametrize("language", ["bg", "en", "ru"])
def test_all_words_stay_on_the_drawing(language: str) -> None:
    figure = drawn(
        project("А", start="1950-02-02", end="1960-03-03"),
        project("Б", start="2150-02-02", end="2160-03-03"),
        project("В", start="2016-12-01", end="2030-12-24"),
        language=language,
    )
    words = list(elements(parsed(figure.svg), "text"))
    assert len(words) >= 3
    for node in words:
        weight, size = int(node.get("font-weight", "400")), float(node.get("font-size", "0"))
        width, x = measure(node.text or "", size, weight), float(node.get("x", "0"))
        left = x - width if node.get("text-anchor") == "end" else x
        assert left >= 0
        assert left + width <= WIDTH + 0.5


DAYS: Final = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
WRITTEN: Final = st.one_of(
    st.none(), DAYS.map(lambda day: f"{day:%Y}"), DAYS.map(lambda day: f"{day:%Y-%m}"), DAYS.map(str)
)


@given(
    st.lists(st.tuples(WRITTEN, WRITTEN), min_size=1, max_size=6),
    st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)),
)
@settings(deadline=None, max_examples=60)
def test_whatever_the_periods_each_is_seen_between_the_ends_of_the_axis(
    written: list[tuple[str | None, str | None]], issue: dt.date
) -> None:
    ordered = [
        (end, start) if start and end and end[:4] < start[:4] else (start, end) for start, end in written
    ]
    projects = [
        project(start=start and start[:4], end=end and end[:4] if start else end)
        for start, end in ordered
        if start or end
    ]
    assume(projects)
    figure = drawn(*projects, issue=issue)
    assert AXIS_LEFT - 0.02 <= issue_line(figure) <= WIDTH + 0.02
    assert len(bars(figure)) == len(projects)
    for bar in bars(figure):
        left, right = ends(bar)
        assert AXIS_LEFT - 0.02 <= left < right <= WIDTH + 0.02
