"""TIFF 6.0: the first picture written anew, its strips or tiles copied byte by byte."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from pipeline.page.pictures.metadata import exif, iptc, jpeg, xmp
from pipeline.page.pictures.metadata.exif import LONG, Directory, Entry, directory, number
from pipeline.page.pictures.metadata.held import Held, Part, UncleanableError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN: Final = frozenset(
    {254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 274, 277, 278, 280, 281, 282, 283, 284,
     290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 332, 334, 336, 338, 339,
     340, 341, 347, 529, 530, 531, 532, 34675}
)  # fmt: skip
"""Tags that say how the picture is to be shown, and its colour profile."""

_WORDS: Final = frozenset({exif.ARTIST, exif.COPYRIGHT})
_OFFSETS: Final = {273: 279, 324: 325}
"""The tags of the offsets of strips and tiles, with those of their lengths."""

_XMP, _IPTC, _PHOTOSHOP = 700, 33723, 34377
_COMPRESSION, _JPEG, _OLD_JPEG = 259, 7, 6
_MOST_SLACK: Final = 8
"""Bytes for which a file without metadata is not written anew: those that fill up to even offsets."""

_KINDS: Final = {
    270: Held.WORDS,
    271: Held.DEVICE,
    272: Held.DEVICE,
    305: Held.HISTORY,
    316: Held.DEVICE,
    330: Held.THUMBNAIL,
    34853: Held.PLACE,
}


def without_metadata(data: bytes) -> Part:
    """Return a TIFF with its first picture alone, and of its metadata what stays.

    Raises:
        UncleanableError: Its strips cannot be found, or are coded as nobody should any more.
    """
    order = exif.byte_order(data)
    first = directory(data, struct.unpack_from(order + "I", data, 4)[0], order)
    by_tag = {entry.tag: entry for entry in first.entries}
    where = next((tag for tag in _OFFSETS if tag in by_tag and _OFFSETS[tag] in by_tag), 0)
    if not where or _number(by_tag, _COMPRESSION, order) == _OLD_JPEG:
        raise UncleanableError
    held = set(_held(data, first, order))
    strips = list(_strips(data, by_tag[where], by_tag[_OFFSETS[where]], order))
    if _number(by_tag, _COMPRESSION, order) == _JPEG:
        strips = [_of_strip(strip, held) for strip in strips]
    kept: list[Entry] = []
    for entry in first.entries:
        if entry.tag in _SHOWN or entry.tag in _WORDS:
            kept.append(entry)
        elif entry.tag not in {where, _OFFSETS[where]}:
            kept += _carried(entry, held)
    written = _written(kept, where, strips, order)
    if not held and len(data) <= len(written) + _MOST_SLACK:
        return Part(data, frozenset())
    # What no field names lies between the strips or behind them.
    return Part(written, frozenset(held or {Held.OTHER}))


def _number(by_tag: dict[int, Entry], tag: int, order: str) -> int:
    return number(by_tag[tag], order) if tag in by_tag else 0


def _held(data: bytes, first: Directory, order: str) -> Iterator[Held]:
    if first.next:
        yield Held.SECOND
    if not first.is_whole:
        yield Held.OTHER
    for entry in first.entries:
        if entry.tag == 34665:  # noqa: PLR2004 - the directory of EXIF
            inner = directory(data, number(entry, order), order)
            yield from (exif.kind_of_tag(each.tag) for each in inner.entries)


def _carried(entry: Entry, held: set[Held]) -> Iterator[Entry]:
    """Yield the field that may be carried in place of one, or nothing."""
    rewriting = {
        _XMP: xmp.without_metadata,
        _IPTC: iptc.without_metadata,
        _PHOTOSHOP: iptc.photoshop_without_metadata,
    }
    if entry.tag not in rewriting:
        held.add(_KINDS.get(entry.tag, Held.OTHER))
        return
    part = rewriting[entry.tag](entry.value)
    held |= part.held
    if not part.held:
        yield entry
    elif part.data:
        yield Entry(entry.tag, 1 if entry.tag == _XMP else 7, len(part.data), part.data)


def _strips(data: bytes, offsets: Entry, lengths: Entry, order: str) -> Iterator[bytes]:
    starts, sizes = _numbers(offsets, order), _numbers(lengths, order)
    if len(starts) != len(sizes):
        raise UncleanableError
    for start, size in zip(starts, sizes, strict=True):
        if start + size > len(data):
            raise UncleanableError
        yield data[start : start + size]


def _numbers(entry: Entry, order: str) -> tuple[int, ...]:
    form = {3: "H", 4: "I"}.get(entry.type)
    if form is None:
        raise UncleanableError
    return struct.unpack(f"{order}{entry.number}{form}", entry.value)


def _of_strip(strip: bytes, held: set[Held]) -> bytes:
    part = jpeg.without_metadata(strip)
    held |= part.held
    return part.data


def _written(kept: list[Entry], where: int, strips: list[bytes], order: str) -> bytes:
    """Return a TIFF: its directory first, then the strips."""
    sizes = struct.pack(f"{order}{len(strips)}I", *map(len, strips))
    entries = sorted(
        [
            *kept,
            Entry(where, LONG, len(strips), bytes(4 * len(strips))),
            Entry(_OFFSETS[where], LONG, len(strips), sizes),
        ]
    )
    at = 8 + exif.directory_size(entries)
    starts: list[int] = []
    pieces: list[bytes] = []
    for strip in strips:
        starts.append(at)
        pieces.append(strip + b"\0" * (len(strip) % 2))
        at += len(pieces[-1])
    packed = struct.pack(f"{order}{len(starts)}I", *starts)
    entries = [entry._replace(value=packed) if entry.tag == where else entry for entry in entries]
    head = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(order + "I", 8)
    return head + exif.directory_bytes(entries, 8, order) + b"".join(pieces)
