"""The tables of an issue, cell by cell under its head, and those that its page has."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple, assert_never

from pipeline.archive.site.page_units import page_text
from pipeline.html_checks.html_tree import Element
from pipeline.models.editions import SCREEN
from pipeline.models.text import (
    Figure,
    Heading,
    ListBlock,
    Ornament,
    PageBreak,
    Paragraph,
    Quote,
    Table,
)
from pipeline.pdf.law.expected.issue import expected_of
from pipeline.pdf.law.expected.plain_words import plain_words
from pipeline.pdf.law.expected.signs import REFERENCE, signs_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pipeline.findings.place import Place
    from pipeline.models.issue import Issue
    from pipeline.models.text import Block

_MOST: Final = 1000
"""Columns that a cell may span (HTML, 4.9.11)."""

Grid = tuple[tuple[str, ...], ...]
"""The cells of a table as they are compared, row by row."""


class ExpectedTable(NamedTuple):
    """A table that the page must have.

    Args:
        rows: The words of its cells.
        place: Where it was written.
    """

    rows: tuple[tuple[str, ...], ...]
    place: Place


def table_differences(
    issue: Issue, root: Element, hidden: Collection[Element]
) -> Iterator[tuple[Place, str]]:
    """Yield the words of cells that the page has not, or under another head or in another row.

    Args:
        issue: Typeset.
        root: The page.
        hidden: Elements whose own text nobody sees.
    """
    shown = [_grid(each, hidden) for each in root.elements() if each.tag == "table"]
    at = 0
    for table in _expected(issue):
        wanted = tuple(tuple(signs_of(cell) for cell in row) for row in table.rows)
        if wanted in shown[at:]:
            at = shown.index(wanted, at) + 1
        else:
            found = shown[at] if at < len(shown) else ()
            at += 1
            yield table.place, _first_difference(table, wanted, found)


def _first_difference(table: ExpectedTable, wanted: Grid, found: Grid) -> str:
    for row, (signs, words) in enumerate(zip(wanted, table.rows, strict=True)):
        for column, (one, text) in enumerate(zip(signs, words, strict=True)):
            is_same = row < len(found) and column < len(found[row]) and found[row][column] == one
            if text and not is_same:
                return " ".join(text.replace(REFERENCE, "").split())
    return " · ".join(filter(None, table.rows[0]))


def _expected(issue: Issue) -> Iterator[ExpectedTable]:
    """Yield the tables of texts, then those of the closing parts."""
    for article in issue.articles:
        yield from _tables(article.body)
    rows = [
        block for block in expected_of(issue, SCREEN).blocks if block.row.startswith(("calendar ", "budget"))
    ]
    tables: list[list[tuple[str, ...]]] = []
    places = []
    for name, row in groupby(rows, lambda block: block.row):
        blocks = list(row)
        cells = tuple("".join(piece.text for piece in block.pieces) for block in blocks)
        if name.endswith(" heads"):
            # The site has no pages, and no column for them.
            tables.append([cells[:3]])
            places.append(blocks[0].place)
        elif tables:
            tables[-1].append(cells)
    yield from (ExpectedTable(tuple(table), place) for table, place in zip(tables, places, strict=True))


def _tables(blocks: Iterable[Block]) -> Iterator[ExpectedTable]:
    for block in blocks:
        match block:
            case Table():
                cells = (block.heads, *block.rows)
                yield ExpectedTable(
                    tuple(tuple(plain_words(cell, REFERENCE) for cell in row) for row in cells), block.place
                )
            case Quote():
                yield from _tables(block.children)
            case ListBlock():
                for item in block.items:
                    yield from _tables(item)
            case Paragraph() | Heading() | Figure() | PageBreak() | Ornament():
                pass
            case _:
                assert_never(block)


def _grid(table: Element, hidden: Collection[Element]) -> Grid:
    """Return the cells of a table where they stand (HTML, 4.9.12: forming a table)."""
    taken: dict[tuple[int, int], str] = {}
    rows = [each for each in table.elements() if each.tag == "tr" and _nearest(each, "table") is table]
    # Whatever their order in the file, heads are shown first and the foot last.
    order = {"thead": 0, "tfoot": 2}
    rows.sort(key=lambda row: order.get(row.parent.tag, 1) if row.parent else 1)
    for at, row in enumerate(rows):
        column = 0
        for cell in row.children:
            if not isinstance(cell, Element) or cell.tag not in {"td", "th"}:
                continue
            while (at, column) in taken:
                column += 1
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            words = page_text(cell, hidden).signs
            for y in range(at, at + down):
                for x in range(column, column + across):
                    taken[y, x] = words if (y, x) == (at, column) else "\0"
            column += across
    width = max((x for _, x in taken), default=-1) + 1
    height = max((y for y, _ in taken), default=-1) + 1
    return tuple(tuple(taken.get((y, x), "") for x in range(width)) for y in range(height))


def _span(cell: Element, name: str) -> int:
    written = cell.attributes.get(name, "1")
    return min(int(written), _MOST) if re.fullmatch(r"[1-9]\d*", written) else 1


def _nearest(element: Element, tag: str) -> Element | None:
    return next((each for each in element.chain() if each.tag == tag), None)
