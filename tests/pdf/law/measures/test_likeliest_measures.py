"""Of several places with the same words, a block stands where a reader comes to with the least leap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.pdf.law.expected.signs import REFERENCE
from pipeline.pdf.law.matching.likeliest import Stretch, likeliest_places
from pipeline.pdf.law.matching.steps import anywhere, in_order, painted_next, signs_shown
from tests.pdf.law.measures.made import shown, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment

HERE = shown("here", 100, 1500, at=10)
"""Where the block before stands, on a large page; 20 points wide."""
BELOW = shown("below", 100, 1480, at=20)


def chosen(*places: Sequence[Fragment]) -> list[Fragment | None]:
    """Return where blocks stand that may stand at some places each, the first always at the place before."""
    blocks = [written(f"block {number}") for number in range(len(places))]
    held = dict(zip(blocks, places, strict=True))
    found = likeliest_places(blocks, lambda block: [Stretch(each, each) for each in held[block]])
    return [found.get(block) for block in blocks]


def nearer(one: Fragment, other: Fragment) -> Fragment | None:
    """Return which of two places is chosen behind HERE; it must be the same whichever is offered first."""
    _, first = chosen([HERE], [one, other])
    _, second = chosen([HERE], [other, one])
    assert first is second
    return first


def test_what_is_painted_next_is_read_next_wherever_it_stands() -> None:
    following = shown("next", 30, 1600, at=11)
    assert nearer(following, BELOW) is following
    assert nearer(shown("next", 30, 1600, at=12), BELOW) is BELOW
    assert nearer(shown("next", 30, 1600, at=9), BELOW) is BELOW


@pytest.mark.parametrize(("drop", "is_below"), [(10, True), (290, True), (310, False), (900, False)])
def test_thirty_lines_downwards_are_as_far_as_the_next_column(drop: float, *, is_below: bool) -> None:
    # Ten font sizes cost as much as one leap; the next column costs four, a line below at least one.
    below, beside = shown("below", 100, 1500 - drop, at=20), shown("beside", 200, 1500, at=30)
    assert nearer(below, beside) is (below if is_below else beside)
    higher = shown("higher", 200, 1700, at=30)
    assert nearer(below, higher) is (below if is_below else higher)


def test_the_way_downwards_is_counted_in_the_type_of_what_was_read() -> None:
    large = shown("large", 100, 1500, at=10, size=20)
    below, beside = shown("below", 100, 950, at=20), shown("beside", 200, 1500, at=30)
    assert chosen([large], [below, beside])[1] is below
    assert chosen([HERE], [below, beside])[1] is beside


@pytest.mark.parametrize(("drop", "is_below"), [(150, True), (180, True), (220, False), (240, False)])
def test_what_was_painted_before_is_a_leap_more(drop: float, *, is_below: bool) -> None:
    below, beside = shown("below", 100, 1500 - drop, at=5), shown("beside", 200, 1500, at=30)
    assert nearer(below, beside) is (below if is_below else beside)


def test_the_same_page_is_nearer_than_the_next_however_far_down() -> None:
    far, following = shown("far", 100, 20, at=20), shown("over", 100, 1500, at=30, page=2)
    assert nearer(far, following) is far
    backwards = shown("back", 30, 1600, at=30)
    assert nearer(backwards, following) is following


def test_the_next_page_is_nearer_than_those_behind_it_and_any_before() -> None:
    pages = {number: shown("over", 100, 1500, at=20 + number, page=number) for number in (2, 3, 4)}
    assert nearer(pages[2], pages[3]) is pages[2]
    assert nearer(pages[3], pages[4]) is pages[3]
    here = shown("here", 100, 1500, at=40, page=2)
    before, behind = shown("over", 100, 1500, at=1, page=1), shown("over", 100, 1500, at=50, page=4)
    assert chosen([here], [before, behind])[1] is behind


@pytest.mark.parametrize(("ahead", "is_there"), [(1, True), (3, True), (4, False), (9, False)])
def test_a_block_is_rather_missing_than_four_pages_away(ahead: int, *, is_there: bool) -> None:
    away = shown("away", 100, 1500, at=50, page=1 + ahead)
    assert chosen([HERE], [away]) == [HERE, away if is_there else None]


@pytest.mark.parametrize(("page", "is_there"), [(1, True), (29, True), (31, False)])
def test_the_first_block_is_rather_missing_than_thirty_pages_behind(page: int, *, is_there: bool) -> None:
    away = shown("away", 100, 1500, at=50, page=page)
    assert chosen([away]) == [away if is_there else None]


def test_the_first_place_of_the_first_block_is_the_likeliest() -> None:
    first, second = shown("one", page=1), shown("one", page=2, at=9)
    assert chosen([second, first]) == [first]


def lines(count: int, at: int, page: int, baseline: float) -> list[Fragment]:
    """Return lines below one another, painted one after another."""
    return [shown("line", 100, baseline - 14 * number, at=at + number, page=page) for number in range(count)]


@pytest.mark.parametrize(
    ("page", "blocks", "is_there"),
    [(2, 1, False), (2, 2, False), (2, 3, True), (1, 3, False), (1, 4, False), (1, 5, True)],
)
def test_blocks_are_read_backwards_where_three_of_them_follow_there_or_five_on_an_earlier_page(
    page: int, blocks: int, *, is_there: bool
) -> None:
    before, back = lines(6, 20, 2, 1500), lines(blocks, 1, page, 1700)
    found = chosen(*([each] for each in (*before, *back)))
    assert found == [*before, *(back if is_there else [None] * blocks)]


def test_two_blocks_do_not_stand_at_one_place() -> None:
    assert chosen([HERE], [HERE]) == [HERE, None]
    assert chosen([HERE], [HERE, BELOW]) == [HERE, BELOW]


def test_the_places_of_all_blocks_are_chosen_together() -> None:
    # The title stands in a list first; what follows it follows the second place alone.
    early, late = shown("Title", 100, 1400, at=20), shown("Title", 100, 300, at=40)
    text = shown("Text", 100, 286, at=41)
    assert chosen([HERE], [early, late], [text]) == [HERE, late, text]
    assert chosen([HERE], [early, late], [shown("Text", 100, 1386, at=21)])[1] is early


def test_a_stretch_is_left_at_its_last_text() -> None:
    end, behind, before = (
        shown("end", 100, 1000, at=15),
        shown("x", 100, 986, at=16),
        shown("x", 100, 1480, at=12),
    )
    one, other = written("one"), written("other")
    held = {one: [Stretch(HERE, end)], other: [Stretch(before, before), Stretch(behind, behind)]}
    assert likeliest_places([one, other], held.__getitem__) == {one: HERE, other: behind}


def test_nothing_stands_nowhere() -> None:
    assert likeliest_places([], lambda _: []) == {}
    assert chosen([], [HERE], []) == [None, HERE, None]


@pytest.mark.parametrize(
    ("at", "baseline", "page", "next_", "ordered", "somewhere"),
    [
        (11, 1486, 1, True, True, True),
        (12, 1486, 1, False, True, True),
        (9, 1486, 1, False, True, True),
        (11, 1400, 1, False, False, True),
        (11, 1600, 2, True, True, True),
        (11, 1600, 3, True, True, False),
        (11, 1600, 4, False, False, False),
        (11, 1600, 0, False, False, False),
    ],
)
def test_a_block_goes_on_where_it_is_painted_read_or_anywhere_near(
    at: int, baseline: float, page: int, *, next_: bool, ordered: bool, somewhere: bool
) -> None:
    block, there = written("here there"), shown("there", 100, baseline, at=at, page=page)
    assert painted_next(HERE, there, block) == next_
    assert in_order(HERE, there, block) == ordered
    assert anywhere(HERE, there, block) == somewhere


def test_code_goes_on_over_its_empty_lines() -> None:
    code, text = written("here there", lines=("here", "", "there")), written("here there")
    there = shown("there", 100, 1460, at=11)
    assert painted_next(HERE, there, code)
    assert in_order(HERE, there, code)
    assert not painted_next(HERE, there, text)
    assert not in_order(HERE, there, text)


@pytest.mark.parametrize(
    ("offset", "said", "expected"),
    [
        (0, "one", 3),
        (0, "onet", 0),
        (0, "two", 0),
        (3, "1", 1),
        (3, "12)", 1),
        (3, "*", 1),
        (3, "1234", 0),
        (3, "a", 0),
        (3, "1a", 0),
        (0, "1", 0),
        (4, "two", 3),
        (4, "t-w-o", 3),
        (4, "twos", 0),
    ],
)
def test_a_text_shows_the_signs_of_a_block_or_the_number_of_a_reference(
    offset: int, said: str, expected: int
) -> None:
    assert signs_shown(written(f"one{REFERENCE}two").bare, offset, shown(said)) == expected
