"""What a YAML parser leaves out: remarks that cut a value short, instructions, and anything unknown.

The values are set against the text itself: between them there are white space, signs of YAML, and remarks
on lines of their own or behind a value that is closed; everything else is reported.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SIGN: Final = r"[\s:,\[\]{}]|[-?](?=[\s,\]}])|^(?:---|\.\.\.)(?=\s)"
_NOTHING: Final = re.compile(f"(?:{_SIGN})*", re.MULTILINE)
_PIECE: Final = re.compile(
    rf"(?P<remark>(?:(?<=\s)|\A)\#[^\n]*)|(?P<stuck>\#[^\n]*)|(?P<instruction>^%[^\n]*)|(?P<sign>{_SIGN})"
    r"|(?P<other>[^\n]+)",
    re.MULTILINE,
)
_LONGEST: Final = 160
"""Characters of a text that are shown."""


class ValueSpan(NamedTuple):
    """A value within a YAML text.

    Args:
        start: The offset of its first character.
        end: The offset behind its last.
        plain: Whether it is written without quotes, so that “ #” cuts it short.
    """

    start: int
    end: int
    plain: bool


def left_out(path: str, text: str, values: Iterable[ValueSpan], shift: int) -> Iterator[Finding]:
    """Find what a parser leaves out.

    Args:
        path: The file, for the places.
        text: The YAML text, which could be parsed, up to the end of its first document.
        values: Its values, in order; empty ones do not count.
        shift: Lines of the file before the text.

    Yields:
        W15 for what is cut off a value, E75 for what stands right behind a quotation mark or a bracket, W18
        for instructions (directives), E76 for anything else.
    """
    text += "\n"
    before = ValueSpan(0, 0, plain=False)
    written = (value for value in values if value.start < value.end)
    for value in (*written, ValueSpan(len(text), len(text), plain=False)):
        if _NOTHING.fullmatch(text, before.end, value.start) is None:
            for piece in _PIECE.finditer(text, before.end, max(before.end, value.start)):
                yield from _finding(path, text, before, piece, shift=shift)
        if value.end > before.end:
            before = value


def _finding(
    path: str, text: str, before: ValueSpan, piece: re.Match[str], *, shift: int
) -> Iterator[Finding]:
    words = piece[0].strip()
    line = text.count("\n", 0, piece.start()) + 1
    column = piece.start() - text.rfind("\n", 0, piece.start())
    place = Place(path, line + shift, column, len(words))
    shown = words[:_LONGEST]
    match piece.lastgroup:
        case "remark" if before.plain and not text[before.end : piece.start()].strip(" \t"):
            # A JSON string is a YAML value (YAML 1.2, 1.2).
            whole = json.dumps(
                " ".join(f"{text[before.start : piece.start()]}{words}".split()), ensure_ascii=False
            )
            yield found("W15", place, found=shown, wanted=whole if len(whole) <= _LONGEST else '"…"')
        case "stuck":
            yield found("E75", place, found=shown)
        case "instruction":
            yield found("W18", place, found=shown)
        case "other":
            yield found("E76", place, found=shown)
