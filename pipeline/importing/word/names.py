"""Names of Word's XML, and the form of it that all modules of this folder read.

A strict file (ISO/IEC 29500) has the same elements in other namespaces; they are renamed as a part is parsed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V: Final = "{urn:schemas-microsoft-com:vml}"

_STRICT: Final = re.compile(r"\{http://purl\.oclc\.org/ooxml/(\w+)/([\w/]+)\}")
_MAIN: Final = {
    "wordprocessingml": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "drawingml/main": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
_OFF: Final = frozenset({"0", "false", "off", "none"})


def transitional(root: Element) -> Element:
    """Rename the elements and attributes of a strict part as transitional files have them, in place.

    Args:
        root: The root of the part.
    """
    for element in root.iter():
        if isinstance(element.tag, str) and "purl.oclc.org" in element.tag:
            element.tag = _renamed(element.tag)
        for name in [name for name in element.attrib if "purl.oclc.org" in name]:
            element.set(_renamed(name), element.attrib.pop(name))
    return root


def _renamed(name: str) -> str:
    def rename(match: re.Match[str]) -> str:
        kind, rest = match[1], match[2]
        address = _MAIN.get(kind) or _MAIN.get(f"{kind}/{rest}")
        return "{" + (address or f"http://schemas.openxmlformats.org/{kind}/2006/{rest}") + "}"

    return _STRICT.sub(rename, name)


def is_on(element: Element | None) -> bool:
    """Return whether a property that is on or off is on (ECMA-376 part 1, 17.17.4)."""
    return element is not None and element.get(W + "val", "1") not in _OFF


def value_of(parent: Element | None, name: str) -> str | None:
    """Return the value of a property, or None where the parent does not have it.

    Args:
        parent: An element with properties.
        name: The name of the property, without its namespace.
    """
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(W + "val")
