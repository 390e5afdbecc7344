"""One PDF edition, from the prepared issue to its files."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from pipeline.desk.production.checked_issue import stop_on_errors
from pipeline.desk.production.companion_files import companion_files
from pipeline.desk.production.edition_result import EditionResult
from pipeline.desk.production.layout_findings import IN_A_DRAFT, fill_findings, layout_findings
from pipeline.desk.production.page_assets import page_assets_of
from pipeline.desk.production.preflighting import law_findings, with_file_name
from pipeline.findings.finding import IssueError, errors, with_excerpts
from pipeline.findings.place import Place
from pipeline.page.composition import anchor, compose_html
from pipeline.page.cover_plan import WHOLE_COVER
from pipeline.page.engine.cover_boxes import MAY_OVERRUN
from pipeline.page.engine.press import print_pdf
from pipeline.page.makeup.fitting import loose_articles
from pipeline.page.pictures.press_conditions import condition_of
from pipeline.pdf.finishing.archive_sources import attached_files
from pipeline.pdf.finishing.fault_marks import marked_pages
from pipeline.pdf.finishing.finish import FinishingPlan, Slug, finish
from pipeline.pdf.finishing.tags import NoteWords
from pipeline.pdf.plates.plates import plates_of
from pipeline.pdf.preflight.ink import PPI
from pipeline.pdf.preflight.preflight import preflight
from pipeline.pdf.raster import soft_proof
from pipeline.typography import localisation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pipeline.desk.production.page_assets import PageAssets
    from pipeline.desk.production.prepared_issue import PreparedIssue
    from pipeline.desk.production.step_timer import StepTimer
    from pipeline.findings.finding import Finding
    from pipeline.models.editions import Edition
    from pipeline.models.printing_conditions import PrintingCondition
    from pipeline.page.cover_plan import CoverPlan
    from pipeline.page.engine.fetching import Asset
    from pipeline.page.engine.press import PrintedDocument
    from pipeline.pdf.plates.plates import Inked

_REGULAR: Final = 400
"""The font weight of running text."""

_REPORTED_BEFORE: Final = frozenset({"W124", "W125"})
"""What preflight finds in a PDF, and was reported for the picture it comes from already, with its place."""


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
    condition = _condition_of(prepared) if edition.in_ink else None
    assets = page_assets_of(valid, edition, condition, fresh=request.fresh)
    timer.finished("pictures")

    printed, identifier = _printed(prepared, edition, assets, timer)
    about_pages = () if request.is_rebuild else _about_pages(prepared, printed)
    if not request.draft:  # A draft is made of all that can be printed, with the faults marked.
        stop_on_errors((*valid.findings, *assets.findings, *printed.findings, *about_pages))
    timer.finished("press")

    pdf = finish(printed.pdf, edition, _finishing_plan(prepared, edition, identifier, condition))
    timer.finished("finishing")

    unlawful = law_findings(prepared, edition, pdf)
    timer.finished("comparison")

    proofs: list[bytes] = []
    plates = _with_proofs(plates_of(pdf, PPI), condition, proofs) if condition is not None else None
    name = prepared.pdf_name(edition)
    preflighted = with_file_name(name, preflight(pdf, edition, condition, plates))
    timer.finished("preflight")

    of_draft = (finding for finding in about_pages if finding.code == IN_A_DRAFT)
    faults = (*errors(about_pages), *of_draft, *unlawful, *errors(preflighted))
    outputs = {name: _with_marks(prepared, pdf, faults) if faults else pdf}
    if not errors((*preflighted, *unlawful)):
        outputs |= companion_files(prepared, edition, pdf, pages=len(printed.fills), condition=condition)
        outputs |= {_proof_name(name, page): proof for page, proof in enumerate(proofs, 1)}
    timer.finished("companions")

    findings = (
        *valid.findings,
        *assets.findings,
        *printed.findings,
        *about_pages,
        *fill_findings(valid.issue, printed.fills),
        *unlawful,
        *(finding for finding in preflighted if finding.code not in _REPORTED_BEFORE),
    )
    return EditionResult(outputs, findings, printed.fills, timer.take_seconds())


def _with_marks(prepared: PreparedIssue, pdf: bytes, faults: Iterable[Finding]) -> bytes:
    """Return a PDF with its faults marked; one that is refused says so on its first page."""
    notice = localisation.label("Refused: not to be published", prepared.valid.issue.language)
    is_draft = prepared.request.draft
    return marked_pages(pdf, faults, prepared.heading_font(_REGULAR), "" if is_draft else notice)


def _printed(
    prepared: PreparedIssue, edition: Edition, assets: PageAssets, timer: StepTimer
) -> tuple[PrintedDocument, bytes]:
    """Compose and print; where the first page cannot hold its contents, again with a page of their own.

    Returns:
        The printed document, and its file identifier.
    """
    style, plan, before = prepared.valid.style, WHOLE_COVER, ""
    while True:
        html = compose_html(
            prepared.typeset,
            edition,
            style,
            assets.pictures,
            draft=prepared.request.draft,
            cover_plan=plan,
        )
        if plan is WHOLE_COVER:
            timer.finished("composition")
        identifier = _identifier(html, assets.files)
        # A style's own templates may know no such page: then a further plan changes nothing.
        is_last = html == before or plan == plan.after(MAY_OVERRUN)
        printed = print_pdf(
            html,
            edition,
            assets.files,
            identifier=identifier,
            rhythm=style.plan.page,
            draws_overruns=is_last,
        )
        if is_last or not printed.overruns:
            return _fitted(prepared, edition, assets, plan, (printed, identifier))
        plan, before = plan.after(printed.overruns), html


def _fitted(
    prepared: PreparedIssue,
    edition: Edition,
    assets: PageAssets,
    plan: CoverPlan,
    first: tuple[PrintedDocument, bytes],
) -> tuple[PrintedDocument, bytes]:
    """Return pages with lower photographs, if these save a page nearly empty; else those printed first."""
    style, printed = prepared.valid.style, first[0]
    loose = loose_articles(printed.fills, printed.articles) if style.plan.is_made_up else frozenset()
    names = [each.name for each in prepared.typeset.articles if anchor(each.name) in loose]
    if not names:
        return first
    html = compose_html(
        prepared.typeset,
        edition,
        style,
        assets.pictures,
        draft=prepared.request.draft,
        cover_plan=plan,
        low=names,
    )
    identifier = _identifier(html, assets.files)
    fitted = print_pdf(html, edition, assets.files, identifier=identifier, rhythm=style.plan.page)
    return (fitted, identifier) if len(fitted.fills) < len(printed.fills) else first


def _about_pages(prepared: PreparedIssue, printed: PrintedDocument) -> tuple[Finding, ...]:
    findings = layout_findings(prepared.typeset, printed.faults, is_draft=prepared.request.draft)
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


def _identifier(html: str, assets: Mapping[str, Asset]) -> bytes:
    """Derive the file identifier from the content, so that equal content gives equal bytes."""
    digest = hashlib.sha256(html.encode())
    for name in sorted(assets):
        digest.update(name.encode() + hashlib.sha256(assets[name].data).digest())
    return digest.digest()[:16]


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
        return plan._replace(condition=condition, slug=Slug(line, prepared.heading_font(_REGULAR)))
    if edition.carries_sources:
        files = attached_files(
            valid.reading.files,
            valid.style,
            prepared.lock,
            issue=prepared.request.folder.name,
            language=language,
        )
        return plan._replace(attachments=files)
    return plan


def _slug_line(
    prepared: PreparedIssue, edition: Edition, identifier: bytes, condition: PrintingCondition
) -> Callable[[int, int], str]:
    """Return a function that gives the slug of a page, by its number and how many pages there are."""
    issue = prepared.valid.issue
    issued = localisation.full_date(issue.date, issue.language)
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
