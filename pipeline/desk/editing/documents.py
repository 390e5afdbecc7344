"""Documents of the editor: taken from what a page sent, and their blocks found in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from pipeline.desk.writing.heads import parted
from pipeline.editor.writing.article_text import ArticleText
from pipeline.editor.writing.nodes import DOCUMENT
from pipeline.files.text.source import Source
from pipeline.files.yaml_nodes import read_yaml
from pipeline.findings.finding import IssueError, found
from pipeline.reading.validation import places_of

if TYPE_CHECKING:
    from pipeline.editor.writing.nodes import Document


class BlockPlace(NamedTuple):
    """A block and its first line.

    Args:
        id: Of the block; `note:` and the label of a note.
        line: From 1 at the first line of the file.
    """

    id: str
    line: int


def document_of(data: Any) -> Document:  # noqa: ANN401 - what a page sent
    """Return the document that a page sent.

    Raises:
        IssueError: It is none (E634).
    """
    try:
        return DOCUMENT.validate_python(data)
    except (ValidationError, RecursionError):
        raise IssueError([found("E634", None)]) from None


def block_places(text: str, path: str) -> list[BlockPlace]:
    """Return the blocks of an article with their lines, from above.

    Args:
        text: The whole file.
        path: The file, relative to the workspace.
    """
    article = ArticleText(text, path)
    begin = article.front.count("\n") + 1
    places = []
    for piece in article.pieces:
        names = [node.attrs.id for node in piece.nodes if node.attrs.id is not None]
        names += [f"note:{piece.note.attrs.label}"] if piece.note is not None else []
        places += [BlockPlace(name, begin + piece.line) for name in names[:1]]
    return places


def fact_places(text: str, path: str) -> dict[str, tuple[int, int]]:
    """Return where the facts of an article stand, by dotted path: line and column, from 1.

    Args:
        text: The whole file.
        path: The file, relative to the workspace.
    """
    fields, _ = read_yaml(Source(path, parted(text).front), first_line=2)
    places = places_of(fields) if fields is not None else {}
    return {name: (place.line, place.column) for name, place in places.items()}
