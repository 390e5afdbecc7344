"""The files that go with a PDF edition, named after it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipeline.models.editions import SCREEN
from pipeline.page.calendar_file import calendar_file
from pipeline.pdf.companions.deposit_letter import deposit
from pipeline.pdf.companions.job_ticket import Printed, job_ticket
from pipeline.pdf.raster import cover_picture

if TYPE_CHECKING:
    from pipeline.desk.production.prepared_issue import PreparedIssue
    from pipeline.models.editions import Edition
    from pipeline.models.printing_conditions import PrintingCondition


def companion_files(
    prepared: PreparedIssue,
    edition: Edition,
    pdf: bytes,
    *,
    pages: int,
    condition: PrintingCondition | None,
) -> dict[str, bytes]:
    """Return the companion files of an edition, by file name.

    The screen edition has a picture of its first page and the calendar file of its dates; the press edition
    the job ticket for the print shop; the archive edition the deposit letter.

    Args:
        prepared: The issue.
        edition: Which edition.
        pdf: Its PDF.
        pages: How many pages that has.
        condition: The printing condition, if it is in ink.
    """
    issue, stem = prepared.valid.issue, prepared.request.stem
    if edition is SCREEN:
        events = calendar_file(issue)
        return {f"{stem}-cover.png": cover_picture(pdf)} | ({f"{stem}.ics": events} if events else {})
    file = Printed(prepared.pdf_name(edition), hashlib.sha256(pdf).hexdigest(), len(pdf), pages)
    if edition.carries_sources:
        variant = stem.removeprefix(f"bulletin-{prepared.request.folder.name}")
        return {f"deposit{variant}.txt": deposit(issue, file).encode()}
    if condition is not None:
        return {f"{stem}{edition.suffix}.txt": job_ticket(issue, file, edition, condition).encode()}
    return {}
