"""Reads text to YAML nodes with a place on every scalar.

No types are resolved: `12:30`, `no` and `2023-11-31` stay text, which the model validates.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from pipeline.files.text.source import CONTROL, Source, read_text
from pipeline.files.yaml_events import LARGEST_YAML, events_of, text_of
from pipeline.files.yaml_faults import indentation_findings, separator_findings, syntax_finding
from pipeline.files.yaml_left_out import ValueSpan, left_out
from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

_REMEMBERED: Final = 256
"""Texts whose nodes are remembered: while one is written, the others of its issue stay the same."""

DEEPEST: Final = 12
"""The most levels of nesting in YAML; the formats need five."""


class Scalar(NamedTuple):
    """A single value, or None where nothing is written."""

    text: str | None
    place: Place


class Sequence(NamedTuple):
    """Values under dashes or in brackets."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Fields with their values.

    Args:
        fields: Key and value, in order; keys are unique.
        place: Where the first field stands.
    """

    fields: tuple[tuple[Scalar, Node], ...]
    place: Place
    _index: dict[str | None, tuple[Scalar, Node]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the fields by name, for a hostile file may have thousands."""
        object.__setattr__(self, "_index", {key.text: (key, value) for key, value in self.fields})

    def get(self, key: str) -> Node | None:
        """Return a field's value, or None."""
        entry = self._index.get(key)
        return entry[1] if entry else None

    def key(self, name: str) -> Scalar | None:
        """Return a field's key, with its place, or None."""
        entry = self._index.get(name)
        return entry[0] if entry else None

    def text(self, name: str) -> str:
        """Return the text of a field, or an empty one where it has no single value."""
        node = self.get(name)
        return (node.text or "") if isinstance(node, Scalar) else ""

    def items(self, name: str) -> tuple[Node, ...]:
        """Return the items of a field, or none where it has no list."""
        node = self.get(name)
        return node.items if isinstance(node, Sequence) else ()


Node = Scalar | Sequence | Mapping

NO_FIELDS: Final = Mapping((), Place(""))


class FieldsFile(NamedTuple):
    """A YAML file as read.

    Args:
        fields: Its fields, or None where it cannot be read.
        findings: What is wrong with it.
        source: Its text, or None where it has none.
    """

    fields: Mapping | None
    findings: list[Finding]
    source: Source | None


