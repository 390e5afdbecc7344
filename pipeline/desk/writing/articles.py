"""Articles opened and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.desk.writing.disk.version import version_of
from pipeline.desk.writing.heads import head_of, with_head
from pipeline.desk.writing.merging import merged_article
from pipeline.desk.writing.results import Conflict, OpenArticle, Saved
from pipeline.desk.writing.text_saving import TextFile
from pipeline.editor.writing.article_text import ArticleText
from pipeline.editor.writing.nodes import without_ids
from pipeline.editor.writing.saving import saved
from pipeline.files.owned_files import as_on_disk
from pipeline.findings.finding import IssueError, found, in_order, with_excerpts
from pipeline.findings.place import Place
from pipeline.models.issue import composed
from pipeline.reading.article_reader import read_articles
from pipeline.reading.issue_files import IssueFiles
from pipeline.reading.translations import languages_of, originals_in, translated_name

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.desk.writing.disk.version import Version
    from pipeline.desk.writing.results import ArticleChange, SaveResult
    from pipeline.editor.writing.nodes import Document
    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import Finding

_USUAL = "article"
"""The kind of an article that does not say it."""


def open_article(workspace: Workspace, issue: str, name: str) -> OpenArticle:
    """Open an article.

    Args:
        workspace: The workspace.
        issue: The issue's folder (its date).
        name: The article's file in it.

    Raises:
        IssueError: There is no such article (E01, E608), it is no text (E02, E03), or another program is
            still writing it (E602).
    """
    path = article_path(workspace, issue, name)
    text, version = TextFile(workspace, _named(workspace, path)).opened()
    return _opened(workspace, path, text, version)


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
        IssueError: The file is gone (E601), another program is still writing it (E602), a field cannot be set
            (E605), or the text cannot be written so that it is read as it is shown (E600). Nothing was
            written but the history.
        PressError: The disk or the system refuses.
    """
    path = article_path(workspace, issue, name)
    file = TextFile(workspace, _named(workspace, path))
    notes: list[Finding] = []

    def changed(text: str) -> str:
        notes.clear()
        if change.text is not None:
            return change.text
        if change.document is not None:
            is_base = version_of(text.encode()) == base
            text, simplified = _with_document(text, file.name, change.document, is_base=is_base)
            notes.extend([found("W602", Place(file.name))] if simplified else [])
        return with_head(text, file.name, change.head or {})

    result = file.saved(base, changed, merged_article, hand)
    if isinstance(result, Conflict):
        return result
    now = _opened(workspace, path, result.text, result.version)
    findings = (*notes, *now.findings)
    return Saved(now.version, now.document, now.head, result.merged, findings, now.kind, now.text)


def article_path(workspace: Workspace, issue: str, name: str) -> Path:
    """Return the file of an article, which may not be there.

    Raises:
        IssueError: There is no such issue, or the name is not that of an article (E608).
    """
    folder = workspace.choose_issue(issue)
    is_plain = name.endswith(".md") and not name.startswith(".") and not {"/", "\\", "\0"} & set(name)
    if not is_plain:
        raise IssueError([found("E608", None, name=name[:80])])
    try:
        return as_on_disk(folder, name)
    except (OSError, ValueError):
        raise IssueError([found("E608", None, name=name[:80])]) from None


def kind_and_title(text: str, path: str) -> tuple[str, str]:
    """Return what an article's head says it is, and its title."""
    head = head_of(text, path)
    title = head.get("title")
    return _kind(head), title if isinstance(title, str) else ""


def _opened(workspace: Workspace, path: Path, text: str, version: Version) -> OpenArticle:
    shown = _named(workspace, path)
    head = head_of(text, shown)
    document = ArticleText(text, shown).document
    return OpenArticle(version, _kind(head), head, document, text, _findings(workspace, path))


def _with_document(text: str, path: str, document: Document, *, is_base: bool) -> tuple[str, bool]:
    """Return a text with a document in it, and whether marks were left out.

    Args:
        text: The text.
        path: The file, for findings.
        document: What it shall say.
        is_base: Whether the document was made from this text, and names its pieces.
    """
    if not is_base:
        document = document.model_copy(update={"content": without_ids(document.content)})
    result = saved(ArticleText(text, path), document)
    return result.text, result.simplified


def _kind(head: dict[str, Any]) -> str:
    kind = head.get("kind")
    return kind if isinstance(kind, str) and kind else _USUAL


def _named(workspace: Workspace, path: Path) -> str:
    return path.relative_to(workspace.root).as_posix()


def _findings(workspace: Workspace, path: Path) -> tuple[Finding, ...]:
    """Return what is wrong with an article by itself, as the file is."""
    folder, name = path.parent, composed(path.name)
    files = IssueFiles(folder, workspace)
    language = None
    if name not in originals_in(folder):
        translated = {
            translated_name(each, tag): (each, tag)
            for each in originals_in(folder)
            for tag in languages_of(folder)
        }
        name, language = translated.get(name, (name, None))
    read_articles(files, {name: Place(_named(workspace, path))}, language)
    return tuple(with_excerpts(in_order(files.findings), files.sources))
