"""The lines of text in an element of a page, as a browser would break them at blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.importing.html.elements import BLOCKS, HIDDEN, SILENT, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element


def lines_of(element: Element, most: int = 1_000_000) -> list[str]:
    """Return the lines of an element's text: broken at blocks and at `br`, spaces collapsed.

    Args:
        element: Any.
        most: The most characters that are read, spaces aside.
    """
    pieces: list[str] = []
    length = 0
    for piece in _pieces(element):
        pieces.append(piece)
        length += sum(map(len, piece.split()))
        if length > most:
            break
    return [" ".join(line.split()) for line in "".join(pieces).split("\n")]


def _pieces(element: Element) -> Iterator[str]:
    tag = local_name(element)
    if not tag or tag in SILENT or HIDDEN.search(element.get("style", "")):
        return
    block = tag in BLOCKS
    if block or tag == "br":
        yield "\n"
    yield (element.text or "").replace("\n", " ")
    for child in element:
        yield from _pieces(child)
        yield (child.tail or "").replace("\n", " ")
    if block:
        yield "\n"
