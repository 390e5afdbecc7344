"""Turns tables of HTML into rectangular ones, with merged cells split."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from pipeline.importing.model.columns import is_headed
from pipeline.importing.model.inlines import leaves, text_of
from pipeline.models.text import Alignment, Run

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from pipeline.importing.model.inlines import Inlines


_FIGURE: Final = re.compile(r"[€$£]?\s?\(?[-–−+]?\s?[€$£]?\d[\d\s.,]*\)?\s?(?:%|€|лв\.?|EUR|BGN)?")
_NO_FIGURE: Final = re.compile(r"0\d[\s\d]*|\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})")
"""A telephone number or a day."""

_GROUPS: Final = {"thead": 0, "tbody": 1, "tfoot": 2}
"""The groups of rows, by where they are shown."""

_FEWEST_ROWS: Final = 3
_NONE: Final = frozenset("-–—*")
"""What stands in a cell of a column of figures that has none."""


def rows_of(table: Element) -> list[Element]:
    """Return the rows of a table, without those of tables within it, as browsers show them.

    Those of a `thead` are first and those of a `tfoot` last. A cell that goes over more rows than its group
    has, or over all of them (`rowspan="0"`), is made to end with the group (HTML, 4.9.12).
    """
    groups: list[tuple[int, list[Element]]] = [(1, [])]
    for part in table:
        if part.tag == "tr":
            groups[-1][1].append(part)
        elif part.tag in _GROUPS:
            groups += [(_GROUPS[part.tag], [row for row in part if row.tag == "tr"]), (1, [])]
    rows: list[Element] = []
    for _, group in sorted(groups, key=lambda each: each[0]):
        for left, row in zip(range(len(group), 0, -1), group, strict=True):
            for cell in row:
                down = _span(cell, "rowspan")
                if cell.get("rowspan", "").strip() == "0" or down > left:
                    cell.set("rowspan", str(left))
        rows += group
    return rows


def captioned_pictures(rows: list[list[Element]]) -> list[tuple[Element, Element]]:
    """Return the cells of a table that sets pictures side by side, each with the cell of words below it.

    Args:
        rows: The cells of each row.

    Returns:
        Pairs in reading order; none where the table is another.
    """
    pairs: list[tuple[Element, Element]] = []
    if not rows or len(rows) % 2:
        return []
    for above, below in zip(rows[::2], rows[1::2], strict=True):
        whole = all(_span(cell, name) == 1 for cell in (*above, *below) for name in ("colspan", "rowspan"))
        if not whole or len(above) != len(below) or not any(map(_pictures_in, above)):
            return []
        if any(map(_has_words, above)) or any(map(_pictures_in, below)):
            return []
        pairs += zip(above, below, strict=True)
    return pairs


def _pictures_in(cell: Element) -> int:
    return sum(1 for _ in cell.iter("img"))


def _has_words(cell: Element) -> bool:
    return bool("".join(cell.itertext()).strip())


def _span(cell: Element, name: str) -> int:
    written = cell.get(name, "1").strip()
    return min(max(int(written), 1), 100) if written.isdecimal() and len(written) < 6 else 1  # noqa: PLR2004


def filled_grid(
    rows: list[list[Element]], words_of: Callable[[Element], Inlines]
) -> tuple[tuple[tuple[Inlines, ...], ...], bool]:
    """Split merged cells: the first has their words, the others are empty.

    Two rows of heads become one: below a head over several columns each has its own behind a colon. A column
    at which no cell begins is none.

    Args:
        rows: The cells of each row.
        words_of: Returns the words of a cell.

    Returns:
        As many cells in each row, rows without any words left out; and whether cells were merged.
    """
    filled: dict[tuple[int, int], Inlines] = {}
    begun: dict[tuple[int, int], tuple[int, int]] = {}
    for y, cells in enumerate(rows):
        x = 0
        for cell in cells:
            while (y, x) in filled:
                x += 1
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            spanned = itertools.product(range(y, min(y + down, len(rows))), range(x, x + across))
            for place in spanned:
                filled.setdefault(place, ())
            filled[y, x] = words_of(cell)
            begun[y, x] = (across, down)
            x += across
    columns = sorted({x for _, x in begun}) or [0]
    grid = tuple(tuple(filled.get((y, x), ()) for x in columns) for y in range(len(rows)))
    # A row of heads without words stands above a table that has none.
    unnamed = bool(rows) and all(cell.tag == "th" for cell in rows[0]) and not any(grid[0])
    grid = tuple(row for at, row in enumerate(grid) if any(row) or (unnamed and not at)) or grid
    spans = {
        (y, columns.index(x)): (bisect_left(columns, x + across) - columns.index(x), down)
        for (y, x), (across, down) in begun.items()
    }
    merged = any(across > 1 or down > 1 for across, down in spans.values())
    return _with_heads_joined(grid, {x: spans[y, x] for y, x in spans if y == 0}), merged


def _with_heads_joined(
    grid: tuple[tuple[Inlines, ...], ...], heads: dict[int, tuple[int, int]]
) -> tuple[tuple[Inlines, ...], ...]:
    """Return a table with one row of heads where it surely has two.

    Args:
        grid: The cells.
        heads: Over how many columns and rows each cell of the first row goes, by its column.
    """
    over: dict[int, int] = {}
    for x, (across, down) in heads.items():
        over |= dict.fromkeys(range(x, x + across), -1 if down > 1 and across == 1 else x)
    if all(across == 1 for across, _ in heads.values()) or len(over) < len(grid[0]):
        return grid
    joined = _with_one_head(grid, over)
    if (1, 1) not in heads.values():
        return joined
    # A head of one column has a head below it where another surely stands over both rows of heads.
    words = [[text_of(cell) for cell in row] for row in joined]
    return joined if any(down > 1 for _, down in heads.values()) and is_headed(words) else grid


def _with_one_head(
    grid: tuple[tuple[Inlines, ...], ...], over: dict[int, int]
) -> tuple[tuple[Inlines, ...], ...]:
    """Return a table of which the first two rows are heads as one with a row of heads.

    Args:
        grid: The cells.
        over: For each column the one at which its head over several begins, or -1 for a head over two rows.
    """
    own = [at for at, begins in over.items() if begins >= 0]
    if len(grid) < _FEWEST_ROWS or not own or not all(grid[1][at] for at in own):
        return grid
    if any(grid[1][at] for at, begins in over.items() if begins < 0):
        return grid
    heads = list(grid[0])
    for at in own:
        above = grid[0][over[at]]
        run = next((each.inline for each in leaves(above) if isinstance(each.inline, Run)), None)
        if run is None:
            return grid
        heads[at] = (*above, Run(": ", run.place), *grid[1][at])
    return (tuple(heads), *grid[2:])


def alignments_of(rows: tuple[tuple[Inlines, ...], ...]) -> tuple[Alignment, ...]:
    """Return how the columns of a table are set: those of figures at the end, all others at the start.

    Args:
        rows: Its rows, the heads first.
    """
    columns = (
        [text for row in rows[1:] if (text := text_of(row[at]).strip()) and text not in _NONE]
        for at in range(len(rows[0]))
    )
    return tuple(
        Alignment.END if column and all(map(_is_figure, column)) else Alignment.START for column in columns
    )


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text)) and not _NO_FIGURE.fullmatch(text)
