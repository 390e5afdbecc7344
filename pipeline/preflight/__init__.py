"""Preflight: a PDF judged as a print shop, a reader or an archive would judge it, in plain words.

The file is read and never touched. A broken or hostile one is a finding, not a crash.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf

from pipeline.findings import Finding, found, in_order
from pipeline.pdf_content import Area, Painted, UnreadableContentError, painted
from pipeline.plates import plates_of
from pipeline.preflight.accessibility import accessibility_findings, marking_findings
from pipeline.preflight.boxes import box_findings, edge_findings
from pipeline.preflight.carriage import carriage_findings
from pipeline.preflight.colours import colour_findings
from pipeline.preflight.fineness import fineness_findings
from pipeline.preflight.ink import PPI, USUAL_LIMIT, bleed_findings, ink_findings
from pipeline.preflight.links import destinations_of, link_findings
from pipeline.preflight.standards import standard_findings
from pipeline.preflight.subject import FAULTS, Page, Subject, box
from pipeline.preflight.type import type_findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from pipeline.editions import Edition
    from pipeline.plates import Inked
    from pipeline.printing_conditions import PrintingCondition
    from pipeline.type_metrics import TypeMetrics

_WHOLE = Area(0, 0, 0, 0)


def preflight(
    data: bytes,
    edition: Edition,
    condition: PrintingCondition | None = None,
    plates: Sequence[Inked] | None = None,
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
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                return [found("E101", None)]
            subject = Subject(pdf, data, edition, condition)
            findings = [*_of_file(subject), *_of_pages(subject)]
            if edition.in_ink:
                findings += _of_plates(subject, plates)
            return in_order(findings)
    except pikepdf.PasswordError:
        return [found("E101", None)]
    except FAULTS as fault:
        problem = str(fault).split("\n")[0][:120] or type(fault).__name__
        return [found("E100", None, problem=problem)]


def _of_file(subject: Subject) -> Iterator[Finding]:
    yield from standard_findings(subject)
    yield from carriage_findings(subject)
    if subject.edition.accessible:
        yield from accessibility_findings(subject)


def _of_pages(subject: Subject) -> Iterator[Finding]:
    destinations = destinations_of(subject.pdf)
    fonts: dict[Any, TypeMetrics] = {}
    told: set[str] = set()
    for number, page in enumerate(subject.pdf.pages, 1):
        try:
            objects = tuple(painted(page, fonts))
        except UnreadableContentError as fault:
            yield found("E116", None, page=number, problem=fault)
            yield from box_findings(subject, _page(number, page, ()))
            continue
        judged = _page(number, page, objects)
        yield from box_findings(subject, judged)
        yield from edge_findings(judged)
        yield from fineness_findings(subject, judged)
        yield from type_findings(subject, judged, told)
        yield from link_findings(subject, judged, destinations)
        if subject.edition.in_ink:
            yield from colour_findings(judged)
        if subject.edition.accessible:
            yield from marking_findings(judged)


def _page(number: int, page: pikepdf.Page, objects: tuple[Painted, ...]) -> Page:
    media = box(page, "/MediaBox") or _WHOLE
    trim = box(page, "/TrimBox") or box(page, "/CropBox") or media
    bleed = box(page, "/BleedBox") or trim
    return Page(number, page, media, trim, bleed, objects)


def _of_plates(subject: Subject, plates: Sequence[Inked] | None) -> Iterator[Finding]:
    limit = subject.condition.ink_limit if subject.condition is not None else USUAL_LIMIT
    drawn = plates if plates is not None else list(plates_of(subject.data, PPI))
    for number, (page, inks) in enumerate(zip(subject.pdf.pages, drawn, strict=False), 1):
        judged = _page(number, page, ())
        yield from ink_findings(judged, inks, limit)
        yield from bleed_findings(judged, inks)
