"""The items of a list or the fields of a mapping in brackets (flow style, YAML 1.2, 7.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from pipeline.files.yaml_items.item_lines import node_at

if TYPE_CHECKING:
    from pipeline.files.yaml_edit import Field


class BracketItems(NamedTuple):
    """What stands in brackets.

    Args:
        before: The text up to the first item.
        items: The items, or fields with their names, as they are written.
        between: What stands between each and the next.
        after: The text behind the last item.
    """

    before: str
    items: tuple[str, ...]
    between: tuple[str, ...]
    after: str

    def text(self, items: list[str], between: list[str]) -> str:
        """Return the whole text with other items."""
        ends = [*between, ""] if items else []
        written = "".join(item + end for item, end in zip(items, ends, strict=True))
        return self.before + written + self.after

    def moved(self, item: int, position: int) -> str:
        """Return the text with an item at another position."""
        items = list(self.items)
        items.insert(position, items.pop(item))
        return self.text(items, list(self.between))

    def with_item(self, position: int, item: str) -> str:
        """Return the text with a new item at a position."""
        items = list(self.items)
        items.insert(position, item)
        between = list(self.between)
        between.insert(min(position, len(between)), ", ")
        return self.text(items, between)

    def without(self, item: int) -> str:
        """Return the text without an item."""
        items, between = list(self.items), list(self.between)
        del items[item]
        if between:
            del between[max(0, item - 1)]
        return self.text(items, between)


def bracket_items(text: str, field: Field) -> BracketItems | None:
    """Return what stands in brackets at a path; None where nothing does."""
    node = node_at(text, field)
    if not isinstance(node, CollectionNode) or not node.flow_style or not node.value:
        return None
    pairs = node.value if isinstance(node, MappingNode) else [(each, each) for each in node.value]
    spans = [(int(first.start_mark.index), max(_end(text, first), _end(text, last))) for first, last in pairs]
    return BracketItems(
        text[: spans[0][0]],
        tuple(text[start:end] for start, end in spans),
        tuple(text[spans[at][1] : spans[at + 1][0]] for at in range(len(spans) - 1)),
        text[spans[-1][1] :],
    )


def _end(text: str, node: Node) -> int:
    if isinstance(node, ScalarNode) and node.style is None:
        return len(text[: node.end_mark.index].rstrip())
    return int(node.end_mark.index)
