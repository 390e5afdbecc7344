"""Headings of an article, and what is doubtful about them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.models.text import Heading

if TYPE_CHECKING:
    from pipeline.models.text import Inline
    from pipeline.reading.markdown.source.source_lines import SourceLines
    from pipeline.reading.markdown.source.tokens import Token

SHORTEST_UNDERLINE: Final = 3
"""Dashes below a line that may be meant as a heading; fewer begin an item, or are a slip."""

LONGEST_HEADING: Final = 100
"""Characters of a line above dashes that may be meant as a heading."""

_CLOSING: Final = re.compile(r"\s(#+)\s*$")
"""The closing sequence of a heading (CommonMark 0.31, 4.2)."""

_SMALLEST: Final = 4


class Headings:
    """The headings of a text, each held against the one before.

    Args:
        lines: Of the file.
    """

    def __init__(self, lines: SourceLines) -> None:
        """Begin below the title."""
        self._lines = lines
        self._level = 1

    def read(
        self, token: Token, content: str, words: tuple[Inline, ...]
    ) -> tuple[list[Heading], list[Finding]]:
        """Return a heading: none where it is empty, or the title a second time.

        Args:
            token: Its opening token.
            content: As written.
            words: Its words.

        Returns:
            It, with findings: a second title (E43), a level left out (E42), a line that is hardly meant as a
            heading (W29), or a closing sequence of another length (W22).
        """
        level = int(token.tag[1:])
        place = self._lines.place(token)
        if not words:
            return [], []
        if level == 1:
            return [], [found("E43", place)]
        findings = []
        if level > (next_level := min(self._level + 1, _SMALLEST)):
            before = "#" * self._level if self._level > 1 else "title:"
            findings.append(found("E42", place, found="#" * level, before=before, wanted="#" * next_level))
        self._level = level
        if not token.markup.startswith("#") and self._is_hardly_one(token, content):
            findings.append(found("W29", place, found=self._lines[place.line].strip()[:60]))
        closing = _CLOSING.search(self._lines[place.line])
        if closing and token.markup.startswith("#") and closing[1] != token.markup:
            where = Place(self._lines.path, place.line, closing.start(1) + 1, len(closing[1]))
            findings.append(found("W22", where, found=closing[1]))
        return [Heading(level, words, place)], findings

    def _is_hardly_one(self, token: Token, content: str) -> bool:
        """Return whether the line of dashes below a paragraph may be an ornament, or an item."""
        is_sentence = "\n" in content or content.rstrip().endswith((".", ";", ":", ",", "…"))
        underline = self._lines[self._lines.last_number(token)].strip(" \t>")
        return is_sentence or len(content) > LONGEST_HEADING or len(underline) < SHORTEST_UNDERLINE
