"""The blocks of text on a page (paragraphs, headings, entries of a card), each as one running text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.pdf.text import DIVIDED, TextLine, page_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_INDENT: Final = 6
"""Points by which a line that begins a paragraph stands further in than the one before."""

_SAME_COLUMN: Final = 24
"""Points within which two lines of a paragraph begin."""

_LEADING: Final = 1.6
"""Sizes of the letters from one line to the next within a paragraph, at most."""

_SAME_SIZE: Final = 0.6
"""Points in which two lines of a paragraph differ at most."""


class Block(NamedTuple):
    """A block of text on a page.

    Args:
        text: Its words, separated by single spaces; words divided at the end of a line are joined.
        page: The page, from 1.
    """

    text: str
    page: int


def blocks_of(pdf: bytes) -> Iterator[list[Block]]:
    """Yield the blocks of each page, in the order in which it paints them.

    Args:
        pdf: The file.
    """
    for number, lines in enumerate(page_lines(pdf), 1):
        yield [Block(text, number) for group in _groups(lines) if (text := _running(group))]


def _groups(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    group: list[TextLine] = []
    for line in lines:
        if group and not _continues(group[-1], line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _continues(before: TextLine, line: TextLine) -> bool:
    """Return whether a line continues the paragraph of the line before it."""
    down = before.baseline - line.baseline
    if not 0 < down <= _LEADING * before.size or abs(line.size - before.size) > _SAME_SIZE:
        return False
    return line.left <= before.left + _INDENT and abs(line.left - before.left) <= _SAME_COLUMN


def _running(lines: Sequence[TextLine]) -> str:
    text = "\n".join(line.text.strip() for line in lines)
    return " ".join(text.replace(f"{DIVIDED}\n", "").replace(DIVIDED, "-").split())
