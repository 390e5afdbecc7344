"""The words within nodes, and the notes they call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.editor.writing.nodes import NoteCallNode, TextNode

if TYPE_CHECKING:
    from collections.abc import Iterator


def labels_called(node: object) -> Iterator[str]:
    """Yield the label of each call of a note within a node, or within a tuple of nodes."""
    if isinstance(node, NoteCallNode):
        yield node.attrs.label
    for each in _within(node):
        yield from labels_called(each)


def texts_of(node: object) -> Iterator[str]:
    """Yield the texts within a node, in reading order."""
    if isinstance(node, TextNode):
        yield node.text
    for each in _within(node):
        yield from texts_of(each)


def words_of(node: object) -> str:
    """Return the words within a node on one line."""
    return " ".join("".join(texts_of(node)).split())


def _within(node: object) -> tuple[object, ...]:
    return node if isinstance(node, tuple) else getattr(node, "content", ())
