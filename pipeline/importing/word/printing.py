"""A Word file rewritten for the reader of words: as it is printed, its pictures as they are shown."""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from pipeline.importing.word.cropping import cropped
from pipeline.importing.word.names import W
from pipeline.importing.word.numbering import read_numbering
from pipeline.importing.word.printed import LeftOut, Story
from pipeline.importing.word.styles import read_styles

if TYPE_CHECKING:
    from pipeline.importing.word.cropping import Crop
    from pipeline.importing.word.numbering import Label, Numbering
    from pipeline.importing.word.package import Relation, WordPackage
    from pipeline.importing.word.styles import Styles

NOTES: Final = ("footnotes", "endnotes")
"""The kinds of parts with notes."""

_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STREAM: Final = "application/octet-stream"
_TYPES: Final = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "svg": "image/svg+xml",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
    "bmp": "image/bmp",
}


@dataclass(slots=True)
class PrintedPackage:
    """A rewritten file.

    Args:
        parts: Its parts, by the names that all such files could have.
        names: The file name of each picture, by its bytes.
        labels: The labels of paragraphs in lists, in the order of their marks.
        chunks: The parts of the original that are files within the text, in the order of their marks.
        left_out: Words that are hidden or struck out.
        lost_signs: Signs of symbol fonts that no face has.
        formulas: Formulas in fields.
        cropped: The bytes of what is left of pictures, by the part of the whole.
        uncropped: The names of pictures that could not be cropped.
    """

    parts: dict[str, bytes] = field(default_factory=dict)
    names: dict[bytes, str] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)
    chunks: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    lost_signs: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    cropped: dict[str, list[bytes]] = field(default_factory=dict)
    uncropped: list[str] = field(default_factory=list)


def print_package(package: WordPackage) -> PrintedPackage:
    """Rewrite a file as it is printed.

    Args:
        package: The file.
    """
    main = package.main
    styles_part = package.related(main, "styles")
    styles = read_styles(package.tree(styles_part))
    numbering = read_numbering(package.tree(package.related(main, "numbering")), styles)
    printer = _Printer(package, styles, numbering)
    relations = {kind: package.related(main, kind) for kind in NOTES}
    further = {kind: f"{kind}.xml" for kind, part in relations.items() if part}
    if styles_part:
        printer.result.parts["word/styles.xml"] = package.parts[styles_part]
        further["styles"] = "styles.xml"
    printer.story(main, "document", further)
    for kind, part in relations.items():
        if part:
            printer.story(part, kind, {})
    printer.finish()
    return printer.result


class _Printer:
    def __init__(self, package: WordPackage, styles: Styles, numbering: Numbering) -> None:
        self._package = package
        self._styles = styles
        self._numbering = numbering
        self.result = PrintedPackage()
        self._media: dict[bytes, str] = {}

    def story(self, part: str, name: str, further: dict[str, str]) -> None:
        """Rewrite a story, with the relationships it needs."""
        root = self._package.tree(part)
        assert root is not None  # noqa: S101 - only parts that there are get here
        relations = _Relations(self._package.relations(part), self)
        story = Story(self._styles, self._numbering, relations.add_link, relations.crop)
        result = self.result
        story.labels = result.labels
        for each in [root, *(note for note in root if note.tag in {W + "footnote", W + "endnote"})]:
            if each is not root or name == "document":
                story.rewrite(each)
        result.left_out += story.left_out
        result.lost_signs += story.lost_signs
        result.formulas += story.formulas
        targets = self._package.relations(part)
        result.chunks += [targets[each].target if each in targets else "" for each in story.chunks]
        result.parts[f"word/{name}.xml"] = tostring(root, encoding="utf-8", xml_declaration=True)
        result.parts[f"word/_rels/{name}.xml.rels"] = relations.written(further)

    def media(self, content: bytes, name: str) -> str:
        """Return the name of a picture among those of the rewritten file, which differ if their bytes do."""
        if content not in self._media:
            taken = set(self._media.values())
            stem, ending = posixpath.splitext(posixpath.basename(name))
            free, number = f"{stem}{ending}", 2
            while free in taken:
                free, number = f"{stem}-{number}{ending}", number + 1
            self._media[content] = free
            self.result.parts[f"word/media/{free}"] = content
        return self._media[content]

    def crop(self, relation: Relation, cut: Crop) -> bytes | None:
        """Return what is left of a picture, and write down that it is."""
        whole = self._package.parts.get(relation.target)
        content = cropped(whole, cut) if whole is not None else None
        if content is None:
            self.result.uncropped.append(posixpath.basename(relation.target))
        else:
            self.result.cropped.setdefault(relation.target, []).append(content)
        return content

    def part_of(self, relation: Relation) -> bytes | None:
        return self._package.parts.get(relation.target)

    def finish(self) -> None:
        """Write what a package needs to be opened."""
        result = self.result
        result.names = dict(self._media)
        types = Element(f"{{{_PACKAGE}content-types}}Types")
        kinds = {"rels": _STREAM, "xml": _STREAM}
        kinds |= {
            ending: _TYPES.get(ending, _STREAM) for name in self._media.values() if (ending := _ending(name))
        }
        for ending, kind in sorted(kinds.items()):
            SubElement(
                types, f"{{{_PACKAGE}content-types}}Default", {"Extension": ending, "ContentType": kind}
            )
        result.parts["[Content_Types].xml"] = tostring(types)
        result.parts["_rels/.rels"] = _relationships([("m", "officeDocument", "word/document.xml", False)])


class _Relations:
    """The relationships of a story, to which links and cropped pictures are added."""

    def __init__(self, given: dict[str, Relation], printer: _Printer) -> None:
        self._given = given
        self._printer = printer
        self._links: dict[str, str] = {}
        self._crops: dict[str, str] = {}

    def add_link(self, address: str) -> str:
        return self._links.setdefault(address, f"bulletin{len(self._links)}")

    def crop(self, identifier: str, cut: Crop) -> str:
        relation = self._given.get(identifier)
        if relation is None or relation.external:
            return identifier
        content = self._printer.crop(relation, cut)
        if content is None:
            return identifier
        stem = posixpath.splitext(posixpath.basename(relation.target))[0]
        kind = "jpg" if content.startswith(b"\xff\xd8") else "png"
        mark = hashlib.sha256(content).hexdigest()[:8]
        self._crops[f"crop{mark}"] = self._printer.media(content, f"{stem}-cropped.{kind}")
        return f"crop{mark}"

    def written(self, further: dict[str, str]) -> bytes:
        rows = [(f"part-{kind}", kind, target, False) for kind, target in further.items()]
        rows += [(identifier, "hyperlink", address, True) for address, identifier in self._links.items()]
        rows += [(identifier, "image", f"media/{name}", False) for identifier, name in self._crops.items()]
        for identifier, relation in self._given.items():
            if relation.external:
                rows.append((identifier, relation.kind, relation.target, True))
            elif relation.kind == "image" and (content := self._printer.part_of(relation)) is not None:
                rows.append(
                    (identifier, "image", f"media/{self._printer.media(content, relation.target)}", False)
                )
        return _relationships(rows)


def _relationships(rows: list[tuple[str, str, str, bool]]) -> bytes:
    space = f"{{{_PACKAGE}relationships}}"
    root = Element(f"{space}Relationships")
    for identifier, kind, target, external in rows:
        mode = {"TargetMode": "External"} if external else {}
        SubElement(
            root, f"{space}Relationship", {"Id": identifier, "Type": _OFFICE + kind, "Target": target, **mode}
        )
    return tostring(root)


def _ending(name: str) -> str:
    return posixpath.splitext(name)[1].lstrip(".")
