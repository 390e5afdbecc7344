"""Words that nobody wrote are told where they adjoin what somebody did; what the program adds is its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pipeline.pdf.law.expected.issue import Expected
from pipeline.pdf.law.insertions import _Lines, inserted_words
from tests.pdf.law.measures.made import shown, whole, written

if TYPE_CHECKING:
    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.matching.match import Match


def inserted(
    unknown: Fragment, *matches: Match, running: str = "", repeated: str = "", **more: Any
) -> list[str]:
    """Return the texts that nobody wrote, each with the words it stands at."""
    expected = Expected([], frozenset(running.split()), frozenset(repeated.split()), frozenset(), **more)
    return [
        f"{fragment.text} at {match.block.pieces[0].text if match else 'nothing'}"
        for fragment, match in inserted_words([unknown], matches, expected)
    ]


TEXT = shown("The text", 100, 100, at=5)
"""40 points wide, 8 high."""


def text(**options: Any) -> Match:
    return whole(written("The text", **options), TEXT)


@pytest.mark.parametrize(
    ("left", "expected"),
    [(130, False), (130.5, True), (140, True), (144.9, True), (145, False), (160, False)],
)
def test_words_behind_a_text_are_told_up_to_half_its_size_away(left: float, *, expected: bool) -> None:
    assert inserted(shown("more", left), text()) == ["more at The text"] * expected
    assert inserted(shown("1234", left), text()) == ["1234 at The text"] * expected


@pytest.mark.parametrize(
    ("right", "expected"), [(110, False), (109.5, True), (100, True), (95.1, True), (95, False), (80, False)]
)
def test_words_before_a_text_are_told_up_to_half_its_size_away(right: float, *, expected: bool) -> None:
    assert inserted(shown("more", right - 20), text()) == ["more at The text"] * expected


@pytest.mark.parametrize(
    ("size", "baseline", "expected"),
    [
        (10, 100, True),
        (9, 100, True),
        (11, 100, True),
        (8.9, 100, False),
        (11.1, 100, False),
        (10, 106, True),
        (10, 108, False),
        (10, 92, False),
    ],
)
def test_what_is_added_to_a_text_has_its_size_and_its_line(
    size: float, baseline: float, *, expected: bool
) -> None:
    assert inserted(shown("more", 142, baseline, size=size), text()) == ["more at The text"] * expected


@pytest.mark.parametrize(
    ("left", "baseline", "at", "size", "expected"),
    [
        (100, 88, 6, 10, True),
        (100, 112, 4, 10, True),
        (100, 82, 6, 10, True),
        (100, 81.9, 6, 10, False),
        (100, 118, 4, 10, True),
        (100, 118.1, 4, 10, False),
        (102, 88, 6, 10, True),
        (98, 88, 6, 10, True),
        (102.1, 88, 6, 10, False),
        (97.9, 88, 6, 10, False),
        (100, 88, 7, 10, False),
        (100, 88, 5, 10, False),
        (100, 88, 3, 10, False),
        (100, 88, 6, 9, True),
        (100, 88, 6, 8.9, False),
        (100, 88, 6, 11.1, False),
    ],
)
def test_a_line_of_nobody_stands_flush_above_or_below_a_text_that_is_painted_with_it(
    left: float, baseline: float, at: int, size: float, *, expected: bool
) -> None:
    line = shown("A line more", left, baseline, at=at, size=size)
    assert inserted(line, text()) == ["A line more at The text"] * expected


def test_a_line_at_the_left_edge_is_told_half_a_point_higher_but_not_on_the_same_baseline() -> None:
    assert inserted(shown("more", 100, 100.5, at=6), text()) == ["more at The text"]
    assert inserted(shown("more", 100, 100, at=6), text()) == []


def test_lines_below_labels_and_below_what_is_no_main_text_are_the_programs() -> None:
    line = shown("A line more", 100, 88, at=6)
    assert inserted(line, text(is_label=True)) == []
    assert inserted(line, text(sequence="card x")) == []
    assert inserted(line) == []
    assert inserted(shown("A line more", 100, 88, at=6, page=2), text()) == []


@pytest.mark.parametrize("said", ["Label:", "Label: ", "cut off…"])
def test_a_label_before_its_fact_and_a_title_that_is_cut_are_the_programs(said: str) -> None:
    assert inserted(shown(said, 142), text()) == []


@pytest.mark.parametrize("said", ["–", "·", ". . .", "…"])
def test_signs_alone_are_no_words(said: str) -> None:
    assert inserted(shown(said, 142), text()) == []


def test_running_heads_and_labels_are_known_with_and_without_what_stands_around_them() -> None:
    head = shown("Bulletin", 142)
    assert inserted(head, text()) == ["Bulletin at The text"]
    assert inserted(head, text(), running="bulletin") == []
    assert inserted(shown("· Bulletin –", 142), text(), running="bulletin") == []
    assert inserted(shown("well-known", 142), text(), repeated="well-known") == []
    assert inserted(shown("one two", 142), text(), words=frozenset({"one", "two"})) == []
    assert inserted(shown("one two", 142), text(), words=frozenset({"one"})) == ["one two at The text"]


def test_the_nearest_text_is_told_and_a_line_counts_more_than_the_way_along_it() -> None:
    left = whole(written("Left"), shown("Left", 60, 100))
    low = whole(written("Low"), shown("Low", 142, 98))
    assert inserted(shown("more", 142), low, text(), left) == ["more at The text"]
    assert inserted(shown("more", 81, 100, wide=15), text(), left) == ["more at Left"]
    assert inserted(shown("more", 84, 100, wide=15), text(), left) == ["more at The text"]
    # A point downwards is as far as four to the side.
    assert inserted(shown("more", 144.9, 100), low, text()) == ["more at The text"]
    lower = whole(written("Lower"), shown("Lower", 142, 98.9))
    assert inserted(shown("more", 144.5, 100), lower, text()) == ["more at Lower"]
    low = whole(written("Low"), shown("Low", 142, 98.9))
    assert inserted(shown("more", 143.5, 100), low, text()) == ["more at The text"]


NUMBERED: dict[str, dict[str, Any]] = {
    "an item": {"number": 7},
    "a note": {"note": "n"},
    "a section": {"anchor": "section 1"},
}


@pytest.mark.parametrize("kind", NUMBERED)
@pytest.mark.parametrize(
    ("right", "expected"),
    [(99, False), (95.1, False), (105, False), (105.1, True), (-59, False), (-60, False), (-61, True)],
)
def test_a_number_before_a_text_numbers_an_item_a_note_or_a_section(
    kind: str, right: float, *, expected: bool
) -> None:
    number = shown("7.", right - 10)
    assert number_is_told(number, text(**NUMBERED[kind])) == expected


def number_is_told(number: Fragment, *matches: Match) -> bool:
    """Return whether a number is no number of the program: said of its place, its nearness left aside."""
    return not _Lines(matches).is_number(number)


@pytest.mark.parametrize(
    ("left", "expected"), [(130, True), (131, False), (142, False), (144.9, False), (145, True), (200, True)]
)
def test_a_number_behind_an_entry_is_its_page_unless_it_is_added_to_its_words(
    left: float, *, expected: bool
) -> None:
    number = shown("12", left)
    for sequence in ("contents", "calendar"):
        assert number_is_told(number, text(sequence=sequence)) != expected
    assert number_is_told(number, text())


def test_the_page_of_an_entry_stands_behind_its_last_line() -> None:
    first, last = shown("The first", 100, 120), shown("and last", 100, 100)
    entry = whole(written("The first and last", sequence="contents"), first, last)
    assert not number_is_told(shown("12", 200, 100), entry)
    assert number_is_told(shown("12", 200, 120), entry)
    item = whole(written("The first and last", number=3), first, last)
    assert not number_is_told(shown("3.", 80, 120), item)
    assert number_is_told(shown("3.", 80, 100), item)


def test_a_number_before_what_is_not_numbered_is_told() -> None:
    assert number_is_told(shown("7.", 80), text())
    assert not number_is_told(shown("7.", 80), text(), whole(written("The text", number=7)))


@pytest.mark.parametrize(
    ("baseline", "said", "page", "told"),
    [
        (20, "2", 2, False),
        (280, "2", 2, False),
        (92, "2", 2, True),
        (208, "2", 2, True),
        (150, "2", 2, True),
        (20, "3", 2, True),
        (100, "2", 2, True),
        (150, "9", 1, False),
    ],
)
def test_the_number_of_a_page_stands_above_or_below_all_its_words(
    baseline: float, said: str, page: int, *, told: bool
) -> None:
    above = whole(written("Above"), shown("Above", 100, 200, page=page))
    below = whole(written("Below"), shown("Below", 100, 100, page=page))
    assert number_is_told(shown(said, 200, baseline, page=page), above, below) == told


@pytest.mark.parametrize(("said", "told"), [("1", False), ("2.", False), ("3", True)])
def test_a_number_on_a_line_of_its_own_may_be_the_call_of_a_note(said: str, *, told: bool) -> None:
    notes = [whole(written(f"Note {name}", note=name), shown("Note", 100, 60, page=3)) for name in "ab"]
    other = whole(written("Other"), shown("Other", 100, 200, page=2))
    low = whole(written("Low"), shown("Low", 100, 20, page=2))
    assert number_is_told(shown(said, 100, 150, page=2), other, low, *notes) == told


@pytest.mark.parametrize(("said", "expected"), [("1234", []), ("12345", ["12345 at The text"])])
def test_a_number_has_four_figures_at_most(said: str, expected: list[str]) -> None:
    # An item of a numbered list; the number stands half over its edge, near enough to be an addition.
    number = shown(said, 96 - 5 * len(said))
    assert inserted(number, text(number=1234)) == []
    line = shown(said, 100, 88, at=6)
    notes = [whole(written(f"Note {at}", note=str(at)), shown("Note", 100, 20)) for at in range(1234)]
    assert inserted(line, text(), *notes) == expected
