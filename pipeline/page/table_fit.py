"""How a table is set that is wider than its column: over the whole page, smaller, with words broken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.models.text import Code, Emphasis, LineBreak, Link, ListBlock, Quote, Run, Strong, Table
from pipeline.models.tree import nodes_of
from pipeline.page.break_opportunities import ADDRESS, KEPT, LONGEST_KEPT, LONGEST_WHOLE, divided, parts_of
from pipeline.page.figures.drawing import POINTS_A_MILLIMETRE, SMALLEST_TYPE
from pipeline.page.markup import shown_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pipeline.findings.place import Place
    from pipeline.models.issue import Issue
    from pipeline.models.text import Block, Cell, Inline

SEMIBOLD: Final = 600
"""The weight of heads of columns, the widest in a table."""


class TableType(NamedTuple):
    """How large the words of a table are, and how far its columns are apart, in points.

    Args:
        head: The type of the heads of its columns.
        cell: That of its cells.
        gap: What stands between two columns.
        outside: What stands outside the first and the last, together.
    """

    head: float
    cell: float
    gap: float
    outside: float


class TableMeasures(NamedTuple):
    """How wide a table may be, and how it is set.

    Args:
        text: The width of the column it stands in, in millimetres.
        wide: The width of the page that it may have.
        nested: The width that lists and quotations narrow for a table within.
        usual: Its type.
        small: Its type where it would be too wide.
    """

    text: float
    wide: float
    nested: float
    usual: TableType
    small: TableType


def table_measures(measures: Mapping[str, float], *, made_up: bool) -> TableMeasures:
    """Return how wide tables of a style may be; see its `text.css`.

    Args:
        measures: The widths of the style in millimetres: `text` and `wide`.
        made_up: Whether it makes pages up: then a table stands across the columns, in a list too.
    """
    text, wide = measures["text"], measures["wide"]
    if made_up:
        return TableMeasures(wide, wide, wide, TableType(9, 8.7, 12, 12), TableType(8, SMALLEST_TYPE, 6, 6))
    return TableMeasures(
        text, wide, text, TableType(8.5, 8.5, 6, 0), TableType(SMALLEST_TYPE, SMALLEST_TYPE, 6, 0)
    )


_INDENT: Final = 16.0
"""Points by which a list or a quotation narrows what is in it."""

_TOLERANCE: Final = 1.03
"""What is wider than measured: figures of one width, kerning."""

_SPACES: Final = re.compile(r"[ \t\n\u200b]+|(?<=[-\u2010\u2013\u2014])(?=\w)")


def table_fits(
    issue: Issue, measures: TableMeasures, measure: Callable[[str], float], *, with_addresses: bool
) -> dict[Place, str]:
    """Return the classes of the tables that do not fit into their column, by place.

    Args:
        issue: Typeset.
        measures: How wide tables may be.
        measure: Returns the width of a text in the face of tables at a size of one point, in points.
        with_addresses: Whether the address of a link is printed behind its words.
    """
    fits = {}
    for article in issue.articles:
        for table, depth in _tables(article.body, 0):
            rows = [
                [_unbroken(cell, with_addresses=with_addresses) for cell in row]
                for row in (table.heads, *table.rows)
            ]
            classes = fit_of(rows, measures, measure, depth=depth)
            if classes:
                fits[table.place] = classes
    return fits


def _unbroken(cell: Cell, *, with_addresses: bool) -> list[str]:
    """Return the stretches of a cell that are not broken: what is set is looked at, run by run."""
    links = nodes_of(Link, cell) if with_addresses else ()
    stretches = _stretches(cell)
    for link in links:
        stretches += _pieces(f"({shown_address(link.target)})")
    return stretches


def _stretches(children: Iterable[Inline]) -> list[str]:
    found = [""]
    for child in children:
        match child:
            case Run() | Code():
                more = _pieces(child.text)
            case Emphasis() | Strong() | Link():
                more = _stretches(child.children)
            case LineBreak():
                more = ["", ""]
            case _:
                continue
        # Nothing parts the end of one run from the beginning of the next.
        found[-1:] = [found[-1] + more[0], *more[1:]]
    return found


def fit_of(
    rows: Sequence[Sequence[Sequence[str]]],
    measures: TableMeasures,
    measure: Callable[[str], float],
    *,
    depth: int = 0,
) -> str:
    """Return the classes a table needs to be no wider than its column, empty where it needs none.

    Args:
        rows: The stretches of its cells that are not broken, those of its heads first.
        measures: How wide it may be.
        measure: Returns the width of a text in the face of tables at a size of one point, in points.
        depth: How many lists and quotations it stands in.
    """
    columns = [
        [max(map(measure, cell), default=0.0) * _TOLERANCE for cell in column]
        for column in zip(*rows, strict=True)
    ]
    needed, smaller = _needed(columns, measures.usual), _needed(columns, measures.small)
    wide = measures.wide * POINTS_A_MILLIMETRE
    if depth:
        nested = measures.nested * POINTS_A_MILLIMETRE - depth * _INDENT
        return "" if needed <= nested else "small" if smaller <= nested else "small broken"
    if needed <= measures.text * POINTS_A_MILLIMETRE:
        return ""
    if needed <= wide:
        return "wide"
    return "wide small" if smaller <= wide else "wide small broken"


def _needed(columns: Sequence[Sequence[float]], type_: TableType) -> float:
    """Return the least width in points of columns: heads and cells by the longest word at one point."""
    words = sum(max(head * type_.head, max(cells, default=0.0) * type_.cell) for head, *cells in columns)
    return words + type_.gap * (len(columns) - 1) + type_.outside


def _pieces(text: str) -> list[str]:
    """Return the stretches of a text that are not broken; there is one at least."""
    found: list[str] = []
    at = 0
    for match in ADDRESS.finditer(text):
        address = parts_of(match[0]) if len(match[0]) > LONGEST_WHOLE else [match[0]]
        found += [*_pieces_of_words(text[at : match.start()]), *address]
        at = match.end()
    return [*found, *_pieces_of_words(text[at:])] or [""]


def _pieces_of_words(text: str) -> list[str]:
    return [
        piece
        for stretch, is_identifier in divided(text)
        for piece in (parts_of(stretch) if is_identifier else _SPACES.split(KEPT.sub(_marked, stretch)))
    ]


def _marked(kept: re.Match[str]) -> str:
    """Return what is kept on one line without the spaces and hyphens at which a text is parted."""
    return kept[0].replace(" ", "\u00a0").replace("-", "\u00a0") if len(kept[0]) <= LONGEST_KEPT else kept[0]


def _tables(blocks: Iterable[Block], depth: int) -> Iterator[tuple[Table, int]]:
    for block in blocks:
        match block:
            case Table():
                yield block, depth
            case Quote():
                yield from _tables(block.children, depth + 1)
            case ListBlock():
                for item in block.items:
                    yield from _tables(item, depth + 1)
