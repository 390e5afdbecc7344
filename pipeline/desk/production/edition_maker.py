"""An issue on its way through the press: read once, then composed and printed for each edition."""

from __future__ import annotations

import functools
import hashlib
import time
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.production.assets import materials_of
from pipeline.desk.production.edition_result import Made
from pipeline.desk.production.issue_checks import Checked, checked, stop_on_errors
from pipeline.desk.production.preflighting import of_file
from pipeline.findings.finding import Finding, IssueError, errors, found, with_excerpts
from pipeline.findings.place import Place
from pipeline.mail_edition.contents import PdfFile
from pipeline.mail_edition.html import compose_mail
from pipeline.mail_edition.parity import parity
from pipeline.models.editions import MAIL, SCREEN
from pipeline.models.publication import EU_EMBLEM
from pipeline.page.calendar_file import calendar_file
from pipeline.page.composition import compose_html
from pipeline.page.engine.press import print_pdf
from pipeline.page.inks import condition_of
from pipeline.page.style import ORIGIN
from pipeline.pdf.companions.deposit_letter import deposit
from pipeline.pdf.companions.job_ticket import Printed, job_ticket
from pipeline.pdf.finishing.archive_sources import carried_files
from pipeline.pdf.finishing.finish import FinishingPlan, Slug, finish
from pipeline.pdf.finishing.tags import NoteWords
from pipeline.pdf.imposition import PAGES_A_SHEET, impose_booklet
from pipeline.pdf.plates.plates import plates_of
from pipeline.pdf.preflight.ink import PPI
from pipeline.pdf.preflight.judge import preflight
from pipeline.pdf.raster import cover_picture, soft_proof
from pipeline.typography import localisation
from pipeline.typography.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.desk.production.order import Order
    from pipeline.files.lock import Lock
    from pipeline.findings.progress import Progress
    from pipeline.models.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.models.printing_conditions import PrintingCondition
    from pipeline.page.engine.page_boxes import PageFill
    from pipeline.page.engine.press import Asset
    from pipeline.page.style import Style
    from pipeline.pdf.plates.plates import Inked

FEWEST_ON_LAST: Final = 3
"""The last page holds at least a third of its lines."""

MOST_SHORT: Final = 4
"""Lines by which any other page may end short."""

_PLAIN: Final = 400
_BOLD: Final = 700
"""The weights of running text and of heads."""

_READING: Final = ("reading", "typography")
_EDITION: Final = ("pictures", "composition", "press", "finishing", "preflight", "companions")

_SAID_OF_THE_FILES: Final = frozenset({"W124", "W125"})
"""What preflight finds in a PDF, and was said already of the picture it comes from, with its place."""


class _Read(NamedTuple):
    """What all editions begin with: the issue as read and as it is to be set."""

    looked: Checked
    issue: Issue
    typeset: Issue
    style: Style


