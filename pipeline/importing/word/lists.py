"""Lists of a Word file in the page that was made of it: marked paragraphs become items with their numbers.

A number that a list of a page can have (`1.`, `1)`) becomes the value of an item; every other label – `3.1.`,
`а)`, `IV.` – stands before the words of a paragraph, so that what refers to it still finds it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree.ElementTree import Element, SubElement

from pipeline.importing.model.elements import take_out
from pipeline.importing.word.printed import MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.importing.word.numbering import Label

_PLAIN: Final = re.compile(r"(\d{1,9})[.)]?")


class _Open(NamedTuple):
    level: int
    kind: str
    element: Element


def arrange_lists(root: Element, labels: Sequence[Label]) -> None:
    """Turn marked paragraphs into lists, in place.

    Args:
        root: The root of the page.
        labels: The label of each marked paragraph.
    """
    for parent in list(root.iter()):
        if any(_mark(child) is not None for child in parent):
            parent[:] = _arranged(list(parent), labels)


def is_empty(element: Element) -> bool:
    """Return whether an element is a paragraph without words, pictures and places that links lead to."""
    return element.tag == "p" and not len(element) and not (element.text or "").strip()


def _mark(element: Element) -> int | None:
    """Return the number of the label of a paragraph, or None where it belongs to no list."""
    anchor = next((each for each in element.iter("a") if each.get("id", "").startswith(f"{MARK}list-")), None)
    if element.tag != "p" or anchor is None:
        return None
    return int(anchor.get("id", "").rpartition("-")[2])


def _arranged(children: list[Element], labels: Sequence[Label]) -> list[Element]:
    arranged: list[Element] = []
    lists: list[_Open] = []
    for child in children:
        at = _mark(child)
        if at is None:
            # An empty paragraph ends no list.
            lists = lists if is_empty(child) else []
            arranged.append(child)
            continue
        _without_mark(child)
        # A number without words is counted, and not set.
        if "".join(child.itertext()).strip() or child.find(".//img") is not None:
            _append(child, labels[at], lists, arranged)
    return arranged


def _append(paragraph: Element, label: Label, lists: list[_Open], arranged: list[Element]) -> None:
    """Append a paragraph to the list it goes on with, or to a new one, or as a paragraph with its label."""
    plain = _PLAIN.fullmatch(label.text)
    kind = "ul" if label.bullet else "ol" if plain else ""
    number = int(plain[1]) if plain else 0
    while lists and lists[-1].level > label.level:
        lists.pop()
    if lists and lists[-1].level == label.level and not _goes_on(lists[-1], kind, number):
        lists.pop()
    if not kind:
        paragraph.text = f"{label.text} {(paragraph.text or '').lstrip()}".lstrip()
        _place(paragraph, lists, arranged)
        return
    if not lists or lists[-1].level < label.level:
        opened = Element(kind)
        _place(opened, lists, arranged)
        lists.append(_Open(label.level, kind, opened))
    item = SubElement(lists[-1].element, "li", {"value": str(number)} if plain else {})
    item.text = paragraph.text
    item[:] = list(paragraph)


def _goes_on(last: _Open, kind: str, number: int) -> bool:
    return last.kind == kind and (kind == "ul" or number > int(last.element[-1].get("value", "0")))


def _place(element: Element, lists: list[_Open], arranged: list[Element]) -> None:
    """Put an element behind what is read before it: into the last item of the list around it, if any."""
    if lists:
        lists[-1].element[-1].append(element)
    else:
        arranged.append(element)


def _without_mark(paragraph: Element) -> None:
    for parent in list(paragraph.iter()):
        for child in list(parent):
            if child.tag == "a" and child.get("id", "").startswith(f"{MARK}list-"):
                take_out(parent, child, instead=child.text or "")
                return
