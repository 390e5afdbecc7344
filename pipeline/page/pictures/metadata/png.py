"""PNG (W3C, third edition): chunks that say how the picture is to be shown stay, the others go."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.pictures.metadata import exif, xmp
from pipeline.page.pictures.metadata.held import Held, Part, UncleanableError, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_SHOWN: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD pHYs cICP mDCV mDCv cLLI cLLi hIST".split()
)
_ANIMATION: Final = frozenset({b"acTL", b"fcTL", b"fdAT"})
_TEXTS: Final = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_KEPT_WORDS: Final = frozenset({"Author", "Copyright"})
_XMP: Final = "XML:com.adobe.xmp"
_RAW_EXIF: Final = frozenset({"Raw profile type exif", "Raw profile type APP1"})
_MOST_TEXT: Final = 2_000_000


class _Text(NamedTuple):
    keyword: str
    data: bytes


def without_metadata(data: bytes) -> Part:
    """Return a PNG whose metadata is reduced to what stays; what lies behind its end goes.

    Raises:
        UncleanableError: The chunks cannot be told apart.
    """
    held: set[Held] = set()
    written: list[bytes] = []
    end = len(SIGNATURE)
    for kind, body, whole in _chunks(data):
        end += len(whole)
        if kind in _SHOWN:
            written.append(whole)
        else:
            written += _carried(kind, body, whole, held)
    if data[end:].strip(b"\0"):
        held.add(Held.SECOND)
    return Part(SIGNATURE + b"".join(written), frozenset(held)) if held else Part(data, frozenset())


def exif_of(data: bytes) -> bytes:
    """Return the EXIF block of a PNG, empty where it has none or cannot be read."""
    try:
        return next((body for kind, body, _ in _chunks(data) if kind == b"eXIf"), b"")
    except UncleanableError:
        return b""


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield type, content and the whole of each chunk, up to the last one."""
    at = len(SIGNATURE)
    kind = b""
    while kind != b"IEND":
        if at + 12 > len(data):
            raise UncleanableError
        size = struct.unpack_from(">I", data, at)[0]
        kind = data[at + 4 : at + 8]
        if at + 12 + size > len(data):
            raise UncleanableError
        yield kind, data[at + 8 : at + 8 + size], data[at : at + 12 + size]
        at += 12 + size


def _carried(kind: bytes, body: bytes, whole: bytes, held: set[Held]) -> Iterator[bytes]:
    """Yield the chunk that may be carried in place of one, or nothing."""
    if kind == b"eXIf":
        part = exif.without_metadata(body.removeprefix(b"Exif\x00\x00"))
        held |= part.held
        if part.data:
            yield whole if part.data == body else _chunk(kind, part.data)
    elif kind in _TEXTS:
        yield from _of_text(kind, body, whole, held)
    else:
        held.add(Held.SECOND if kind in _ANIMATION else Held.OTHER)


def _of_text(kind: bytes, body: bytes, whole: bytes, held: set[Held]) -> Iterator[bytes]:
    text = _text(kind, body)
    if text is None:
        held.add(Held.OTHER)
    elif text.keyword in _KEPT_WORDS:
        yield whole
    elif text.keyword == _XMP:
        part = xmp.without_metadata(text.data)
        held |= part.held
        if part.data:
            yield whole if not part.held else _chunk(b"iTXt", _XMP.encode() + b"\0\0\0\0\0" + part.data)
    elif text.keyword in _RAW_EXIF:
        part = exif.without_metadata(_raw_profile(text.data).removeprefix(b"Exif\x00\x00"))
        held |= part.held or {Held.OTHER}
        if part.data:
            yield _chunk(b"eXIf", part.data)
    else:
        held.add(kind_of(text.keyword))


def _text(kind: bytes, body: bytes) -> _Text | None:
    """Return keyword and content of a chunk of text, or None where it cannot be read."""
    keyword, mark, rest = body.partition(b"\0")
    if not mark:
        return None
    packed = kind == b"zTXt"
    if kind == b"zTXt":
        rest = rest[1:]
    elif kind == b"iTXt":
        packed = rest[:1] == b"\x01"
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    if packed:
        try:
            rest = zlib.decompressobj().decompress(rest, _MOST_TEXT)
        except zlib.error:
            return None
    return _Text(keyword.decode("latin-1"), rest)


def _raw_profile(text: bytes) -> bytes:
    """Return what ImageMagick wrote in hexadecimal digits after a name and a length."""
    try:
        return bytes.fromhex(b"".join(text.split()[2:]).decode("ascii"))
    except ValueError:
        return b""


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
