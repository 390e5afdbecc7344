"""Who made a picture and when, as its file says: offered when it is imported, before that is taken out."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.pictures.metadata import exif, iptc, xmp
from pipeline.page.pictures.metadata.raster import exif_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATE_TAGS: Final = (0x9003, 0x9004)
"""DateTimeOriginal and DateTimeDigitized."""

_PACKET: Final = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>|<rdf:RDF.*?</rdf:RDF>", re.DOTALL)
_MOST: Final = 4_000_000
"""Bytes at the beginning of a file that are searched for a packet of XMP."""

_LONGEST: Final = 120
_FIRST_YEAR: Final = 1990


class Origin(NamedTuple):
    """What a file says of its picture's origin.

    Args:
        creator: Who made it; empty where the file does not say.
        taken: The day, as `2023-11-07`; likewise.
    """

    creator: str
    taken: str


def origin_of(data: bytes, block: bytes = b"") -> Origin:
    """Return who made a picture and on which day, as far as its file says so.

    The creator is that of XMP or IPTC, then EXIF's artist; the credit where there is none.

    Args:
        data: The file.
        block: Its EXIF block, where the file is of a format that is not read here.
    """
    block = block or exif_of(data)
    creators = [*_of_xmp(data), *_of_iptc(data), *_of_exif(block, (exif.ARTIST,))]
    creator = next((plain for each in creators if (plain := _plain(each))), "")
    return Origin(creator, next(_days(block), ""))


def _of_xmp(data: bytes) -> Iterator[str]:
    if packet := _PACKET.search(data, 0, _MOST):
        yield from xmp.creators_of(packet[0])


def _of_iptc(data: bytes) -> Iterator[str]:
    at = data.find(iptc.SIGNATURE)
    if at >= 0:
        yield from iptc.creators_of(data[at + len(iptc.SIGNATURE) : at + 70000])


def _of_exif(block: bytes, tags: tuple[int, ...]) -> Iterator[str]:
    order = exif.byte_order(block)
    try:
        found = dict(exif.directories(block, order)) if order else {}
    except struct.error:
        return
    for each in found.values():
        for entry in each.entries:
            if entry.tag in tags:
                yield entry.value.split(b"\0")[0].decode("utf-8", "replace")


def _days(block: bytes) -> Iterator[str]:
    for written in _of_exif(block, _DATE_TAGS):
        day = re.match(r"(\d{4}):(\d\d):(\d\d)", written)
        if day and int(day[1]) >= _FIRST_YEAR and 1 <= int(day[2]) <= 12 and 1 <= int(day[3]) <= 31:  # noqa: PLR2004
            yield "-".join(day.groups())


def _plain(text: str) -> str:
    """Return a name on one line; nothing where it is no name that could stand below a picture."""
    plain = " ".join(text.split())
    is_name = any(sign.isalpha() for sign in plain) and "\ufffd" not in plain and len(plain) <= _LONGEST
    return plain if is_name and not set(plain) & set('"{}<>') else ""
