"""The inventory of a Word file, read directly from its XML (ECMA-376 part 1).

The inventory must not depend on what the reader of the text recognises, so it shares no code with it.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.finding import Finding, found
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.formats.xml_packages import xml_of
from pipeline.importing.model.inventory import FileInventory, InventoryItem, ItemType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_GRAPHIC: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_BLIP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_OLD_PICTURE: Final = "{urn:schemas-microsoft-com:vml}imagedata"
_DELETED: Final = frozenset({W + "del", W + "moveFrom"})
_EDGE: Final = re.compile(r"word/(?:header|footer)\d*\.xml")
_OBJECTS: Final = {
    "chart": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "SmartArt": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
}
_SHORT: Final = 70


def take_inventory(parts: Mapping[str, bytes], name: str) -> FileInventory:
    """Return the inventory of the parts of a Word file.

    Args:
        parts: By name, as `open_package` returns them.
        name: The name of the file.
    """
    document = xml_of(parts["word/document.xml"], name)
    relations = _relations(parts, "document", name)
    items = [
        InventoryItem(ItemType.CELL if cell else ItemType.PARAGRAPH, text)
        for text, cell in _paragraphs(document)
    ]
    findings = list(_deleted(document, name))
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        if part in parts:
            notes = xml_of(parts[part], name)
            items += [
                InventoryItem(ItemType.NOTE, text)
                for note in notes
                for text, _ in _paragraphs(note)
                if _is_real(note)
            ]
            findings += _deleted(notes, name)
            within = _relations(parts, PurePosixPath(part).stem, name)
            items += [InventoryItem(ItemType.LINK, target) for target in _link_targets(notes, within)]
    items += [InventoryItem(ItemType.LINK, target) for target in _link_targets(document, relations)]
    items += _pictures(document, relations)
    findings += _comments(parts, name)
    findings += _page_edges(parts, name)
    findings += _objects(document, parts, relations, name)
    return FileInventory(tuple(items), tuple(findings))


class _Relation(NamedTuple):
    kind: str
    target: str
    external: bool


def _relations(parts: Mapping[str, bytes], part: str, name: str) -> dict[str, _Relation]:
    content = parts.get(f"word/_rels/{part}.xml.rels")
    if content is None:
        return {}
    return {
        each.get("Id", ""): _Relation(
            each.get("Type", "").rpartition("/")[2],
            each.get("Target", ""),
            each.get("TargetMode") == "External",
        )
        for each in xml_of(content, name)
    }


def _paragraphs(root: Element) -> Iterator[tuple[str, bool]]:
    """Yield each paragraph's words and whether it is in a table; a text box comes after its paragraph."""
    stack: list[tuple[Element, bool]] = [(root, False)]
    while stack:
        element, cell = stack.pop()
        if element.tag == _FALLBACK or element.tag in _DELETED:
            continue
        if element.tag == W + "p":
            boxes: list[Element] = []
            text = "".join(_words(element, boxes))
            if text.strip():
                yield " ".join(text.split()), cell
            stack.extend((box, cell) for box in reversed(boxes))
            continue
        inside = cell or element.tag == W + "tc"
        stack.extend((child, inside) for child in reversed(element))


def _words(paragraph: Element, boxes: list[Element]) -> Iterator[str]:
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag == W + "p" or element.tag == W + "tbl":
            boxes.append(element)
        elif element.tag in {W + "t", _MATHS + "t"}:
            yield element.text or ""
        elif element.tag in {W + "tab", W + "br", W + "cr"}:
            yield " "
        elif element.tag == W + "noBreakHyphen":
            yield "-"
        elif (
            element.tag != _FALLBACK
            and element.tag not in _DELETED
            and element.tag not in {W + "pPr", W + "rPr"}
        ):
            stack.extend(reversed(element))


def _deleted(root: Element, name: str) -> Iterator[Finding]:
    # Moved text is found again at its new place.
    for element in root.iter(W + "del"):
        texts = [each.text or "" for each in element.iter() if each.tag in {W + "delText", W + "t"}]
        if words := " ".join("".join(texts).split()):
            yield found("W501", None, name=name, found=shortened(words, _SHORT))


def _is_real(note: Element) -> bool:
    """Return whether a note is real, and not one of the separators that Word stores among them."""
    return note.get(W + "type") in {None, "normal"}


def _link_targets(document: Element, relations: Mapping[str, _Relation]) -> Iterator[str]:
    for link in _visible(document, W + "hyperlink"):
        relation = relations.get(link.get(_RELATIONS + "id", ""))
        words = "".join(each.text or "" for each in link.iter(W + "t"))
        if relation is not None and words.strip():
            anchor = link.get(W + "anchor")
            yield relation.target + (f"#{anchor}" if anchor else "")
        elif words.strip() and (anchor := link.get(W + "anchor")):
            yield f"#{anchor}"


def _visible(root: Element, tag: str) -> Iterator[Element]:
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag == _FALLBACK or element.tag in _DELETED:
            continue
        if element.tag == tag:
            yield element
        stack.extend(reversed(element))


def _pictures(document: Element, relations: Mapping[str, _Relation]) -> Iterator[InventoryItem]:
    for tag, attribute in ((_BLIP, "embed"), (_BLIP, "link"), (_OLD_PICTURE, "id")):
        for picture in _visible(document, tag):
            relation = relations.get(picture.get(_RELATIONS + attribute, ""))
            if relation is not None:
                yield InventoryItem(ItemType.PICTURE, relation.target, listed=relation.external)


def _comments(parts: Mapping[str, bytes], name: str) -> Iterator[Finding]:
    if "word/comments.xml" not in parts:
        return
    for comment in xml_of(parts["word/comments.xml"], name):
        text = " ".join(text for text, _ in _paragraphs(comment))
        author = comment.get(W + "author", "")
        if text:
            shown = f"{author}: {text}" if author else text
            yield found("W502", None, name=name, found=shortened(shown, _SHORT))


def _page_edges(parts: Mapping[str, bytes], name: str) -> Iterator[Finding]:
    reported: set[str] = set()
    for part in sorted(parts):
        if _EDGE.fullmatch(part):
            text = " ".join(text for text, _ in _paragraphs(xml_of(parts[part], name)))
            if text and text not in reported:
                reported.add(text)
                yield found("W506", None, name=name, found=shortened(text, _SHORT))


def _objects(
    document: Element, parts: Mapping[str, bytes], relations: Mapping[str, _Relation], name: str
) -> Iterator[Finding]:
    if any(part.lower().endswith(("vbaproject.bin", "vbadata.xml")) for part in parts):
        yield found("W503", None, name=name)
    for graphic in _visible(document, _GRAPHIC):
        for kind, address in _OBJECTS.items():
            if graphic.get("uri") == address:
                yield found("W515", None, name=name, found=kind)
    for _ in _visible(document, W + "object"):
        yield found("W515", None, name=name, found="OLE")
    yield from _files_from_elsewhere(parts, relations, name)


def _files_from_elsewhere(
    parts: Mapping[str, bytes], relations: Mapping[str, _Relation], name: str
) -> Iterator[Finding]:
    for relation in relations.values():
        if relation.external and relation.kind != "hyperlink":
            code = "W505" if relation.kind == "image" else "W514"
            yield found(code, None, name=name, found=shortened(relation.target, 100))
    settings = parts.get("word/_rels/settings.xml.rels")
    for each in xml_of(settings, name) if settings else ():
        if each.get("TargetMode") == "External":
            yield found("W514", None, name=name, found=shortened(each.get("Target", ""), 100))
