"""Parsing composed HTML into a tree, and serialising it (HTML Living Standard, 13.2 and 13.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import tinyhtml5

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

SVG: Final = "{http://www.w3.org/2000/svg}"
"""What the names of SVG's elements begin with in the tree; those of HTML have no namespace there."""

_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_RAW_TEXT: Final = frozenset(("iframe", "noembed", "noframes", "plaintext", "script", "style", "xmp"))
"""Elements of HTML whose text has no character references."""

_PREFIXES: Final = {
    "{http://www.w3.org/1999/xlink}": "xlink:",
    "{http://www.w3.org/XML/1998/namespace}": "xml:",
    "{http://www.w3.org/2000/xmlns/}": "xmlns:",
}
_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE: Final = _TEXT | str.maketrans({'"': "&quot;"})


def parse_body(markup: str) -> Element:
    """Return the `body` of a document, as a browser reads it.

    Args:
        markup: Content of `<body>`.
    """
    document = tinyhtml5.parse(f"<!doctype html><body>{markup}", namespace_html_elements=False)
    body: Element = document.find("body")
    return body


def inner_html(element: Element) -> str:
    """Return the contents of an element as HTML, which a browser reads as the same tree."""
    return "".join(_contents(element))


def _contents(element: Element) -> Iterator[str]:
    text = element.text or ""
    yield text if element.tag in _RAW_TEXT else text.translate(_TEXT)
    for child in element:
        yield from _whole(child)
        yield (child.tail or "").translate(_TEXT)


def _whole(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str):
        # A comment: its tag in the tree is a function.
        yield f"<!--{element.text or ''}-->"
        return
    name = element.tag.rpartition("}")[2]
    attributes = "".join(
        f' {_qualified(key)}="{value.translate(_ATTRIBUTE)}"' for key, value in element.attrib.items()
    )
    yield f"<{name}{attributes}>"
    if element.tag not in _VOID:
        yield from _contents(element)
        yield f"</{name}>"


def _qualified(name: str) -> str:
    namespace, _, local = name.rpartition("}")
    prefix = _PREFIXES[f"{namespace}}}"] if namespace else ""
    return local if local == "xmlns" else prefix + local
