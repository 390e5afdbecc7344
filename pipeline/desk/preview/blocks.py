"""The blocks of an issue in the order in which they are read, each with the place where it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.models.text import Code, Figure, Heading, ListBlock, Paragraph, Quote, Run, Table
from pipeline.models.tree import nodes_of
from pipeline.page.engine.preview.places import WrittenBlock
from pipeline.page.makeup.notes_in_use import anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.findings.place import Place
    from pipeline.models.issue import Article, Issue
    from pipeline.models.text import Block, Inline


def written_blocks(issue: Issue) -> dict[str, list[WrittenBlock]]:
    """Return the blocks of an issue, by the `id` of the article or section that they stand in on the pages.

    Args:
        issue: Typeset, as its pages show it.
    """
    blocks = {anchor(article.name): list(_of_article(article)) for article in issue.articles}
    blocks |= {anchor(article.name): list(_of_article(article)) for article in issue.fillers}
    for index, section in enumerate(issue.sections):
        texts = {"title": section.title, "lead": section.lead}
        blocks[f"section-{section.number}"] = [
            WrittenBlock(text, place)
            for field, text in texts.items()
            if text and (place := issue.places.get(f"sections.{index}.{field}"))
        ]
    blocks[""] = list(_of_first_page(issue))
    return blocks


def _of_first_page(issue: Issue) -> Iterator[WrittenBlock]:
    for field, text in (("title", issue.title), ("greeting", issue.greeting)):
        if text and (place := issue.places.get(field)):
            yield WrittenBlock(text, place)
    if issue.cover is not None and issue.cover.place.line:
        yield WrittenBlock(issue.cover.alternative, issue.cover.place, is_picture=True)


def _of_article(article: Article) -> Iterator[WrittenBlock]:
    head = article.head
    for field, text in (("title", head.title), ("standfirst", head.standfirst), ("author", head.author)):
        if text and (place := article.places.get(field)):
            yield WrittenBlock(text, place)
    yield from _of_blocks(article.body)
    for note in article.notes:
        yield from _of_inlines(note.children)


def _of_blocks(blocks: Sequence[Block]) -> Iterator[WrittenBlock]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _of_inlines(block.children)
        elif isinstance(block, Heading):
            yield WrittenBlock(_words(block.children), block.place)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _of_blocks(item)
        elif isinstance(block, Quote):
            yield from _of_blocks(block.children)
        elif isinstance(block, Table):
            for cell in (*block.heads, *(cell for row in block.rows for cell in row)):
                yield from _of_inlines(cell)
        elif isinstance(block, Figure):
            picture = block.picture
            yield WrittenBlock(picture.alternative, picture.place, is_picture=True)
            yield WrittenBlock(picture.caption or "", picture.place)


def _of_inlines(inlines: Sequence[Inline]) -> Iterator[WrittenBlock]:
    place = _first_place(inlines)
    if place is not None:
        yield WrittenBlock(_words(inlines), place)


def _words(inlines: Sequence[Inline]) -> str:
    return "".join(each.text for each in nodes_of(Run | Code, tuple(inlines)))  # type: ignore[arg-type]


def _first_place(inlines: Sequence[Inline]) -> Place | None:
    return next((each.place for each in nodes_of(Run | Code, tuple(inlines))), None)  # type: ignore[arg-type]
