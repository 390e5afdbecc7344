"""A piece of the house that may fill the foot of a page, written and listed in the publication."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pipeline.desk.writing.disk.version import NOTHING
from pipeline.desk.writing.results import Conflict
from pipeline.desk.writing.settings import open_settings, save_settings
from pipeline.desk.writing.text_saving import TextFile
from pipeline.editor.writing.article_text import ArticleText
from pipeline.editor.writing.nodes import Document, ParagraphNode, TextNode
from pipeline.editor.writing.saving import saved
from pipeline.files.owned_files import hold_within
from pipeline.files.workspace import ISSUES
from pipeline.files.yaml_text import yaml_text
from pipeline.findings.finding import IssueError, found
from pipeline.findings.system_faults import write_refused
from pipeline.importing.draft.file_names import free_name, stem_of

if TYPE_CHECKING:
    from pipeline.files.workspace import Workspace

FOLDER: Final = "fillers"


def add_filler(workspace: Workspace, title: str, words: str, hand: str) -> str:
    """Write a filler, enter it in publication.yaml, and return its path below issues/.

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
    folder = workspace.issues / FOLDER
    hold_within(workspace.root, folder)
    try:
        folder.mkdir(exist_ok=True)
        taken = [path.name for path in folder.iterdir()]
    except OSError as error:
        raise write_refused(error, FOLDER, "") from error
    name = f"{FOLDER}/{free_name(stem_of(title), '.md', taken)}"
    path = f"{ISSUES}/{name}"
    content = tuple(ParagraphNode(content=(TextNode(text=each),)) for each in paragraphs)
    article = ArticleText(f"---\ntitle: {yaml_text(title)}\n---\n", path)
    text = saved(article, Document(content=content)).text
    written: list[Any] = [TextFile(workspace, path).saved(NOTHING, lambda _: text, lambda *_: None, hand)]
    settings = open_settings(workspace, "publication")
    listed = settings.fields.get("fillers")
    place = ("fillers", len(listed) if isinstance(listed, list) else 0)
    written.append(save_settings(workspace, "publication", settings.version, {place: name}, hand))
    if any(isinstance(each, Conflict) for each in written):
        raise IssueError([found("E632", None, name=path)])
    return name
