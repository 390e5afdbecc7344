"""The lines of the items of a list in block style, each with the comments that belong to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ruamel.yaml.nodes import CollectionNode, Node, ScalarNode, SequenceNode

from pipeline.files.yaml_edit import node_below
from pipeline.files.yaml_events import root_of

if TYPE_CHECKING:
    from pipeline.files.yaml_edit import Field

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_END: Final = re.compile("\r\n|\n|\r")
_COMMENT: Final = re.compile(r"([ \t]*)#")


class ItemLines(NamedTuple):
    """A list in block style, parted into the lines of its items.

    Args:
        lines: All lines of the text, with their ends.
        starts: The first line of each item, from 0, with the comments above it; then that behind the last.
        column: Of the dashes.
    """

    lines: list[str]
    starts: list[int]
    column: int

    def of(self, item: int) -> list[str]:
        """Return the lines of an item."""
        return self.lines[self.starts[item] : self.starts[item + 1]]


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, with their ends."""
    return _LINE.findall(text)


def node_at(text: str, field: Field) -> Node | None:
    """Return the node at a path, or None where there is none."""
    return node_below(root_of(text), field)


def scalar_text(text: str, field: Field) -> str:
    """Return a scalar as it is written, with its quotes; nothing where it is none, or of several lines."""
    node = node_at(text, field)
    if not isinstance(node, ScalarNode):
        return ""
    written = text[node.start_mark.index : node.end_mark.index].strip()
    return "" if _END.search(written) else written


def item_lines(text: str, field: Field) -> ItemLines | None:
    """Return the items of a list; None where it is none, empty, or in brackets.

    A comment belongs to the item below it, unless it stands further in: then to the one above.
    """
    node = node_at(text, field)
    if not isinstance(node, SequenceNode) or node.flow_style or not node.value:
        return None
    lines, column = lines_of(text), node.start_mark.column
    starts: list[int] = []
    floor = 0
    for item in node.value:
        first = item.start_mark.line
        while first > floor and not lines[first].lstrip(" \ufeff").startswith("-"):
            first -= 1
        while first > floor and _belongs_below(lines[first - 1], column):
            first -= 1
        starts.append(first)
        floor = last_line(text, item) + 1
    return ItemLines(lines, [*starts, floor], column)


def _belongs_below(line: str, column: int) -> bool:
    comment = _COMMENT.match(line)
    return comment is not None and len(comment[1]) <= column


def comments_of(lines: list[str], value: object) -> list[str]:
    """Return the comments in the lines of an item, without what stands before them.

    Args:
        lines: Of the item.
        value: What it says; only behind one that is a text without `#` a comment is sought.
    """
    whole = [line.strip() for line in lines]
    comments = [line for line in whole if line.startswith("#")]
    if isinstance(value, str) and "#" not in value:
        behind = (line.partition(" #")[2] for line in whole if not line.startswith("#"))
        comments += [f"#{comment}" for comment in behind if comment]
    return comments


def last_line(text: str, node: Node) -> int:
    """Return the last line with something of a node, from 0."""
    if isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return max(last_line(text, each) for each in (last if isinstance(last, tuple) else (last,)))
    if isinstance(node, ScalarNode) and node.style in {"|", ">", None}:
        # The end mark lies at what follows; comments and empty lines before it are none of the text.
        end = max(len(text[: node.end_mark.index].rstrip()), node.start_mark.index)
        return int(node.start_mark.line) + len(_END.findall(text, node.start_mark.index, end))
    return int(node.end_mark.line)
