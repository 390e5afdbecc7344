"""The interface of the Markdown parser's tokens, for modules that read them without loading the parser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Token(Protocol):
    """A token of Markdown: opening, closing or self-contained.

    Args:
        type: Its type, as `em_open` or `text`.
        tag: The element of HTML it stands for, as `h2`.
        content: Its text.
        markup: The characters it was written with.
        info: What stands behind the fence of a block of code, or the number of an item.
        map: Its first line and the line after its last, from 0, for blocks.
        meta: Data that our own parser rules attach to it.
    """

    type: str
    tag: str
    content: str
    markup: str
    info: str
    map: list[int] | None
    meta: dict[Any, Any]

    @property
    def nesting(self) -> int:
        """1 where it opens, -1 where it closes, 0 otherwise."""

    @property
    def children(self) -> Sequence[Token] | None:
        """The tokens within."""

    def attrGet(self, name: str) -> str | int | float | None:  # noqa: N802 - the parser's own name
        """Return an attribute."""


def plain_text(token: Token) -> str:
    """Return the words within a token, without their markup."""
    return "".join(
        " " if child.type in {"softbreak", "hardbreak"} else child.content or plain_text(child)
        for child in token.children or ()
    )
