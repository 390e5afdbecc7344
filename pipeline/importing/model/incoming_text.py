"""An imported text as it was read, before its articles are recognised.

It consists of the blocks and inlines of `models.text`. A type of its own has only what an article cannot hold
yet: a heading whose level is still the file's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.models.text import (
    Block,
    Figure,
    Heading,
    ListBlock,
    Measure,
    Paragraph,
    Picture,
    Quote,
    Table,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from pipeline.findings.finding import Finding
    from pipeline.findings.place import Place
    from pipeline.importing.model.incoming_event import IncomingEvent
    from pipeline.importing.model.inlines import Inlines
    from pipeline.importing.model.inventory import InventoryItem
    from pipeline.models.text import Note
    from pipeline.page.pictures.metadata.origin import Origin


@dataclass(frozen=True, slots=True)
class IncomingHeading:
    """A heading with its level in the imported file.

    It may become the title of a section or of an article; one that stays within an article becomes a
    `Heading` when that is written, for only then are the levels above it known. It is never within another
    block: in lists and quotations, where an article has no headings, it is read as a paragraph of strong
    words.

    Args:
        level: As in the file, from 1 to 6.
        children: The words.
        place: The file.
        title: Whether it is marked as the title of the whole text.
    """

    level: int
    children: Inlines
    place: Place
    title: bool = False


IncomingBlock = Block | IncomingHeading
TextBlock = Paragraph | IncomingHeading
"""A block that may be a title, a line of the masthead, or text."""


@dataclass(frozen=True, slots=True)
class IncomingText:
    """An imported text as read.

    Args:
        name: The name of its file.
        blocks: In reading order. The source of a picture is its key in `pictures`; see `incoming_figure`.
        notes: The footnotes.
        pictures: Their bytes, by key.
        inventory: All items of the file, read independently of the blocks, so that each checks the other.
        findings: Content that is not placed, reported already.
        title: The title in the file's metadata: the subject of a mail.
        author: The author in the file's metadata.
        language: The language the file states, as a tag; it counts where the words do not tell another.
        date: The date in the file's metadata.
        left_out: Words of the inventory that the file itself hides or strikes out; each is in a finding.
        sent: The day a mail was sent, from which days without a year are counted.
        event: The event it invites to, by the calendar that came with it.
        origins: Who made its pictures and when, as their files say, by key.
    """

    name: str
    blocks: tuple[IncomingBlock, ...]
    notes: tuple[Note, ...] = ()
    pictures: dict[str, bytes] = field(default_factory=dict)
    inventory: tuple[InventoryItem, ...] = ()
    findings: tuple[Finding, ...] = ()
    title: str = ""
    author: str = ""
    language: str = ""
    date: dt.date | None = None
    left_out: tuple[str, ...] = ()
    sent: dt.date | None = None
    event: IncomingEvent | None = None
    origins: dict[str, Origin] = field(default_factory=dict)


def incoming_figure(key: str, place: Place, alternative: str = "", caption: str = "") -> Figure:
    """Return a picture at its place in an imported text.

    Args:
        key: Its key in `IncomingText.pictures`; the name of its file is chosen when it is written.
        place: The file.
        alternative: Its alternative text, or an empty text.
        caption: The words below it, or an empty text.
    """
    return Figure(Picture(key, alternative, "", caption or None, Measure.TEXT, consent=None, place=place))


def texts_in(blocks: Iterable[IncomingBlock]) -> Iterator[Inlines]:
    """Yield the words of every paragraph, heading and cell, of nested ones too."""
    for block in blocks:
        match block:
            case Paragraph() | Heading() | IncomingHeading():
                yield block.children
            case ListBlock():
                for item in block.items:
                    yield from texts_in(item)
            case Quote():
                yield from texts_in(block.children)
            case Table():
                yield from (cell for row in (block.heads, *block.rows) for cell in row if cell)
            case _:
                pass
