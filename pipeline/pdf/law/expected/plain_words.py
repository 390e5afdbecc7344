"""The words of a text without its formatting."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pipeline.models.text import Code, Emphasis, LineBreak, Link, NoteCall, Run, Strong

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.models.text import Inline


def plain_words(children: Iterable[Inline], reference: str = "") -> str:
    """Return the words of a text.

    Args:
        children: The text.
        reference: What stands for a reference to a note.
    """
    words = ""
    for child in children:
        match child:
            case Run() | Code():
                words += child.text
            case Emphasis() | Strong() | Link():
                words += plain_words(child.children, reference)
            case LineBreak():
                words += " "
            case NoteCall():
                words += reference
            case _:
                assert_never(child)
    return words
