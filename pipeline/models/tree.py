"""Iteration over the tree of an article's text."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")


def nodes_of(node_type: type[T] | tuple[type[T], ...], node: object) -> Iterator[T]:
    """Yield every node of a type, or of any of several, within blocks and inlines, in reading order."""
    ahead = [node]
    while ahead:
        following = ahead.pop()
        if isinstance(following, node_type):
            yield following
        if isinstance(following, tuple):
            if not isinstance(following, Place):
                ahead += reversed(following)
        elif names := getattr(type(following), "__slots__", ()):
            ahead += [getattr(following, name) for name in reversed(names)]
