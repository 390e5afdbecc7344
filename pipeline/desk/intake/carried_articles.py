"""Articles of the last issue that are still current, copied into the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.owned_files import RefusedNameError, load, owned_file
from pipeline.files.text.source import LARGEST, read_text
from pipeline.files.yaml_nodes import read_fields
from pipeline.findings.finding import errors
from pipeline.models.issue import IssuePlan, composed
from pipeline.models.text import Link, Picture
from pipeline.models.tree import nodes_of
from pipeline.reading.article_reader import ANY_HEAD
from pipeline.reading.markdown.manuscript import Manuscript, read_manuscript
from pipeline.reading.markdown.rewriting.link_removal import without_links
from pipeline.reading.model_files import model_in
from pipeline.reading.translations import languages_of, translated_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection
    from pathlib import Path

    from pipeline.files.workspace import Workspace


LARGEST_PICTURE: Final = 200_000_000
"""Bytes of a picture that is carried over; a larger one is no photograph."""


class CarriedArticles(NamedTuple):
    """Files copied from an earlier issue.

    Args:
        date: Date of the earlier issue, as in its folder's name; empty where there is none.
        names: The article files, in their order.
        files: All files, pictures and translations too, by name within the issue's folder.
        languages: The languages into which all of the articles are translated.
    """

    date: str
    names: tuple[str, ...]
    files: dict[str, bytes]
    languages: tuple[str, ...]


NOTHING: Final = CarriedArticles("", (), {}, ())


def carried_articles(workspace: Workspace, date: dt.date, language: str) -> CarriedArticles:
    """Return the articles of the last issue before a date that are still current on it, as running projects.

    A project without an end continues. Links to articles that are not copied become plain text.

    Args:
        workspace: The workspace.
        date: The date of the new issue.
        language: Its language; issues in another are passed over.
    """
    for folder in reversed(workspace.issue_folders()):
        plan = _plan(folder, language) if folder.name < date.isoformat() else None
        if plan is not None:
            return _carried(folder, plan, date)
    return NOTHING


def _plan(folder: Path, language: str) -> IssuePlan | None:
    data = _bytes(folder, "issue.yaml", LARGEST)
    plan = model_in(read_fields(data, "issue.yaml"), IssuePlan).value if data is not None else None
    return plan if plan is not None and plan.language in {None, language} else None


def _carried(folder: Path, plan: IssuePlan, date: dt.date) -> CarriedArticles:
    listed = list(dict.fromkeys(name for section in plan.sections for name in section.articles))
    current = {name: text for name in listed if (text := _current_article(folder, name, date)) is not None}
    left_behind = set(listed) - current.keys()
    files: dict[str, bytes] = {}
    languages = []
    for name, manuscript in current.items():
        files |= _with_pictures(folder, name, manuscript, left_behind)
    for language in languages_of(folder) if current else ():
        translations = {
            translated: text
            for name in current
            if (text := _manuscript(folder, translated := translated_name(name, language))) is not None
        }
        if len(translations) == len(current):
            languages.append(language)
            for name, translation in translations.items():
                files |= _with_pictures(folder, name, translation, left_behind)
    return CarriedArticles(folder.name if current else "", tuple(current), files, tuple(languages))


def _current_article(folder: Path, name: str, date: dt.date) -> Manuscript | None:
    """Return an article that a new issue takes over, or None."""
    manuscript = _manuscript(folder, name)
    read = manuscript.fields(name) if manuscript else None
    if read is None or read.fields is None:
        return None
    head = model_in(read, ANY_HEAD).value
    continuation = head.presentation.continuation if head else None
    if continuation is None:
        return None
    return manuscript if continuation.until is None or continuation.until >= date else None


def _manuscript(folder: Path, name: str) -> Manuscript | None:
    data = _bytes(folder, name, LARGEST)
    source = read_text(data, name)[0] if data is not None else None
    manuscript = read_manuscript(source) if source else None
    return manuscript if manuscript and not errors(manuscript.findings) else None


def _with_pictures(
    folder: Path, name: str, manuscript: Manuscript, left_behind: Collection[str]
) -> dict[str, bytes]:
    written = _bytes(folder, name, LARGEST) or b""
    targets = {composed(link.target) for link in nodes_of(Link, (manuscript.body, manuscript.notes))}
    lost = targets.intersection(left_behind)
    files = {name: without_links(written.decode("utf-8"), lost).encode() if lost else written}
    for picture in nodes_of(Picture, manuscript.body):
        data = _bytes(folder, picture.source, LARGEST_PICTURE)
        if data is not None:
            files[picture.source] = data
    return files


def _bytes(folder: Path, name: str, limit: int) -> bytes | None:
    try:
        data = load(owned_file(folder, name), limit)
    except (RefusedNameError, OSError):
        return None
    return data if len(data) <= limit else None
