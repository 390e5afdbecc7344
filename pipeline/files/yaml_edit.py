"""YAML edited in place: only the characters of the value that changes are rewritten.

A dump by the library would reformat the whole file. Here the text is spliced at the positions the library
gives each node, so that comments, quotes, line ends and the byte order mark stay. Every result is parsed
again, and discarded unless the requested value is all that changed.
"""

from __future__ import annotations

import copy
import itertools
import textwrap
from typing import TYPE_CHECKING, Any, Final

from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from pipeline.files.text.source import Source
from pipeline.files.yaml_events import NULLS, root_of
from pipeline.files.yaml_nodes import read_yaml
from pipeline.files.yaml_text import (
    Value,
    holds_unseen,
    is_fact,
    quoted_text,
    yaml_lines,
    yaml_text,
    yaml_value,
)
from pipeline.findings.finding import IssueError, PressError, errors, found
from pipeline.findings.place import Place
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Field = tuple[str | int, ...]
"""The path of a value: names of fields, and positions in lists from 0."""

_NARROWEST: Final = 60
"""Characters a folded text is wrapped at, at the least."""


class YamlEditor:
    """A YAML text and the edits made to it.

    Args:
        text: The text as it is in the file; it may begin with a byte order mark and have any line ends.
        path: The file, for findings.

    Raises:
        IssueError: The text cannot be read as YAML that holds fields, or has errors.
    """

    def __init__(self, text: str, path: str) -> None:
        """Read the text."""
        plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        fields, findings = read_yaml(Source(path, plain))
        if fields is None or errors(findings):
            raise IssueError(findings)
        self.text = text
        self._path = path
        self._root = root_of(text)

    def value(self, field: Field) -> Any:  # noqa: ANN401 - text, lists and fields
        """Return the present value at a path, as texts, lists and dicts; None where there is none."""
        return _value_at(_plain(self._root), field)

    def set(self, field: Field, value: Value) -> None:
        """Set a value; a field that is not there is added behind the last one of its kind.

        A new field replaces a commented-out one of that name (`# phone: …`).

        Raises:
            PressError: It cannot be written without changing something else (E83).
        """
        *holder, step = field
        if holder and self.value(tuple(holder)) is None and (isinstance(step, str) or step == 0):
            self.set(tuple(holder), {step: value} if isinstance(step, str) else [value])
            return

        def change(fields: Any) -> None:  # noqa: ANN401 - a field or an item
            if isinstance(fields, list) and field[-1] == len(fields):
                fields.append(value)
            else:
                fields[field[-1]] = value

        self._edit(field, change, self._set_texts(field, value))

    def append(self, field: Field, value: Value) -> None:
        """Add an item at the end of a list, which is created where it is missing.

        Raises:
            PressError: It cannot be written without changing something else (E83).
        """
        items = self.value(field)
        if items is None:
            self.set(field, [value])
        else:
            self.set((*field, len(items)), value)

    def comment_out(self, field: Field) -> None:
        """Comment out a field with its nested lines, which keep their columns.

        Raises:
            PressError: It cannot be done without changing something else (E83).
        """

        def change(fields: Any) -> None:  # noqa: ANN401 - a field or an item
            del fields[field[-1]]

        self._edit(field, change, self._commented_texts(field))

    def _edit(self, field: Field, change: Callable[[Any], None], texts: Iterator[str]) -> None:
        """Keep the first of the candidate texts that parses to the changed value."""
        expected = copy.deepcopy(_plain(self._root)) or {}
        try:
            change(_value_at(expected, field[:-1]))
        except (TypeError, LookupError):
            texts = iter(())
        for text in texts:
            try:
                root = root_of(text)
            except YAMLError:
                continue
            if (_plain(root) or {}) == expected:
                self.text, self._root = text, root
                return
        problem = N_("a value cannot be set in it without changing others")
        raise PressError([found("E83", Place(self._path), name=self._path, problem=problem)])

    # candidate texts for a change, the likeliest first

    def _set_texts(self, field: Field, value: Value) -> Iterator[str]:
        node = node_below(self._root, field)
        if node is not None:
            yield from self._replaced(node, field, value)
            return
        holder = node_below(self._root, field[:-1])
        opening = f"{yaml_text(str(field[-1]))}:" if isinstance(field[-1], str) else "-"
        if holder is None:
            yield self._with_lines(len(self.text), yaml_lines(value, opening), 0)
        elif isinstance(holder, CollectionNode) and holder.flow_style:
            written = yaml_value(value) if opening == "-" else f"{opening} {yaml_value(value)}"
            end = self._end(holder.value[-1]) if holder.value else holder.start_mark.index + 1
            yield self._spliced(end, end, f", {written}" if holder.value else written)
        elif isinstance(holder, CollectionNode):
            yield from self._added(holder, yaml_lines(value, opening))

    def _replaced(self, node: Node, field: Field, value: Value) -> Iterator[str]:
        start, end = node.start_mark.index, self._end(node)
        if isinstance(node, ScalarNode):
            if _is_empty(node) and start == node.end_mark.index:
                start = end = self._behind(field, start)
                yield self._spliced(start, end, f" {yaml_value(value)}")
                return
            if isinstance(value, str) and not holds_unseen(value):
                yield from self._in_style(node, value)
        yield self._spliced(start, end, yaml_value(value))
        # A list may begin below its name, where a value on one line has to be indented.
        yield self._spliced(start, end, f"  {yaml_value(value)}")

    def _in_style(self, node: ScalarNode, value: str) -> Iterator[str]:
        """Yield the text with a value in the quotes or the block style of the present one."""
        start, end = node.start_mark.index, self._end(node)
        if node.style == "'":
            yield self._spliced(start, end, "'" + value.replace("'", "''") + "'")
        elif node.style == '"':
            yield self._spliced(start, end, quoted_text(value))
        elif node.style is None and is_fact(value):
            yield self._spliced(start, end, value)
        elif node.style in {"|", ">"}:
            header, *body = self.text[start:end].splitlines()
            filled = [line for line in body if line.strip()]
            indent = " " * min((len(line) - len(line.lstrip(" ")) for line in filled), default=0)
            lines = value.removesuffix("\n").split("\n")
            if node.style == ">":
                width = max(_NARROWEST, *(len(line) - len(indent) for line in body))
                lines = _folded(lines, width)
            written = self._newline.join(f"{indent}{line}" if line else "" for line in lines)
            for opening in (header, node.style, f"{node.style}-"):
                yield self._spliced(start, end, f"{opening}{self._newline}{written}")

    def _added(self, holder: CollectionNode, lines: list[str]) -> Iterator[str]:
        column = holder.start_mark.column
        if lines[0] != "-" and (example := self._example(holder, lines[0])) is not None:
            yield self._spliced(*example, f"{self._newline}{' ' * column}".join(lines))
        yield self._with_lines(self._line_end(self._end(holder)), lines, column)
        yield self._with_lines(holder.end_mark.index, lines, column)

    def _commented_texts(self, field: Field) -> Iterator[str]:
        holder = node_below(self._root, field[:-1])
        for key, value in holder.value if isinstance(holder, MappingNode) else ():
            if key.value == field[-1]:
                start = key.start_mark.index
                end = self._end((key, value))
                first, *rest = self.text[start:end].splitlines(keepends=True)
                nested = (line.removeprefix("  ") for line in rest)
                lines = [f"# {first}", *(f"# {line}" if line.strip() else f"#{line}" for line in nested)]
                yield self._spliced(start, end, "".join(lines))

    # positions in the text

    def _spliced(self, start: int, end: int, new: str) -> str:
        return self.text[:start] + new + self.text[end:]

    def _with_lines(self, at: int, lines: list[str], column: int) -> str:
        """Return the text with lines inserted at the start of a line or at its end."""
        newline = self._newline
        begun = at > 0 and self.text[at - 1] not in "\r\n\ufeff"
        written = "".join(f"{' ' * column}{line}{newline}" for line in lines)
        return self._spliced(at, at, f"{newline if begun else ''}{written}")

    @property
    def _newline(self) -> str:
        return next((sign for sign in ("\r\n", "\n", "\r") if sign in self.text), "\n")

    def _line_end(self, at: int) -> int:
        """Return where the next line begins."""
        line = self.text[at:].splitlines(keepends=True)
        return at + len(line[0]) if line else at

    def _end(self, node: Node | tuple[Node, Node]) -> int:
        """Return the end of a node or a field without what follows: its end mark lies at the next node."""
        if isinstance(node, tuple):
            key, value = node
            empty = isinstance(value, ScalarNode) and value.start_mark.index == value.end_mark.index
            return self.text.find(":", key.end_mark.index) + 1 if empty else self._end(value)
        if isinstance(node, CollectionNode) and not node.flow_style:
            return self._end(node.value[-1])
        if isinstance(node, ScalarNode) and node.style in {"|", ">", None}:
            return len(self.text[: node.end_mark.index].rstrip())
        return int(node.end_mark.index)

    def _behind(self, field: Field, start: int) -> int:
        """Return the position for the value of a field or an item that has none."""
        holder = node_below(self._root, field[:-1])
        for key, _ in holder.value if isinstance(holder, MappingNode) else ():
            if key.value == field[-1]:
                return self.text.find(":", key.end_mark.index) + 1
        return len(self.text[:start].rstrip())

    def _example(self, holder: CollectionNode, opening: str) -> tuple[int, int] | None:
        """Return start and end of the line of a collection in which a field is commented out."""
        margin = " " * holder.start_mark.column
        example = f"{margin}# {opening.partition(':')[0]}:"
        at = 0
        lines = self.text[: holder.end_mark.index].splitlines(keepends=True)
        for line, below in itertools.zip_longest(lines, lines[1:], fillvalue=""):
            # An example of several lines is left as it is.
            whole = not below.lstrip(" ").startswith("#  ")
            if at > holder.start_mark.index and line.startswith(example) and whole:
                return at + len(margin), at + len(line.rstrip("\r\n"))
            at += len(line)
        return None


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.style is None and node.value in NULLS


def _plain(node: Node | None) -> Any:  # noqa: ANN401 - text, lists and fields
    """Return the value of a node as texts, lists and dicts."""
    if isinstance(node, MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.value]
    return None if node is None or _is_empty(node) else node.value


def _value_at(value: Any, field: Field) -> Any:  # noqa: ANN401 - text, lists and fields
    for step in field:
        try:
            value = value[step]
        except (TypeError, LookupError):
            return None
    return value


def node_below(node: Node | None, field: Field) -> Node | None:
    """Return the node at a path below another, or None where there is none."""
    for step in field:
        if isinstance(node, MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            return None
    return node


def _folded(paragraphs: list[str], width: int) -> list[str]:
    """Return the lines of a folded text (style `>`): an empty line stands for a line end."""
    lines: list[str] = []
    for paragraph in paragraphs:
        wrapped = textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False)
        lines += [*([""] if lines else []), *wrapped]
    return lines
