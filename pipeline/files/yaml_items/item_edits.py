"""Items moved, put in and taken out, fields taken out: whole lines, with their comments.

Every result is parsed again, and is only returned if it means what was asked and nothing else.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode

from pipeline.files.yaml_edit import YamlEditor
from pipeline.files.yaml_items.bracket_items import bracket_items
from pipeline.files.yaml_items.item_lines import (
    comments_of,
    item_lines,
    last_line,
    lines_of,
    node_at,
    scalar_text,
)
from pipeline.files.yaml_items.splices import (
    as_lines,
    indented,
    joined,
    newline_of,
    spliced,
    without_item,
)
from pipeline.files.yaml_text import Value, yaml_lines, yaml_value
from pipeline.findings.finding import BulletinError, PressError, found
from pipeline.findings.place import Place
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from ruamel.yaml.error import StreamMark

    from pipeline.files.yaml_edit import Field


class ItemEditor:
    """A YAML text of which items and fields are moved.

    Args:
        text: The text as it is in the file.
        path: The file, for findings.

    Raises:
        IssueError: The text cannot be read as YAML that holds fields, or has errors.
    """

    def __init__(self, text: str, path: str) -> None:
        self._path = path
        self._editor = YamlEditor(text, path)

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self._editor.text

    def value(self, field: Field) -> Any:  # noqa: ANN401 - text, lists and fields
        """Return the present value at a path; see `YamlEditor.value`."""
        return self._editor.value(field)

    def set(self, field: Field, value: Value) -> None:
        """Set a value, where it is another one than the present; None takes the field out.

        Of lists and fields only what differs is touched: items are moved, put in and taken out.

        Raises:
            PressError: It cannot be written without changing something else (E83).
        """
        if value is None:
            self.take_out_field(field)
            return
        present = self.value(field)
        if present == value:
            return
        before = self._editor
        try:
            if isinstance(present, dict) and isinstance(value, Mapping) and value:
                self._set_fields(field, present, value)
            elif isinstance(present, list) and isinstance(value, list | tuple) and value:
                self._set_items(field, present, list(value))
        except PressError:
            self._editor = before
        if self.value(field) != value:
            self._editor = YamlEditor(before.text, self._path)
            self._editor.set(field, value)

    def _set_fields(self, field: Field, present: dict[str, Any], value: Mapping[str, Value]) -> None:
        for name, each in value.items():
            self.set((*field, name), each)
        for name in present.keys() - value.keys():
            self.take_out_field((*field, name))

    def _set_items(self, field: Field, present: list[Any], value: list[Any]) -> None:
        if sorted(map(repr, present)) == sorted(map(repr, value)):
            for position, each in enumerate(value):
                item = self.value(field).index(each, position)
                if item != position:
                    self.move(field, item, field, position)
            return
        matcher = SequenceMatcher(None, [repr(each) for each in present], [repr(each) for each in value])
        for kind, first, last, begin, end in reversed(matcher.get_opcodes()):
            if kind == "equal":
                continue
            common = min(last - first, end - begin)
            for at in range(last - 1, first + common - 1, -1):
                self.take_out(field, at)
            for at in range(begin + common, end):
                self.put_in(field, first + at - begin, value[at])
            for at in range(common):
                self.set((*field, first + at), value[begin + at])

    def move(self, source: Field, item: int, goal: Field, position: int) -> None:
        """Move an item of a list to a position in the same list or another, counted without it.

        Raises:
            PressError: It cannot be done without changing something else (E83).
        """
        expected = self._copy()
        try:
            moved = _at(expected, source).pop(item)
            if _at(expected, goal) is None:
                _set(expected, goal, [])
            _at(expected, goal).insert(position, moved)
        except (TypeError, LookupError, AttributeError):
            raise self._refused() from None
        if expected == self.value(()):
            return
        items, others = item_lines(self.text, source), item_lines(self.text, goal)
        if items is not None and others is not None:
            lines = [indented(line, others.column - items.column) for line in items.of(item)]
            behind = position + 1 if source == goal and position >= item else position
            at = others.starts[min(behind, len(others.starts) - 1)]
            edits = [(at, at, lines), *without_item(items, item)]
            if self._accept(spliced(self.text, items.lines, edits), expected):
                return
        brackets = bracket_items(self.text, source) if source == goal else None
        if brackets is not None and self._accept(brackets.moved(item, position), expected):
            return
        before = self._editor
        comments = comments_of(items.of(item), moved) if items is not None else []
        written = scalar_text(self.text, (*source, item))
        try:
            self.take_out(source, item)
            if not written or not self._put_written(goal, position, written, expected):
                self.put_in(goal, position, moved)
            self._put_above(goal, comments)
        except PressError:
            self._editor = before
            raise

    def _put_written(self, goal: Field, position: int, written: str, expected: object) -> bool:
        """Put an item of one line into a list as it was written, and return whether that means the same."""
        items = item_lines(self.text, goal)
        if items is not None:
            at = items.starts[min(position, len(items.starts) - 1)]
            line = f"{' ' * items.column}- {written}{newline_of(self.text)}"
            return self._accept(spliced(self.text, items.lines, [(at, at, [line])]), expected)
        brackets = bracket_items(self.text, goal)
        return brackets is not None and self._accept(brackets.with_item(position, written), expected)

    def _put_above(self, field: Field, comments: list[str]) -> None:
        """Put comments above a field whose list is in brackets, where they have no place in it.

        Raises:
            PressError: It cannot be done without changing something else (E83).
        """
        if not comments:
            return
        holder = node_at(self.text, field[:-1])
        if not isinstance(holder, MappingNode):
            raise self._refused()
        mark: StreamMark = next(key for key, _ in holder.value if key.value == field[-1]).start_mark
        new = [f"{' ' * mark.column}{comment}{newline_of(self.text)}" for comment in comments]
        text = spliced(self.text, lines_of(self.text), [(mark.line, mark.line, new)])
        if not self._accept(text, self._copy()):
            raise self._refused()

    def put_in(self, goal: Field, position: int, value: Value) -> None:
        """Put a new item into a list, which is made where it is missing.

        Raises:
            PressError: It cannot be done without changing something else (E83).
        """
        expected = self._copy()
        try:
            if _at(expected, goal) is None:
                _set(expected, goal, [])
            _at(expected, goal).insert(position, value)
        except (TypeError, LookupError, AttributeError):
            raise self._refused() from None
        items = item_lines(self.text, goal)
        if items is not None:
            new = [f"{' ' * items.column}{line}{newline_of(self.text)}" for line in yaml_lines(value, "-")]
            at = items.starts[min(position, len(items.starts) - 1)]
            if self._accept(spliced(self.text, items.lines, [(at, at, new)]), expected):
                return
        brackets = bracket_items(self.text, goal)
        if brackets is not None and self._accept(brackets.with_item(position, yaml_value(value)), expected):
            return
        self._rewrite(goal, expected)

    def take_out(self, source: Field, item: int) -> None:
        """Take an item out of a list, with its comments; of the last one the list stays, empty.

        Raises:
            PressError: It cannot be done without changing something else (E83).
        """
        expected = self._copy()
        try:
            del _at(expected, source)[item]
        except (TypeError, LookupError):
            raise self._refused() from None
        items = item_lines(self.text, source)
        if items is not None and self._accept(
            spliced(self.text, items.lines, without_item(items, item)), expected
        ):
            return
        brackets = bracket_items(self.text, source)
        if brackets is not None and self._accept(brackets.without(item), expected):
            return
        self._rewrite(source, expected)

    def take_out_field(self, field: Field) -> None:
        """Take a field out; what is left without a field goes, too. The comments above it stay.

        Raises:
            PressError: It cannot be done without changing something else (E83).
        """
        *holder, step = field
        fields = self.value(tuple(holder))
        if not isinstance(fields, dict) or step not in fields:
            return
        if len(fields) == 1 and holder and isinstance(holder[-1], str):
            self.take_out_field(tuple(holder))
            return
        expected = self._copy()
        del _at(expected, tuple(holder))[step]
        node = node_at(self.text, tuple(holder))
        if isinstance(node, MappingNode) and not node.flow_style:
            lines = lines_of(self.text)
            key, value = next(pair for pair in node.value if pair[0].value == step)
            first, last = key.start_mark.line, max(last_line(self.text, each) for each in (key, value))
            del lines[first : last + 1]
            if self._accept(joined(lines, newline_of(self.text)), expected):
                return
        brackets = bracket_items(self.text, tuple(holder))
        if brackets is not None and self._accept(brackets.without(list(fields).index(step)), expected):
            return
        if not holder:
            raise self._refused()
        self._rewrite(tuple(holder), expected)

    def _copy(self) -> Any:  # noqa: ANN401 - text, lists and fields
        return copy.deepcopy(self.value(())) or {}

    def _accept(self, text: str, expected: object) -> bool:
        """Take a text over, if it means what is expected."""
        try:
            editor = YamlEditor(text, self._path)
        except (BulletinError, YAMLError):
            return False
        if (editor.value(()) or {}) != expected:
            return False
        self._editor = editor
        return True

    def _rewrite(self, field: Field, expected: object) -> None:
        """Write a value anew, where there are no lines to move: in brackets, empty, or missing."""
        value = _at(expected, field)
        written = as_lines(self.text, field, value)
        if written is not None and self._accept(written, expected):
            return
        editor = YamlEditor(self.text, self._path)
        editor.set(field, value)
        if not self._accept(editor.text, expected):
            raise self._refused()

    def _refused(self) -> PressError:
        problem = N_("a value cannot be set in it without changing others")
        return PressError([found("E83", Place(self._path), name=self._path, problem=problem)])


def _at(value: Any, field: Field) -> Any:  # noqa: ANN401 - text, lists and fields
    for step in field:
        if isinstance(value, dict) and step not in value:
            return None
        value = value[step]
    return value


def _set(value: Any, field: Field, new: object) -> None:  # noqa: ANN401 - text, lists and fields
    _at(value, field[:-1])[field[-1]] = new