class Making:
    """Makes the editions of an order; the issue is read when the first of them is made.

    Args:
        order: What is to be built.
        lock: What it is made from.
        progress: Hears of each step.
    """

    def __init__(self, order: Order, lock: Lock, progress: Progress) -> None:
        """Take the order."""
        self._order = order
        self._lock = lock
        self._clock = _Clock(
            progress, len(_READING) + len(_EDITION) * len(order.editions) + order.booklet + order.mail
        )

    def make(self, edition: Edition) -> Made:
        """Make an edition and judge it.

        Returns:
            The edition; where preflight finds errors, the file it refuses and nothing else.

        Raises:
            IssueError: The files have errors.
            PressError: The page cannot be made.
        """
        order, clock, read = self._order, self._clock, self._read
        condition = self._condition if edition.in_ink else None
        materials = materials_of(read.issue, read.looked, read.style, edition, condition, fresh=order.fresh)
        clock.done("pictures")
        html = compose_html(read.typeset, edition, read.style, materials.pictures, draft=order.draft)
        clock.done("composition")
        identifier = _identifier(html, materials.assets)
        pressed = print_pdf(html, edition, materials.assets, identifier, read.style.plan.page)
        stop_on_errors((*read.looked.findings, *materials.findings, *pressed.findings))
        clock.done("press")
        name = f"{order.stem}{edition.suffix}.pdf"
        pdf = finish(pressed.pdf, edition, self._plan(name, edition, identifier))
        clock.done("finishing")
        proofs: list[bytes] = []
        plates = _proofed(plates_of(pdf, PPI), condition, proofs) if condition is not None else None
        judged = of_file(name, preflight(pdf, edition, condition, plates))
        clock.done("preflight")
        companions = (
            {}
            if errors(judged)
            else self._companions(
                edition,
                Printed(name, hashlib.sha256(pdf).hexdigest(), len(pdf), len(pressed.fills)),
                pdf,
                proofs,
            )
        )
        clock.done("companions")
        findings = (
            *read.looked.findings,
            *materials.findings,
            *pressed.findings,
            *_fill_findings(read.issue, pressed.fills),
            *(finding for finding in judged if finding.code not in _SAID_OF_THE_FILES),
        )
        return Made({name: pdf, **companions}, findings, pressed.fills, clock.taken())

    def booklet(self, pdf: bytes) -> Made:
        """Fold the pages of the screen edition into a booklet."""
        issue = self._read.issue
        imposed = impose_booklet(pdf, self._face(_BOLD), localisation.label("Notes", issue.language))
        self._clock.done("imposition")
        findings = []
        if imposed.blanks:
            place = Place(f"{issue.folder}/issue.yaml")
            over = imposed.pages % PAGES_A_SHEET
            findings.append(
                found(
                    "W13",
                    place,
                    over=over,
                    blank=imposed.blanks,
                    guess=imposed.pages - over or "",
                    more=imposed.pages + imposed.blanks,
                )
            )
        name = f"{self._order.stem}-booklet.pdf"
        return Made({name: imposed.pdf}, tuple(findings), (), self._clock.taken())

    def mail(self, screen: Made) -> Made:
        """Make the mail edition of what was made for members, and hold it against its PDF.

        Args:
            screen: The screen edition, found good.
        """
        read, order = self._read, self._order
        name, pdf = next(iter(screen.outputs.items()))
        file = PdfFile(name, len(pdf), len(screen.fills))
        body = compose_mail(
            read.typeset,
            read.style,
            file,
            self._logos(),
            is_own=not order.is_translation,
            draft=order.draft,
        )
        said = (body.contents.file, body.contents.button)
        stem = f"{order.stem}-{MAIL}"
        outputs = {f"{stem}.html": body.html.encode(), f"{stem}.txt": body.text.encode()}
        outputs |= {f"{stem}-{logo.name}": logo.data for logo in body.logos.values()}
        findings = (*read.looked.findings, *body.findings, *parity(pdf, body.html, body.text, said))
        self._clock.done("mail")
        return Made(outputs, findings, (), self._clock.taken())

    def _logos(self) -> dict[str, tuple[bytes, str]]:
        """Return the funders' logos as a screen shows them; the EU emblem is drawn wherever it is wanted."""
        read = self._read
        if all(funder.logo in {None, EU_EMBLEM} for funder in read.issue.funders):
            return {}
        materials = materials_of(read.issue, read.looked, read.style, SCREEN, fresh=self._order.fresh)
        assets = {
            source: materials.assets[picture.url.removeprefix(ORIGIN)]
            for source, picture in materials.pictures.items()
        }
        return {source: (asset.data, asset.media_type) for source, asset in assets.items()}

    @functools.cached_property
    def _read(self) -> _Read:
        looked = checked(self._order.folder, self._order.workspace, self._order.language)
        stop_on_errors(looked.findings)
        issue, style = looked.reading.issue, looked.style
        assert issue is not None  # noqa: S101 - an issue that is not whole has errors
        assert style is not None  # noqa: S101 - likewise
        self._clock.done("reading")
        set_issue = typeset(issue)
        self._clock.done("typography")
        return _Read(looked, issue, set_issue, style)

    def _plan(self, name: str, edition: Edition, identifier: bytes) -> FinishingPlan:
        read = self._read
        language = read.issue.language
        notes = NoteWords(
            localisation.label("To the note", language), localisation.label("Back to the text", language)
        )
        plan = FinishingPlan(identifier, notes, read.issue.date)
        if edition.in_ink:
            return plan._replace(
                condition=self._condition, slug=Slug(self._slug(name, identifier), self._face(_PLAIN))
            )
        if edition.carries_sources:
            files = carried_files(
                self._order.folder.name, language, read.looked.reading.files, read.style, self._lock
            )
            return plan._replace(carried=files)
        return plan

    def _slug(self, name: str, identifier: bytes) -> Callable[[int, int], str]:
        issued = localisation.full_date(self._read.issue.date, self._read.issue.language)
        info = self._condition.info

        def words(page: int, pages: int) -> str:
            return "  ·  ".join((f"{page}/{pages}", name, issued, info, identifier.hex()[:8]))

        return words

    def _face(self, weight: int) -> Path:
        """Return the file of the upright face for heads that comes nearest to a weight."""
        style = self._read.style
        family = style.plan.families["head"]
        faces = [face for face in style.plan.faces if face.family == family and not face.italic]
        return style.faces[min(faces, key=lambda face: abs(face.weight - weight)).file]

    @functools.cached_property
    def _condition(self) -> PrintingCondition:
        issue = self._read.issue
        place = issue.publication_places.get("press", Place("issues/publication.yaml"))
        try:
            return condition_of(issue.publication.press, self._order.workspace.issues, place)
        except IssueError as error:
            told = with_excerpts(error.findings, self._read.looked.reading.sources)
            raise IssueError(told) from error

    def _companions(
        self, edition: Edition, printed: Printed, pdf: bytes, proofs: Sequence[bytes]
    ) -> dict[str, bytes]:
        """Make what goes out with a file.

        With the screen edition the picture of its first page, and the dates; with the press edition the
        ticket for the print shop, and for the officer what each page will look like on paper; with the
        archive edition the letter to the library that receives it.
        """
        issue, stem = self._read.issue, self._order.stem
        if edition is SCREEN:
            cover = {f"{stem}-cover.png": cover_picture(pdf)}
            events = calendar_file(issue)
            return cover | ({f"{stem}.ics": events} if events else {})
        if edition.carries_sources:
            tongue = stem.removeprefix(f"bulletin-{self._order.folder.name}")
            return {f"deposit{tongue}.txt": deposit(issue, printed).encode()}
        if not proofs:
            return {}
        ticket = job_ticket(issue, printed, edition, self._condition)
        shown = {
            f"{stem}{edition.suffix}-proof-{number}.png": proof for number, proof in enumerate(proofs, 1)
        }
        return {f"{stem}{edition.suffix}.txt": ticket.encode(), **shown}


