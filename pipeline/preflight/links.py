"""Links: none on paper, and on a screen each leads somewhere and says where (ISO 14289-1, 7.18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

from pipeline.pdf_content import Area
from pipeline.preflight.subject import gathered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Finding
    from pipeline.preflight.subject import Page, Subject


def link_findings(subject: Subject, page: Page, destinations: frozenset[str]) -> Iterator[Finding]:
    """Judge the annotations of a page.

    Args:
        subject: The file.
        page: The page.
        destinations: Every named destination of the file.
    """
    annotations: Any = page.page.obj.get("/Annots", [])
    kept = [note for note in annotations if isinstance(note, pikepdf.Dictionary)]
    if subject.edition.in_ink:
        # A trap network and a printer's mark are the only ones allowed (ISO 15930-7, 6.17).
        shown = [note for note in kept if note.get("/Subtype") not in {"/TrapNet", "/PrinterMark"}]
        yield from gathered(page, "E140", [_area(note) for note in shown])
        return
    links = [note for note in kept if note.get("/Subtype") == "/Link"]
    yield from gathered(page, "E141", [_area(link) for link in links if _leads_nowhere(link, destinations)])
    if subject.edition.accessible:
        yield from gathered(
            page, "E142", [_area(link) for link in links if not str(link.get("/Contents", ""))]
        )


def destinations_of(pdf: pikepdf.Pdf) -> frozenset[str]:
    """Return the names of all destinations of a file (ISO 32000-2, 12.3.2.4)."""
    named: set[str] = set()
    old: Any = pdf.Root.get("/Dests")
    if isinstance(old, pikepdf.Dictionary):
        named |= {str(name)[1:] for name in old.keys()}  # noqa: SIM118 - not a mapping of Python's
    names: Any = pdf.Root.get("/Names")
    tree: Any = names.get("/Dests") if isinstance(names, pikepdf.Dictionary) else None
    if isinstance(tree, pikepdf.Dictionary):
        named |= {str(name) for name in pikepdf.NameTree(tree)}
    return frozenset(named)


def _leads_nowhere(link: Any, destinations: frozenset[str]) -> bool:
    target: Any = link.get("/Dest")
    action: Any = link.get("/A")
    if target is None and isinstance(action, pikepdf.Dictionary):
        if action.get("/S") != "/GoTo":
            return False
        target = action.get("/D")
    if isinstance(target, pikepdf.Array):
        return not len(target)
    if isinstance(target, pikepdf.Name):
        return str(target)[1:] not in destinations
    return target is None or str(target) not in destinations


def _area(note: Any) -> Area:
    rectangle: Any = note.get("/Rect", [0, 0, 0, 0])
    x1, y1, x2, y2 = (float(side) for side in rectangle)
    return Area(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
