"""Reads bytes to text, and says where in a text file a character stands."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from pipeline.files.text.unseen_signs import without_unseen
from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place

LARGEST: Final = 1_000_000
"""The most bytes of a text file."""

CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text may hold."""


class Source(NamedTuple):
    """A text file as read: composed letters, plain line ends, no characters that nobody sees.

    Args:
        path: Relative to the workspace.
        text: Its text, in Unicode's composed form (NFC).
    """

    path: str
    text: str


def read_text(data: bytes, path: str) -> tuple[Source | None, list[Finding]]:
    """Decode a file's bytes.

    Args:
        data: The bytes.
        path: The file, relative to the workspace.

    Returns:
        The source, or None with findings (E02, E03, E05).
    """
    whole = Place(path)
    if len(data) > LARGEST:
        return None, [found("E03", whole, size=f"{len(data) / 1e6:.1f} MB", limit="1 MB")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, [found("E02", Place(path, line), offset=error.start + 1)]
    text = plain_text(text)
    source = Source(path, text)
    marks = [
        found("E05", place_at(source, match.start()), character=f"U+{ord(match[0]):04X}")
        for match in CONTROL.finditer(text)
    ]
    return (None, marks[:20]) if marks else (source, [])


def plain_text(text: str) -> str:
    """Return a text as it is read: composed letters, plain line ends, no characters that nobody sees."""
    ends = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", without_unseen(ends))


def place_at(source: Source, offset: int, length: int = 1) -> Place:
    """Return the place of a character of a source, by its offset from 0."""
    line = source.text.count("\n", 0, offset) + 1
    column = offset - (source.text.rfind("\n", 0, offset) + 1) + 1
    return Place(source.path, line, column, length)
