"""Preflight: a PDF is checked against the requirements of a print shop, a reader or an archive.

The file is only read. A broken or hostile one gives findings and raises nothing.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, TypeVar

import pikepdf

from pipeline.findings.finding import Finding, found, in_order
from pipeline.findings.translatable import N_
from pipeline.pdf.content.broken_files import BROKEN_PDF_ERRORS, problem_of
from pipeline.pdf.content.page_content import EndlessContentError, UnreadableContentError, painted
from pipeline.pdf.plates.plates import plates_of
from pipeline.pdf.preflight.accessibility import accessibility_findings, marking_findings
from pipeline.pdf.preflight.attachments import attachment_findings
from pipeline.pdf.preflight.boxes import box_findings, edge_findings
from pipeline.pdf.preflight.checked_pdf import CheckedPdf, checked_page
from pipeline.pdf.preflight.colours import colour_findings, light_findings
from pipeline.pdf.preflight.fonts import FontChecks
from pipeline.pdf.preflight.ink import PPI, USUAL_LIMIT, bleed_findings, ink_findings
from pipeline.pdf.preflight.limits import drawing_findings
from pipeline.pdf.preflight.links import Destinations, bookmark_findings, destinations_of, link_findings
from pipeline.pdf.preflight.resolution import fineness_findings
from pipeline.pdf.preflight.standards import activity_findings, bands_of_intent, standard_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from pipeline.models.editions import Edition
    from pipeline.models.printing_conditions import PrintingCondition
    from pipeline.pdf.content.font_metrics import TypeMetrics
    from pipeline.pdf.plates.plates import Inked
    from pipeline.pdf.preflight.checked_pdf import CheckedPage

_Found = TypeVar("_Found")

_BEFORE_THE_HEADER: Final = 1024
"""Bytes within which a PDF says that it is one (ISO 32000-1, annex H.3.4.1)."""


def preflight(
    data: bytes,
    edition: Edition,
    condition: PrintingCondition | None = None,
    plates: Iterable[Inked] | None = None,
) -> list[Finding]:
    """Check a PDF as an edition.

    Args:
        data: The file.
        edition: Whose rules apply.
        condition: What press files are printed for; where it is None, 300 % of ink are allowed.
        plates: The separations of its pages at `ink.PPI`, where they are known already.

    Returns:
        The findings, in the order of the pages.
    """
    if b"%PDF-" not in data[:_BEFORE_THE_HEADER]:
        return [found("E100", None, problem=N_("it is not a PDF"))]
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                return [found("E101", None)]
            checked = CheckedPdf(pdf, data, edition, condition)
            endless: list[int] = []
            findings = [*_of_file(checked), *_of_pages(checked, endless)]
            if edition.in_ink and not endless:
                findings += _of_plates(checked, plates)
            return in_order(findings)
    except pikepdf.PasswordError:
        return [found("E101", None)]
    except pikepdf.PdfError:
        return [found("E100", None, problem=N_("it is damaged or cut short"))]
    except BROKEN_PDF_ERRORS as fault:
        return [found("E100", None, problem=problem_of(fault))]


def _of_file(checked: CheckedPdf) -> Iterator[Finding]:
    for findings in (standard_findings, activity_findings, attachment_findings):
        yield from _until_it_fails(findings(checked))
    if checked.edition.accessible:
        yield from _until_it_fails(accessibility_findings(checked))


def _of_pages(checked: CheckedPdf, endless: list[int]) -> Iterator[Finding]:
    """Check page by page; the pages with endless content, which must not be drawn, go to `endless`."""
    try:
        destinations = destinations_of(checked.pdf)
    except BROKEN_PDF_ERRORS as fault:
        yield found("E117", None, problem=problem_of(fault))
        destinations = Destinations(frozenset(), frozenset())
    yield from _until_it_fails(bookmark_findings(checked, destinations))
    fonts: dict[Any, TypeMetrics] = {}
    font_checks = FontChecks(is_read_aloud=checked.edition.accessible)
    bands = 0 if checked.edition.in_ink else bands_of_intent(checked.pdf)
    for number, sheet in enumerate(checked.pdf.pages, 1):
        page = checked_page(number, sheet)
        yield from _until_it_fails(box_findings(checked, page), number)
        yield from _until_it_fails(link_findings(checked, page, destinations), number)
        try:
            page = checked_page(number, sheet, tuple(painted(sheet, fonts)))
        except UnreadableContentError as fault:
            yield found("E116", None, page=number, problem=fault)
            if isinstance(fault, EndlessContentError):
                endless.append(number)
        else:
            yield from _until_it_fails(_of_content(checked, page, font_checks, bands), number)


def _of_content(
    checked: CheckedPdf, page: CheckedPage, font_checks: FontChecks, bands: int
) -> Iterator[Finding]:
    yield from edge_findings(page)
    yield from fineness_findings(checked, page)
    yield from font_checks.findings(page)
    yield from colour_findings(page) if checked.edition.in_ink else light_findings(page, bands)
    if checked.edition.accessible:
        yield from marking_findings(page)


def _of_plates(checked: CheckedPdf, plates: Iterable[Inked] | None) -> Iterator[Finding]:
    if plates is None and (harm := list(drawing_findings(checked.pdf))):
        yield from harm
        return
    limit = checked.condition.ink_limit if checked.condition is not None else USUAL_LIMIT
    # One page at a time: those of a long issue would not fit into memory together.
    drawn = plates if plates is not None else _until_it_fails(plates_of(checked.data, PPI))
    for number, (sheet, inks) in enumerate(zip(checked.pdf.pages, drawn, strict=False), 1):
        if isinstance(inks, Finding):
            yield inks
            return
        page = checked_page(number, sheet)
        yield from ink_findings(page, inks, limit)
        yield from bleed_findings(page, inks)


def _until_it_fails(findings: Iterable[_Found], page: int = 0) -> Iterator[_Found | Finding]:
    """Yield the findings of a check; if a broken file makes it fail, that is a finding too (E117)."""
    try:
        yield from findings
    except BROKEN_PDF_ERRORS as fault:
        yield found("E117", None, page=page, problem=problem_of(fault))
