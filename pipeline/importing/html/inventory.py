"""The inventory of a page, read directly from its elements.

The inventory must not depend on what the reader of the text recognises, so it shares no code with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.importing.html.elements import BLOCKS, HIDDEN, NO_TEXT, SILENT, local_name, text_of
from pipeline.importing.model.inventory import InventoryItem, ItemType

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from xml.etree.ElementTree import Element

    from pipeline.importing.html.notes import HtmlNotes

_POWER: Final = re.compile(r"(?=[^\W\d]*[\d+=()−–-])(?=.*(?:[A-Zq]|[^\W\x00-\x7f]))[\w+()=−–-]+")
"""A sum that no raised signs can be written with."""


def page_inventory(root: Element, notes: HtmlNotes, pictures: Collection[str]) -> Iterator[InventoryItem]:
    """Yield all items of a page.

    Args:
        root: The root of the page.
        notes: Its footnotes.
        pictures: The sources of pictures that came with it.
    """
    yield from _text_items(root, notes)
    for link in root.iter("a"):
        target = _address(link.get("href", ""))
        if target and target not in notes.labels and not notes.is_back_link(link) and text_of(link).strip():
            yield InventoryItem(ItemType.LINK, target)
    sources = [image.get("src", "").strip() for image in root.iter("img")]
    yield from (InventoryItem(ItemType.PICTURE, key) for key in pictures)
    for source in sources:
        if source and source not in pictures and not source.startswith("data:"):
            yield InventoryItem(ItemType.PICTURE, source, listed=True)


def _address(written: str) -> str:
    """Return an address as a browser takes it, its spaces encoded (URL Standard, 4.4)."""
    lines = [line.strip() for line in written.replace("\u200b", "").replace("\t", "\n").splitlines()]
    joined = "".join(lines)
    scheme, colon, rest = joined.partition(":")
    if not colon or "/" in scheme:
        return joined.replace(" ", "%20")
    slashes = "//" if rest.lstrip().startswith("//") else ""
    host = re.split("[/?#]", rest.lstrip()[len(slashes) :], maxsplit=1)[0]
    behind = rest.lstrip()[len(slashes) + len(host) :]
    return f"{scheme}:{slashes}{host}".replace(" ", "") + behind.replace(" ", "%20")


def _text_items(root: Element, notes: HtmlNotes) -> Iterator[InventoryItem]:
    """Yield the text of each innermost block, in document order."""
    bodies = set(notes.bodies.values())
    words: list[str] = []
    kinds = [ItemType.PARAGRAPH]
    stack: list[tuple[str, Element | str]] = [("open", root)]
    while stack:
        step, what = stack.pop()
        if isinstance(what, str):
            words.append(what)
            continue
        block = what.tag in BLOCKS or what.tag == "caption"
        if block and (text := " ".join("".join(words).split())):
            yield InventoryItem(kinds[-1], text)
        if block:
            words = []
        if step == "close":
            if block:
                kinds.pop()
            continue
        if _is_unseen(what, notes):
            continue
        if block:
            cell = what.tag in {"td", "th"}
            kinds.append(ItemType.NOTE if what in bodies else ItemType.CELL if cell else kinds[-1])
        stack.append(("close", what))
        for child in reversed(what):
            stack += [("text", child.tail or ""), ("open", child)]
        stack.append(("text", _opening_text(what)))


def _opening_text(element: Element) -> str:
    """Return the text before the first child; a power that stands behind ^ is a word of its own."""
    text = " " if element.tag == "br" else element.text or ""
    return f" {text}" if element.tag == "sup" and _POWER.fullmatch(text) else text


def _is_unseen(element: Element, notes: HtmlNotes) -> bool:
    """Return whether an element has no text of the page, or text that the reader reports as a finding."""
    tag = local_name(element)
    if not tag or tag in SILENT | NO_TEXT or HIDDEN.search(element.get("style", "")):
        return True
    target = element.get("href") or ""
    mark = element.tag == "a" and target.startswith("#")
    return mark and (target in notes.labels or notes.is_back_link(element))
