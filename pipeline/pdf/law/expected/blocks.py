"""Blocks of text as a reader must find them on the pages: their words, in order, with their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from pipeline.pdf.law.expected.signs import HYPHEN, REFERENCE, signs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.findings.place import Place


class Reading(Enum):
    """How the words of a block stand on the page."""

    WHOLE = auto()
    """By themselves: no text object holds words of the block and other words as well."""

    WITHIN = auto()
    """Perhaps within other words, as a name after the label “Text:”."""


class Near(Enum):
    """Which pages a block may begin on."""

    COVER = auto()
    """The first pages, before any section."""

    AFTER = auto()
    """The page of the block before it in its sequence, or one of the next."""

    BESIDE = auto()
    """The page of the block that it accompanies, or one of the next."""

    LATER = auto()
    """The page of the last block of a sequence, or any after it."""

    ANYWHERE = auto()


class Piece(NamedTuple):
    """Words that were written at one place.

    Args:
        text: The words.
        place: Where they were written.
        others: Other words that may stand for them; the first that the pages show is expected.
        target: Where they lead: an address, the name of an article, or an empty text.
    """

    text: str
    place: Place
    others: tuple[str, ...] = ()
    target: str = ""


@dataclass(slots=True, eq=False)
class Block:
    """Words that a reader reads one after another.

    Args:
        pieces: The words.
        sequence: The name of the sequence of blocks that follow one another on the pages, or an empty text.
        reading: How the words stand on the page.
        near: Which pages it may begin on.
        number: The number at the block's first line, of an item of a numbered list, or None.
        notes: The names of the notes that it refers to, in order.
        note: The name of the note that it is the text of, or an empty text.
        heads: Whether it is the head of a table's column, which is repeated on each page of the table.
        row: The row of the table whose cell it is, or an empty text.
        table: The table whose cell it is, where its columns are known, or an empty text.
        column: The number of the cell's column, from 0.
        leads_to: Of an entry of the contents, the name of what it leads to, or an empty text.
        anchor: The name under which the contents lead to it, or an empty text.
        title_of: The name of the article whose title it is, as that of a section may be; or an empty text.
        picture: The file of the picture that it is the caption of, or an empty text.
        floats: Whether it may stand beside what follows it, or on the next page, as a short quotation.
        is_label: Whether it is a word of the program, which may stand on the page more than once.
        beside: The block that it accompanies, or None.
        lines: The lines of code, in which every space counts; none for running text.
        signs: Its words as they are compared.
        bare: Its signs without hyphens.
        spaces: The numbers of its signs without hyphens that a space stands before.
        beginnings: The numbers of its signs without hyphens that begin a piece.
        targets: The first sign, the one behind the last, and the target of each of its links.
    """

    pieces: tuple[Piece, ...]
    sequence: str = ""
    reading: Reading = Reading.WHOLE
    near: Near = Near.AFTER
    number: int | None = None
    notes: tuple[str, ...] = ()
    note: str = ""
    heads: bool = False
    row: str = ""
    table: str = ""
    column: int = 0
    leads_to: str = ""
    anchor: str = ""
    title_of: str = ""
    picture: str = ""
    floats: bool = False
    is_label: bool = False
    beside: Block | None = None
    lines: tuple[str, ...] = ()
    signs: str = field(default="", init=False)
    bare: str = field(default="", init=False)
    spaces: frozenset[int] = field(default=frozenset(), init=False)
    beginnings: frozenset[int] = field(default=frozenset(), init=False)
    targets: tuple[tuple[int, int, str], ...] = field(default=(), init=False)

    def choose(self, shown: str) -> None:
        """Decide between alternatives by what all pages show, and note the signs of the block.

        Args:
            shown: The signs of all pages, without hyphens.
        """
        chosen = [_chosen(piece, shown) for piece in self.pieces]
        self.signs = "".join(map(signs_of, chosen))
        self.bare = self.signs.replace(HYPHEN, "")
        self.spaces = frozenset(_spaces_of(chosen))
        ends = list(accumulate(len(signs_of(text).replace(HYPHEN, "")) for text in chosen))
        begun = [0, *ends[:-1]]
        self.beginnings = frozenset(begun)
        self.targets = tuple(
            (first, end, piece.target or self.leads_to)
            for first, end, piece in zip(begun, ends, self.pieces, strict=True)
            if piece.target or self.leads_to
        )

    @property
    def empty_lines(self) -> int:
        """How many lines without letters or figures follow one another in it, at most: in code."""
        runs = groupby(self.lines, key=lambda line: not signs_of(line).strip(HYPHEN))
        return max((sum(1 for _ in run) for is_empty, run in runs if is_empty), default=0)

    @property
    def stands_alone(self) -> bool:
        """Whether no text object holds words of the block and other words as well."""
        return self.reading is Reading.WHOLE

    @property
    def place(self) -> Place:
        """Where it was written."""
        return self.pieces[0].place

    def place_at(self, offset: int) -> Place:
        """Return the place of a sign.

        Args:
            offset: Its number among the signs without hyphens.
        """
        for piece in self.pieces:
            length = len(signs_of(piece.text).replace(HYPHEN, ""))
            if offset < length:
                return piece.place
            offset -= length
        return self.pieces[-1].place

    def words_from(self, offset: int, most: int = 6) -> str:
        """Return the first words from a sign on, for people.

        Args:
            offset: The number of the sign among those without hyphens.
            most: How many words at most.
        """
        words: list[str] = []
        for word in "".join(piece.text for piece in self.pieces).replace(REFERENCE, "").split():
            length = len(signs_of(word).replace(HYPHEN, ""))
            if offset < length or words:
                words.append(word)
            offset -= length
            if len(words) == most:
                break
        return " ".join(words)


def block(pieces: Iterable[Piece], sequence: str = "", **options: object) -> list[Block]:
    """Return a block of pieces, or nothing where they hold no words."""
    held: Sequence[Piece] = tuple(piece for piece in pieces if signs_of(piece.text) or piece.others)
    # Hyphens alone are no words: a hyphen may also be one that divides a word. Nor are references to notes.
    if not any(signs_of(piece.text).strip(HYPHEN + REFERENCE) or piece.others for piece in held):
        return []
    return [Block(tuple(held), sequence, **options)] if held else []  # type: ignore[arg-type]


def _chosen(piece: Piece, shown: str) -> str:
    candidates = (piece.text, *piece.others)
    if len(candidates) == 1:
        return piece.text
    known = (text for text in candidates if signs_of(text) and signs_of(text).replace(HYPHEN, "") in shown)
    return next(known, piece.text)


def _spaces_of(texts: Iterable[str]) -> Iterator[int]:
    """Yield the numbers of signs that a space stands before; between two texts, none is certain."""
    offset = 0
    for text in texts:
        for index, word in enumerate(text.split()):
            signs = signs_of(word).replace(HYPHEN, "")
            if signs and (index or text[0].isspace()):
                yield offset
            offset += len(signs)
