"""Preflight: a PDF judged as a print shop, a reader or an archive would judge it, in plain words.

The file is read and never touched. A broken or hostile one is a finding, not a crash.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final, TypeVar

import pikepdf

from pipeline.findings.finding import Finding, found, in_order
from pipeline.findings.translatable import N_
from pipeline.pdf.content.broken_files import BROKEN_PDF_ERRORS
from pipeline.pdf.content.page_content import EndlessContentError, UnreadableContentError, painted
from pipeline.pdf.plates.plates import plates_of
from pipeline.pdf.preflight.accessibility import accessibility_findings, marking_findings
from pipeline.pdf.preflight.attachments import carriage_findings
from pipeline.pdf.preflight.boxes import box_findings, edge_findings
from pipeline.pdf.preflight.colours import colour_findings, light_findings
from pipeline.pdf.preflight.fonts import Types
from pipeline.pdf.preflight.ink import PPI, USUAL_LIMIT, bleed_findings, ink_findings
from pipeline.pdf.preflight.limits import drawing_findings
from pipeline.pdf.preflight.links import Destinations, bookmark_findings, destinations_of, link_findings
from pipeline.pdf.preflight.resolution import fineness_findings
from pipeline.pdf.preflight.standards import activity_findings, bands_of_intent, standard_findings
from pipeline.pdf.preflight.subject import Subject, page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from pipeline.models.editions import Edition
    from pipeline.models.printing_conditions import PrintingCondition
    from pipeline.pdf.content.font_metrics import TypeMetrics
    from pipeline.pdf.plates.plates import Inked
    from pipeline.pdf.preflight.subject import Page

_Told = TypeVar("_Told")


_BEFORE_THE_HEADER: Final = 1024
"""Bytes within which a PDF says that it is one (ISO 32000-1, annex H.3.4.1)."""


def preflight(
    data: bytes,
    edition: Edition,
    condition: PrintingCondition | None = None,
    plates: Iterable[Inked] | None = None,
) -> list[Finding]:
    """Judge a PDF as an edition.

    Args:
        data: The file.
        edition: What it is judged as.
        condition: What press files are made for; where it is None, 300 % of ink are allowed.
        plates: The plates of its pages at `ink.PPI`, where they were drawn already.

    Returns:
        What a print shop or a reader would meet, in the order of the pages.
    """
    if b"%PDF-" not in data[:_BEFORE_THE_HEADER]:
        return [found("E100", None, problem=N_("it is not a PDF"))]
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                return [found("E101", None)]
            subject = Subject(pdf, data, edition, condition)
            endless: list[int] = []
            findings = [*_of_file(subject), *_of_pages(subject, endless)]
            if edition.in_ink and not endless:
                findings += _of_plates(subject, plates)
            return in_order(findings)
    except pikepdf.PasswordError:
        return [found("E101", None)]
    except pikepdf.PdfError:
        return [found("E100", None, problem=N_("it is damaged or cut short"))]
    except BROKEN_PDF_ERRORS as fault:
        return [found("E100", None, problem=problem_of(fault))]


def _of_file(subject: Subject) -> Iterator[Finding]:
    for findings in (standard_findings, activity_findings, carriage_findings):
        yield from _as_far_as_it_goes(findings(subject))
    if subject.edition.accessible:
        yield from _as_far_as_it_goes(accessibility_findings(subject))


def _of_pages(subject: Subject, endless: list[int]) -> Iterator[Finding]:
    """Judge page by page; those whose content has no end, and that nobody should draw, are noted."""
    try:
        destinations = destinations_of(subject.pdf)
    except BROKEN_PDF_ERRORS as fault:
        yield found("E117", None, problem=problem_of(fault))
        destinations = Destinations(frozenset(), frozenset())
    yield from _as_far_as_it_goes(bookmark_findings(subject, destinations))
    fonts: dict[Any, TypeMetrics] = {}
    types = Types(is_read_aloud=subject.edition.accessible)
    bands = 0 if subject.edition.in_ink else bands_of_intent(subject.pdf)
    for number, sheet in enumerate(subject.pdf.pages, 1):
        page = page_of(number, sheet)
        yield from _as_far_as_it_goes(box_findings(subject, page), number)
        yield from _as_far_as_it_goes(link_findings(subject, page, destinations), number)
        try:
            page = page_of(number, sheet, tuple(painted(sheet, fonts)))
        except UnreadableContentError as fault:
            yield found("E116", None, page=number, problem=fault)
            if isinstance(fault, EndlessContentError):
                endless.append(number)
        else:
            yield from _as_far_as_it_goes(_of_content(subject, page, types, bands), number)


def _of_content(subject: Subject, page: Page, types: Types, bands: int) -> Iterator[Finding]:
    yield from edge_findings(page)
    yield from fineness_findings(subject, page)
    yield from types.findings(page)
    yield from colour_findings(page) if subject.edition.in_ink else light_findings(page, bands)
    if subject.edition.accessible:
        yield from marking_findings(page)


def _of_plates(subject: Subject, plates: Iterable[Inked] | None) -> Iterator[Finding]:
    if plates is None and (harm := list(drawing_findings(subject.pdf))):
        yield from harm
        return
    limit = subject.condition.ink_limit if subject.condition is not None else USUAL_LIMIT
    # One page at a time: those of a long issue would not fit into memory together.
    drawn = plates if plates is not None else _as_far_as_it_goes(plates_of(subject.data, PPI))
    for number, (sheet, inks) in enumerate(zip(subject.pdf.pages, drawn, strict=False), 1):
        if isinstance(inks, Finding):
            yield inks
            return
        page = page_of(number, sheet)
        yield from ink_findings(page, inks, limit)
        yield from bleed_findings(page, inks)


def _as_far_as_it_goes(findings: Iterable[_Told], page: int = 0) -> Iterator[_Told | Finding]:
    """Give what a rule finds; where a broken file lets it go no further, that is a finding too."""
    try:
        yield from findings
    except BROKEN_PDF_ERRORS as fault:
        yield found("E117", None, page=page, problem=problem_of(fault))


def problem_of(fault: BaseException) -> str:
    """Return what a library says of a file, in a line; where in memory it lies is of no use to anyone."""
    said = re.sub(r"stream <[^>]*>( \([^)]*\))?: ", "", str(fault).split("\n")[0])
    return said[:120] or type(fault).__name__
