"""From RGB to CMYK: pictures converted to a printing condition (ISO 15076-1)."""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any, Final

from PIL import Image, ImageCms, ImageMath

if TYPE_CHECKING:
    from pipeline.models.printing_conditions import PrintingCondition

_ROOM: Final = 10
"""Per cent of ink left free in a picture, for deviations through compression."""


def description_of(profile: bytes) -> str | None:
    """Return the description of a CMYK output profile, or None where it is none (ISO 15076-1, 7.2)."""
    try:
        core = ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile
        name = (core.profile_description or "").strip()
        if core.xcolor_space.strip() != "CMYK" or core.device_class != "prtr" or not name:
            return None
        # A profile without tables for this direction would fail only at the first picture.
        _to_ink(profile, None)
    except (OSError, ImageCms.PyCMSError, TypeError, ValueError):
        return None
    return name


def in_ink(picture: Image.Image, condition: PrintingCondition, profile: bytes | None = None) -> Image.Image:
    """Return a picture converted to CMYK for a printing condition.

    Grey stays grey, which prints in black alone. CMYK stays as it is where it has this condition's profile or
    none: a second conversion would only lose quality.

    Args:
        picture: In RGB, CMYK or grey, without transparency.
        condition: The printing condition.
        profile: The profile the picture came with, or None.
    """
    if picture.mode == "L":
        return picture
    if picture.mode == "CMYK":
        if profile is None or profile == condition.profile or description_of(profile) is None:
            return picture
        inks = _applied(picture, _between(profile, condition.profile))
    else:
        inks = _applied(picture.convert("RGB"), _to_ink(condition.profile, _rgb_or_none(profile)))
    return limited(inks, condition.ink_limit - _ROOM)


def converted_colour(colour: tuple[int, int, int], profile: bytes) -> tuple[float, float, float, float]:
    """Return a colour of sRGB in the inks of a profile, in per cent of each (ISO 15076-1).

    Args:
        colour: Red, green and blue, 0 to 255.
        profile: An ICC profile of four inks.
    """
    inks = _applied(Image.new("RGB", (1, 1), colour), _to_ink(profile, None)).getpixel((0, 0))
    assert isinstance(inks, tuple)  # noqa: S101 - the conversion has four channels
    cyan, magenta, yellow, black = (part / 2.55 for part in inks)
    return cyan, magenta, yellow, black


def limited(inks: Image.Image, most: float) -> Image.Image:
    """Return a picture with at most `most` per cent of ink in any pixel; black is kept, colours reduced."""
    cyan, magenta, yellow, black = inks.split()
    allowed = round(most / 100 * 255)

    def scaled(args: dict[str, Any]) -> Any:  # noqa: ANN401 - the library's own arithmetic on pictures
        colours = args["c"] + args["m"] + args["y"]
        room = args["min"](args["max"](allowed - args["k"], 0), colours)
        return args["part"] * room / args["max"](colours, 1)

    parts = {"c": cyan, "m": magenta, "y": yellow, "k": black}
    coloured = [
        ImageMath.lambda_eval(scaled, **parts, part=part).convert("L") for part in (cyan, magenta, yellow)
    ]
    return Image.merge("CMYK", [*coloured, black])


def on_paper(inks: Image.Image, condition: PrintingCondition) -> Image.Image:
    """Return a soft proof of a CMYK picture in sRGB, with the white of the paper (absolute colorimetric)."""
    return _applied(inks, _proof(condition.profile))


def _applied(picture: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    result = ImageCms.applyTransform(picture, transform)
    assert result is not None  # noqa: S101 - None is returned only where a picture is changed in place
    result.info.clear()
    return result


def _rgb_or_none(profile: bytes | None) -> bytes | None:
    """Return a profile where it is one of RGB, else None: sRGB is assumed."""
    if profile is None:
        return None
    try:
        space = ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile.xcolor_space
    except (OSError, ImageCms.PyCMSError):
        return None
    return profile if space.strip() == "RGB" else None


_RELATIVE: Final = ImageCms.Intent.RELATIVE_COLORIMETRIC
_BLACK_POINT: Final = ImageCms.Flags.BLACKPOINTCOMPENSATION


@functools.lru_cache(maxsize=8)
def _to_ink(profile: bytes, source: bytes | None) -> ImageCms.ImageCmsTransform:
    light = ImageCms.ImageCmsProfile(io.BytesIO(source)) if source else ImageCms.createProfile("sRGB")
    paper = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    return ImageCms.buildTransform(light, paper, "RGB", "CMYK", renderingIntent=_RELATIVE, flags=_BLACK_POINT)


@functools.lru_cache(maxsize=8)
def _between(source: bytes, profile: bytes) -> ImageCms.ImageCmsTransform:
    before, after = (ImageCms.ImageCmsProfile(io.BytesIO(data)) for data in (source, profile))
    return ImageCms.buildTransform(
        before, after, "CMYK", "CMYK", renderingIntent=_RELATIVE, flags=_BLACK_POINT
    )


@functools.lru_cache(maxsize=2)
def _proof(profile: bytes) -> ImageCms.ImageCmsTransform:
    paper = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    screen = ImageCms.createProfile("sRGB")
    absolute = ImageCms.Intent.ABSOLUTE_COLORIMETRIC
    return ImageCms.buildTransform(paper, screen, "CMYK", "RGB", renderingIntent=absolute)
