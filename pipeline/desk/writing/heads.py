"""The front matter of an article: its fields read and set in place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.files.yaml_items.item_edits import ItemEditor
from pipeline.findings.finding import BulletinError, IssueError, PressError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.files.yaml_edit import Field
    from pipeline.files.yaml_text import Value

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_FENCE: Final = "---"


class Parts(NamedTuple):
    """An article's file in three parts.

    Args:
        opening: The byte order mark and the first fence, with its line end; empty where there is none.
        front: The lines between the fences.
        rest: The second fence, and the text.
    """

    opening: str
    front: str
    rest: str


def parted(text: str) -> Parts:
    """Return the parts of an article; without fences all is text."""
    opening = _LINE.match(text)
    if opening is None or opening[0].removeprefix("\ufeff").rstrip() != _FENCE:
        return Parts("", "", text)
    at = opening.end()
    while at < len(text):
        line = _LINE.match(text, at)
        if line is None or line.end() == at:
            break
        if line[0].rstrip() == _FENCE:
            return Parts(opening[0], text[opening.end() : at], text[at:])
        at = line.end()
    return Parts("", "", text)


def head_of(text: str, path: str) -> dict[str, Any]:
    """Return the fields of an article's front matter as written; none where it cannot be read."""
    try:
        fields = ItemEditor(parted(text).front, path).value(())
    except BulletinError:
        return {}
    return fields if isinstance(fields, dict) else {}


def with_head(text: str, path: str, changes: Mapping[Field, Value]) -> str:
    """Return an article with fields of its front matter set; every other byte stays.

    Args:
        text: The whole file.
        path: The file, for findings.
        changes: New values by the path of the field; None takes it out.

    Raises:
        IssueError: The front matter cannot be read, or a value cannot be written so that it is read as it is
            given (E605).
    """
    if not changes:
        return text
    parts = parted(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    opening, rest = parts.opening, parts.rest
    if not opening:
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        opening, rest = f"{mark}{_FENCE}{newline}", f"{_FENCE}{newline}{text.removeprefix(mark)}"
    front = with_fields(parts.front, path, changes)
    if not parts.front:
        front = front.replace("\n", newline)
    if front and not front.endswith(("\n", "\r")):
        front += newline
    whole = opening + front + rest
    if parted(whole).rest != rest:
        raise _unwritable(path, next(iter(changes)))
    return whole


def with_fields(text: str, path: str, changes: Mapping[Field, Value]) -> str:
    """Return a YAML text with fields set in place; None takes one out.

    Raises:
        IssueError: It cannot be read, or a value cannot be written so that it is read as it is given (E605).
    """
    editor = ItemEditor(text, path)
    for field, value in changes.items():
        try:
            editor.set(field, value)
        except PressError as refused:
            raise _unwritable(path, field) from refused
    return editor.text


def _unwritable(path: str, field: Field) -> IssueError:
    return IssueError([found("E605", Place(path), name=".".join(map(str, field))[:80])])
