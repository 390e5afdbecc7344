"""Where a block may stand as it is painted in one go, wherever in the file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.matching.likeliest import Stretch
from pipeline.pdf.law.matching.steps import signs_shown

if TYPE_CHECKING:
    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.expected.blocks import Block
    from pipeline.pdf.law.matching.shown_fragments import ShownFragments

_FEWEST_SIGNS: Final = 2
"""Signs of a text that goes on on another page, at least: fewer stand there by chance."""

_MARK: Final = 20.0
"""Points from the number of a note to its text, at most."""

_PAINTED_BEFORE: Final = 30
"""Fragments of a page that are painted before what goes on from the page before: captions, another column."""


class PaintedPlaces:
    """Finds the places of blocks by the order in which fragments are painted.

    Args:
        fragments: Those of all pages.
    """

    def __init__(self, fragments: ShownFragments) -> None:
        self._shown = fragments
        self._all = fragments.all
        self._beginnings = {each.page: each.at for each in reversed(fragments.all)}
        self._numbers: dict[int, list[Fragment]] = defaultdict(list)
        for each in fragments.all:
            if each.bare.rstrip(".").isdecimal():
                self._numbers[each.page].append(each)

    def places(self, block: Block) -> list[Stretch]:
        """Return where a block may stand, whole if it stands whole anywhere, as it is painted in one go."""
        listed = self._shown.beginning(block.bare[0])
        found = [self.painted_from(block, first) for first in listed if self._shown.is_free(first)]
        longest = max((length for length, _ in found), default=0)
        # Of two that end together, the first begins with equal words on the page before.
        ends = {held[-1]: Stretch(held[0], held[-1]) for length, held in found if length == longest > 0}
        places = list(ends.values())
        if block.anchor and block.title_of:
            # What names an article too is repeated above the card of the article, in small type.
            largest = max((place.first.size for place in places), default=0)
            places = [place for place in places if place.first.size == largest]
        return places

    def painted_from(self, block: Block, first: Fragment) -> tuple[int, list[Fragment]]:
        """Return the fragments from one on that show a block, as they are painted, and how much they show.

        A block that reaches the foot of its page goes on behind what else is painted there and at the head of
        the next: captions, notes, running heads, the number of the page.
        """
        held: list[Fragment] = []
        offset, at = 0, first.at
        while at < len(self._all) and offset < len(block.bare):
            fragment = self._all[at]
            step = signs_shown(block.bare, offset, fragment)
            if not step:
                following = self._on_next_page(block, offset, held[-1]) if held else None
                if following is None:
                    break
                at = following
                continue
            held.append(fragment)
            offset += step
            at += 1
        return offset, held

    def _on_next_page(self, block: Block, offset: int, last: Fragment) -> int | None:
        """Return where a block goes on on the page after that of its last fragment.

        Args:
            block: The block.
            offset: How many of its signs were found.
            last: The last fragment that shows some.
        """
        begin = self._beginnings.get(last.page + 1)
        for following in self._all[begin : begin + _PAINTED_BEFORE] if begin is not None else ():
            shown = signs_shown(block.bare, offset, following)
            if following.page == last.page + 1 and shown == len(following.bare) >= _FEWEST_SIGNS:
                return following.at
        return None

    def is_numbered(self, fragment: Fragment) -> bool:
        """Return whether a number stands before a text on its line, as that of a note does."""
        return any(
            number.is_on_line_of(fragment) and -fragment.size < fragment.box.left - number.box.right < _MARK
            for number in self._numbers.get(fragment.page, ())
        )
