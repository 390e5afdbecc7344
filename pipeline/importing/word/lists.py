"""Lists of a Word file in the page that was made of it: marked paragraphs become items with their numbers.

A number that a list of a page can have (`1.`, `1)`) becomes the value of an item; every other label – `3.1.`,
`а)`, `IV.` – stands before the words of a paragraph, so that what refers to it still finds it. A paragraph
that continues an item stands within it: one that Word set so, or that is indented as it is before another.
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
_MORE: Final = re.compile(rf"{MARK}more-(\d)-([01])")
_FAR: Final = 20
"""How many paragraphs behind it the next item is looked for."""


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
        for child in parent:
            if child.tag == "p":
                _without_mark(child, "more-")


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
    for number, child in enumerate(children):
        at = _mark(child)
        if at is None:
            if not _continues(children, number, lists, labels):
                # An empty paragraph ends no list.
                lists = lists if is_empty(child) else []
                arranged.append(child)
            continue
        _without_mark(child, "list-")
        # A number without words is counted, and not set.
        if "".join(child.itertext()).strip() or child.find(".//img") is not None:
            _append(child, labels[at], lists, arranged)
    return arranged


def _continues(children: list[Element], at: int, lists: list[_Open], labels: Sequence[Label]) -> bool:
    """Put a paragraph into the last item where it continues one; return whether it does."""
    more = _more(children[at])
    if more is None or not any(each.level <= more[0] for each in lists):
        return False
    level, is_sure = more
    if not is_sure and not _is_followed(children[at + 1 : at + _FAR], lists, labels, level):
        return False
    while lists[-1].level > level:
        lists.pop()
    _without_mark(children[at], "more-")
    lists[-1].element[-1].append(children[at])
    return True


def _more(element: Element) -> tuple[int, bool] | None:
    """Return the level of the item that a paragraph may continue, and whether it surely does."""
    if element.tag != "p":
        return None
    marks = (_MORE.fullmatch(each.get("id", "")) for each in element.iter("a"))
    mark = next((each for each in marks if each), None)
    return (int(mark[1]), mark[2] == "1") if mark else None


def _is_followed(
    children: Sequence[Element], lists: Sequence[_Open], labels: Sequence[Label], level: int
) -> bool:
    """Return whether the next item goes on with one of the lists, with nothing before it that ends them."""
    for child in children:
        if (at := _mark(child)) is not None:
            return any(_is_next(each, labels[at], level) for each in lists)
        if not is_empty(child) and _more(child) is None:
            return False
    return False


def _is_next(last: _Open, label: Label, level: int) -> bool:
    """Return whether an item stands within the last one of a list, as „5.1.“ within 5, or goes on with it."""
    kind, number = _kind_of(label)
    if last.level < label.level:
        return last.level <= level and (label.level > level or not kind)
    return last.level == label.level and bool(kind) and _goes_on(last, kind, number)


def _kind_of(label: Label) -> tuple[str, int]:
    """Return the list of a page that a label makes, empty for none, and the number of its item."""
    plain = _PLAIN.fullmatch(label.text)
    return ("ul", 0) if label.bullet else ("ol", int(plain[1])) if plain else ("", 0)


def _append(paragraph: Element, label: Label, lists: list[_Open], arranged: list[Element]) -> None:
    """Append a paragraph to the list it goes on with, or to a new one, or as a paragraph with its label."""
    kind, number = _kind_of(label)
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
    item = SubElement(lists[-1].element, "li", {"value": str(number)} if kind == "ol" else {})
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


def _without_mark(paragraph: Element, kind: str) -> None:
    for parent in list(paragraph.iter()):
        for child in list(parent):
            if child.tag == "a" and child.get("id", "").startswith(f"{MARK}{kind}"):
                take_out(parent, child, instead=child.text or "")
                return
