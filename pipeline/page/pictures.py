"""Pictures: what they are, whether they will print well, and the renditions the press is given."""

from __future__ import annotations

import base64
import contextlib
import io
import re
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree as ET
from xml.parsers import expat

from PIL import Image, ImageCms, ImageFile, UnidentifiedImageError

from pipeline.findings.finding import Finding, found
from pipeline.page.inks import in_ink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.place import Place
    from pipeline.models.printing_conditions import PrintingCondition

MOST_PIXELS: Final = 80_000_000
"""More than any camera's picture needs on A4; 80 million take 240 MB once decoded."""

LARGEST_DRAWING: Final = 2_000_000
"""Bytes of an SVG; more is a map of streets, not an illustration."""

FEWEST_PPI: Final = 100
"""Below this a picture looks soft on a screen at 100 %."""

FEWEST_ON_PAPER: Final = 150
DOUBTFUL_ON_PAPER: Final = 220
BEST_ON_PAPER: Final = 300
"""Pixels per inch: a print looks coarse below the first, soft below the second, no better above the last."""

MILLIMETRES_AN_INCH: Final = 25.4
JPEG_QUALITY: Final = 80
PAPER_QUALITY: Final = 92
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
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ON_ITS_SIDE: Final = frozenset({5, 6, 7, 8})
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
    """A picture as the press is given it: upright, in sRGB or in ink, without metadata."""

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
            if _orientation(picture) in _ON_ITS_SIDE:
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


def paper_resolution_findings(
    kind: PictureKind, name: str, place: Place | None, width: float
) -> list[Finding]:
    """Refuse (E68) or doubt (W12) a picture that is too small to be printed `width` millimetres wide."""
    if kind.is_drawing or ppi(kind, width) >= DOUBTFUL_ON_PAPER:
        return []
    code = "W12" if ppi(kind, width) >= FEWEST_ON_PAPER else "E68"
    wanted = round(width / MILLIMETRES_AN_INCH * BEST_ON_PAPER)
    return [found(code, place, name=name, ppi=ppi(kind, width), wanted=wanted)]


def rendition(
    data: bytes,
    kind: PictureKind,
    width: float,
    most_ppi: int,
    name: str,
    place: Place | None,
    condition: PrintingCondition | None = None,
) -> Rendition:
    """Make what the press is given: upright, in sRGB or in ink, no larger than needed, without metadata.

    Args:
        data: The file, which `examine` passed.
        kind: What it found.
        width: The width it is set to, in millimetres.
        most_ppi: Pixels per inch it is brought down to; it is never enlarged.
        name: As the issue names it.
        place: Where it is named.
        condition: What it is printed for, where it is to be in ink; None for a screen.

    Raises:
        ValueError: With the finding (E55) as its argument, where the pixels cannot be decoded.
    """
    try:
        if kind.is_drawing:
            return Rendition(_with_bare_pictures(data, width, most_ppi, condition), kind.media_type)
        with _opened(data) as opened, _whole_pictures_only(), warnings.catch_warnings():
            # Odd metadata is thrown away below, so what the library says of it helps nobody.
            warnings.simplefilter("ignore")
            graphic = opened.format == "PNG" or opened.mode in {"1", "P"}
            profile = opened.info.get("icc_profile")
            upright = _upright(opened)
        across = min(upright.width, max(1, round(width / MILLIMETRES_AN_INCH * most_ppi)))
        if across < upright.width:
            down = max(1, round(upright.height * across / upright.width))
            upright = upright.resize((across, down), Image.Resampling.LANCZOS)
        if condition is not None:
            return _for_paper(in_ink(upright, condition, profile), graphic=graphic)
        return _encoded(_in_srgb(upright, profile) if profile else _plain(upright), graphic=graphic)
    except (OSError, ValueError, SyntaxError, TypeError, EOFError, Image.DecompressionBombError) as error:
        raise ValueError(found("E55", place, name=name, problem=_first_line(error))) from error