def scalars_of(node: Node | None) -> Iterator[Scalar]:
    """Return the single values below a node, in order; names of fields are none."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars_of(item)
    elif isinstance(node, Mapping):
        for _, value in node.fields:
            yield from scalars_of(value)


def read_fields(data: bytes, path: str) -> FieldsFile:
    """Read a YAML file that holds fields; see `read_text` and `read_yaml`.

    Args:
        data: Its bytes.
        path: The file, relative to the workspace.
    """
    source, findings = read_text(data, path)
    if source is None:
        return FieldsFile(None, findings, None)
    fields, wrong = read_yaml(source)
    return FieldsFile(fields, findings + wrong, source)


def read_yaml(source: Source, first_line: int = 1) -> tuple[Mapping | None, list[Finding]]:
    """Read a YAML document that holds fields.

    Args:
        source: The YAML text.
        first_line: The line of the file that the text begins on, for front matter.

    Returns:
        The fields, or None where the text cannot be read as YAML at all, and what was found
        (E05, E10, E11, E14, E15, E17, E18, E19, E75, E76, W15, W18).
    """
    fields, findings = _read_yaml(source, first_line)
    return fields, list(findings)


@functools.lru_cache(_REMEMBERED)
def _read_yaml(source: Source, first_line: int) -> tuple[Mapping | None, list[Finding]]:
    shift = first_line - 1
    if len(source.text) > LARGEST_YAML:
        size, limit = f"{len(source.text) // 1000} kB", f"{LARGEST_YAML // 1000} kB"
        return None, [found("E03", Place(source.path), size=size, limit=limit)]
    if tabs := list(indentation_findings(source.path, source.text, shift)):
        return None, tabs
    reader = _NodeReader(source.path, shift)
    try:
        root = reader.read(source.text)
    except YAMLError as error:
        if separators := list(separator_findings(source.path, source.text, shift)):
            return None, [*reader.findings, *separators]
        return None, [*reader.findings, syntax_finding(error, source.path, source.text, shift)]
    if any(finding.code in {"E18", "E19"} for finding in reader.findings):
        return None, reader.findings
    reader.findings += left_out(source.path, source.text[: reader.end], reader.values, shift)
    place = Place(source.path, first_line)
    if root is None or (isinstance(root, Scalar) and root.text is None):
        return Mapping((), place), reader.findings
    if not isinstance(root, Mapping):
        if separators := list(separator_findings(source.path, source.text, shift)):
            return None, [*reader.findings, *separators]
        return None, [*reader.findings, found("E15", place, wanted=N_("a list of fields"), name="format")]
    return root, reader.findings


class _NodeReader:
    """Builds nodes from the parser's events, without recursion and without resolving types."""

    def __init__(self, path: str, shift: int) -> None:
        self.findings: list[Finding] = []
        self.values: list[ValueSpan] = []
        self.end: int | None = None
        self._path = path
        self._shift = shift

    def read(self, text: str) -> Node | None:
        roots: list[Any] = []
        stack: list[tuple[Any, list[Any]]] = []
        documents = 0
        for event in events_of(text):
            into = stack[-1][1] if stack else roots
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.end = event.start_mark.index
                    self.findings.append(
                        found("E10", self._place(event), problem=N_("a second document begins with “---”"))
                    )
                    break
            elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
                self._refuse_marks(event)
                stack.append((event, []))
                if len(stack) > DEEPEST:
                    self.findings.append(found("E19", self._place(event)))
                    break
            elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
                start, items = stack.pop()
                into = stack[-1][1] if stack else roots
                into.append(self._collection(start, items))
            elif isinstance(event, (ScalarEvent, AliasEvent)):
                self._refuse_marks(event)
                into.append(self._scalar(event))
        return roots[0] if roots else None

    def _collection(self, start: Event, items: list[Any]) -> Node:
        place = self._place(start)
        if isinstance(start, SequenceStartEvent):
            return Sequence(tuple(items), place)
        if getattr(start, "flow_style", None):
            items = self._with_decimals(items)
        fields: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(items[::2], items[1::2], strict=False):
            if not isinstance(key, Scalar) or key.text is None:
                self.findings.append(found("E10", key.place, problem=N_("a field has no name")))
                continue
            first = fields.get(key.text)
            if first is not None:
                self.findings.append(found("E14", key.place, name=key.text, line=first[0].place.line))
                continue
            fields[key.text] = (key, value)
        return Mapping(tuple(fields.values()), place)

    def _with_decimals(self, items: list[Any]) -> list[Any]:
        """Return the fields in braces, those joined again that the comma of a number parted (E77)."""
        joined: list[Any] = []
        for key, value in zip(items[::2], items[1::2], strict=False):
            before = joined[-1] if joined else None
            if before is not None and _is_decimal_part(before, key, value):
                whole = f"{before.text},{key.text}"
                place = before.place._replace(length=len(whole))
                self.findings.append(found("E77", place, found=whole))
                joined[-1] = Scalar(whole, place)
            else:
                joined += [key, value]
        return joined

    def _scalar(self, event: ScalarEvent | AliasEvent) -> Scalar:
        if isinstance(event, AliasEvent):
            return Scalar(None, self._place(event))
        place = self._place(event)
        start, end = event.start_mark.index, event.end_mark.index
        self.values.append(ValueSpan(start, end, plain=event.style is None))
        text = text_of(event)
        if (mark := CONTROL.search(text or "")) is not None:
            self.findings.append(found("E05", place, character=f"U+{ord(mark[0]):04X}"))
        return Scalar(text, place)

    def _refuse_marks(self, event: NodeEvent) -> None:
        if isinstance(event, AliasEvent):
            mark = f"*{event.anchor}"
        elif event.anchor:
            mark = f"&{event.anchor}"
        elif (tag := str(getattr(event, "ctag", None) or "")) not in {"", "!"}:
            mark = tag.replace("tag:yaml.org,2002:", "!!")
        else:
            return
        self.findings.append(found("E18", self._place(event), mark=mark[:60]))

    def _place(self, event: Event) -> Place:
        start, end = event.start_mark, event.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return Place(self._path, start.line + 1 + self._shift, start.column + 1, max(1, length))


def _is_decimal_part(before: Any, key: Any, value: Any) -> bool:  # noqa: ANN401 - any nodes
    """Return whether a field in braces is what stands behind the comma of a number: `{share: 40,8 EUR}`."""
    if not (isinstance(before, Scalar) and isinstance(key, Scalar) and isinstance(value, Scalar)):
        return False
    if value.text is not None:
        return False
    is_number = (before.text or "")[-1:].isdigit() and (key.text or "")[:1].isdigit()
    end = before.place.column + before.place.length
    return is_number and (before.place.line, end + 1) == (key.place.line, key.place.column)
