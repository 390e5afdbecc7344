"""Passages: the texts of an issue as units of reading, with their places in the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.models.text import (
    Code,
    Emphasis,
    Figure,
    Heading,
    LineBreak,
    Link,
    ListBlock,
    NoteCall,
    Paragraph,
    Quote,
    Run,
    Strong,
    Table,
)
from pipeline.typography.fonts import column_of
from pipeline.typography.typesetting import OPAQUE, line_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.findings.place import Place
    from pipeline.models.issue import Article, Issue
    from pipeline.models.text import Block, Inline


class Passage(NamedTuple):
    """A paragraph, a heading, a cell, a line of the facts, or what is said below a picture or instead of it.

    Args:
        text: Its words; U+FFFC stands for what is no text.
        runs: The start of each run in the text, and its place in the files.
        article: The article it belongs to, or None.
        listed: The number of items of the list that follows it, or of articles in its section; 0 for none.
    """

    text: str
    runs: tuple[tuple[int, Place], ...]
    article: Article | None
    listed: int = 0

    def place_of(self, start: int, end: int, sources: Mapping[str, str]) -> Place:
        """Return the place of a part of the text.

        Args:
            start: Where it begins in the text.
            end: Behind its last character.
            sources: The text of each file, by path.
        """
        place = next(place for begin, place in reversed(self.runs) if begin <= start)
        where = column_of(self.text[start:end].split("\n", 1)[0], place, sources)
        return where._replace(length=end - start) if where != place else where


def passages(issue: Issue) -> Iterator[Passage]:
    """Yield every passage of an issue, in reading order.

    Args:
        issue: As read.
    """
    cover = issue.cover.alternative if issue.cover is not None else None
    for name, words in (("title", issue.title), ("greeting", issue.greeting), ("cover.alternative", cover)):
        if words and name in issue.places:
            yield Passage(words, ((0, issue.places[name]),), None)
    for index, section in enumerate(issue.sections):
        for name in ("title", "lead"):
            text, place = getattr(section, name), issue.places.get(f"sections.{index}.{name}")
            if text and place is not None:
                listed = len(section.articles) if name == "lead" else 0
                yield Passage(text, ((0, place),), None, listed)
        for article in section.articles:
            for name, text in line_fields(article.head):
                yield Passage(text, ((0, article.places.get(name, article.place)),), article)
            yield from _within(article.body, article)
            for note in article.notes:
                yield _passage(note.children, article)


def _within(blocks: tuple[Block, ...], article: Article) -> Iterator[Passage]:
    for at, block in enumerate(blocks):
        match block:
            case Paragraph() | Heading():
                following = blocks[at + 1] if at + 1 < len(blocks) else None
                listed = len(following.items) if isinstance(following, ListBlock) else 0
                yield _passage(block.children, article, listed)
            case ListBlock():
                for item in block.items:
                    yield from _within(item, article)
            case Quote():
                yield from _within(block.children, article)
            case Table():
                yield from (_passage(cell, article) for row in (block.heads, *block.rows) for cell in row)
            case Figure():
                said = (block.picture.alternative, block.picture.caption)
                yield from (Passage(words, ((0, block.picture.place),), article) for words in said if words)
            case _:
                pass


def _passage(children: tuple[Inline, ...], article: Article, listed: int = 0) -> Passage:
    text, runs = "", []
    for part, place in _parts(children):
        if place is not None:
            runs.append((len(text), place))
        text += part
    return Passage(text, tuple(runs) or ((0, article.place),), article, listed)


def _parts(children: tuple[Inline, ...]) -> Iterator[tuple[str, Place | None]]:
    for child in children:
        match child:
            case Run():
                yield child.text, child.place
            case Emphasis() | Strong() | Link():
                yield from _parts(child.children)
            case LineBreak():
                yield " ", None
            case Code() | NoteCall():
                yield OPAQUE, None
