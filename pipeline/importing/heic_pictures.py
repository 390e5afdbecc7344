"""Photographs of telephones in HEIC (ISO/IEC 23008-12), converted into JPEG, which pages can show."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from pipeline.page.pictures.metadata import xmp

if TYPE_CHECKING:
    from PIL.Image import Image

_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_QUALITY: Final = 95
MOST_PIXELS: Final = 80_000_000
"""The most pixels of a picture that is converted."""

_ARTIST, _COPYRIGHT = 0x013B, 0x8298
_KEPT: Final = (_ARTIST, _COPYRIGHT)
"""The tags of EXIF that stay; place, device and thumbnail go."""

UNDECODABLE: Final = (
    ValueError,
    OSError,
    RuntimeError,
    EOFError,
    SyntaxError,
    IndexError,
    KeyError,
    TypeError,
)
"""What codecs raise where they cannot decode a picture."""


def is_heic(data: bytes) -> bool:
    """Return whether a file is a picture in HEIC, by its first bytes (ISO/IEC 14496-12, 4.3)."""
    return data[4:8] == b"ftyp" and data[8:12] in _BRANDS


def exif_in_heic(data: bytes) -> bytes:
    """Return the EXIF block of a picture in HEIC, empty where it has none or cannot be read."""
    import pillow_heif  # noqa: PLC0415 - as below

    try:
        block: bytes = pillow_heif.open_heif(data).info.get("exif") or b""
    except UNDECODABLE:
        return b""
    return block.removeprefix(b"Exif\x00\x00")


def as_jpeg(data: bytes) -> bytes | None:
    """Return a picture in HEIC as a JPEG that stands upright, or None where it cannot be decoded.

    Its colour profile, author and copyright stay; where it was taken and with what does not.

    Args:
        data: The file; of a sequence the first picture counts.
    """
    import pillow_heif  # noqa: PLC0415 - loads a codec, and only where a telephone's picture came

    try:
        opened = pillow_heif.open_heif(data)
        width, height = opened.size
        if width * height > MOST_PIXELS:
            return None
        # The picture is turned upright when it is decoded, and its EXIF no longer says to turn it.
        return jpeg_of(opened.to_pillow())
    except UNDECODABLE:
        return None


def jpeg_of(picture: Image) -> bytes:
    """Return a picture as a JPEG, with its colour profile, author and copyright.

    Args:
        picture: It stands upright, and its EXIF does not say to turn it.
    """
    exif = picture.getexif()
    for tag in [each for each in exif if each not in _KEPT]:
        del exif[tag]
    # Creator and credit stand there, too; what else it says is taken out where pictures are cleaned.
    packet = xmp.without_metadata(picture.info.get("xmp") or b"").data
    held = io.BytesIO()
    picture.convert("RGB").save(
        held,
        "JPEG",
        quality=_QUALITY,
        subsampling=0,
        icc_profile=picture.info.get("icc_profile"),
        exif=exif.tobytes(),
        xmp=packet,
    )
    return held.getvalue()
