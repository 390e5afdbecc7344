"""What a page of contents has room for: photographs, or a line for each title."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.models.issue import Issue

_LOWEST_STRIP: Final = 64.0
_TALLEST_STRIP: Final = 120.0
_STRIP_STEP: Final = 6.0
"""Millimetres that photographs are high."""

_ROOM: Final = 202.0
_OF_AN_ENTRY: Final = 12.0
_OF_A_LINE: Final = 4.6
_LETTERS_A_LINE: Final = 52
"""Millimetres for photographs and contents, of an entry and of a line of it; letters a line."""

_OF_A_TITLE: Final = 6.35
_LETTERS_OF_A_TITLE: Final = 34
"""Millimetres of a line of a section's title, and its letters."""

_WIDEST: Final = 0.7
"""The share of these letters that a line of the widest face holds. Photographs are reckoned with it: where
room is left they are drawn higher, and where there is too little an entry stands on a page of its own."""

_LINES_OF_TITLES: Final = 38
_LINES_OF_AN_ENTRY: Final = 2
_LINES_OF_CORRECTION: Final = 8
"""Lines of 14 pt on a page where each title has its own, the least of an entry, and those of what a corrected
edition mends, but for its words."""

_OF_THE_HEAD: Final = 14.0
_LINE: Final = 14 * 25.4 / 72
_LETTERS_OF_GREETING: Final = 32
"""Millimetres of the page's head, beside which a greeting stands, and of a line of 14 pt; letters of one of a
greeting."""


class ContentsRoom(NamedTuple):
    """The room on a page of contents.

    Args:
        issue: As read or typeset.
        has_greeting: Whether the greeting stands on the page, beside its head.
    """

    issue: Issue
    has_greeting: bool = False

    def strip_heights(self) -> Iterator[float]:
        """Yield how high photographs may stand above the contents, the highest first, if at all."""
        entries = [sum(len(each.head.title) + 3 for each in part.articles) for part in self.issue.sections]
        lines = [math.ceil(letters / _LETTERS_A_LINE / _WIDEST) for letters in entries]
        room = self._room() - self._longer_column(lines, _WIDEST)
        height = min(max(room, _LOWEST_STRIP), _TALLEST_STRIP)
        while height > _LOWEST_STRIP:
            yield round(height, 1)
            height -= _STRIP_STEP
        if room >= _LOWEST_STRIP:
            yield _LOWEST_STRIP

    def holds_columns_of_titles(self) -> bool:
        """Return whether it holds a line for each title, in two columns."""
        if self.issue.correction is not None:
            return False
        lines = [
            sum(math.ceil(len(article.head.title) / _LETTERS_A_LINE) for article in section.articles)
            for section in self.issue.sections
        ]
        return self._longer_column(lines) <= self._room()

    def holds_titles(self) -> bool:
        """Return whether each title may have a line of its own beside its section, or more."""
        corrected = self.issue.correction
        lines = _LINES_OF_CORRECTION + len(corrected.text or "") // _LETTERS_A_LINE if corrected else 0
        for section in self.issue.sections:
            titles = (math.ceil(len(article.head.title) / _LETTERS_A_LINE) for article in section.articles)
            lines += max(sum(titles), _LINES_OF_AN_ENTRY) + 1
        return lines <= _LINES_OF_TITLES - self._of_greeting() / _LINE

    def _room(self) -> float:
        return _ROOM - self._of_greeting()

    def _of_greeting(self) -> float:
        """Return by how many millimetres a greeting is higher than the head that it stands beside."""
        if not self.has_greeting:
            return 0.0
        lines = math.ceil(len(self.issue.greeting or "") / _LETTERS_OF_GREETING)
        return max(0.0, (lines + 1) * _LINE - _OF_THE_HEAD)

    def _longer_column(self, lines: Sequence[int], share: float = 1.0) -> float:
        """Return the height of the longer of two columns of entries with so many lines each, in millimetres.

        The last one is what is compared at the end, where there is more than one project.
        """
        letters = _LETTERS_OF_A_TITLE * share
        titles = [math.ceil(len(section.title) / letters) - 1 for section in self.issue.sections]
        heights = [
            _OF_AN_ENTRY + _OF_A_TITLE * more + _OF_A_LINE * each
            for each, more in zip(lines, titles, strict=True)
        ]
        if sum(each.head.presentation.comparison is not None for each in self.issue.articles) > 1:
            heights.append(_OF_AN_ENTRY + _OF_A_LINE)
        # As even as whole entries allow.
        halves = (max(sum(heights[:first]), sum(heights[first:])) for first in range(1, len(heights) + 1))
        return min(halves, default=0.0)
