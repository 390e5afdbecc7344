"""How a table is set that is wider than its column: over the whole page, smaller, with words broken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.models.text import Link, ListBlock, Quote, Table
from pipeline.models.tree import nodes_of
from pipeline.page.break_opportunities import ADDRESS, LONGEST_WHOLE, divided, parts_of
from pipeline.page.figures.drawing import POINTS_A_MILLIMETRE, SMALLEST_TYPE
from pipeline.page.markup import plain_text, shown_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pipeline.findings.place import Place
    from pipeline.models.issue import Issue
    from pipeline.models.text import Block, Cell

SIZE: Final = 8.5
"""Points; the type of tables in `text.css`."""

SEMIBOLD: Final = 600
"""The weight of heads of columns, the widest in a table."""

_GAP: Final = 6.0
"""Points between two columns."""

_INDENT: Final = 16.0
"""Points by which a list or a quotation narrows what is in it."""

_TOLERANCE: Final = 1.03
"""What is wider than measured: figures of one width, kerning."""

_SPACES: Final = re.compile(r"[ \t\n\u200b]+|(?<=[-\u2010\u2013\u2014])(?=\w)")


def table_fits(
    issue: Issue, measures: Mapping[str, float], measure: Callable[[str], float], *, with_addresses: bool
) -> dict[Place, str]:
    """Return the classes of the tables that do not fit into their column, by place.

    Args:
        issue: Typeset.
        measures: The widths of the style in millimetres: `text` and `wide`.
        measure: Returns the width of a text in the face of tables at a size of one point, in points.
        with_addresses: Whether the address of a link is printed behind its words.
    """
    fits = {}
    for article in issue.articles:
        for table, depth in _tables(article.body, 0):
            rows = [
                [_text_of(cell, with_addresses=with_addresses) for cell in row]
                for row in (table.heads, *table.rows)
            ]
            classes = fit_of(rows, measures, measure, depth=depth)
            if classes:
                fits[table.place] = classes
    return fits


def _text_of(cell: Cell, *, with_addresses: bool) -> str:
    links = nodes_of(Link, cell) if with_addresses else ()
    return " ".join((plain_text(cell), *(f"({shown_address(link.target)})" for link in links)))


def fit_of(
    rows: Sequence[Sequence[str]],
    measures: Mapping[str, float],
    measure: Callable[[str], float],
    *,
    depth: int = 0,
) -> str:
    """Return the classes a table needs to be no wider than its column, empty where it needs none.

    Args:
        rows: The texts of its cells.
        measures: The widths of the style in millimetres: `text` and `wide`.
        measure: Returns the width of a text in the face of tables at a size of one point, in points.
        depth: How many lists and quotations it stands in.
    """
    narrowest = sum(max(map(_longest(measure), column), default=0.0) for column in zip(*rows, strict=True))
    gaps = _GAP * (len(rows[0]) - 1)
    text = measures["text"] * POINTS_A_MILLIMETRE - depth * _INDENT
    wide = measures["wide"] * POINTS_A_MILLIMETRE
    needed, smaller = narrowest * SIZE + gaps, narrowest * SMALLEST_TYPE + gaps
    if needed <= text:
        return ""
    if depth:
        return "small" if smaller <= text else "small broken"
    if needed <= wide:
        return "wide"
    return "wide small" if smaller <= wide else "wide small broken"


def _longest(measure: Callable[[str], float]) -> Callable[[str], float]:
    def longest(text: str) -> float:
        return max((measure(piece) for piece in _pieces(text)), default=0.0) * _TOLERANCE

    return longest


def _pieces(text: str) -> Iterator[str]:
    """Yield the stretches of a text that are not broken."""
    at = 0
    for match in ADDRESS.finditer(text):
        yield from _pieces_of_words(text[at : match.start()])
        yield from parts_of(match[0]) if len(match[0]) > LONGEST_WHOLE else (match[0],)
        at = match.end()
    yield from _pieces_of_words(text[at:])


def _pieces_of_words(text: str) -> Iterator[str]:
    for stretch, is_identifier in divided(text):
        yield from parts_of(stretch) if is_identifier else _SPACES.split(stretch)


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
