"""JPEG (ITU-T T.81, JFIF, Exif, CIPA DC-007): segments rewritten, the coded picture copied byte by byte."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.pictures.metadata import exif, iptc, xmp
from pipeline.page.pictures.metadata.held import Held, Part, UncleanableError

if TYPE_CHECKING:
    from collections.abc import Iterator

_EOI, _SOS, _COM = 0xD9, 0xDA, 0xFE
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8), 0xD8})
"""Markers without a length."""

_EXIF: Final = b"Exif\x00\x00"
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\x00"
_XMP_EXTENSION: Final = b"http://ns.adobe.com/xmp/extension/\x00"
_ICC: Final = b"ICC_PROFILE\x00"
_ADOBE: Final = b"Adobe"
_JFIF: Final = b"JFIF\x00"
_LONGEST: Final = 65533
_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7]")
"""What may be a marker within coded data; a byte of all ones is followed by a zero there (T.81, B.1.1.5)."""

_BEHIND: Final = re.compile(rb"\xff*")
_OF_SCAN: Final = frozenset(bytes((value,)) for value in (0x00, *range(0xD0, 0xD8)))


class _Segment(NamedTuple):
    """A marker with its payload, or the coded data after a scan's header (marker 0)."""

    marker: int
    data: bytes


def without_metadata(data: bytes) -> Part:
    """Return a JPEG whose metadata is reduced to what stays; second pictures behind its end go.

    Raises:
        UncleanableError: The segments cannot be told apart.
    """
    segments, end = _segments(data)
    held: set[Held] = set()
    if data[end:].strip(b"\0"):
        held.add(Held.SECOND)
    blocks = _joined(segments)
    written: list[bytes] = []
    for segment in segments:
        if segment.marker == 0:
            written.append(segment.data)
            continue
        written += (_encoded(segment.marker, body) for body in _carried(segment, blocks, held))
    return Part(b"\xff\xd8" + b"".join(written), frozenset(held)) if held else Part(data, frozenset())


def exif_of(data: bytes) -> bytes:
    """Return the EXIF block of a JPEG, empty where it has none or cannot be read."""
    try:
        return _joined(_segments(data)[0]).get("exif", b"")
    except UncleanableError:
        return b""


def _segments(data: bytes) -> tuple[list[_Segment], int]:
    """Return the segments after the first marker, and where the picture ends."""
    if data[:2] != b"\xff\xd8":
        raise UncleanableError
    found: list[_Segment] = []
    at = 2
    while at < len(data):
        if data[at] != 0xFF:  # noqa: PLR2004 - the beginning of a marker
            # Decoders skip stray bytes; what they are cannot be known, and they are not carried.
            at = _next_marker(data, at)
            found.append(_Segment(_COM, b"\0"))
            continue
        while at < len(data) and data[at] == 0xFF:  # noqa: PLR2004
            at += 1
        if at >= len(data):
            break
        marker = data[at]
        at += 1
        if marker == _EOI:
            found.append(_Segment(_EOI, b""))
            return found, at
        if marker in _ALONE or not marker:
            # A byte of all ones before a zero is coded data, and stray outside of it.
            found.append(_Segment(marker or _COM, b"" if marker else b"\0"))
            continue
        at = _read_segment(data, at, marker, found)
    if not any(each.marker == _SOS for each in found):
        raise UncleanableError
    return found, len(data)


def _read_segment(data: bytes, at: int, marker: int, found: list[_Segment]) -> int:
    if at + 2 > len(data):
        raise UncleanableError
    size = struct.unpack_from(">H", data, at)[0]
    if size < 2 or at + size > len(data):  # noqa: PLR2004 - the length counts itself
        raise UncleanableError
    found.append(_Segment(marker, data[at + 2 : at + size]))
    at += size
    if marker == _SOS:
        end = _end_of_scan(data, at)
        found.append(_Segment(0, data[at:end]))
        at = end
    return at


