"""The YAML parser: a text to the library's events, which are read to nodes or only as far as one field."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner
from ruamel.yaml.util import RegExp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ruamel.yaml.nodes import Node

LARGEST_YAML: Final = 200_000
"""The most characters of a YAML text: about as many are parsed in a second."""

NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain scalars that mean no value (YAML 1.2, 10.2.1.1)."""


_DIRECTIVES: Final = re.compile(
    r"\ufeff?(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:(?:%|[ \t]*#)[^\n]*\n|[ \t]*\r?\n)+(?=---(?:\s|\Z))"
)
_DIRECTIVE: Final = re.compile(r"^%[^\r\n]*", re.MULTILINE)


_UNFORESEEN: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)


class _Characters(Reader):
    """The library's reader of characters, with its own pattern for those that YAML forbids (1.2, 5.1).

    The library's pattern negates the permitted ones, all planes of Unicode, and takes 6 ms to compile. Within
    a line it goes on in one step, not character by character.
    """

    NON_PRINTABLE = RegExp("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

    def forward(self, length: int = 1) -> None:
        passed = self.buffer[self.pointer : self.pointer + length]
        # Line ends, and the byte order mark, which takes up no column, are not printable.
        if len(passed) == length and passed.isprintable():
            self.pointer += length
            self.index += length
            self.column += length
        else:
            super().forward(length)


class _Scanner(Scanner):
    """The library's scanner, with the same answers in less time: it asks for each token what it knows."""

    reader: Any = None

    def __init__(self, loader: Any = None) -> None:  # noqa: ANN401 - the library's type
        self.reader = loader.reader
        super().__init__(loader)

    def check_token(self, *choices: type) -> bool:
        while self.need_more_tokens():
            self.fetch_more_tokens()
        return bool(self.tokens) and (not choices or isinstance(self.tokens[0], choices))

    def need_more_tokens(self) -> bool:
        if self.tokens and not self.possible_simple_keys:
            return False
        return bool(super().need_more_tokens())

    def stale_possible_simple_keys(self) -> None:
        if self.possible_simple_keys:
            super().stale_possible_simple_keys()


class _Parser(Parser):
    """The library's parser, which looks for its scanner once, not for each token."""

    scanner: Any = None

    def __init__(self, loader: Any) -> None:  # noqa: ANN401 - the library's type
        self.scanner = loader.scanner
        super().__init__(loader)


class _Yaml(YAML):
    """The library's front, which would search the disk for plug-ins of the library for each text."""

    def official_plug_ins(self) -> list[str]:
        return []


def events_of(text: str) -> Iterator[Event]:
    """Yield the parser's events; directives, as `%YAML 1.3`, have no effect.

    Raises:
        YAMLError: The text is not YAML; raised when the event at the error is asked for.
    """
    with _as_yaml_errors():
        yield from _parser().parse(_without_directives(text))


def root_of(text: str) -> Node | None:
    """Return the root of a YAML document with its places, or None where it is empty.

    Raises:
        YAMLError: The text is not YAML.
    """
    with _as_yaml_errors():
        root: Node | None = _parser().compose(_without_directives(text))
        return root


def _parser() -> _Yaml:
    yaml = _Yaml(typ="safe", pure=True)
    yaml.Reader, yaml.Scanner, yaml.Parser = _Characters, _Scanner, _Parser
    return yaml


@contextmanager
def _as_yaml_errors() -> Iterator[None]:
    """Raise as the library's own error what it raises unforeseen, where it converts what it reads."""
    try:
        yield
    except YAMLError:
        raise
    except _UNFORESEEN as error:
        raise YAMLError from error


def _without_directives(text: str) -> str:
    """Return a text with spaces in place of its directives (YAML 1.2, 6.8), so that all positions stay."""
    match = _DIRECTIVES.match(text)
    if match is None:
        return text
    return _DIRECTIVE.sub(lambda line: " " * len(line[0]), text[: match.end()]) + text[match.end() :]


def text_of(event: ScalarEvent) -> str | None:
    """Return the text of a scalar, or None where nothing is written."""
    text: str = event.value
    return None if event.style is None and text in NULLS else text


def first_text(text: str, name: str) -> str:
    """Return the text of a field at the top of a YAML document, parsed no further than to that field.

    Args:
        text: The YAML text.
        name: The field's name.

    Returns:
        Its text; empty where it has no single value, or the document cannot be parsed up to it.
    """
    events = events_of(text[:LARGEST_YAML])
    try:
        root = next((event for event in events if isinstance(event, NodeEvent)), None)
        return _field_text(name, events) if isinstance(root, MappingStartEvent) else ""
    except YAMLError:
        return ""


def _field_text(name: str, events: Iterator[Event]) -> str:
    """Return the text of a field of a mapping, whose start was the last event; see `first_text`."""
    depth = 0
    key: str | None = None
    is_key = True
    for event in events:
        if depth == 0 and isinstance(event, NodeEvent):
            written = text_of(event) if isinstance(event, ScalarEvent) else None
            if not is_key and key == name:
                return written or ""
            key, is_key = written, not is_key
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth < 0:
            break
    return ""
