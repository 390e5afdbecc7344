"""Where the next words may stand is measured in their type; what is said once too often is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pipeline.pdf.law.drawn.reading_order import comes_after, goes_on
from pipeline.pdf.law.drawn.running_lines import running_lines
from pipeline.pdf.law.expected.blocks import Block, Near, Reading
from pipeline.pdf.law.expected.issue import Expected
from pipeline.pdf.law.expected.signs import REFERENCE
from pipeline.pdf.law.matching.match import Match
from pipeline.pdf.law.matching.shown_fragments import ShownFragments
from pipeline.pdf.law.repetition import surplus_of
from pipeline.pdf.law.second_reading import SecondReading
from tests.pdf.law.measures.made import numbered, shown, whole, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment

HERE = shown("here", 100, 500)
"""Twenty points wide, of ten points."""


@pytest.mark.parametrize(
    ("left", "baseline", "size", "follows"),
    [
        (116, 500, 10, True),
        (115.9, 500, 10, False),
        (210, 500, 10, True),
        (210.1, 500, 10, False),
        (300, 500, 20, True),
        (300.1, 500, 20, False),
        (112, 500, 20, True),
        (111.9, 500, 20, False),
        (120, 507, 10, True),
        (120, 493, 10, True),
        (100, 468, 10, True),
        (100, 467.9, 10, False),
        (100, 436, 20, True),
        (129.9, 480, 10, True),
        (130, 480, 10, False),
        (110.1, 510.1, 10, True),
        (110, 520, 10, False),
        (110.1, 509.9, 10, False),
        (110.1, 507.1, 10, False),
        (200, 510, 10, False),
        (101, 520.1, 20, True),
        (101, 520, 20, False),
    ],
)
def test_a_text_goes_on_near_its_last_words(
    left: float, baseline: float, size: float, *, follows: bool
) -> None:
    assert goes_on(HERE, shown("there", left, baseline, size=size)) == follows


@pytest.mark.parametrize(("lines", "drop"), [(0, 32), (1, 52), (2, 72)])
def test_an_empty_line_is_two_font_sizes_high(lines: int, drop: float) -> None:
    assert goes_on(HERE, shown("there", 100, 500 - drop), lines)
    assert not goes_on(HERE, shown("there", 100, 500 - drop - 0.1), lines)


@pytest.mark.parametrize(
    ("page", "size", "follows"),
    [
        (2, 10, True),
        (3, 10, True),
        (4, 10, False),
        (2, 13.4, True),
        (2, 13.5, False),
        (2, 7.41, True),
        (2, 7.4, False),
        (3, 14, False),
    ],
)
def test_a_text_goes_on_over_pages_in_nearly_its_size(page: int, size: float, *, follows: bool) -> None:
    there = shown("there", 100, 700, page=page, size=size)
    assert goes_on(HERE, there) == follows
    assert not goes_on(there, HERE)
    assert comes_after(HERE, there)
    assert not comes_after(there, HERE)


@pytest.mark.parametrize(
    ("left", "baseline", "after"),
    [
        (115, 500, True),
        (114.9, 500, False),
        (115, 507, True),
        (114.9, 493, False),
        (114.9, 492.9, True),
        (0, 400, True),
        (115, 600, True),
        (114.9, 600, False),
    ],
)
def test_a_block_comes_after_what_ends_before_it(left: float, baseline: float, *, after: bool) -> None:
    assert comes_after(HERE, shown("there", left, baseline)) == after


def lines_at(*baselines: float, page: int = 1, said: str = "line") -> list[Fragment]:
    return [shown(said, 100, baseline, page=page) for baseline in baselines]


def test_the_running_head_is_what_stands_at_one_height_on_most_pages() -> None:
    body = [line for page in (1, 2, 3) for line in lines_at(*range(100, 200, 10), page=page)]
    heads = [shown("Head", 100, 250 + (page == 2), page=page) for page in (1, 2, 3)]
    title = shown("Head", 100, 240, page=2)
    found = running_lines([*body, *heads, title], frozenset({"head"}))
    assert found == {(1, 250), (2, 251), (3, 250)}
    apart = [shown("Head", 100, 250 + 2 * (page == 2), page=page) for page in (1, 2, 3)]
    assert running_lines([*body, *apart], frozenset({"head"})) == {(1, 250), (3, 250)}


def test_of_two_on_one_page_the_outer_is_the_running_head() -> None:
    body = lines_at(*range(100, 200, 10))
    upper, lower = shown("Head", 100, 250), shown("Head", 100, 230)
    assert running_lines([*body, lower, upper], frozenset({"head"})) == {(1, 250)}
    foot = shown("Head", 100, 50)
    assert running_lines([*body, shown("x", 100, 270), upper, foot], frozenset({"head"})) == {(1, 50)}
    assert running_lines([*body, shown("x", 100, 20), upper, foot], frozenset({"head"})) == {(1, 250)}


def test_three_lines_at_head_and_foot_may_be_running() -> None:
    lines = lines_at(*range(100, 200, 10))
    for at, is_running in ((0, True), (2, True), (3, False), (6, False), (7, True), (9, True)):
        head = shown("Head", 200, 100 + 10 * at)
        assert bool(running_lines([*lines, head], frozenset({"head"}))) == is_running


Told = tuple[list[tuple[str, str]], list[str]]


def surplus(
    others: Sequence[Fragment],
    *matches: Match,
    running: str = "",
    repeated: str = "",
    cover: str = "",
    drawn: str = "",
) -> Told:
    """Return the texts that repeat a block, each with it, and those that are of nobody."""
    expected = Expected([], frozenset(running.split()), frozenset(repeated.split()), frozenset(cover.split()))
    held = [fragment for match in matches for fragment in match.fragments]
    fragments = ShownFragments(numbered([*held, *others]), expected.running)
    for match in matches:
        for fragment in match.fragments:
            fragments.take(fragment, match)
    found = surplus_of(fragments, matches, expected, drawn.split("|") if drawn else ())
    return (
        [(fragment.text, block.pieces[0].text) for fragment, block in found.repeated],
        [fragment.text for fragment in found.unknown],
    )


def text(words: str, left: float = 100, baseline: float = 500, page: int = 1, **options: Any) -> Match:
    return whole(written(words, **options), shown(words, left, baseline, page=page))


LONG = "A block of many words"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (LONG, ([(LONG, LONG)], [])),
        ("many words", ([], ["many words"])),
        ("of many words", ([], ["of many words"])),
        ("k of many words", ([("k of many words", LONG)], [])),
        ("other words", ([], ["other words"])),
        ("of", ([], ["of"])),
    ],
)
def test_a_whole_block_or_a_long_part_of_one_is_repeated(said: str, expected: Told) -> None:
    assert surplus([shown(said, 100, 100)], text(LONG)) == expected


def test_the_first_page_may_name_an_entry_of_the_contents_besides_and_once() -> None:
    named = text(LONG, sequence="contents")
    other = text("Another entry", page=2, sequence="contents")
    long = shown("block of many words", 100, 400, page=2)
    assert surplus([long], named, other) == ([], [])
    assert surplus([long], named) == ([("block of many words", LONG)], [])
    assert surplus([long], text(LONG, page=2, sequence="contents"), other)[0] != []
    assert surplus([long], text(LONG), other)[0] != []
    assert surplus([long, shown("block of many words", 100, 300, page=2)], named, other)[0] != []
    assert surplus([shown("block of many words", page=3)], named, other)[0] != []


def test_a_text_of_three_letters_is_looked_for() -> None:
    assert surplus([shown("one", 100, 100)], text("one")) == ([("one", "one")], [])
    assert surplus([shown("on", 100, 100)], text("on")) == ([], [])
    assert surplus([shown("1234", 100, 100)], text("1234")) == ([], [])
    assert surplus([shown("a1b2c3", 100, 100)], text("a1b2c3")) == ([("a1b2c3", "a1b2c3")], [])


def test_what_the_pages_may_say_besides_is_not_of_nobody() -> None:
    other = shown("Sofia", 100, 100)
    assert surplus([other], text(LONG)) == ([], ["Sofia"])
    assert surplus([other], text(LONG), repeated="sofia") == ([], [])
    assert surplus([other], text(LONG), drawn="A map of So-fia") == ([], [])
    assert surplus([other], text(LONG), cover="newsofsofia") == ([], [])
    assert surplus([shown("Sofia", 100, 100, page=2)], text(LONG), cover="newsofsofia") == ([], ["Sofia"])
    assert surplus([shown("Sofia", 100, 520)], text(LONG), text("more", 100, 90), running="sofia") == ([], [])
    partly = Match(written("Sofia and more"), [], 0)
    assert surplus([other], text(LONG), partly) == ([], [])


def test_cells_are_repeated_on_their_line_alone() -> None:
    for options in ({"row": "r"}, {"heads": True}):
        cell = text("on", **options)
        assert surplus([shown("on", 200, 500)], cell) == ([("on", "on")], [])
        assert surplus([shown("on", 200, 507)], cell) == ([("on", "on")], [])
        assert surplus([shown("on", 200, 508)], cell) == ([], [])
        assert surplus([shown("of", 200, 500)], cell) == ([], ["of"])
    assert surplus([shown("on", 200, 500)], text("on")) == ([], [])


def test_the_head_of_a_table_is_repeated_on_its_next_pages() -> None:
    head = text("Name of it", heads=True)
    assert surplus([shown("Name of it", 100, 700, page=2)], head) == ([], [])
    assert surplus([shown("Name of it", 100, 100, page=1)], head) == ([("Name of it", "Name of it")], [])
    # A part of a head, too, which need not be long.
    assert surplus([shown("Name", 100, 700, page=2)], head) == ([], [])
    assert surplus([shown("Name", 100, 700)], head) == ([], ["Name"])
    later = text("Name of it", heads=True, page=2)
    assert surplus([shown("Name of it", 100, 100, page=1)], later) == ([("Name of it", "Name of it")], [])
    assert surplus([shown("Name of it", 100, 700, page=2)], text("Name of it")) != ([], [])


def test_what_stands_in_a_figure_is_its_own() -> None:
    label, below = text("Figure", 100, 500, is_label=True), text(LONG, 100, 300)
    for baseline, is_inside in (
        (400, True),
        (500, False),
        (499.9, True),
        (300, False),
        (300.1, True),
        (200, False),
    ):
        assert (surplus([shown("word", 200, baseline)], label, below)[1] == []) == is_inside
        assert surplus([shown("word", 200, baseline, page=2)], label, below)[1] == ["word"]
    assert surplus([shown("word", 200, 5)], label) == ([], [])
    # A label is no text that could be repeated.
    assert surplus([shown("Figure", 100, 700)], label) == ([], ["Figure"])


def above_card(left: float, baseline: float, *, page: int = 2, others: Sequence[Fragment] = ()) -> Told:
    """Return what is told of a title repeated above a card on the second page; the title is on the first."""
    title = text("The long title", 100, 700, title_of="a", near=Near.AFTER)
    card = whole(written("Label", sequence="card a", is_label=True), shown("Label", 100, 500, page=2))
    return surplus([shown("The long title", left, baseline, page=page), *others], title, card)


REPEATED: Told = ([("The long title", "The long title")], [])


@pytest.mark.parametrize(
    ("left", "baseline", "expected"),
    [
        (100, 510, ([], [])),
        (100, 571.9, ([], [])),
        (100, 572, REPEATED),
        (100, 500.1, ([], [])),
        (134.9, 520, ([], [])),
        (135, 520, REPEATED),
        (20.1, 520, ([], [])),
        (19.9, 520, REPEATED),
    ],
)
def test_the_title_of_an_article_may_be_repeated_above_its_card(
    left: float, baseline: float, expected: Told
) -> None:
    assert above_card(left, baseline) == expected


def test_nothing_but_the_title_stands_above_its_card() -> None:
    between = shown("Between them", 100, 530, page=2)
    assert above_card(100, 560, others=[between])[0] == REPEATED[0]
    aside = shown("Between them", 300, 530, page=2)
    assert above_card(100, 560, others=[aside])[0] == []
    part = shown("long title", 100, 530, page=2)
    assert above_card(100, 620, others=[part])[0] == []
    assert above_card(100, 520, page=3)[0] == REPEATED[0]


def test_what_is_left_of_a_label_has_no_words_of_its_block() -> None:
    block = written("Anna Petrova", reading=Reading.WITHIN)
    for said, is_repeated in (
        ("by Anna Petrova, Anna", True),
        ("by Anna Petrova", False),
        ("by Anna Petrova, An", False),
    ):
        fragment = shown(said, 100, 500)
        match = whole(block, fragment)
        fragments = ShownFragments(numbered([fragment]), frozenset())
        fragments.take_signs(2, len(block.bare))
        fragments.owners[fragment] = match
        expected = Expected([], frozenset(), frozenset())
        assert bool(surplus_of(fragments, [match], expected, ()).repeated) == is_repeated


@pytest.mark.parametrize(
    ("word", "is_known"),
    [
        ("lane", False),
        ("plane", True),
        ("planet", True),
        ("air", True),
        ("the", True),
        ("ai", False),
        ("i", True),
    ],
)
def test_a_short_word_is_no_part_of_a_longer_one_that_was_not_found(word: str, *, is_known: bool) -> None:
    lost = Match(written("The airplanet an air"), [], 0)
    assert surplus([shown(word, 100, 500)], lost) == ([], [] if is_known else [word])
    head = whole(written("The airplanet an air", heads=True), shown("The airplanet an air", 100, 700))
    later = shown(word, 100, 500, page=2)
    assert surplus([later], head) == ([], [] if is_known else [word])


@pytest.mark.parametrize(
    ("word", "is_known"),
    [("lane", False), ("plane", True), ("the", True), ("air", True), ("an", False), ("n", True)],
)
def test_a_short_word_of_a_title_on_the_cover_is_its_beginning_or_end(word: str, *, is_known: bool) -> None:
    assert surplus([shown(word, 100, 500)], cover="theairplanetanair") == ([], [] if is_known else [word])


def second(
    blocks: Sequence[Block], *fragments: Fragment, owners: dict[int, Match] | None = None
) -> SecondReading:
    held = ShownFragments(numbered(fragments), frozenset())
    for at, match in (owners or {}).items():
        held.take(held.all[at], match)
    return SecondReading(held, blocks)


def test_words_are_there_as_often_as_the_issue_has_them() -> None:
    block, again = written("Same words"), written("Same words")
    one, other = shown("Same words", 100, 500), shown("Same words", 100, 300)
    assert second([block], one).is_there(block)
    assert not second([block, again], one).is_there(block)
    assert second([block, again], one, other).is_there(block)
    assert second([block, again], one, other).may_be_another(block)
    assert not second([block], one, other).may_be_another(block)
    assert not second([block, again], one).may_be_another(block)
    assert not second([block], shown("Same words and more", 100, 500)).is_there(block)
    assert not second([block], shown("The same words", 100, 500)).is_there(block)
    parts = shown("Same", 100, 500), shown("words", 100, 488)
    assert second([block], *parts).is_there(block)
    assert not second([block], shown("Same", 100, 500), shown("words", 100, 300)).is_there(block)
    within = written("Same words", reading=Reading.WITHIN)
    assert second([within], shown("The same words", 100, 500)).is_there(within)


def test_what_shows_another_block_does_not_count() -> None:
    block, other = written("Same words"), written("Other")
    one = shown("Same words", 100, 500)
    assert not second([block], one, owners={0: whole(other, one)}).is_there(block)
    assert second([block], one, owners={0: whole(written("Same words"), one)}).is_there(block)
    label = written("Label", reading=Reading.WITHIN)
    assert second([block], one, owners={0: whole(label, one)}).is_there(block)


@pytest.mark.parametrize(
    ("mark", "is_there"), [("1", True), ("123", True), ("*", True), ("1234", False), ("a", False)]
)
def test_the_mark_of_a_note_is_one_to_three_signs(mark: str, *, is_there: bool) -> None:
    block = written(f"one{REFERENCE}two")
    assert second([block], shown(f"one{mark}two", 100, 500)).is_there(block) == is_there


def test_the_cover_is_counted_by_itself() -> None:
    entry, title = written("Title", near=Near.COVER), written("Title")
    early, late = shown("Title", 100, 500, page=3), shown("Title", 100, 500, page=4)
    assert second([entry, title], early, late).is_there(entry)
    assert second([entry, title], early, late).is_there(title)
    assert not second([entry, title], late, shown("Title", 100, 300, page=4)).is_there(entry)
    for owner, is_there in ((title, False), (entry, True), (written("Title", reading=Reading.WITHIN), True)):
        reading = second([entry, title], early, late, owners={0: whole(owner, early)})
        assert reading.is_there(entry) == is_there


def test_words_are_once_too_often_where_the_issue_has_them_less_often() -> None:
    block = written("Same words")
    one, other = shown("Same words", 100, 500), shown("Same words", 100, 300)
    assert second([block], one, other).is_once_too_often(one)
    assert not second([block], one).is_once_too_often(one)
    assert not second([block, written("The same words too")], one, other).is_once_too_often(one)
