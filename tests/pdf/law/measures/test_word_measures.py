"""Spaces, hyphens and lines of code are as they were written, to the width of a space."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from pipeline.pdf.law.expected.blocks import Reading
from pipeline.pdf.law.expected.signs import REFERENCE
from pipeline.pdf.law.matching.match import Match
from pipeline.pdf.law.word_faults import code_line_fault, hyphen_fault, space_fault
from pipeline.pdf.law.word_spaces import fragments_at, lost_spaces, torn_words
from tests.pdf.law.hand_drawn import drawn, text
from tests.pdf.law.measures.made import numbered, shown, whole, written

if TYPE_CHECKING:
    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.expected.blocks import Block


def hyphens(match: Match) -> int | None:
    """Return where a match, painted text by text, has a hyphen too many or too few."""
    return hyphen_fault(match, numbered(match.fragments))


def lost(content: str, **options: dict[str, str]) -> list[str]:
    """Return the texts of a page in which a space has no width."""
    with opened_pages(drawn(content, **options)) as (page,):
        return [fragment.text for fragment in fragments_at(page, lost_spaces(page))]


def _spaced(size: float, wider: float, words: str = "One two", face: str = "F1") -> str:
    return f"q BT /{face} {size} Tf {wider} Tw 20 100 Td ({words}) Tj ET Q "


@pytest.mark.parametrize(
    ("size", "wider", "expected"),
    [
        # A line of Helvetica is 1.169 sizes high, its space 0.278 sizes wide.
        (10, 0, False),
        (10, -1, False),
        (10, -1.8, False),
        (10, -1.9, True),
        (10, -2.78, True),
        (10, -6, True),
        (10, -14.4, True),
        (10, -14.6, False),
        (20, -3.6, False),
        (20, -3.8, True),
        # A space of 8 points is seen at any size.
        (120, -24, False),
        (120, -25.2, False),
        (120, -25.5, True),
        (120, -30, True),
    ],
)
def test_a_space_is_a_twelfth_of_its_line_wide_at_least_or_eight_points(
    size: float, wider: float, *, expected: bool
) -> None:
    assert lost(_spaced(size, wider)) == ["One two"] * expected


@pytest.mark.parametrize(
    ("last", "gap", "up", "expected"),
    [
        ("One ", 0, 0, True),
        ("One ", 0.9, 0, True),
        ("One ", 1, 0, False),
        ("One ", 0, 0.9, True),
        ("One ", 0, 1.1, False),
        ("One", 3, 0, False),
        ("One", 5, 0, False),
    ],
)
def test_a_space_between_two_texts_is_as_wide_as_the_way_from_one_to_the_other(
    last: str, gap: float, up: float, *, expected: bool
) -> None:
    # “One” ends 18.9 points from its left edge.
    content = text(last, 20, 100) + text("two", 38.9 + gap, 100 + up)
    assert bool(lost(content)) == expected


def test_letters_that_are_apart_need_no_wide_space_between_them() -> None:
    # The space is moved back over the word before it; the next word is not.
    apart = "BT /F1 10 Tf 20 100 Td [(One) -300 ( ) 278 (two)] TJ ET"
    assert lost(apart) == []
    together = "BT /F1 10 Tf 20 100 Td [(One) ( ) 278 (two)] TJ ET"
    assert lost(together) == ["One two"]


def test_each_text_without_its_spaces_is_told_once_and_others_are_not() -> None:
    first = _spaced(10, -2.78, "One two three four")
    assert lost(first + text("Other words", 20, 200)) == ["One two three four"]
    assert lost(text("Other words", 20, 100.5) + text("Further words", 20, 120)) == []


def test_a_space_that_does_not_break_is_a_space() -> None:
    no_break = {"x": "\u00a0"}
    assert lost("BT /F2 10 Tf 20 100 Td [(One) (x) 500 (two)] TJ ET", letters=no_break) == ["One\u00a0two"]
    assert lost("BT /F2 10 Tf 20 100 Td [(One) (x) 300 (two)] TJ ET", letters=no_break) == []


@pytest.mark.parametrize("says", ["\U0001f680", "\x02", "\ufffe", "\x00"])
def test_spaces_are_counted_by_letters_also_behind_what_is_none_or_two(says: str) -> None:
    letters = {"x": says}
    content = "BT /F2 10 Tf 20 200 Td (x x xx) Tj ET " + _spaced(10, -2.78, "One two", "F2")
    assert lost(content, letters=letters) == ["One two"]
    assert (
        lost("BT /F2 10 Tf 20 200 Td (x x xx) Tj ET " + _spaced(10, 0, "One two", "F2"), letters=letters)
        == []
    )


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (100, 100, 1),
        (140, 108, 1),
        (99.9, 104, 0),
        (140.1, 104, 0),
        (120, 99, 1),
        (120, 98.9, 0),
        (120, 109, 1),
        (120, 109.1, 0),
    ],
)
def test_a_text_holds_a_point_a_point_above_or_below_it(x: float, y: float, expected: int) -> None:
    with opened_pages(drawn("")) as (page,):
        page.fragments.extend([shown("The text", 100, 100), shown("elsewhere", 200, 100)])
        assert [each.text for each in fragments_at(page, [(x, y), (x, y)])] == ["The text"] * expected


def torn(block: Block, *fragments: Fragment) -> list[int]:
    with opened_pages(drawn("")) as pages:
        return [at for _, at in torn_words([whole(block, *fragments)], pages)]


def letters(*signs: str, step: float = 10, left: float = 0) -> list[Fragment]:
    """Return texts of a sign each, each so much below the one before, and to its right."""
    return [shown(sign, 100 + left * at, 200 - step * at) for at, sign in enumerate(signs)]


def test_a_word_is_torn_that_goes_on_below_itself_letter_by_letter() -> None:
    assert torn(written("word"), *letters(*"word")) == [3]
    assert torn(written("words on"), *letters(*"wordson")) == [3]
    assert torn(written("wor"), *letters(*"wor")) == []
    assert torn(written("word"), *letters("wo", "r", "d")) == []
    assert torn(written("w o r d"), *letters(*"word")) == []
    assert torn(written(*"word"), *letters(*"word")) == []
    assert torn(written("word"), *letters(*"word", step=0, left=5)) == []
    assert torn(written("word", row="1"), *letters(*"word")) == []


@pytest.mark.parametrize(("gap", "expected"), [(0, []), (3, []), (3.1, [2]), (8, [2])])
def test_a_word_in_two_texts_is_torn_where_they_are_three_tenths_of_the_type_apart(
    gap: float, expected: list[int]
) -> None:
    # Each of the two is 10 points wide.
    assert torn(written("word"), shown("wo", 100), shown("rd", 110 + gap)) == expected
    assert torn(written("word"), shown("wo", 100), shown("rd", 110 + 2 * gap, size=20)) == expected


def test_words_may_be_apart_at_spaces_signs_references_lines_and_pieces() -> None:
    assert torn(written("wo rd"), shown("wo", 100), shown("rd", 150)) == []
    assert torn(written("wo", "rd"), shown("wo", 100), shown("rd", 150)) == []
    assert torn(written("wo(rd"), shown("wo", 100), shown("(rd", 150)) == []
    assert torn(written("wo)rd"), shown("wo)", 100), shown("rd", 150)) == []
    assert torn(written("word"), shown("wo", 100), shown("rd", 150, 80)) == []
    assert torn(written("word", lines=("word",)), shown("wo", 100), shown("rd", 150)) == []
    marked = f"wo{REFERENCE}rd"
    assert torn(written(marked), shown("wo", 100), shown("12", 150), shown("rd", 161)) == []
    assert torn(written(marked), shown("wo", 100), shown("12", 110), shown("rd", 121)) == []


def test_a_torn_word_is_told_with_its_place_and_only_of_what_was_found_whole() -> None:
    block = written("one two three")
    parts = [shown("one two th", 100), shown("ree", 160)]
    assert torn(block, *parts) == [8]
    assert list(torn_words([Match(block, parts, 5)], ())) == []
    counted = written(f"a{REFERENCE} two three")
    assert torn(counted, shown("a", 100), shown("12", 105), shown("two th", 120), shown("ree", 160)) == [7]


def _letters(wider: float, words: str = "words here", size: float = 10) -> str:
    """Return what sets the letters of a text so many points wider."""
    return f"BT /F1 {size} Tf {wider} Tc 20 100 Td ({words}) Tj ET"


def torn_within(content: str, block: Block) -> list[int]:
    with opened_pages(drawn(content)) as pages:
        match = whole(block, *(fragment for page in pages for fragment in page.fragments))
        return [at for _, at in torn_words([match], pages)]


@pytest.mark.parametrize(("wider", "expected"), [(0, []), (2, []), (3, []), (5.5, [1]), (8, [1])])
def test_a_word_whose_letters_are_set_apart_is_torn(wider: float, expected: list[int]) -> None:
    assert torn_within(_letters(wider), written("words here")) == expected


@pytest.mark.parametrize(("moved", "expected"), [(450, []), (520, [4]), (900, [4])])
def test_a_letter_is_half_its_size_from_the_next_at_most(moved: float, expected: list[int]) -> None:
    content = f"BT /F1 10 Tf 20 100 Td [(WWWW) -{moved} (WWWW)] TJ ET"
    assert torn_within(content, written("WWWWWWWW")) == expected


def test_a_word_is_torn_behind_the_words_before_it_and_hyphens_are_not_counted() -> None:
    content = "BT /F1 10 Tf 20 100 Td [(a WW-WW) -900 (WWWW)] TJ ET"
    assert torn_within(content, written("a WW-WWWWWW")) == [5]
    spaced = "BT /F1 10 Tf 20 100 Td [(WWWW ) -1900 (WWWW)] TJ ET"
    assert torn_within(spaced, written("WWWW WWWW")) == []
    pieces = "BT /F1 10 Tf 20 100 Td [(WWWW) -1900 (WWWW)] TJ ET"
    assert torn_within(pieces, written("WWWW", "WWWW")) == []
    two = text("WWWW", 20, 150) + "BT /F1 10 Tf 20 100 Td [(WW) -900 (WW)] TJ ET"
    assert torn_within(two, written("WWWW WWWW")) == [6]


def test_words_within_others_are_torn_by_their_own_letters_alone() -> None:
    content = "BT /F1 10 Tf 20 100 Td [(by W) -900 (W, WWWW, W) -900 (WW)] TJ ET"
    assert torn_within(content, written("WWWW", reading=Reading.WITHIN)) == []
    content = "BT /F1 10 Tf 20 100 Td [(by WWWW) -1500 (;WWW) -900 (W)] TJ ET"
    assert torn_within(content, written("WWWW", reading=Reading.WITHIN)) == []
    content = "BT /F1 10 Tf 20 100 Td [(by W) -900 (W, WWWW, W) -900 (WW)] TJ ET"
    assert torn_within(content, written("WW, WWWW, WWW", reading=Reading.WITHIN)) == [1]
    content = "BT /F1 10 Tf 20 100 Td [(by WW, WMW) -900 (W, WWW)] TJ ET"
    assert torn_within(content, written("WMWW", reading=Reading.WITHIN)) == [3]


@pytest.mark.parametrize(("wide", "expected"), [(0.8, []), (0.85, []), (0.86, [4]), (1.2, [4])])
def test_letters_are_looked_at_one_by_one_in_texts_wide_as_if_set_apart(
    wide: float, expected: list[int]
) -> None:
    content = "BT /F1 10 Tf 0 100 Td [(WWWW) -900 (WWWW)] TJ ET"
    with opened_pages(drawn("", content, "")) as pages:
        (fragment,) = pages[1].fragments
        # Eight letters of ten points.
        fragment.box = fragment.box._replace(left=0, right=wide * 10 * 8)
        match = whole(written("WWWWWWWW"), fragment)
        assert [at for _, at in torn_words([match], pages)] == expected


def test_gaps_in_a_text_are_counted_on_behind_references() -> None:
    content = (
        text("a", 10, 100)
        + text("1", 20, 104, 6)
        + "BT /F1 10 Tf 30 100 Td [(WW W) -900 (WWW)] TJ ET "
        + "BT /F1 10 Tf 30 80 Td [(MM M) -900 (MMM)] TJ ET"
    )
    block = written(f"a{REFERENCE} WW WWWW MM MMMM")
    assert torn_within(content, block) == [5]
    assert torn_within(content, written(f"a{REFERENCE} WW W WWW MM MMMM")) == [11]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["well-known word"], None),
        (["wellknown word"], 4),
        (["well-", "known word"], None),
        (["well-known wo-", "rd"], None),
        (["well-known wo-rd"], 11),
        (["well-known", "-word"], 9),
        (["well-", "-known word"], None),
    ],
)
def test_hyphens_stand_where_they_were_written_or_at_the_end_of_a_line(
    said: list[str], expected: int | None
) -> None:
    match = whole(
        written("well-known word"), *(shown(line, 100, 100 - 14 * at) for at, line in enumerate(said))
    )
    assert hyphens(match) == expected


def test_a_hyphen_at_the_end_of_a_text_that_goes_on_beside_it_is_one_more() -> None:
    assert hyphens(whole(written("word"), shown("wo-", 100), shown("rd", 116))) == 2
    assert hyphens(whole(written("word"), shown("word-"))) == 4
    assert hyphens(whole(written("word-"), shown("word"))) == 4
    assert hyphens(whole(written("wo-rd"), shown("wo-", 100), shown("-rd", 100, 80))) is None
    marked = written(f"a{REFERENCE} well-known")
    for mark in ("1", "12", "123"):
        assert hyphens(whole(marked, shown("a"), shown(mark, 105), shown("wellknown", 120))) == 6
        assert hyphens(whole(marked, shown("a"), shown(mark, 105), shown("well-known", 120))) is None
    twice = written("well-known by-pass")
    assert hyphens(whole(twice, shown("well-known bypass"))) == 11
    assert hyphens(whole(twice, shown("-well-known by-pass"))) == 0
    lines = shown("well-", 100, 100), shown("known by-", 100, 80), shown("pass", 160, 80)
    assert hyphens(whole(twice, *lines)) is None
    assert hyphens(whole(written("well-known bypass"), *lines)) == 11


@pytest.mark.parametrize(
    ("fragments", "expected"),
    [
        ([shown("one two")], None),
        ([shown("onetwo")], 3),
        ([shown("one"), shown("two", 116.1)], None),
        ([shown("one"), shown("two", 115.9)], 3),
        ([shown("one"), shown("two", 116)], 3),
        ([shown("one "), shown("two", 120)], None),
        ([shown("one"), shown(" two", 115)], None),
        ([shown("one"), shown("t wo", 115)], 3),
        ([shown("one"), shown("two", 115.9, 80)], None),
        ([shown("one", size=20), shown("two", 116.1)], None),
        ([shown("one"), shown("two", 116.1, size=20)], None),
        ([shown("one"), shown("tw", 117), shown("o", 127)], None),
    ],
)
def test_two_words_are_a_tenth_of_the_smaller_type_apart(
    fragments: list[Fragment], expected: int | None
) -> None:
    assert space_fault(whole(written("one two"), *fragments)) == expected


def test_the_first_of_several_lost_spaces_is_told_by_its_sign() -> None:
    assert space_fault(whole(written("one two three four"), shown("one twothreefour"))) == 6
    assert space_fault(whole(written("word"), shown("word"))) is None
    marked = written(f"a{REFERENCE} one two")
    assert space_fault(whole(marked, shown("a"), shown("12", 105), shown("onetwo", 120))) == 5
    assert space_fault(whole(marked, shown("a"), shown("12", 105), shown("one two", 120))) is None
    hyphens = written("one-two three")
    assert space_fault(whole(hyphens, shown("one-two three"))) is None
    assert space_fault(whole(hyphens, shown("one-twothree"))) == 6


CODE = ("if it:", "  do it", "", "- no", "end it")


def code_fault(lines: tuple[str, ...], *contents: str) -> int | None:
    with opened_pages(drawn(*contents)) as pages:
        fragments = [fragment for page in pages for fragment in page.fragments]
        return code_line_fault(whole(written("\n".join(lines), lines=lines), *fragments), pages)


def _code(*lefts: float) -> str:
    said = [line for line in CODE if line.strip()]
    return "".join(
        text(line.strip(), left, 200 - 14 * at)
        for at, (line, left) in enumerate(zip(said, lefts, strict=True))
    )


@pytest.mark.parametrize(
    ("lefts", "expected"),
    [
        ((50, 60, 50, 50), None),
        ((50, 50.4, 50, 50), None),
        ((50, 50, 50, 50), 5),
        ((50, 49, 50, 50), 5),
        ((50, 60, 99, 50), None),
        ((50, 60, 50, 60), 11),
        ((50, 60, 50, 61), 11),
    ],
)
def test_lines_of_code_move_with_their_indentation(lefts: tuple[float, ...], expected: int | None) -> None:
    assert code_fault(CODE, _code(*lefts)) == expected


def test_lines_of_code_on_two_pages_are_not_compared_and_spaces_before_them_count() -> None:
    two = ("if it:", "  if do")
    assert code_fault(two, text("if it:", 50, 100), text("if do", 50, 200)) is None
    assert code_fault(two, text("if it:", 50, 100) + text("if do", 50, 80)) == 5
    spaced = text("if it:", 50, 100) + text("  if do", 50, 80)
    assert code_fault(two, spaced) is None
    assert code_fault(two, "", spaced) is None
    assert code_fault(("if it:", "if do"), text("if it:", 50, 100) + text("if do", 70, 80)) is None


def test_each_line_of_code_begins_a_line() -> None:
    two = ("one", "two")
    assert code_fault(two, text("one", 50, 100) + text("two", 80, 100)) == 3
    assert code_fault(two, text("one", 50, 100) + text("two", 50, 80)) is None
    assert code_fault(("one two",), text("one", 50, 100) + text("two", 80, 100)) is None
    assert code_fault((), text("one", 50, 100) + text("two", 80, 100)) is None
