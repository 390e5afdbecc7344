"""What may lie in what: tables, lists and contents (ISO 32000-1, 14.8.4.3; ISO 14289-1, 7.5, 7.6 and 7.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.pdf.preflight.tags.elements import Element

_CHILDREN: Final = {
    "Table": frozenset({"TR", "THead", "TBody", "TFoot", "Caption"}),
    "THead": frozenset({"TR"}),
    "TBody": frozenset({"TR"}),
    "TFoot": frozenset({"TR"}),
    "TR": frozenset({"TH", "TD"}),
    "L": frozenset({"L", "LI", "Caption"}),
    "LI": frozenset({"Lbl", "LBody"}),
    "TOC": frozenset({"TOC", "TOCI", "Caption"}),
    "TOCI": frozenset({"Lbl", "Reference", "NonStruct", "P", "TOC"}),
}
"""What an element may hold; of others anything."""

_PARENTS: Final = {
    "TR": frozenset({"Table", "THead", "TBody", "TFoot"}),
    "THead": frozenset({"Table"}),
    "TBody": frozenset({"Table"}),
    "TFoot": frozenset({"Table"}),
    "TH": frozenset({"TR"}),
    "TD": frozenset({"TR"}),
    "LI": frozenset({"L"}),
    "LBody": frozenset({"LI"}),
    "TOCI": frozenset({"TOC"}),
}
"""What an element must lie in."""

_ONCE: Final = {"Table": ("THead", "TFoot", "Caption"), "L": ("Caption",), "TOC": ("Caption",)}
"""What an element may hold one of."""


def nesting_findings(elements: Iterable[Element]) -> Iterator[Finding]:
    """Yield one finding (E158) for each kind of wrong nesting, where it occurs first."""
    known: set[tuple[str, str]] = set()
    for element in elements:
        for found_role, parent in _faults(element):
            if (found_role, parent) not in known:
                known.add((found_role, parent))
                yield found("E158", None, page=element.page, found=found_role, parent=parent)


def _faults(element: Element) -> Iterator[tuple[str, str]]:
    """Yield what an element holds that it may not, with where it lies."""
    parent = element.parent.role if element.parent is not None else "–"
    if element.role in _PARENTS and parent not in _PARENTS[element.role]:
        yield element.role, parent
    allowed = _CHILDREN.get(element.role)
    if allowed is None:
        return
    roles = [child.role for child in element.children]
    for role in roles:
        # What must lie elsewhere is told where it lies.
        if role not in allowed and role not in _PARENTS:
            yield role, element.role
    for once in _ONCE.get(element.role, ()):
        if roles.count(once) > 1:
            yield f"{once} × {roles.count(once)}", element.role
    if "Caption" in allowed and "Caption" in roles[1:-1]:
        yield "Caption", element.role