def _opened(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        # Our own limit lies below the size Pillow warns of, and says more; so do our findings.
        warnings.simplefilter("ignore")
        return Image.open(io.BytesIO(data), formats=_READ)


@contextlib.contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Refuse a picture cut short; the engine, once loaded, has it filled up with grey."""
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _orientation(picture: Image.Image) -> int:
    """Return how the camera was held (Exif 2.32, 4.6.4 A), 1 to 8, without decoding a pixel."""
    if picture.format == "TIFF":
        # The library turns a scan when it opens it.
        return 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # The method of the class for PNG would decode the picture, to find what stands behind its pixels.
        return int(Image.Image.getexif(picture).get(0x0112, 1))


def _upright(picture: Image.Image) -> Image.Image:
    """Turn a picture as its camera was held, and set what is transparent on white."""
    turn = _TURNS.get(_orientation(picture))
    picture.load()
    turned = picture.transpose(turn) if turn is not None else picture
    if turned.mode in {"I", "I;16", "F"}:
        turned = turned.convert("I").point(lambda value: value / 256).convert("L")
    if turned.mode in {"RGBA", "LA", "La", "PA"} or "transparency" in turned.info:
        # What has no colour keeps none: on paper it would be mixed from four inks.
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
    """Bring colours of another space to sRGB; a profile that is not one for the picture is passed over."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        matched = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        matched = None
    return matched or _plain(picture)


def _plain(picture: Image.Image) -> Image.Image:
    return picture if picture.mode in {"RGB", "L"} else picture.convert("RGB")


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


def _for_paper(picture: Image.Image, *, graphic: bool) -> Rendition:
    """Write pixels alone, in ink: finer than for a screen, for print shops look closer.

    A graphic in black alone is written exactly where that is smaller; PNG knows no inks.
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


def _examine_drawing(data: bytes, name: str, place: Place | None) -> PictureKind | Finding:
    if len(data) > LARGEST_DRAWING:
        return found(
            "E03", place, size=f"{len(data) / 1e6:.1f} MB", limit=f"{LARGEST_DRAWING // 1_000_000} MB"
        )
    try:
        if _declares_a_type(data):
            return found("E60", place, name=name, what="<!DOCTYPE>")
        root = ET.fromstring(data)  # noqa: S314 - entities were refused just above
    except (ET.ParseError, ValueError, LookupError, RecursionError) as error:
        return found("E55", place, name=name, problem=_first_line(error))
    if root.tag != f"{SVG}svg":
        return found("E58", place, name=name)
    if what := _unwanted(root):
        return found("E60", place, name=name, what=what)
    for inner in _held_pictures(root):
        held = _held_bytes(inner)
        kind = examine(held, "", place) if held is not None else found("E60", place, name=name, what="data:")
        if isinstance(kind, Finding):
            # The officer knows the drawing, not what it holds.
            return replace(
                kind, values=tuple((key, name if key == "name" else value) for key, value in kind.values)
            )
    size = _size(root)
    if size is None:
        return found("E55", place, name=name, problem="viewBox")
    return PictureKind("image/svg+xml", *size)


def _declares_a_type(data: bytes) -> bool:
    """Tell whether a drawing brings a document type, and so perhaps entities, in whatever encoding."""

    class DeclaresError(Exception):
        """Stops the reading."""

    def declared(*_: object) -> None:
        raise DeclaresError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(data, True)  # noqa: FBT003 - the only argument there is
    except DeclaresError:
        return True
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return False


def _held_pictures(root: ET.Element) -> list[ET.Element]:
    """Return the images within a drawing that bring their pixels with them."""
    return [
        node
        for node in root.iter(f"{SVG}image")
        if (node.get("href") or node.get(_XLINK_HREF) or "").startswith("data:")
    ]


def _held_bytes(node: ET.Element) -> bytes | None:
    address = node.get("href") or node.get(_XLINK_HREF) or ""
    head, _, body = address.partition(",")
    if not head.endswith(";base64"):
        return None
    try:
        return base64.b64decode("".join(body.split()), validate=True)
    except ValueError:
        return None


def _with_bare_pictures(
    data: bytes, width: float, most_ppi: int, condition: PrintingCondition | None
) -> bytes:
    """Return a drawing whose pictures are renditions too; one without pictures as it is."""
    root = ET.fromstring(data)  # noqa: S314 - examined, so it has no entities
    held = _held_pictures(root)
    if not held:
        return data
    for node in held:
        pixels = _held_bytes(node) or b""
        kind = examine(pixels, "", None)
        if isinstance(kind, Finding):
            raise ValueError(kind.code)  # noqa: TRY004 - it names what the picture is, not a type of ours
        made = rendition(pixels, kind, width, most_ppi, "", None, condition)
        key = "href" if node.get("href") else _XLINK_HREF
        node.set(key, f"data:{made.media_type};base64,{base64.b64encode(made.data).decode()}")
    plain: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return plain


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
