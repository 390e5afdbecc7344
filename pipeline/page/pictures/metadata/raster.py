"""The formats of raster pictures, recognised by how their files begin."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from pipeline.page.pictures.metadata import jpeg, png, tiff, webp
from pipeline.page.pictures.metadata.held import Part, UncleanableError

if TYPE_CHECKING:
    from collections.abc import Callable

_FORMATS: Final[dict[bytes, Callable[[bytes], Part]]] = {
    b"\xff\xd8\xff": jpeg.without_metadata,
    png.SIGNATURE: png.without_metadata,
    b"II*\x00": tiff.without_metadata,
    b"MM\x00*": tiff.without_metadata,
}
_TOO_ODD: Final = (b"II+\x00", b"MM\x00+", b"MM*\x00", b"II\x00*")
"""BigTIFF, and TIFF with a wrong order of bytes, which Pillow opens nevertheless."""


def without_metadata(data: bytes) -> Part:
    """Return a picture without what it says besides; a file of no known format as it is.

    Raises:
        UncleanableError: It is not built as its format prescribes; likewise the errors of reading it.
    """
    if data.startswith(_TOO_ODD):
        raise UncleanableError
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return webp.without_metadata(data)
    for start, clean in _FORMATS.items():
        if data.startswith(start):
            return clean(data)
    return Part(data, frozenset())


def exif_of(data: bytes) -> bytes:
    """Return the EXIF block of a picture, empty where it has none."""
    reader = {b"\xff\xd8": jpeg.exif_of, b"\x89P": png.exif_of, b"RI": webp.exif_of}.get(data[:2])
    try:
        return reader(data) if reader else data if data[:2] in {b"II", b"MM"} else b""
    except (struct.error, IndexError):
        return b""
