"""Words that a text must have, held against those it has: missing, surplus, in another order."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.findings.place import Place

_MOST_SHOWN: Final = 12
"""Words of a difference that a finding quotes."""


class ExpectedWord(NamedTuple):
    """A word, and where it was written."""

    text: str
    place: Place


class WordDifference(NamedTuple):
    """Words side by side in which a text differs.

    Args:
        words: The first of them.
        place: Where they were written, or what stands beside them.
        is_missing: Whether the text lacks them; otherwise it has them without their being expected there.
        at: The number of the first of them, among the words expected or shown.
    """

    words: str
    place: Place
    is_missing: bool
    at: int


def word_differences(expected: Sequence[ExpectedWord], shown: Sequence[str]) -> Iterator[WordDifference]:
    """Yield the differences between what is expected and what is shown, in order.

    Args:
        expected: At least one.
        shown: The words as they are shown.
    """
    wanted = [word.text for word in expected]
    if wanted == list(shown):
        return
    matcher = SequenceMatcher(None, wanted, shown, autojunk=False)
    for _, from_expected, to_expected, from_shown, to_shown in _changes(matcher):
        at = from_expected
        while at < to_expected:
            place = expected[at].place
            end = at
            while end < to_expected and expected[end].place == place:
                end += 1
            yield WordDifference(_quoted(wanted[at:end]), place, is_missing=True, at=at)
            at = end
        if from_shown < to_shown:
            beside = expected[min(max(from_expected - 1, 0), len(expected) - 1)].place
            words = _quoted(shown[from_shown:to_shown])
            yield WordDifference(words, beside, is_missing=False, at=from_shown)


def _changes(matcher: SequenceMatcher[str]) -> Iterator[tuple[str, int, int, int, int]]:
    return (each for each in matcher.get_opcodes() if each[0] != "equal")


def _quoted(words: Sequence[str]) -> str:
    more = " …" if len(words) > _MOST_SHOWN else ""
    return " ".join(words[:_MOST_SHOWN]) + more
