"""Pages and what they paint, without a file around them: for a rule of preflight by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.models.editions import PRESS, Edition
from pipeline.pdf.content.areas import Area
from pipeline.pdf.content.graphics_state import GraphicsState
from pipeline.pdf.content.painting.painted_objects import Painted
from pipeline.pdf.preflight.checked_pdf import CheckedPage, CheckedPdf, checked_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.findings.finding import Finding

MILLIMETRE: Final = 72 / 25.4
EDGE: Final = 10 * MILLIMETRE
"""From the edge of a press sheet to the cut, in points."""

RIGHT: Final = EDGE + 210 * MILLIMETRE
TOP: Final = EDGE + 297 * MILLIMETRE
_BLEED: Final = 3 * MILLIMETRE
BOXES: Final = {
    "MediaBox": (0, 0, RIGHT + EDGE, TOP + EDGE),
    "TrimBox": (EDGE, EDGE, RIGHT, TOP),
    "BleedBox": (EDGE - _BLEED, EDGE - _BLEED, RIGHT + _BLEED, TOP + _BLEED),
}
"""Of a sound page for the press."""

_OPEN: Final[list[pikepdf.Pdf]] = []
"""Files stay open as long as their objects are looked at."""


def new_pdf(pages: int = 1) -> pikepdf.Pdf:
    """Return a file of empty pages of A4."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(210 * MILLIMETRE, 297 * MILLIMETRE))
    _OPEN.append(pdf)
    del _OPEN[:-8]
    return pdf


def checked(pdf: pikepdf.Pdf, edition: Edition = PRESS, data: bytes = b"") -> CheckedPdf:
    """Return a file as an edition."""
    return CheckedPdf(pdf, data, edition, None)


def thing(kind: str, *area: float, fills: bool = True, strokes: bool = False, **options: Any) -> Painted:
    """Return something a page paints; what is no part of it is set in its graphics state."""
    own = {name: options.pop(name) for name in Painted._fields if name in options}
    state = GraphicsState()
    for name, value in options.items():
        setattr(state, name, value)
    return Painted(kind, Area(*area), fills, strokes, state, **own)


def page_with(*objects: Painted, number: int = 1, **entries: Any) -> CheckedPage:
    """Return a page for the press that paints some things; its entries may be others, or None for none."""
    pdf = new_pdf()
    page = pdf.pages[0]
    del page.obj["/MediaBox"]
    for name, value in (BOXES | entries).items():
        if value is not None:
            page.obj[f"/{name}"] = pikepdf.Array(value) if isinstance(value, tuple) else value
    return checked_page(number, page, objects)


def codes(findings: Iterable[Finding]) -> list[str]:
    """Return the codes of findings."""
    return [finding.code for finding in findings]


def values(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Return the values of findings."""
    return [dict(finding.values) for finding in findings]
