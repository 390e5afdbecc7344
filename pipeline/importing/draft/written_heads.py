"""Heads that their look alone marks: the bold lines, or those in capitals, of a bulletin without headings."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from pipeline.importing.draft.masthead import is_number_line
from pipeline.importing.model.incoming_text import IncomingHeading, TextBlock
from pipeline.importing.model.inlines import is_strong, is_unlinked_text, words_in
from pipeline.models.text import LineBreak, Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.findings.place import Place
    from pipeline.importing.model.incoming_text import IncomingBlock

_MASTHEAD_LINES: Final = 4
_LONGEST: Final = 100
_FEWEST_HEADS: Final = 2
_FEWEST_CAPITALS: Final = 4
_UNENDED: Final = (".", ",", ";", ":", "…")


def with_heads(blocks: list[IncomingBlock], place: Place) -> list[IncomingBlock]:
    """Return the blocks of a bulletin with its heads as headings; of any other text the blocks as they are.

    A bulletin has a line with the number of the issue among its first ones, and no headings by which its file
    divides it. Its heads are the bold lines below that line, or, where there are none, those in capitals.

    Args:
        blocks: Of the whole text.
        place: The file.
    """
    if any(isinstance(block, IncomingHeading) and not block.title for block in blocks):
        return blocks
    lines = _parted(blocks)
    numbered = next((at for at, block in enumerate(lines[:_MASTHEAD_LINES]) if _gives_number(block)), 0)
    if not numbered:
        return blocks
    for looks in (_is_bold, _is_in_capitals):
        heads = [at for at in range(numbered + 1, len(lines)) if _is_head(lines[at], looks)]
        if len(heads) >= _FEWEST_HEADS:
            levels = dict.fromkeys(heads, 2) | ({0: 1} if _is_short(lines[0]) else {})
            return [_heading(block, levels.get(at, 0), place) for at, block in enumerate(lines)]
    return blocks


def _parted(blocks: list[IncomingBlock]) -> list[IncomingBlock]:
    """Return blocks, the first parted at its line ends where a line of it gives the number of the issue."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph):
        return blocks
    runs = itertools.groupby(first.children, lambda each: isinstance(each, LineBreak))
    lines = [Paragraph(tuple(line)) for is_end, line in runs if not is_end]
    return [*lines, *blocks[1:]] if any(map(_gives_number, lines)) else blocks


def _gives_number(block: IncomingBlock) -> bool:
    return isinstance(block, TextBlock) and is_number_line(words_in(block.children).strip())


def _is_short(block: IncomingBlock) -> bool:
    if not isinstance(block, Paragraph) or any(isinstance(each, LineBreak) for each in block.children):
        return False
    words = words_in(block.children).strip()
    return 0 < len(words) <= _LONGEST and not words.endswith(_UNENDED) and is_unlinked_text(block.children)


def _is_head(block: IncomingBlock, looks: Callable[[Paragraph], bool]) -> bool:
    return isinstance(block, Paragraph) and _is_short(block) and looks(block)


def _is_bold(block: Paragraph) -> bool:
    return is_strong(block.children)


def _is_in_capitals(block: Paragraph) -> bool:
    words = words_in(block.children)
    letters = sum(sign.isalpha() for sign in words)
    # Numbers of accounts are written in capitals, too.
    digits = sum(sign.isdigit() for sign in words)
    return letters >= _FEWEST_CAPITALS and words == words.upper() and digits < letters


def _heading(block: IncomingBlock, level: int, place: Place) -> IncomingBlock:
    if not level or not isinstance(block, Paragraph):
        return block
    return IncomingHeading(level, block.children, place)
