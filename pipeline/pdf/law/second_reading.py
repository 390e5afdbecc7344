"""A second reading of what the first could not follow.

Where words stand more than once in an issue – cells of a table, a title that is a list item too, shared
sentences – the first reading can take one for another, and the next then seems to be missing or out of
order. The second reading counts: the words of a block are not missing where the pages show them, as a reader
can read them, as often as the issue has them. What shows other blocks does not count. What the first pages
say, such as the entries of the contents, is counted there by itself: a title inside the issue is no entry.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.drawn.reading_order import goes_on
from pipeline.pdf.law.drawn.shown_signs import ShownSigns
from pipeline.pdf.law.expected.blocks import Near
from pipeline.pdf.law.expected.signs import REFERENCE
from pipeline.pdf.law.matching.reading_position import LAST_OF_COVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.expected.blocks import Block
    from pipeline.pdf.law.matching.shown_fragments import ShownFragments

_MARK_OF_NOTE: Final = r"[\d*†‡§⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}"


class SecondReading:
    """Counts words.

    Args:
        shown: The fragments of all pages, with the blocks that were found.
        blocks: All that the pages must show, with their signs chosen.
    """

    def __init__(self, shown: ShownFragments, blocks: Sequence[Block]) -> None:
        self._owners = shown.owners
        self._signs = ShownSigns(shown.of_text())
        self._blocks = Counter(block.bare for block in blocks)
        self._on_cover = Counter(block.bare for block in blocks if block.near is Near.COVER)
        self._expected = "\n".join(block.bare for block in blocks)
        contents = (
            each.page
            for each, owner in shown.owners.items()
            if owner.block.near is Near.COVER and owner.block.sequence
        )
        self._last_of_cover = max((LAST_OF_COVER, *contents))

    def is_there(self, block: Block) -> bool:
        """Return whether the pages show the words of a block as often as the issue has them."""
        if block.near is Near.COVER:
            shown = sum(all(map(self._may_be_on_cover, held)) for held in self._readable(block))
            return shown >= self._on_cover[block.bare]
        return sum(1 for _ in self._readable(block)) >= self._blocks[block.bare]

    def may_be_another(self, block: Block) -> bool:
        """Return whether a block out of order may be another one of equal words, of which none is missing."""
        return self._blocks[block.bare] > 1 and self.is_there(block)

    def is_once_too_often(self, fragment: Fragment) -> bool:
        """Return whether the pages show the words of a fragment more often than the issue has them."""
        # Signs of two fragments may look like these words by chance.
        shown = sum(each.bare.count(fragment.bare) for each in self._signs.fragments)
        return shown > self._expected.count(fragment.bare)

    def _readable(self, block: Block) -> Iterator[Sequence[Fragment]]:
        """Yield the fragments of each place that shows a block and no other one."""
        pattern = _MARK_OF_NOTE.join(re.escape(part) for part in block.bare.split(REFERENCE))
        for place in re.finditer(pattern, self._signs.joined):
            held = self._signs.holding(place.start(), len(place[0]))
            starts_alone = place.start() == self._signs.start_of(held[0])
            alone = starts_alone and place.end() == self._signs.stretch_of(held[-1]).stop
            free = all(self._may_show(fragment, block) for fragment in held)
            in_order = all(goes_on(*pair, block.empty_lines) for pair in pairwise(held))
            if (alone or not block.stands_alone) and free and in_order:
                yield held

    def _may_be_on_cover(self, fragment: Fragment) -> bool:
        owner = self._owners.get(fragment)
        is_near = fragment.page <= self._last_of_cover
        return is_near and (owner is None or owner.block.near is Near.COVER or not owner.block.stands_alone)

    def _may_show(self, fragment: Fragment, block: Block) -> bool:
        owner = self._owners.get(fragment)
        return owner is None or owner.block.bare == block.bare or not owner.block.stands_alone
