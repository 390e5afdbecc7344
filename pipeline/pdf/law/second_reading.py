"""A second reading of what the first could not follow.

Where words stand more than once in an issue – cells of a table, a title that is a list item too, shared
sentences – the first reading can take one for another, and the next then seems to be missing or out of
order. The second reading counts: the words of a block are not missing where the pages show them, as a reader
can read them, as often as the issue has them. What shows other blocks does not count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.reading_order import goes_on
from pipeline.pdf.law.signs import HYPHEN, REFERENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.pdf.law.blocks import Block
    from pipeline.pdf.law.drawn_text import Fragment
    from pipeline.pdf.law.matching import Match, Matcher

_MARK_OF_NOTE: Final = r"[\d*†‡§⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}"


class SecondReading:
    """Counts words.

    Args:
        matcher: Has found what it could.
        blocks: All that the pages must show, with their signs chosen.
    """

    def __init__(self, matcher: Matcher, blocks: Sequence[Block]) -> None:
        self._owners = matcher.owners
        self._fragments = list(matcher.besides_furniture())
        self._starts: list[int] = []
        at = 0
        for fragment in self._fragments:
            self._starts.append(at)
            at += len(fragment.bare)
        self._shown = "".join(fragment.bare for fragment in self._fragments)
        self._blocks = Counter(block.bare for block in blocks)
        self._expected = "\n".join(block.bare for block in blocks)

    def is_there(self, block: Block) -> bool:
        """Return whether the pages show the words of a block as often as the issue has them."""
        return sum(1 for _ in self._readable(block)) >= self._blocks[block.bare]

    def may_be_another(self, block: Block) -> bool:
        """Return whether a block out of order may be another one of equal words, of which none is missing."""
        return self._blocks[block.bare] > 1 and self.is_there(block)

    def is_once_too_often(self, fragment: Fragment) -> bool:
        """Return whether the pages show the words of a fragment more often than the issue has them."""
        return self._shown.count(fragment.bare) > self._expected.count(fragment.bare)

    def _readable(self, block: Block) -> Iterator[Sequence[Fragment]]:
        """Yield the fragments of each place that shows a block and no other one."""
        pattern = _MARK_OF_NOTE.join(re.escape(part) for part in block.bare.split(REFERENCE))
        for place in re.finditer(pattern, self._shown):
            first = bisect_right(self._starts, place.start()) - 1
            last = bisect_right(self._starts, place.end() - 1) - 1
            held = self._fragments[first : last + 1]
            end = self._starts[last] + len(held[-1].bare)
            alone = place.start() == self._starts[first] and place.end() == end
            free = all(self._may_show(fragment, block) for fragment in held)
            in_order = all(goes_on(*pair, block.empty_lines) for pair in pairwise(held))
            if (alone or not block.stands_alone) and free and in_order:
                yield held

    def _may_show(self, fragment: Fragment, block: Block) -> bool:
        owner = self._owners.get(fragment)
        return owner is None or owner.block.bare == block.bare or not owner.block.stands_alone


def hyphen_fault(match: Match) -> int | None:
    """Return where a match lacks a hyphen, or has one that is not at the end of a line, or None.

    Args:
        match: Whole.

    Returns:
        The number of the sign, among those without hyphens.
    """
    expected, at, offset = match.block.signs, 0, 0
    for index, fragment in enumerate(match.fragments):
        following = match.fragments[index + 1] if index + 1 < len(match.fragments) else None
        ends_line = following is not None and not following.is_on_line_of(fragment)
        for place, sign in enumerate(fragment.signs):
            wanted = expected[at] if at < len(expected) else ""
            if wanted == HYPHEN == sign:
                at += 1
            elif sign == HYPHEN:
                repeated = place == 0 and index > 0 and match.fragments[index - 1].signs.endswith(HYPHEN)
                if not (ends_line and place == len(fragment.signs) - 1) and not repeated:
                    return offset
            elif wanted == HYPHEN:
                return offset
            elif wanted == REFERENCE:
                at += place == len(fragment.signs) - 1
                offset += place == len(fragment.signs) - 1
            else:
                at += 1
                offset += 1
    return offset if HYPHEN in expected[at:] else None
