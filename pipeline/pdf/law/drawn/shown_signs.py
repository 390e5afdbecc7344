"""The signs that pages show, fragment after fragment, and what of them shows a word."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from pipeline.pdf.law.expected.signs import signs_of, without_hyphens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.pdf.law.drawn.drawn_text import Fragment


class ShownSigns:
    """The signs of some fragments as one text, without hyphens.

    Args:
        fragments: As they are painted.
    """

    def __init__(self, fragments: Iterable[Fragment]) -> None:
        self.fragments = list(fragments)
        self._starts: list[int] = []
        self._start_of: dict[Fragment, int] = {}
        at = 0
        for fragment in self.fragments:
            self._starts.append(at)
            self._start_of[fragment] = at
            at += len(fragment.bare)
        self.joined = "".join(fragment.bare for fragment in self.fragments)

    def start_of(self, fragment: Fragment) -> int:
        """Return the number of a fragment's first sign."""
        return self._start_of[fragment]

    def stretch_of(self, fragment: Fragment) -> slice:
        """Return the numbers of a fragment's signs."""
        start = self._start_of[fragment]
        return slice(start, start + len(fragment.bare))

    def holding(self, at: int, length: int) -> list[Fragment]:
        """Return the fragments that hold some signs.

        Args:
            at: The number of the first.
            length: How many there are, one at least.
        """
        first = bisect_right(self._starts, at) - 1
        last = bisect_right(self._starts, at + length - 1) - 1
        return self.fragments[first : last + 1]


def is_edge_of_word(fragment: Fragment, at: int) -> bool:
    """Return whether a word begins or ends before a sign of a fragment, by its number without hyphens."""
    if not 0 < at < len(fragment.bare):
        return True
    if not (fragment.bare[at - 1].isalnum() and fragment.bare[at].isalnum()):
        return True
    for word in fragment.text.split():
        at -= len(without_hyphens(signs_of(word)))
        if at <= 0:
            break
    return at == 0
