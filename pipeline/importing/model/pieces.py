"""The common form of imported texts: pieces for recognition."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.models.text import LineBreak, NoteCall, Ornament

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.finding import Finding
    from pipeline.importing.model.inventory import InventoryItem


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """The target of a link.

    Args:
        target: As written.
        number: Distinguishes two links with one target.
    """

    target: str
    number: int


@dataclass(frozen=True, slots=True)
class FlatRun:
    """A run of words with its marks as flags, not nested as in `models.text`.

    HTML nests marks in any order, and a heading may be split off a paragraph within them; the writer of
    Markdown nests them again.

    Args:
        text: The words.
        bold: Whether they are bold.
        italic: Whether they are italic.
        code: Whether they are code, set verbatim.
        anchor: The link they belong to, or None.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    anchor: LinkTarget | None = None


Inline = FlatRun | NoteCall | LineBreak
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a heading of a level from 1.

    Args:
        inlines: Its words.
        level: 0 for running text.
        title: Whether it is marked as the title of the whole text.
        caption: Whether it is marked as the words below a picture.
    """

    inlines: Inlines
    level: int = 0
    title: bool = False
    caption: bool = False

    @property
    def text(self) -> str:
        """Its words without marks, on one line."""
        return plain(self.inlines)


@dataclass(frozen=True, slots=True)
class ListPiece:
    """A list; `start` is None where it is not numbered."""

    start: int | None
    items: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class TablePiece:
    """A rectangular table, its merged cells split, its first row the heads."""

    rows: tuple[tuple[Inlines, ...], ...]


@dataclass(frozen=True, slots=True)
class QuotePiece:
    """Words of another, set apart."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PicturePiece:
    """A picture at its place in the text.

    Args:
        name: Its key among the pictures of the imported text.
        alternative: Its alternative text, or an empty text.
        caption: The words below it.
    """

    name: str
    alternative: str = ""
    caption: str = ""


Piece = Paragraph | ListPiece | TablePiece | QuotePiece | PicturePiece | Ornament


@dataclass(frozen=True, slots=True)
class IncomingText:
    """An imported text as read.

    Args:
        name: The name of its file.
        pieces: In reading order.
        notes: The footnotes, by label.
        pictures: Their bytes, by key.
        inventory: All items of the file, read independently of the pieces, so that each checks the other.
        findings: Content that is not placed, reported already.
        title: The title in the file's metadata: the subject of a mail.
        author: The author in the file's metadata.
        front: Fields of its front matter, by name.
    """

    name: str
    pieces: tuple[Piece, ...]
    notes: dict[str, Inlines] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    inventory: tuple[InventoryItem, ...] = ()
    findings: tuple[Finding, ...] = ()
    title: str = ""
    author: str = ""
    front: dict[str, str] = field(default_factory=dict)


def plain(inlines: Inlines) -> str:
    """Return inlines as plain text on one line."""
    text = "".join(" " if isinstance(each, LineBreak) else getattr(each, "text", "") for each in inlines)
    return " ".join(text.split())


def paragraphs_in(pieces: tuple[Piece, ...]) -> Iterator[Paragraph]:
    """Yield all paragraphs, nested ones too."""
    for piece in pieces:
        if isinstance(piece, Paragraph):
            yield piece
        elif isinstance(piece, ListPiece):
            yield from itertools.chain.from_iterable(paragraphs_in(item) for item in piece.items)
        elif isinstance(piece, QuotePiece):
            yield from paragraphs_in(piece.pieces)
        elif isinstance(piece, TablePiece):
            yield from (Paragraph(cell) for row in piece.rows for cell in row if cell)


def pictures_in(pieces: tuple[Piece, ...]) -> Iterator[PicturePiece]:
    """Yield all pictures, nested ones too."""
    for piece in pieces:
        if isinstance(piece, PicturePiece):
            yield piece
        elif isinstance(piece, ListPiece):
            yield from itertools.chain.from_iterable(pictures_in(item) for item in piece.items)
        elif isinstance(piece, QuotePiece):
            yield from pictures_in(piece.pieces)
