"""Finds blocks that may stand within other words."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.pdf.law.drawn.reading_order import comes_after, goes_on
from pipeline.pdf.law.expected.blocks import Near
from pipeline.pdf.law.matching.match import Match

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.expected.blocks import Block
    from pipeline.pdf.law.matching.shown_fragments import ShownFragments


class WordsWithin:
    """Finds blocks among the signs of all pages, wherever fragments begin and end.

    Args:
        fragments: Those of all pages, of which the signs found are taken.
        expected: The signs of all blocks that stand by themselves.
        reserved: Fragments that show such a block most likely.
    """

    def __init__(self, fragments: ShownFragments, expected: str, reserved: Container[Fragment]) -> None:
        self._shown = fragments
        self._expected = expected
        self._reserved = reserved

    def found(self, block: Block, pages: range, last: Fragment | None) -> Match:
        """Return where a block stands, whole or not at all.

        Args:
            block: The block.
            pages: Those that it may begin on.
            last: The last fragment of what it stands behind.
        """
        bare = block.bare
        found = []
        for place in re.finditer(f"(?={re.escape(bare)})", self._shown.signs):
            at = place.start()
            held = self._shown.holding(at, len(bare))
            if held and held[0].page in pages and self._are_words(at, bare, held) and self._fits(held, last):
                found.append((self._rank(block, held), at, held))
        if not found:
            return Match(block)
        _, at, held = min(found, key=lambda each: each[0])
        self._shown.take_signs(at, len(bare))
        return Match(block, held, len(bare))

    def _rank(self, block: Block, held: Sequence[Fragment]) -> tuple[int, int]:
        """Return how unlikely a place is, the least first."""
        # What stands anywhere is the colophon: at the end, and not set letter by letter.
        if block.near is Near.ANYWHERE:
            return len(held), -held[0].page
        # Entries of the contents stand in their order; what else the first page says, by itself mostly.
        if block.near is Near.COVER and not block.sequence:
            return held[0].page, int(sum(len(each.bare) for each in held) > len(block.bare))
        return 0, 0

    def _are_words(self, at: int, bare: str, held: Sequence[Fragment]) -> bool:
        """Return whether signs are whole words, and those around them are not of another block."""
        beside = self._shown.beside_words(at, len(bare), held)
        return beside is not None and not any(fragment.bare in self._expected for fragment in beside)

    def _fits(self, held: Sequence[Fragment], last: Fragment | None) -> bool:
        if any(not self._shown.is_of_text(fragment) or fragment in self._reserved for fragment in held):
            return False
        follows = last is None or last is held[0] or comes_after(last, held[0])
        return follows and all(goes_on(one, other) for one, other in pairwise(held))
