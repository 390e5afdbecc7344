"""WebP (RFC 9649): chunks of the picture and its colours stay, the others go."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from pipeline.page.pictures.metadata import exif, xmp
from pipeline.page.pictures.metadata.held import Held, Part, UncleanableError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN: Final = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF"})
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04
_EXIF: Final = b"Exif\x00\x00"


def without_metadata(data: bytes) -> Part:
    """Return a WebP whose metadata is reduced to what stays; what lies behind its end goes.

    Raises:
        UncleanableError: The chunks cannot be told apart.
    """
    held: set[Held] = set()
    end = 8 + struct.unpack_from("<I", data, 4)[0]
    if data[end + end % 2 :].strip(b"\0"):
        held.add(Held.SECOND)
    chunks: list[tuple[bytes, bytes]] = []
    for kind, body in _chunks(data[:end]):
        if kind in _SHOWN or kind == b"VP8X":
            chunks.append((kind, body))
            continue
        part = _carried(kind, body)
        held |= part.held
        if part.data:
            chunks.append((kind, part.data))
    if not held:
        return Part(data, frozenset())
    kinds = {kind for kind, _ in chunks}
    inner = b"".join(
        _chunk(kind, _flagged(body, kinds) if kind == b"VP8X" else body) for kind, body in chunks
    )
    return Part(b"RIFF" + struct.pack("<I", len(inner) + 4) + b"WEBP" + inner, frozenset(held))


def exif_of(data: bytes) -> bytes:
    """Return the EXIF block of a WebP, empty where it has none or cannot be read."""
    try:
        blocks = (body for kind, body in _chunks(data) if kind == b"EXIF")
        return next(blocks, b"").removeprefix(_EXIF)
    except UncleanableError:
        return b""


def _carried(kind: bytes, body: bytes) -> Part:
    if kind == b"EXIF":
        return exif.without_metadata(body.removeprefix(_EXIF))
    if kind == b"XMP ":
        return xmp.without_metadata(body)
    return Part(b"", frozenset({Held.OTHER}))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        kind = data[at : at + 4]
        size = struct.unpack_from("<I", data, at + 4)[0]
        if at + 8 + size > len(data):
            raise UncleanableError
        yield kind, data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _flagged(header: bytes, kinds: set[bytes]) -> bytes:
    """Return the extended header with the flags of the metadata that is left."""
    flags = header[0] & ~(_EXIF_FLAG | _XMP_FLAG)
    flags |= _EXIF_FLAG * (b"EXIF" in kinds) | _XMP_FLAG * (b"XMP " in kinds)
    return bytes((flags,)) + header[1:]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
