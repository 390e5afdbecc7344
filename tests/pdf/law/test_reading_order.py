"""Where words stand decides what can be read after them, and which lines are running heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pdf.law.drawn.drawn_text import Box, Fragment
from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from pipeline.pdf.law.drawn.reading_order import comes_after, goes_on
from pipeline.pdf.law.drawn.running_lines import running_lines
from pipeline.pdf.law.drawn.shown_signs import ShownSigns, is_edge_of_word
from tests.pdf.law.hand_drawn import drawn, text

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE: Final = text("here", 100, 150)
"""About 20 points wide."""

GOES_ON: Final = {
    "beside it": text("there", 123, 150),
    "a little over its end": text("there", 117, 150),
    "after a wide space": text("there", 200, 150),
    "raised beside it": text("1", 121, 155, 6),
    "on the line below": text("there", 100, 138),
    "on the line below, further left": text("there", 20, 138),
    "under a gap of two lines": text("there", 100, 120),
    "at the head of the next column": text("there", 160, 250),
}
DOES_NOT_GO_ON: Final = {
    "far away on the line": text("there", 230, 150),
    "before it on the line": text("there", 60, 150),
    "over it on the line": text("there", 105, 150),
    "far below": text("there", 100, 110),
    "below, in the next column": text("there", 160, 138),
    "higher, in the column before": text("there", 20, 250),
    "hardly higher, in the next column": text("there", 160, 158),
}
COMES_AFTER: Final = {
    "beside it": text("there", 123, 150),
    "far away on the line": text("there", 230, 150),
    "far below": text("there", 100, 20),
    "below, further left": text("there", 20, 138),
    "below, in the next column": text("there", 160, 138),
    "at the head of the next column": text("there", 160, 250),
}
DOES_NOT_COME_AFTER: Final = {
    "before it on the line": text("there", 60, 150),
    "above it": text("there", 100, 170),
    "higher, in the column before": text("there", 20, 250),
}


def fragments(*contents: str) -> list[Fragment]:
    with opened_pages(drawn(*contents)) as pages:
        return [fragment for page in pages for fragment in page.fragments]


def made(words: str, at: int = 0, *, page: int = 1, baseline: float = 100) -> Fragment:
    signs = words.replace(" ", "")
    box = Box(10, baseline, 100, baseline + 8)
    return Fragment(
        page, at, words, signs, signs.replace("-", ""), box, 10, baseline, 10, (0, 0, 0, 255), None
    )


@pytest.mark.parametrize("case", GOES_ON)
def test_a_text_goes_on_where_a_reader_would_look_next(case: str) -> None:
    here, there = fragments(HERE + GOES_ON[case])
    assert goes_on(here, there)


@pytest.mark.parametrize("case", DOES_NOT_GO_ON)
def test_a_text_does_not_go_on_where_no_reader_would_look(case: str) -> None:
    here, there = fragments(HERE + DOES_NOT_GO_ON[case])
    assert not goes_on(here, there)


def test_a_texts_own_empty_lines_may_lie_between() -> None:
    here, there = fragments(HERE + text("there", 100, 110))
    assert goes_on(here, there, empty_lines=1)
    here, there = fragments(HERE + text("there", 100, 80))
    assert not goes_on(here, there, empty_lines=1)
    assert goes_on(here, there, empty_lines=2)


@pytest.mark.parametrize(
    ("pages", "size", "expected"),
    [
        (1, 10, True),
        (2, 10, True),
        (3, 10, False),
        (1, 8, True),
        (1, 12, True),
        (1, 7, False),
        (1, 14, False),
    ],
)
def test_a_text_goes_on_over_a_page_in_type_of_its_size(pages: int, size: float, *, expected: bool) -> None:
    between = [""] * (pages - 1)
    here, there = fragments(HERE, *between, text("there", 100, 250, size))
    assert goes_on(here, there) == expected
    assert not goes_on(there, here)
    assert comes_after(here, there)
    assert not comes_after(there, here)


@pytest.mark.parametrize(
    ("baseline", "size", "expected"), [(130, 10, True), (148, 10, False), (145, 33, False)]
)
def test_small_type_close_below_a_large_head_comes_after_it(
    baseline: float, size: float, *, expected: bool
) -> None:
    head, below = fragments(text("Head", 100, 150, 33) + text("text", 100, baseline, size))
    assert comes_after(head, below) == expected


@pytest.mark.parametrize(
    ("words", "size", "expected"), [("19", 6.5, True), ("19", 4.9, False), ("and", 6.5, False)]
)
def test_a_text_goes_on_over_a_page_behind_the_small_mark_of_a_note(
    words: str, size: float, *, expected: bool
) -> None:
    here, there = fragments(text(words, 100, 150, size), text("there", 100, 250))
    assert goes_on(here, there) == expected


@pytest.mark.parametrize("case", COMES_AFTER)
def test_a_block_comes_after_another_below_or_beside_it(case: str) -> None:
    here, there = fragments(HERE + COMES_AFTER[case])
    assert comes_after(here, there)


@pytest.mark.parametrize("case", DOES_NOT_COME_AFTER)
def test_a_block_does_not_come_after_what_stands_below_or_beside(case: str) -> None:
    here, there = fragments(HERE + DOES_NOT_COME_AFTER[case])
    assert not comes_after(here, there)


def test_running_heads_are_the_same_words_at_the_head_or_foot_of_a_page_alone() -> None:
    lines = [made(word, at, baseline=200 - 10 * at) for at, word in enumerate("abcdefgh")]
    expected = {(1, 200 - 10 * at) for at in (0, 1, 2, 5, 6, 7)}
    assert running_lines(lines, frozenset("abcdefgh")) == expected
    assert running_lines(lines, frozenset("bd")) == {(1, 190)}
    assert running_lines(lines, frozenset()) == frozenset()


def test_running_heads_are_counted_page_by_page() -> None:
    first = [made(word, at, baseline=200 - 10 * at) for at, word in enumerate("abcdefgh")]
    second = [made("d", 8, page=2, baseline=100)]
    assert running_lines([*first, *second], frozenset("d")) == {(2, 100)}


def test_a_running_head_that_is_cut_for_want_of_room_is_one() -> None:
    heads = [made("a long title…", page, page=page, baseline=200) for page in (1, 2)]
    bodies = [made(word, 3 + at, page=1, baseline=180 - 10 * at) for at, word in enumerate("abcdefgh")]
    assert running_lines([*heads, *bodies], frozenset({"alongtitleofall"})) == {(1, 200), (2, 200)}
    assert running_lines([*heads, *bodies], frozenset({"anothertitle"})) == frozenset()


_WORDS: Final = st.lists(st.text("абв", min_size=1, max_size=4), min_size=1, max_size=4)


@given(st.lists(_WORDS, min_size=1, max_size=5), st.data())
def test_signs_are_held_by_the_fragments_they_stand_in(
    words: Sequence[list[str]], data: st.DataObject
) -> None:
    shown = [made(" ".join(line), at) for at, line in enumerate(words)]
    signs = ShownSigns(shown)
    owners = [fragment.at for fragment in shown for _ in fragment.bare]
    at = data.draw(st.integers(0, len(owners) - 1))
    length = data.draw(st.integers(1, len(owners) - at))
    assert [each.at for each in signs.holding(at, length)] == sorted(set(owners[at : at + length]))
    for fragment in shown:
        assert signs.joined[signs.stretch_of(fragment)] == fragment.bare
        assert signs.start_of(fragment) == owners.index(fragment.at)


@given(_WORDS)
def test_a_word_ends_where_a_space_is_and_nowhere_else(words: list[str]) -> None:
    fragment = made(" ".join(words))
    edges, at = {0}, 0
    for word in words:
        at += len(word)
        edges.add(at)
    assert {at for at in range(len(fragment.bare) + 1) if is_edge_of_word(fragment, at)} == edges


def test_a_word_does_not_end_at_its_hyphen_and_ends_at_a_stop() -> None:
    fragment = made("по-добре, сега")
    edges = {at for at in range(len(fragment.bare) + 1) if is_edge_of_word(fragment, at)}
    assert edges == {0, 7, 8, 12}
