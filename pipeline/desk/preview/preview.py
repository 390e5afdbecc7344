"""The preview of a workspace: what an interface asks, answered by a resident process."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from pipeline.desk.preview.kept import KeptPages, KeptPictures
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
from pipeline.desk.preview.trial_turns import TrialTurns
from pipeline.findings.finding import BulletinError, PressError
from pipeline.models.editions import PRESS, SCREEN

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from pipeline.desk.preview.changes import PlanChange
    from pipeline.desk.preview.kept import Kept
    from pipeline.files.workspace import Workspace

EDITIONS: Final = (SCREEN.name, PRESS.name)
"""The editions whose pages are shown."""

SMALLEST, LARGEST = 10, 400
"""Pixels per inch of pictures."""

_LONGEST_PICTURE: Final = 20.0
"""Seconds of the processor within which a page is drawn."""

_LONGEST_FILLING: Final = 900.0
"""Seconds of the processor within which pages are filled, while those that are not are shown."""


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
        self._lock = threading.Lock()
        self._processes = Residents(workspace.root)
        self._kept = KeptPages()
        self._pictures = KeptPictures()
        self._turns: dict[tuple[str, str], threading.Lock] = {}
        self._fillings: dict[tuple[str, str], threading.Lock] = {}
        self._trials = TrialTurns(self._processes.break_off)

    def show(self, issue: str, edition: str = SCREEN.name, *, settle: bool = False) -> Shown:
        """Lay an issue out as its files stand now.

        Args:
            issue: The name of its folder, as `2023-12-20`.
            edition: `screen` or `press`.
            settle: Whether pages are filled anew, as a build does it; otherwise what was decided for the last
                layout is kept, so that pages do not jump while one types. At the first look pages that are
                slow to fill are shown as they are before that.

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
            filling = self._fillings.setdefault((folder, edition), threading.Lock())
        kept = self._kept.of(folder, edition)
        if kept is None or not (settle and kept.is_slow_to_fill):
            with turn:
                shown = self._shown(folder, edition, settle=settle)
            kept = self._kept.of(folder, edition)
            if not settle or shown.settled or kept is None or not kept.is_slow_to_fill:
                return shown
        with filling:
            present = self._kept.of(folder, edition) or kept
            # Somebody else may have had them filled while this waited.
            if present is kept or not present.shown.settled:
                return self._filled_apart(folder, edition, present)
        with turn:
            return self._shown(folder, edition)

    def pages_laid_out(self) -> int:
        """Return how many pages are laid out for the question in hand; 0 where there is none."""
        return self._processes.pages()

    def _shown(self, issue: str, edition: str, *, settle: bool = False) -> Shown:
        kept = self._kept.of(issue, edition)
        decisions = kept.decisions if kept is not None and not settle else None
        has_good = kept is not None and kept.is_good
        known = frozenset(kept.drawn) if kept is not None else frozenset()
        request = ShowRequest(issue, edition, decisions, as_readable=not has_good, known=known, fills=False)
        try:
            answer = self._processes.ask(request, ShowAnswer)
        except BulletinError as error:
            return self._kept.keep_last(issue, edition, error.findings)
        self._processes.renew_where_due(self._kept.last_asked)
        return self._kept.keep(issue, edition, answer, settled=not answer.is_slow_to_fill)

    def _filled_apart(self, issue: str, edition: str, kept: Kept) -> Shown:
        """Fill pages in a process of its own; what was shown meanwhile is then shown with its decisions."""
        known = frozenset(kept.drawn)
        request = ShowRequest(issue, edition, None, as_readable=not kept.is_good, known=known)
        try:
            answer = self._processes.ask_apart(request, longest=_LONGEST_FILLING)
        except PressError:
            return self._kept.keep_unfilled(issue, edition, kept)
        except BulletinError as error:
            return self._kept.keep_last(issue, edition, error.findings)
        filled = self._kept.keep_filled(issue, edition, answer, kept)
        if filled is not None:
            return filled
        with self._turns[issue, edition]:
            return self._shown(issue, edition)

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
        if (known := self._pictures.get(key, dpi, lines=lines)) is not None:
            return known
        kept = self._kept.with_page(issue, key)
        spine = kept.spine_of(key) if lines else ""
        request = PictureRequest(kept.drawn[key], dpi, spine)
        picture = self._processes.ask(request, bytes, longest=_LONGEST_PICTURE)
        self._pictures.keep(key, dpi, picture, lines=lines)
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
        drawn = self._kept.with_page(issue, key).drawn[key]
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
        with self._trials.turn(asker) as (number, still_wanted):
            request = TrialRequest(folder, changes, kept.decisions, number)
            return self._processes.ask(request, Outcome, before=still_wanted)

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

    def _screen(self, issue: str) -> tuple[str, Kept]:
        """Return an issue's folder and what was shown of its screen edition, after a first look."""
        folder = self._workspace.choose_issue(issue).name
        kept = self._kept.of(folder, SCREEN.name)
        if kept is None:
            self.show(folder)
            kept = self._kept.of(folder, SCREEN.name)
        assert kept is not None  # noqa: S101 - whatever is shown is kept
        return folder, kept
