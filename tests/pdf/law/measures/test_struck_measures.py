"""A line strikes words where it is thin, goes through their letters for a while, and can be seen."""

from __future__ import annotations

import pytest

from pipeline.pdf.law.drawn.page_pixels import pixels_of
from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from pipeline.pdf.law.visibility.struck import struck_texts
from tests.pdf.law.hand_drawn import drawn, text

WORDS = text("Hxxxx xxxx xxH", 50, 100, 20)
"""Type of 20 points; its ink reaches from 51.54 to 188.48, and from the baseline to 114.36."""
LEFT, RIGHT, TOP = 51.54, 188.48, 114.36


def struck(content: str) -> list[str]:
    """Return the texts struck, looked at with a pixel a point."""
    with opened_pages(drawn(content)) as (page,):
        return [each.text for each in struck_texts(page, page.fragments, pixels_of(page, 72))]


def is_struck(left: float, bottom: float, right: float, top: float, grey: float = 0) -> bool:
    """Return whether a bar of some grey strikes the words."""
    bar = f"{grey} g {left} {bottom} {right - left} {top - bottom} re f 0 g "
    return struck(bar + WORDS) == ["Hxxxx xxxx xxH"]


def test_words_are_where_the_tests_below_expect_them() -> None:
    with opened_pages(drawn(WORDS)) as (page,):
        box = page.fragments[0].box
    assert tuple(box) == pytest.approx((LEFT, 100, RIGHT, TOP), abs=0.5)


@pytest.mark.parametrize(
    ("thick", "expected"), [(0.5, True), (3.8, True), (4, True), (4.2, False), (8, False)]
)
def test_a_line_is_a_fifth_of_the_type_thick_at_most(thick: float, *, expected: bool) -> None:
    assert is_struck(40, 106 - thick / 2, 260, 106 + thick / 2) == expected
    assert is_struck(100 - thick / 2, 90, 100 + thick / 2, 130) == expected


def test_what_is_thin_beside_the_largest_type_need_not_be_thin_beside_the_smallest() -> None:
    small = text("Small words", 50, 200, 10)
    assert struck(f"40 202 200 3 re f {WORDS}{small}") == []
    assert struck(f"40 202 200 2 re f {WORDS}{small}") == ["Small words"]
    assert struck(f"70 190 3 30 re f {WORDS}{small}") == []
    assert struck(f"70 190 2 30 re f {WORDS}{small}") == ["Small words"]


@pytest.mark.parametrize(
    ("above", "expected"),
    [(-2, False), (1.7, False), (2, False), (2.3, True), (6, True), (9.7, True), (10, False), (10.3, False)],
)
def test_a_level_line_goes_through_letters_from_a_tenth_to_a_half_of_the_type(
    above: float, *, expected: bool
) -> None:
    # Below, it underlines; above, it stands over the small letters.
    assert is_struck(40, 100 + above - 0.5, 260, 100 + above + 0.5) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (40, 86, True),
        (40, 84, False),
        (153.5, 260, True),
        (155, 260, False),
        (100, 134.5, True),
        (100, 132.5, False),
        (200, 260, False),
    ],
)
def test_a_level_line_goes_through_a_quarter_of_the_words_at_least(
    left: float, right: float, *, expected: bool
) -> None:
    assert is_struck(left, 105, right, 107) == expected


@pytest.mark.parametrize(
    ("bottom", "top", "expected"),
    [
        (90, 109.5, True),
        (90, 107.5, False),
        (104.8, 130, True),
        (106.5, 130, False),
        (101, 110.5, True),
        (90, 130, True),
        (120, 160, False),
    ],
)
def test_an_upright_line_goes_through_three_fifths_of_their_height_at_least(
    bottom: float, top: float, *, expected: bool
) -> None:
    assert is_struck(99, bottom, 101, top) == expected


@pytest.mark.parametrize(
    ("middle", "expected"),
    [
        (LEFT - 1, False),
        (LEFT + 4, False),
        (LEFT + 7, False),
        (LEFT + 9, True),
        (118, True),
        (RIGHT - 9, True),
        (RIGHT - 7, False),
        (RIGHT - 4, False),
        (RIGHT + 1, False),
        (RIGHT + 5, False),
    ],
)
def test_an_upright_line_near_an_end_of_the_words_is_the_rule_of_a_table(
    middle: float, *, expected: bool
) -> None:
    assert is_struck(middle - 0.5, 90, middle + 0.5, 130) == expected


@pytest.mark.parametrize(
    ("grey", "expected"), [(1, False), (243 / 255, False), (242 / 255, True), (0.9, True), (0, True)]
)
def test_a_line_that_nobody_sees_strikes_nothing(grey: float, *, expected: bool) -> None:
    assert is_struck(40, 104, 260, 107, grey) == expected
    assert is_struck(99, 90, 102, 130, grey) == expected


def test_a_line_is_seen_by_its_own_ground_alone() -> None:
    # White on white; two points over it ends a ground.
    assert struck(f"1 g 40 107 220 2 re f 0 g 40 111 220 20 re f {WORDS}") == []
    assert struck(f"1 g 40 107 220 2 re f 0 g 40 110 220 20 re f {WORDS}") != []
    assert struck(f"0.8 g 20 90 240 60 re f 1 g 40 104 220 2 re f 0 g {WORDS}") != []


@pytest.mark.parametrize("thick", [0.2, 0.3, 0.5, 0.7])
@pytest.mark.parametrize("ground", ["1 g", "0.17 0.29 0.37 rg"])
@pytest.mark.parametrize("at", [105, 105.3, 105.8])
def test_a_hairline_strikes_words_however_it_falls_on_the_pixels_of_the_first_look(
    thick: float, ground: str, at: float
) -> None:
    # Clipped to its own area, as the rule of a box is, it is smoothed twice: faint where pixels are large.
    for left, bottom, right, top in ((40, at, 260, at + thick), (at, 90, at + thick, 130)):
        area = f"{right} {bottom} m {left} {bottom} l {left} {top} l {right} {top} l W* n"
        sides = f"{left} {top} {right - left} 0 re {left} {bottom} {right - left} {top - bottom} re f*"
        line = f"q {area} 0.67 0 0 rg {sides} Q"
        content = f"{ground} 20 80 260 60 re f {line} 1 0.5 0 rg {WORDS}"
        with opened_pages(drawn(content)) as (page,):
            found = [each.text for each in struck_texts(page, page.fragments, pixels_of(page, 50))]
        assert found == ["Hxxxx xxxx xxH"]


@pytest.mark.parametrize("ground", ["1 g", "0.17 0.29 0.37 rg"])
def test_a_hairline_of_the_colour_of_its_ground_strikes_nothing(ground: str) -> None:
    line = f"{ground} 20 80 260 60 re f 40 105.3 220 0.3 re f 105.3 90 0.3 40 re f"
    assert struck(f"{line} 1 0.5 0 rg {WORDS}") == []


def test_lines_of_other_words_and_other_places_strike_nothing() -> None:
    assert struck(f"40 206 220 1 re f {WORDS}") == []
    assert struck(f"40 16 220 1 re f 250 90 1 40 re f {WORDS}") == []
    assert struck(WORDS) == []


def test_each_struck_text_is_told_once_in_order() -> None:
    other = text("Hxxxx below", 50, 60, 20)
    page = f"40 105 220 1 re f 40 107 220 1 re f 40 65 220 1 re f {WORDS}{other}"
    assert struck(page) == ["Hxxxx xxxx xxH", "Hxxxx below"]
