"""Pictures converted for an edition: upright, in sRGB or CMYK, no larger than needed."""

from __future__ import annotations

import base64
import io
import warnings
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree as ET

from PIL import Image, ImageCms

from pipeline.findings.finding import Finding, found
from pipeline.page.pictures.inks import in_ink
from pipeline.page.pictures.picture_info import MILLIMETRES_AN_INCH, PictureInfo, first_line
from pipeline.page.pictures.raster_files import (
    UNDECODABLE,
    examine_raster,
    open_picture,
    orientation_of,
    whole_pictures_only,
)
from pipeline.page.pictures.svg_files import XLINK_HREF, embedded_bytes, embedded_pictures

if TYPE_CHECKING:
    from pipeline.findings.place import Place
    from pipeline.models.printing_conditions import PrintingCondition

JPEG_QUALITY: Final = 80
PAPER_QUALITY: Final = 92
"""JPEG quality on libjpeg's scale, for a screen and for paper."""

_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Rendition(NamedTuple):
    """A converted picture: upright, in sRGB or CMYK, without metadata."""

    data: bytes
    media_type: str


class RenditionOptions(NamedTuple):
    """How a picture is to be converted.

    Args:
        width: The width it is set to, in millimetres.
        most_ppi: Pixels per inch it is brought down to; it is never enlarged.
        condition: The printing condition for a picture in CMYK; None for a screen.
    """

    width: float
    most_ppi: int
    condition: PrintingCondition | None = None


def rendition(
    data: bytes, info: PictureInfo, options: RenditionOptions, *, name: str, place: Place | None
) -> Rendition | Finding:
    """Convert a picture: upright, in sRGB or CMYK, no larger than needed, without metadata.

    Args:
        data: The file, which `examine` passed.
        info: What `examine` returned.
        options: How it is to be converted.
        name: As the issue names it.
        place: Where it is named.

    Returns:
        The picture, or the finding (E55) that its pixels cannot be decoded.
    """
    try:
        return _converted(data, info, options)
    except UNDECODABLE as error:
        return found("E55", place, name=name, problem=first_line(error))


def _converted(data: bytes, info: PictureInfo, options: RenditionOptions) -> Rendition:
    if info.is_drawing:
        return Rendition(_with_converted_pictures(data, options), info.media_type)
    with open_picture(data) as opened, whole_pictures_only(), warnings.catch_warnings():
        # Metadata is dropped below, so warnings about it are of no use.
        warnings.simplefilter("ignore")
        graphic = opened.format == "PNG" or opened.mode in {"1", "P"}
        profile = opened.info.get("icc_profile")
        upright = _upright(opened)
    across = min(upright.width, max(1, round(options.width / MILLIMETRES_AN_INCH * options.most_ppi)))
    if across < upright.width:
        down = max(1, round(upright.height * across / upright.width))
        upright = upright.resize((across, down), Image.Resampling.LANCZOS)
    if options.condition is not None:
        return _for_paper(in_ink(upright, options.condition, profile), graphic=graphic)
    return _for_screen(_in_srgb(upright, profile) if profile else _plain(upright), graphic=graphic)


def _upright(picture: Image.Image) -> Image.Image:
    """Return a picture turned by its Exif orientation, and transparent pixels on white."""
    turn = _TURNS.get(orientation_of(picture))
    picture.load()
    turned = picture.transpose(turn) if turn is not None else picture
    if turned.mode in {"I", "I;16", "F"}:
        turned = turned.convert("I").point(lambda value: value / 256).convert("L")
    if turned.mode in {"RGBA", "LA", "La", "PA"} or "transparency" in turned.info:
        # Grey stays grey: as RGB it would be printed in four inks.
        bare = "L" if turned.mode in {"L", "LA", "La", "1"} else "RGB"
        layer = turned.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        turned = Image.alpha_composite(ground, layer).convert(bare)
    elif turned.mode == "1":
        turned = turned.convert("L")
    elif turned.mode not in {"RGB", "CMYK", "L"}:
        turned = turned.convert("RGB")
    return turned


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Convert a picture to sRGB; a profile that does not fit the picture is ignored."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        matched = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        matched = None
    return matched or _plain(picture)


def _plain(picture: Image.Image) -> Image.Image:
    return picture if picture.mode in {"RGB", "L"} else picture.convert("RGB")


def _for_screen(picture: Image.Image, *, graphic: bool) -> Rendition:
    """Encode pixels alone: a graphic as PNG where that is not more than twice as large, else as JPEG."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    photograph = io.BytesIO()
    bare.save(photograph, "JPEG", quality=JPEG_QUALITY, optimize=True, subsampling="4:2:0")
    if graphic:
        exact = io.BytesIO()
        bare.save(exact, "PNG", optimize=True)
        if len(exact.getvalue()) <= 2 * len(photograph.getvalue()):
            return Rendition(exact.getvalue(), "image/png")
    return Rendition(photograph.getvalue(), "image/jpeg")


def _for_paper(picture: Image.Image, *, graphic: bool) -> Rendition:
    """Encode pixels alone, in CMYK or grey, at a higher quality than for a screen.

    A graphic in grey is encoded as PNG where that is not more than twice as large; PNG has no CMYK.
    """
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=PAPER_QUALITY, optimize=True, subsampling="4:4:4")
    if graphic and bare.mode == "L":
        exact = io.BytesIO()
        bare.save(exact, "PNG", optimize=True)
        if len(exact.getvalue()) <= 2 * len(written.getvalue()):
            return Rendition(exact.getvalue(), "image/png")
    return Rendition(written.getvalue(), "image/jpeg")


def _with_converted_pictures(data: bytes, options: RenditionOptions) -> bytes:
    """Return a drawing whose embedded pictures are converted too; one without pictures as it is."""
    root = ET.fromstring(data)  # noqa: S314 - examined, so it has no entities
    nodes = embedded_pictures(root)
    if not nodes:
        return data
    for node in nodes:
        pixels = embedded_bytes(node) or b""
        info = examine_raster(pixels, "", None)
        if isinstance(info, Finding):
            raise ValueError(info.code)  # noqa: TRY004 - it names a code
        converted = _converted(pixels, info, options)
        key = "href" if node.get("href") else XLINK_HREF
        node.set(key, f"data:{converted.media_type};base64,{base64.b64encode(converted.data).decode()}")
    plain: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return plain
