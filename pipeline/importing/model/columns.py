"""Lines that stand in columns, parted by tab stops, by spaces or by rows of dots: tables without a frame."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_LEADER: Final = r"[ \u00a0]*(?:\.{4,}|…{2,}|(?:\. ){3,}\.?)[ \u00a0]*"
_WIDE: Final = r"[ \u00a0]{3,}"
EACH_TAB: Final = re.compile(r"[ \u00a0]*\t[ \u00a0]*")
"""Parts cells where each tab begins one."""

_PARTING: Final = re.compile(rf"[ \u00a0]*\t\s*|{_LEADER}|{_WIDE}")
_NARROW: Final = re.compile(rf"[ \u00a0]*\t\s*|{_LEADER}|[ \u00a0]{{2,}}")
_DRAWN: Final = re.compile(_LEADER)
_LABEL: Final = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[^\W\d_][.)]|[IVXivxІХ]{1,5}[.)]|\W)|.*[:=]")
"""What begins an item or says what its line is about: no column of a table of two."""

_FIGURE: Final = re.compile(r"\d")
_FIGURES: Final = re.compile(r"[^\w]*\d.*")
_LONGEST: Final = 80
_LONGEST_OF_MANY: Final = 60
_LONGEST_LINE: Final = 1_000
_MOST_COLUMNS: Final = 12
_MOST_ROWS: Final = 300
_PAIR: Final = 2
_FEWEST_PAIRS: Final = 3


class Columns(NamedTuple):
    """Lines that are rows of one table.

    Args:
        begin: The first of them.
        end: The one behind the last.
        parting: Matches what stands between their cells.
        is_headed: Whether the first row names the columns.
    """

    begin: int
    end: int
    parting: re.Pattern[str]
    is_headed: bool


def columns_in(
    lines: Sequence[str], *, narrow: bool = False, gaps: Collection[int] = ()
) -> Iterator[Columns]:
    """Yield the tables among lines.

    Args:
        lines: Lines as they were typed, without what is around them.
        narrow: Whether two spaces part columns, too, where each begins or ends at one place in all lines.
        gaps: The lines that an empty one stands before, which is none of `lines`: rows on both sides of it
            are two tables where they are tables by themselves. Rows that each stand alone are one.
    """
    partings = (EACH_TAB, _PARTING, _NARROW) if narrow else (EACH_TAB, _PARTING)
    cells = {parting: [cells_of(line, parting) for line in lines] for parting in partings}
    # Within lines that are no table, none is sought again.
    tried = dict.fromkeys(partings, 0)
    at = 0
    while at < len(lines):
        found = None
        for parting in partings:
            if found is None and at >= tried[parting]:
                end = _run_from(lines, at, parting, cells[parting])
                tried[parting] = end
                found = _table_of(lines, Columns(at, end, parting, is_headed=False), cells[parting])
        if found is None:
            at += 1
        else:
            yield from _parted(found, lines, cells[found.parting], gaps)
            at = found.end


def cells_of(line: str, parting: re.Pattern[str]) -> list[str]:
    """Return the cells of a line that is a row of a table; a tab at either end leaves a cell empty."""
    if len(line) > _LONGEST_LINE:
        return [line]
    return parting.split(line.strip(" \u00a0\r\n") if parting is EACH_TAB else line.strip())


def _run_from(lines: Sequence[str], begin: int, parting: re.Pattern[str], cells: Sequence[list[str]]) -> int:
    """Return the end of the lines from one on that have as many cells as it, none of them too long."""
    first = cells[begin]
    width = len(first)
    if not 1 < width <= _MOST_COLUMNS or _is_long(first):
        return begin + 1
    # Where the first row has all cells, a tab may be missing behind the last of another.
    least = _PAIR if parting is EACH_TAB and width > _PAIR and all(first[1:]) else width
    end, last = begin + 1, min(len(lines), begin + _MOST_ROWS)
    while end < last and least <= len(cells[end]) <= width and not _is_long(cells[end]):
        if parting is _NARROW and not _is_aligned([lines[begin], lines[end]]):
            break
        end += 1
    return end


def _table_of(lines: Sequence[str], run: Columns, cells: Sequence[list[str]]) -> Columns | None:
    """Return the table that a run of lines is, or None where it is none."""
    taken = lines[run.begin : run.end]
    if len(taken) < _PAIR or (run.parting is _NARROW and not _is_aligned(taken)):
        return None
    width = max(map(len, cells[run.begin : run.end]))
    if width > len(cells[run.begin]):
        return None
    rows = [row + [""] * (width - len(row)) for row in cells[run.begin : run.end]]
    if not _is_table(rows, taken, is_exact=run.parting is EACH_TAB):
        return None
    return run._replace(is_headed=is_headed(rows))


def _parted(
    table: Columns, lines: Sequence[str], cells: Sequence[list[str]], gaps: Collection[int]
) -> Iterator[Columns]:
    """Yield a table as the tables that it is: parted at empty lines, and where other columns begin."""
    bounds = [table.begin, *(at for at in range(table.begin + 1, table.end) if at in gaps), table.end]
    turn = _turn_of(cells[table.begin : table.end])
    cuts = [
        at
        for before, at, behind in zip(bounds, bounds[1:], bounds[2:], strict=False)
        if min(at - before, behind - at) >= _PAIR
    ] + ([table.begin + turn] if turn else [])
    rest = table
    for at in sorted(set(cuts)):
        above = _table_of(lines, rest._replace(end=at), cells)
        below = _table_of(lines, rest._replace(begin=at), cells)
        if above is not None and below is not None:
            yield above
            rest = below
    yield rest


def _turn_of(rows: Sequence[list[str]]) -> int:
    """Return the row with which the rows of a further table begin, that has fewer columns; 0 for none."""
    width = len(rows[-1])
    turn = next((at for at, row in enumerate(rows) if len(row) == width), 0)
    above, below = rows[:turn], rows[turn:]
    if len(above) < _PAIR or len(below) < _PAIR or {len(row) for row in below} != {width}:
        return 0
    if len({len(row) for row in above}) > 1:
        return 0
    figured = [
        [all(map(_FIGURE.search, column)) for column in zip(*part, strict=True)]
        for part in (above[1:], below[1:])
    ]
    return turn if is_headed(below) or figured[0][:width] != figured[1] else 0


def _is_long(cells: Sequence[str]) -> bool:
    longest = _LONGEST if len(cells) == _PAIR else _LONGEST_OF_MANY
    return any(len(cell) > longest for cell in cells)


def _is_table(rows: Sequence[Sequence[str]], lines: Sequence[str], *, is_exact: bool) -> bool:
    width = len(rows[0])
    if not (_is_filled(rows) if is_exact else all(map(all, rows))):
        return False
    if all(_LABEL.fullmatch(row[0]) for row in rows) and width == _PAIR:
        return False
    is_led = any(_DRAWN.search(line) for line in lines)
    figures = any(all(_FIGURES.fullmatch(row[at]) for row in rows) for at in range(width))
    return width > _PAIR or len(rows) >= _FEWEST_PAIRS or is_led or figures


def _is_filled(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether each row is named and says something; the first may be heads above all other columns."""
    is_cornered = len(rows[0]) > _PAIR and not rows[0][0] and all(rows[0][1:])
    named = rows[1:] if is_cornered else rows
    return all(row[0] and any(row[1:]) for row in named)


def _is_aligned(lines: Sequence[str]) -> bool:
    """Return whether each column begins, or ends, at one place in all lines."""
    lines = [line.rstrip() for line in lines]
    places = [[(match.start(), match.end()) for match in _NARROW.finditer(line)] for line in lines]
    places = [[each for each in row if each[0]] for row in places]
    ends = [[*(start for start, _ in row[1:]), len(line)] for row, line in zip(places, lines, strict=True)]
    begins = [[end for _, end in row] for row in places]
    return all(
        all(left[at] == right[at] for left, right in pairwise(begins))
        or all(left[at] == right[at] for left, right in pairwise(ends))
        for at in range(len(begins[0]))
    )


def is_headed(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row names what stands below it: it alone has no figures in some column.

    Args:
        rows: The words of each cell; as many in each row.
    """
    if not rows[0][0]:
        return True
    if any(map(_FIGURE.search, rows[0])) or not all(rows[0]):
        return False
    below = [[cell for cell in column if cell] for column in zip(*rows[1:], strict=True)]
    return any(len(cells) * _PAIR >= len(rows) - 1 > 0 and all(map(_FIGURE.search, cells)) for cells in below)
