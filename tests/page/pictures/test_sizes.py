"""Sizes of pictures on the page and on the cover; rows of galleries are full and in order."""

from __future__ import annotations

import itertools
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.findings.place import Place
from pipeline.models.text import Measure, Picture
from pipeline.page.pictures.sizes import (
    GAP,
    TALLEST_PICTURE,
    TALLEST_ROW,
    Placed,
    cover_width,
    gallery_rows,
    picture_width,
)

WIDTH: Final = 170.0
PROPORTIONS: Final = st.lists(st.floats(0.3, 3.5), min_size=1, max_size=12)


def rows_of(*proportions: float, caption: str | None = None) -> tuple[tuple[Placed, ...], ...]:
    pictures = [
        Picture(f"images/{at}.jpg", "Вижда се", "Автор", caption, Measure.TEXT, None, Place("a.md", at + 1))
        for at in range(len(proportions))
    ]
    return gallery_rows(pictures, proportions, WIDTH)


def names(rows: tuple[tuple[Placed, ...], ...]) -> list[str]:
    return [placed.picture.source for row in rows for placed in row]


@given(PROPORTIONS)
def test_every_picture_stands_once_in_the_authors_order(proportions: list[float]) -> None:
    assert names(rows_of(*proportions)) == [f"images/{at}.jpg" for at in range(len(proportions))]


@given(PROPORTIONS)
def test_the_pictures_of_a_row_are_of_one_height_and_none_is_cropped(proportions: list[float]) -> None:
    whole = iter(proportions)
    for row in rows_of(*proportions):
        heights = [placed.width / next(whole) for placed in row]
        assert max(heights) - min(heights) < 0.04
        assert max(heights) <= TALLEST_ROW + 0.04


@given(PROPORTIONS)
def test_a_caption_has_room_for_its_longest_word_and_the_row_is_no_wider(proportions: list[float]) -> None:
    for row in rows_of(0.02, *proportions[:11], caption="Противопожарно учение"):
        assert min(placed.measure for placed in row) >= 20
        assert all(placed.measure >= placed.width for placed in row)
        assert sum(placed.measure for placed in row) + GAP * (len(row) - 1) <= WIDTH + 0.02


@given(PROPORTIONS)
@example([3.0, 3.5, 0.3125])
def test_a_row_fills_the_width_unless_it_would_be_too_high(proportions: list[float]) -> None:
    whole = iter(proportions)
    for row in rows_of(*proportions):
        height = max(placed.width / next(whole) for placed in row)
        across = sum(placed.measure for placed in row) + GAP * (len(row) - 1)
        assert across <= WIDTH + 0.02
        assert across == pytest.approx(WIDTH, abs=0.05) or height == pytest.approx(TALLEST_ROW, abs=0.05)


@given(PROPORTIONS)
def test_no_row_holds_more_than_four(proportions: list[float]) -> None:
    assert all(1 <= len(row) <= 4 for row in rows_of(*proportions))


@pytest.mark.parametrize("count", range(2, 13))
def test_like_pictures_leave_none_alone_in_its_row(count: int) -> None:
    assert min(len(row) for row in rows_of(*[1.5] * count)) >= 2


@given(st.lists(st.floats(0.6, 1.8), min_size=1, max_size=7))
def test_no_other_division_has_rows_nearer_to_the_height_that_is_wanted(proportions: list[float]) -> None:
    def cost(sizes: tuple[int, ...]) -> float:
        rest, total = list(proportions), 0.0
        for size in sizes:
            row, rest = rest[:size], rest[size:]
            height = (WIDTH - GAP * (size - 1)) / sum(row)
            total += (height / (WIDTH / 3.4) - 1) ** 2
            total += 0.5 if size == 1 and len(proportions) > 1 else 0
        return total

    count = len(proportions)
    divisions = [
        sizes
        for rows in range(1, count + 1)
        for sizes in itertools.product(range(1, 5), repeat=rows)
        if sum(sizes) == count
    ]
    chosen = tuple(len(row) for row in rows_of(*proportions))
    assert cost(chosen) == pytest.approx(min(map(cost, divisions)))


def test_a_gallery_of_nothing_has_no_rows() -> None:
    assert rows_of() == ()


MEASURES: Final = {"cover": 216.0, "text": 124.0, "cover_height": 82.0}


@given(st.floats(0.05, 20))
def test_a_picture_of_the_first_page_leaves_the_title_free(proportion: float) -> None:
    assert cover_width(proportion, MEASURES) / proportion <= MEASURES["cover_height"] + 0.2


def test_a_low_picture_of_the_first_page_reaches_from_edge_to_edge() -> None:
    assert cover_width(2160 / 780, MEASURES) == MEASURES["cover"]


@pytest.mark.parametrize(
    ("proportion", "width"), [(2.5, 124), (16 / 9, 124), (4 / 3, 109.33), (2 / 3, 54.67)]
)
def test_a_photograph_on_the_first_page_is_as_wide_as_the_text_or_narrower(
    proportion: float, width: float
) -> None:
    assert cover_width(proportion, MEASURES) == width


@given(st.floats(0.05, 20), st.sampled_from([40.0, 124.0, 170.0]))
def test_a_picture_is_as_wide_as_asked_unless_it_would_leave_the_page(
    proportion: float, width: float
) -> None:
    set_to = picture_width(proportion, width)
    assert set_to == width or abs(set_to / proportion - TALLEST_PICTURE) < TALLEST_PICTURE / 50
    assert set_to <= width
