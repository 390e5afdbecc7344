"""What the resident process does for each kind of question."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.preview.article_html import article_html, only_article
from pipeline.desk.preview.current_issue import CurrentIssue
from pipeline.desk.preview.issue_pages import IssuePages
from pipeline.desk.preview.mail_view import mail_view
from pipeline.desk.preview.requests import (
    ArticleRequest,
    InkRequest,
    MailRequest,
    MeasuresRequest,
    PictureRequest,
    ShowRequest,
    TrialRequest,
    WeightsRequest,
)
from pipeline.desk.preview.shown import ArticleShown, InkShown
from pipeline.desk.preview.trials import automatic_weights, changed_issue, outcome_of
from pipeline.findings.finding import IssueError, errors, found
from pipeline.models.editions import SCREEN
from pipeline.pdf.plate_pictures import coverage_of, plate_picture
from pipeline.pdf.plates.plates import heaviest, plates_of
from pipeline.pdf.raster import packed, page_pictures, page_with_edges
from pipeline.typography.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.desk.preview.decisions import Decisions
    from pipeline.desk.preview.requests import Request
    from pipeline.desk.preview.trials import Measured
    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import Finding
    from pipeline.reading.issue_reader import Reading

_MOST_LAYOUTS: Final = 3
"""Layouts that are kept: an issue in two editions, and one issue more."""

_MOST_ISSUES: Final = 3
"""Issues that are kept as they were read."""

_FAST: Final = 1
"""Of zlib's levels: pictures of pages are looked at once."""


class _Before(NamedTuple):
    """The present pages, measured.

    Args:
        reading: What was read when they were.
        decisions: What was decided to fill them.
        pages: Where they are laid out.
        layouts: How many layouts there had been.
        measured: They.
    """

    reading: Reading
    decisions: Decisions | None
    pages: IssuePages
    layouts: int
    measured: Measured

    def holds(self, reading: Reading, decisions: Decisions | None, pages: IssuePages) -> bool:
        """Return whether these are the present pages still."""
        is_same = self.reading is reading and self.pages is pages and self.decisions == decisions
        return is_same and self.layouts == pages.layouts


class Answering:
    """Answers questions about the issues of a workspace.

    Args:
        workspace: The workspace.
        broken_off: Returns the number of the trial that is of no use any more.
        after_page: Called with the number of each page that is laid out; see `paginate`.
    """

    def __init__(
        self,
        workspace: Workspace,
        broken_off: Callable[[], int] = lambda: 0,
        after_page: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Begin without a layout."""
        self._workspace = workspace
        self._broken_off = broken_off
        self._after_page = after_page
        self._issues: dict[str, CurrentIssue] = {}
        self._layouts: dict[tuple[str, str], IssuePages] = {}
        self._before: _Before | None = None

    @functools.singledispatchmethod
    def answer(self, request: Request) -> object:  # noqa: ARG002 - asked only whether the process is ready
        """Answer a request.

        Raises:
            BulletinError: As the request's function raises it.
        """
        return None

    def close(self) -> None:
        """Free what the layouts hold."""
        for pages in self._layouts.values():
            pages.close()

    @answer.register
    def _(self, request: ShowRequest) -> object:
        return self._layout(request.issue, request.edition).show(request)

    @answer.register
    def _(self, request: PictureRequest) -> object:
        if request.spine:
            picture = page_with_edges(request.pdf, request.dpi, spine_is_left=request.spine == "left")
            return packed(picture, _FAST)
        return packed(page_pictures(request.pdf, request.dpi)[0], _FAST)

    @answer.register
    def _(self, request: ArticleRequest) -> object:
        current = self._current(request.issue)
        valid = current.valid(as_readable=True)
        wrong = [each for each in errors(valid.findings) if _concerns(each, request.name)]
        try:
            alone = only_article(valid.issue, request.name)
        except IssueError as missing:
            # One that cannot be read is not in the issue as far as it can be read: its errors say why.
            raise (IssueError(wrong) if wrong else missing) from None
        assets = current.assets(valid, SCREEN)
        html, lines = article_html(typeset(alone), valid.style, assets, dark=request.dark)
        return ArticleShown(html, lines, tuple(wrong))

    @answer.register
    def _(self, request: InkRequest) -> object:
        current = self._current(request.issue)
        condition = current.condition(current.valid(as_readable=True))
        inks = next(plates_of(request.pdf, request.dpi))
        picture = plate_picture(inks, request.plate, condition)
        return InkShown(picture, heaviest(inks)[0], condition.ink_limit, coverage_of(inks))

    @answer.register
    def _(self, request: MeasuresRequest) -> object:
        return list(self._measured(request.issue, request.decisions).articles)

    @answer.register
    def _(self, request: WeightsRequest) -> object:
        current = self._current(request.issue)
        valid = current.valid(as_readable=True)
        if not valid.style.plan.is_made_up:
            return {}
        pictures = current.assets(valid, SCREEN).pictures
        shapes = {source: each.shape for source, each in pictures.items()}
        return automatic_weights(valid.issue, shapes)

    @answer.register
    def _(self, request: TrialRequest) -> object:
        def go_on() -> None:
            if self._broken_off() == request.number:
                raise IssueError([found("E654", None)])

        # What is measured of the present pages serves the next trial, too.
        before = self._measured(request.issue, request.decisions)
        current = self._current(request.issue)
        go_on()
        valid = current.valid()
        prepared = current.prepared(valid)
        changed = prepared._replace(typeset=changed_issue(prepared.typeset, request.changes))
        after = self._layout(request.issue, SCREEN.name).tried(changed, request.decisions, go_on)
        return outcome_of(request.changes, before, after)

    @answer.register
    def _(self, request: MailRequest) -> object:
        current = self._current(request.issue)
        prepared = current.prepared(current.valid(as_readable=True))
        shown = mail_view(prepared, request.pages, request.size, dark=request.dark)
        return shown._replace(findings=(*errors(prepared.valid.findings), *shown.findings))

    def _measured(self, issue: str, decisions: Decisions | None) -> Measured:
        """Measure the present pages, once for all that is tried on them."""
        current = self._current(issue)
        valid, pages = current.valid(), self._layout(issue, SCREEN.name)
        if self._before is None or not self._before.holds(valid.reading, decisions, pages):
            measured = pages.measured(current.prepared(valid), decisions)
            self._before = _Before(valid.reading, decisions, pages, pages.layouts, measured)
        return self._before.measured

    def _current(self, issue: str) -> CurrentIssue:
        current = self._issues.pop(issue, None) or CurrentIssue(self._workspace, issue)
        self._issues[issue] = current
        if len(self._issues) > _MOST_ISSUES:
            self._issues.pop(next(iter(self._issues)))
        return current

    def _layout(self, issue: str, edition: str) -> IssuePages:
        key = (issue, edition)
        pages = self._layouts.pop(key, None) or IssuePages(self._current(issue), edition, self._after_page)
        self._layouts[key] = pages
        if len(self._layouts) > _MOST_LAYOUTS:
            self._layouts.pop(next(iter(self._layouts))).close()
        return pages


def _concerns(finding: Finding, article: str) -> bool:
    """Return whether an article by itself has a finding: its own, or one of no other article."""
    path = finding.place.path if finding.place else ""
    return not path.endswith(".md") or path.endswith(f"/{article}")
