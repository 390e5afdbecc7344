"""The inventory of a Word file, read directly from its XML (ECMA-376 part 1).

The inventory must not depend on what the reader of the text recognises, so it shares no code with it: it
takes every word of every part, whatever is to become of it. Only for signs are the fonts asked for, as there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement

from pipeline.findings.finding import Finding, found
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.model.inventory import FileInventory, InventoryItem, ItemType
from pipeline.importing.word.names import MC, A, M, R, V, W, value_of
from pipeline.importing.word.package import relation_of
from pipeline.importing.word.styles import read_styles
from pipeline.importing.word.symbols import is_symbol
from pipeline.importing.word.unread_parts import objects, page_edges, unread_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.importing.word.package import Relation, WordPackage
    from pipeline.importing.word.styles import Styles

_DELETED: Final = frozenset({W + "del", W + "moveFrom"})
_BLANKS: Final = frozenset({W + "tab", W + "br", W + "cr", W + "ptab", W + "noBreakHyphen"})
_SAID: Final = _BLANKS | {W + "t", M + "t", W + "ddList"}
_APART: Final = frozenset({W + "rt", W + "rubyBase", M + "num", M + "den", M + "deg", M + "e", M + "fName"})
"""What stands above, below or beside other words, and is no part of these."""

_UNSAID: Final = _DELETED | {W + "pPr", W + "rPr"}
_SHORT: Final = 70


def take_inventory(package: WordPackage) -> FileInventory:
    """Return the inventory of a Word file.

    Args:
        package: The file.
    """
    main, name = package.main, package.name
    document = package.tree(main)
    assert document is not None  # noqa: S101 - a package has a main part
    styles = read_styles(package.tree(package.related(main, "styles")))
    words = _Words(styles)
    items = [
        InventoryItem(ItemType.CELL if cell else ItemType.PARAGRAPH, text)
        for text, cell in words.paragraphs(document)
    ]
    findings = list(_deleted(document, name))
    for kind in ("footnotes", "endnotes"):
        part = package.related(main, kind)
        notes = package.tree(part)
        if notes is not None:
            items += [
                InventoryItem(ItemType.NOTE, text)
                for note in notes
                for text, _ in words.paragraphs(note)
                if _is_real(note)
            ]
            findings += _deleted(notes, name)
            within = package.relations(part)
            items += [InventoryItem(ItemType.LINK, target) for target in _link_targets(notes, within)]
            items += _pictures(notes, within)
    relations = package.relations(main)
    items += [InventoryItem(ItemType.LINK, target) for target in _link_targets(document, relations)]
    items += _pictures(document, relations)
    findings += _comments(package, words)
    findings += page_edges(package, words.text_of)
    findings += objects(package, list(_visible(document)), words.text_of)
    findings += unread_parts(package)
    return FileInventory(tuple(items), tuple(findings))


class _Words:
    """Takes the words of paragraphs; signs of symbol fonts are none.

    Args:
        styles: The styles of the file.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def paragraphs(self, root: Element) -> Iterator[tuple[str, bool]]:
        """Yield each paragraph's words and whether it is in a table; a text box comes after its paragraph."""
        stack: list[tuple[Element, bool]] = [(root, False)]
        initial = ""
        while stack:
            element, cell = stack.pop()
            if element.tag in _DELETED:
                continue
            if element.tag == W + "p":
                boxes: list[Element] = []
                text = initial + "".join(self._words(element, boxes))
                initial = text if _is_initial(element) else ""
                if text.strip() and not initial:
                    yield " ".join(text.split()), cell
                stack.extend((box, cell) for box in reversed(boxes))
                continue
            inside = cell or element.tag == W + "tc"
            stack.extend((child, inside) for child in reversed(_read(element)))

    def text_of(self, root: Element) -> str:
        """Return all words below an element on one line."""
        return " ".join(text for text, _ in self.paragraphs(root))

    def _words(self, paragraph: Element, boxes: list[Element]) -> Iterator[str]:
        runs: list[tuple[Element, Element | None]] = [(child, None) for child in reversed(_read(paragraph))]
        while runs:
            element, fonts = runs.pop()
            if element.tag in {W + "p", W + "tbl"}:
                boxes.append(element)
            elif element.tag == V + "textpath":
                boxes.append(_paragraph_of(element.get("string", "")))
            elif element.tag in _SAID:
                yield _said(element, fonts)
            elif element.tag not in _UNSAID:
                if element.tag in _APART:
                    yield " "
                if element.tag == W + "r":
                    fonts = self._styles.property_of("rFonts", element.find(W + "rPr"), paragraph)
                runs.extend((child, fonts) for child in reversed(_read(element)))


