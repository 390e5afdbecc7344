"""How far the reading has come: where blocks were found last, and on which pages the next may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.expected.blocks import Near

if TYPE_CHECKING:
    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.expected.blocks import Block
    from pipeline.pdf.law.matching.match import Match

PAGES_AHEAD: Final = 3
"""Pages from one block to the next, at most."""

LAST_OF_COVER: Final = PAGES_AHEAD
"""The last page on which the cover may stand, and the contents but for those that go on from there."""


class ReadingPosition:
    """Where blocks were found, as they are read.

    Args:
        last_page: Of the file.
    """

    def __init__(self, last_page: int) -> None:
        self._last_page = last_page
        self._last: dict[str, Fragment] = {}
        self._row = ""
        self._cell: Fragment | None = None
        self._page = 1
        self._missed = 0
        self._matches: dict[int, Match] = {}
        self._accompanied: dict[int, int] = {}

    def note(self, match: Match) -> None:
        """Go on from where a block was found, or was not."""
        self._matches[id(match.block)] = match
        self._missed = 0 if match.is_whole else self._missed + 1
        if match.fragments and match.in_order:
            self._remember(match.block, match)
        if match.fragments and match.block.beside is not None:
            beside, page = id(match.block.beside), match.fragments[-1].page
            self._accompanied[beside] = max(page, self._accompanied.get(beside, page))

    def match_of(self, block: Block) -> Match:
        """Return what was found of a block that was noted."""
        return self._matches[id(block)]

    def _remember(self, block: Block, match: Match) -> None:
        if block.floats:
            return
        first, last = match.fragments[0], match.fragments[-1]
        if block.sequence:
            before = self._last.get(block.sequence)
            in_row = bool(block.row) and block.row == self._row
            if before is None or not in_row or (last.page, -last.baseline) > (before.page, -before.baseline):
                self._last[block.sequence] = last
            # What accompanies a cell, such as its note, does not end the row.
            self._row, self._cell = block.row, first
        if block.near is Near.AFTER:
            self._page = max(self._page, last.page)

    def last_of(self, block: Block) -> Fragment | None:
        """Return the last fragment that was found of the sequence of a block."""
        return self._last.get(block.sequence)

    def cell_before(self, block: Block) -> Fragment | None:
        """Return the beginning of the cell before, if the block is the next of its row."""
        return self._cell if block.row and block.row == self._row else None

    def pages(self, block: Block) -> range:
        """Return the pages that a block may begin on.

        Many may accompany the same block, as pictures that fill a page each: they go on from one another.
        """
        if block.near is Near.COVER:
            before = self.last_of(block)
            goes_on_to = before.page + 1 if block.sequence and before is not None else 0
            return range(1, max(LAST_OF_COVER, goes_on_to) + 1)
        if block.near in {Near.ANYWHERE, Near.LATER}:
            return range(1 if block.near is Near.ANYWHERE else self._page, self._last_page + 1)
        cell = self.cell_before(block)
        first = cell.page if cell is not None else self._page
        if block.near is Near.BESIDE and block.beside is not None:
            beside = self._matches.get(id(block.beside))
            first = beside.fragments[0].page if beside and beside.fragments else first
        if block.note:
            # Notes that have no room on the page of their call go on behind the text.
            return range(first, self._last_page + 1)
        last = max(first, self._accompanied.get(id(block.beside), first))
        return range(first, last + PAGES_AHEAD + self._missed + 1)
