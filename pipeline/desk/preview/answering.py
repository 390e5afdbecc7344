"""What the resident process does for each kind of question."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from pipeline.desk.preview.issue_pages import IssuePages
from pipeline.desk.preview.requests import PictureRequest, ShowRequest
from pipeline.pdf.raster import packed, page_pictures

if TYPE_CHECKING:
    from pipeline.desk.preview.requests import Request
    from pipeline.files.workspace import Workspace

_MOST_LAYOUTS = 3
"""Layouts that are kept: an issue in two editions, and one issue more."""

_FAST = 1
"""Of zlib's levels: pictures of pages are looked at once."""


class Answering:
    """Answers questions about the issues of a workspace.

    Args:
        workspace: The workspace.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Begin without a layout."""
        self._workspace = workspace
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

    def _layout(self, issue: str, edition: str) -> IssuePages:
        key = (issue, edition)
        pages = self._layouts.pop(key, None) or IssuePages(self._workspace, issue, edition)
        self._layouts[key] = pages
        if len(self._layouts) > _MOST_LAYOUTS:
            self._layouts.pop(next(iter(self._layouts))).close()
        return pages
