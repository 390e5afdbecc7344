"""Definitions of links (`[name]: address`), and which of them a text uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class References(dict[str, Any]):
    """The parser's table of definitions, which records those that are looked up."""

    def __init__(self) -> None:
        """Begin empty."""
        self._used: set[str] = set()

    def get(self, label: str, default: Any = None) -> Any:  # noqa: ANN401 - the parser's own data
        """Return a definition, and record that it was looked up."""
        self._used.add(label)
        return super().get(label, default)

    def unused(self, duplicates: list[Any]) -> Iterator[int]:
        """Yield the first line, from 0, of each definition that no link uses.

        Args:
            duplicates: Definitions of a name that has one already, as the parser lists them.
        """
        left = (definition for label, definition in self.items() if label not in self._used)
        for definition in (*left, *duplicates):
            yield definition["map"][0]
