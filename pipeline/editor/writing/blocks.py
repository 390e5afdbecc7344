"""Blocks of the model as the editor holds them, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.editor.writing.inlines import NOWHERE, inlines_of_nodes, joined, nodes_of_inlines
from pipeline.editor.writing.nodes import (
    BlockAttributes,
    BlockNode,
    BulletListNode,
    CellAttributes,
    CellNode,
    CodeBlockNode,
    FigureAttributes,
    FigureNode,
    HeadCellNode,
    HeadingAttributes,
    HeadingNode,
    ListItemNode,
    OrderAttributes,
    OrderedListNode,
    OrnamentNode,
    PageBreakNode,
    ParagraphNode,
    QuoteNode,
    RowNode,
    SourceNode,
    TableNode,
    TextNode,
)
from pipeline.models.text import (
    Block,
    Code,
    Figure,
    Heading,
    LineBreak,
    ListBlock,
    Ornament,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.editor.writing.nodes import InlineNode
    from pipeline.models.text import Inline


def node_of_block(block: Block, name: str | None = None) -> BlockNode:  # noqa: C901 - one case a type
    """Return a block as the editor holds it.

    Args:
        block: Any.
        name: The `id` of the node.
    """
    attrs = BlockAttributes(id=name)
    match block:
        case Paragraph():
            if block.lines:
                return CodeBlockNode(attrs=attrs, content=_text("\n".join(block.lines)))
            return ParagraphNode(attrs=attrs, content=nodes_of_inlines(block.children))
        case Heading():
            level = HeadingAttributes(id=name, level=block.level)
            return HeadingNode(attrs=level, content=nodes_of_inlines(block.children))
        case ListBlock():
            items = tuple(ListItemNode(content=tuple(map(node_of_block, item))) for item in block.items)
            if block.start is None:
                return BulletListNode(attrs=attrs, content=items)
            order = OrderAttributes(id=name, order=block.start, numbers=block.numbers)
            return OrderedListNode(attrs=order, content=items)
        case Quote():
            return QuoteNode(attrs=attrs, content=tuple(map(node_of_block, block.children)))
        case Table():
            return TableNode(attrs=attrs, content=tuple(_rows(block)))
        case Figure():
            return FigureNode(attrs=_figure_attributes(block.picture, name))
        case PageBreak():
            return PageBreakNode(attrs=attrs)
        case Ornament():
            return OrnamentNode(attrs=attrs)


def _text(text: str) -> tuple[TextNode, ...]:
    return (TextNode(text=text),) if text else ()


def _rows(table: Table) -> Iterable[RowNode]:
    columns = [CellAttributes(alignment=alignment) for alignment in table.alignments]
    cells = zip(columns, table.heads, strict=True)
    yield RowNode(
        content=tuple(HeadCellNode(attrs=attrs, content=nodes_of_inlines(cell)) for attrs, cell in cells)
    )
    for row in table.rows:
        cells = zip(columns, row, strict=True)
        yield RowNode(
            content=tuple(CellNode(attrs=attrs, content=nodes_of_inlines(cell)) for attrs, cell in cells)
        )


def _figure_attributes(picture: Picture, name: str | None) -> FigureAttributes:
    return FigureAttributes(
        id=name,
        source=picture.source,
        alternative=picture.alternative,
        credit=picture.credit,
        caption=picture.caption or "",
        measure=picture.measure,
        consent=picture.consent,
        focus=picture.focus,
    )


def block_of_node(node: BlockNode) -> Block:  # noqa: C901 - one case a type
    """Return what a node in normal form says as a block of the model.

    Raises:
        TypeError: It is a `SourceNode`, which says nothing but its text.
    """
    match node:
        case ParagraphNode():
            return Paragraph(_inlines(node.content))
        case CodeBlockNode():
            return _code_block("".join(each.text for each in node.content))
        case HeadingNode():
            return Heading(node.attrs.level, _inlines(node.content), NOWHERE)
        case BulletListNode():
            return ListBlock(None, _items(node.content))
        case OrderedListNode():
            return ListBlock(node.attrs.order, _items(node.content), _numbers(node))
        case QuoteNode():
            return Quote(tuple(map(block_of_node, node.content)))
        case TableNode():
            return _table(node)
        case FigureNode():
            return Figure(_picture(node.attrs))
        case PageBreakNode():
            return PageBreak()
        case OrnamentNode():
            return Ornament()
        case SourceNode():
            message = "text that the editor cannot show has no block"
            raise TypeError(message)


def _inlines(nodes: Sequence[InlineNode]) -> tuple[Inline, ...]:
    return inlines_of_nodes(joined(nodes))


def _items(items: Sequence[ListItemNode]) -> tuple[tuple[Block, ...], ...]:
    return tuple(tuple(map(block_of_node, item.content)) for item in items)


def _numbers(node: OrderedListNode) -> tuple[int, ...]:
    """Return the numbers of a list, which are kept only where they fit its items and do not follow."""
    first, count = node.attrs.order, len(node.content)
    fits = len(node.attrs.numbers) == count and node.attrs.numbers[0] == first
    follow = tuple(range(first, first + count))
    return node.attrs.numbers if fits and node.attrs.numbers != follow else ()


def _code_block(text: str) -> Paragraph:
    lines = tuple(text.split("\n"))
    children: list[Inline] = []
    for line in lines:
        if children:
            children.append(LineBreak())
        if line.strip():
            children.append(Code(line, NOWHERE))
    return Paragraph(tuple(children), lines)


def _table(node: TableNode) -> Table:
    heads, *rows = (tuple(_inlines(cell.content) for cell in row.content) for row in node.content)
    alignments = tuple(cell.attrs.alignment for cell in node.content[0].content)
    return Table(heads, tuple(rows), alignments, NOWHERE)


def _picture(attrs: FigureAttributes) -> Picture:
    return Picture(
        attrs.source,
        attrs.alternative,
        attrs.credit,
        attrs.caption or None,
        attrs.measure,
        attrs.consent,
        NOWHERE,
        attrs.focus,
    )
