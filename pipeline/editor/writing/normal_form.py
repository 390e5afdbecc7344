"""The form in which an editor's document is written: what cannot stand on a page is left out of it.

An empty paragraph, a space at the end of a line or a mark around nothing says nothing; a browser leaves
them behind all the same. Two documents that say the same have the same form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from pipeline.editor.writing.inlines import joined
from pipeline.editor.writing.nodes import (
    BreakNode,
    BulletListNode,
    CellAttributes,
    CellNode,
    CodeBlockNode,
    CodeMark,
    Document,
    FigureNode,
    HeadCellNode,
    HeadingNode,
    InlineNode,
    LinkMark,
    LinkTarget,
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
from pipeline.files.yaml_nodes import plain_text
from pipeline.reading.markdown.inlines import addresses_in, as_parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.editor.writing.nodes import BlockNode, Mark, NoteNode

ChangeOfWords = Callable[[Sequence[InlineNode]], tuple[InlineNode, ...]]

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_SPACE: Final = re.compile("[\t\n\r\u2028\u2029]")
_MARKS_IN_CREDITS: Final = re.compile('["„“”«»{}]')
_PUNCTUATION: Final = re.compile(r"[^\w\s]|_")


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
    text = plain_text(_CONTROL.sub("", text).expandtabs(4)).strip("\n")
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
    return " ".join(plain_text(_CONTROL.sub("", text)).split())


def _one_line(content: Sequence[InlineNode]) -> tuple[InlineNode, ...]:
    """Return words with a space for each line break."""
    return normal_words(TextNode(text=" ") if isinstance(node, BreakNode) else node for node in content)


def normal_words(content: Iterable[InlineNode]) -> tuple[InlineNode, ...]:
    """Return words without what no line shows: spaces and breaks at the ends, marks on spaces alone."""
    nodes = [node for each in content for node in _cleaned(each)]
    nodes = _without_outer(list(joined(nodes)))
    return joined(node for each in joined(_trimmed_marks(nodes)) for node in _with_addresses(each))


def _cleaned(node: InlineNode) -> Iterator[InlineNode]:
    if not isinstance(node, TextNode):
        yield node
        return
    text = plain_text(_SPACE.sub(" ", _CONTROL.sub("", node.text)))
    marks = tuple(mark for mark in node.marks if not isinstance(mark, LinkMark) or mark.attrs.href.strip())
    if text:
        yield TextNode(text=text, marks=marks)


def _without_outer(nodes: list[InlineNode]) -> list[InlineNode]:
    """Leave out spaces at the ends of each line, and breaks before the first word and behind the last."""
    lines: list[list[InlineNode]] = [[]]
    for node in nodes:
        if isinstance(node, BreakNode):
            lines.append([])
        else:
            lines[-1].append(node)
    stripped = [_stripped(line) for line in lines]
    while stripped and not stripped[0]:
        stripped.pop(0)
    while stripped and not stripped[-1]:
        stripped.pop()
    # Two breaks in a row would be an empty line, which ends the paragraph.
    kept = [line for line in stripped if line]
    result: list[InlineNode] = []
    for line in kept:
        if result:
            result.append(BreakNode())
        result += line
    return result


def _stripped(line: list[InlineNode]) -> list[InlineNode]:
    line = list(line)
    for at, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while line and isinstance(line[at], TextNode):
            node = line[at]
            assert isinstance(node, TextNode)  # noqa: S101 - said by the condition
            text = strip(node.text, " ")
            if text:
                line[at] = node.model_copy(update={"text": text})
                break
            line.pop(at)
    return line


def _trimmed_marks(nodes: Sequence[InlineNode]) -> Iterator[InlineNode]:
    """Yield text whose marks begin and end at a word: Markdown has no marks with a space inside of them."""
    for at, node in enumerate(nodes):
        if not isinstance(node, TextNode) or not node.marks:
            yield node
            continue
        before = _marks_at(nodes, at - 1)
        after = _marks_at(nodes, at + 1)
        text = node.text
        left = len(text) - len(text.lstrip(" "))
        right = len(text.rstrip(" "))
        is_code = CodeMark() in node.marks
        if left and not is_code:
            yield from _text(text[:left], _only(node.marks, before))
        if is_code:
            yield node
            continue
        if left < right:
            yield from _text(text[left:right], node.marks)
        if left < right < len(text):
            yield from _text(text[right:], _only(node.marks, after))


def _only(marks: Sequence[Mark], others: Sequence[Mark]) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks if mark in others)


def _marks_at(nodes: Sequence[InlineNode], at: int) -> tuple[Mark, ...]:
    node = nodes[at] if 0 <= at < len(nodes) else None
    return node.marks if isinstance(node, TextNode) else ()


def _text(text: str, marks: tuple[Mark, ...]) -> Iterator[InlineNode]:
    if text:
        yield TextNode(text=text, marks=marks)


def _with_addresses(node: InlineNode) -> Iterator[InlineNode]:
    """Yield a text with the web addresses in it as links, as they are read."""
    if not isinstance(node, TextNode) or any(isinstance(mark, LinkMark | CodeMark) for mark in node.marks):
        yield node
        return
    at = 0
    for start, address in addresses_in(node.text):
        yield from _text(node.text[at:start], node.marks)
        link = LinkMark(attrs=LinkTarget(href=address))
        yield TextNode(text=address, marks=(link, *node.marks))
        at = start + len(address)
    yield from _text(node.text[at:], node.marks)


def with_marks_at_words(nodes: Sequence[InlineNode]) -> tuple[InlineNode, ...]:
    """Return words with signs at the borders of emphasis outside of it, where it could not be read.

    Between a letter and a sign no emphasis begins or ends (CommonMark 0.31, 6.2).
    """
    result: list[InlineNode] = []
    for at, node in enumerate(nodes):
        if not isinstance(node, TextNode) or not node.marks or CodeMark() in node.marks:
            result.append(node)
            continue
        before, after = _marks_at(nodes, at - 1), _marks_at(nodes, at + 1)
        left = len(node.text) - len(_lstripped_signs(node.text))
        right = len(_rstripped_signs(node.text))
        if left >= right:
            shared = _only(node.marks, before) or _only(node.marks, after)
            result.append(node.model_copy(update={"marks": _links(node.marks, shared)}))
            continue
        result += _text(node.text[:left], _links(node.marks, before))
        result += _text(node.text[left:right], node.marks)
        result += _text(node.text[right:], _links(node.marks, after))
    return joined(result)


def _links(marks: Sequence[Mark], others: Sequence[Mark]) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks if isinstance(mark, LinkMark) or mark in others)


def _lstripped_signs(text: str) -> str:
    at = 0
    while at < len(text) and (_PUNCTUATION.match(text[at]) or text[at].isspace()):
        at += 1
    return text[at:]


def _rstripped_signs(text: str) -> str:
    return _lstripped_signs(text[::-1])[::-1]


def without_marks(nodes: Sequence[InlineNode], *names: str) -> tuple[InlineNode, ...]:
    """Return words without marks of some types."""
    return joined(
        node.model_copy(update={"marks": tuple(mark for mark in node.marks if mark.type not in names)})
        if isinstance(node, TextNode)
        else node
        for node in nodes
    )


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


def with_parsed_targets(nodes: Sequence[InlineNode]) -> tuple[InlineNode, ...]:
    """Return words whose links lead to addresses as the parser gives them."""
    return joined(
        node.model_copy(update={"marks": tuple(map(_parsed, node.marks))})
        if isinstance(node, TextNode)
        else node
        for node in nodes
    )


def _parsed(mark: Mark) -> Mark:
    return LinkMark(attrs=LinkTarget(href=as_parsed(mark.attrs.href))) if isinstance(mark, LinkMark) else mark
