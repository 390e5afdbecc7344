"""The places of a paragraph's inline tokens in the source, which the Markdown parser does not record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

_REACH: Final = 8
"""How many further lines are searched for a piece: a title or an address may span several."""


class Columns:
    """Finds the pieces of a paragraph in its lines, one after another.

    Args:
        path: The file, relative to the workspace.
        lines: All lines of the file.
        first: The first line of the paragraph, from 1.
        last: Its last line.
    """

    def __init__(self, path: str, lines: Sequence[str], first: int, last: int) -> None:
        """Start before the first piece."""
        self._path = path
        self._lines = lines
        self._line = first
        self._column = 0
        self._last = min(max(first, last), len(lines))

    def turn(self) -> None:
        """Move to the start of the next line."""
        self._line = min(self._line + 1, self._last)
        self._column = 0

    def here(self) -> Place:
        """Return the current place."""
        return Place(self._path, self._line, self._column + 1)

    def next(self, piece: str) -> Place:
        """Return the place of the next such piece and move behind it.

        A piece that spans lines, and so is not in the source literally, is found by its first word; where
        that is not found either, the current place is returned, of length 1.
        """
        if place := self._seek(piece, advance=True):
            return place
        words = piece.split()
        first = self._seek(words[0], advance=True) if words else None
        if first is not None and len(words) > 1:
            self._seek(words[-1], advance=True)
        return first or self.here()

    def peek(self, piece: str) -> Place:
        """Return the place of the next such piece without moving."""
        return self._seek(piece, advance=False) or self.here()

    def _seek(self, piece: str, *, advance: bool) -> Place | None:
        for number in range(self._line, min(self._last, self._line + _REACH) + 1):
            start = self._column if number == self._line else 0
            at = self._lines[number - 1].find(piece, start)
            if at >= 0:
                if advance:
                    self._line, self._column = number, at + len(piece)
                return Place(self._path, number, at + 1, max(1, len(piece)))
        return None
