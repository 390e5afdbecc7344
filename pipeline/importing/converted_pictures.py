"""Pictures in formats that no page can show, made into ones that it can: photographs JPEG, all others PNG."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.importing.heic_pictures import MOST_PIXELS, UNDECODABLE, as_jpeg, is_heic, jpeg_of

if TYPE_CHECKING:
    from PIL.Image import Image

_KINDS: Final = {"GIF": "GIF", "BMP": "BMP", "DIB": "BMP", "AVIF": "AVIF"}
"""What is converted here, by Pillow's names of formats."""

_PHOTOGRAPHS: Final = frozenset({"AVIF"})


class Conversion(NamedTuple):
    """A picture that was made of another.

    Args:
        data: The file.
        kind: The format it was in.
        made: The format it is in.
    """

    data: bytes
    kind: str
    made: str


def converted_picture(data: bytes) -> Conversion | None:
    """Return what is made of a picture that no page can show; None where nothing is, or can be.

    Of a picture that moves, the first frame counts.

    Args:
        data: The file.
    """
    if is_heic(data) and (jpeg := as_jpeg(data)):
        return Conversion(jpeg, "HEIC", "JPEG")
    if not (data.startswith((b"GIF8", b"BM")) or data[4:8] == b"ftyp"):
        return None
    from PIL import Image  # noqa: PLC0415 - for the few formats that are converted

    try:
        with Image.open(io.BytesIO(data), formats=("GIF", "BMP", "AVIF")) as picture:
            return _converted(picture)
    except (*UNDECODABLE, Image.DecompressionBombError):
        return None


def _converted(picture: Image) -> Conversion | None:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        return None
    kind = str(picture.format)
    is_clear = picture.has_transparency_data
    if kind in _PHOTOGRAPHS and not is_clear:
        from PIL import ImageOps  # noqa: PLC0415 - as above

        return Conversion(jpeg_of(ImageOps.exif_transpose(picture)), _KINDS[kind], "JPEG")
    held = io.BytesIO()
    plain = picture.convert("RGBA" if is_clear else "RGB")
    plain.save(held, "PNG", icc_profile=picture.info.get("icc_profile"), optimize=True)
    return Conversion(held.getvalue(), _KINDS[kind], "PNG")
