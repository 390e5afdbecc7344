"""Pictures of a PDF in inks, for the plates: whatever space their pixels are in (ISO 32000-2, 8.9)."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any, Final

import pikepdf
from PIL import Image, ImageChops

from pipeline.pdf.content.broken_files import BROKEN_PDF_ERRORS
from pipeline.pdf.content.colour_spaces import space_of

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDEST: Final = 2400
"""Pixels of a picture on a plate; more would not be seen at the sizes plates are looked at."""

MOST_PIXELS: Final = 120_000_000
_BYTE: Final = 8
_TOO_MANY: Final = "more pixels than a plate can show"

_PICTURE_ERRORS: Final = (*BROKEN_PDF_ERRORS, Image.DecompressionBombError, OSError, SyntaxError)
"""What is raised by decoding the pictures of a broken file."""


def picture_in_inks(picture: Any, resources: Any) -> Image.Image:
    """Return a picture in four inks, no wider than `WIDEST`; one that cannot be decoded leaves paper.

    Args:
        picture: An image XObject.
        resources: Where its colour space is looked up.
    """
    try:
        with warnings.catch_warnings():
            # A library's warning of a large picture: the limit here is our own.
            warnings.simplefilter("ignore")
            return _in_inks(_decoded(picture, resources))
    except _PICTURE_ERRORS:
        return Image.new("CMYK", (1, 1))


def _decoded(picture: Any, resources: Any) -> Image.Image:
    if int(picture["/Width"]) * int(picture["/Height"]) > MOST_PIXELS:
        raise ValueError(_TOO_MANY)
    space = space_of(picture.get("/ColorSpace"), resources)
    is_of_colorants = space is not None and space.kind in {"Separation", "DeviceN"}
    filters = picture.get("/Filter")
    if filters == "/DCTDecode" or (isinstance(filters, pikepdf.Array) and list(filters) == ["/DCTDecode"]):
        photograph = _photograph(picture)
        return _of_colorants(photograph.split(), space) if is_of_colorants else photograph
    if is_of_colorants and space is not None:
        return _of_colorants(_samples(picture, space.components), space)
    return pikepdf.PdfImage(picture).as_pil_image(apply_mask=False)


def _photograph(picture: Any) -> Image.Image:
    """Decode a JPEG; CMYK values are inverted if the PDF's `/Decode` says so."""
    opened = Image.open(io.BytesIO(picture.read_raw_bytes()), formats=("JPEG",))
    if opened.width * opened.height > MOST_PIXELS:
        raise ValueError(_TOO_MANY)
    is_turned = opened.mode == "CMYK" and "adobe" in opened.info
    opened.load()
    # Pillow inverts CMYK values of Adobe files itself; only `/Decode` of the PDF counts.
    return ImageChops.invert(opened) if is_turned != _is_turned(picture) else opened


def _samples(picture: Any, components: int) -> list[Image.Image]:
    """Return the bands of a picture whose colorants have no space that the library knows."""
    if int(picture.get("/BitsPerComponent", _BYTE)) != _BYTE:
        message = "samples that are no bytes"
        raise ValueError(message)
    data = picture.read_bytes()
    size = (int(picture["/Width"]), int(picture["/Height"]))
    bands = [Image.frombytes("L", size, data[band::components]) for band in range(components)]
    return [ImageChops.invert(band) for band in bands] if _is_turned(picture) else bands


def _is_turned(picture: Any) -> bool:
    """Return whether a picture's values are inverted by `/Decode` (8.9.5.2)."""
    return "/Decode" in picture and [float(part) for part in picture["/Decode"]][:2] == [1, 0]


def _of_colorants(bands: Sequence[Image.Image], space: Any) -> Image.Image:
    """Return the sum of the inks of all colorants."""
    plates = [Image.new("L", bands[0].size) for _ in range(4)]
    for band, full in zip(bands, space.full, strict=False):
        for at, part in enumerate(full):
            if part:
                tints = band.point([round(value * part) for value in range(256)])
                plates[at] = ImageChops.add(plates[at], tints)
    return Image.merge("CMYK", plates)


def _in_inks(picture: Image.Image) -> Image.Image:
    if picture.width > WIDEST and picture.mode != "1":
        picture = picture.convert("RGB") if picture.mode == "P" else picture
        picture = picture.reduce(-(-picture.width // WIDEST))
    if picture.mode == "CMYK":
        return picture
    if picture.mode in {"L", "1"}:
        none = Image.new("L", picture.size)
        return Image.merge("CMYK", (none, none, none, ImageChops.invert(picture.convert("L"))))
    red, green, blue = (ImageChops.invert(plate) for plate in picture.convert("RGB").split())
    black = ImageChops.darker(ImageChops.darker(red, green), blue)
    return Image.merge("CMYK", [*(ImageChops.subtract(plate, black) for plate in (red, green, blue)), black])
