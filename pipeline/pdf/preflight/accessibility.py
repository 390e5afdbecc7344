"""Whether a file is accessible: its language, its title, and the tree of its tags (ISO 14289-1, 7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.findings.finding import Finding, found
from pipeline.pdf.preflight.checked_pdf import gathered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.pdf.preflight.checked_pdf import CheckedPage, CheckedPdf

_DEEPEST: Final = 200
_MOST_ELEMENTS: Final = 500_000
_HEADING: Final = re.compile(r"H([1-6])")


def accessibility_findings(checked: CheckedPdf) -> Iterator[Finding]:
    """Check language, title and structure tree of a file."""
    root = checked.pdf.Root
    tree: Any = root.get("/StructTreeRoot")
    marks: Any = root.get("/MarkInfo")
    if not isinstance(tree, pikepdf.Dictionary) or not (
        isinstance(marks, pikepdf.Dictionary) and marks.get("/Marked", False)
    ):
        yield found("E150", None)
    if not str(root.get("/Lang", "")):
        yield found("E151", None)
    preferences: Any = root.get("/ViewerPreferences")
    if not (isinstance(preferences, pikepdf.Dictionary) and preferences.get("/DisplayDocTitle", False)):
        yield found("E152", None)
    if isinstance(tree, pikepdf.Dictionary):
        yield from _tree_findings(checked, tree)


def marking_findings(page: CheckedPage) -> Iterator[Finding]:
    """Find objects of a page that are neither tagged nor artifacts (7.1)."""
    yield from gathered(page, "E156", [thing.area for thing in page.seen if not thing.is_marked])


class _Element:
    """An element of the structure tree: its dictionary, its standard type, the page it begins on."""

    __slots__ = ("children", "dictionary", "page", "role")

    def __init__(self, role: str, dictionary: Any, page: int) -> None:
        self.role = role
        self.dictionary = dictionary
        self.page = page
        self.children: list[_Element] = []


def _tree_findings(checked: CheckedPdf, tree: Any) -> Iterator[Finding]:
    pages = {page.obj.objgen: number for number, page in enumerate(checked.pdf.pages, 1)}
    roles: Any = tree.get("/RoleMap", pikepdf.Dictionary())
    level = 0
    for element in _elements(tree, roles, pages):
        dictionary = element.dictionary
        if element.role == "Figure" and not (
            str(dictionary.get("/Alt", "")) or str(dictionary.get("/ActualText", ""))
        ):
            yield found("E153", None, page=element.page)
        if heading := _HEADING.fullmatch(element.role):
            deeper = int(heading[1])
            if deeper > level + 1:
                before = f"H{level}" if level else "–"
                yield found("E154", None, page=element.page, found=element.role, before=before)
            level = deeper
        if element.role == "Table":
            yield from _table_findings(element)


def _elements(tree: Any, roles: Any, pages: dict[tuple[int, int], int]) -> Iterator[_Element]:
    """Yield every element in reading order, its children known."""
    seen: set[tuple[int, int]] = set()
    every: list[_Element] = []

    def walk(kids: Any, parent: _Element | None, page: int, depth: int) -> None:
        if depth > _DEEPEST or len(every) > _MOST_ELEMENTS:
            return
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, pikepdf.Dictionary) or "/S" not in kid:
                continue
            if kid.is_indirect and kid.objgen in seen:
                continue
            seen.add(kid.objgen)
            own_page = pages.get(kid.Pg.objgen, page) if "/Pg" in kid else page
            element = _Element(_standard_role(str(kid.S), roles), kid, own_page)
            every.append(element)
            if parent is not None:
                parent.children.append(element)
            if "/K" in kid:
                walk(kid.K, element, own_page, depth + 1)

    walk(tree.get("/K", pikepdf.Array([])), None, 0, 0)
    yield from every


def _standard_role(role: str, roles: Any) -> str:
    for _ in range(8):
        if role not in roles:
            break
        role = str(roles[role])
    return role.removeprefix("/")


def _table_findings(table: _Element) -> Iterator[Finding]:
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


def _is_rectangular(rows: list[_Element]) -> bool:
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


def _below(element: _Element, groups: set[str]) -> Iterator[_Element]:
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
