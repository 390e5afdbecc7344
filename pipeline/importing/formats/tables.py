"""Reads tables of an office (CSV, Excel) as HTML: each sheet a table, its cells as the program shows them."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import DeliveryError, IssueError, found
from pipeline.findings.place import Place
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.formats.cell_forms import CellReader, markup_of
from pipeline.importing.formats.markdown_text import decoded
from pipeline.importing.formats.sheet_looks import SheetLooks, looks_of
from pipeline.importing.formats.sheet_pages import sheet_page
from pipeline.importing.formats.table_rows import (
    ZIP,
    Row,
    Sheet,
    best_fitting,
    refuse_other_formats,
    separated,
    sheets_in,
)
from pipeline.importing.formats.xml_packages import xml_of
from pipeline.importing.html.page import read_page
from pipeline.importing.model.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.finding import Finding
    from pipeline.importing.formats.table_rows import Table
    from pipeline.importing.model.incoming_text import IncomingText

MOST_ROWS: Final = 1_000
"""Rows of a file whose tables are read: more are some twenty pages of a bulletin."""

_SHORT: Final = 200
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_UNREAD: Final = re.compile(r"xl/(?:media|charts|embeddings)/[^/]+")
_REMARKS: Final = re.compile(r"xl/(?:comments/)?comments?\d*\.xml")
_DRAWING: Final = re.compile(r"xl/drawings/[^/]+\.xml")
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_UNCOUNTED: Final = re.compile(rb"<f(?:\s[^<>]*)?>([^<]{1,8192})</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_DRAWN_WORDS: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_table(data: bytes, name: str, charset: str = "") -> IncomingText:
    """Read a file of tables.

    Each sheet with cells is a table, under its name where there are several. Rows before the heads with a
    single cell are paragraphs. Dates and numbers are as the office program shows them. Hidden sheets, rows,
    columns and cells (W523), words struck out (W524), remarks (W502), pictures and charts (W510), words of
    drawings (W500) and formulas whose result is not in the file (W515) are listed.

    Args:
        data: The file.
        name: Its name.
        charset: The charset a CSV file is said to be in; an empty text where none is.

    Raises:
        IssueError: It cannot be read (E500), or is too large (E506).
    """
    whole = Place(name)
    findings: list[Finding] = []
    try:
        refuse_other_formats(data, whole)
        if data.startswith(ZIP):
            cells = CellReader(_language(data, whole))
            sheets = list(sheets_in(data, whole, cells.shown, rich=True))
            looks = [looks_of(data, sheet.part) for sheet in sheets]
            if cells.hidden:
                findings.append(found("W523", None, name=name, found=_said("; ".join(cells.hidden))))
            findings += _unread_parts(data, name)
        else:
            text, doubts = decoded(data, name, charset)
            findings += doubts
            table = best_fitting(separated(text, whole, _width_shared), _width_shared)
            sheets = [
                Sheet(
                    "",
                    [Row(each.number, tuple(map(markup_of, each.cells))) for each in table],
                    is_hidden=False,
                )
            ]
            looks = [SheetLooks()]
    except DeliveryError as error:
        raise IssueError([_refused(each, name) for each in error.findings]) from error
    rows = sum(len(sheet.table) for sheet in sheets)
    if rows > MOST_ROWS:
        raise IssueError([found("E506", None, name=name, size=f"{rows} ×", limit=f"{MOST_ROWS} ×")])
    pages = [sheet_page(sheet, seen) for sheet, seen in zip(sheets, looks, strict=True) if sheet.table]
    findings += [found("W523", None, name=name, found=_said(each.hidden)) for each in pages if each.hidden]
    shown = [each for each in pages if each.rows]
    markup = "".join(each.headed if len(shown) > 1 else each.markup for each in shown)
    page = read_page(f"<!DOCTYPE html><body>{markup}</body>", name)
    return replace(page, findings=(*findings, *page.findings))


def _refused(finding: Finding, name: str) -> Finding:
    values = dict(finding.values)
    if "limit" in values:
        return found("E506", None, name=name, size=values["size"], limit=values["limit"])
    line = f": {finding.place.line}" if finding.place is not None and finding.place.line else ""
    problem = values.get("problem") or values.get("kind") or f'"{line}'
    return found("E500", None, name=name, kind="CSV / Excel", problem=problem[:100])


def _language(data: bytes, whole: Place) -> str:
    """Return the language of a workbook; that of the house where its few words are Cyrillic."""
    sheets = sheets_in(data, whole, lambda cell: str(cell.value or ""))
    texts = [text for each in sheets for row in each.table for text in row.cells if text]
    return language_of(texts, "bg") or ("bg" if any(map(_CYRILLIC.search, texts)) else "")


def _width_shared(table: Table) -> int:
    """Return how many rows have the number of cells that most rows with several have."""
    widths = Counter(len(row.cells) for row in table if len(row.cells) > 1)
    return max(widths.values(), default=0)


# what is no cell


def _unread_parts(data: bytes, name: str) -> Iterator[Finding]:
    """Yield the pictures, charts and words of drawings of a workbook, its remarks, what was not computed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.namelist():
            if _UNREAD.fullmatch(part):
                yield found("W510", None, name=name, found=part.removeprefix("xl/"))
            elif _REMARKS.fullmatch(part):
                for remark in xml_of(package.read(part), f"{name}: {part}").iter(f"{_MAIN}comment"):
                    yield found("W502", None, name=name, found=_said("".join(remark.itertext())))
            elif _DRAWING.fullmatch(part):
                drawn = xml_of(package.read(part), f"{name}: {part}").iter(_DRAWN_WORDS)
                if words := _said(" ".join(each.text or "" for each in drawn)):
                    yield found("W500", None, name=name, found=words)
            elif _SHEET.fullmatch(part):
                for formula in dict.fromkeys(_UNCOUNTED.findall(package.read(part))):
                    written = html.unescape(formula.decode("utf-8", "replace"))
                    yield found("W515", None, name=name, found=_said(f"={written}"))


def _said(words: str) -> str:
    return shortened(" ".join(words.split()), _SHORT)
