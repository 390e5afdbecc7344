"""Sheets of tables as HTML: what is seen of each, its cells merged and linked as they are there."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.importing.formats.sheet_looks import Area, SheetLooks
    from pipeline.importing.formats.table_rows import Sheet

_TAG: Final = re.compile("<[^<>]*>")


class SheetPage(NamedTuple):
    """A sheet as HTML.

    Args:
        name: As on its tab.
        markup: What is seen of it.
        rows: How many rows are seen.
        hidden: The words that are not.
    """

    name: str
    markup: str
    rows: int
    hidden: str

    @property
    def headed(self) -> str:
        """The sheet under its name."""
        return f"<h2>{html.escape(self.name)}</h2>{self.markup}"


Cells = dict[tuple[int, int], str]


def sheet_page(sheet: Sheet, looks: SheetLooks) -> SheetPage:
    """Return a sheet as HTML: rows before the heads with a single cell are paragraphs, the others a table.

    Args:
        sheet: A sheet with cells of HTML, without tables in them.
        looks: What it says about them.
    """
    cells = {
        (row.number, at): cell.strip()
        for row in sheet.table
        for at, cell in enumerate(row.cells)
        if cell.strip()
    }
    if sheet.is_hidden:
        return SheetPage(sheet.name, "", 0, _words(sheet.name, list(cells.values())))
    areas = [area for area in looks.merged if (area.top, area.left) in cells]
    _move_into_sight(cells, areas, looks)
    hidden = [cell for place, cell in cells.items() if _is_unseen(place, looks)]
    seen = {
        place: _linked(cell, looks.links.get(place, ""))
        for place, cell in cells.items()
        if not _is_unseen(place, looks)
    }
    rows = sorted({row for row, _ in seen})
    columns = sorted({column for _, column in seen})
    return SheetPage(sheet.name, _markup(seen, rows, columns, areas), len(rows), _words("", hidden))


def _is_unseen(place: tuple[int, int], looks: SheetLooks) -> bool:
    return place[0] in looks.hidden_rows or looks.is_hidden(place[1])


def _shown_place(area: Area, looks: SheetLooks) -> tuple[int, int] | None:
    """Return the first place of an area that is seen, if any is."""
    row = next((at for at in range(area.top, area.bottom + 1) if at not in looks.hidden_rows), None)
    column = next((at for at in range(area.left, area.right + 1) if not looks.is_hidden(at)), None)
    return None if row is None or column is None else (row, column)


def _move_into_sight(cells: Cells, areas: Sequence[Area], looks: SheetLooks) -> None:
    """Move the words of merged cells to where these begin to be seen."""
    for area in areas:
        shown = _shown_place(area, looks)
        if shown is not None and shown != (area.top, area.left):
            cells[shown] = cells.pop((area.top, area.left))


def _markup(seen: Cells, rows: list[int], columns: list[int], areas: Sequence[Area]) -> str:
    widths = [sum((row, column) in seen for column in columns) for row in rows]
    heads = next((at for at, width in enumerate(widths) if width > 1), len(rows))
    written = "".join(f"<p>{seen[place]}</p>" for place in sorted(seen) if place[0] in rows[:heads])
    if heads == len(rows):
        return written
    rows = rows[heads:]
    spans = _spans(areas, rows, columns)
    covered = {
        (row, column)
        for (top, left), (down, across) in spans.items()
        for row in rows[rows.index(top) : rows.index(top) + down]
        for column in columns[columns.index(left) : columns.index(left) + across]
    } - spans.keys()
    for row in rows:
        tag = "td" if row != rows[0] else "th"
        written += "<table><tr>" if row == rows[0] else "<tr>"
        for column in columns:
            if (row, column) not in covered:
                down, across = spans.get((row, column), (1, 1))
                written += f"<{tag}{_attributes(down, across)}>{seen.get((row, column), '')}</{tag}>"
        written += "</tr>"
    return f"{written}</table>"


def _spans(
    areas: Sequence[Area], rows: Sequence[int], columns: Sequence[int]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return over how many rows and columns of those seen a merged cell goes, by its place."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for area in areas:
        down = [row for row in rows if area.top <= row <= area.bottom]
        across = [column for column in columns if area.left <= column <= area.right]
        if len(down) * len(across) > 1:
            spans[down[0], across[0]] = (len(down), len(across))
    return spans


def _attributes(down: int, across: int) -> str:
    rows = f' rowspan="{down}"' if down > 1 else ""
    return rows + (f' colspan="{across}"' if across > 1 else "")


def _linked(cell: str, address: str) -> str:
    return f'<a href="{html.escape(address)}">{cell}</a>' if address else cell


def _words(name: str, cells: list[str]) -> str:
    return html.unescape(_TAG.sub(" ", " ".join([name, *cells]))).strip()
