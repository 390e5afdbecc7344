"""The shape of the Markdown parser's tokens, for the modules that read them without the parser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Token(Protocol):
    """A piece of Markdown: one that opens, one that closes, or one that stands alone.

    Args:
        type: What it is, as `em_open` or `text`.
        content: Its text.
        markup: The signs it was written with.
        map: Its first line and the line after its last, from 0, for blocks.
        meta: What rules of ours keep on it.
    """

    type: str
    content: str
    markup: str
    map: list[int] | None
    meta: dict[Any, Any]

    @property
    def nesting(self) -> int:
        """1 where it opens, -1 where it closes, 0 where it stands alone."""

    @property
    def children(self) -> Sequence[Token] | None:
        """The pieces within."""

    def attrGet(self, name: str) -> str | int | float | None:  # noqa: N802 - the parser's own name
        """Return an attribute."""


def plain_text(token: Token) -> str:
    """Return the words within a token, without their markup."""
    return "".join(
        " " if child.type in {"softbreak", "hardbreak"} else child.content or plain_text(child)
        for child in token.children or ()
    )
