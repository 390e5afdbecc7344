"""Texts as they are read, without signs: an article block by block, and the contents of an issue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.desk.writing.plan_applying import articles_in, sections_in
from pipeline.editor.writing.article_text import ArticleText
from pipeline.editor.writing.node_texts import words_of
from pipeline.editor.writing.nodes import (
    BulletListNode,
    FigureNode,
    OrderedListNode,
    QuoteNode,
    TableNode,
)
from pipeline.files.yaml_edit import YamlEditor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.editor.writing.nodes import BlockNode

_DASH: Final = "– "
_BETWEEN_CELLS: Final = " · "


def article_as_read(text: str, path: str) -> list[str]:
    """Return the words below an article's head, a line for each paragraph, item, row and note.

    Args:
        text: Its file.
        path: For findings.

    Raises:
        BulletinError: It cannot be read as an article.
    """
    document = ArticleText(text, path).document
    lines = [line for block in document.content for line in _lines(block)]
    return [*lines, *(f"{note.attrs.label}. {words_of(note)}" for note in document.notes)]


def plan_as_read(text: str, path: str) -> list[str]:
    """Return what an issue's plan says: its first page, then its sections with their articles.

    Raises:
        BulletinError: It cannot be read as YAML.
    """
    fields = YamlEditor(text, path).value(())
    fields = fields if isinstance(fields, dict) else {}
    lines = [str(fields[name]) for name in ("title", "number", "date", "greeting") if fields.get(name)]
    for section in sections_in(fields):
        lines += [str(section.get("title") or ""), str(section.get("lead") or "")]
        lines += [f"{_DASH}{each}" for each in articles_in(section)]
    return [line for line in lines if line]


def _lines(block: BlockNode, before: str = "") -> Iterator[str]:
    if isinstance(block, BulletListNode | OrderedListNode):
        for item in block.content:
            for number, inner in enumerate(item.content):
                yield from _lines(inner, f"{before}{_DASH if number == 0 else '  '}")
    elif isinstance(block, QuoteNode):
        for inner in block.content:
            yield from _lines(inner, before)
    elif isinstance(block, TableNode):
        for row in block.content:
            yield before + _BETWEEN_CELLS.join(words_of(cell) for cell in row.content)
    elif isinstance(block, FigureNode):
        said = (block.attrs.source, block.attrs.alternative, block.attrs.caption, block.attrs.credit)
        yield before + _BETWEEN_CELLS.join(each for each in said if each)
    elif words := words_of(block):
        yield before + words
