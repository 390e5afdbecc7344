"""Where in the source the pieces of a paragraph stand, which the Markdown parser forgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

_REACH: Final = 8
"""Lines further down that a piece is looked for on: a title or an address may span some."""


class Columns:
    """Follows the pieces of a paragraph through its lines, one after another.

    Args:
        path: The file, relative to the workspace.
        lines: All lines of the file.
        first: The first line of the paragraph, from 1.
        last: Its last line.
    """

    def __init__(self, path: str, lines: Sequence[str], first: int, last: int) -> None:
        """Begin before the first piece."""
        self._path = path
        self._lines = lines
        self._line = first
        self._column = 0
        self._last = min(max(first, last), len(lines))

    def turn(self) -> None:
        """Go on with the next line."""
        self._line = min(self._line + 1, self._last)
        self._column = 0

    def here(self) -> Place:
        """Return the place that was come to."""
        return Place(self._path, self._line, self._column + 1)

    def next(self, piece: str) -> Place:
        """Return the place of the next such piece and go on behind it.

        A piece that is not in the source as it stands, for it ran over a line's end, is found by
        its first word; without even that, the place come to is returned, of length 1.
        """
        if place := self._seek(piece, go_on=True):
            return place
        words = piece.split()
        first = self._seek(words[0], go_on=True) if words else None
        if first is not None and len(words) > 1:
            self._seek(words[-1], go_on=True)
        return first or self.here()

    def peek(self, piece: str) -> Place:
        """Return the place of the next such piece and stay before it."""
        return self._seek(piece, go_on=False) or self.here()

    def _seek(self, piece: str, *, go_on: bool) -> Place | None:
        for number in range(self._line, min(self._last, self._line + _REACH) + 1):
            start = self._column if number == self._line else 0
            at = self._lines[number - 1].find(piece, start)
            if at >= 0:
                if go_on:
                    self._line, self._column = number, at + len(piece)
                return Place(self._path, number, at + 1, max(1, len(piece)))
        return None
