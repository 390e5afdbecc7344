"""The lines of a paragraph with the fewest demerits, compared with every way there is to set it."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.typography.composing.balancing import balanced
from pipeline.typography.composing.demerits import TRACKING, WIDEST, ratio, ratio_of, tracking
from pipeline.typography.composing.opportunities import Ending, Opportunity, Point, Setting
from pipeline.typography.composing.total_fit import total_fit

if TYPE_CHECKING:
    from collections.abc import Sequence

EM: Final = 10.0
SPACE: Final = 2.5
LETTER: Final = 5.0
HYPHEN: Final = 3.0
START: Final = Point(0.0, 0.0, 0, 0)
DIVIDED: Final = {Ending.HYPHEN, Ending.STUB, Ending.SHORT_WORD, Ending.AVOIDED}

Words = list[list[tuple[int, Ending]]]


def opportunities(words: Words) -> list[Opportunity]:
    """Return the opportunities of words: each its syllables by their letters, with the ending after one."""
    found: list[Opportunity] = []
    x = spaces = 0.0
    letters = 0
    for number, word in enumerate(words):
        for index, (size, ending) in enumerate(word):
            x, letters = x + size * LETTER, letters + size
            here = Point(x, spaces, letters, 0)
            if index < len(word) - 1:
                found.append(Opportunity(here, here, ending, HYPHEN * (ending is not Ending.AVOIDED)))
            elif number < len(words) - 1:
                after = Point(x + SPACE, spaces + SPACE, letters, 0)
                found.append(Opportunity(here, after, Ending.PLAIN))
            else:
                found.append(Opportunity(here, here, Ending.LAST))
        x, spaces = x + SPACE, spaces + SPACE
    return found


def plain(*sizes: int) -> Words:
    return [[(size, Ending.PLAIN)] for size in sizes]


def starts(breaks: Sequence[Opportunity], chosen: Sequence[int]) -> list[Point]:
    return [START, *(breaks[index].start for index in chosen[:-1])]


def ratios(breaks: Sequence[Opportunity], chosen: Sequence[int], measure: float) -> list[float]:
    return [
        ratio_of(start, breaks[index].end, breaks[index].hyphen, measure, Setting(EM))
        for start, index in zip(starts(breaks, chosen), chosen, strict=True)
    ]


def spread(breaks: Sequence[Opportunity], chosen: Sequence[int], measure: float) -> float:
    """Return how uneven lines are, the last left out; infinity where one does not fit."""
    given = ratios(breaks, chosen, measure)
    return sum(abs(each) ** 6 for each in given[:-1]) if min(given) >= -1 else float("inf")


syllable = st.tuples(st.integers(2, 6), st.sampled_from(sorted(DIVIDED)))
any_words = st.lists(st.lists(syllable, min_size=1, max_size=5), min_size=1, max_size=60)
any_measures = st.lists(st.floats(40, 300), min_size=1, max_size=6)
settings_of = st.builds(
    Setting,
    st.just(EM),
    st.booleans(),
    st.none() | st.integers(0, 5),
    st.sampled_from([0.0, 20.0]),
    st.integers(0, 2),
)


class TestEveryParagraphIsSet:
    @given(any_words, any_measures, settings_of)
    def test_lines_follow_each_other_to_the_end(
        self, words: Words, measures: list[float], setting: Setting
    ) -> None:
        breaks = opportunities(words)
        chosen = total_fit(START, breaks, measures, setting)
        assert chosen == sorted(set(chosen))
        assert chosen[-1] == len(breaks) - 1

    @given(any_words, any_measures, settings_of)
    def test_a_line_is_too_wide_only_where_it_holds_nothing_to_break(
        self, words: Words, measures: list[float], setting: Setting
    ) -> None:
        breaks = opportunities(words)
        chosen = total_fit(START, breaks, measures, setting)
        before = -1
        for number, index in enumerate(chosen):
            start = START if before < 0 else breaks[before].start
            measure = measures[min(number, len(measures) - 1)]
            fits = ratio_of(start, breaks[index].end, breaks[index].hyphen, measure, setting) >= -1
            within = [
                each
                for each in breaks[before + 1 : index]
                if ratio_of(start, each.end, each.hyphen, max(measures), setting) >= -1
            ]
            assert fits or not within or len(set(measures)) > 1
            before = index

    @given(any_words, any_measures, settings_of)
    def test_the_same_paragraph_is_set_alike(
        self, words: Words, measures: list[float], setting: Setting
    ) -> None:
        breaks = opportunities(words)
        assert total_fit(START, breaks, measures, setting) == total_fit(START, breaks, measures, setting)

    def test_a_word_wider_than_the_measure_has_a_line_of_its_own(self) -> None:
        breaks = opportunities(plain(3, 40, 3, 3))
        assert total_fit(START, breaks, [60.0], Setting(EM)) == [0, 1, 3]


class TestNoBetterWayIsLeft:
    @given(st.lists(st.integers(1, 9), min_size=3, max_size=10), st.floats(60, 120))
    def test_plain_words_are_set_as_evenly_as_they_can_be(self, sizes: list[int], measure: float) -> None:
        breaks = opportunities(plain(*sizes))
        chosen = total_fit(START, breaks, [measure], Setting(EM))
        inner = range(len(breaks) - 1)
        ways = [
            [*some, len(breaks) - 1] for count in range(len(breaks)) for some in combinations(inner, count)
        ]
        # Demerits between lines are small beside those of lines that give more than they should.
        best = min(ways, key=lambda way: spread(breaks, way, measure))
        if max(ratios(breaks, best, measure)[:-1], default=0.0) <= 1.5:
            assert spread(breaks, chosen, measure) <= spread(breaks, best, measure) + 8

    def test_a_tight_line_is_better_than_a_very_loose_one(self) -> None:
        words = plain(5, 5, 5, 5, 5, 5, 5, 5, 5)
        breaks = opportunities(words)
        four = 4 * 25 + 3 * SPACE
        assert total_fit(START, breaks, [four - 1.0], Setting(EM))[0] == 3
        assert total_fit(START, breaks, [four - 29.0], Setting(EM))[0] == 2

    def test_two_loose_lines_are_better_than_one_with_a_hole(self) -> None:
        breaks = opportunities(plain(3, 8, 7, 12, 3, 3, 3))
        chosen = total_fit(START, breaks, [105.0], Setting(EM))
        assert max(ratios(breaks, chosen, 105.0)[:-1]) < 12


class TestHyphens:
    def test_a_line_ends_at_the_hyphen_of_a_compound_only_where_nothing_else_fits(self) -> None:
        compound = [(3, Ending.AVOIDED), (6, Ending.PLAIN)]
        words: Words = [*plain(4, 4, 4), compound, *plain(4, 4)]
        breaks = opportunities(words)
        chosen = total_fit(START, breaks, [85.0], Setting(EM))
        assert Ending.AVOIDED not in {breaks[index].ending for index in chosen}
        alone = opportunities([[(12, Ending.AVOIDED), (12, Ending.PLAIN)]])
        assert total_fit(START, alone, [70.0], Setting(EM)) == [0, 1]

    @settings(max_examples=30)
    @given(st.lists(st.integers(3, 8), min_size=30, max_size=40), st.floats(150, 260))
    def test_there_are_no_three_in_succession_where_words_are_short(
        self, sizes: list[int], measure: float
    ) -> None:
        words: Words = [[(size, Ending.HYPHEN), (3, Ending.PLAIN)] for size in sizes]
        breaks = opportunities(words)
        endings = [breaks[index].ending for index in total_fit(START, breaks, [measure], Setting(EM))]
        ladder = 0
        for ending in endings:
            ladder = ladder + 1 if ending in DIVIDED else 0
            assert ladder <= 2

    def test_hyphens_before_the_first_line_are_counted(self) -> None:
        words: Words = [[(4, Ending.HYPHEN), (4, Ending.PLAIN)]] * 12
        breaks = opportunities(words)
        first = breaks[total_fit(START, breaks, [112.0], Setting(EM, hyphens=0))[0]]
        again = breaks[total_fit(START, breaks, [112.0], Setting(EM, hyphens=2))[0]]
        assert first.ending is Ending.HYPHEN
        assert again.ending is Ending.PLAIN

    def test_the_line_at_the_foot_of_a_right_hand_page_has_none(self) -> None:
        words: Words = [[(2, Ending.HYPHEN), (3, Ending.PLAIN)]] * 60
        breaks = opportunities(words)
        plain_way = total_fit(START, breaks, [203.0], Setting(EM))
        divided = [line for line, index in enumerate(plain_way) if breaks[index].ending in DIVIDED]
        assert divided
        for foot in divided:
            chosen = total_fit(START, breaks, [203.0], Setting(EM, foot=foot))
            assert breaks[chosen[foot]].ending is Ending.PLAIN

    def test_one_stays_at_the_foot_of_a_page_that_can_end_earlier_rather_than_wide_spaces(self) -> None:
        words: Words = [*plain(*[5] * 5), [(2, Ending.HYPHEN), (5, Ending.PLAIN)], *plain(*[3] * 9)]
        breaks = opportunities(words)
        kept = total_fit(START, breaks, [150.0], Setting(EM, foot=0, foot_goes=True))
        avoided = total_fit(START, breaks, [150.0], Setting(EM, foot=0))
        assert breaks[kept[0]].ending is Ending.HYPHEN
        assert breaks[avoided[0]].ending is Ending.PLAIN
        assert ratios(breaks, avoided, 150.0)[0] > WIDEST

    def test_a_word_of_four_letters_is_divided_only_where_spaces_would_else_be_too_wide(self) -> None:
        short = [(2, Ending.SHORT_WORD), (2, Ending.PLAIN)]
        roomy = opportunities([*plain(*[5] * 5), short, *plain(*[5] * 12)])
        for measure in range(120, 180, 5):
            chosen = total_fit(START, roomy, [float(measure)], Setting(EM))
            if Ending.SHORT_WORD in {roomy[index].ending for index in chosen}:
                without = [each for each in roomy if each.ending is not Ending.SHORT_WORD]
                others = total_fit(START, without, [float(measure)], Setting(EM))
                assert max(ratios(without, others, measure)[:-1]) > WIDEST
        tight = opportunities([*plain(9, 9), short, *plain(16, 9, 9)])
        chosen = total_fit(START, tight, [109.0], Setting(EM))
        assert tight[chosen[0]].ending is Ending.SHORT_WORD

    def test_two_letters_are_parted_from_a_word_only_where_it_is_worth_it(self) -> None:
        words: Words = [[(4, Ending.STUB), (2, Ending.HYPHEN), (4, Ending.PLAIN)]] * 12
        breaks = opportunities(words)
        chosen = [breaks[index].ending for index in total_fit(START, breaks, [150.0], Setting(EM))]
        assert chosen.count(Ending.STUB) <= chosen.count(Ending.HYPHEN) + chosen.count(Ending.PLAIN)


class TestLastLine:
    @given(st.lists(st.integers(2, 8), min_size=12, max_size=40), st.floats(120, 250))
    def test_it_is_longer_than_an_indent(self, sizes: list[int], measure: float) -> None:
        breaks = opportunities(plain(*sizes))
        chosen = total_fit(START, breaks, [measure], Setting(EM, shortest=18.0))
        last = breaks[-1].end.x - starts(breaks, chosen)[-1].x
        given = ratios(breaks, chosen, measure)
        assert last >= 18.0 or len(chosen) == 1 or max(given[:-1]) > 6 or min(given) < -1


class TestMeasures:
    def test_each_line_has_its_own(self) -> None:
        breaks = opportunities(plain(*[4] * 30))
        chosen = total_fit(START, breaks, [100.0, 100.0, 200.0], Setting(EM))
        words = [after - before for before, after in pairwise([-1, *chosen])]
        assert words[:3] == [4, 4, 9] or words[:3] == [5, 4, 9]
        assert set(words[3:-1]) <= {9}

    @given(st.floats(-40, 80), st.floats(5, 30), st.floats(0, 10))
    def test_letters_and_spaces_together_fill_the_line(
        self, spare: float, spaces: float, letters: float
    ) -> None:
        given = ratio(spare, spaces, letters)
        share = tracking(given)
        rest = spare - share * 100 * letters
        assert abs(share) <= TRACKING
        if -1 <= given <= WIDEST:
            assert -0.161 <= rest / spaces <= 0.901


@pytest.mark.parametrize("measure", [120.0, 140.0, 180.0])
def test_lines_set_flush_left_are_even(measure: float) -> None:
    breaks = opportunities(plain(*[3, 8, 2, 9, 4, 7, 5, 6, 3, 9] * 4))
    chosen = total_fit(START, breaks, [measure], Setting(EM, ragged=True))
    widths = [
        breaks[index].end.x - start.x for start, index in zip(starts(breaks, chosen), chosen, strict=True)
    ]
    assert max(widths) <= measure
    assert min(widths[:-1]) >= 0.7 * measure


class TestHeads:
    @given(st.lists(st.integers(1, 12), min_size=2, max_size=14), st.floats(70, 240))
    def test_their_lines_are_as_few_as_they_can_be_and_the_longest_is_as_short(
        self, sizes: list[int], measure: float
    ) -> None:
        breaks = opportunities(plain(*sizes))
        chosen = balanced(START, breaks, measure)
        assert chosen is not None
        ways = [
            [*ends, len(breaks) - 1]
            for count in range(len(chosen))
            for ends in combinations(range(len(breaks) - 1), count)
        ]
        longest = [max(widths(breaks, way)) for way in ways if len(way) == len(chosen)]
        assert max(widths(breaks, chosen)) <= min(longest) + 0.1
        assert all(max(widths(breaks, way)) > measure for way in ways if len(way) < len(chosen))

    def test_none_is_divided(self) -> None:
        breaks = opportunities([[(4, Ending.HYPHEN), (6, Ending.AVOIDED), (4, Ending.PLAIN)]] * 4)
        chosen = balanced(START, breaks, 100.0)
        assert chosen is not None
        assert {breaks[index].ending for index in chosen} == {Ending.PLAIN, Ending.LAST}
        assert balanced(START, breaks, 60.0) is None


def widths(breaks: Sequence[Opportunity], chosen: Sequence[int]) -> list[float]:
    return [
        breaks[index].end.x - start.x for start, index in zip(starts(breaks, chosen), chosen, strict=True)
    ]


def test_the_work_grows_with_the_length_of_a_word_and_not_with_its_square(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = []

    def counted(*line: object) -> float:
        lines.append(line)
        return ratio_of(*line)  # type: ignore[arg-type]

    monkeypatch.setattr("pipeline.typography.composing.total_fit.ratio_of", counted)

    def work(syllables: int) -> int:
        lines.clear()
        word = [(3, Ending.HYPHEN)] * syllables
        total_fit(START, opportunities([word]), [200.0], Setting(EM))
        return len(lines)

    assert work(240) < 2.5 * work(120)
