"""The preview of a workspace: what an interface asks, answered by a resident process."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from pipeline.desk.preview.requests import (
    ArticleRequest,
    InkRequest,
    MailRequest,
    MeasuresRequest,
    PictureRequest,
    ShowAnswer,
    ShowRequest,
    TrialRequest,
    WeightsRequest,
)
from pipeline.desk.preview.residents import Residents
from pipeline.desk.preview.shown import ArticleMeasure, ArticleShown, InkShown, MailShown, Outcome, Shown
from pipeline.findings.finding import BulletinError, IssueError, PressError, found
from pipeline.models.editions import PRESS, SCREEN

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from pipeline.desk.preview.changes import PlanChange
    from pipeline.desk.preview.decisions import Decisions
    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import Finding

EDITIONS: Final = (SCREEN.name, PRESS.name)
"""The editions whose pages are shown."""

SMALLEST, LARGEST = 10, 400
"""Pixels per inch of pictures."""

_MOST_PICTURES: Final = 64 << 20
"""Bytes of pictures that are kept."""

_LONGEST_PICTURE: Final = 20.0
"""Seconds within which a page is drawn."""


@dataclass(slots=True)
class _Kept:
    """What was shown last of an issue in an edition.

    Args:
        shown: The answer.
        drawn: The pages that are drawn, by key: those shown now, and those shown before.
        decisions: What was decided to fill the pages.
        is_slow_to_fill: Whether filling its pages takes many layouts.
        is_good: Whether these are pages of files without errors.
    """

    shown: Shown
    drawn: dict[str, bytes] = field(default_factory=dict)
    decisions: Decisions | None = None
    is_slow_to_fill: bool = False
    is_good: bool = False

    def spine_of(self, key: str) -> str:
        """Return at which edge a page is folded."""
        return "right" if any(page.key == key and page.is_left for page in self.shown.pages) else "left"


class Preview:
    """The pages of the issues of a workspace, as they stand now.

    Its functions may be called from any thread; they wait for one another. The files are read anew with each
    call, and nothing is ever written into the workspace.

    Args:
        workspace: The workspace.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Start nothing yet: the process starts with the first question."""
        self._workspace = workspace
        self._lock = threading.RLock()
        self._processes = Residents(workspace.root)
        self._kept: dict[tuple[str, str], _Kept] = {}
        self._pictures: dict[tuple[str, int, bool], bytes] = {}
        self._turns: dict[tuple[str, str], threading.Lock] = {}
        self._serial = 0
        self._trial = 0
        self._trials: dict[str, int] = {}
        """The last trial of each asker that is not done yet."""

    def show(self, issue: str, edition: str = SCREEN.name, *, settle: bool = False) -> Shown:
        """Lay an issue out as its files stand now.

        Args:
            issue: The name of its folder, as `2023-12-20`.
            edition: `screen` or `press`.
            settle: Whether pages are filled anew, as a build does it; otherwise what was decided for the last
                layout is kept, so that pages do not jump while one types. The first layout is always filled.

        Returns:
            The pages. Where the files cannot be set, or the process failed, the last good pages, marked
            stale, with findings. Where there were none before, the issue as far as it can be read, marked
            stale; no pages where it cannot.

        Raises:
            IssueError: There is no such issue.
        """
        folder = self._workspace.choose_issue(issue).name
        with self._lock:
            turn = self._turns.setdefault((folder, edition), threading.Lock())
            kept = self._kept.get((folder, edition))
        if settle and kept is not None and kept.is_slow_to_fill:
            return self._filled_apart(folder, edition, kept)
        with turn:
            return self._shown(folder, edition, settle=settle)

    def _shown(self, issue: str, edition: str, *, settle: bool) -> Shown:
        kept = self._kept.get((issue, edition))
        decisions = kept.decisions if kept is not None and not settle else None
        has_good = kept is not None and kept.is_good
        known = frozenset(kept.drawn) if kept is not None else frozenset()
        request = ShowRequest(issue, edition, decisions, as_readable=not has_good, known=known)
        try:
            answer = self._processes.ask(request, ShowAnswer)
        except BulletinError as error:
            return self._keep_last(issue, edition, error.findings)
        self._processes.renew_where_due(self._last_shown)
        return self._keep(issue, edition, answer, settled=decisions is None or not answer.is_slow_to_fill)

    def _filled_apart(self, issue: str, edition: str, kept: _Kept) -> Shown:
        """Fill pages in a process of its own; what was shown meanwhile is then shown with its decisions."""
        try:
            known = frozenset(kept.drawn)
            answer = self._processes.ask_apart(
                ShowRequest(issue, edition, None, as_readable=not kept.is_good, known=known)
            )
        except BulletinError as error:
            return self._keep_last(issue, edition, error.findings)
        with self._lock:
            turn, present = self._turns[issue, edition], self._kept[issue, edition]
            if present is kept:
                return self._keep(issue, edition, answer, settled=True)
            present.decisions = answer.decisions
        with turn:
            return self._shown(issue, edition, settle=False)

    def page_png(self, issue: str, key: str, dpi: int = 100, *, lines: bool = False) -> bytes:
        """Return the picture of a page as PNG, bleed included.

        Args:
            issue: The name of its folder.
            key: The key of a page of the issue's last answers.
            dpi: Pixels per inch, 10 to 400.
            lines: Whether the edges of the cut page are drawn over it, for a page with bleed.

        Raises:
            PressError: No page of this key was shown of late (E652), or the process failed (E650, E651).
        """
        dpi = min(max(dpi, SMALLEST), LARGEST)
        with self._lock:
            if (key, dpi, lines) in self._pictures:
                return self._pictures[key, dpi, lines]
        kept = self._with_page(issue, key)
        spine = kept.spine_of(key) if lines else ""
        request = PictureRequest(kept.drawn[key], dpi, spine)
        picture = self._processes.ask(request, bytes, longest=_LONGEST_PICTURE)
        with self._lock:
            self._pictures[key, dpi, lines] = picture
            while sum(map(len, self._pictures.values())) > _MOST_PICTURES and len(self._pictures) > 1:
                self._pictures.pop(next(iter(self._pictures)))
        return picture

    def page_inks(self, issue: str, key: str, plate: str, dpi: int = 100) -> InkShown:
        """Return a page of the press edition in its inks.

        Args:
            issue: The name of its folder.
            key: The key of a page of the issue's last answers.
            plate: What is drawn of it, one of `pdf.plate_pictures.PLATES`.
            dpi: Pixels per inch, 10 to 400.

        Raises:
            PressError: No page of this key was shown of late (E652), or the process failed (E650, E651).
        """
        folder = self._workspace.choose_issue(issue).name
        drawn = self._with_page(issue, key).drawn[key]
        request = InkRequest(folder, drawn, min(max(dpi, SMALLEST), LARGEST), plate)
        return self._processes.ask(request, InkShown, longest=_LONGEST_PICTURE)

    def article_html(self, issue: str, name: str, *, dark: bool | None = None) -> ArticleShown:
        """Return an article as HTML, at once: no page is laid out.

        Args:
            issue: The name of its folder.
            name: The article's name.
            dark: Whether it is shown as in the dark; None to leave that to who shows it.

        Raises:
            IssueError: The article cannot be read, or there is none (E653).
            PressError: The process failed.
        """
        folder = self._workspace.choose_issue(issue).name
        return self._processes.ask(ArticleRequest(folder, name, dark), ArticleShown)

    def measures(self, issue: str) -> list[ArticleMeasure]:
        """Return what each article takes of the pages of the screen edition, in order.

        Args:
            issue: The name of its folder.

        Raises:
            IssueError: The files have errors.
            PressError: The process failed.
        """
        folder, kept = self._screen(issue)
        return self._processes.ask(MeasuresRequest(folder, kept.decisions), list[ArticleMeasure])

    def weights(self, issue: str) -> dict[str, str]:
        """Return which weight each article has where the program chooses; none in a style without weights.

        Args:
            issue: The name of its folder.

        Raises:
            IssueError: The files cannot be read.
            PressError: The process failed.
        """
        folder = self._workspace.choose_issue(issue).name
        return self._processes.ask(WeightsRequest(folder), dict[str, str])

    def outcome(self, issue: str, *changes: PlanChange, asker: str = "") -> Outcome:
        """Return what changes of the plan would do, without making them.

        Args:
            issue: The name of its folder.
            *changes: They, in order.
            asker: Who asks: a trial of the same asker that is not done yet is broken off; empty for nobody's.

        Raises:
            IssueError: The files have errors, a change names what is not there (E653), or another trial was
                asked for meanwhile (E654).
            PressError: The process failed.
        """
        folder, kept = self._screen(issue)
        with self._lock:
            self._trial += 1
            number, former = self._trial, self._trials.get(asker, 0)
            if asker:
                self._trials[asker] = number
        if former:
            self._processes.break_off(former)

        def still_wanted() -> None:
            if self._trials.get(asker, number) != number:
                raise IssueError([found("E654", None)])

        try:
            request = TrialRequest(folder, changes, kept.decisions, number)
            return self._processes.ask(request, Outcome, before=still_wanted)
        finally:
            with self._lock:
                if self._trials.get(asker) == number:
                    del self._trials[asker]

    def mail(self, issue: str, *, dark: bool = False) -> MailShown:
        """Return the mail edition as the files stand now.

        Args:
            issue: The name of its folder.
            dark: Whether it is shown as a mail program does it in the dark.

        Raises:
            IssueError: The files have errors.
            PressError: The process failed.
        """
        folder, kept = self._screen(issue)
        size = sum(len(kept.drawn.get(page.key, b"")) for page in kept.shown.pages)
        request = MailRequest(folder, len(kept.shown.pages), size, dark)
        return self._processes.ask(request, MailShown)

    def memory(self) -> int:
        """Return the bytes of memory that the process has in use; 0 where there is none."""
        return self._processes.memory()

    def close(self) -> None:
        """End the process."""
        self._processes.close()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self.close()

    def _with_page(self, issue: str, key: str) -> _Kept:
        """Return what was shown with a page of this key.

        Raises:
            PressError: Nothing was, of late (E652).
        """
        with self._lock:
            kept = next((each for each in self._kept.values() if key in each.drawn), None)
        if kept is None:
            raise PressError([found("E652", None, issue=issue)])
        return kept

    def _screen(self, issue: str) -> tuple[str, _Kept]:
        """Return an issue's folder and what was shown of its screen edition, after a first look."""
        folder = self._workspace.choose_issue(issue).name
        if (folder, SCREEN.name) not in self._kept:
            self.show(folder)
        return folder, self._kept[folder, SCREEN.name]

    def _last_shown(self) -> ShowRequest | None:
        """Return the question whose answer was shown last, for a process that takes another one's place."""
        with self._lock:
            shown = [
                ShowRequest(issue, edition, kept.decisions, as_readable=True)
                for (issue, edition), kept in self._kept.items()
                if kept.decisions is not None
            ]
        return shown[-1] if shown else None

    def _keep(self, issue: str, edition: str, answer: ShowAnswer, *, settled: bool) -> Shown:
        with self._lock:
            before = self._kept.get((issue, edition))
            earlier = before.drawn if before is not None else {}
            former = {page.key for page in before.shown.pages} if before is not None else set()
            wanted = {page.key for page in answer.pages} | former
            drawn = {key: pdf for key, pdf in {**earlier, **answer.drawn}.items() if key in wanted}
            stale = not answer.is_whole
            # Pages that look as those that were filled need not be filled again.
            settled = settled or (
                before is not None and before.shown.settled and before.shown.pages == answer.pages
            )
            shown = Shown(0, answer.pages, answer.places, stale, settled, answer.findings)
            shown = self._numbered(shown, before.shown if before is not None else None)
            self._kept[issue, edition] = _Kept(
                shown, drawn, answer.decisions, answer.is_slow_to_fill, is_good=answer.is_whole
            )
            return shown

    def _keep_last(self, issue: str, edition: str, findings: tuple[Finding, ...]) -> Shown:
        """Keep the last good pages, and say why there are no newer ones."""
        with self._lock:
            nothing = _Kept(Shown(0, (), (), stale=True, settled=False, findings=()))
            kept = self._kept.get((issue, edition), nothing)
            shown = kept.shown._replace(stale=True, settled=False, findings=findings)
            kept = self._kept[issue, edition] = replace(kept, shown=self._numbered(shown, kept.shown))
            return kept.shown

    def _numbered(self, shown: Shown, before: Shown | None) -> Shown:
        if before is not None and before._replace(serial=shown.serial) == shown:
            return before
        self._serial += 1
        return shown._replace(serial=self._serial)
