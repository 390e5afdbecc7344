"""Elements taken out of a tree, with the words around them kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def take_out(parent: Element, element: Element, *, instead: str = "") -> None:
    """Take an element out of its parent; what stands behind it stays.

    Args:
        parent: The parent.
        element: The element, which is a child of it.
        instead: A text that is put in its place.
    """
    # Where a page is taken off from a place on, each element is near the front.
    at = next(at for at, each in enumerate(parent) if each is element)
    words = instead + (element.tail or "")
    parent.remove(element)
    if words and at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + words
    elif words:
        parent.text = (parent.text or "") + words
