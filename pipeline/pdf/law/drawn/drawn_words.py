"""Words of drawings: the engine paints each of their letters by itself, and those of a text in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment

_FEWEST: Final = 3
"""Letters of a word of a drawing, at least: two may be words of one letter, or set in two faces."""

_FEWEST_NUMERALS: Final = 4
"""Numerals of a number of a drawing, at least: the years of a timeline have so many."""

_CLOSEST: Final = -0.3
_WIDEST: Final = 0.8
"""Font sizes between two letters of a drawing, a space between them included."""

_LEVEL: Final = 0.02
"""Font sizes by which the baselines of two letters may differ."""


def drawn_words(fragments: Sequence[Fragment]) -> frozenset[Fragment]:
    """Return the letters of drawings: single ones, painted one after another on one line in one size.

    Numerals that follow a text are calls of notes.

    Args:
        fragments: Of all pages, as they are painted.
    """
    return frozenset(
        letter for before, run in _runs(fragments) if run and _are_drawn(before, run) for letter in run
    )


def _are_drawn(before: Fragment | None, run: Sequence[Fragment]) -> bool:
    if sum(letter.signs.isalpha() for letter in run) >= _FEWEST:
        return True
    numerals = sum(letter.signs.isdecimal() for letter in run)
    return numerals >= _FEWEST_NUMERALS and not (before is not None and _follows(before, run[0]))


def _follows(before: Fragment, first: Fragment) -> bool:
    """Return whether a sign stands directly behind a text."""
    return first.is_on_line_of(before) and abs(first.left - before.box.right) <= before.size


def _runs(fragments: Sequence[Fragment]) -> Iterator[tuple[Fragment | None, list[Fragment]]]:
    """Yield texts of one sign beside one another, painted one after another, and what is painted before."""
    before: Fragment | None = None
    run: list[Fragment] = []
    for fragment in fragments:
        if run and not _goes_on(run[-1], fragment):
            yield before, run
            before, run = run[-1], []
        if len(fragment.signs) == 1:
            run.append(fragment)
        else:
            before = fragment
    yield before, run


def _goes_on(last: Fragment, following: Fragment) -> bool:
    size = last.size
    gap = following.left - last.box.right
    return (
        len(following.signs) == 1
        and following.page == last.page
        and abs(following.size - size) <= _LEVEL * size
        and abs(following.baseline - last.baseline) <= _LEVEL * size
        and _CLOSEST * size <= gap <= _WIDEST * size
    )
