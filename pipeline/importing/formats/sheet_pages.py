"""Sheets of tables as HTML: what is seen of each, its cells merged and linked as they are there."""

from __future__ import annotations

import html
import itertools
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.importing.model.columns import is_headed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.importing.formats.sheet_looks import Area, SheetLooks
    from pipeline.importing.formats.table_rows import Sheet

_TAG: Final = re.compile("<[^<>]*>")
_BOLD: Final = re.compile("</?b>")


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

    Behind an empty row, a row of heads begins a further table, and rows with a single cell at the end of one
    are paragraphs below it. What other cells hold below a merged one is not shown by office programs.

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
    hidden = [cells.pop(place) for place in sorted(_covered(cells, areas))]
    _move_into_sight(cells, areas, looks)
    hidden += [cell for place, cell in cells.items() if _is_unseen(place, looks)]
    seen = {
        place: _linked(cell, looks.links.get(place, ""))
        for place, cell in cells.items()
        if not _is_unseen(place, looks)
    }
    rows = sorted({row for row, _ in seen})
    parts = [each for part in _parts(seen, rows, looks) for each in _with_notes_parted(seen, part, areas)]
    markup = "".join(_markup(seen, part, areas) for part in parts)
    return SheetPage(sheet.name, markup, len(rows), _words("", hidden))


def _covered(cells: Cells, areas: Sequence[Area]) -> set[tuple[int, int]]:
    """Return the places of cells with words that lie below a merged one."""
    filled = _columns_of(cells)
    return {
        (row, column)
        for area in areas
        for row, columns in filled.items()
        if area.top <= row <= area.bottom
        for column in columns
        if area.left <= column <= area.right and (row, column) != (area.top, area.left)
    }


def _columns_of(cells: Cells) -> dict[int, list[int]]:
    """Return the columns in which each row has words."""
    columns: dict[int, list[int]] = {}
    for row, column in sorted(cells):
        columns.setdefault(row, []).append(column)
    return columns


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


def _parts(seen: Cells, rows: Sequence[int], looks: SheetLooks) -> list[list[int]]:
    """Part the rows of a sheet into tables, each with the paragraphs above it, and the paragraphs below."""
    columns = _columns_of(seen)
    parts: list[list[int]] = [[]]
    waiting: list[int] = []
    for run in _runs(rows, looks):
        table = list(itertools.dropwhile(lambda row: len(columns[row]) == 1, run))
        first = min((columns[row][0] for row in parts[-1]), default=0)
        if parts[-1] and not table and all(_is_note(seen, columns[row], row, first) for row in run):
            # Words of their own, or the name of what follows in the table.
            waiting += run
        elif not parts[-1] or _has_heads(seen, table):
            parts.append(waiting + run)
            waiting = []
        else:
            parts[-1] += waiting + run
            waiting = []
    return [part for part in (*parts, waiting) if part]


def _with_notes_parted(seen: Cells, rows: list[int], areas: Sequence[Area]) -> list[list[int]]:
    """Part the rows at the end of a table off it that are one cell over all of its columns: notes."""
    counted = set(rows)
    columns = [column for row, column in seen if row in counted]
    over_all = {
        area.top for area in areas if area.left <= min(columns) and area.right >= max(columns) > min(columns)
    }
    end = len(rows)
    while end and rows[end - 1] in over_all:
        end -= 1
    return [part for part in (rows[:end], rows[end:]) if part]


def _runs(rows: Sequence[int], looks: SheetLooks) -> list[list[int]]:
    """Return rows as they stand together, with no empty one among them that is seen."""
    runs: list[list[int]] = []
    for row in rows:
        last = runs[-1][-1] if runs else row
        if not runs or any(each not in looks.hidden_rows for each in range(last + 1, row)):
            runs.append([])
        runs[-1].append(row)
    return runs


def _is_note(seen: Cells, columns: Sequence[int], row: int, first: int) -> bool:
    """Return whether a row has nothing but words in the first column of the table above it."""
    return list(columns) == [first] and any(map(str.isalpha, _words("", [seen[row, first]])))


def _has_heads(seen: Cells, rows: Sequence[int]) -> bool:
    """Return whether the first of several rows names what stands below it."""
    counted = set(rows)
    columns = sorted({column for row, column in seen if row in counted})
    words = [[_words("", [seen.get((row, column), "")]) for column in columns] for row in rows]
    return len(rows) > 1 and is_headed(words)


def _markup(seen: Cells, rows: list[int], areas: Sequence[Area]) -> str:
    counted = set(rows)
    columns = sorted({column for row, column in seen if row in counted})
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
                cell = seen.get((row, column), "")
                # Heads are bold by themselves.
                words = _BOLD.sub("", cell) if tag == "th" else cell
                written += f"<{tag}{_attributes(down, across)}>{words}</{tag}>"
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
