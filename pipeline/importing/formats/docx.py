"""Reads Word files into an incoming text, by way of HTML."""

from __future__ import annotations

import io
import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import mammoth
from mammoth.docx.files import InvalidFileReferenceError

from pipeline.findings.finding import IssueError, found
from pipeline.importing.formats.docx_inventory import take_inventory
from pipeline.importing.formats.xml_packages import open_package, xml_of
from pipeline.importing.html.page import read_page
from pipeline.importing.model.inventory import InventoryItem, ItemType

if TYPE_CHECKING:
    from mammoth.documents import Image

    from pipeline.importing.model.incoming_text import IncomingText

_STYLES: Final = """
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
p[style-name='heading 9'] => h6:fresh
"""
_CREATOR: Final = "{http://purl.org/dc/elements/1.1/}creator"
_NOBODY: Final = frozenset({"python-docx", "Windows User", "User", "Admin", "Administrator", "Un-named"})
_MAIN: Final = "word/document.xml"


def read_word(data: bytes, name: str) -> IncomingText:
    """Read a Word file.

    With tracked changes, inserted text counts as accepted, and deleted text is reported (W501).

    Args:
        data: The file.
        name: Its name.

    Raises:
        IssueError: It cannot be read, or is not safe (E500, E502, E503, E505).
    """
    parts = open_package(data, name, wanted=_MAIN, kind="Word")
    inventory = take_inventory(parts, name)
    pictures: dict[str, bytes] = {}
    names = _names_of_pictures(parts)

    def keep(image: Image) -> dict[str, str]:
        try:
            with image.open() as file:
                content = file.read()
        except (InvalidFileReferenceError, KeyError, OSError):
            return {"src": ""}
        kind = (image.content_type or "").rpartition("/")[2].split("+")[0] or "bin"
        key = names.get(content, f"picture-{len(pictures) + 1}.{kind}")
        pictures[key] = content
        return {"src": key}

    try:
        converted = mammoth.convert_to_html(
            io.BytesIO(data),
            convert_image=mammoth.images.img_element(keep),
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except Exception as error:
        problem = f"{type(error).__name__} {error}"[:100]
        raise IssueError([found("E500", None, name=name, kind="Word", problem=problem)]) from error
    page = read_page(f"<!DOCTYPE html><body>{converted.value}</body>", name, pictures)
    items = tuple(_with_picture_key(item) for item in inventory.items)
    findings = tuple(dict.fromkeys((*page.findings, *inventory.findings)))
    reported = tuple(each for each in findings if each.code != "W505" or dict(each.values)["found"])
    core = parts.get("docProps/core.xml")
    author = (xml_of(core, name).findtext(_CREATOR) or "") if core else ""
    author = "" if author in _NOBODY else author
    return replace(page, inventory=items, findings=reported, author=author)


def _names_of_pictures(parts: dict[str, bytes]) -> dict[bytes, str]:
    """Return the file name of each picture in the package, by its bytes."""
    return {
        content: posixpath.basename(part)
        for part, content in sorted(parts.items())
        if part.startswith("word/media/")
    }


def _with_picture_key(item: InventoryItem) -> InventoryItem:
    """Return an item, of a picture with its key as text."""
    return (
        item._replace(text=posixpath.basename(item.text))
        if item.item_type is ItemType.PICTURE and not item.listed
        else item
    )
