"""The preview of a workspace: what an interface asks, answered by a resident process."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from pipeline.desk.preview.changes import PlanChange
    from pipeline.desk.preview.shown import ArticleMeasure, MailShown, Outcome, Shown
    from pipeline.files.workspace import Workspace


class Preview:
    """The pages of the issues of a workspace, as they stand now.

    Its functions may be called from any thread; they wait for one another. The files are read anew with each
    call, and nothing is ever written into the workspace.

    Args:
        workspace: The workspace.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Start nothing yet: the process starts with the first question, or with `warm`."""
        self._workspace = workspace

    def warm(self) -> None:
        """Start the process, so that the first question need not wait for it."""
        raise NotImplementedError

    def show(self, issue: str, edition: str = "screen", *, settle: bool = False) -> Shown:
        """Lay an issue out as its files stand now.

        Args:
            issue: The name of its folder, as `2023-12-20`.
            edition: `screen` or `press`.
            settle: Whether pages are filled anew, as a build does it; otherwise what was decided for the last
                layout is kept, so that pages do not jump while one types. The first layout is always filled.

        Returns:
            The pages. Where the files cannot be set, or the process failed, the last good pages, marked
            stale, with findings; no pages where there were none before.
        """
        raise NotImplementedError

    def page_png(self, issue: str, key: str, dpi: int = 100) -> bytes:
        """Return the picture of a page as PNG, bleed included.

        Args:
            issue: The name of its folder.
            key: The key of a page of the issue's last answers.
            dpi: Pixels per inch, 10 to 400.

        Raises:
            PressError: No page of this key was shown of late (E652), or the process failed (E650, E651).
        """
        raise NotImplementedError

    def article_html(self, issue: str, name: str) -> str:
        """Return an article as HTML, a whole document without scripts; its pictures are `data:` addresses.

        Args:
            issue: The name of its folder.
            name: The article's name.

        Raises:
            IssueError: The files have errors.
            PressError: The process failed.
        """
        raise NotImplementedError

    def measures(self, issue: str) -> list[ArticleMeasure]:
        """Return what each article takes of the pages last shown, in order."""
        raise NotImplementedError

    def outcome(self, issue: str, change: PlanChange) -> Outcome:
        """Return what a change of the plan would do, without making it.

        Raises:
            IssueError: The files have errors, or the change names what is not there (E653).
            PressError: The process failed.
        """
        raise NotImplementedError

    def mail(self, issue: str) -> MailShown:
        """Return the mail edition as the files stand now."""
        raise NotImplementedError

    def close(self) -> None:
        """End the process."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self.close()
