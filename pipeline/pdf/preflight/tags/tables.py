"""Tables: rows of equal length, and heads that say whether they stand over a column or before a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

from pipeline.findings.finding import Finding, found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.pdf.preflight.tags.elements import Element


def table_findings(table: Element) -> Iterator[Finding]:
    """Check a table (ISO 14289-1, 7.5)."""
    rows = [row for row in _below(table, {"THead", "TBody", "TFoot"}) if row.role == "TR"]
    cells = [cell for row in rows for cell in row.children if cell.role in {"TH", "TD"}]
    if not _is_rectangular(rows):
        yield found("E155", None, page=table.page)
    heads = [cell for cell in cells if cell.role == "TH"]
    # Cells may name their headers instead (ISO 14289-1, 7.5); a class may define the attribute.
    names_heads = any(_attribute(cell.dictionary, "/Headers") is not None for cell in cells)
    if not names_heads and any(
        _attribute(cell.dictionary, "/Scope") is None and "/C" not in cell.dictionary for cell in heads
    ):
        yield found("E157", None, page=table.page)
    if rows and not heads:
        yield found("W157", None, page=table.page)


def _is_rectangular(rows: list[Element]) -> bool:
    """Return whether all rows of a table have as many cells, counting spans over columns and rows."""
    widths: set[int] = set()
    reaching: list[tuple[int, int]] = []  # how many rows a cell still takes, and how many columns
    for row in rows:
        width = sum(columns for _, columns in reaching)
        reaching = [(left - 1, columns) for left, columns in reaching if left > 1]
        for cell in row.children:
            if cell.role in {"TH", "TD"}:
                columns = _span(cell.dictionary, "/ColSpan")
                width += columns
                if (deep := _span(cell.dictionary, "/RowSpan")) > 1:
                    reaching.append((deep - 1, columns))
        widths.add(width)
    return len(widths) <= 1


def _below(element: Element, groups: set[str]) -> Iterator[Element]:
    for child in element.children:
        if child.role in groups:
            yield from _below(child, groups)
        else:
            yield child


def _span(cell: Any, name: str) -> int:
    return max(1, int(_attribute(cell, name) or 1))


def _attribute(element: Any, name: str) -> Any:
    attributes: Any = element.get("/A", pikepdf.Array([]))
    for dictionary in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if isinstance(dictionary, pikepdf.Dictionary) and name in dictionary:
            return dictionary[name]
    return None
