"""What the resident process does for each kind of question."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from pipeline.desk.preview.article_html import article_html, only_article
from pipeline.desk.preview.current_issue import CurrentIssue
from pipeline.desk.preview.issue_pages import IssuePages
from pipeline.desk.preview.requests import ArticleRequest, PictureRequest, ShowRequest
from pipeline.models.editions import SCREEN
from pipeline.pdf.raster import packed, page_pictures
from pipeline.typography.typesetting import typeset

if TYPE_CHECKING:
    from pipeline.desk.preview.requests import Request
    from pipeline.files.workspace import Workspace

_MOST_LAYOUTS: Final = 3
"""Layouts that are kept: an issue in two editions, and one issue more."""

_MOST_ISSUES: Final = 3
"""Issues that are kept as they were read."""

_FAST: Final = 1
"""Of zlib's levels: pictures of pages are looked at once."""


class Answering:
    """Answers questions about the issues of a workspace.

    Args:
        workspace: The workspace.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Begin without a layout."""
        self._workspace = workspace
        self._issues: dict[str, CurrentIssue] = {}
        self._layouts: dict[tuple[str, str], IssuePages] = {}

    @functools.singledispatchmethod
    def answer(self, request: Request) -> object:  # noqa: ARG002 - asked only whether the process is ready
        """Answer a request.

        Raises:
            BulletinError: As the request's function raises it.
        """
        return None

    @answer.register
    def _(self, request: ShowRequest) -> object:
        return self._layout(request.issue, request.edition).show(request)

    @answer.register
    def _(self, request: PictureRequest) -> object:
        return packed(page_pictures(request.pdf, request.dpi)[0], _FAST)

    @answer.register
    def _(self, request: ArticleRequest) -> object:
        current = self._current(request.issue)
        valid = current.valid(as_readable=True)
        alone = only_article(valid.issue, request.name)
        return article_html(typeset(alone), valid.style, current.assets(valid, SCREEN))

    def _current(self, issue: str) -> CurrentIssue:
        current = self._issues.pop(issue, None) or CurrentIssue(self._workspace, issue)
        self._issues[issue] = current
        if len(self._issues) > _MOST_ISSUES:
            self._issues.pop(next(iter(self._issues)))
        return current

    def _layout(self, issue: str, edition: str) -> IssuePages:
        key = (issue, edition)
        pages = self._layouts.pop(key, None) or IssuePages(self._current(issue), edition)
        self._layouts[key] = pages
        if len(self._layouts) > _MOST_LAYOUTS:
            self._layouts.pop(next(iter(self._layouts))).close()
        return pages
