"""Figures: the emblem of the Union, budgets on a common scale, and requirements of every drawing."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.page.figures.bar_lengths import BREAK_AT, FAR_LARGER, budget_bars
from pipeline.page.figures.drawing import DrawnFigure, ProjectFacts, drawing, element, words
from pipeline.page.figures.eu_emblem import EMBLEM_IN_RGB, eu_emblem, stars_of
from pipeline.page.figures.partner_map import partner_map
from pipeline.page.figures.timeline import timeline
from tests.support.figure_specimens import (
    FIGURE_STYLE,
    HOSTILE,
    PALETTE,
    SVG,
    colours,
    elements,
    parsed,
    project,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ISSUE: Final = dt.date(2023, 12, 20)
ALLOWED: Final = {f"{SVG}{tag}" for tag in ("svg", "title", "desc", "path", "circle", "text")}


def drawn_timeline(*titles: str) -> DrawnFigure:
    projects = [project(title, start="2023-02", end="2025-06") for title in titles]
    return timeline(projects, ISSUE, "bg", FIGURE_STYLE)


def drawn_map(*titles: str) -> DrawnFigure:
    projects = [project(title, countries=("BG", "ES", "MT")) for title in titles]
    return partner_map(projects, "BG", "bg", FIGURE_STYLE)


BOTH: Final = pytest.mark.parametrize("drawn", [drawn_timeline, drawn_map])


@BOTH
def test_a_figure_says_in_words_what_it_shows(drawn: Callable[..., DrawnFigure]) -> None:
    figure = drawn("Зелен град", "Умен град")
    root = parsed(figure.svg)
    (title,), (description,) = elements(root, "title"), elements(root, "desc")
    assert figure.title
    assert figure.alternative != figure.title
    assert title.text == figure.alternative
    assert description.text == figure.title
    assert root.get("role") == "img"


def test_the_timeline_carries_its_data() -> None:
    projects = [project("Зелен град", start="2022-09", end="2024-09"), project("Умен град", end="2024")]
    figure = timeline(projects, ISSUE, "bg", FIGURE_STYLE)
    assert figure.header == ("Проект", "Начало", "Край")
    shown = [tuple(cell.replace("\u00a0", " ") for cell in row) for row in figure.rows]
    assert shown == [
        ("Зелен град", "септември 2022 г.", "септември 2024 г."),
        ("Умен град", "няма данни", "2024 г."),
    ]
    assert "Зелен град" in figure.alternative
    assert "Умен град" in figure.alternative


def test_the_map_carries_its_data() -> None:
    projects = [project("А", countries=("BG", "NL")), project("Б", countries=("NL", "IE")), project("В")]
    figure = partner_map(projects, "BG", "bg", FIGURE_STYLE)
    assert figure.header == ("Държава", "Проекти")
    assert figure.rows == (("България", "А"), ("Нидерландия", "А, Б"), ("Ирландия", "Б"))
    assert all(row[0] in figure.alternative for row in figure.rows)


@BOTH
def test_a_figure_is_painted_from_the_palette_alone(drawn: Callable[..., DrawnFigure]) -> None:
    assert colours(parsed(drawn("А", "Б").svg)) <= set(PALETTE)


@BOTH
def test_no_line_is_thinner_than_print_can_hold(drawn: Callable[..., DrawnFigure]) -> None:
    root = parsed(drawn("А", "Б").svg)
    widths = [float(node.get("stroke-width", "0")) for node in root.iter() if node.get("stroke")]
    assert widths
    assert min(widths) >= 0.25


@BOTH
def test_no_type_is_smaller_than_the_page_allows(drawn: Callable[..., DrawnFigure]) -> None:
    sizes = [float(node.get("font-size", "0")) for node in elements(parsed(drawn("А", "Б").svg), "text")]
    assert sizes
    assert min(sizes) >= 7.5


@BOTH
@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_becomes_markup(drawn: Callable[..., DrawnFigure], title: str) -> None:
    root = parsed(drawn(title, "Б").svg)
    assert {node.tag for node in root.iter()} <= ALLOWED
    assert not [key for node in root.iter() for key in node.attrib if key.startswith("on")]


@BOTH
@given(title=st.text(max_size=300))
@settings(max_examples=20, deadline=None)
def test_any_title_leaves_a_drawing_that_can_be_read(drawn: Callable[..., DrawnFigure], title: str) -> None:
    figure = drawn(title, "Б")
    assert {node.tag for node in parsed(figure.svg).iter()} <= ALLOWED
    assert any(title in cell for row in figure.rows for cell in row)


@BOTH
def test_the_same_facts_give_the_same_drawing(drawn: Callable[..., DrawnFigure]) -> None:
    assert drawn("А", "Б") == drawn("А", "Б")


@given(st.text(), st.text())
def test_an_attribute_and_a_text_come_back_as_they_were(value: str, text: str) -> None:
    legible = "".join(sign for sign in value if sign.isprintable())
    root = parsed(
        drawing(
            10,
            10,
            title="т",
            alternative="т",
            content=element("g", data_x=legible) + words(text, 0, 0, size=8, fill="#000", family="X"),
        )
    )
    assert root[2].get("data-x") == legible
    assert (root[3].text or "") == "".join(sign for sign in text if sign.isprintable() or sign == "\u00a0")


def test_the_emblem_is_three_to_two() -> None:
    root = parsed(eu_emblem("Европейски съюз", height=14))
    (field,) = elements(root, "rect")
    assert float(field.get("width", "")) / float(field.get("height", "")) == pytest.approx(1.5, abs=1e-3)
    assert (root.get("width"), root.get("height")) == ("21mm", "14mm")
    assert root.get("viewBox") == f"0 0 {field.get('width')} {field.get('height')}"


def test_the_emblem_has_twelve_stars_like_the_hours_on_a_circle_of_a_third() -> None:
    stars = stars_of(90)
    assert len(stars) == 12
    for hour, star in enumerate(stars):
        # Every other corner lies on the star's own circle, so their mean is its middle.
        outer = star[::2]
        x, y = sum(x for x, _ in outer) / 5, sum(y for _, y in outer) / 5
        assert math.dist((x, y), (67.5, 45)) == pytest.approx(30)
        assert math.degrees(math.atan2(x - 67.5, 45 - y)) % 360 == pytest.approx(30 * hour, abs=1e-6)


def test_each_star_is_upright_with_five_points_on_a_circle_of_an_eighteenth() -> None:
    for star in stars_of(90):
        outer, inner = star[::2], star[1::2]
        x, y = sum(x for x, _ in outer) / 5, sum(y for _, y in outer) / 5
        assert [math.dist((x, y), corner) for corner in outer] == pytest.approx([5] * 5)
        assert outer[0] == pytest.approx((x, y - 5))
        # The sides of a pentagram run straight from point to point: a corner, and the next but one.
        (x1, y1), (x2, y2), (x3, y3) = outer[0], inner[0], outer[2]
        assert (x2 - x1) * (y3 - y1) == pytest.approx((x3 - x1) * (y2 - y1))


def test_the_emblem_has_its_two_colours_and_its_name() -> None:
    root = parsed(eu_emblem("Европейски съюз"))
    blue, yellow = "#003399", "#FFCC00"
    assert (blue, yellow) == EMBLEM_IN_RGB
    assert [node.get("fill") for node in elements(root, "rect")] == [blue]
    assert [node.get("fill") for node in elements(root, "polygon")] == [yellow] * 12
    assert [node.text for node in elements(root, "title")] == ["Европейски съюз"]


def test_the_emblem_may_not_be_too_small() -> None:
    assert eu_emblem("ЕС", height=10)
    with pytest.raises(ValueError, match="10"):
        eu_emblem("ЕС", height=9.9)


def test_bars_share_one_scale() -> None:
    bars = budget_bars([project(total="300000 EUR", share="30000 EUR"), project(total="100000 EUR")])
    assert [bar.length for bar in bars] == [Decimal(100), Decimal("33.33")]
    assert [bar.share_length for bar in bars] == [Decimal(10), Decimal(0)]
    assert [bar.break_at for bar in bars] == [None, None]


def test_one_far_larger_budget_is_visibly_broken_and_the_rest_keep_their_scale() -> None:
    bars = budget_bars(
        [
            project("а", total="200000 EUR", share="50000 EUR"),
            project("б", total="9000000 EUR", share="100000 EUR"),
            project("в", total="100000 EUR", share="100000 EUR"),
        ]
    )
    assert [bar.break_at for bar in bars] == [None, BREAK_AT, None]
    assert bars[1].length == 100
    assert bars[0].length == 2 * bars[2].length
    assert bars[0].share_length * 4 == bars[0].length
    assert bars[1].share_length == bars[2].length
    assert bars[0].length < BREAK_AT


def test_two_far_larger_budgets_break_no_bar() -> None:
    bars = budget_bars([project(total=f"{total} EUR") for total in (100, 90, 10)])
    assert [bar.break_at for bar in bars] == [None] * 3
    assert [bar.length for bar in bars] == [100, 90, 10]


def test_a_project_without_budget_has_no_bar() -> None:
    budgeted = project(total="5 EUR")
    assert [bar.facts for bar in budget_bars([project(), budgeted])] == [budgeted]
    assert budget_bars([project()]) == ()


def test_budgets_of_nothing_have_bars_of_no_length() -> None:
    assert [bar.length for bar in budget_bars([project(total="0 EUR"), project(total="0 EUR")])] == [0, 0]


@given(
    st.lists(
        st.tuples(st.integers(0, 10**12), st.integers(0, 100)).map(
            lambda both: project(total=f"{both[0]} EUR", share=f"{both[0] * both[1] // 100} EUR")
        ),
        min_size=1,
        max_size=8,
    )
)
def test_no_bar_leaves_its_track_and_no_share_its_bar(projects: list[ProjectFacts]) -> None:
    bars = budget_bars(projects)
    assert len(bars) == len(projects)
    for bar in bars:
        assert 0 <= bar.share_length <= bar.length <= 100
    broken = [bar for bar in bars if bar.break_at is not None]
    assert len(broken) <= 1
    whole = [bar for bar in bars if bar.break_at is None]
    for one in whole:
        for other in whole:
            assert one.facts.budget is not None
            assert other.facts.budget is not None
            if one.facts.budget.total.amount >= other.facts.budget.total.amount:
                assert one.length >= other.length
    if broken:
        assert broken[0].facts.budget is not None
        others = [bar.facts.budget.total.amount for bar in whole if bar.facts.budget]
        assert broken[0].facts.budget.total.amount >= FAR_LARGER * max(others)
