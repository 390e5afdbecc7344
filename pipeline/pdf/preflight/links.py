"""Links: none on paper; on a screen each has a destination and a description (ISO 14289-1, 7.18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf

from pipeline.findings.finding import Finding, found
from pipeline.pdf.content.areas import rectangle
from pipeline.pdf.preflight.checked_pdf import gathered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.pdf.content.areas import Area
    from pipeline.pdf.preflight.checked_pdf import CheckedPage, CheckedPdf


_MOST_BOOKMARKS: Final = 100_000


class Destinations(NamedTuple):
    """Where the links of a file can lead.

    Args:
        pages: The pages of the file, as objects.
        names: The named destinations.
    """

    pages: frozenset[tuple[int, int]]
    names: frozenset[str]

    def hold(self, target: Any) -> bool:
        """Return whether a destination is one of them (ISO 32000-2, 12.3.2)."""
        if isinstance(target, pikepdf.Dictionary):
            target = target.get("/D")
        if isinstance(target, pikepdf.Array):
            return len(target) > 0 and getattr(target[0], "objgen", None) in self.pages
        if isinstance(target, pikepdf.Name):
            return str(target)[1:] in self.names
        return target is not None and str(target) in self.names


def link_findings(checked: CheckedPdf, page: CheckedPage, destinations: Destinations) -> Iterator[Finding]:
    """Check the annotations of a page.

    Args:
        checked: The file.
        page: The page.
        destinations: Where links can lead.
    """
    annotations: Any = page.page.obj.get("/Annots", [])
    dictionaries = [note for note in annotations if isinstance(note, pikepdf.Dictionary)]
    if checked.edition.in_ink:
        # A trap network and a printer's mark are allowed, and others beyond the bleed (ISO 15930-7, 6.17).
        shown = [
            _area(note) for note in dictionaries if note.get("/Subtype") not in {"/TrapNet", "/PrinterMark"}
        ]
        yield from gathered(page, "E140", [area for area in shown if not area.within(page.bleed).is_empty])
        return
    links = [note for note in dictionaries if note.get("/Subtype") == "/Link"]
    yield from gathered(page, "E141", [_area(link) for link in links if _leads_nowhere(link, destinations)])
    if checked.edition.accessible:
        yield from gathered(
            page, "E142", [_area(link) for link in links if not str(link.get("/Contents", ""))]
        )


def bookmark_findings(checked: CheckedPdf, destinations: Destinations) -> Iterator[Finding]:
    """Check the bookmarks of a file (12.3.3).

    Args:
        checked: The file.
        destinations: Where they can lead.
    """
    outlines: Any = checked.pdf.Root.get("/Outlines")
    pending = [outlines.get("/First")] if isinstance(outlines, pikepdf.Dictionary) else []
    seen: set[tuple[int, int]] = set()
    dead = 0
    while pending and len(seen) < _MOST_BOOKMARKS:
        item = pending.pop()
        if not isinstance(item, pikepdf.Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        dead += _leads_nowhere(item, destinations)
        pending += [item.get("/Next"), item.get("/First")]
    if dead:
        yield found("E143", None, count=dead)


def destinations_of(pdf: pikepdf.Pdf) -> Destinations:
    """Return where the links of a file can lead (12.3.2.4)."""
    pages = Destinations(frozenset(page.obj.objgen for page in pdf.pages), frozenset())
    named: list[tuple[str, Any]] = []
    old: Any = pdf.Root.get("/Dests")
    if isinstance(old, pikepdf.Dictionary):
        named += [(str(name)[1:], target) for name, target in old.items()]
    names: Any = pdf.Root.get("/Names")
    tree: Any = names.get("/Dests") if isinstance(names, pikepdf.Dictionary) else None
    if isinstance(tree, pikepdf.Dictionary):
        named += [(str(name), target) for name, target in pikepdf.NameTree(tree).items()]
    return pages._replace(names=frozenset(name for name, target in named if pages.hold(target)))


def _leads_nowhere(link: Any, destinations: Destinations) -> bool:
    """Return whether a link or bookmark lacks an existing destination; a bookmark that is a heading may."""
    target: Any = link.get("/Dest")
    action: Any = link.get("/A")
    if target is None and isinstance(action, pikepdf.Dictionary):
        if action.get("/S") != "/GoTo":
            return False
        target = action.get("/D")
    if target is None and "/Title" in link:
        return False
    return not destinations.hold(target)


def _area(note: Any) -> Area:
    return rectangle(note.get("/Rect", [0, 0, 0, 0]))
