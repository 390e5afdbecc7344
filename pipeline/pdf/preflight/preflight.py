"""Preflight: a PDF is checked against the requirements of a print shop, a reader or an archive.

The file is only read. A broken or hostile one gives findings and raises nothing.
"""

from __future__ import annotations

import contextlib
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pikepdf

from pipeline.findings.finding import Finding, found, in_order
from pipeline.findings.translatable import N_
from pipeline.pdf.content.broken_files import BROKEN_PDF_ERRORS, problem_of
from pipeline.pdf.content.painting.page_content import EndlessContentError, UnreadableContentError, painted
from pipeline.pdf.content.sound_pages import NONE_KNOWN
from pipeline.pdf.plates.plates import plates_of
from pipeline.pdf.preflight.accessibility import (
    document_findings,
    element_findings,
    language_findings,
    marking_findings,
    note_findings,
    role_findings,
    tags_of,
)
from pipeline.pdf.preflight.attachments import attachment_findings
from pipeline.pdf.preflight.blame import blamed
from pipeline.pdf.preflight.boxes import box_findings, edge_findings
from pipeline.pdf.preflight.checked_pdf import CheckedPdf, box, checked_page
from pipeline.pdf.preflight.colours import colour_findings, light_findings
from pipeline.pdf.preflight.fonts import FontChecks
from pipeline.pdf.preflight.ink import PPI, USUAL_LIMIT, bleed_findings, ink_findings
from pipeline.pdf.preflight.limits import MOST_PAGES, drawing_findings, packed_objects
from pipeline.pdf.preflight.links import Destinations, bookmark_findings, destinations_of, link_findings
from pipeline.pdf.preflight.resolution import fineness_findings
from pipeline.pdf.preflight.standards import activity_findings, bands_of_intent, standard_findings
from pipeline.pdf.preflight.tags.nesting import nesting_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from pipeline.models.editions import Edition
    from pipeline.models.printing_conditions import PrintingCondition
    from pipeline.pdf.content.font_metrics import TypeMetrics
    from pipeline.pdf.content.sound_pages import FilePages
    from pipeline.pdf.plates.plates import Inked
    from pipeline.pdf.preflight.checked_pdf import CheckedPage
    from pipeline.pdf.preflight.tags.elements import Element

_BOXES: Final = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox")

_BEFORE_THE_HEADER: Final = 1024
"""Bytes within which a PDF says that it is one (ISO 32000-1, annex H.3.4.1)."""


def preflight(
    data: bytes,
    edition: Edition,
    condition: PrintingCondition | None = None,
    plates: Iterable[Inked] | None = None,
    pages: FilePages = NONE_KNOWN,
) -> list[Finding]:
    """Check a PDF as an edition.

    Args:
        data: The file.
        edition: Whose rules apply.
        condition: What press files are printed for; where it is None, 300 % of ink are allowed.
        plates: The separations of its pages at `ink.PPI`, where they are known already.
        pages: Its pages: what a page paints is not checked again where nothing was found in it before.

    Returns:
        The findings, in the order of the pages.
    """
    return in_order(findings_of(data, edition, condition, plates, pages))


def findings_of(
    data: bytes,
    edition: Edition,
    condition: PrintingCondition | None = None,
    plates: Iterable[Inked] | None = None,
    pages: FilePages = NONE_KNOWN,
) -> Iterator[Finding]:
    """Yield the findings of `preflight` as they are made, so that what is found is known if it is stopped."""
    if b"%PDF-" not in data[:_BEFORE_THE_HEADER]:
        yield found("E100", None, problem=N_("it is not a PDF"))
        return
    try:
        if problem := packed_objects(data):
            yield found("E128", None, problem=problem)
            return
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                yield found("E101", None)
                return
            yield from _of_open(CheckedPdf(pdf, data, edition, condition), plates, pages)
    except pikepdf.PasswordError:
        yield found("E101", None)
    except pikepdf.PdfError:
        yield found("E100", None, problem=N_("it is damaged or cut short"))
    except BROKEN_PDF_ERRORS as fault:
        yield found("E100", None, problem=problem_of(fault))


def _of_open(checked: CheckedPdf, plates: Iterable[Inked] | None, pages: FilePages) -> Iterator[Finding]:
    if len(checked.pdf.pages) > MOST_PAGES:
        yield found("E128", None, problem=N_("it has more than 1000 pages"))
        return
    yield from _of_file(checked)
    endless: list[int] = []
    yield from _of_pages(checked, endless, pages)
    if checked.edition.in_ink and not endless:
        yield from _held("plates", checked, _of_plates(checked, plates))


def _of_file(checked: CheckedPdf) -> Iterator[Finding]:
    yield from _held("standards", checked, standard_findings(checked))
    yield from _held("activity", checked, activity_findings(checked))
    yield from _held("attachments", checked, attachment_findings(checked))
    if checked.edition.accessible:
        yield from _held("document", checked, document_findings(checked))
        elements: list[Element] = []
        yield from _held("tags", checked, _gathered(tags_of, checked, elements))
        yield from _held("languages", checked, language_findings(checked, elements))
        yield from _held("roles", checked, role_findings(checked, elements))
        yield from _held("elements", checked, element_findings(elements))
        yield from _held("nesting", checked, nesting_findings(elements))
        yield from _held("notes", checked, note_findings(elements))


