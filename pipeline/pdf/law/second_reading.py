"""A second reading of what the first could not follow.

It counts how often words stand on the pages, against how often they must. Where words stand more than once
in an issue – cells of a table, a title that is a list item too, shared sentences – the first reading
can take one for another, and the next then seems to be missing or out of order. The words of a block are not
missing where the pages show them as often as the issue has them.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.signs import HYPHEN, REFERENCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.pdf.law.blocks import Block
    from pipeline.pdf.law.drawn_text import Fragment
    from pipeline.pdf.law.matching import Match

_SHORT: Final = 6
"""Signs below which words are counted only where a text object shows nothing else."""

_AMBIGUOUS: Final = 12
"""Signs below which words are likely to stand elsewhere by chance."""

_MARK_OF_NOTE: Final = r"[\d*†‡§⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}"


class SecondReading:
    """Counts words.

    Args:
        fragments: Those of all pages but running heads, as they are painted.
        blocks: All that the pages must show, with their signs chosen.
    """

    def __init__(self, fragments: Iterable[Fragment], blocks: Iterable[Block]) -> None:
        shown = [fragment.bare for fragment in fragments]
        expected = [block.bare for block in blocks]
        self._shown, self._expected = "".join(shown), "\n".join(expected)
        self._shown_alone, self._expected_alone = Counter(shown), Counter(expected)

    def is_there(self, block: Block) -> bool:
        """Return whether the pages show the words of a block as often as the issue has them."""
        return self._stands(block.bare)

    def is_only_misplaced(self, block: Block) -> bool:
        """Return whether a block that seems out of order may have been taken for another of equal words."""
        is_short = len(block.bare) < _AMBIGUOUS or block.is_label
        ambiguous = is_short or self._expected.count(block.bare) > 1
        return ambiguous and self._stands(block.bare)

    def is_once_too_often(self, fragment: Fragment) -> bool:
        """Return whether the pages show the words of a fragment more often than the issue has them."""
        return self._shown.count(fragment.bare) > self._expected.count(fragment.bare)

    def _stands(self, bare: str) -> bool:
        if len(bare) < _SHORT:
            return self._shown_alone[bare] >= self._expected_alone[bare]
        if REFERENCE not in bare:
            return self._shown.count(bare) >= self._expected.count(bare)
        pattern = _MARK_OF_NOTE.join(re.escape(part) for part in bare.split(REFERENCE))
        return len(re.findall(pattern, self._shown)) >= self._expected.count(bare)


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
