"""Blocks of EXIF (CIPA DC-008): rewritten with orientation, colour space, author and copyright alone."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.pictures.metadata.held import Held, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

ORIENTATION: Final = 0x0112
ARTIST: Final = 0x013B
COPYRIGHT: Final = 0x8298
_EXIF_IFD: Final = 0x8769
_GPS_IFD: Final = 0x8825
_INTEROP_IFD: Final = 0xA005
_COLOUR_SPACE: Final = 0xA001
_INTEROP_INDEX: Final = 0x0001

SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Bytes of a value of each type (TIFF 6.0, section 2)."""

ASCII, SHORT, LONG = 2, 3, 4

_KINDS: Final = {
    0x010E: Held.WORDS,  # ImageDescription
    0x010F: Held.DEVICE,  # Make
    0x0110: Held.DEVICE,  # Model
    0x0131: Held.HISTORY,  # Software
    0x013C: Held.DEVICE,  # HostComputer
    0x0201: Held.THUMBNAIL,
    0x02BC: Held.OTHER,  # XMP within EXIF
    0x83BB: Held.OTHER,  # IPTC
    0x8649: Held.OTHER,  # Photoshop
    0x927C: Held.DEVICE,  # MakerNote
    0x9286: Held.WORDS,  # UserComment
    0x9C9B: Held.WORDS,
    0x9C9C: Held.WORDS,
    0x9C9D: Held.PEOPLE,  # XPAuthor
    0x9C9E: Held.WORDS,
    0x9C9F: Held.WORDS,
    0xA420: Held.DEVICE,  # ImageUniqueID
    0xA430: Held.PEOPLE,  # CameraOwnerName
    0xA431: Held.DEVICE,  # BodySerialNumber
    0xA433: Held.DEVICE,
    0xA434: Held.DEVICE,
    0xA435: Held.DEVICE,  # LensSerialNumber
    0xA436: Held.WORDS,  # ImageTitle
    0xA437: Held.PEOPLE,  # Photographer
    0xA438: Held.PEOPLE,  # ImageEditor
    0xC62F: Held.DEVICE,  # CameraSerialNumber
    _GPS_IFD: Held.PLACE,
}
_OF_STRUCTURE: Final = frozenset(
    {_EXIF_IFD, _INTEROP_IFD, 0x011A, 0x011B, 0x0128, 0x0213, 0x9000, 0x9101, 0xA000, 0xA002, 0xA003, 0x0002}
)
"""Tags that say nothing: pointers, resolution, versions, sides. For them alone no block is rewritten."""

_MOST_ENTRIES: Final = 4000
_LONGEST: Final = 8000
"""Bytes of a field that stays: a name or a notice, and no place to hide more."""


class Entry(NamedTuple):
    """A field of a directory.

    Args:
        tag: Its number.
        type: Its type, a key of `SIZES`.
        number: How many values it has.
        value: Their bytes, in the byte order of the file.
    """

    tag: int
    type: int
    number: int
    value: bytes


class Directory(NamedTuple):
    """A directory of fields (IFD).

    Args:
        entries: Its fields; those that point out of the file are left out.
        next: Offset of the next directory, or 0.
        is_whole: Whether every field could be read.
    """

    entries: tuple[Entry, ...]
    next: int
    is_whole: bool


def byte_order(data: bytes) -> str:
    """Return the byte order of a TIFF structure for `struct`, empty where it is none."""
    return {b"II*\x00": "<", b"MM\x00*": ">"}.get(data[:4], "")


def directory(data: bytes, at: int, order: str) -> Directory:
    """Read the directory at an offset; what lies outside the data is left out.

    Args:
        data: A TIFF structure.
        at: The offset.
        order: `<` or `>`.
    """
    if not 0 < at <= len(data) - 2:
        return Directory((), 0, is_whole=at == 0)
    (count,) = struct.unpack_from(order + "H", data, at)
    end = at + 2 + 12 * count
    entries = [
        entry
        for each in range(min(count, _MOST_ENTRIES))
        if (entry := _entry(data, at + 2 + 12 * each, order)) is not None
    ]
    following = struct.unpack_from(order + "I", data, end)[0] if end + 4 <= len(data) else 0
    return Directory(tuple(entries), following, is_whole=len(entries) == count)


def _entry(data: bytes, at: int, order: str) -> Entry | None:
    if at + 12 > len(data):
        return None
    tag, kind, count = struct.unpack_from(order + "HHI", data, at)
    size = SIZES.get(kind, 0) * count
    if size <= 0:
        return None
    where = at + 8 if size <= 4 else struct.unpack_from(order + "I", data, at + 8)[0]  # noqa: PLR2004 - in the field
    if where + size > len(data):
        return None
    return Entry(tag, kind, count, data[where : where + size])


def number(entry: Entry, order: str) -> int:
    """Return the first value of a field of whole numbers, 0 of another."""
    form = {1: "B", SHORT: "H", LONG: "I", 13: "I"}.get(entry.type)
    return int(struct.unpack_from(order + form, entry.value)[0]) if form else 0


