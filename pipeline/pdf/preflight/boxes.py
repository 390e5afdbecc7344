"""Page boxes: their sizes, the bleed, and objects cut off or too near the trim (ISO 15930-7, 6.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.findings.finding import Finding, found
from pipeline.models.editions import POINTS_A_MILLIMETRE, TRIM
from pipeline.pdf.content.areas import Area
from pipeline.pdf.preflight.checked_pdf import box, ends_at_spine, gathered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.pdf.content.painting.painted_objects import Painted
    from pipeline.pdf.preflight.checked_pdf import CheckedPage, CheckedPdf

SAFE: Final = 5.0
"""Millimetres from the trim in which no text should stand: a knife may be off by one or two."""

_NEAR: Final = 0.5
_EXACT: Final = 0.02
_DEEPEST: Final = 64
_TOUCHING: Final = 0.5
"""Points that a box around letters may be larger than what is seen of them."""


def box_findings(checked: CheckedPdf, page: CheckedPage) -> Iterator[Finding]:
    """Check the boxes of a page."""
    if checked.edition.in_ink and box(page.page, "/TrimBox") is None:
        yield found("E110", None, page=page.number)
        return
    width, height = (side / POINTS_A_MILLIMETRE for side in (page.trim.width, page.trim.height))
    if abs(width - TRIM[0]) > _NEAR or abs(height - TRIM[1]) > _NEAR:
        size, trim_size = f"{width:.0f} × {height:.0f}", "{:.0f} × {:.0f}".format(*TRIM)
        yield found("E111", None, page=page.number, size=size, wanted=trim_size)
    if _turned(page.page.obj) % 360 or float(page.page.obj.get("/UserUnit", 1)) != 1:
        yield found("W111", None, page=page.number)
    if not checked.edition.in_ink:
        return
    if not _nested(page):
        yield found("E113", None, page=page.number)
    elif abs(page.media.left) > _EXACT or abs(page.media.bottom) > _EXACT:
        yield found("W110", None, page=page.number)
    least = checked.edition.bleed * POINTS_A_MILLIMETRE - _EXACT
    margins = _bled_margins(page)
    if min(margins) < least:
        bleed = max(0.0, min(margins) / POINTS_A_MILLIMETRE)
        yield found("E112", None, page=page.number, given=f"{bleed:.1f}", wanted=f"{checked.edition.bleed:g}")


def edge_findings(page: CheckedPage) -> Iterator[Finding]:
    """Check the distance of objects from the edge of a page, and whether the page has any."""
    if not any(_shows(thing) for thing in page.seen):
        yield found("W112", None, page=page.number)
    texts = [thing.area for thing in page.seen if thing.kind == "text" and thing.area.width > 0]
    # Text beyond the bleed belongs to the printer's marks, not to the page.
    cut = [area for area in texts if not _holds(page.trim, area) and _overlaps(page.bleed, area)]
    yield from gathered(page, "E115", cut)
    near = SAFE * POINTS_A_MILLIMETRE
    safe = Area(page.trim.left + near, page.trim.bottom + near, page.trim.right - near, page.trim.top - near)
    tight = [area for area in texts if _holds(page.trim, area) and not _holds(safe, area)]
    yield from gathered(page, "W113", tight, limit=f"{SAFE:g}")


def _shows(thing: Painted) -> bool:
    """Return whether an object is visible; one without ink on bare paper is not."""
    if thing.kind in {"text", "path"}:
        inks = [thing.state.fill] * thing.fills + [thing.state.stroke] * thing.strokes
        return any(paint.pattern or any(paint.inks) for paint in inks)
    return True


def _turned(node: Any) -> int:
    """Return by how many degrees a page is turned, by itself or by the page tree (7.7.3.4)."""
    for _ in range(_DEEPEST):
        if not isinstance(node, pikepdf.Dictionary):
            break
        if "/Rotate" in node:
            return int(node.Rotate)
        node = node.get("/Parent")
    return 0


def _margins(outer: Area, inner: Area) -> tuple[float, float, float, float]:
    return (
        inner.left - outer.left,
        inner.bottom - outer.bottom,
        outer.right - inner.right,
        outer.top - inner.top,
    )


def _bled_margins(page: CheckedPage) -> list[float]:
    """Return the bleed at each side that is cut: at the spine it may end at the trim."""
    left, bottom, right, top = _margins(page.bleed, page.trim)
    if not ends_at_spine(page):
        return [left, bottom, right, top]
    return [bottom, right if page.number % 2 else left, top]


def _nested(page: CheckedPage) -> bool:
    return (
        min(_margins(page.media, page.bleed)) >= -_EXACT and min(_margins(page.bleed, page.trim)) >= -_EXACT
    )


def _holds(outer: Area, inner: Area) -> bool:
    return min(_margins(outer, inner)) >= -_TOUCHING


def _overlaps(one: Area, other: Area) -> bool:
    both = one.within(other)
    return both.width > _TOUCHING and both.height > _TOUCHING
