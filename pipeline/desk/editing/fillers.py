"""A piece of the house that may fill the foot of a page, written and listed in the publication."""

from __future__ import annotations

import contextlib
import re
import threading
from typing import TYPE_CHECKING, Any, Final

from pipeline.desk.writing.disk.version import NOTHING
from pipeline.desk.writing.results import Conflict
from pipeline.desk.writing.settings import open_settings, save_settings
from pipeline.desk.writing.text_saving import TextFile
from pipeline.editor.writing.article_text import ArticleText
from pipeline.editor.writing.nodes import Document, ParagraphNode, TextNode
from pipeline.editor.writing.saving import saved
from pipeline.files.owned_files import hold_within, load_owned
from pipeline.files.text.source import LARGEST
from pipeline.files.workspace import ISSUES
from pipeline.files.yaml_text import yaml_text
from pipeline.findings.finding import IssueError, found
from pipeline.findings.system_faults import write_refused
from pipeline.importing.draft.file_names import free_name, stem_of

if TYPE_CHECKING:
    from pipeline.files.workspace import Workspace

FOLDER: Final = "fillers"

_ADDING: Final = threading.Lock()
"""Held while one is added: the same may be sent twice in a moment."""


def add_filler(workspace: Workspace, title: str, words: str, hand: str) -> str:
    """Write a filler, enter it in publication.yaml, and return its path below issues/.

    One that says the very same is not written twice.

    Args:
        workspace: The workspace.
        title: Its head.
        words: Its paragraphs, with empty lines between them; every sign stays what it is.
        hand: Who does it, for the history.

    Raises:
        IssueError: It has no title or no words (E624), somebody else wrote at the same time (E632), or a file
            is still being written by another program (E602).
        PressError: The disk or the system refuses.
    """
    title = " ".join(title.split())
    paragraphs = [" ".join(each.split()) for each in re.split(r"\n\s*\n", words) if each.strip()]
    if not title or not paragraphs:
        raise IssueError([found("E624", None)])
    content = tuple(ParagraphNode(content=(TextNode(text=each),)) for each in paragraphs)
    article = ArticleText(f"---\ntitle: {yaml_text(title)}\n---\n", f"{FOLDER}/new.md")
    text = saved(article, Document(content=content)).text
    with _ADDING:
        return _listed_with(workspace, text) or _added(workspace, stem_of(title), text, hand)


def _listed_with(workspace: Workspace, text: str) -> str:
    """Return the filler that is this text already; empty where none is."""
    listed = open_settings(workspace, "publication").fields.get("fillers")
    for name in listed if isinstance(listed, list) else ():
        with contextlib.suppress(OSError, ValueError):
            if load_owned(workspace.issues, str(name), LARGEST) == text.encode():
                return str(name)
    return ""


def _added(workspace: Workspace, stem: str, text: str, hand: str) -> str:
    folder = workspace.issues / FOLDER
    hold_within(workspace.root, folder)
    try:
        folder.mkdir(exist_ok=True)
        taken = [path.name for path in folder.iterdir()]
    except OSError as error:
        raise write_refused(error, FOLDER, "") from error
    name = f"{FOLDER}/{free_name(stem, '.md', taken)}"
    path = f"{ISSUES}/{name}"
    written: list[Any] = [TextFile(workspace, path).saved(NOTHING, lambda _: text, lambda *_: None, hand)]
    settings = open_settings(workspace, "publication")
    listed = settings.fields.get("fillers")
    place = ("fillers", len(listed) if isinstance(listed, list) else 0)
    written.append(save_settings(workspace, "publication", settings.version, {place: name}, hand))
    if any(isinstance(each, Conflict) for each in written):
        raise IssueError([found("E632", None, name=path)])
    return name
