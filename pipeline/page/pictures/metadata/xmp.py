"""XMP packets (ISO 16684-1): written anew with orientation, creator, rights and credit."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from pipeline.page.pictures.metadata.held import Held, Part, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP: Final = "{http://ns.adobe.com/photoshop/1.0/}"
_TIFF: Final = "{http://ns.adobe.com/tiff/1.0/}"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_KEPT: Final = (f"{DC}creator", f"{DC}rights", f"{_PHOTOSHOP}Credit", f"{_TIFF}Orientation")
_SILENT: Final = frozenset({f"{RDF}about", f"{RDF}ID", f"{RDF}nodeID"})
_DECLARATIONS: Final = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_LONGEST: Final = 2000


def without_metadata(packet: bytes) -> Part:
    """Return a packet of XMP with orientation, creator, rights and credit alone.

    Args:
        packet: The packet, with or without its processing instructions. One that cannot be read goes whole.
    """
    properties = list(_properties(packet))
    if not properties:
        return Part(b"", frozenset({Held.OTHER}) if packet.strip(b"\0 \r\n\t") else frozenset())
    held = {_kind(node) for node in properties if node.tag not in _KEPT}
    bare = _LONGEST_PADDING.sub(b"", packet)
    if not held and len(bare) < _LONGEST and b"<!--" not in packet:
        return Part(packet, frozenset())
    values = {tag: _values(node) for node in properties for tag in _KEPT if node.tag == tag}
    written = _written(values)
    if written == packet:
        return Part(packet, frozenset())
    return Part(written, frozenset(held or {Held.OTHER}))


_LONGEST_PADDING: Final = re.compile(rb"\s{2,}")


def _kind(node: ET.Element) -> Held:
    """Return the kind of a property; that of what lies in it where its own name says nothing."""
    kinds = [kind_of(each.tag.rpartition("}")[2]) for each in node.iter()]
    return next((kind for kind in kinds if kind is not Held.OTHER), Held.OTHER)


def _properties(packet: bytes) -> Iterator[ET.Element]:
    """Yield every property of a packet, those written as attributes too."""
    if _DECLARATIONS.search(packet):
        return
    try:
        root = ET.fromstring(packet.strip(b"\0 \r\n\t"))  # noqa: S314 - it declares no entities
    except (ET.ParseError, ValueError, LookupError, RecursionError):
        return
    for description in root.iter(f"{RDF}Description"):
        for name, value in description.attrib.items():
            if name not in _SILENT and not name.startswith(_XML):
                node = ET.Element(name)
                node.text = value
                yield node
        yield from description


def _values(node: ET.Element) -> list[str]:
    items = [each.text or "" for each in node.iter(f"{RDF}li")] or [node.text or ""]
    return [" ".join(item.split())[:_LONGEST] for item in items if item.strip()]


def _written(values: dict[str, list[str]]) -> bytes:
    """Return a packet; the same values always give the same bytes."""
    forms = {
        f"{DC}creator": ("dc:creator", "Seq", ""),
        f"{DC}rights": ("dc:rights", "Alt", ' xml:lang="x-default"'),
    }
    lines = []
    for tag, (name, container, marks) in forms.items():
        items = "".join(f"<rdf:li{marks}>{_escaped(value)}</rdf:li>" for value in values.get(tag, ()))
        if items:
            lines.append(f"<{name}><rdf:{container}>{items}</rdf:{container}></{name}>")
    for tag, name in (
        (f"{_PHOTOSHOP}Credit", "photoshop:Credit"),
        (f"{_TIFF}Orientation", "tiff:Orientation"),
    ):
        if value := "".join(values.get(tag, ())[:1]):
            lines.append(f"<{name}>{_escaped(value)}</{name}>")
    if not lines:
        return b""
    inner = "".join(lines)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/">'
        f'{inner}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def creators_of(packet: bytes) -> Iterator[str]:
    """Yield the creators a packet names, then its credit."""
    properties = list(_properties(packet))
    for tag in (f"{DC}creator", f"{_PHOTOSHOP}Credit"):
        for node in properties:
            if node.tag == tag and (values := _values(node)):
                yield ", ".join(values)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