def without_metadata(block: bytes) -> Part:
    """Rewrite an EXIF block so that only orientation, colour space, author and copyright stay.

    Args:
        block: A TIFF structure, without the six bytes `Exif` in front.

    Returns:
        The block, and what was taken out. One that cannot be read goes whole.
    """
    order = byte_order(block)
    if not order:
        return Part(b"", frozenset({Held.OTHER}))
    read = dict(directories(block, order))
    held = {
        kind_of_tag(entry.tag)
        for name, each in read.items()
        for entry in each.entries
        if not _stays(name, entry) and entry.tag not in _OF_STRUCTURE
    }
    if "gps" in read:
        held.add(Held.PLACE)
    if "next" in read:
        held.add(Held.THUMBNAIL)
    if not all(each.is_whole for each in read.values()) or _has_slack(block, read):
        held.add(Held.OTHER)
    if not held:
        return Part(block, frozenset())
    kept = {name: [entry for entry in each.entries if _stays(name, entry)] for name, each in read.items()}
    return Part(_written(kept, order), frozenset(held))


def kind_of_tag(tag: int) -> Held:
    """Return the kind of what a tag holds."""
    return _KINDS.get(tag, Held.OTHER)


def _stays(name: str, entry: Entry) -> bool:
    stays = {
        "first": {ORIENTATION, ARTIST, COPYRIGHT},
        "exif": {_COLOUR_SPACE},
        "interop": {_INTEROP_INDEX},
    }
    return entry.tag in stays.get(name, set()) and len(entry.value) < _LONGEST


def directories(block: bytes, order: str) -> Iterator[tuple[str, Directory]]:
    """Yield the directories of an EXIF block by name: first, next, place, EXIF, interoperability."""
    first = directory(block, struct.unpack_from(order + "I", block, 4)[0] if len(block) > 7 else 0, order)  # noqa: PLR2004
    yield "first", first
    if first.next:
        yield "next", directory(block, first.next, order)
    pointers = {entry.tag: number(entry, order) for entry in first.entries}
    if _GPS_IFD in pointers:
        yield "gps", directory(block, pointers[_GPS_IFD], order)
    if _EXIF_IFD in pointers:
        exif = directory(block, pointers[_EXIF_IFD], order)
        yield "exif", exif
        for entry in exif.entries:
            if entry.tag == _INTEROP_IFD:
                yield "interop", directory(block, number(entry, order), order)


def _has_slack(block: bytes, read: dict[str, Directory]) -> bool:
    """Return whether a block has clearly more bytes than its directories name: hidden data, a lost note."""
    named = 8
    for each in read.values():
        named += 2 + 12 * len(each.entries) + 4
        named += sum(len(entry.value) + 1 for entry in each.entries if len(entry.value) > 4)  # noqa: PLR2004
    return len(block) > named + 8


def _written(kept: dict[str, list[Entry]], order: str) -> bytes:
    """Return a block with these directories; empty where they have no field."""
    first = [entry for entry in kept.get("first", []) if entry.value.strip(b"\0 ")]
    exif, interop = kept.get("exif", []), kept.get("interop", [])
    if not (first or exif or interop):
        return b""
    pointer = Entry(_EXIF_IFD, LONG, 1, bytes(4))
    inner = Entry(_INTEROP_IFD, LONG, 1, bytes(4))
    plans = [sorted([*first, *([pointer] if exif or interop else [])])]
    if exif or interop:
        plans.append(sorted([*exif, *([inner] if interop else [])]))
    if interop:
        plans.append(sorted(interop))
    starts = [8]
    for plan in plans:
        starts.append(starts[-1] + directory_size(plan))
    written = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(order + "I", 8)
    for at, plan in enumerate(plans):
        pointed = [
            entry._replace(value=struct.pack(order + "I", starts[at + 1]))
            if entry.tag in {_EXIF_IFD, _INTEROP_IFD}
            else entry
            for entry in plan
        ]
        written += directory_bytes(pointed, starts[at], order)
    return written


def directory_size(entries: list[Entry]) -> int:
    """Return the bytes that `directory_bytes` needs."""
    return (
        6
        + 12 * len(entries)
        + sum(
            len(entry.value) + len(entry.value) % 2
            for entry in entries
            if len(entry.value) > 4  # noqa: PLR2004
        )
    )


def directory_bytes(entries: list[Entry], at: int, order: str) -> bytes:
    """Return a directory that is the last one, with the values of its fields behind it.

    Args:
        entries: Its fields, by number.
        at: The offset it will have.
        order: `<` or `>`.
    """
    head = struct.pack(order + "H", len(entries))
    behind = b""
    start = at + 6 + 12 * len(entries)
    for entry in entries:
        head += struct.pack(order + "HHI", entry.tag, entry.type, entry.number)
        if len(entry.value) <= 4:  # noqa: PLR2004 - in the field itself
            head += entry.value.ljust(4, b"\0")
        else:
            head += struct.pack(order + "I", start + len(behind))
            behind += entry.value + b"\0" * (len(entry.value) % 2)
    return head + bytes(4) + behind
