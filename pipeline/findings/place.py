"""The place in a source file where content was written, which every finding about it names."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A spot in a source file.

    Args:
        path: The file, relative to the workspace, with forward slashes.
        line: Line number from 1; 0 means the file as a whole.
        column: Column in characters from 1; 0 means the line as a whole.
        length: How many characters the spot covers; at least 1.
    """

    path: str
    line: int = 0
    column: int = 0
    length: int = 1

    def moved(self, columns: int, length: int = 1) -> Place:
        """Return the spot `columns` characters further right on the same line."""
        return Place(self.path, self.line, self.column + columns, length)

    def __str__(self) -> str:
        """Return `path:line:column`, leaving out what is not known."""
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)