def _gathered(
    read: Callable[[CheckedPdf], list[Element]], checked: CheckedPdf, into: list[Element]
) -> Iterator[Finding]:
    into += read(checked)
    yield from ()


def _of_pages(checked: CheckedPdf, endless: list[int], known: FilePages) -> Iterator[Finding]:
    """Check page by page; the pages with endless content, which must not be drawn, go to `endless`."""
    destinations = Destinations(frozenset(), frozenset())
    try:
        destinations = destinations_of(checked.pdf)
    except BROKEN_PDF_ERRORS as fault:
        yield blamed("destinations", fault, checked.pdf)
    yield from _held("bookmarks", checked, bookmark_findings(checked, destinations))
    fonts: dict[Any, TypeMetrics] = {}
    font_checks = FontChecks(is_read_aloud=checked.edition.accessible)
    bands = 0 if checked.edition.in_ink else bands_of_intent(checked.pdf)
    judged: dict[Any, list[Finding]] = {}
    rules = ("painting", checked.edition.in_ink, checked.edition.accessible)
    for number, sheet in enumerate(checked.pdf.pages, 1):
        page = checked_page(number, sheet)
        yield from _held("boxes", checked, box_findings(checked, page), number)
        yield from _held("links", checked, link_findings(checked, page, destinations), number)
        # A page that paints what another does is not painted again.
        key = _what_it_paints(sheet)
        if key in judged:
            yield from (replace(finding, page=number) for finding in judged[key])
            continue
        findings: list[Finding] = []
        what_it_paints = _of_painted(checked, page, fonts, font_checks, bands, endless)
        # A fault of a font is reported once: a page behind it is not sound because nothing is reported of it.
        if not font_checks.have_reported:
            what_it_paints = known.found(number, (*rules, bands), what_it_paints)
        for finding in what_it_paints:
            findings.append(finding)
            yield finding
        if key is not None:
            judged[key] = findings


def _of_painted(
    checked: CheckedPdf,
    page: CheckedPage,
    fonts: dict[Any, TypeMetrics],
    font_checks: FontChecks,
    bands: int,
    endless: list[int],
) -> Iterator[Finding]:
    number = page.number
    try:
        page = checked_page(number, page.page, tuple(painted(page.page, fonts)))
    except UnreadableContentError as fault:
        yield found("E116", None, page=number, problem=fault)
        if isinstance(fault, EndlessContentError):
            endless.append(number)
        return
    except BROKEN_PDF_ERRORS as fault:
        yield blamed("content", fault, checked.pdf, number)
        endless.append(number)
        return
    yield from _held("edges", checked, edge_findings(page), number)
    yield from _held("fineness", checked, fineness_findings(checked, page), number)
    yield from _held("fonts", checked, font_checks.findings(page), number)
    colours = colour_findings(page) if checked.edition.in_ink else light_findings(page, bands)
    yield from _held("colours", checked, colours, number)
    if checked.edition.accessible:
        yield from _held("marking", checked, marking_findings(page), number)


def _what_it_paints(sheet: pikepdf.Page) -> Any:
    """Return what a page paints, as a key; None where it is written in the page itself."""
    page: Any = sheet.obj
    with contextlib.suppress(*BROKEN_PDF_ERRORS):
        parts = []
        for name in ("/Contents", "/Resources", "/Group"):
            part = page.get(name)
            listed = list(part) if isinstance(part, pikepdf.Array) else [part]
            known = [each for each in listed if each is not None]
            if not all(each.is_indirect for each in known):
                return None
            parts.append(tuple(each.objgen for each in known))
        return (*parts, *(box(sheet, name) for name in _BOXES)) if parts[0] and parts[1] else None
    return None


def _of_plates(checked: CheckedPdf, plates: Iterable[Inked] | None) -> Iterator[Finding]:
    if plates is None and (harm := list(drawing_findings(checked.pdf))):
        yield from harm
        return
    limit = checked.condition.ink_limit if checked.condition is not None else USUAL_LIMIT
    # One page at a time: those of a long issue would not fit into memory together.
    drawn = plates if plates is not None else plates_of(checked.data, PPI)
    for number, (sheet, inks) in enumerate(zip(checked.pdf.pages, drawn, strict=False), 1):
        page = checked_page(number, sheet)
        yield from ink_findings(page, inks, limit)
        yield from bleed_findings(page, inks)


def _held(rule: str, checked: CheckedPdf, findings: Iterable[Finding], page: int = 0) -> Iterator[Finding]:
    """Yield the findings of a rule; where it fails, whose fault that is (E117, E127). The others go on."""
    try:
        yield from findings
    except BROKEN_PDF_ERRORS as fault:
        yield blamed(rule, fault, checked.pdf, page)
