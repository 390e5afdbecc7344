"""Codes of a font that are mapped to characters by its ToUnicode table (ISO 32000-2, 9.10.3)."""

from __future__ import annotations

import re
from typing import Any, Final

import pikepdf

from pipeline.pdf.content.stream_limits import bounded_bytes

_MOST_BYTES: Final = 10_000_000
_MOST_CODES: Final = 65_536
_BLOCK: Final = re.compile(rb"beginbf(char|range)(.*?)endbf(?:char|range)", re.DOTALL)
_PART: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_NO_CHARACTER: Final = frozenset({"", "0000", "FFFE", "FEFF"})
"""What ISO 14289-1, 7.21.7 does not accept as a character."""


def mapped_codes(font: Any) -> frozenset[int] | None:
    """Return the codes that a font maps to characters; None where it has no table, or refers to another.

    Args:
        font: Its dictionary.
    """
    table = font.get("/ToUnicode")
    if not isinstance(table, pikepdf.Stream):
        return None
    data = bounded_bytes(table, _MOST_BYTES)
    if b"usecmap" in data:
        return None
    codes: set[int] = set()
    for kind, block in _BLOCK.findall(data):
        parts = [
            opened or closed or _hexadecimal(written) for written, opened, closed in _PART.findall(block)
        ]
        _read_singles(parts, codes) if kind == b"char" else _read_ranges(parts, codes)
    return frozenset(codes)


def _hexadecimal(written: bytes) -> str:
    return b"".join(written.split()).decode("ascii").upper()


def _read_singles(parts: list[Any], codes: set[int]) -> None:
    for code, character in zip(parts[::2], parts[1::2], strict=False):
        if isinstance(code, str) and code and character not in _NO_CHARACTER:
            codes.add(int(code, 16))


def _read_ranges(parts: list[Any], codes: set[int]) -> None:
    at = 0
    while at + 2 < len(parts):
        low, high, character = parts[at : at + 3]
        if not (isinstance(low, str) and isinstance(high, str) and low and high):
            return
        first, last = int(low, 16), min(int(high, 16), int(low, 16) + _MOST_CODES)
        at += 3
        if character == b"[":
            step = 0
            while at < len(parts) and parts[at] != b"]":
                if parts[at] not in _NO_CHARACTER:
                    codes.add(first + step)
                at, step = at + 1, step + 1
            at += 1
        elif len(codes) <= _MOST_CODES and character not in _NO_CHARACTER:
            codes.update(range(first, last + 1))
