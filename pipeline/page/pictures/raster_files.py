"""Raster pictures – JPEG, PNG, WebP and TIFF – examined before they are decoded."""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageFile, UnidentifiedImageError

from pipeline.findings.finding import Finding, found
from pipeline.page.pictures.picture_info import PictureInfo, first_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.place import Place

MOST_PIXELS: Final = 80_000_000
"""More than a picture on A4 needs; 80 million take 240 MB when decoded."""

FORMATS: Final = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # JPEG with more than one view, as some cameras write it
    "PNG": "image/png",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
}
_READ: Final = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP")
"""The formats that are recognised; the last two only to be refused."""

_DENSE_CHANNEL: Final = 0.25
"""Bytes that a photograph takes at least for each pixel and colour; a drawing takes less than a tenth."""

_FEWEST_PIXELS: Final = 10_000
"""In a smaller picture the parts of the file that are no pixels would count."""

UNDECODABLE: Final = (OSError, ValueError, SyntaxError, TypeError, EOFError, Image.DecompressionBombError)
"""What Pillow raises where it cannot decode a picture."""

_TURNED_SIDEWAYS: Final = frozenset({5, 6, 7, 8})


def examine_raster(data: bytes, name: str, place: Place | None) -> PictureInfo | Finding:
    """Examine a raster picture without decoding its pixels.

    Args:
        data: The file.
        name: As the issue names it.
        place: Where it is named.

    Returns:
        Its properties, or the finding that refuses it (E55, E56, E58, E60).
    """
    try:
        with open_picture(data) as picture:
            if picture.format not in FORMATS:
                return found("E58", place, name=name)
            width, height = picture.size
            if width * height > MOST_PIXELS:
                millions = round(width * height / 1e6)
                return found("E56", place, name=name, pixels=millions, limit=MOST_PIXELS // 1_000_000)
            if orientation_of(picture) in _TURNED_SIDEWAYS:
                width, height = height, width
            return PictureInfo(FORMATS[picture.format], width, height, is_dense=_is_dense(picture, len(data)))
    except UnidentifiedImageError:
        return found("E58", place, name=name)
    except Image.DecompressionBombError as error:
        pixels = re.search(r"\d{7,}", str(error))
        millions = round(int(pixels[0]) / 1e6) if pixels else 2 * MOST_PIXELS // 1_000_000
        return found("E56", place, name=name, pixels=millions, limit=MOST_PIXELS // 1_000_000)
    except (OSError, ValueError, SyntaxError, TypeError, EOFError, KeyError) as error:
        return found("E55", place, name=name, problem=first_line(error))


def open_picture(data: bytes) -> Image.Image:
    """Open a picture without decoding its pixels, and suppress Pillow's warnings."""
    with warnings.catch_warnings():
        # Our own limit is below the size Pillow warns of, and findings report more.
        warnings.simplefilter("ignore")
        return Image.open(io.BytesIO(data), formats=_READ)


def _is_dense(picture: Image.Image, size: int) -> bool:
    """Return whether a PNG is a photograph, by its bytes a pixel: those of a drawing are far fewer.

    A palette or two colours are a drawing's. The pixels are not decoded.
    """
    if picture.format != "PNG" or picture.mode in {"1", "P"}:
        return False
    pixels = picture.width * picture.height
    return pixels >= _FEWEST_PIXELS and size / pixels >= _DENSE_CHANNEL * min(len(picture.getbands()), 3)


@contextlib.contextmanager
def whole_pictures_only() -> Iterator[None]:
    """Refuse truncated pictures; the engine, once loaded, makes Pillow fill them up with grey."""
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def orientation_of(picture: Image.Image) -> int:
    """Return the orientation of a picture (Exif 2.32, 4.6.4 A), 1 to 8, without decoding its pixels."""
    if picture.format == "TIFF":
        # Pillow turns a TIFF when it opens it.
        return 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # The method of the class for PNG would decode the picture, to read chunks after its pixels.
        return int(Image.Image.getexif(picture).get(0x0112, 1))
