"""Paragraphs whose words stand in columns, by tab stops or spaces, made tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement

from pipeline.importing.html.elements import BLOCKS, text_of
from pipeline.importing.html.looks.office_pages import is_of_office
from pipeline.importing.model.columns import EACH_TAB, Columns, cells_of, columns_in

if TYPE_CHECKING:
    from collections.abc import Sequence

_TAB: Final = re.compile(r"mso-tab-count\s*:")
_WHITE: Final = re.compile(r"[ \t\n\r\f]+")
_SPACES: Final = re.compile(r"(?<=\S)[\u00a0 ]{3,}(?=\S)")
_TABS: Final = re.compile(r"(?<=\S)\t+(?=\S)")
_UNMOVED: Final = BLOCKS | {"img"}
_AROUND: Final = frozenset({"article", "blockquote", "body", "div", "main", "section"})
_OTHERS: Final = frozenset({"caption", "toc"})
"""The classes of paragraphs that are no rows: of captions, and of lists of contents."""


def set_columns(root: Element) -> None:
    """Make tables of the paragraphs of a page whose words stand in columns, in place.

    Args:
        root: The root of a page in which tabs and spaces count as they are written.
    """
    for parent in [each for each in root.iter() if each.tag in _AROUND]:
        run: list[Element] = []
        for child in [*parent, None]:
            if child is not None and _may_be_row(child):
                run.append(child)
                continue
            _set_run(parent, run)
            run = []


def set_columns_of_page(root: Element) -> None:
    """Make tables of the paragraphs of a page whose words stand in columns, in place.

    White space is none of a page, but for what programs write for a tab: Outlook an element that says so,
    LibreOffice a tab, all of them rows of no-break spaces.

    Args:
        root: The root of a page as it was read.
    """
    tabs_too = is_of_office(root)
    for paragraph in root.iter("p"):
        for each in paragraph.iter():
            each.text = _with_tabs(each.text, tabs_too=tabs_too)
            if each is not paragraph:
                each.tail = _with_tabs(each.tail, tabs_too=tabs_too)
            if each.tag == "span" and _TAB.search(each.get("style", "")) and not len(each):
                each.text = "\t"
    set_columns(root)


def _with_tabs(text: str | None, *, tabs_too: bool) -> str | None:
    if not text or text.isspace():
        return text
    marked = _TABS.sub("\x1f", text) if tabs_too else text
    marked = _SPACES.sub(lambda match: "\x1f" if "\u00a0" in match[0] else " ", marked)
    return _WHITE.sub(" ", marked).replace("\x1f", "\t")


def _may_be_row(element: Element) -> bool:
    if element.tag != "p" or _OTHERS & set(element.get("class", "").split()):
        return False
    if (element.tail or "").strip():
        return False
    inner = [each for each in element.iter() if each is not element]
    within = any(each.get("href", "").startswith("#") or each.get("id") for each in inner)
    return not within and not any(each.tag in _UNMOVED for each in inner)


def _set_run(parent: Element, run: Sequence[Element]) -> None:
    """Replace those of adjacent paragraphs that stand in columns; a line break begins a row, too."""
    lines: list[str] = []
    owners: list[Element] = []
    gaps: set[int] = set()
    for paragraph in run:
        for line in _lines_of(paragraph):
            if not line.strip():
                gaps.add(len(lines))
                continue
            lines.append(line)
            owners.append(paragraph)
    for table in columns_in(lines, gaps=gaps):
        taken = list(dict.fromkeys(owners[table.begin : table.end]))
        begins = table.begin == 0 or owners[table.begin - 1] is not taken[0]
        ends = table.end == len(owners) or owners[table.end] is not taken[-1]
        if begins and ends:
            at = next(at for at, each in enumerate(parent) if each is taken[0])
            made = _table(taken, table, len(cells_of(lines[table.begin], table.parting)))
            made.tail = taken[-1].tail
            for each in taken:
                parent.remove(each)
            parent.insert(at, made)


def _lines_of(paragraph: Element) -> list[str]:
    parts = [""]

    def add(element: Element) -> None:
        parts[-1] += element.text or ""
        for child in element:
            if child.tag == "br":
                parts.append("")
            else:
                add(child)
            parts[-1] += child.tail or ""

    add(paragraph)
    return [part.replace("\n", " ").strip(" \u00a0") for part in parts]


def _table(paragraphs: Sequence[Element], columns: Columns, width: int) -> Element:
    table = Element("table")
    rows = [
        row[:width]
        for each in paragraphs
        for row in _Cutter(columns.parting).rows(each)
        if any(text_of(cell).strip() for cell in row)
    ]
    for row in rows:
        row += [Element("td") for _ in range(width - len(row))]
    if not columns.is_headed:
        heads = SubElement(table, "tr")
        for _ in range(width):
            SubElement(heads, "th")
    for row in rows:
        made = SubElement(table, "tr")
        for cell in row:
            cell.tag = "th" if columns.is_headed and row is rows[0] else "td"
            made.append(cell)
    return table


class _Cutter:
    """Cuts a paragraph into cells; what is marked over several is marked in each.

    Args:
        parting: Matches what stands between cells.
    """

    def __init__(self, parting: re.Pattern[str]) -> None:
        self._parting = parting
        self._rows: list[list[Element]] = [[Element("td")]]
        self._open: list[Element] = []
        self._place = self._rows[0][0]

    def rows(self, paragraph: Element) -> list[list[Element]]:
        """Return the cells of each line of a paragraph."""
        self._add_within(paragraph)
        return self._rows

    def _add_within(self, element: Element) -> None:
        self._add(element.text)
        for child in element:
            if child.tag == "br":
                self._rows.append([])
                self._begin_cell()
            else:
                self._open.append(child)
                around, self._place = self._place, SubElement(self._place, str(child.tag), child.attrib)
                cell = self._rows[-1][-1]
                self._add_within(child)
                self._open.pop()
                self._place = around if self._rows[-1][-1] is cell else self._reopened()
            self._add(child.tail)

    def _add(self, text: str | None) -> None:
        begins = not text_of(self._rows[-1][-1]).strip()
        indent = " \u00a0\n" if self._parting is EACH_TAB else None
        written = (text or "").lstrip(indent) if begins and len(self._rows[-1]) == 1 else text or ""
        for number, piece in enumerate(self._parting.split(written)):
            if number:
                self._begin_cell()
            self._write(piece)

    def _write(self, piece: str) -> None:
        if len(self._place):
            last = self._place[-1]
            last.tail = (last.tail or "") + piece
        else:
            self._place.text = (self._place.text or "") + piece

    def _begin_cell(self) -> None:
        self._rows[-1].append(Element("td"))
        self._place = self._reopened()

    def _reopened(self) -> Element:
        """Return where words go on in the last cell: within copies of the elements that are open."""
        place = self._rows[-1][-1]
        for each in self._open:
            inner = place[-1] if len(place) and place[-1].tag == each.tag else None
            place = inner if inner is not None else SubElement(place, str(each.tag), each.attrib)
        return place
