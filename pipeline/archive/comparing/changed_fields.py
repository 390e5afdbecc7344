"""The one field that changed in a YAML or TOML file, or in the front matter of a manuscript."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Final

from pipeline.files.text.source import read_text
from pipeline.files.yaml_nodes import Mapping, Scalar, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.files.text.source import Source
    from pipeline.files.yaml_nodes import Node

_TEXT: Final = ""
"""Stands among the fields of a manuscript for the text behind them."""


def changed_field(name: str, before: bytes, after: bytes) -> str:
    """Return the one field that differs between two files; empty if none or several differ.

    Args:
        name: File name; its suffix decides between YAML, TOML, and Markdown with front matter.
        before: As it was.
        after: As it is.

    Returns:
        Its path, as `publisher.address.bg`; entries of a list are counted from 1, as in `funders.2.name.en`.
    """
    then, now = _fields(name, before), _fields(name, after)
    if then is None or now is None:
        return ""
    differing = [field for field in then | now if then.get(field) != now.get(field)]
    return differing[0] if len(differing) == 1 else ""


def _fields(name: str, data: bytes) -> dict[str, object] | None:
    """Return every value by the name of its field, or None where the file has none or cannot be read."""
    source, _ = read_text(data, name)
    if source is None:
        return None
    if name.endswith(".toml"):
        try:
            return dict(_leaves(tomllib.loads(source.text)))
        except (tomllib.TOMLDecodeError, RecursionError):
            return None
    if name.endswith(".yaml"):
        return _of_yaml(source)
    if name.endswith(".md") and source.text.startswith("---\n"):
        front, _, text = source.text[4:].partition("\n---\n")
        fields = _of_yaml(source._replace(text=front))
        return None if fields is None else {_TEXT: text, **fields}
    return None


def _of_yaml(source: Source) -> dict[str, object] | None:
    root, _ = read_yaml(source)
    return None if root is None else dict(_leaves(_plain(root)))


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.fields}
    return [_plain(item) for item in node.items]


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield every scalar within a value, with its path."""
    if isinstance(value, dict):
        named = [(str(key), each) for key, each in value.items()]
    elif isinstance(value, list):
        named = [(str(number), each) for number, each in enumerate(value, 1)]
    else:
        yield path, value
        return
    for name, each in named:
        yield from _leaves(each, f"{path}.{name}" if path else name)