def _said(element: Element, fonts: Element | None) -> str:
    """Return the words of an element without others in it."""
    if element.tag == W + "t":
        return "".join(" " if is_symbol(fonts, sign) else sign for sign in element.text or "")
    if element.tag == M + "t":
        return element.text or ""
    if element.tag == W + "ddList":
        return _chosen_entry(element)
    return "-" if element.tag == W + "noBreakHyphen" else " "


def _read(element: Element) -> list[Element]:
    """Return the children of an element; of alternatives the first that has words or pictures."""
    if element.tag != MC + "AlternateContent":
        return list(element)
    telling = {W + "t", W + "sym", A + "blip", V + "imagedata", V + "textpath"}
    alternatives = [each for each in element if any(inner.tag in telling for inner in each.iter())]
    return alternatives[:1]


def _is_initial(paragraph: Element) -> bool:
    """Return whether a paragraph is the large first letter of the one after it."""
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    return frame is not None and frame.get(W + "dropCap", "none") != "none"


def _paragraph_of(words: str) -> Element:
    paragraph = Element(W + "p")
    SubElement(SubElement(paragraph, W + "r"), W + "t").text = words
    return paragraph


def _chosen_entry(entries: Element) -> str:
    """Return the entry of a list in a form that its field shows; it stands in no run."""
    named = [each.get(W + "val", "") for each in entries.findall(W + "listEntry")]
    chosen = value_of(entries, "result") or value_of(entries, "default") or "0"
    return named[int(chosen)] if chosen.isdecimal() and int(chosen) < len(named) else ""


def _deleted(root: Element, name: str) -> Iterator[Finding]:
    # Moved text is found again at its new place.
    for element in root.iter(W + "del"):
        texts = [each.text or "" for each in element.iter() if each.tag in {W + "delText", W + "t"}]
        if words := " ".join("".join(texts).split()):
            yield found("W501", None, name=name, found=shortened(words, _SHORT))


def _is_real(note: Element) -> bool:
    """Return whether a note is real, and not one of the separators that Word stores among them."""
    return note.get(W + "type") in {None, "normal"}


def _link_targets(document: Element, relations: Mapping[str, Relation]) -> Iterator[str]:
    for link in _visible(document):
        if link.tag != W + "hyperlink":
            continue
        relation = relation_of(link, "id", dict(relations))
        words = "".join(each.text or "" for each in link.iter(W + "t"))
        anchor = link.get(W + "anchor")
        if relation is not None and words.strip():
            yield relation.target + (f"#{anchor}" if anchor else "")
        elif words.strip() and anchor:
            yield f"#{anchor}"


def _visible(root: Element) -> Iterator[Element]:
    """Yield every element that is not deleted, and of alternatives those of the one that is read."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag not in _DELETED:
            yield element
            stack.extend(reversed(_read(element)))


def _pictures(document: Element, relations: Mapping[str, Relation]) -> Iterator[InventoryItem]:
    for picture in _visible(document):
        for tag, attribute in ((A + "blip", "embed"), (A + "blip", "link"), (V + "imagedata", "id")):
            relation = relations.get(picture.get(R + attribute, "")) if picture.tag == tag else None
            if relation is not None:
                yield InventoryItem(ItemType.PICTURE, relation.target, listed=relation.external)


def _comments(package: WordPackage, words: _Words) -> Iterator[Finding]:
    for comment in package.tree(package.related(package.main, "comments")) or ():
        text = words.text_of(comment)
        author = comment.get(W + "author", "")
        if text:
            shown = f"{author}: {text}" if author else text
            yield found("W502", None, name=package.name, found=shortened(shown, _SHORT))
