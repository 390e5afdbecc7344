"""Each block is found where a reader would find it, though its words stand elsewhere too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pipeline.pdf.law.expected.blocks import Block, Near, Reading
from pipeline.pdf.law.expected.signs import REFERENCE
from pipeline.pdf.law.matching.match import Match
from pipeline.pdf.law.matching.matcher import Matcher
from pipeline.pdf.law.matching.shown_fragments import ShownFragments
from tests.pdf.law.measures.made import numbered, shown, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment


def found(blocks: Sequence[Block], fragments: Sequence[Fragment], running: str = "") -> list[list[Fragment]]:
    """Return the texts that show each block."""
    return [match.fragments for match in matched(blocks, fragments, running)]


def matched(blocks: Sequence[Block], fragments: Sequence[Fragment], running: str = "") -> list[Match]:
    return Matcher(ShownFragments(numbered(fragments), frozenset(running.split()))).match_all(blocks)


def aside(words: str, **options: Any) -> Block:
    """Return a block beside the main text, whose likeliest place is not sought beforehand."""
    return written(words, sequence="aside", **options)


def within(words: str, **options: Any) -> Block:
    return written(words, reading=Reading.WITHIN, **options)


def test_a_block_has_the_texts_that_show_it_one_after_another() -> None:
    one, two, other = shown("one", 100, 200), shown("two", 100, 188), shown("other", 100, 176)
    for block in (written, aside):
        (first, second) = matched([block("one two"), block("other")], [one, two, other])
        assert (first.fragments, first.offset, first.is_whole) == ([one, two], 6, True)
        assert (second.fragments, second.in_order, second.after_previous) == ([other], True, True)


def test_a_title_that_is_a_list_item_too_stands_where_its_text_goes_on() -> None:
    intro, aside_, item = shown("Intro", 100, 200), shown("x", 300, 200), shown("Same", 100, 188)
    title, text = shown("Same", 100, 100), shown("Text below", 100, 88)
    blocks = [written(words) for words in ("Intro", "Same", "Text below")]
    assert found(blocks, [intro, aside_, item, title, text]) == [[intro], [title], [text]]
    parts = [shown("Text", 100, 88), shown("below", 100, 76)]
    assert found(blocks, [intro, aside_, item, title, *parts]) == [[intro], [title], parts]


def test_what_is_found_of_a_block_is_the_longest_beginning() -> None:
    page = [shown("one", 100, 200), shown("one", 100, 150), shown("two", 100, 138)]
    for block in (written, aside):
        (match,) = matched([block("one two three")], page)
        assert (match.fragments, match.offset, match.is_whole) == (page[1:], 6, False)


def test_a_year_is_not_read_from_the_days_of_a_calendar_before_it() -> None:
    days = [shown(day, 100 + 20 * at, 200) for at, day in enumerate(("20", "24"))]
    year = shown("2024", 100, 300, page=2)
    assert found([written("2024", sequence="", near=Near.BESIDE)], [*days, year]) == [[year]]
    # Words are set in parts where they are broken.
    parts, word = (
        [shown("orga-", 100, 200), shown("nisation", 100, 188)],
        shown("organisation", 100, 300, page=2),
    )
    assert found([written("organisation", sequence="", near=Near.BESIDE)], [*parts, word]) == [parts]


def test_notes_are_sought_when_all_else_is_found() -> None:
    title, foot = shown("Same words", 100, 200), shown("Same words", 100, 50)
    note = written("Same words", note="n", sequence="notes")
    assert found([note, aside("Same words")], [title, foot]) == [[foot], [title]]


@pytest.mark.parametrize("is_painted_last", [True, False])
def test_a_word_of_a_numbered_note_is_not_taken_for_an_equal_one_elsewhere(*, is_painted_last: bool) -> None:
    """The number stands beside the note, painted before or behind it."""
    note = written("See the workshop there", note="n", sequence="notes")
    lines = [shown("See the", 120, 150), shown("workshop", 120, 138), shown("there", 120, 126)]
    number, name = shown("1.", 100, 150), shown("workshop", 100, 50)
    page = [*lines, number, name] if is_painted_last else [number, *lines, name]
    assert found([note, aside("workshop")], page) == [lines, [name]]


@pytest.mark.parametrize("floats", [True, False])
def test_what_follows_a_quotation_that_may_float_stands_where_its_text_goes_on(*, floats: bool) -> None:
    before, after = shown("Text", 100, 200), shown("below", 100, 188)
    quotation = shown("Said", 20, 750, page=2)
    blocks = [written("Text"), written("Said", floats=floats), written("below")]
    last = matched(blocks, [before, after, quotation])[-1]
    assert (last.fragments, last.after_previous) == ([after], floats)


def test_what_stands_within_words_is_sought_when_all_else_is_found_but_on_the_cover() -> None:
    title, name = shown("Petrova", 100, 200), shown("by Petrova", 100, 50)
    assert found([within("Petrova"), aside("Petrova")], [title, name]) == [[name], [title]]
    entry = within("Petrova", near=Near.COVER)
    assert found([entry, aside("Petrova")], [title, name])[0] == [title]


def test_one_text_is_likelier_than_some_that_show_its_parts() -> None:
    parts, one = [shown("one", 100, 200), shown("two", 117, 200)], shown("one two", 100, 150)
    assert found([aside("one two")], [*parts, one]) == [[one]]
    assert found([aside("one two")], parts) == [parts]


@pytest.mark.parametrize(("page", "is_found"), [(1, True), (4, True), (5, False)])
def test_a_block_begins_three_pages_ahead_at_most(page: int, *, is_found: bool) -> None:
    last, there = shown("last", 100, 20, page=9), shown("there", 100, 200, page=page)
    assert found([aside("there")], [there, last]) == [[there] if is_found else []]


@pytest.mark.parametrize(("missed", "page", "is_found"), [(1, 5, True), (1, 6, False), (2, 6, True)])
def test_each_block_that_is_missed_allows_a_page_more(missed: int, page: int, *, is_found: bool) -> None:
    last, there = shown("last", 100, 20, page=9), shown("there", 100, 200, page=page)
    blocks = [aside(f"missing {number}") for number in range(missed)]
    assert found([*blocks, aside("there")], [there, last])[-1] == ([there] if is_found else [])
    # What was found in between begins the count anew.
    here = shown("here", 100, 200, page=1)
    assert found([*blocks, aside("here"), aside("there")], [here, there, last])[-1] == []


def test_pages_are_counted_from_the_last_block_that_was_found() -> None:
    pages = [shown(f"page {number}", 100, 200, page=number) for number in (1, 4, 7, 11)]
    blocks = [aside(f"page {number}") for number in (1, 4, 7, 11)]
    assert found(blocks, pages) == [*([page] for page in pages[:3]), []]


@pytest.mark.parametrize(("page", "is_found"), [(1, True), (3, True), (4, False)])
def test_the_cover_and_the_contents_are_the_first_three_pages(page: int, *, is_found: bool) -> None:
    there = shown("there", 100, 200, page=page)
    last = shown("last", 100, 200, page=5)
    for block in (aside("there", near=Near.COVER), within("there", near=Near.COVER)):
        assert found([block], [there, last]) == [[there] if is_found else []]


def test_what_stands_anywhere_stands_at_the_end_and_as_little_apart_as_can_be() -> None:
    first, last = shown("Press", 100, 200, page=1), shown("Press", 100, 200, page=8)
    assert found([aside("Press", near=Near.ANYWHERE)], [first, last]) == [[last]]
    assert found([within("Press", near=Near.ANYWHERE)], [first, last]) == [[last]]
    letters = [shown(letter, 100 + 5 * at, 100, page=9) for at, letter in enumerate("Press")]
    assert found([within("Press", near=Near.ANYWHERE)], [first, last, *letters]) == [[last]]


def test_what_stands_later_stands_on_the_page_of_the_last_block_or_behind() -> None:
    pages = [shown("there", 100, 200 - number, page=number) for number in (1, 2, 9)]
    here = shown("here", 100, 150, page=2)
    later = written("there", sequence="later", near=Near.LATER)
    assert found([aside("here"), later], [pages[0], here, *pages[1:]]) == [[here], [pages[1]]]
    assert found([aside("here"), later], [pages[0], here, pages[2]]) == [[here], [pages[2]]]
    assert found([aside("here"), later], [pages[0], here]) == [[here], []]


def test_what_stands_beside_a_block_begins_on_its_page() -> None:
    host = aside("host")
    beside = written("label", sequence="", near=Near.BESIDE, beside=host)
    early, label = shown("label", 100, 200, page=1), shown("label", 100, 100, page=3)
    there, end = shown("host", 100, 200, page=3), shown("end", 100, 200, page=7)
    assert found([host, beside], [early, there, label, end]) == [[there], [label]]
    far = shown("label", 100, 100, page=7)
    assert found([host, beside], [there, far, end]) == [[there], []]
    assert found([host, beside], [there, shown("label", 100, 100, page=6), end])[1] != []


def test_a_note_stands_on_the_page_of_its_call_or_anywhere_behind() -> None:
    call = aside("call")
    note = written("note", sequence="", near=Near.BESIDE, beside=call, note="n")
    early, late = shown("note", 100, 200, page=1), shown("note", 100, 100, page=12)
    there = shown("call", 100, 200, page=2)
    assert found([call, note], [early, there, late]) == [[there], [late]]


def test_equal_words_are_taken_from_above_downwards_and_from_the_left() -> None:
    low, high = shown("Same", 100, 100), shown("Same", 100, 180)
    left, right = shown("Same", 50, 180), shown("Same", 150, 180)
    assert found([aside("Same")], [low, high]) == [[high]]
    assert found([aside("Same")], [right, left]) == [[left]]
    assert found([aside("Same"), aside("Same")], [low, high]) == [[high], [low]]
    nearly = shown("Same", 20, 179.8)
    assert found([aside("Same")], [right, nearly]) == [[nearly]]


def test_of_equal_words_the_page_that_is_nearest_is_meant() -> None:
    second, first = shown("Same", 100, 280, page=2), shown("Same", 100, 20, page=1)
    assert found([aside("Same")], [second, first]) == [[first]]


def test_of_equal_words_those_are_meant_that_are_painted_soon_after_the_block_before() -> None:
    here, between = shown("here", 100, 250), [shown("x", 300, 200 - at) for at in range(9)]
    soon, high = shown("Same", 100, 100), shown("Same", 100, 240)
    blocks = [aside("here"), aside("Same")]
    assert found(blocks, [high, here, *between[:5], soon]) == [[here], [soon]]
    assert found(blocks, [high, here, *between[:6], soon]) == [[here], [high]]
    assert found(blocks, [soon, here, high]) == [[here], [high]]


def test_of_equal_words_those_are_meant_that_can_be_read_next() -> None:
    here = shown("here", 100, 250)
    far, near = shown("Same", 300, 240), shown("Same", 100, 225)
    between = [shown("x", 400, 200 - at) for at in range(9)]
    # Neither is painted soon; the far one stands higher, in another column.
    assert found([aside("here"), aside("Same")], [here, *between, far, near]) == [[here], [near]]


def test_what_stands_higher_in_the_next_column_is_meant_after_what_stands_below() -> None:
    here = shown("here", 100, 250)
    between = [shown("x", 400, 200 - at) for at in range(9)]
    higher, below = shown("Same", 180, 290), shown("Same", 100, 240)
    assert found([aside("here"), aside("Same")], [here, *between, higher, below]) == [[here], [below]]


def test_blocks_stand_one_after_another_or_are_told_to_be_out_of_order() -> None:
    first, second = shown("first", 100, 200), shown("second", 100, 100)
    blocks = [aside("second"), aside("first")]
    matches = matched(blocks, [first, second])
    assert [match.fragments for match in matches] == [[second], [first]]
    assert [match.after_previous for match in matches] == [True, False]
    apart = [aside("second"), written("first", sequence="other")]
    assert all(match.after_previous for match in matched(apart, [first, second]))
    # Only what is whole is looked for before the block before.
    (_, missing) = matched([aside("second"), aside("first of all")], [first, second])
    assert (missing.fragments, missing.offset) == ([], 0)


def test_lines_that_cannot_be_read_one_after_another_are_found_and_told() -> None:
    one, two = shown("one", 100, 200), shown("two", 100, 20)
    (match,) = matched([aside("one two")], [one, two])
    assert (match.fragments, match.is_whole, match.in_order) == ([one, two], True, False)
    over = shown("two", 100, 200, page=2)
    assert matched([aside("one two")], [one, over])[0].in_order
    assert not matched([aside("one two")], [one, shown("two", 100, 200, page=4)])[0].is_whole


def test_a_block_goes_on_over_two_pages_and_no_more() -> None:
    one, end = shown("one", 100, 20), shown("end", 100, 200, page=9)
    between = shown("x", 300, 200)
    for page, is_whole in ((2, True), (3, True), (4, False)):
        two = shown("two", 100, 200, page=page)
        (match,) = matched([aside("one two")], [one, between, two, end])
        assert match.is_whole == is_whole


def test_a_block_that_is_painted_in_one_go_is_likelier_than_one_that_leaps() -> None:
    one = shown("one", 100, 200)
    apart = shown("two", 100, 188)
    again, two = shown("one", 100, 150), shown("two", 100, 138)
    x = shown("x", 300, 100)
    assert found([aside("one two")], [one, x, apart, again, two]) == [[again, two]]
    # On a later page it is not: there another block of the same words stands.
    later = [shown("one", 100, 150, page=2), shown("two", 100, 138, page=2)]
    assert found([aside("one two")], [one, x, apart, *later]) == [[one, apart]]


def test_the_numbers_of_pages_may_be_painted_between_the_parts_of_a_block() -> None:
    one, two = shown("one", 100, 20), shown("two", 100, 200, page=2)
    title = shown("one two", 100, 250, page=3)
    for count in (1, 2, 3):
        furniture = [shown("7", 150 + 10 * at, 5) for at in range(count)]
        assert found([written("one two"), written("one two")], [one, *furniture, two, title]) == [
            [one, two],
            [title],
        ]


def test_cells_stand_beside_the_cell_before_them() -> None:
    first = shown("Name", 100, 200)
    high, beside = shown("Many", 150, 240), shown("Many", 150, 199)
    row = [aside("Name", row="r1"), aside("Many", row="r1")]
    assert found(row, [high, first, beside]) == [[first], [beside]]
    assert found(row, [first, shown("x"), beside, high])[1] == [beside]
    # In the next row anything goes.
    other = [aside("Name", row="r1"), aside("Many", row="r2")]
    assert found(other, [shown("Many", 150, 199), first, shown("Many", 100, 186)])[1][0].baseline == 186


def test_a_cell_goes_on_beside_the_beginning_of_the_one_before() -> None:
    long = [shown("Long", 100, 200), shown("text", 100, 188), shown("here", 100, 176)]
    short, below = shown("Short", 150, 200), shown("Below", 100, 160)
    row = [aside("Long text here", row="r1"), aside("Short", row="r1"), aside("Below", row="r2")]
    matches = matched(row, [*long, short, below])
    assert [match.fragments for match in matches] == [long, [short], [below]]
    assert all(match.after_previous for match in matches)
    # The next row begins below the lowest cell.
    raised = shown("Below", 100, 182)
    assert not matched(row, [*long, short, raised])[2].after_previous


def test_a_fragment_shows_one_block_only() -> None:
    one = shown("Same", 100, 200)
    assert found([aside("Same"), aside("Same")], [one]) == [[one], []]
    assert found([within("Same"), within("Same")], [one]) == [[one], []]
    both = shown("Same and Same", 100, 200)
    assert found([within("Same"), within("Same")], [both]) == [[both], [both]]


def test_running_heads_show_no_block() -> None:
    head, text = shown("Head", 100, 280), shown("Head", 100, 190)
    lines = [shown(f"line {at}", 100, 260 - 20 * at) for at in range(8)]
    page = [head, *lines, text]
    assert found([aside("Head")], page)[0] == [head]
    assert found([aside("Head")], page, running="head") == [[text]]
    assert found([within("Head")], page, running="head") == [[text]]


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ("Text: Petrova", True),
        ("Petrova, Sofia", True),
        ("Petrovas", False),
        ("St-Petrova", False),
        ("Text:Petrova", True),
        ("by Petrova and others", True),
        ("Text: Pet rova", True),
    ],
)
def test_words_within_others_are_whole_words(said: str, *, is_found: bool) -> None:
    text = shown(said, 100, 200)
    assert found([within("Petrova")], [text]) == [[text] if is_found else []]


def test_words_within_others_may_go_on_over_a_line() -> None:
    one, two = shown("by Anna", 100, 200), shown("Petrova, Sofia", 100, 188)
    far = shown("Petrova, Sofia", 100, 20)
    assert found([within("Anna Petrova")], [one, two]) == [[one, two]]
    assert found([within("Anna Petrova")], [one, far]) == [[]]


def test_words_within_those_of_another_block_are_not_found() -> None:
    title, name = shown("News of Petrova", 100, 200), shown("by Petrova", 100, 100)
    blocks = [within("Petrova"), aside("News of Petrova and her friends")]
    assert found(blocks, [title, name])[0] == [name]


def test_entries_of_the_contents_stand_in_their_order() -> None:
    first, second, third = (shown(f"on {name}", 100, 200 - 20 * at) for at, name in enumerate("ABA"))
    entries = [within(name, near=Near.COVER, sequence="contents") for name in "BA"]
    assert found(entries, [first, second, third]) == [[second], [third]]
    named = [within(name, near=Near.COVER, sequence="") for name in "BA"]
    assert found(named, [first, second, third]) == [[second], [first]]
    assert found(entries, [both := shown("on B and A", 100, 100)]) == [[both], [both]]


def test_contents_go_on_from_page_to_page_and_leave_none_out() -> None:
    pages = [shown(f"on {name}", 100, 200, page=page) for page, name in enumerate("ABCDE", 2)]
    entries = [within(name, near=Near.COVER, sequence="contents") for name in "ABCDE"]
    assert found(entries, pages) == [[page] for page in pages]
    # Words of a page that the contents do not reach are no entry.
    assert found(entries[:2] + entries[4:], pages[:2] + pages[4:]) == [[pages[0]], [pages[1]], []]


def test_what_else_the_first_page_names_stands_by_itself_and_as_early_as_can_be() -> None:
    label, alone = shown("on News", 100, 200), shown("News", 100, 100)
    later = shown("News", 100, 200, page=2)
    named = within("News", near=Near.COVER, sequence="")
    assert found([named], [label, alone, later]) == [[alone]]
    assert found([named], [label, later]) == [[label]]
    entry = within("News", near=Near.COVER, sequence="contents")
    assert found([entry], [label, alone, later]) == [[label]]


def test_the_number_of_a_reference_is_part_of_its_block() -> None:
    page = [shown("word", 100, 200), shown("1", 120, 204, size=6), shown("more", 130, 200)]
    (match,) = matched([aside(f"word{REFERENCE} more")], page)
    assert (match.fragments, match.is_whole) == (page, True)
    begins = [shown("2", 100, 204, size=6), shown("word", 110, 200)]
    assert found([aside(f"{REFERENCE}word")], begins) == [begins]


def test_the_edges_of_what_was_found_are_those_on_its_first_page() -> None:
    parts = [shown("one", 100, 100), shown("two", 100, 88), shown("three", 100, 280, page=2)]
    match = Match(written("one two three"), parts, 11)
    assert (match.top, match.bottom) == (108, 88)


def test_what_is_left_of_a_text_are_the_words_that_show_no_block() -> None:
    text = shown("Text: Petrova and Ivanov", 100, 200)
    fragments = ShownFragments(numbered([text, shown("other", 100, 100)]), frozenset())
    Matcher(fragments).match_all([within("Petrova"), aside("other")])
    assert fragments.left_over(text) == ["text:", "andivanov"]
    assert fragments.left_over(fragments.all[1]) == []
    assert [each.text for each in fragments.unmatched()] == []
