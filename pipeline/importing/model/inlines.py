"""Inlines of imported texts: their words, cut, and with marks put on or taken off.

The marks of imported text are nested in one order, however the file nests them: links around strong words
around emphasis. Line breaks and note references stand outside of all marks.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

from pipeline.models.text import Code, Emphasis, Inline, LineBreak, Link, NoteCall, Run, Strong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Inlines = tuple[Inline, ...]


class Leaf(NamedTuple):
    """An inline without others in it.

    Args:
        inline: The inline.
        within: The marks it stands in, the outermost first.
    """

    inline: Run | Code | NoteCall | LineBreak
    within: tuple[Emphasis | Strong | Link, ...]

    @property
    def text(self) -> str:
        """Its words; those of a line break or a note reference are empty."""
        return self.inline.text if isinstance(self.inline, Run | Code) else ""

    @property
    def is_strong(self) -> bool:
        """Whether it stands in strong words."""
        return any(isinstance(mark, Strong) for mark in self.within)


def leaves(inlines: Iterable[Inline], within: tuple[Emphasis | Strong | Link, ...] = ()) -> Iterator[Leaf]:
    """Yield the inlines without others in them, in reading order.

    Args:
        inlines: Any.
        within: The marks around them.
    """
    for each in inlines:
        if isinstance(each, Emphasis | Strong | Link):
            yield from leaves(each.children, (*within, each))
        else:
            yield Leaf(each, within)


def words_in(inlines: Iterable[Inline]) -> str:
    """Return the words of inlines on one line, with single spaces."""
    return " ".join(text_of(inlines).split())


def text_of(inlines: Iterable[Inline]) -> str:
    """Return the text of inlines, a space for each line break."""
    return "".join(" " if isinstance(leaf.inline, LineBreak) else leaf.text for leaf in leaves(inlines))


def links_in(inlines: Iterable[Inline]) -> list[Link]:
    """Return the links among inlines."""
    return [each for each in inlines if isinstance(each, Link)]


def is_strong(inlines: Inlines) -> bool:
    """Return whether all words are strong and there is no note reference."""
    said = [leaf for leaf in leaves(inlines) if leaf.text.strip()]
    return (
        bool(said)
        and all(leaf.is_strong for leaf in said)
        and not any(isinstance(each, NoteCall) for each in inlines)
    )


def is_unlinked_text(inlines: Inlines) -> bool:
    """Return whether there are words alone, without links, line breaks and note references."""
    return not any(isinstance(each, Link | LineBreak | NoteCall) for each in inlines)


def without_first(count: int, inlines: Iterable[Inline]) -> Inlines:
    """Return inlines without their first characters; marks without words are left out.

    Args:
        count: How many characters; line breaks and note references count for none.
        inlines: Any.
    """
    kept: list[Inline] = []
    for each in inlines:
        if count <= 0:
            kept.append(each)
        elif isinstance(each, Run | Code):
            if rest := each.text[count:]:
                kept.append(replace(each, text=rest))
            count -= len(each.text)
        elif isinstance(each, Emphasis | Strong | Link):
            if children := without_first(count, each.children):
                kept.append(replace(each, children=children))
            count -= sum(len(leaf.text) for leaf in leaves(each.children))
    return tuple(kept)


def without_marks(inlines: Iterable[Inline], *marks: type[Emphasis | Strong | Code]) -> Inlines:
    """Return inlines without marks of some types.

    Args:
        inlines: Any.
        marks: The types; of code the text stays as a run.
    """
    kept: list[Inline] = []
    for each in inlines:
        if isinstance(each, Code) and Code in marks:
            kept.append(Run(each.text, each.place))
        elif isinstance(each, Emphasis | Strong | Link):
            children = without_marks(each.children, *marks)
            kept += children if isinstance(each, marks) else (replace(each, children=children),)
        else:
            kept.append(each)
    return _joined(kept)


def without_references(inlines: Iterable[Inline]) -> Inlines:
    """Return inlines without references to notes."""
    return _joined(each for each in inlines if not isinstance(each, NoteCall))


def strong(inlines: Iterable[Inline]) -> Inlines:
    """Return inlines with all words strong."""
    return _joined(
        replace(each, children=strong(each.children))
        if isinstance(each, Link)
        else each
        if isinstance(each, LineBreak | NoteCall)
        else Strong((each,))
        for each in without_marks(inlines, Strong)
    )


def _joined(inlines: Iterable[Inline]) -> Inlines:
    """Join neighbours that have the same mark; two links stay two."""
    joined: list[Inline] = []
    for mark, group in groupby(inlines, key=type):
        if mark in {Emphasis, Strong}:
            children = (each.children for each in group if isinstance(each, Emphasis | Strong))
            joined.append(mark(tuple(chain.from_iterable(children))))
        else:
            joined += group
    return tuple(joined)
