"""Finds every expected block among the fragments that the pages draw; what is not found is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.pdf.law.expected.blocks import Block, Near
from pipeline.pdf.law.expected.text import MAIN
from pipeline.pdf.law.matching.likeliest import Stretch, likeliest_places
from pipeline.pdf.law.matching.painted_places import PaintedPlaces
from pipeline.pdf.law.matching.reading_position import ReadingPosition
from pipeline.pdf.law.matching.whole_blocks import WholeBlocks
from pipeline.pdf.law.matching.words_within import WordsWithin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.matching.match import Match
    from pipeline.pdf.law.matching.shown_fragments import ShownFragments


class Matcher:
    """Matches blocks with fragments; a fragment shows one block only.

    Args:
        fragments: Those of all pages, to which is added what they show.
    """

    def __init__(self, fragments: ShownFragments) -> None:
        self._shown = fragments
        self._painted = PaintedPlaces(fragments)
        self._position = ReadingPosition(fragments.all[-1].page if fragments.all else 1)

    def match_all(self, blocks: Sequence[Block]) -> list[Match]:
        """Find blocks, and keep the fragments that show them.

        What may stand within other words, and notes, are sought last, where no other block has taken them: a
        name under an article is not found in its text. Only the entries of the contents are sought in their
        turn, for a title may be one too.

        Args:
            blocks: In the order in which they are read.
        """
        main = [block for block in blocks if block.sequence == MAIN and block.stands_alone and block.bare]
        likeliest = likeliest_places(main, self._painted.places)
        reserved = self._reserved(likeliest, [block for block in blocks if block.note and block.bare])
        whole = WholeBlocks(self._shown, self._painted, self._position, likeliest, reserved)
        expected = "\n".join(block.bare for block in blocks if block.stands_alone)
        within = WordsWithin(self._shown, expected, reserved)
        later: list[tuple[Block, range, Fragment | None]] = []
        for block in blocks:
            pages, last = self._position.pages(block), self._position.last_of(block)
            if block.note or not (block.stands_alone or block.near is Near.COVER):
                later.append((block, pages, last))
            else:
                self._keep(whole.found(block) if block.stands_alone else within.found(block, pages, last))
        for block, pages, last in later:
            self._keep(whole.found(block) if block.stands_alone else within.found(block, pages, last))
        return [self._position.match_of(block) for block in blocks]

    def _reserved(self, likeliest: Mapping[Block, Fragment], notes: Sequence[Block]) -> dict[Fragment, Block]:
        """Return the fragments that blocks show most likely, which are kept from others of the same words.

        Args:
            likeliest: Where blocks begin, most likely.
            notes: They are sought last; their words are kept for them, too.
        """
        reserved: dict[Fragment, Block] = {}
        for block, first in likeliest.items():
            reserved |= dict.fromkeys(self._painted.painted_from(block, first)[1], block)

        def numbered(block: Block) -> list[Stretch]:
            return [place for place in self._painted.places(block) if self._painted.is_numbered(place.first)]

        for block, first in likeliest_places(notes, numbered).items():
            length, held = self._painted.painted_from(block, first)
            if length == len(block.bare):
                reserved = dict.fromkeys(held, block) | reserved
        return reserved

    def _keep(self, match: Match) -> None:
        block = match.block
        shows_no_more = block.stands_alone or "".join(part.bare for part in match.fragments) == block.bare
        for fragment in match.fragments:
            if shows_no_more:
                self._shown.take(fragment, match)
            else:
                self._shown.owners.setdefault(fragment, match)
        self._position.note(match)
