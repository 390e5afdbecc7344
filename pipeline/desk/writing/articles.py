"""Articles opened and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.desk.writing.disk.version import Version
    from pipeline.desk.writing.results import ArticleChange, OpenArticle, Passage, SaveResult
    from pipeline.files.workspace import Workspace


def open_article(workspace: Workspace, issue: str, name: str) -> OpenArticle:
    """Open an article.

    Args:
        workspace: The workspace.
        issue: The issue's folder (its date).
        name: The article's file in it.

    Raises:
        IssueError: There is no such article, or it is no text.
    """
    raise NotImplementedError


def save_article(
    workspace: Workspace, issue: str, name: str, base: Version, change: ArticleChange, hand: str
) -> SaveResult:
    """Save a change of an article.

    Args:
        workspace: The workspace.
        issue: The issue's folder (its date).
        name: The article's file in it.
        base: The version the change was made to.
        change: The change.
        hand: Who makes it, for the history.

    Raises:
        IssueError: It cannot be saved; nothing was written but the history.
        PressError: The disk or the system refuses.
    """
    raise NotImplementedError


def open_version(workspace: Workspace, issue: str, name: str, version: Version) -> OpenArticle:
    """Open an earlier version of an article, to look at it before it is restored.

    Raises:
        IssueError: The history has no such version (E604).
    """
    raise NotImplementedError


def compared(workspace: Workspace, path: str, version: Version) -> tuple[Passage, ...]:
    """Return a version beside the file as it is: `ours` is the version, `theirs` the file.

    Args:
        workspace: The workspace.
        path: The file, relative to the workspace.
        version: The version.

    Raises:
        IssueError: The history has no such version (E604).
    """
    raise NotImplementedError
