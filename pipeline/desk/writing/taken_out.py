"""What was taken out of an issue and can be put back: the history has it, and the folder has it no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.desk.writing.articles import kind_and_title
from pipeline.desk.writing.history.history import History
from pipeline.desk.writing.history.journal import GONE
from pipeline.desk.writing.results import ArticleEntry
from pipeline.files.workspace import ISSUES
from pipeline.findings.finding import BulletinError

if TYPE_CHECKING:
    from pipeline.files.workspace import Workspace


def taken_out(workspace: Workspace, issue: str) -> tuple[ArticleEntry, ...]:
    """Return the articles that were taken out of an issue, in the order of their names.

    Args:
        workspace: The workspace.
        issue: The name of the issue's folder.
    """
    history = History(workspace)
    folder = f"{ISSUES}/{issue}/"
    entries = []
    for path in history.files():
        name = path.removeprefix(folder)
        if name == path or "/" in name or not name.endswith(".md") or (workspace.root / path).exists():
            continue
        # A translation comes back with its article.
        if "." in name.removesuffix(".md"):
            continue
        latest = history.versions(path)[0]
        if latest.event != GONE:
            continue
        try:
            kind, title = kind_and_title(history.text(latest.version), path)
        except BulletinError:
            kind, title = "", ""
        entries.append(ArticleEntry(name, title, kind))
    return tuple(entries)
