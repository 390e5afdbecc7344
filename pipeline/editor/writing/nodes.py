"""The document of an article as the editor in the browser holds it.

The nodes are those of ProseMirror's JSON: a type, attributes, content, and marks on text. They say what
the blocks of `models.text` say, without places, and in one form: what is equal on the page is equal here.
Everything a browser sends is validated by these models.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from pipeline.models.text import Alignment, Consent, Measure

LONGEST_TEXT: Final = 400_000
"""Characters of one text, as many as an article may have."""

MOST_NODES: Final = 20_000
"""The most nodes side by side."""

_CONFIG: Final = ConfigDict(frozen=True, extra="forbid", use_enum_values=False)


class Node(BaseModel):
    """What every node has."""

    model_config = _CONFIG


class EmphasisMark(Node):
    """Words set in italic."""

    type: Literal["em"] = "em"


class StrongMark(Node):
    """Words set in semibold."""

    type: Literal["strong"] = "strong"


class CodeMark(Node):
    """Text set as it stands."""

    type: Literal["code"] = "code"


class LinkTarget(Node):
    """Where a link leads."""

    href: str = Field(max_length=4000)


class LinkMark(Node):
    """Words that lead to an address or another article."""

    type: Literal["link"] = "link"
    attrs: LinkTarget


Mark = Annotated[EmphasisMark | StrongMark | CodeMark | LinkMark, Field(discriminator="type")]


class TextNode(Node):
    """A stretch of text with the same marks: links first, then strong, emphasis and code."""

    type: Literal["text"] = "text"
    text: str = Field(min_length=1, max_length=LONGEST_TEXT)
    marks: tuple[Mark, ...] = Field((), max_length=4)


class BreakNode(Node):
    """A line break within a paragraph."""

    type: Literal["hard_break"] = "hard_break"


class NoteAttributes(Node):
    """The label of a note."""

    label: str = Field(min_length=1, max_length=200, pattern=r"^[^\]\s]+$")


class NoteCallNode(Node):
    """The numeral that calls a footnote."""

    type: Literal["note_call"] = "note_call"
    attrs: NoteAttributes


InlineNode = Annotated[TextNode | BreakNode | NoteCallNode, Field(discriminator="type")]
Inlines = Annotated[tuple[InlineNode, ...], Field(max_length=MOST_NODES)]


class BlockAttributes(Node):
    """What every block has.

    Args:
        id: Names the text a block was read from; None for a new one.
    """

    id: str | None = Field(None, max_length=20)


class ParagraphNode(Node):
    """A paragraph."""

    type: Literal["paragraph"] = "paragraph"
    attrs: BlockAttributes = BlockAttributes()
    content: Inlines = ()


class CodeBlockNode(Node):
    """Lines in which every space counts; one text, lines parted by line ends."""

    type: Literal["code_block"] = "code_block"
    attrs: BlockAttributes = BlockAttributes()
    content: Annotated[tuple[TextNode, ...], Field(max_length=1)] = ()


class HeadingAttributes(BlockAttributes):
    """A heading's level: 2 to 4; a finding refuses the others that a file may have."""

    level: int = Field(ge=2, le=6)


class HeadingNode(Node):
    """A heading within an article."""

    type: Literal["heading"] = "heading"
    attrs: HeadingAttributes
    content: Inlines = ()


class ListItemNode(Node):
    """An item of a list."""

    type: Literal["list_item"] = "list_item"
    content: Blocks = ()


class BulletListNode(Node):
    """A list of dashes."""

    type: Literal["bullet_list"] = "bullet_list"
    attrs: BlockAttributes = BlockAttributes()
    content: Annotated[tuple[ListItemNode, ...], Field(min_length=1, max_length=MOST_NODES)]


class OrderAttributes(BlockAttributes):
    """The numbers of a list.

    Args:
        order: The first number.
        numbers: The number of each item, where they do not follow one another.
    """

    order: int = Field(1, ge=0, le=999_999_999)
    numbers: tuple[Annotated[int, Field(ge=0, le=999_999_999)], ...] = ()


class OrderedListNode(Node):
    """A numbered list."""

    type: Literal["ordered_list"] = "ordered_list"
    attrs: OrderAttributes = OrderAttributes()
    content: Annotated[tuple[ListItemNode, ...], Field(min_length=1, max_length=MOST_NODES)]


