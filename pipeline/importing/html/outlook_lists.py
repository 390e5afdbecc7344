"""Lists as Word and Outlook write them into HTML: paragraphs with a mark, of which they make lists again.

Each item is a `p` of a class `MsoListParagraph…`, or with `mso-list:l0 level2 lfo1` in its style; its number
or bullet is text, in a `span` with `mso-list:Ignore`. A paragraph of such a class without a mark, or one that
is indented as far and has a further item behind it, continues the item before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree.ElementTree import Element, SubElement

from pipeline.importing.html.elements import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LEVEL: Final = re.compile(r"mso-list\s*:[^;]*\blevel(\d)", re.IGNORECASE)
_LIST: Final = re.compile(r"mso-list\s*:\s*(l\d+)\b", re.IGNORECASE)
_IGNORED: Final = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_INDENT: Final = re.compile(r"margin-left\s*:\s*([\d.]+)\s*(pt|cm|in|mm|px)", re.IGNORECASE)
_POINTS: Final = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "px": 0.75}
_BULLETS: Final = "·•●○▪■□–-—*§ØüoO→"
_MARK: Final = re.compile(
    rf"[\s\u00a0]*(?P<mark>[{re.escape(_BULLETS)}]|\(?(?:\d{{1,3}}(?:\.\d{{1,3}})*|[a-zа-я]|[ivxlc]+)[.)])[\s\u00a0]+",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(\d{1,3})[.)]")
_STEP: Final = 36.0
"""Points that Word indents a level by."""

_DEEPEST: Final = 9
_NEAR: Final = 6.0
"""Points by which a paragraph may be indented less than the item it continues."""

_FAR: Final = 4
"""How many elements behind a paragraph the next item is looked for."""


class _Item(NamedTuple):
    """An item of a list.

    Args:
        paragraph: Its element, without the mark.
        level: From 1.
        mark: As printed.
        number: Its number, where it has a plain one.
        name: The list's own name, or an empty text.
        more: The paragraphs that continue it.
    """

    paragraph: Element
    level: int
    mark: str
    number: int | None
    name: str
    more: list[Element]


def arrange_outlook_lists(root: Element) -> None:
    """Put paragraphs of Word's lists into `ul` and `ol`, in place, by their levels and numbers; name others.

    A mark that is neither a bullet nor a plain number, as „а)“ or „1.2.“, stays in the words of its item.

    Args:
        root: The page.
    """
    for paragraph in root.iter("p"):
        classes = paragraph.get("class", "").split()
        if "MsoTitle" in classes:
            paragraph.tag = "h1"
            paragraph.set("class", "title")
        elif "MsoCaption" in classes:
            paragraph.set("class", "caption")
    for parent in list(root.iter()):
        if any(_is_listed(child) for child in parent):
            _arrange(parent)


def _is_listed(element: Element) -> bool:
    if element.tag != "p":
        return False
    listed = "MsoListParagraph" in element.get("class", "") or _LIST.search(element.get("style", ""))
    return bool(listed)


def _arrange(parent: Element) -> None:
    children = list(parent)
    for child in children:
        parent.remove(child)
    run: list[_Item] = []
    for at, child in enumerate(children):
        item = _item(child) if _is_listed(child) else None
        if item is None and run and _continues(child, run[-1], children[at + 1 : at + _FAR]):
            run[-1].more.append(child)
            continue
        if item is None:
            parent.extend(_lists(run))
            run = []
            parent.append(child)
            continue
        run.append(item)
        if (child.tail or "").strip():
            # Words between two items belong to none.
            parent.extend(_lists(run))
            run = []
            list(parent)[-1].tail = child.tail
            child.tail = None
    parent.extend(_lists(run))


def _continues(element: Element, item: _Item, behind: Sequence[Element]) -> bool:
    """Return whether a paragraph continues an item: by its class, or indented and with an item behind."""
    if element.tag != "p" or (element.tail or "").strip() or not text_of(element).strip():
        return False
    if "MsoListParagraph" in element.get("class", "") or "MsoListContinue" in element.get("class", ""):
        return True
    if not 0 < _points_of(item.paragraph) <= _points_of(element) + _NEAR:
        return False
    following = next((each for each in behind if text_of(each).strip()), None)
    return following is not None and _is_listed(following)


def _points_of(paragraph: Element) -> float:
    """Return how far a paragraph is indented."""
    indent = _INDENT.search(paragraph.get("style", ""))
    return float(indent[1].rstrip(".") or 0) * _POINTS[indent[2].lower()] if indent else 0.0


def _item(paragraph: Element) -> _Item | None:
    """Return the item a paragraph is, its mark taken off; None where it continues an item without a mark."""
    mark = _taken_mark(paragraph)
    if not mark:
        return None
    style = paragraph.get("style", "")
    level = _LEVEL.search(style)
    name = _LIST.search(style)
    points = _points_of(paragraph) if _INDENT.search(style) else _STEP
    number = _NUMBER.fullmatch(mark)
    return _Item(
        paragraph,
        min(int(level[1]) if level else max(1, round(points / _STEP)), _DEEPEST),
        mark,
        int(number[1]) if number else None,
        name[1] if name else "",
        [],
    )


def _taken_mark(paragraph: Element) -> str:
    """Take the mark off a paragraph, and return it; one that cannot be told by a list stays in the words."""
    for holder in paragraph.iter():
        for child in holder:
            if _IGNORED.search(child.get("style", "")):
                mark = " ".join("".join(child.itertext()).split())
                tail = child.tail or ""
                if not _is_plain(mark):
                    # Stays, as words before those of the item.
                    tail = f"{mark} {tail.lstrip()}"
                _removed(holder, child, tail)
                return mark
    places = [(each, slot) for each, slot in _texts(paragraph) if getattr(each, slot)]
    texts = [getattr(each, slot) for each, slot in places]
    at = next((at for at, text in enumerate(texts) if text.strip()), len(texts))
    match = _MARK.match("".join(texts[at : at + 2]))
    if match is None:
        return ""
    if _is_plain(match["mark"]):
        rest = match.end()
        for (each, slot), text in list(zip(places, texts, strict=True))[at : at + 2]:
            setattr(each, slot, text[rest:])
            rest = max(0, rest - len(text))
    return match["mark"]


def _is_plain(mark: str) -> bool:
    return mark in _BULLETS or len(mark) == 1 or bool(_NUMBER.fullmatch(mark))


def _texts(element: Element) -> Iterator[tuple[Element, str]]:
    """Yield the places of all texts within an element, in order."""
    yield element, "text"
    for child in element:
        yield from _texts(child)
        yield child, "tail"


def _removed(holder: Element, child: Element, tail: str) -> None:
    at = list(holder).index(child)
    holder.remove(child)
    if at:
        before = holder[at - 1]
        before.tail = (before.tail or "") + tail
    else:
        holder.text = (holder.text or "") + tail


def _lists(items: list[_Item]) -> list[Element]:
    """Return items as nested lists; a number that does not follow begins a list of its own."""
    made: list[Element] = []
    open_lists: list[tuple[int, Element, _Item]] = []
    for item in items:
        while open_lists and open_lists[-1][0] > item.level:
            open_lists.pop()
        last = open_lists[-1] if open_lists and open_lists[-1][0] == item.level else None
        if last is not None and not _follows(item, last[2]):
            open_lists.pop()
            last = None
        if last is None:
            holder = _last_item(open_lists)
            tag = "ul" if item.number is None else "ol"
            made_list = Element(tag) if holder is None else SubElement(holder, tag)
            if item.number is not None:
                made_list.set("start", str(item.number))
            if holder is None:
                made.append(made_list)
        else:
            made_list = last[1]
            open_lists.pop()
        open_lists.append((item.level, made_list, item))
        SubElement(made_list, "li").extend([item.paragraph, *item.more])
    return made


def _last_item(open_lists: list[tuple[int, Element, _Item]]) -> Element | None:
    return open_lists[-1][1][-1] if open_lists else None


def _follows(item: _Item, before: _Item) -> bool:
    if item.number is None or before.number is None:
        return item.number is before.number is None
    return item.number == before.number + 1
