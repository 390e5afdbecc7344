"""Pictures: what they are, whether they will print well, and the renditions the press is given."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree as ET

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from pipeline.findings import Finding, found

if TYPE_CHECKING:
    from pipeline.places import Place

MOST_PIXELS: Final = 80_000_000
"""More than any camera's picture needs on A4; 80 million take 240 MB once decoded."""

LARGEST_DRAWING: Final = 2_000_000
"""Bytes of an SVG; more is a map of streets, not an illustration."""

FEWEST_PPI: Final = 100
"""Below this a picture looks soft on a screen at 100 %."""

MILLIMETRES_AN_INCH: Final = 25.4
JPEG_QUALITY: Final = 80
FORMATS: Final = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # as some cameras write it, with more than one view
    "PNG": "image/png",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
}
_READ: Final = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP")
"""What is recognised; the last two only to be refused by name."""

SVG: Final = "{http://www.w3.org/2000/svg}"
_XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_ACTIVE: Final = frozenset(
    {"script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler", "set"}
)
_FAR: Final = re.compile(r"@import|url\(\s*['\"]?(?!#)", re.IGNORECASE)


class PictureKind(NamedTuple):
    """What a picture file is.

    Args:
        media_type: Its IANA media type.
        width: In pixels, upright; for a drawing in its own units.
        height: Likewise.
    """

    media_type: str
    width: float
    height: float

    @property
    def is_drawing(self) -> bool:
        """Whether it has no pixels to count."""
        return self.media_type == "image/svg+xml"

    @property
    def proportion(self) -> float:
        """Width over height."""
        return self.width / self.height


class Rendition(NamedTuple):
    """A picture as the press is given it: upright, sRGB, without metadata."""

    data: bytes
    media_type: str


