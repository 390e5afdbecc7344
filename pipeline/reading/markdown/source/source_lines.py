"""The lines of an article's file, and where the parser's tokens stand in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.place import Place
from pipeline.reading.markdown.source.positions import Columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.reading.markdown.source.tokens import Token

_DASH_BEFORE: Final = re.compile(r"[-+*]\s+$")


class WrittenLine(NamedTuple):
    """A line of a paragraph.

    Args:
        text: As written, without what quotations and lists put before it.
        place: Where.
        is_item: Whether it begins an item of a list of dashes.
    """

    text: str
    place: Place
    is_item: bool = False


class SourceLines:
    """The lines of a file, of which the parser has read those below the front matter.

    Args:
        path: The file, relative to the workspace.
        lines: All of its lines.
        first: How many of them come before the text.
    """

    def __init__(self, path: str, lines: Sequence[str], first: int) -> None:
        """Keep the lines."""
        self.path = path
        self._lines = lines
        self._first = first

    def __getitem__(self, number: int) -> str:
        """Return a line by its number, from 1."""
        return self._lines[number - 1]

    def of_text(self) -> Iterator[tuple[int, str]]:
        """Yield the lines of the text with their numbers."""
        yield from enumerate(self._lines[self._first :], self._first + 1)

    def number(self, token: Token) -> int:
        """Return the number of the line a token begins on."""
        return min((token.map[0] if token.map else 0) + self._first + 1, len(self._lines))

    def last_number(self, token: Token) -> int:
        """Return the number of the line a token ends on."""
        return max(self.number(token), (token.map[1] if token.map else 0) + self._first)

    def place(self, token: Token) -> Place:
        """Return the place of the line a token begins on, without its indentation."""
        return self._place(self.number(token))

    def place_in_text(self, line: int) -> Place:
        """Return the place of a line that is counted as the parser does: from 0, at the first of the text."""
        return self._place(line + self._first + 1)

    def columns(self, token: Token) -> Columns:
        """Return what finds the pieces of a token in its lines."""
        return Columns(self.path, self._lines, self.number(token), self.last_number(token))

    def written(self, token: Token) -> list[WrittenLine]:
        """Return the lines of a paragraph as they were written."""
        lines = []
        for number, text in enumerate(token.content.split("\n"), self.number(token)):
            line = self[min(number, len(self._lines))]
            column = line.find(text.rstrip()) + 1
            place = Place(self.path, number, max(column, 1), max(len(text.rstrip()), 1))
            lines.append(WrittenLine(text, place, _DASH_BEFORE.search(line[: place.column - 1]) is not None))
        return lines

    def _place(self, number: int) -> Place:
        line = self[number]
        indent = len(line) - len(line.lstrip())
        return Place(self.path, number, indent + 1, max(1, len(line.strip())))