class QuoteNode(Node):
    """Words of another, set apart."""

    type: Literal["blockquote"] = "blockquote"
    attrs: BlockAttributes = BlockAttributes()
    content: Blocks = ()


class CellAttributes(Node):
    """How a column is set; the same in all cells of a column."""

    alignment: Alignment = Alignment.START


class HeadCellNode(Node):
    """The head of a column."""

    type: Literal["table_header"] = "table_header"
    attrs: CellAttributes = CellAttributes()
    content: Inlines = ()


class CellNode(Node):
    """A cell."""

    type: Literal["table_cell"] = "table_cell"
    attrs: CellAttributes = CellAttributes()
    content: Inlines = ()


class RowNode(Node):
    """A row; the first of a table has the heads."""

    type: Literal["table_row"] = "table_row"
    content: Annotated[
        tuple[Annotated[HeadCellNode | CellNode, Field(discriminator="type")], ...],
        Field(min_length=1, max_length=100),
    ]


class TableNode(Node):
    """A table with a row of heads, all rows as long as it."""

    type: Literal["table"] = "table"
    attrs: BlockAttributes = BlockAttributes()
    content: Annotated[tuple[RowNode, ...], Field(min_length=1, max_length=MOST_NODES)]


class FigureAttributes(BlockAttributes):
    """A picture and its texts, as `models.text.Picture`."""

    source: str = Field(max_length=1000)
    alternative: str = Field("", max_length=4000)
    credit: str = Field("", max_length=1000)
    caption: str = Field("", max_length=4000)
    measure: Measure = Measure.TEXT
    consent: Consent | None = None
    focus: tuple[int, int] | None = None


class FigureNode(Node):
    """A picture between paragraphs."""

    type: Literal["figure"] = "figure"
    attrs: FigureAttributes


class PageBreakNode(Node):
    """A new page begins here."""

    type: Literal["page_break"] = "page_break"
    attrs: BlockAttributes = BlockAttributes()


class OrnamentNode(Node):
    """A break in thought."""

    type: Literal["horizontal_rule"] = "horizontal_rule"
    attrs: BlockAttributes = BlockAttributes()


class SourceNode(Node):
    """Text that the editor cannot show, as it is written; it is edited as such."""

    type: Literal["source"] = "source"
    attrs: BlockAttributes = BlockAttributes()
    content: Annotated[tuple[TextNode, ...], Field(max_length=1)] = ()


BlockNode = Annotated[
    ParagraphNode
    | CodeBlockNode
    | HeadingNode
    | BulletListNode
    | OrderedListNode
    | QuoteNode
    | TableNode
    | FigureNode
    | PageBreakNode
    | OrnamentNode
    | SourceNode,
    Field(discriminator="type"),
]
Blocks = Annotated[tuple[BlockNode, ...], Field(max_length=MOST_NODES)]


class NoteNode(Node):
    """A footnote: its words stand apart from the text that calls it."""

    type: Literal["note"] = "note"
    attrs: NoteAttributes
    content: Inlines = ()


class Document(Node):
    """An article's text.

    Args:
        content: Its blocks.
        notes: Its footnotes, in any order.
    """

    type: Literal["doc"] = "doc"
    content: Blocks = ()
    notes: Annotated[tuple[NoteNode, ...], Field(max_length=MOST_NODES)] = ()


for _model in (ListItemNode, QuoteNode, BulletListNode, OrderedListNode, Document):
    _model.model_rebuild()

DOCUMENT: Final[TypeAdapter[Document]] = TypeAdapter(Document)


def without_ids(node: Any) -> Any:  # noqa: ANN401 - any node
    """Return a node, or a tuple of nodes, without the names of the texts they were read from."""
    if isinstance(node, tuple):
        return tuple(without_ids(each) for each in node)
    if not isinstance(node, Node):
        return node
    changed: dict[str, Any] = {}
    attributes = getattr(node, "attrs", None)
    if isinstance(attributes, BlockAttributes) and attributes.id is not None:
        changed["attrs"] = attributes.model_copy(update={"id": None})
    content = getattr(node, "content", ())
    if content and not isinstance(content[0], TextNode | BreakNode | NoteCallNode):
        changed["content"] = without_ids(content)
    return node.model_copy(update=changed) if changed else node
