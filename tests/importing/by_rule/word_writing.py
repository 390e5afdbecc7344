"""Writes Word files part by part, as XML: what a library would not write can be written, and read wrongly."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import Final

SPACES: Final = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_STRICT: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/drawingml/2006/": "http://purl.oclc.org/ooxml/drawingml/",
    "http://schemas.openxmlformats.org/officeDocument/2006/": "http://purl.oclc.org/ooxml/officeDocument/",
}
_HEADING: Final = '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'


@dataclass
class WordFile:
    """A Word file to be written.

    Args:
        body: The XML of its paragraphs; a heading stands before them.
        styles: The XML of its styles.
        numbering: The XML of its lists.
        relations: Of the text, as kind, target and whether it is outside; the first is `rId1`.
        parts: Further parts, by name.
        main: The name of the part with the text.
        strict: Whether it is in the namespaces of strict files.
    """

    body: str
    styles: str = ""
    numbering: str = ""
    relations: list[tuple[str, str, bool]] = field(default_factory=list)
    parts: dict[str, bytes] = field(default_factory=dict)
    main: str = "word/document.xml"
    strict: bool = False

    def data(self) -> bytes:
        """Return its bytes."""
        heading = (
            '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Заглавие на текста</w:t></w:r></w:p>'
        )
        parts: dict[str, str | bytes] = {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="jpg" ContentType="image/jpeg"/>'
            '<Default Extension="htm" ContentType="text/html"/>'
            '<Default Extension="txt" ContentType="text/plain"/>'
            f"{self._types()}</Types>",
            "_rels/.rels": _relationships([("officeDocument", self.main, False)]),
            self.main: f"<w:document {SPACES}><w:body>{heading}{self.body}<w:sectPr/></w:body></w:document>",
        }
        relations = list(self.relations)
        folder = posixpath.dirname(self.main)
        for kind, xml in (("styles", _HEADING + self.styles), ("numbering", self.numbering)):
            if xml:
                parts[f"{folder}/{kind}.xml"] = f"<w:{kind} {SPACES}>{xml}</w:{kind}>"
                relations.append((kind, f"{kind}.xml", False))
        parts[f"{folder}/_rels/{posixpath.basename(self.main)}.rels"] = _relationships(relations)
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in (parts | self.parts).items():
                package.writestr(name, self._namespaced(content, name))
        return held.getvalue()

    def _types(self) -> str:
        office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        folder = posixpath.dirname(self.main)
        kinds = {
            self.main: "document.main",
            f"{folder}/styles.xml": "styles",
            f"{folder}/numbering.xml": "numbering",
        }
        return "".join(
            f'<Override PartName="/{name}" ContentType="{office}.{kind}+xml"/>'
            for name, kind in kinds.items()
        )

    def _namespaced(self, content: str | bytes, name: str) -> bytes:
        if isinstance(content, bytes) and not name.endswith((".xml", ".rels")):
            return content
        text = content.decode() if isinstance(content, bytes) else content
        if self.strict and "content-types" not in text:
            for transitional, strict in _STRICT.items():
                text = text.replace(transitional, strict)
        return text.encode()


def _relationships(rows: list[tuple[str, str, bool]]) -> str:
    written = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if external else "/>")
        for number, (kind, target, external) in enumerate(rows, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{written}</Relationships>'


def text(words: str) -> str:
    """Return words as the XML of a text."""
    return f'<w:t xml:space="preserve">{words}</w:t>'


def run(words: str, properties: str = "") -> str:
    """Return words as a run, with the XML of its properties."""
    return f"<w:r><w:rPr>{properties}</w:rPr>{text(words)}</w:r>"


def paragraph(inner: str, properties: str = "") -> str:
    """Return runs as a paragraph, with the XML of its properties."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(*rows: str) -> str:
    """Return rows of one cell each as a table of two columns."""
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def cell(inner: str) -> str:
    """Return paragraphs as a cell."""
    return f"<w:tc>{inner}</w:tc>"


def part(root: str, inner: str) -> bytes:
    """Return a part of Word's XML."""
    return f"<{root} {SPACES}>{inner}</{root}>".encode()
