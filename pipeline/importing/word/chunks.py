"""Files that Word takes over into its text when it opens it (`w:altChunk`; ECMA-376 part 1, 17.17.2)."""

from __future__ import annotations

import email
import email.policy
import html
from typing import TYPE_CHECKING, NamedTuple

from pipeline.importing.charsets.decoding import declared_in_page
from pipeline.importing.charsets.settling import settled_text
from pipeline.importing.formats.markdown_text import markup_of
from pipeline.importing.html.page import read_page
from pipeline.importing.html.tree import parse_html

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from pipeline.findings.finding import Finding
    from pipeline.importing.model.inventory import InventoryItem

_PAGES = (".htm", ".html", ".xhtml")
_ARCHIVES = (".mht", ".mhtml", ".eml")


class Chunk(NamedTuple):
    """The text of a file within a file, as a page.

    Args:
        root: The root of the page.
        pictures: Those it shows, by their sources.
        items: Its inventory.
        findings: What is to be said of it.
    """

    root: Element
    pictures: dict[str, bytes]
    items: tuple[InventoryItem, ...]
    findings: tuple[Finding, ...]


def read_chunk(content: bytes, part: str, name: str) -> Chunk | None:
    """Read a file within a Word file; None where it is of a kind that is not read.

    Args:
        content: The file.
        part: The name of its part.
        name: The name of the Word file, for the findings.
    """
    lower = part.lower()
    pictures: dict[str, bytes] = {}
    declared = ""
    if lower.endswith(_ARCHIVES):
        content, declared, pictures = _unpacked(content)
    elif lower.endswith(".txt"):
        text = settled_text(content, name)
        return _chunk(f"<body>{markup_of(text.text)}</body>", {}, text.findings, name)
    elif not lower.endswith(_PAGES):
        return None
    text = settled_text(content, name, declared or declared_in_page(content))
    return _chunk(text.text, pictures, text.findings, name)


def _chunk(markup: str, pictures: dict[str, bytes], findings: tuple[Finding, ...], name: str) -> Chunk:
    read = read_page(markup, name, pictures)
    # The findings of its words come when the whole page is read.
    return Chunk(parse_html(markup, name), pictures, read.inventory, findings)


def _unpacked(content: bytes) -> tuple[bytes, str, dict[str, bytes]]:
    """Return the page in a web archive (RFC 2557), its charset, and the pictures it shows."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    page, charset = b"", ""
    pictures: dict[str, bytes] = {}
    for part in message.walk():
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes):
            continue
        if part.get_content_maintype() == "image":
            mark = str(part.get("content-id", "")).strip("<> ")
            for source in filter(None, (part.get("content-location"), mark and f"cid:{mark}")):
                pictures[html.unescape(str(source))] = data
        elif part.get_content_type() in {"text/html", "text/plain"} and not page:
            page, charset = data, part.get_content_charset("")
    return page, charset, pictures