def _next_marker(data: bytes, at: int) -> int:
    following = data.find(b"\xff", at)
    return following if following >= 0 else len(data)


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where coded data ends: at a marker that is neither stuffing nor a restart."""
    while marker := _MARKER.search(data, at):
        # Any number of bytes of all ones may stand in front, of a zero too.
        kind = _BEHIND.match(data, marker.start() + 1)
        if kind and data[kind.end() : kind.end() + 1] not in _OF_SCAN:
            return marker.start()
        at = marker.end()
    return len(data)


def _joined(segments: list[_Segment]) -> dict[str, bytes]:
    """Return EXIF and Photoshop's blocks, each put together of its segments."""
    blocks: dict[str, bytes] = {}
    for marker, data in segments:
        if marker == 0xE1 and data.startswith(_EXIF):  # noqa: PLR2004 - APP1
            blocks["exif"] = blocks.get("exif", b"") + data[len(_EXIF) :]
        elif marker == 0xED and data.startswith(iptc.SIGNATURE):  # noqa: PLR2004 - APP13
            blocks["photoshop"] = blocks.get("photoshop", b"") + data[len(iptc.SIGNATURE) :]
    return blocks


def _carried(segment: _Segment, blocks: dict[str, bytes], held: set[Held]) -> Iterator[bytes]:
    """Yield the payload of a segment as it may be carried, or nothing."""
    marker, data = segment
    if marker == _COM:
        held.add(Held.WORDS if data.strip(b"\0") else Held.OTHER)
    elif not 0xE0 <= marker <= 0xEF:  # noqa: PLR2004 - no segment of an application
        yield data
    elif marker == 0xE0:  # noqa: PLR2004
        yield from _of_jfif(data, held)
    elif marker == 0xE1:  # noqa: PLR2004
        yield from _of_app1(data, blocks, held)
    elif marker == 0xE2 and data.startswith(_ICC):  # noqa: PLR2004
        yield data
    elif marker == 0xED and data.startswith(iptc.SIGNATURE):  # noqa: PLR2004
        if (block := blocks.pop("photoshop", None)) is not None:
            yield from _kept(iptc.photoshop_without_metadata(block), iptc.SIGNATURE, held)
    elif marker == 0xEE and data.startswith(_ADOBE):  # noqa: PLR2004
        # Twelve bytes say how the colours are coded.
        if len(data) > 12:  # noqa: PLR2004
            held.add(Held.OTHER)
        yield data[:12]
    else:
        held.add(Held.SECOND if data.startswith(b"MPF\x00") else Held.OTHER)


def _of_jfif(data: bytes, held: set[Held]) -> Iterator[bytes]:
    if not data.startswith(_JFIF) or len(data) < 14:  # noqa: PLR2004 - version, density, sides of the thumbnail
        held.add(Held.THUMBNAIL if data.startswith(b"JFXX") else Held.OTHER)
        return
    if len(data) > 14 or data[12:14] != b"\0\0":  # noqa: PLR2004
        held.add(Held.THUMBNAIL)
    yield data[:12] + b"\0\0"


def _of_app1(data: bytes, blocks: dict[str, bytes], held: set[Held]) -> Iterator[bytes]:
    if data.startswith(_EXIF):
        if (block := blocks.pop("exif", None)) is not None:
            yield from _kept(exif.without_metadata(block), _EXIF, held)
    elif data.startswith(_XMP):
        yield from _kept(xmp.without_metadata(data[len(_XMP) :]), _XMP, held)
    else:
        held.add(Held.PEOPLE if data.startswith(_XMP_EXTENSION) else Held.OTHER)


def _kept(part: Part, head: bytes, held: set[Held]) -> Iterator[bytes]:
    held |= part.held
    body = head + part.data
    if len(body) > _LONGEST:
        # Nothing that stays is as long.
        held.add(Held.OTHER)
    elif part.data:
        yield body


def _encoded(marker: int, body: bytes) -> bytes:
    if marker == _EOI or marker in _ALONE:
        return bytes((0xFF, marker))
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body
