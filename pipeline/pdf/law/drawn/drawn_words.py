"""Words of drawings: the engine paints each of their letters by itself, and those of a text in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment

_FEWEST: Final = 3
"""Letters of a word of a drawing, at least: two may be words of one letter, or set in two faces."""

_CLOSEST: Final = -0.3
_WIDEST: Final = 0.8
"""Font sizes between two letters of a drawing, a space between them included."""

_LEVEL: Final = 0.02
"""Font sizes by which the baselines of two letters may differ."""


def drawn_words(fragments: Sequence[Fragment]) -> frozenset[Fragment]:
    """Return the letters of drawings: single ones, painted one after another on one line in one size.

    Numerals are none: calls of notes may follow one another.

    Args:
        fragments: Of all pages, as they are painted.
    """
    return frozenset(
        letter
        for run in _runs(fragments)
        if sum(letter.signs.isalpha() for letter in run) >= _FEWEST
        for letter in run
    )


def _runs(fragments: Sequence[Fragment]) -> Iterator[list[Fragment]]:
    """Yield texts of one sign that stand beside one another, painted one after another."""
    run: list[Fragment] = []
    for fragment in fragments:
        if run and not _goes_on(run[-1], fragment):
            yield run
            run = []
        if len(fragment.signs) == 1:
            run.append(fragment)
    yield run


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
