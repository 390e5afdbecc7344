"""Pages as Google Docs writes them: lists side by side whose classes say the level, numbers in the sheet.

A list is `<ol class="lst-kix_NAME-LEVEL start">`; the sheet says how its items are numbered:
`.lst-kix_NAME-1>li:before{content:"" counter(lst-ctn-kix_NAME-1,lower-latin) ". "}`. A remark stands at the
end of the page, with `id="cmnt1"` and a link back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.html.looks.sheets import text_of_sheets
from pipeline.importing.model.elements import take_out
from pipeline.importing.model.numerals import numeral

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

_LIST: Final = re.compile(r"(?:^|\s)(lst-kix_\w+?)-(\d)(?=\s|$)")
_FORMAT: Final = re.compile(r"\.(lst-kix_\w+-\d)\s*>\s*li:before\s*\{\s*content:([^}]{0,400})\}")
_PIECE: Final = re.compile(r'"([^"]*)"|counter\(\s*lst-ctn-kix_\w+-(\d)\s*,\s*([-\w]+)\s*\)')
_FORMS: Final = {
    "decimal": "decimal",
    "lower-latin": "lowerLetter",
    "lower-alpha": "lowerLetter",
    "upper-latin": "upperLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_INDENTED: Final = re.compile(r"margin-left\s*:\s*[1-9]")
_FAR: Final = 4
"""How many elements behind a paragraph its list is looked for."""

_REMARK: Final = re.compile(r"#?(cmnt\d+)")
_SHORT: Final = 200
_HIDDEN: Final = re.compile(r"overflow\s*:\s*hidden")
_SIZE: Final = re.compile(r"(?<![-\w])(width|height)\s*:\s*(\d{1,5}(?:\.\d+)?)\s*px")
_CUT: Final = 1.02
"""How much larger than its box a picture is of which something is cut away."""


def rearrange_google_docs(root: Element, name: str) -> list[Finding]:
    """Nest and number the lists of a page by Google Docs, name its title, and take off its remarks, in place.

    Args:
        root: The root of the page.
        name: The name of its file.

    Returns:
        A finding for each remark (W502).
    """
    for each in root.iter("p"):
        if "title" in each.get("class", "").split() and each.get("id", "").startswith("h."):
            each.tag = "h1"
    formats = {match[1]: match[2] for match in _FORMAT.finditer(text_of_sheets(root))}
    for parent in list(root.iter()):
        if any(_list_of(child) for child in parent):
            _Lists(formats).nest(parent)
    uncropped = [
        found("W526", None, name=name, picture=shortened(each.get("src", ""), _SHORT))
        for each in root.iter("span")
        if _cuts(each)
        for each in each.iter("img")
    ]
    return [*_without_remarks(root, name), *uncropped]


def _cuts(box: Element) -> bool:
    """Return whether a box shows a part of the picture in it alone."""
    if not _HIDDEN.search(box.get("style", "")):
        return False
    outer = dict(_SIZE.findall(box.get("style", "")))
    for image in box.iter("img"):
        inner = dict(_SIZE.findall(image.get("style", "")))
        if any(float(inner[name]) > float(outer[name]) * _CUT for name in outer.keys() & inner.keys()):
            return True
    return False


def _list_of(element: Element) -> tuple[str, int] | None:
    match = _LIST.search(element.get("class", "")) if element.tag in {"ol", "ul"} else None
    return (match[1], int(match[2])) if match else None


@dataclass(slots=True)
class _Lists:
    """The lists of one parent, on their way from side by side to within one another.

    Args:
        formats: What the sheet puts before items, by the class of the list.
    """

    formats: dict[str, str]
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)
    _open: list[tuple[str, int, Element]] = field(default_factory=list)
    """Name, level and element of the lists that the next may continue or stand in."""

    def nest(self, parent: Element) -> None:
        children = list(parent)
        for at, child in enumerate(children):
            named = _list_of(child)
            if named is None:
                if self._open and _continues(child, children[at + 1 : at + _FAR]):
                    parent.remove(child)
                    self._open[-1][2][-1].append(child)
                elif isinstance(child.tag, str):
                    self._open.clear()
                continue
            self._number(child, *named)
            self._place(parent, child, *named)
            if (child.tail or "").strip():
                self._open.clear()

    def _number(self, element: Element, name: str, level: int) -> None:
        """Count the items, and write numbers that HTML has no list for before their words."""
        if "start" in element.get("class", "").split() or (name, level) not in self._counts:
            start = element.get("start", "1").strip()
            self._counts[name, level] = int(start) - 1 if start.isdecimal() and len(start) < 6 else 0  # noqa: PLR2004
        pieces = _PIECE.findall(self.formats.get(f"{name}-{level}", ""))
        counters = [(int(of), form) for _, of, form in pieces if form]
        plain = counters in ([], [(level, "decimal")])
        for item in element:
            if item.tag != "li":
                continue
            self._counts[name, level] += 1
            if element.tag == "ol" and not plain:
                _label(item, "".join(text or self._numeral(name, of, form) for text, of, form in pieces))
        if element.tag == "ol" and not plain:
            element.tag = "div"

    def _numeral(self, name: str, level: str, form: str) -> str:
        count = self._counts.get((name, int(level)), 1) if form else 0
        return (numeral(count, _FORMS.get(form, "decimal")) or str(count)) if form else ""

    def _place(self, parent: Element, element: Element, name: str, level: int) -> None:
        while self._open and (self._open[-1][1] > level or self._open[-1][0] != name):
            self._open.pop()
        around = self._open[-1] if self._open else None
        if around is None:
            self._open.append((name, level, element))
        elif around[1] == level and element.tag == around[2].tag:
            parent.remove(element)
            around[2].extend(list(element))
        elif around[1] < level and len(around[2]):
            parent.remove(element)
            around[2][-1].append(element)
            self._open.append((name, level, element))


def _continues(element: Element, behind: Sequence[Element]) -> bool:
    """Return whether a paragraph continues an item: it is indented, and the list goes on behind it."""
    if element.tag != "p" or not _INDENTED.search(element.get("style", "")):
        return False
    following = next((each for each in behind if "".join(each.itertext()).strip()), None)
    if following is None or _list_of(following) is None:
        return False
    return "start" not in following.get("class", "").split()


def _label(item: Element, label: str) -> None:
    """Write the number of an item before its words, and make it a paragraph."""
    first = item
    while not (first.text or "").strip() and len(first) and first[0].tag in {"p", "div", "span"}:
        first = first[0]
    first.text = f"{' '.join(label.split())} {(first.text or '').lstrip()}"
    item.tag = "div"


def _without_remarks(root: Element, name: str) -> list[Finding]:
    parents = {child: parent for parent in root.iter() for child in parent}
    findings: list[Finding] = []
    for link in list(root.iter("a")):
        own, target = (_REMARK.fullmatch(link.get(each, "")) for each in ("id", "href"))
        calls = link.get("id", "").startswith("cmnt_ref") and target is not None
        if own is None and not calls:
            continue
        element = parents[link]
        while own is not None and element.tag not in {"p", "div", "li", "body"}:
            element = parents[element]
        if element.tag == "body":
            continue
        if calls and element.tag != "sup":
            element = link
        if own is not None:
            words = " ".join("".join(element.itertext()).split())
            words = re.sub(r"^\[\w+\]\s*", "", words)
            findings.append(found("W502", None, name=name, found=shortened(words, _SHORT)))
        # One remark may have two links.
        if element in list(parents[element]):
            take_out(parents[element], element)
    return findings
