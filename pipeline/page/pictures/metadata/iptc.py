"""IPTC-IIM (IPTC 4.2) within Photoshop's blocks of JPEG and TIFF: creator, credit and copyright stay."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from pipeline.page.pictures.metadata.held import Held, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE: Final = b"Photoshop 3.0\x00"
_IPTC: Final = 0x0404
_KEPT: Final = frozenset({(1, 90), (2, 80), (2, 110), (2, 116)})
"""The character set, the creator, the credit, the copyright notice."""

_SILENT: Final = frozenset({(1, 0), (2, 0)})
"""Versions, which say nothing."""

_KINDS: Final = {
    (2, 90): Held.PLACE,
    (2, 92): Held.PLACE,
    (2, 95): Held.PLACE,
    (2, 100): Held.PLACE,
    (2, 101): Held.PLACE,
    (2, 26): Held.PLACE,
    (2, 27): Held.PLACE,
    (2, 85): Held.PEOPLE,
    (2, 118): Held.PEOPLE,
    (2, 122): Held.PEOPLE,
    (2, 5): Held.WORDS,
    (2, 25): Held.WORDS,
    (2, 40): Held.WORDS,
    (2, 105): Held.WORDS,
    (2, 120): Held.WORDS,
}
_THUMBNAILS: Final = frozenset({0x0409, 0x040C})
_OF_LAYOUT: Final = frozenset({0x03ED, 0x0425})
"""Resolution, and the digest of the IPTC block."""


def without_metadata(iptc: bytes) -> Part:
    """Return an IPTC block with creator, credit, copyright and character set alone."""
    held: set[Held] = set()
    kept = b""
    end = 0
    for name, whole in _datasets(iptc):
        end += len(whole)
        if name in _KEPT:
            kept += whole
        elif name not in _SILENT:
            held.add(_KINDS.get(name, Held.OTHER))
    if iptc[end:].strip(b"\0"):
        held.add(Held.OTHER)
    if not held:
        return Part(iptc, frozenset())
    names = {name for name, _ in _datasets(kept)}
    return Part(kept if names - {(1, 90)} else b"", frozenset(held))


def photoshop_without_metadata(block: bytes) -> Part:
    """Return Photoshop's blocks (Adobe, Photoshop File Formats, image resources) with the IPTC one alone.

    Args:
        block: The blocks, each beginning with `8BIM`.
    """
    held: set[Held] = set()
    kept = b""
    for number, body in _resources(block, held):
        if number == _IPTC:
            part = without_metadata(body)
            held |= part.held
            if part.data:
                kept += _resource(number, part.data)
        elif number in _THUMBNAILS:
            held.add(Held.THUMBNAIL)
        elif number not in _OF_LAYOUT:
            held.add(Held.OTHER)
    return Part(kept if held else block, frozenset(held))


def _datasets(iptc: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    at = 0
    while at + 5 <= len(iptc) and iptc[at] == 0x1C:  # noqa: PLR2004 - the mark of a dataset
        size = struct.unpack_from(">H", iptc, at + 3)[0]
        head = 5
        if size & 0x8000:
            long = size & 0x7FFF
            head += long
            size = int.from_bytes(iptc[at + 5 : at + 5 + long], "big")
        if at + head + size > len(iptc):
            return
        yield (iptc[at + 1], iptc[at + 2]), iptc[at : at + head + size]
        at += head + size


def _resources(block: bytes, held: set[Held]) -> Iterator[tuple[int, bytes]]:
    at = 0
    while block[at : at + 4] in {b"8BIM", b"MeSa", b"PHUT", b"AgHg", b"DCSR"} and at + 12 <= len(block):
        number = struct.unpack_from(">H", block, at + 4)[0]
        name = block[at + 6] + 1
        body = at + 6 + name + name % 2
        if body + 4 > len(block):
            break
        size = struct.unpack_from(">I", block, body)[0]
        if body + 4 + size > len(block):
            break
        yield number, block[body + 4 : body + 4 + size]
        at = body + 4 + size + size % 2
    if block[at:].strip(b"\0"):
        held.add(Held.OTHER)


def _resource(number: int, body: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(body)) + body + b"\0" * (len(body) % 2)


def creators_of(block: bytes) -> Iterator[str]:
    """Yield the creators that Photoshop's blocks name, then their credit."""
    for number, body in _resources(block, set()):
        if number == _IPTC:
            sets = [(name, whole[5:]) for name, whole in _datasets(body)]
            is_utf8 = ((1, 90), b"\x1b%G") in sets
            for wanted in ((2, 80), (2, 110)):
                values = [
                    value.decode("utf-8" if is_utf8 else "cp1252", "replace")
                    for name, value in sets
                    if name == wanted
                ]
                if values:
                    yield ", ".join(values)
