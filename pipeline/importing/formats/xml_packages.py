"""Packages of XML parts, such as Word files: opened within limits, every XML part checked."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pipeline.findings.finding import IssueError, found
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST: Final = 150_000_000
"""The most bytes of a package, its pictures included."""

LARGEST_UNPACKED: Final = 400_000_000
LARGEST_PART: Final = 40_000_000
"""The most bytes of an XML part; a book of a thousand pages has fewer."""

MOST_PARTS: Final = 4_000
DEEPEST: Final = 300
_NO_PACKAGE: Final = N_("the file is damaged, or is something else under this ending")
_OLE: Final = b"\xd0\xcf\x11\xe0"


def open_package(data: bytes, name: str, wanted: str, kind: str) -> dict[str, bytes]:
    """Unpack a package.

    Args:
        data: The file.
        name: Its name, for the finding.
        wanted: The part that a file of this format must have.
        kind: The name of the format in findings, as `Word`.

    Returns:
        Its parts by name; every part of XML is well-formed, without entities and not too deep.

    Raises:
        IssueError: It is no such package (E500), an old or encrypted file (E505), a decompression bomb
            (E502), or its XML is not safe (E503).
    """
    if data.startswith(_OLE):
        raise IssueError([found("E505", None, name=name)])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            _refuse_bombs(entries, name)
            names = {entry.filename for entry in entries}
            if wanted not in names or len(names) < len(entries):
                raise IssueError([found("E500", None, name=name, kind=kind, problem=wanted)])
            if any(entry.flag_bits & 1 for entry in entries):
                raise IssueError([found("E505", None, name=name)])
            parts = {entry.filename: package.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        problem = _NO_PACKAGE if isinstance(error, zipfile.BadZipFile) else str(error)[:100]
        raise IssueError([found("E500", None, name=name, kind=kind, problem=problem)]) from error
    for part, content in parts.items():
        if part.endswith((".xml", ".rels")):
            xml_of(content, f"{name}: {part}")
    return parts


def xml_of(content: bytes, name: str) -> Element:
    """Parse a part, refusing document types, entities and excessive depth.

    Raises:
        IssueError: It is not safe (E503).
    """
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        problem = str(error).split("(")[0].strip() or type(error).__name__
        raise IssueError([found("E503", None, name=name, problem=problem[:100])]) from error
    stack = [(root, 1)]
    while stack:
        element, depth = stack.pop()
        if depth > DEEPEST:
            raise IssueError([found("E503", None, name=name, problem=f"> {DEEPEST}")])
        stack.extend((child, depth + 1) for child in element)
    return root


def _refuse_bombs(entries: list[zipfile.ZipInfo], name: str) -> None:
    whole = sum(entry.file_size for entry in entries)
    xml = max((entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels"))), default=0)
    if whole > LARGEST_UNPACKED or xml > LARGEST_PART or len(entries) > MOST_PARTS:
        raise IssueError([found("E502", None, name=name, size=f"{max(whole, xml) / 1e6:.0f} MB")])
