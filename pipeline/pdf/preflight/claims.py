"""The metadata of a PDF: its title, and the standards it claims (XMP, ISO 16684-1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.etree import ElementTree as ET

import pikepdf

from pipeline.pdf.content.stream_limits import bounded_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

_PDFA: Final = "{http://www.aiim.org/pdfa/ns/id/}"
_PDFUA: Final = "{http://www.aiim.org/pdfua/ns/id/}"
_PDFX: Final = "{http://www.npes.org/pdfx/ns/id/}"
_PDF: Final = "{http://ns.adobe.com/pdf/1.3/}"
_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"
_ITEM: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_DOCTYPE: Final = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_MOST_BYTES: Final = 10_000_000


class Claims(NamedTuple):
    """Title and claims in the metadata.

    Args:
        of_archive: Part and level of PDF/A, as `("2", "a")`; empty where none is claimed.
        of_access: Part of PDF/UA, or empty.
        of_print: The version of PDF/X, or empty.
        is_trapped: `True`, `False`, `Unknown` or empty.
        titles: The title in each of its languages.
    """

    of_archive: tuple[str, str]
    of_access: str
    of_print: str
    is_trapped: str
    titles: tuple[str, ...]


def claims_of(pdf: pikepdf.Pdf) -> Claims | None:
    """Return the claims in the metadata of a file; None if it has none that can be read."""
    metadata: Any = pdf.Root.get("/Metadata")
    if not isinstance(metadata, pikepdf.Stream):
        return None
    data = bounded_bytes(metadata, _MOST_BYTES)
    # In UTF-16 every other byte is none.
    if _DOCTYPE.search(data.replace(b"\0", b"")):
        return None
    try:
        root = ET.fromstring(data)  # noqa: S314 - without a document type it has no entities
    except (ET.ParseError, ValueError, LookupError):
        return None
    properties: dict[str, str] = {}
    for node in root.iter():
        properties |= {key: value.strip() for key, value in node.attrib.items()}
        if node.text and node.text.strip():
            properties[str(node.tag)] = node.text.strip()
    return _claims(properties, root)


def _claims(properties: Mapping[str, str], root: ET.Element) -> Claims:
    items = [item.text or "" for title in root.iter(_TITLE) for item in title.iter(_ITEM)]
    plain = [properties[_TITLE]] if _TITLE in properties else []
    return Claims(
        of_archive=(properties.get(f"{_PDFA}part", ""), properties.get(f"{_PDFA}conformance", "").lower()),
        of_access=properties.get(f"{_PDFUA}part", ""),
        of_print=properties.get(f"{_PDFX}GTS_PDFXVersion", ""),
        is_trapped=properties.get(f"{_PDF}Trapped", ""),
        titles=tuple(title.strip() for title in (*items, *plain) if title.strip()),
    )
