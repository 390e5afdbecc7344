"""OpenDocument texts for the conversion: with the days and formulas they have, without what is hidden.

A field of a date (7.3.2, 7.3.3) would be set to the day of the conversion. Word has no hidden parts; they are
sections (`text:section`, ODF 1.3 part 3, 5.4), paragraphs with a field `text:hidden-paragraph`
(7.7.12) and the field `text:hidden-text` (7.7.11), where they are hidden now.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

from pipeline.findings.finding import IssueError
from pipeline.importing.formats.xml_packages import open_package, xml_of
from pipeline.importing.model.formulas import formula_line

if TYPE_CHECKING:
    from collections.abc import Mapping

_COUNTED: Final = re.compile(
    rb"<(/?)text:(?:creation-|modification-|print-)?(?:date|time)(?:\s[^<>]*?)?(/?)>", re.ASCII
)
_OBJECT: Final = re.compile(
    rb"<draw:frame\s[^<>]*>\s*<draw:object\s[^<>]*?xlink:href=\"([^\"]+)\".*?</draw:frame>", re.DOTALL
)
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_CONTENT: Final = "content.xml"
_PARAGRAPHS: Final = frozenset({f"{_TEXT}p", f"{_TEXT}h"})


class ShownText(NamedTuple):
    """An OpenDocument text without what is hidden.

    Args:
        data: The file.
        hidden: The words of each part that was taken out.
    """

    data: bytes
    hidden: tuple[str, ...] = ()


def without_hidden(data: bytes, name: str) -> ShownText:
    """Take the hidden parts out of an OpenDocument text; any other file is returned as it is.

    Args:
        data: The file.
        name: Its name, of which the ending tells its format.
    """
    ending = PurePosixPath(name).suffix.lower()
    try:
        if ending == ".fodt":
            xml_of(data, name)
            return _shown(data)
        if ending not in {".odt", ".ott"}:
            return ShownText(data)
        parts = open_package(data, name, _CONTENT, "OpenDocument")
    except IssueError:
        # What is wrong with the file is told when it is converted.
        return ShownText(data)
    shown = _shown(parts[_CONTENT])
    shown = shown._replace(data=_with_formulas(shown.data, parts))
    if shown.data == parts[_CONTENT]:
        return ShownText(data)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in parts.items():
            # The type of the file stands first, and is not compressed (ODF 1.3 part 2, 3.3).
            method = zipfile.ZIP_STORED if part == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(part, shown.data if part == _CONTENT else content, method)
    return ShownText(target.getvalue(), shown.hidden)


def _shown(xml: bytes) -> ShownText:
    """Cut hidden elements out of XML, the rest byte for byte as it was."""
    finder = _Finder()
    try:
        spans = finder.spans_in(xml)
    except (expat.ExpatError, ValueError):
        return ShownText(xml)
    kept, at = b"", 0
    for begin, end in spans:
        kept += xml[at:begin]
        at = end
    return ShownText(_with_fixed_dates(kept + xml[at:]), tuple(finder.words))


def _with_formulas(xml: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return XML with formulas as words, which LibreOffice converts where a part of it is installed alone."""

    def written(match: re.Match[bytes]) -> bytes:
        content = parts.get(f"{match[1].decode('utf-8', 'replace').removeprefix('./')}/{_CONTENT}", b"")
        root = xml_of(content, _CONTENT) if b"<math" in content[:2000] or b":math" in content[:2000] else None
        line = formula_line(root) if root is not None else ""
        return f"<text:span>{escape(line)}</text:span>".encode() if line else match[0]

    return _OBJECT.sub(written, xml)


def _with_fixed_dates(xml: bytes) -> bytes:
    """Return XML with the days and hours of fields as words."""
    return _COUNTED.sub(rb"<\1text:span\2>", xml)


class _Open(NamedTuple):
    name: str
    begin: int
    words: list[str]


class _Finder:
    """Finds the hidden elements of a text; of those within one another the outermost."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._open: list[_Open] = []
        self._hidden: list[_Open] = []
        self._ended: list[tuple[int, _Open]] = []
        self._parser: Any = expat.ParserCreate(namespace_separator=" ")

    def spans_in(self, xml: bytes) -> list[tuple[int, int]]:
        """Return where hidden elements begin and end, in bytes and in order."""
        parser = self._parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(xml, True)  # noqa: FBT003 - the library's own way
        spans: list[tuple[int, int]] = []
        for tag, element in sorted(self._ended, key=lambda each: each[1].begin):
            if spans and element.begin < spans[-1][1]:
                continue
            spans.append((element.begin, xml.index(b">", tag) + 1))
            self.words.append(" ".join("".join(element.words).split()))
        return spans

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = _Open(name, self._parser.CurrentByteIndex, [])
        self._open.append(element)
        is_hidden = attributes.get(f"{_TEXT}is-hidden") == "true"
        is_unseen = name == f"{_TEXT}section" and attributes.get(f"{_TEXT}display") == "none"
        if is_unseen or (is_hidden and name in {f"{_TEXT}section", f"{_TEXT}hidden-text"}):
            self._hidden.append(element)
        elif is_hidden and name == f"{_TEXT}hidden-paragraph":
            self._hidden += [each for each in reversed(self._open) if each.name in _PARAGRAPHS][:1]

    def _text(self, text: str) -> None:
        for element in self._open:
            element.words.append(text)

    def _end(self, name: str) -> None:
        element = self._open.pop()
        if name in _PARAGRAPHS:
            for around in self._open:
                around.words.append(" ")
        if any(element is each for each in self._hidden) and element.begin != self._parser.CurrentByteIndex:
            self._ended.append((self._parser.CurrentByteIndex, element))
