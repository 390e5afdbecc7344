"""What came in, in one shape whatever it came as: pieces for recognition, an inventory for the count."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.models.text import LineBreak, NoteCall, Ornament

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.finding import Finding

_WORD: Final = re.compile(r"\w+")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """A link, once for all the words it holds.

    Args:
        target: As written.
        number: Tells two links with one target apart.
    """

    target: str
    number: int


@dataclass(frozen=True, slots=True)
class FlatRun:
    """Words in one face, its marks side by side and not one within another as `models.text` has them.

    HTML nests marks in any order, and a head is cut off the front of a paragraph whatever marks it has; the
    writer of Markdown nests them again.

    Args:
        text: The words.
        bold: Whether they stand out.
        italic: Whether they are stressed.
        code: Whether they are to be set as they stand.
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
        """Its words without their faces, on one line."""
        return plain(self.inlines)


@dataclass(frozen=True, slots=True)
class ListPiece:
    """A list; `start` is None where it is not numbered."""

    start: int | None
    items: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class TablePiece:
    """A rectangular table, its merged cells parted, its first row the heads."""

    rows: tuple[tuple[Inlines, ...], ...]


@dataclass(frozen=True, slots=True)
class QuotePiece:
    """Words of another, set apart."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PicturePiece:
    """A picture where it stands.

    Args:
        name: Its key among the pictures of the arrival.
        alternative: What is to be seen in it, as far as that was said.
        caption: The words below it.
    """

    name: str
    alternative: str = ""
    caption: str = ""


Piece = Paragraph | ListPiece | TablePiece | QuotePiece | PicturePiece | Ornament


class PieceType(StrEnum):
    """What the count tells apart."""

    PARAGRAPH = "paragraph"
    CELL = "cell"
    NOTE = "note"
    LINK = "link"
    PICTURE = "picture"


class InventoryItem(NamedTuple):
    """One thing that came in and must be found again, or be listed.

    Args:
        kind: What it is.
        text: Its words, the target of a link, the key of a picture.
        listed: Whether a finding of the reader names it already.
    """

    kind: PieceType
    text: str
    listed: bool = False


class FileInventory(NamedTuple):
    """What a file holds, taken from the file itself and not from what its reader made of it.

    Args:
        units: Paragraphs, cells, notes, links and pictures, in order; each is found again in the draft or is
            listed.
        findings: What is there and can have no place in an issue: deletions (W501), remarks (W502), macros
            (W503), pictures that are not in the file (W505), heads and feet (W506), files elsewhere (W514),
            objects and formulas (W515).
    """

    units: tuple[InventoryItem, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class IncomingText:
    """A text as it came in.

    Args:
        name: The file's.
        pieces: In reading order.
        notes: The footnotes, by label.
        pictures: Their bytes, by key.
        inventory: Everything that came, taken down apart from the pieces, so that each checks the other.
        findings: What is known already not to be placed.
        title: What the file calls itself beside its text: the subject of a mail.
        author: Who wrote it, as far as the file says.
        front: Fields that stood before the text, by name.
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
    """Return words without their faces, on one line."""
    said = "".join(" " if isinstance(each, LineBreak) else getattr(each, "text", "") for each in inlines)
    return " ".join(said.split())


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded so that typography makes no difference.

    Letters and digits only, composed (NFKC), without case; what cannot be seen is no part of a word.
    """
    return _WORD.findall(unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold().replace("_", " "))


def paragraphs_in(pieces: tuple[Piece, ...]) -> Iterator[Paragraph]:
    """Yield every paragraph, wherever it stands."""
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
    """Yield every picture, wherever it stands."""
    for piece in pieces:
        if isinstance(piece, PicturePiece):
            yield piece
        elif isinstance(piece, ListPiece):
            yield from itertools.chain.from_iterable(pictures_in(item) for item in piece.items)
        elif isinstance(piece, QuotePiece):
            yield from pictures_in(piece.pieces)
