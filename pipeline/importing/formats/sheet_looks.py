"""What a sheet of a workbook says of its cells: hidden, merged, linked (ECMA-376, 18.3)."""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ELEMENT: Final = re.compile(
    rb"<(?:\w+:)?(row|col|mergeCell|hyperlink|Relationship)\s([^<>]{1,4096})>", re.ASCII
)
_ATTRIBUTE: Final = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_LINKING: Final = re.compile(
    rb"<(?:\w+:)?c\s[^<>]*?\br=\"([A-Z]{1,3}\d{1,7})\"[^<>]*>\s*<(?:\w+:)?f[^<>]*>\s*"
    rb"HYPERLINK\((?:\"|&quot;)((?:https?:|mailto:)[^\"<>]{1,2000}?)(?:\"|&quot;)",
)
_RANGE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_TRUE: Final = frozenset({"1", "true"})
_MOST: Final = 5_000
"""Ranges of a sheet that are heeded."""


class Area(NamedTuple):
    """A range of cells, its rows counted from 1 as in `Row`, its columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class SheetLooks:
    """What a sheet says about its cells.

    Args:
        hidden_rows: The numbers of hidden rows, from 1.
        hidden_columns: The first and the last of hidden columns, from 0.
        merged: The areas that are one cell each.
        links: The address of each cell with one, by its row and column.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    links: dict[tuple[int, int], str] = field(default_factory=dict)

    def is_hidden(self, column: int) -> bool:
        """Return whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def looks_of(data: bytes, part: str) -> SheetLooks:
    """Read what a sheet says about its cells.

    Args:
        data: The workbook, that could be read before.
        part: The part of it that is the sheet.
    """
    looks = SheetLooks()
    relations = f"{posixpath.dirname(part)}/_rels/{posixpath.basename(part)}.rels"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if part not in package.namelist():
            return looks
        xml = package.read(part)
        related = package.read(relations) if relations in package.namelist() else b""
    targets = {
        each.get("Id", ""): each.get("Target", "")
        for name, each in _elements(related)
        if name == "Relationship" and each.get("TargetMode") == "External"
    }
    number = 0
    for name, attributes in _elements(xml):
        if name == "row":
            written = attributes.get("r", "")
            number = int(written) if written.isdecimal() else number + 1
            if attributes.get("hidden") in _TRUE:
                looks.hidden_rows.add(number)
        elif name == "col" and attributes.get("hidden") in _TRUE:
            looks.hidden_columns += _columns(attributes)
        elif name == "mergeCell" and len(looks.merged) < _MOST:
            looks.merged += _areas(attributes.get("ref", ""))
        elif name == "hyperlink":
            _add_link(looks, attributes, targets)
    for reference, address in _LINKING.findall(xml):
        target = html.unescape(address.decode("utf-8", "replace"))
        looks.links |= {(each.top, each.left): target for each in _areas(reference.decode("ascii"))}
    return looks


def _elements(xml: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    for name, attributes in _ELEMENT.findall(xml):
        written = attributes.decode("utf-8", "replace")
        yield (
            name.decode("ascii"),
            {key: html.unescape(double or single) for key, double, single in _ATTRIBUTE.findall(written)},
        )


def _columns(attributes: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    first, last = attributes.get("min", ""), attributes.get("max", "")
    if first.isdecimal() and last.isdecimal():
        yield int(first) - 1, int(last) - 1


def _areas(reference: str) -> Iterator[Area]:
    if match := _RANGE.fullmatch(reference):
        left, top, right, bottom = match.groups()
        yield Area(int(top), _column(left), int(bottom or top), _column(right or left))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _add_link(looks: SheetLooks, attributes: Mapping[str, str], targets: Mapping[str, str]) -> None:
    identifier = next((value for key, value in attributes.items() if key.endswith(":id")), "")
    if not (target := targets.get(identifier, "")):
        return
    if location := attributes.get("location", ""):
        target = f"{target}#{location}"
    for area in _areas(attributes.get("ref", "")):
        # Excel gives a link to an area where its words are in the first cell.
        looks.links.setdefault((area.top, area.left), target)
