"""Words and figures that the issue does not have, as a sheet may add them before or behind a text.

What stands beside the texts of the issue is the program's own: labels, running heads, numbers of items,
notes, sections and pages, and what figures show. All else was written by nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.expected.signs import signs_of, without_hyphens
from pipeline.pdf.law.expected.text import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.expected.issue import Expected
    from pipeline.pdf.law.matching.match import Match

_AROUND: Final = ".):,·…_– "
_LONGEST_NUMBER: Final = 4

_NEAR: Final = 0.5
"""Font sizes from a text within which a number behind it numbers nothing."""

_ALIKE: Final = 0.1
"""By what share of its size a text may differ from one that was added to it."""

_FLUSH: Final = 0.2
_LINE: Final = 1.8
"""Font sizes by which the left edges of two lines may differ, and from one baseline to the next, at most."""

_BROKEN_LABEL: Final = re.compile(r"[^\W\d_]+:")
"""The end of a label of which the beginning stands in the line above, with the words it labels."""

_FARTHEST: Final = 16.0
"""Font sizes between a number and the text it numbers, at most: the numeral of a section in the margin."""


def inserted_words(
    unknown: Iterable[Fragment],
    matches: Sequence[Match],
    expected: Expected,
) -> Iterator[tuple[Fragment, Match | None]]:
    """Yield texts that the issue does not have, each with the block that stands nearest on its line.

    Args:
        unknown: The texts that show no block, no figure and no repeated title.
        matches: Of all blocks.
        expected: What the pages may show besides.
    """
    known = {without_hyphens(signs) for signs in (*expected.running, *expected.repeated)}
    lines = _Lines(matches)
    besides = list(unknown)
    labels = _labels([*besides, *(each for match in matches for each in match.fragments)])
    for fragment in besides:
        signs = fragment.bare.strip(_AROUND)
        if not any(sign.isalnum() for sign in signs) or fragment.bare in known or signs in known:
            continue
        if all(signs_of(word) in expected.words for word in fragment.text.split()):
            continue
        if signs.isdecimal() and len(signs) <= _LONGEST_NUMBER and lines.is_number(fragment):
            continue
        if fragment in labels or not lines.adjoins(fragment):
            continue
        yield fragment, lines.nearest(fragment)


def _labels(fragments: Sequence[Fragment]) -> set[Fragment]:
    """Return the texts that may be labels: one stands before its fact; a repeated title may be cut.

    In a narrow column a label is broken: what goes on in the next line, within its word, belongs to it.
    """
    labels: set[Fragment] = set()
    following: Fragment | None = None
    for fragment in sorted(fragments, key=lambda each: each.at, reverse=True):
        goes_on = following is not None and (following in labels or _BROKEN_LABEL.match(following.text))
        if fragment.text.rstrip().endswith((":", "…")) or (
            goes_on and _is_broken_before(fragment, following)
        ):
            labels.add(fragment)
        following = fragment
    return labels


def _is_broken_before(fragment: Fragment, following: Fragment | None) -> bool:
    """Return whether a word goes on in the next line, below its beginning."""
    return (
        following is not None
        and following.at == fragment.at + 1
        and len(fragment.text.split()) == 1
        and following.text[:1].islower()
        and abs(fragment.box.left - following.box.left) <= _FLUSH * fragment.size
        and 0 < fragment.baseline - following.baseline <= _LINE * fragment.size
    )


class _Lines:
    """The texts of the issue by the lines of the pages.

    Args:
        matches: Of all blocks.
    """

    def __init__(self, matches: Sequence[Match]) -> None:
        # Of equal texts, one may have been taken for another.
        self._numbered = {
            match.block.bare
            for match in matches
            if match.block.number is not None or match.block.note or match.block.anchor.startswith("section")
        }
        self._notes = sum(bool(match.block.note) for match in matches)
        self._by_page: dict[int, list[tuple[Fragment, Match]]] = defaultdict(list)
        for match in matches:
            for fragment in match.fragments:
                self._by_page[fragment.page].append((fragment, match))

    def nearest(self, fragment: Fragment) -> Match | None:
        """Return the block that stands nearest to a text."""
        near = self._by_page.get(fragment.page, [])
        found = min(near, key=lambda each: _distance(each[0], fragment), default=None)
        return found[1] if found else None

    def adjoins(self, fragment: Fragment) -> bool:
        """Return whether a text stands at a text of the issue, in its size, as what a sheet adds to it does.

        A number is looked for behind a text alone: before it, it counts something.
        """
        is_number = fragment.bare.strip(_AROUND).isdecimal()
        for other, _ in self._by_page.get(fragment.page, ()):
            if not fragment.is_on_line_of(other) or abs(other.size - fragment.size) > _ALIKE * other.size:
                continue
            gaps = [fragment.box.left - other.box.right]
            gaps += [] if is_number else [other.box.left - fragment.box.right]
            if any(-fragment.size < gap < _NEAR * fragment.size for gap in gaps):
                return True
        return self._is_line_of_its_own(fragment)

    def _is_line_of_its_own(self, fragment: Fragment) -> bool:
        """Return whether a text stands as a line more above or below a text of the issue, painted with it."""
        return any(
            match.block.sequence == MAIN
            and not match.block.is_label
            and abs(other.at - fragment.at) == 1
            and abs(other.size - fragment.size) <= _ALIKE * other.size
            and abs(other.box.left - fragment.box.left) <= _FLUSH * fragment.size
            and 0 < abs(other.baseline - fragment.baseline) <= _LINE * fragment.size
            for other, match in self._by_page.get(fragment.page, ())
        )

    def is_number(self, fragment: Fragment) -> bool:
        """Return whether a number stands where one of an item, a note, a section or a page may stand."""
        texts = [other for other, _ in self._by_page.get(fragment.page, ())]
        if fragment.bare == str(fragment.page) and (
            all(other.box.bottom > fragment.box.top for other in texts)
            or all(other.box.top < fragment.box.bottom for other in texts)
        ):
            return True
        on_line = [
            (other, match)
            for other, match in self._by_page.get(fragment.page, ())
            if fragment.is_on_line_of(other)
        ]
        # Beside a title that the first page names besides the contents stands its page.
        if fragment.page == 1 and not on_line:
            return True
        # An item of a list may be nothing but the call of a note.
        if not on_line and int(fragment.bare.strip(_AROUND)) <= self._notes:
            return True
        # What is added behind a text stands near it.
        before = (other for other, _ in on_line if other.box.left < fragment.box.left)
        behind = (fragment.box.left - other.box.right for other in before)
        if any(-fragment.size < gap < _NEAR * fragment.size for gap in behind):
            return False
        return any(self._may_be_numbered(match, fragment, other) for other, match in on_line)

    def _may_be_numbered(self, match: Match, number: Fragment, text: Fragment) -> bool:
        block = match.block
        if number.box.right <= text.box.left + 0.5 * text.size:
            near = text.box.left - number.box.right <= _FARTHEST * max(text.size, number.size)
            is_numbered = block.bare in self._numbered or text.bare in self._numbered
            return is_numbered and near and text is match.fragments[0]
        # The number of the page that an entry of the contents or the calendar leads to.
        return block.sequence.startswith(("contents", "calendar")) and text is match.fragments[-1]


def _distance(one: Fragment, other: Fragment) -> float:
    across = max(one.box.left - other.box.right, other.box.left - one.box.right, 0.0)
    return across + 4 * abs(one.baseline - other.baseline)
