"""The lines that each block of an article was read from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.models.text import Block
    from pipeline.reading.markdown.source.tokens import Token


class Span(NamedTuple):
    """Lines that are one block of Markdown, not within another.

    Args:
        first: Its first line, from 0 at the first line below the front matter.
        last: The line after its last; empty lines behind it may count among them.
        blocks: What was read from it: none for a comment or a note, several for pictures on one line.
        note: The label, where it is a footnote.
    """

    first: int
    last: int
    blocks: tuple[Block, ...]
    note: str | None = None


def span_of(token: Token, blocks: Sequence[Block]) -> Span:
    """Return the span of a token that stands within no other.

    Args:
        token: Its opening token, or the token itself.
        blocks: What was read from it.
    """
    first, last = token.map or (0, 0)
    note = str(token.meta["label"]) if token.type == "footnote_reference_open" else None
    return Span(first, last, tuple(blocks), note)
