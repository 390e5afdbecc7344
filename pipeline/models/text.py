"""Running text: blocks and inlines, each run with the place where it was written.

The tree has the nodes of CommonMark, tables and footnotes. It holds text, never markup: escaping is done
where a page is composed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pipeline.findings.place import Place
from pipeline.models.lean_dataclass import lean_dataclass
from pipeline.models.values.base import Typeset

Line = Annotated[str, Typeset()]
"""A text of one line without markup: a title, a name, a caption."""


@lean_dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face."""

    text: str
    place: Place


@lean_dataclass(frozen=True, slots=True)
class Code:
    """Text to be set as it stands: identifiers, addresses, commands."""

    text: str
    place: Place


@lean_dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed words, set in italic."""

    children: tuple[Inline, ...]


@lean_dataclass(frozen=True, slots=True)
class Strong:
    """Important words, set in semibold."""

    children: tuple[Inline, ...]


@lean_dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a web page, an e-mail address or another article.

    Args:
        target: An http, https or mailto address, or the file name of an article of the issue.
        children: The words.
        place: Where the link was written.
    """

    target: str
    children: tuple[Inline, ...]
    place: Place


@lean_dataclass(frozen=True, slots=True)
class NoteCall:
    """The raised numeral that calls a footnote.

    Args:
        label: The note's label within its article.
        place: Where the reference was written.
    """

    label: str
    place: Place


@lean_dataclass(frozen=True, slots=True)
class LineBreak:
    """A break the author set within a paragraph."""


Inline = Run | Code | Emphasis | Strong | Link | NoteCall | LineBreak


@lean_dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text, or a code block.

    A code block is a paragraph, too: the templates within old archive PDFs know no other block for it.

    Args:
        children: The words; of a code block, a `Code` for each line that is not empty, parted by line breaks.
        lines: The lines of a code block, in which every space counts; none for running text.
    """

    children: tuple[Inline, ...]
    lines: tuple[str, ...] = ()


@lean_dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside an article.

    Args:
        level: 2 for the first level below the article's title, up to 4.
        children: The words.
        place: Where it was written.
    """

    level: int
    children: tuple[Inline, ...]
    place: Place


@lean_dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, of dashes or numbered.

    Args:
        start: The first number, or None for a list of dashes.
        items: The blocks of each item.
        numbers: The number of each item, where they do not follow one another; none otherwise.
    """

    start: int | None
    items: tuple[tuple[Block, ...], ...]
    numbers: tuple[int, ...] = ()

    @property
    def printed_numbers(self) -> tuple[int, ...]:
        """The number of each item as it is printed; none for a list of dashes."""
        if self.start is None:
            return ()
        return self.numbers or tuple(range(self.start, self.start + len(self.items)))


@lean_dataclass(frozen=True, slots=True)
class Quote:
    """Words of another, set apart."""

    children: tuple[Block, ...]


class Alignment(StrEnum):
    """How a table's column is set."""

    START = "start"
    CENTRE = "centre"
    END = "end"


Cell = tuple[Inline, ...]


@lean_dataclass(frozen=True, slots=True)
class Table:
    """A rectangular table with one row of heads.

    Args:
        heads: A cell a column.
        rows: As many cells a row as there are heads.
        alignments: One a column.
        place: Where it was written.
    """

    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    alignments: tuple[Alignment, ...]
    place: Place


class Measure(StrEnum):
    """The width a picture is set to."""

    TEXT = "text"
    WIDE = "wide"
    MARGIN = "margin"
    BLEED = "bleed"
    HALF = "half"
    THIRD = "third"
    PAIR = "pair"
    PORTRAIT = "portrait"

    @property
    def simple(self) -> Measure:
        """The one of text, wide and margin that stands for it, in styles which have no other."""
        return _SIMPLE.get(self, self)


_SIMPLE = {
    Measure.BLEED: Measure.WIDE,
    Measure.HALF: Measure.TEXT,
    Measure.THIRD: Measure.TEXT,
    Measure.PAIR: Measure.TEXT,
    Measure.PORTRAIT: Measure.MARGIN,
}


class Consent(StrEnum):
    """Whether the people that can be recognised agreed to be shown."""

    YES = "yes"
    NOT_NEEDED = "not-needed"
    NO = "no"


@lean_dataclass(frozen=True, slots=True)
class Picture:
    """A photograph or drawing.

    Args:
        source: The file, relative to the issue's folder, with forward slashes.
        alternative: What is to be seen, for those who cannot see it.
        credit: Who made it.
        caption: The words below it, or None.
        measure: The width it is set to.
        consent: What is known of the consent of those shown, or None.
        place: Where it was written.
        focus: The point that is kept where it is cropped, in per cent from the left and from the top.
    """

    source: str
    alternative: Line
    credit: Line
    caption: Line | None
    measure: Measure
    consent: Consent | None
    place: Place
    focus: tuple[int, int] | None = None


@lean_dataclass(frozen=True, slots=True)
class Figure:
    """A picture set between paragraphs."""

    picture: Picture


@lean_dataclass(frozen=True, slots=True)
class PageBreak:
    """The author's wish that a new page begins here."""


@lean_dataclass(frozen=True, slots=True)
class Ornament:
    """A break in thought: the thematic break of CommonMark."""


Block = Paragraph | Heading | ListBlock | Quote | Table | Figure | PageBreak | Ornament


@lean_dataclass(frozen=True, slots=True)
class Note:
    """A footnote.

    Args:
        label: What its calls name it by.
        children: Its words; a note is one paragraph.
        place: Where it was written.
    """

    label: str
    children: tuple[Inline, ...]
    place: Place
