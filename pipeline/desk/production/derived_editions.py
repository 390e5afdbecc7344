"""What is built from the finished screen edition: the booklet, and the mail edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.desk.production.edition_result import EditionResult
from pipeline.desk.production.page_assets import page_assets_of
from pipeline.desk.production.printed_pictures import house_logo_source
from pipeline.findings.finding import found
from pipeline.findings.place import Place
from pipeline.mail_edition.contents import PdfFile
from pipeline.mail_edition.html import HOUSE_HEIGHT, HousePicture, compose_mail
from pipeline.mail_edition.mail_law import mail_findings
from pipeline.mail_edition.parity import OnlyInMail, parity
from pipeline.mail_edition.text_places import text_finder
from pipeline.models.editions import MAIL, SCREEN
from pipeline.models.publication import EU_EMBLEM
from pipeline.page.style import ORIGIN
from pipeline.pdf.imposition import PAGES_A_SHEET, impose_booklet
from pipeline.pdf.logo_pictures import drawing_picture
from pipeline.typography import localisation

if TYPE_CHECKING:
    from pipeline.desk.production.prepared_issue import PreparedIssue
    from pipeline.desk.production.step_timer import StepTimer
    from pipeline.findings.finding import Finding
    from pipeline.mail_edition.html import MailBody
    from pipeline.models.issue import Issue

_BOLD: Final = 700
"""The font weight of headings."""


def build_booklet(prepared: PreparedIssue, screen: EditionResult, timer: StepTimer) -> EditionResult:
    """Impose the pages of the screen edition on sheets for folding.

    Args:
        prepared: The issue.
        screen: Its screen edition.
        timer: Notified when this is finished.

    Returns:
        The booklet, with a warning (W13) where pages are left blank.
    """
    issue = prepared.valid.issue
    pdf = next(iter(screen.outputs.values()))
    heading = localisation.label("Notes", issue.language)
    leaf = float(issue.publication.press.leaf or 0)
    imposed = impose_booklet(pdf, prepared.heading_font(_BOLD), heading, leaf)
    timer.finished("imposition")
    findings = []
    if imposed.blanks:
        over = imposed.pages % PAGES_A_SHEET
        findings.append(
            found(
                "W13",
                Place(f"{issue.folder}/issue.yaml"),
                over=over,
                blank=imposed.blanks,
                guess=imposed.pages - over or "",
                more=imposed.pages + imposed.blanks,
            )
        )
    name = f"{prepared.request.stem}-booklet.pdf"
    return EditionResult({name: imposed.pdf}, tuple(findings), (), timer.take_seconds())


def build_mail_edition(prepared: PreparedIssue, screen: EditionResult, timer: StepTimer) -> EditionResult:
    """Compose the mail edition, and compare it with the PDF of the screen edition.

    Args:
        prepared: The issue.
        screen: Its screen edition, without errors.
        timer: Notified when this is finished.
    """
    request, valid = prepared.request, prepared.valid
    pdf_name, pdf = next(iter(screen.outputs.items()))
    body = compose_mail(
        prepared.typeset,
        valid.style,
        PdfFile(pdf_name, len(pdf), len(screen.fills)),
        *mail_logos(prepared),
        is_own=not request.is_translation,
        draft=request.draft,
    )
    stem = f"{request.stem}-{MAIL}"
    outputs = {f"{stem}.html": body.html.encode(), f"{stem}.txt": body.text.encode()}
    outputs |= {f"{stem}-{logo.name}": logo.data for logo in body.logos.values()}
    # What was published is built as it was.
    differences = () if request.is_rebuild else _differences(prepared.typeset, body, pdf)
    findings = (*valid.findings, *body.findings, *differences)
    timer.finished("mail")
    return EditionResult(outputs, findings, (), timer.take_seconds())


def _differences(issue: Issue, body: MailBody, pdf: bytes) -> tuple[Finding, ...]:
    """Hold the finished mail against the pages and against the issue."""
    contents = body.contents
    entry_links = (entry.link for part in contents.parts for entry in part.entries)
    only_in_mail = OnlyInMail(
        texts=(contents.file, contents.button),
        addresses=(contents.online, contents.reply_to, *entry_links),
    )
    differences = parity(pdf, body.html, body.text, only_in_mail, text_finder(issue))
    return (*differences, *mail_findings(issue, contents, body.html, body.text))


def mail_logos(prepared: PreparedIssue) -> tuple[dict[str, tuple[bytes, str]], HousePicture | None]:
    """Return the funders' logos with their media types, by source, and the house's own.

    The EU emblem needs no file.

    Args:
        prepared: The issue.
    """
    valid = prepared.valid
    house = house_logo_source(valid, SCREEN)
    if not house and all(funder.logo in {None, EU_EMBLEM} for funder in valid.issue.funders):
        return {}, None
    assets = page_assets_of(valid, SCREEN, fresh=prepared.request.fresh)
    files = {
        source: assets.files[picture.url.removeprefix(ORIGIN)] for source, picture in assets.pictures.items()
    }
    logos = {source: (file.data, file.media_type) for source, file in files.items()}
    if not house:
        return logos, None
    printed, (data, media_type) = assets.pictures[house], logos[house]
    if media_type not in {"image/png", "image/jpeg"}:
        data = drawing_picture(data, printed.proportion, 2 * HOUSE_HEIGHT, valid.style)
        media_type = "image/png"
    assert printed.colours is not None  # noqa: S101 - page_assets_of looks at the house's logo
    return logos, HousePicture(data, media_type, printed.proportion, printed.colours)
