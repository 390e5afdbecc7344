"""An issue on its way through the press: read once, then composed and printed for each edition."""

from __future__ import annotations

import functools
import hashlib
import time
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline import localisation
from pipeline.calendar_file import calendar_file
from pipeline.composition import compose_html
from pipeline.desk.assets import materials_of
from pipeline.desk.examining import Checked, checked, stop_on_errors
from pipeline.desk.made import Made
from pipeline.editions import SCREEN
from pipeline.findings import Finding, found
from pipeline.finishing import FinishingPlan, Slug, finish
from pipeline.finishing.tags import NoteWords
from pipeline.inks import condition_of
from pipeline.page_pictures import cover_picture
from pipeline.places import Place
from pipeline.press import print_pdf
from pipeline.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.desk.orders import Order
    from pipeline.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.page_boxes import PageFill
    from pipeline.press import Asset
    from pipeline.printing_conditions import PrintingCondition
    from pipeline.progress import Progress
    from pipeline.style import Style

FEWEST_ON_LAST: Final = 3
"""The last page holds at least a third of its lines."""

MOST_SHORT: Final = 4
"""Lines by which any other page may end short."""

_PLAIN: Final = 400
"""The weight of running text."""

_READING: Final = ("reading", "typography")
_EDITION: Final = ("pictures", "composition", "press", "finishing", "cover")


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
        lock: What it is made from, as JSON.
        progress: Hears of each step.
    """

    def __init__(self, order: Order, lock: str, progress: Progress) -> None:
        """Take the order."""
        self._order = order
        self._lock = lock
        self._clock = _Clock(progress, len(_READING) + len(_EDITION) * len(order.editions))

    def make(self, edition: Edition) -> Made:
        """Make an edition.

        Raises:
            IssueError: The files have errors.
            PressError: The page cannot be made.
        """
        order, clock = self._order, self._clock
        read = self._read
        condition = self._condition if edition.in_ink else None
        materials = materials_of(read.issue, read.looked, read.style, edition, condition, fresh=order.fresh)
        clock.done("pictures")
        html = compose_html(read.typeset, edition, read.style, materials.pictures, draft=order.draft)
        clock.done("composition")
        identifier = _identifier(html, materials.assets)
        pressed = print_pdf(html, edition, materials.assets, identifier, read.style.plan.page)
        clock.done("press")
        name = f"{order.stem}{edition.suffix}.pdf"
        pdf = finish(pressed.pdf, edition, self._plan(name, edition, identifier))
        clock.done("finishing")
        outputs = {name: pdf}
        if edition is SCREEN:
            outputs |= self._companions(pdf, read.issue)
        clock.done("cover")
        findings = (
            *read.looked.findings,
            *materials.findings,
            *pressed.findings,
            *_fill_findings(read.issue, pressed.fills),
        )
        stop_on_errors(findings)
        return Made(outputs, findings, pressed.fills, clock.taken())

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

    @functools.cached_property
    def _condition(self) -> PrintingCondition:
        issue = self._read.issue
        place = issue.publication_places.get("press", Place("issues/publication.yaml"))
        return condition_of(issue.publication.press, self._order.workspace.issues, place)

    def _plan(self, name: str, edition: Edition, identifier: bytes) -> FinishingPlan:
        read = self._read
        label = functools.partial(localisation.label, language=read.issue.language)
        notes = NoteWords(label("To the note"), label("Back to the text"))
        if not edition.in_ink:
            return FinishingPlan(identifier, notes)
        condition = self._condition
        face = next(face.file for face in read.style.plan.faces if face.weight == _PLAIN and not face.italic)
        issued = localisation.full_date(read.issue.date, read.issue.language)

        def words(page: int, pages: int) -> str:
            parts = (name, f"{page}/{pages}", issued, condition.info, identifier.hex()[:8])
            return "  ·  ".join(parts)

        return FinishingPlan(identifier, notes, condition, Slug(words, read.style.faces[face]))

    def _companions(self, pdf: bytes, issue: Issue) -> Mapping[str, bytes]:
        """Make what goes out with the file for members: the picture of its first page, and the dates."""
        companions = {f"{self._order.stem}-cover.png": cover_picture(pdf)}
        if events := calendar_file(issue):
            companions[f"{self._order.stem}.ics"] = events
        return companions


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
