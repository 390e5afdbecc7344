"""Iteration over the tree of an article's text."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")


def nodes_of(node_type: type[T], node: object) -> Iterator[T]:
    """Yield every node of a type within blocks and inlines, in reading order."""
    if isinstance(node, node_type):
        yield node
    if isinstance(node, Place):
        return
    if isinstance(node, tuple):
        for item in node:
            yield from nodes_of(node_type, item)
        return
    for name in getattr(type(node), "__slots__", ()):
        yield from nodes_of(node_type, getattr(node, name))
