"""Whether the cells of a table stand in their columns: over or under the other cells of the same column."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Box
    from pipeline.pdf.law.matching.match import Match


def cells_in_other_columns(matches: Iterable[Match]) -> Iterator[Match]:
    """Yield the cells that stand in line with cells of other columns, and with none of their own.

    Args:
        matches: Of all blocks.
    """
    tables: dict[tuple[str, int], list[Match]] = defaultdict(list)
    for match in matches:
        if match.block.table and match.is_whole:
            tables[match.block.table, match.fragments[0].page].append(match)
    for cells in tables.values():
        yield from (cell for cell in cells if _is_moved(cell, cells))


def _is_moved(cell: Match, cells: Sequence[Match]) -> bool:
    others = [other for other in cells if other.block.row != cell.block.row]
    own = [other for other in others if other.block.column == cell.block.column]
    foreign = [other for other in others if other.block.column != cell.block.column]
    if any(other.block.bare == cell.block.bare for other in foreign):
        return False  # One of two equal cells may have been taken for the other.
    box = _first_box(cell)
    in_line = sum(_is_in_line(box, _first_box(other)) for other in own)
    return bool(own) and not in_line and any(_is_in_line(box, _first_box(other)) for other in foreign)


def _first_box(cell: Match) -> Box:
    return cell.fragments[0].box


def _is_in_line(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right
