"""One PDF edition, from the prepared issue to its files."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from pipeline.desk.production.checked_issue import stop_on_errors
from pipeline.desk.production.edition_pages import TwinPrinter, printed_pages
from pipeline.desk.production.edition_result import EditionResult, fitting_record
from pipeline.desk.production.layout_findings import (
    IN_A_DRAFT,
    fill_findings,
    fitting_findings,
    layout_findings,
)
from pipeline.desk.production.page_assets import page_assets_of
from pipeline.desk.production.preflighting import law_findings, with_file_name
from pipeline.files.side_process import beside
from pipeline.findings.finding import IssueError, errors, with_excerpts
from pipeline.findings.place import Place
from pipeline.models.editions import SCREEN
from pipeline.models.press_plan import Spine
from pipeline.page.calendar_file import calendar_file
from pipeline.page.identity.spot_colours import spot_colours
from pipeline.page.pictures.press_conditions import condition_of
from pipeline.page.style_faults import refuse_other_formats, said_of_sheets, style_faults
from pipeline.pdf.companions.deposit_letter import deposit
from pipeline.pdf.companions.job_ticket import Printed, job_ticket
from pipeline.pdf.content.sound_pages import SoundPages
from pipeline.pdf.finishing.archive_sources import attached_files
from pipeline.pdf.finishing.fault_marks import marked_pages
from pipeline.pdf.finishing.finish import FinishingPlan, Slug, finish
from pipeline.pdf.finishing.spot_inks import SpotInk
from pipeline.pdf.finishing.tags import NoteWords
from pipeline.pdf.plates.plates import plates_of
from pipeline.pdf.preflight.ink import PPI
from pipeline.pdf.preflight.preflight import preflight
from pipeline.pdf.raster import cover_picture, soft_proof
from pipeline.typography import dates, localisation

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from pipeline.desk.production.checked_issue import ValidIssue
    from pipeline.desk.production.edition_pages import EditionPages
    from pipeline.desk.production.prepared_issue import PreparedIssue
    from pipeline.desk.production.step_timer import StepTimer
    from pipeline.findings.finding import Finding
    from pipeline.models.editions import Edition
    from pipeline.models.printing_conditions import PrintingCondition
    from pipeline.pdf.plates.plates import Inked

_REGULAR: Final = 400
"""The font weight of running text."""

_REPORTED_BEFORE: Final = frozenset({"W124", "W125"})
"""What preflight finds in a PDF, and was reported for the picture it comes from already, with its place."""

_sound_pages: Final = SoundPages()
"""Pages of any edition and issue in which nothing was found, while the process lives."""


def build_edition(prepared: PreparedIssue, edition: Edition, timer: StepTimer) -> EditionResult:
    """Build one PDF edition: typeset issue → HTML → PDF → finished PDF → its checks → companion files.

    Args:
        prepared: The issue, read, checked and typeset.
        edition: Which edition.
        timer: Notified as each step ends.

    Returns:
        The edition; where preflight or the law of the page finds errors, the PDF alone, with the faults
        marked on its pages.

    Raises:
        IssueError: The files have errors that show only in this edition.
        PressError: The pages cannot be laid out.
    """
    request, valid = prepared.request, prepared.valid
    if edition.in_ink and not valid.issue.publication.press.has_marks:
        edition = edition._replace(sheet=edition.bleed)
    condition = _condition_of(prepared) if edition.in_ink else None
    assets = page_assets_of(valid, edition, condition, fresh=request.fresh)
    timer.finished("pictures")

    printer = TwinPrinter(prepared, edition)
    with style_faults(valid.style):
        pages = printed_pages(prepared, edition, assets, lambda: timer.finished("composition"), printer)
    printed = pages.printed
    said_by_press = said_of_sheets(valid.style, printed.findings)
    if not request.is_rebuild:
        refuse_other_formats(valid.style, printed.sizes)
    about_pages = () if request.is_rebuild else _about_pages(prepared, pages)
    if not request.draft:  # A draft is made of all that can be printed, with the faults marked.
        stop_on_errors((*valid.findings, *assets.findings, *said_by_press, *about_pages))
    timer.finished("press")

    pdf = finish(printed.pdf, edition, _finishing_plan(prepared, edition, pages.identifier, condition))
    timer.finished("finishing")

    known = _sound_pages.of(pdf)

    def compared() -> tuple[tuple[Finding, ...], list[tuple[Hashable, bytes]]]:
        return law_findings(prepared, edition, pdf, assets, pages.issue, known), known.learned()

    # Neither of the two checks, nor the files that go with the edition, needs anything of the other.
    with beside(compared) as of_the_law:
        proofs: list[bytes] = []
        plates = _with_proofs(plates_of(pdf, PPI), condition, proofs) if condition is not None else None
        name = prepared.pdf_name(edition)
        found_in_file = preflight(pdf, edition, condition, plates, known)
        timer.finished("preflight")
        preflighted = with_file_name(name, list(_without_ordered_inks(found_in_file, _spots(prepared.valid))))
        companions: dict[str, bytes] = {}
        if not errors(preflighted):
            companions = _companion_files(
                prepared, edition, pdf, pages=len(printed.fills), condition=condition
            )
        timer.finished("companions")
        unlawful, learned = of_the_law()
    known.learn(learned)
    timer.finished("comparison")

    of_draft = (finding for finding in about_pages if finding.code == IN_A_DRAFT)
    faults = (*errors(about_pages), *of_draft, *unlawful, *errors(preflighted))
    outputs = {name: _with_marks(prepared, pdf, faults) if faults else pdf}
    if not errors((*preflighted, *unlawful)):
        outputs |= companions
        outputs |= {_proof_name(name, page): proof for page, proof in enumerate(proofs, 1)}

    findings = (
        *valid.findings,
        *assets.findings,
        *said_by_press,
        *about_pages,
        *fitting_findings(pages.issue, pages.fitted),
        *fill_findings(valid.issue, printed.fills, [each.page for each in pages.fitted.advice]),
        *unlawful,
        *(finding for finding in preflighted if finding.code not in _REPORTED_BEFORE),
    )
    return EditionResult(outputs, findings, printed.fills, timer.take_seconds(), fitting_record(pages.fitted))


def _with_marks(prepared: PreparedIssue, pdf: bytes, faults: Iterable[Finding]) -> bytes:
    """Return a PDF with its faults marked; one that is refused says so on its first page."""
    notice = localisation.label("Refused: not to be published", prepared.valid.issue.language)
    is_draft = prepared.request.draft
    return marked_pages(pdf, faults, prepared.heading_font(_REGULAR), "" if is_draft else notice)


def _about_pages(prepared: PreparedIssue, pages: EditionPages) -> tuple[Finding, ...]:
    findings = layout_findings(pages.issue, pages.printed.faults, is_draft=prepared.request.draft)
    return tuple(with_excerpts(findings, prepared.valid.reading.sources))


def _condition_of(prepared: PreparedIssue) -> PrintingCondition:
    """Return the printing condition of the publication.

    Raises:
        IssueError: The publication's settings for print have errors.
    """
    issue = prepared.valid.issue
    place = issue.publication_places.get("press", Place("issues/publication.yaml"))
    try:
        return condition_of(issue.publication.press, prepared.request.workspace.issues, place)
    except IssueError as error:
        raise IssueError(with_excerpts(error.findings, prepared.valid.reading.sources)) from error


def _finishing_plan(
    prepared: PreparedIssue, edition: Edition, identifier: bytes, condition: PrintingCondition | None
) -> FinishingPlan:
    valid = prepared.valid
    language = valid.issue.language
    notes = NoteWords(
        localisation.label("To the note", language), localisation.label("Back to the text", language)
    )
    plan = FinishingPlan(identifier, notes, valid.issue.date)
    if condition is not None:
        line = _slug_line(prepared, edition, identifier, condition)
        # Pages of one column that were filed before bleed on all four sides.
        ends = valid.style.plan.is_made_up and valid.issue.publication.press.spine is not Spine.BLEED
        slug = Slug(line, prepared.heading_font(_REGULAR))
        return plan._replace(condition=condition, slug=slug, ends_at_spine=ends, spots=_spots(valid))
    if edition.carries_sources:
        files = attached_files(
            valid.reading.files,
            valid.style,
            prepared.lock,
            issue=prepared.request.folder.name,
            language=language,
            as_filed=prepared.request.is_rebuild,
        )
        return plan._replace(attachments=files)
    return plan


def _spots(valid: ValidIssue) -> tuple[SpotInk, ...]:
    """Return the inks that are mixed for the colours of the house."""
    colours = spot_colours(valid.issue.publication.press, valid.style.plan.tokens)
    return tuple(SpotInk(name, tuple(ink / 100 for ink in inks)) for name, inks in colours)


def _without_ordered_inks(findings: Iterable[Finding], spots: Iterable[SpotInk]) -> Iterator[Finding]:
    """Yield findings but those about further inks that were ordered (W120)."""
    ordered = {spot.name for spot in spots}
    yield from (
        each for each in findings if each.code != "W120" or dict(each.values).get("name") not in ordered
    )


def _slug_line(
    prepared: PreparedIssue, edition: Edition, identifier: bytes, condition: PrintingCondition
) -> Callable[[int, int], str]:
    """Return a function that gives the slug of a page, by its number and how many pages there are."""
    issue = prepared.valid.issue
    issued = dates.full_date(issue.date, issue.language)
    name = prepared.pdf_name(edition)

    def line(page: int, pages: int) -> str:
        return "  ·  ".join((f"{page}/{pages}", name, issued, condition.info, identifier.hex()[:8]))

    return line


def _with_proofs(
    plates: Iterable[Inked], condition: PrintingCondition, proofs: list[bytes]
) -> Iterator[Inked]:
    """Pass the separations of each page on, and add a soft proof of each to `proofs`.

    Preflight takes them one after another, so that only one page is in memory at a time.
    """
    for inks in plates:
        proofs.append(soft_proof(inks, condition))
        yield inks


def _proof_name(name: str, page: int) -> str:
    return f"{name.removesuffix('.pdf')}-proof-{page}.png"


def _companion_files(
    prepared: PreparedIssue,
    edition: Edition,
    pdf: bytes,
    *,
    pages: int,
    condition: PrintingCondition | None,
) -> dict[str, bytes]:
    """Return the files that go with an edition, by their names after it.

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
