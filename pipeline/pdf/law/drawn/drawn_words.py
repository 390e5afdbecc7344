"""Words of drawings: the engine paints each of their letters by itself, and those of a text in one go."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment

_FEWEST: Final = 3
"""Letters of a word of a drawing, at least, if they may stand apart: two may be words of one letter."""

_FEWEST_NUMERALS: Final = 4
"""Numerals of a number of a drawing, likewise: the years of a timeline have so many."""

_FEWEST_TOUCHING: Final = 2
"""Letters or numerals of a word of a drawing, at least, that stand as close as those of a word do."""

_TOUCHING: Final = 0.24
"""Font sizes between two letters of a word, at most, as behind a “1”; with a space there are more."""

_CLOSEST: Final = -0.3
_WIDEST: Final = 0.8
"""Font sizes between two letters of a text, a space between them included."""

_LEVEL: Final = 0.02
"""Font sizes by which the baselines of two letters may differ."""


def drawn_words(fragments: Sequence[Fragment]) -> frozenset[Fragment]:
    """Return the letters of drawings: single ones of one face, painted one after another on one line.

    What a text goes on with is no drawing: calls of notes, and letters that are set in bold type within it.

    Args:
        fragments: Of all pages, as they are painted.
    """
    drawn: set[Fragment] = set()
    for before, run, behind in _runs(fragments):
        if _is_word(run) and not (_adjoins(before, run[0]) or _adjoins(run[-1], behind)):
            drawn.update(run)
    return frozenset(drawn)


def _is_word(run: Sequence[Fragment]) -> bool:
    """Return whether letters are a word of a drawing, and not some words of one letter, or initials."""
    letters = _longest(letter.signs.isalpha() for letter in run)
    numerals = _longest(letter.signs.isdecimal() for letter in run)
    if letters >= _FEWEST or numerals >= _FEWEST_NUMERALS:
        return True
    gaps = (following.left - last.box.right for last, following in pairwise(run))
    touch = all(gap <= _TOUCHING * run[0].size for gap in gaps)
    return touch and max(letters, numerals) >= _FEWEST_TOUCHING


def _longest(are: Iterable[bool]) -> int:
    """Return how many of a kind follow one another, at most."""
    return max((sum(same) for _, same in groupby(are)), default=0)


def _runs(fragments: Sequence[Fragment]) -> Iterator[tuple[Fragment | None, list[Fragment], Fragment | None]]:
    """Yield texts of one sign beside one another, with what is painted before them and behind."""
    before: Fragment | None = None
    run: list[Fragment] = []
    for fragment in [*fragments, None]:
        if run and (fragment is None or not _goes_on(run[-1], fragment)):
            yield before, run, fragment
            before, run = run[-1], []
        if fragment is not None and len(fragment.signs) == 1:
            run.append(fragment)
        else:
            before = fragment


def _goes_on(last: Fragment, following: Fragment) -> bool:
    return (
        len(following.signs) == 1
        and following.face == last.face
        and abs(following.size - last.size) <= _LEVEL * last.size
        and abs(following.baseline - last.baseline) <= _LEVEL * last.size
        and _adjoins(last, following)
    )


def _adjoins(last: Fragment | None, following: Fragment | None) -> bool:
    """Return whether a text stands behind another, on its line, with a space between them at most."""
    if last is None or following is None or not following.is_on_line_of(last):
        return False
    return _CLOSEST * last.size <= following.left - last.box.right <= _WIDEST * last.size
