"""Reads Word files into an incoming text, by way of HTML."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, tostring

import mammoth
from mammoth.docx.files import InvalidFileReferenceError

from pipeline.findings.finding import IssueError, found
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.html.columns import set_columns
from pipeline.importing.html.page import read_page
from pipeline.importing.html.tree import parse_html
from pipeline.importing.model.inventory import InventoryItem, ItemType
from pipeline.importing.word.chunks import read_chunk
from pipeline.importing.word.fields import counted_days
from pipeline.importing.word.inventory import take_inventory
from pipeline.importing.word.lists import arrange_lists, is_empty
from pipeline.importing.word.package import open_word
from pipeline.importing.word.printed import MARK
from pipeline.importing.word.printing import print_package

if TYPE_CHECKING:
    from mammoth.documents import Image

    from pipeline.findings.finding import Finding
    from pipeline.importing.model.incoming_text import IncomingText
    from pipeline.importing.word.package import WordPackage
    from pipeline.importing.word.printing import PrintedPackage

_STYLES: Final = """
p[style-name='Caption'] => p.caption:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='toc 1'] => p.toc:fresh
p[style-name='toc 2'] => p.toc:fresh
p[style-name='toc 3'] => p.toc:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
p[style-name='heading 9'] => h6:fresh
"""
_CREATOR: Final = "{http://purl.org/dc/elements/1.1/}creator"
_NOBODY: Final = frozenset({"python-docx", "Windows User", "User", "Admin", "Administrator", "Un-named"})
_SHORT: Final = 200
_DEEPEST: Final = 5
"""The most levels of files within files."""


@dataclass(slots=True)
class _Page:
    """What a file gives: a page, and what is known of it."""

    root: Element
    pictures: dict[str, bytes]
    items: list[InventoryItem]
    findings: list[Finding]
    left_out: list[str] = field(default_factory=list)


def read_word(data: bytes, name: str) -> IncomingText:
    """Read a Word file.

    With tracked changes, inserted text counts as accepted, and deleted text is reported (W501); so is what is
    hidden (W523) or struck out (W524).

    Args:
        data: The file.
        name: Its name.

    Raises:
        IssueError: It cannot be read, or is not safe (E500, E502, E503, E505).
    """
    package = open_word(data, name)
    page = _page_of(package, 0)
    read = read_page(tostring(page.root, encoding="unicode", method="html"), name, page.pictures)
    findings = tuple(dict.fromkeys((*read.findings, *page.findings)))
    reported = tuple(each for each in findings if each.code != "W505" or dict(each.values)["found"])
    return replace(
        read,
        inventory=tuple(page.items),
        findings=reported,
        author=_author(package),
        left_out=tuple(page.left_out),
    )


def days_of_conversion(data: bytes, name: str) -> list[Finding]:
    """Return findings on the days of fields in a file that was converted: they became those of today (W532).

    Args:
        data: The converted file.
        name: The name of the file that was sent.
    """
    package = open_word(data, name)
    root = package.tree(package.main)
    days = counted_days(root) if root is not None else []
    return [found("W532", None, name=name, found=shortened(each, _SHORT)) for each in dict.fromkeys(days)]


def _page_of(package: WordPackage, depth: int) -> _Page:
    inventory = take_inventory(package)
    printed = print_package(package)
    pictures: dict[str, bytes] = {}
    root = parse_html(
        f"<!DOCTYPE html><body>{_converted(printed, package.name, pictures)}</body>", package.name
    )
    arrange_lists(root, printed.labels)
    set_columns(root)
    _take_off_empty(root)
    items = [_with_picture_key(item, package, printed) for item in inventory.items]
    findings = [*inventory.findings, *_findings(printed, package.name)]
    page = _Page(root, pictures, items, findings, [each.text for each in printed.left_out])
    for number, part in enumerate(printed.chunks):
        _insert(page, package, number, part, depth)
    return page


def _converted(printed: PrintedPackage, name: str, pictures: dict[str, bytes]) -> str:
    """Return the page that the library makes of a file, and collect the pictures that it shows."""

    def keep(image: Image) -> dict[str, str]:
        try:
            with image.open() as file:
                content = file.read()
        except (InvalidFileReferenceError, KeyError, OSError):
            return {"src": ""}
        kind = (image.content_type or "").rpartition("/")[2].split("+")[0] or "bin"
        key = printed.names.get(content, f"picture-{len(pictures) + 1}.{kind}")
        pictures[key] = content
        return {"src": key}

    try:
        converted = mammoth.convert_to_html(
            io.BytesIO(_zipped(printed.parts)),
            convert_image=mammoth.images.img_element(keep),
            style_map=_STYLES,
            include_embedded_style_map=False,
            # An empty paragraph parts what stands in columns.
            ignore_empty_paragraphs=False,
            external_file_access=False,
        )
    except Exception as error:
        problem = f"{type(error).__name__} {error}"[:100]
        raise IssueError([found("E500", None, name=name, kind="Word", problem=problem)]) from error
    return str(converted.value)


def _take_off_empty(root: Element) -> None:
    """Take off paragraphs without words, and join quotations that nothing else stands between, in place."""
    for parent in list(root.iter()):
        kept: list[Element] = []
        for child in parent:
            if is_empty(child):
                continue
            if child.tag == "blockquote" and kept and kept[-1].tag == "blockquote":
                kept[-1].extend(child)
            else:
                kept.append(child)
        parent[:] = kept


def _insert(page: _Page, package: WordPackage, number: int, part: str, depth: int) -> None:
    """Put the text of another file within a file where it belongs, or report that it is not read."""
    place = next((each for each in page.root.iter("p") if _is_place(each, number)), None)
    content = package.parts.get(part)
    if place is None or content is None:
        return
    place.clear()
    place.tag = "div"
    name = part.rpartition("/")[2]
    if (word := content.startswith(b"PK")) and depth < _DEEPEST:
        try:
            inner = _page_of(open_word(content, f"{package.name}: {name}"), depth + 1)
        except IssueError as error:
            page.findings += error.findings
            return
    else:
        chunk = None if word else read_chunk(content, part, package.name)
        if chunk is None:
            page.findings.append(found("W510", None, name=package.name, found=name))
            return
        inner = _Page(chunk.root, chunk.pictures, list(chunk.items), list(chunk.findings))
    prefix = f"{number + 1}-"
    for image in inner.root.iter("img"):
        if image.get("src", "") in inner.pictures:
            image.set("src", prefix + image.get("src", ""))
    for link in inner.root.iter():
        if link.get("id"):
            link.set("id", prefix + link.get("id", ""))
        if link.get("href", "").startswith("#"):
            link.set("href", f"#{prefix}{link.get('href', '')[1:]}")
    body = inner.root.find("body")
    around = body if body is not None else inner.root
    place.text = around.text
    place.extend(list(around))
    page.pictures |= {prefix + key: data for key, data in inner.pictures.items()}
    page.items += [
        item._replace(text=prefix + item.text)
        if item.item_type is ItemType.PICTURE and item.text in inner.pictures
        else item._replace(text=f"#{prefix}{item.text[1:]}")
        if item.item_type is ItemType.LINK and item.text.startswith("#")
        else item
        for item in inner.items
    ]
    page.findings += inner.findings
    page.left_out += inner.left_out


def _is_place(paragraph: Element, number: int) -> bool:
    return any(each.get("id") == f"{MARK}file-{number}" for each in paragraph.iter("a"))


def _findings(printed: PrintedPackage, name: str) -> list[Finding]:
    # The hidden numbers of pages in a table of contents are one remark.
    pages = [each for each in printed.left_out if each.code == "W523" and each.text.isdecimal()]
    findings = [
        found(each.code, None, name=name, found=shortened(each.text, _SHORT))
        for each in printed.left_out
        if each not in pages
    ]
    if pages:
        numbers = shortened(", ".join(each.text for each in pages), _SHORT)
        findings.append(found("W523", None, name=name, found=numbers))
    findings += [found("W525", None, name=name, found=sign) for sign in printed.lost_signs]
    findings += [found("W515", None, name=name, found=shortened(each, _SHORT)) for each in printed.formulas]
    findings += [found("W526", None, name=name, picture=each) for each in printed.uncropped]
    unknown = [label.text for label in printed.labels if not label.known]
    return findings + [found("W527", None, name=name, found=text) for text in unknown]


def _zipped(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return held.getvalue()


def _author(package: WordPackage) -> str:
    core = package.tree(package.related("", "core-properties"))
    author = (core.findtext(_CREATOR) or "") if core is not None else ""
    return "" if author in _NOBODY else author


def _with_picture_key(item: InventoryItem, package: WordPackage, printed: PrintedPackage) -> InventoryItem:
    """Return an item, of a picture with its key as text: that of what is left of it, if it was cropped."""
    if item.item_type is not ItemType.PICTURE or item.listed:
        return item
    content = package.parts.get(item.text, b"")
    if cut := printed.cropped.get(item.text):
        content = cut.pop(0) if len(cut) > 1 else cut[0]
    return item._replace(text=printed.names.get(content, item.text.rpartition("/")[2]))
