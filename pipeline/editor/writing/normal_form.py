"""The form in which an editor's document is written: what cannot stand on a page is left out of it.

An empty paragraph, a space at the end of a line or a mark around nothing says nothing; a browser leaves
them behind all the same. Two documents that say the same have the same form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from pipeline.editor.writing.nodes import (
    BreakNode,
    BulletListNode,
    CellAttributes,
    CellNode,
    CodeBlockNode,
    Document,
    FigureNode,
    HeadCellNode,
    HeadingNode,
    InlineNode,
    ListItemNode,
    OrderedListNode,
    ParagraphNode,
    QuoteNode,
    RowNode,
    SourceNode,
    TableNode,
    TextNode,
    without_ids,
)
from pipeline.editor.writing.normal_words import CONTROL, normal_words, with_parsed_targets
from pipeline.files.text.source import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.editor.writing.nodes import BlockNode, NoteNode

ChangeOfWords = Callable[[Sequence[InlineNode]], tuple[InlineNode, ...]]

_MARKS_IN_CREDITS: Final = re.compile('["„“”«»{}]')


def normal(document: Document) -> Document:
    """Return a document in its normal form; blocks keep their ids."""
    notes = tuple(_note(note) for note in document.notes)
    return Document(content=normal_blocks(document.content), notes=notes)


def _note(note: NoteNode) -> NoteNode:
    """Return a note; one without words has an ellipsis, without which it would be no note."""
    return note.model_copy(update={"content": _one_line(note.content) or (TextNode(text="…"),)})


def normal_blocks(blocks: Iterable[BlockNode]) -> tuple[BlockNode, ...]:
    """Return blocks in their normal form, without those that say nothing."""
    return tuple(node for block in blocks for node in _block(block))


def _block(node: BlockNode) -> Iterator[BlockNode]:
    match node:
        case ParagraphNode():
            yield from _with_content(node, normal_words(node.content))
        case HeadingNode():
            yield from _with_content(node, _one_line(node.content))
        case CodeBlockNode() | SourceNode():
            yield from _with_content(node, _plain(node.content))
        case BulletListNode() | OrderedListNode():
            items = tuple(map(_item, node.content))
            if any(item.content for item in items):
                yield node.model_copy(update={"content": items})
        case QuoteNode():
            yield from _with_content(node, normal_blocks(node.content))
        case TableNode():
            table = _table(node)
            if any(cell.content for row in table.content for cell in row.content):
                yield table
        case FigureNode():
            yield _figure(node)
        case _:
            yield node


def _with_content(node: BlockNode, content: Sequence[object]) -> Iterator[BlockNode]:
    if content:
        yield node.model_copy(update={"content": content})


def _item(item: ListItemNode) -> ListItemNode:
    return item.model_copy(update={"content": normal_blocks(item.content)})


def _plain(content: Sequence[TextNode]) -> tuple[TextNode, ...]:
    text = "".join(node.text for node in content).replace("\r\n", "\n").replace("\r", "\n")
    text = plain_text(CONTROL.sub("", text).expandtabs(4)).strip("\n")
    return (TextNode(text=text),) if text.strip() else ()


def _table(node: TableNode) -> TableNode:
    """Return a table whose first row holds the heads, all rows as long as the longest.

    Each column is set as its head says.
    """
    columns = [cell.attrs for cell in node.content[0].content]
    columns += [CellAttributes()] * (max(len(row.content) for row in node.content) - len(columns))
    rows = (
        RowNode(content=tuple(_cells(row, HeadCellNode if number == 0 else CellNode, columns)))
        for number, row in enumerate(node.content)
    )
    return node.model_copy(update={"content": tuple(rows)})


def _cells(
    row: RowNode, cell_type: type[HeadCellNode | CellNode], columns: Sequence[CellAttributes]
) -> Iterator[HeadCellNode | CellNode]:
    for attrs, cell in zip_longest(columns, row.content):
        yield cell_type(content=_one_line(cell.content) if cell else (), attrs=attrs)


def _figure(node: FigureNode) -> FigureNode:
    attrs = node.attrs
    texts = {
        "alternative": _line(attrs.alternative),
        "caption": _line(attrs.caption),
        "credit": _MARKS_IN_CREDITS.sub("’", _line(attrs.credit)),
    }
    return node.model_copy(update={"attrs": attrs.model_copy(update=texts)})


def _line(text: str) -> str:
    return " ".join(plain_text(CONTROL.sub("", text)).split())


def _one_line(content: Sequence[InlineNode]) -> tuple[InlineNode, ...]:
    """Return words with a space for each line break."""
    return normal_words(TextNode(text=" ") if isinstance(node, BreakNode) else node for node in content)


def with_words(node: BlockNode, change: ChangeOfWords) -> BlockNode:
    """Return a block with all words in it changed by a function, code blocks aside."""
    match node:
        case ParagraphNode() | HeadingNode():
            return node.model_copy(update={"content": change(node.content)})
        case BulletListNode() | OrderedListNode():
            return node.model_copy(
                update={"content": tuple(_item_with(each, change) for each in node.content)}
            )
        case QuoteNode():
            return node.model_copy(
                update={"content": tuple(with_words(each, change) for each in node.content)}
            )
        case TableNode():
            return node.model_copy(
                update={"content": tuple(_with_cells(row, change) for row in node.content)}
            )
    return node


def _item_with(item: ListItemNode, change: ChangeOfWords) -> ListItemNode:
    return item.model_copy(update={"content": tuple(with_words(each, change) for each in item.content)})


def _with_cells(row: RowNode, change: ChangeOfWords) -> RowNode:
    cells = (cell.model_copy(update={"content": change(cell.content)}) for cell in row.content)
    return row.model_copy(update={"content": tuple(cells)})


def comparable(blocks: Iterable[BlockNode]) -> tuple[BlockNode, ...]:
    """Return blocks so that those which say the same are equal: without ids, addresses in one form."""
    return tuple(without_ids(with_words(block, with_parsed_targets)) for block in blocks)