def examine(data: bytes, name: str, place: Place | None) -> PictureKind | Finding:
    """Look at a picture file without decoding its pixels.

    Args:
        data: The file.
        name: As the issue names it.
        place: Where it is named.

    Returns:
        What it is, or the finding that keeps it off the page (E55, E56, E58, E60).
    """
    if name.lower().endswith(".svg"):
        return _examine_drawing(data, name, place)
    try:
        with _opened(data) as picture:
            if picture.format not in FORMATS:
                return found("E58", place, name=name)
            width, height = picture.size
            if width * height > MOST_PIXELS:
                millions = round(width * height / 1e6)
                return found("E56", place, name=name, pixels=millions, limit=MOST_PIXELS // 1_000_000)
            if picture.getexif().get(0x0112, 1) in {5, 6, 7, 8}:
                width, height = height, width
            return PictureKind(FORMATS[picture.format], width, height)
    except UnidentifiedImageError:
        return found("E58", place, name=name)
    except Image.DecompressionBombError as error:
        pixels = re.search(r"\d{7,}", str(error))
        millions = round(int(pixels[0]) / 1e6) if pixels else 2 * MOST_PIXELS // 1_000_000
        return found("E56", place, name=name, pixels=millions, limit=MOST_PIXELS // 1_000_000)
    except (OSError, ValueError, SyntaxError, TypeError, EOFError, KeyError) as error:
        return found("E55", place, name=name, problem=_first_line(error))


def ppi(kind: PictureKind, width: float) -> int:
    """Return the pixels per inch of a picture set `width` millimetres wide."""
    return round(kind.width / (width / MILLIMETRES_AN_INCH))


def resolution_findings(kind: PictureKind, name: str, place: Place | None, width: float) -> list[Finding]:
    """Warn (W04) of a picture too small for `width` millimetres."""
    if kind.is_drawing or ppi(kind, width) >= FEWEST_PPI:
        return []
    wanted = round(width / MILLIMETRES_AN_INCH * 150)
    return [found("W04", place, name=name, ppi=ppi(kind, width), wanted=wanted)]


def rendition(
    data: bytes, kind: PictureKind, width: float, most_ppi: int, name: str, place: Place | None
) -> Rendition:
    """Make what the press is given: upright, in sRGB, no larger than needed, without metadata.

    Args:
        data: The file, which `examine` passed.
        kind: What it found.
        width: The width it is set to, in millimetres.
        most_ppi: Pixels per inch it is brought down to; it is never enlarged.
        name: As the issue names it.
        place: Where it is named.

    Raises:
        ValueError: With the finding (E55) as its argument, where the pixels cannot be decoded.
    """
    if kind.is_drawing:
        return Rendition(data, kind.media_type)
    try:
        with _opened(data) as opened:
            graphic = opened.format == "PNG" or opened.mode in {"1", "P"}
            upright = _upright(opened)
        across = min(upright.width, max(1, round(width / MILLIMETRES_AN_INCH * most_ppi)))
        if across < upright.width:
            down = max(1, round(upright.height * across / upright.width))
            upright = upright.resize((across, down), Image.Resampling.LANCZOS)
        return _encoded(upright, graphic=graphic)
    except (OSError, ValueError, SyntaxError, TypeError, EOFError, Image.DecompressionBombError) as error:
        raise ValueError(found("E55", place, name=name, problem=_first_line(error))) from error


def _opened(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        # Our own limit lies below the size Pillow warns of, and says more.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(io.BytesIO(data), formats=_READ)


def _upright(picture: Image.Image) -> Image.Image:
    """Turn a picture as its camera was held, and into sRGB on white."""
    profile = picture.info.get("icc_profile")
    turned = ImageOps.exif_transpose(picture)
    if turned.mode in {"I", "I;16", "F"}:
        turned = turned.convert("I").point(lambda value: value / 256).convert("L")
    if turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info:
        layer = turned.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    if profile and turned.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            matched = ImageCms.profileToProfile(turned, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            matched = None
        if matched is not None:
            return matched
    return turned if turned.mode in {"RGB", "L"} else turned.convert("RGB")


def _encoded(picture: Image.Image, *, graphic: bool) -> Rendition:
    """Write pixels alone: as PNG where a graphic is the smaller so, as JPEG otherwise."""
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


def _examine_drawing(data: bytes, name: str, place: Place | None) -> PictureKind | Finding:
    if len(data) > LARGEST_DRAWING:
        return found(
            "E03", place, size=f"{len(data) / 1e6:.1f} MB", limit=f"{LARGEST_DRAWING // 1_000_000} MB"
        )
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        return found("E60", place, name=name, what="<!DOCTYPE>")
    try:
        root = ET.fromstring(data)  # noqa: S314 - entities were refused just above
    except (ET.ParseError, ValueError, LookupError, RecursionError) as error:
        return found("E55", place, name=name, problem=_first_line(error))
    if root.tag != f"{SVG}svg":
        return found("E58", place, name=name)
    if what := _unwanted(root):
        return found("E60", place, name=name, what=what)
    size = _size(root)
    if size is None:
        return found("E55", place, name=name, problem="viewBox")
    return PictureKind("image/svg+xml", *size)


def _unwanted(root: ET.Element) -> str:
    """Name what makes a drawing active, dependent on other files, or endless; empty when nothing does."""
    using = {id(node) for node in root.iter() if any(inner.tag == f"{SVG}use" for inner in node.iter())}
    named = {node.get("id"): node for node in root.iter() if node.get("id")}
    for node in root.iter():
        tag = str(node.tag).removeprefix(SVG)
        if tag in _ACTIVE:
            return f"<{tag}>"
        if tag == "style" and _FAR.search(node.text or ""):
            return "<style>"
        for key, value in node.attrib.items():
            plain = key.rsplit("}")[-1]
            if plain.lower().startswith("on"):
                return plain
            if (key in {"href", _XLINK_HREF}) and tag != "a" and not value.startswith(("#", "data:image/")):
                return f"{plain}={value[:40]}"
            if key in {"href", _XLINK_HREF} and tag == "image" and "svg" in value[:24]:
                return "<image>"
            if plain != "href" and _FAR.search(value):
                return f"{plain}={value[:40]}"
        if tag == "use":
            target = named.get((node.get("href") or node.get(_XLINK_HREF) or "").removeprefix("#"))
            # A use of what uses again can double with every step.
            if target is not None and id(target) in using:
                return "<use> → <use>"
    return ""


def _size(root: ET.Element) -> tuple[float, float] | None:
    box = [float(part) for part in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", root.get("viewBox") or "")]
    if len(box) == 4 and 0 < box[2] < 1e6 and 0 < box[3] < 1e6:  # noqa: PLR2004 - SVG 2, 8.6
        return box[2], box[3]
    sides = [re.match(r"\s*(\d+(?:\.\d+)?)", root.get(side) or "") for side in ("width", "height")]
    if all(sides):
        width, height = (float(side[1]) for side in sides if side)
        if width > 0 and height > 0:
            return width, height
    return None


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
