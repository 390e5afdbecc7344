"""Photographs of telephones in HEIC (ISO/IEC 23008-12), converted into JPEG, which pages can show."""

from __future__ import annotations

import io
from typing import Final

from pipeline.page.pictures.metadata import xmp

_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_QUALITY: Final = 95
_MOST_PIXELS: Final = 80_000_000
_ARTIST, _COPYRIGHT = 0x013B, 0x8298
_KEPT: Final = (_ARTIST, _COPYRIGHT)
"""The tags of EXIF that stay; place, device and thumbnail go."""

_UNDECODABLE: Final = (ValueError, OSError, RuntimeError, EOFError, SyntaxError, IndexError, KeyError)


def is_heic(data: bytes) -> bool:
    """Return whether a file is a picture in HEIC, by its first bytes (ISO/IEC 14496-12, 4.3)."""
    return data[4:8] == b"ftyp" and data[8:12] in _BRANDS


def exif_in_heic(data: bytes) -> bytes:
    """Return the EXIF block of a picture in HEIC, empty where it has none or cannot be read."""
    import pillow_heif  # noqa: PLC0415 - as below

    try:
        block: bytes = pillow_heif.open_heif(data).info.get("exif") or b""
    except _UNDECODABLE:
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
        if width * height > _MOST_PIXELS:
            return None
        # The picture is turned upright when it is decoded, and its EXIF no longer says to turn it.
        picture = opened.to_pillow()
        profile = picture.info.get("icc_profile")
        exif = picture.getexif()
        for tag in [each for each in exif if each not in _KEPT]:
            del exif[tag]
        held = io.BytesIO()
        upright = picture.convert("RGB")
        # Creator and credit stand there, too; what else it says is taken out where pictures are cleaned.
        packet = xmp.without_metadata(picture.info.get("xmp") or b"").data
        upright.save(
            held,
            "JPEG",
            quality=_QUALITY,
            subsampling=0,
            icc_profile=profile,
            exif=exif.tobytes(),
            xmp=packet,
        )
    except _UNDECODABLE:
        return None
    return held.getvalue()
