"""The blocks of a page as its reader yields them, and what becomes of them within other blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from pipeline.importing.model.incoming_text import IncomingHeading
from pipeline.importing.model.inlines import is_unlinked_text, leaves, strong, words_in
from pipeline.models.text import Block, Figure, Heading, ListBlock, Ornament, Paragraph, Quote, Run, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.findings.place import Place
    from pipeline.importing.model.incoming_text import IncomingBlock
    from pipeline.importing.model.inlines import Inlines
    from pipeline.models.text import Inline


@dataclass(frozen=True, slots=True)
class Caption:
    """A paragraph marked as the words below the picture before it."""

    children: Inlines


HtmlBlock = Block | IncomingHeading | Caption


def joined_captions(blocks: Iterable[HtmlBlock]) -> Iterator[IncomingBlock]:
    """Yield blocks with captions joined to their pictures, and without rules that separate nothing.

    A caption is a paragraph where there is no picture before it, or where it has links or note references.
    """
    last: IncomingBlock | None = None
    for block in blocks:
        if isinstance(block, Ornament) and (last is None or isinstance(last, Ornament)):
            continue
        if isinstance(block, Caption):
            if isinstance(last, Figure) and not last.picture.caption and is_unlinked_text(block.children):
                last = with_caption(last, words_in(block.children))
                continue
            block = Paragraph(block.children)  # noqa: PLW2901 - what it turned out to be
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def with_caption(figure: Figure, caption: str) -> Figure:
    """Return a picture with the words below it."""
    return Figure(replace(figure.picture, caption=caption))


def nested_blocks(blocks: Iterable[HtmlBlock]) -> tuple[Block, ...]:
    """Return blocks as they are within lists and quotations, where an article has no headings."""
    return tuple(
        Paragraph(strong(block.children))
        if isinstance(block, IncomingHeading)
        else Paragraph(block.children)
        if isinstance(block, Caption)
        else block
        for block in blocks
    )


def joined_paragraphs(blocks: Iterable[HtmlBlock], place: Place) -> Inlines:
    """Return the words of blocks as one paragraph, as cells and notes require.

    Args:
        blocks: Any; the words of pictures are left out.
        place: The file.
    """
    joined: list[Inline] = []
    last = ""
    for block in blocks:
        words = _words_of(block, place)
        if joined and words:
            # A note reference comes after the punctuation that ends a sentence.
            last = " " if last.rstrip().endswith((".", "!", "?", ";", ":", ",")) else "; "
            joined.append(Run(last, place))
        joined.extend(words)
        last = next((leaf.text for leaf in reversed(list(leaves(words))) if leaf.text), last)
    return tuple(joined)


def _words_of(block: HtmlBlock, place: Place) -> Inlines:
    match block:
        case Paragraph() | Heading() | IncomingHeading() | Caption():
            return block.children
        case ListBlock():
            items = zip_longest(block.printed_numbers, block.items)
            numbered = [(number, joined_paragraphs(item, place)) for number, item in items]
            return joined_paragraphs(
                [
                    Paragraph(words if number is None else (Run(f"{number}. ", place), *words))
                    for number, words in numbered
                    if words
                ],
                place,
            )
        case Quote():
            return joined_paragraphs(block.children, place)
        case Table():
            cells = [cell for row in (block.heads, *block.rows) for cell in row if cell]
            return joined_paragraphs([Paragraph(cell) for cell in cells], place)
        case _:
            return ()
