"""Lines of a YAML text taken out, put in and shifted; the text ends as it did."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ruamel.yaml.nodes import MappingNode, SequenceNode

from pipeline.files.yaml_items.item_lines import ItemLines, node_at
from pipeline.files.yaml_text import Value, yaml_lines

if TYPE_CHECKING:
    from pipeline.files.yaml_edit import Field


Splice = tuple[int, int, list[str]]


_NAME: Final = re.compile(r"([^#]*:)([ \t]*(?:#.*)?[\r\n]*)", re.DOTALL)


_ENDS: Final = ("\r\n", "\n", "\r")


def as_lines(text: str, field: Field, value: Value) -> str | None:
    """Return a text with an empty list in brackets written as lines; None where it was none."""
    node = node_at(text, field)
    if not value or not isinstance(node, SequenceNode) or node.value:
        return None
    holder = node_at(text, field[:-1])
    if not isinstance(holder, MappingNode) or holder.flow_style:
        return None
    newline = newline_of(text)
    column = holder.start_mark.column + 2
    written = [f"{' ' * column}{line}" for item in value for line in yaml_lines(item, "-")]
    start = len(text[: node.start_mark.index].rstrip(" "))
    return text[:start] + newline + newline.join(written) + text[node.end_mark.index :]


def without_item(items: ItemLines, item: int) -> list[Splice]:
    """Return what takes an item out of its list; of an empty one, brackets stay."""
    first, last = items.starts[item], items.starts[item + 1]
    edits: list[Splice] = [(first, last, [])]
    if len(items.starts) == 2:  # noqa: PLR2004
        above = first - 1
        while above > 0 and not items.lines[above].partition("#")[0].strip():
            above -= 1
        name = _NAME.fullmatch(items.lines[above]) if above >= 0 else None
        if name is not None:
            edits.append((above, above + 1, [f"{name[1]} []{name[2]}"]))
    return edits


def joined(lines: list[str], newline: str) -> str:
    """Return the lines as a text: one that came before another ends, and the last one as it was."""
    had_end = [line.endswith(("\n", "\r")) for line in lines]
    if all(had_end):
        return "".join(lines)
    ended = [line if line.endswith(("\n", "\r")) else line + newline for line in lines]
    return "".join(ended).removesuffix(newline)


def indented(line: str, shift: int) -> str:
    """Return a line moved to the right by so many columns, or to the left, as far as it has spaces."""
    if not line.strip():
        return line
    if shift >= 0:
        return " " * shift + line
    return line[min(-shift, len(line) - len(line.lstrip(" "))) :]


def newline_of(text: str) -> str:
    """Return how the lines of a text end."""
    return next((end for end in _ENDS if end in text), "\n")


def spliced(text: str, lines: list[str], edits: list[Splice]) -> str:
    """Return the lines of a text as a text, some of them replaced by others."""
    replaced = list(lines)
    for first, last, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        replaced[first:last] = new
    return joined(replaced, newline_of(text))