def _proofed(plates: Iterable[Inked], condition: PrintingCondition, proofs: list[bytes]) -> Iterator[Inked]:
    """Hand the plates on, and keep of each what it will look like on paper: one page is held at a time."""
    for inks in plates:
        proofs.append(soft_proof(inks, condition))
        yield inks


def _fill_findings(issue: Issue, fills: Sequence[PageFill]) -> list[Finding]:
    """Judge how full the pages are: how many lines to win, or to fill."""
    place = Place(f"{issue.folder}/issue.yaml")
    findings = []
    for number, fill in enumerate(fills[:-1], 1):
        if fill.free > MOST_SHORT:
            findings.append(found("W06", place, page=number, lines=fill.free))
    last = fills[-1]
    total = last.lines + last.free
    if len(fills) > 1 and last.lines * FEWEST_ON_LAST < total:
        wanted = -(-total // FEWEST_ON_LAST) - last.lines
        findings.append(found("W05", place, page=len(fills), lines=last.lines, fill=wanted))
    return findings


def _identifier(html: str, assets: Mapping[str, Asset]) -> bytes:
    """Make the file identifier from the content, so that the same content is the same file."""
    digest = hashlib.sha256(html.encode())
    for name in sorted(assets):
        digest.update(name.encode() + hashlib.sha256(assets[name].data).digest())
    return digest.digest()[:16]


class _Clock:
    """Times the steps and tells of them.

    Args:
        progress: Hears of each step.
        steps: How many there will be at most.
    """

    def __init__(self, progress: Progress, steps: int) -> None:
        self._progress = progress
        self._steps = steps
        self._done = 0
        self._seconds: dict[str, float] = {}
        self._last = time.perf_counter()
        progress(_READING[0], 0, steps)

    def done(self, step: str) -> None:
        now = time.perf_counter()
        self._seconds[step] = round(now - self._last, 3)
        self._last = now
        self._done += 1
        self._progress(step, self._done, self._steps)

    def taken(self) -> dict[str, float]:
        """Return what each step took since this was last asked."""
        taken, self._seconds = self._seconds, {}
        return taken
