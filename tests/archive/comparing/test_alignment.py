"""Two sequences are divided into equal and different stretches without loss, whatever their length."""

from __future__ import annotations

import difflib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.comparing import alignment
from pipeline.archive.comparing.alignment import Stretch, align

WORDS = st.lists(st.sampled_from("абвгде"), max_size=40)


def checked_alignment(before: list[str], after: list[str]) -> list[Stretch]:
    """Align two sequences, and check that every stretch is correct and nothing is lost."""
    stretches = align(before, after)
    at = now_at = 0
    for number, stretch in enumerate(stretches):
        assert (stretch.begin, stretch.now_begin) == (at, now_at)
        at, now_at = stretch.end, stretch.now_end
        old, new = before[stretch.begin : at], after[stretch.now_begin : now_at]
        assert old or new
        assert (old == new) is stretch.is_equal
        assert number == 0 or stretches[number - 1].is_equal is not stretch.is_equal
    assert (at, now_at) == (len(before), len(after))
    return stretches


@given(WORDS, WORDS)
def test_nothing_is_lost_and_equal_is_equal(before: list[str], after: list[str]) -> None:
    checked_alignment(before, after)


@given(WORDS, WORDS)
def test_long_sequences_are_aligned_as_correctly_as_short_ones(before: list[str], after: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "_MOST_PAIRS", 4)
        patch.setattr(alignment, "_ANCHORS", ((1, 1), (3, 1), (2, 9)))
        checked_alignment(before, after)


def test_a_word_in_a_long_text_is_found_without_comparing_every_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    weighed = []
    plain = difflib.SequenceMatcher

    def watched(_: None, old: list[str], new: list[str], *, autojunk: bool) -> object:
        weighed.append(len(old) * len(new))
        return plain(None, old, new, autojunk=autojunk)

    monkeypatch.setattr("pipeline.archive.comparing.alignment.difflib.SequenceMatcher", watched)
    choice = random.Random(4)
    before = [choice.choice(("и", "на", f"дума{choice.randrange(9000)}")) for _ in range(40_000)]
    after = ["Нова", *before[:15_000], "вмъкната", *before[15_000:30_000], *before[30_003:], "край"]
    changes = [stretch for stretch in checked_alignment(before, after) if not stretch.is_equal]
    assert [after[change.now_begin : change.now_end] for change in changes] == [
        ["Нова"],
        ["вмъкната"],
        [],
        ["край"],
    ]
    assert sum(weighed) < 1_000_000


def test_repeated_items_are_aligned_by_their_order() -> None:
    choice = random.Random(5)
    before = [choice.choice(("P", "H1", "L", "LI", "Span")) for _ in range(20_000)]
    after = ["Figure", *before[:9_000], "Figure", *before[9_000:], "Figure"]
    changes = [stretch for stretch in checked_alignment(before, after) if not stretch.is_equal]
    assert [after[change.now_begin : change.now_end] for change in changes] == [["Figure"]] * 3


def test_a_text_that_repeats_itself_is_aligned_copy_to_copy() -> None:
    once = [f"дума{number}" for number in range(700)]
    before = once * 4
    after = [*once[:300], "нова", *once[300:], *once * 3]
    changes = [stretch for stretch in checked_alignment(before, after) if not stretch.is_equal]
    assert [after[change.now_begin : change.now_end] for change in changes] == [["нова"]]
    both = [*once[:300], "нова", *once[300:], *once * 2, *once[:300], "друга", *once[300:]]
    changes = [stretch for stretch in checked_alignment(before, both) if not stretch.is_equal]
    assert [both[change.now_begin : change.now_end] for change in changes] == [["нова"], ["друга"]]
