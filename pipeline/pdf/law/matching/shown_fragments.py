"""The fragments of all pages, and the blocks that they were found to show."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pipeline.pdf.law.drawn.drawn_words import drawn_words
from pipeline.pdf.law.drawn.running_lines import running_lines
from pipeline.pdf.law.drawn.shown_signs import ShownSigns, is_edge_of_word
from pipeline.pdf.law.expected.signs import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.matching.match import Match


class ShownFragments:
    """Fragments, each of which shows one block, a part of one, or parts of several short ones.

    Args:
        fragments: Of all pages, as they are painted.
        running: The signs of running heads that stand on all pages.
    """

    def __init__(self, fragments: Sequence[Fragment], running: frozenset[str]) -> None:
        self.all = fragments
        self.owners: dict[Fragment, Match] = {}
        self._rows = running_lines(fragments, running)
        self._drawn = drawn_words(fragments)
        self._taken: set[Fragment] = set()
        self._by_sign: dict[str, list[Fragment]] = defaultdict(list)
        for fragment in fragments:
            if fragment.bare:
                self._by_sign[fragment.bare[0]].append(fragment)
        self._signs = ShownSigns(fragments)
        self._used = bytearray(len(self.signs))

    @property
    def signs(self) -> str:
        """The signs of all pages, without hyphens."""
        return self._signs.joined

    def unmatched(self) -> Iterator[Fragment]:
        """Yield the fragments that show no block and stand in no line of running heads."""
        yield from (fragment for fragment in self.besides_furniture() if fragment not in self.owners)

    def besides_furniture(self) -> Iterator[Fragment]:
        """Yield the fragments that stand in no line of running heads."""
        yield from (fragment for fragment in self.all if not self.is_furniture(fragment))

    def is_furniture(self, fragment: Fragment) -> bool:
        """Return whether a fragment stands in the line of a running head."""
        return (fragment.page, round(fragment.baseline)) in self._rows

    def is_of_text(self, fragment: Fragment) -> bool:
        """Return whether a fragment is of a text: what a drawing says stands for no word of the issue."""
        return fragment not in self._drawn and not self.is_furniture(fragment)

    def of_text(self) -> Iterator[Fragment]:
        """Yield the fragments of texts."""
        yield from (fragment for fragment in self.all if self.is_of_text(fragment))

    def is_taken(self, fragment: Fragment) -> bool:
        """Return whether a fragment shows a block, and nothing but this block."""
        return fragment in self._taken

    def is_free(self, fragment: Fragment) -> bool:
        """Return whether a fragment may show a block that is still to be found."""
        return fragment not in self._taken and self.is_of_text(fragment)

    def beginning(self, sign: str) -> Sequence[Fragment]:
        """Return the fragments that a text beginning with a sign can begin with, as they are painted."""
        return self.all if sign == REFERENCE else self._by_sign.get(sign, [])

    def take(self, fragment: Fragment, match: Match) -> None:
        """Keep a fragment that shows a part of a match, or the number beside it."""
        self._taken.add(fragment)
        self.owners[fragment] = match
        self._used[self._signs.stretch_of(fragment)] = b"\1" * len(fragment.bare)

    def take_signs(self, at: int, length: int) -> None:
        """Keep some signs, which show a block within other words."""
        self._used[at : at + length] = b"\1" * length

    def holding(self, at: int, length: int) -> list[Fragment]:
        """Return the fragments of a stretch of all signs; none where some belong to another block."""
        return [] if any(self._used[at : at + length]) else self._signs.holding(at, length)

    def left_over(self, fragment: Fragment) -> list[str]:
        """Return what of a fragment shows no block, in stretches."""
        used = self._used[self._signs.stretch_of(fragment)]
        rest = "".join(" " if taken else sign for sign, taken in zip(fragment.bare, used, strict=True))
        return rest.split()

    def beside_words(self, at: int, length: int, held: Sequence[Fragment]) -> list[Fragment] | None:
        """Return those fragments that show other words, too, beside a stretch of whole words.

        Args:
            at: The number of the first sign of the stretch.
            length: How many signs it has.
            held: The fragments that hold it.

        Returns:
            None where the stretch begins or ends within a word.
        """
        first, last = held[0], held[-1]
        before = at - self._signs.start_of(first)
        until = at + length - self._signs.start_of(last)
        if not (is_edge_of_word(first, before) and is_edge_of_word(last, until)):
            return None
        return [fragment for fragment, more in ((first, before), (last, len(last.bare) - until)) if more]
