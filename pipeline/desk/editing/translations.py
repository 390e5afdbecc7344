"""Translations of articles: which file is one, and a new one begun."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.desk.writing.articles import kind_and_title, open_article
from pipeline.desk.writing.disk.version import NOTHING
from pipeline.desk.writing.text_saving import TextFile
from pipeline.files.workspace import ISSUES
from pipeline.files.yaml_text import yaml_text
from pipeline.reading.translations import languages_of, originals_in, translated_name

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace


class Translation(NamedTuple):
    """A file that says an article in another language.

    Args:
        original: The file of the article.
        language: The language.
    """

    original: str
    language: str


def translation_in(folder: Path, name: str) -> Translation | None:
    """Return what a file translates; None where it is an article of its own.

    Args:
        folder: The issue's folder.
        name: The file.
    """
    return next(
        (
            Translation(original, language)
            for language in languages_of(folder)
            for original in originals_in(folder)
            if translated_name(original, language) == name
        ),
        None,
    )


def begin_translation(workspace: Workspace, issue: str, name: str, language: str, hand: str) -> str:
    """Begin the translation of an article with its title, and return its file; one that is there stays.

    Args:
        workspace: The workspace.
        issue: The issue's folder (its date).
        name: The article's file in it.
        language: One of the issue's other languages.
        hand: Who begins it, for the history.

    Raises:
        IssueError: There is no such article (E01, E608), or another program is still writing a file (E602).
        PressError: The disk or the system refuses.
    """
    _, title = kind_and_title(open_article(workspace, issue, name).text, name)
    made = translated_name(name, language)
    text = f"---\ntitle: {yaml_text(title)}\n---\n"
    file = TextFile(workspace, f"{ISSUES}/{issue}/{made}")
    file.saved(NOTHING, lambda _: text, lambda _base, _ours, theirs, _path: theirs, hand)
    return made
