"""The front matter of Markdown: what Jekyll, Hugo, Pelican, Obsidian and MultiMarkdown write before a text.

Between lines `---` stands YAML (Jekyll, Hugo, Obsidian), between `+++` TOML (Hugo); Pelican and MultiMarkdown
write lines `Title: …` that an empty line ends.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.text.source import Source
from pipeline.files.yaml_nodes import Scalar, Sequence, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.files.yaml_nodes import Node

_MEANINGS: Final = {
    "title": "title",
    "author": "author",
    "authors": "author",
    "date": "date",
    "published": "date",
    "publishdate": "date",
    "lang": "language",
    "language": "language",
    "locale": "language",
}
"""What fields mean, by their names in small letters."""

_LINE: Final = re.compile(r"([A-Za-zА-Яа-я][\w -]{0,30}?)[ \t]*:(?:[ \t]+(.*)|[ \t]*)$")
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_DAY: Final = re.compile(r"((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?!\d)")


class FrontMatter(NamedTuple):
    """A Markdown file parted into its front matter and its text.

    Args:
        body: The text.
        title: Its title, or an empty text.
        author: Its authors, with commas.
        language: The tag of its language, or an empty text.
        date: Its day, or None.
        others: The fields that mean nothing here, as written, each on one line.
    """

    body: str
    title: str = ""
    author: str = ""
    language: str = ""
    date: dt.date | None = None
    others: tuple[str, ...] = ()


class _Field(NamedTuple):
    name: str
    value: str
    """On one line; empty where it is no value of its own but holds others."""
    written: str


def part_front_matter(text: str, name: str) -> FrontMatter:
    """Part a Markdown file.

    Args:
        text: The file, its lines ended by line feeds alone.
        name: Its name.

    Returns:
        Its parts; where there is no front matter, the text alone.
    """
    lines = text.split("\n")
    fence = lines[0].rstrip()
    if fence in {"---", "+++"}:
        ends = {"---", "..."} if fence == "---" else {"+++"}
        end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in ends), None)
        if end is None:
            return FrontMatter(text)
        inner = lines[1:end]
        fields = _toml_fields(inner) if fence == "+++" else _yaml_fields(inner, name)
        if fields is None:
            fields = list(_fields_by_line(inner))
        if not fields and any(line.strip() for line in inner):
            # Two rules with words between them.
            return FrontMatter(text)
        return _meant(fields, "\n".join(lines[end + 1 :]))
    end = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    block = lines[:end]
    fields = list(_fields_by_line(block))
    if any(field.name.casefold() == "title" for field in fields) and _are_fields(block):
        return _meant(fields, "\n".join(lines[end:]))
    return FrontMatter(text)


def _are_fields(lines: Iterable[str]) -> bool:
    return all(_LINE.match(line) or line[:1] in " \t" for line in lines)


def _meant(fields: Iterable[_Field], body: str) -> FrontMatter:
    """Return the front matter that fields make; the first of each meaning counts."""
    values: dict[str, str] = {}
    day: dt.date | None = None
    others: list[str] = []
    for field in fields:
        meaning = _MEANINGS.get(field.name.casefold(), "")
        if not field.written.partition(":")[2].strip(" \t\"'[]{}") and not field.value:
            # An empty field, as templates leave them.
            continue
        if meaning == "date" and day is None and (day := _day(field.value)) is not None:
            continue
        usable = field.value and (meaning != "language" or _TAG.fullmatch(field.value))
        if meaning and meaning != "date" and meaning not in values and usable:
            values[meaning] = field.value.replace("_", "-") if meaning == "language" else field.value
        else:
            others.append(field.written)
    return FrontMatter(body, date=day, others=tuple(others), **values)


def _day(value: str) -> dt.date | None:
    match = _DAY.match(value)
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _yaml_fields(lines: list[str], name: str) -> list[_Field] | None:
    fields, _ = read_yaml(Source(name, "\n".join(lines)))
    if fields is None:
        return None
    starts = [key.place.line - 1 for key, _ in fields.fields]
    spans = zip(starts, [*starts[1:], len(lines)], strict=True)
    written = [" ".join(" ".join(lines[start:end]).split()) for start, end in spans]
    return [
        _Field(key.text or "", _on_one_line(value), text)
        for (key, value), text in zip(fields.fields, written, strict=True)
    ]


def _on_one_line(node: Node | None) -> str:
    if isinstance(node, Scalar):
        return " ".join((node.text or "").split())
    if isinstance(node, Sequence) and all(isinstance(each, Scalar) for each in node.items):
        return ", ".join(_on_one_line(each) for each in node.items)
    return ""


def _toml_fields(lines: list[str]) -> list[_Field] | None:
    try:
        table = tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    return [
        _Field(key, value, f"{key}: {value}")
        for key, value in ((key, _plain(value)) for key, value in table.items())
    ]


def _plain(value: object) -> str:
    """Return a value of TOML on one line."""
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(each)}" for key, each in value.items())
    return " ".join(str(value).split())


def _fields_by_line(lines: Iterable[str]) -> Iterator[_Field]:
    """Yield the fields of lines `name: value`; an indented line continues the one before."""
    field: _Field | None = None
    for line in lines:
        match = _LINE.match(line)
        if match:
            if field is not None:
                yield field
            value = (match[2] or "").strip().strip("\"'")
            field = _Field(match[1], value, line.strip())
        elif field is not None and line.strip():
            field = _Field(
                field.name, f"{field.value} {line.strip()}".strip(), f"{field.written} {line.strip()}"
            )
    if field is not None:
        yield field
