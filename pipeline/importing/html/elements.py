"""Classes of HTML elements: blocks, elements without text, hidden elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SECTIONS: Final = frozenset(
    {"address", "article", "aside", "body", "footer", "header", "main", "nav", "section"}
)
_TABLES: Final = frozenset({"table", "tbody", "td", "tfoot", "th", "thead", "tr"})
_LISTS: Final = frozenset({"dd", "dir", "dl", "dt", "li", "menu", "ol", "ul"})
_FORMS: Final = frozenset({"fieldset", "form", "legend", "option", "select"})
_OTHERS: Final = frozenset(
    {
        "blockquote",
        "center",
        "details",
        "dialog",
        "div",
        "figcaption",
        "figure",
        "hr",
        "html",
        "p",
        "pre",
        "summary",
    }
)
BLOCKS: Final = _SECTIONS | _TABLES | _LISTS | _FORMS | _OTHERS | {f"h{level}" for level in range(1, 7)}
SILENT: Final = frozenset(["head", "link", "meta", "noscript", "script", "style", "template", "title"])
NO_TEXT: Final = frozenset(["audio", "canvas", "embed", "iframe", "math", "object", "svg", "video"])
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
HIDDEN: Final = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)


def local_name(element: Element) -> str:
    """Return an element's name without its namespace; that of a comment is empty."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: Element) -> str:
    """Return all text within an element."""
    return "".join(element.itertext())
