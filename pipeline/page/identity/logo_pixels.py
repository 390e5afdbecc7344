"""A logo as pixels: what it is painted with, and the plate of one that is seen through."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageOps

from pipeline.page.identity.logo_plates import PLATES, LogoColours, plate_of

if TYPE_CHECKING:
    from pipeline.page.pictures.picture_info import PictureInfo

LOOKED_AT: Final = 96
"""Pixels of the height at which a logo's colours are counted."""

_OPAQUE: Final = 250
_PAINTED: Final = 200
"""Of 255: how dense a pixel of a logo's own ground is, and one that is counted as painted."""

_STEP: Final = 16
"""The distance of the levels to which colours are brought together before they are counted, of 255."""

_UNIFORM: Final = 0.96
"""The part of the pixels around a logo that have its ground's colour, where it has a ground."""

_MARGIN: Final = 0.15
"""The margin of a plate that is part of the picture, of the logo's height."""


def colours_in(drawn: Image.Image) -> LogoColours:
    """Return what a logo is painted with.

    Args:
        drawn: The logo in RGBA.
    """
    border = _border(drawn)
    solid = [_nearest(pixel) for pixel in border if pixel[3] >= _OPAQUE]
    common, count = Counter(solid).most_common(1)[0] if solid else ("", 0)
    ground = common if count >= _UNIFORM * len(border) else ""
    painted: Counter[str] = Counter()
    for count, pixel in drawn.getcolors(drawn.width * drawn.height) or []:
        if isinstance(pixel, tuple) and pixel[3] >= _PAINTED:
            painted[_nearest(pixel)] += count
    whole = sum(painted.values())
    return LogoColours(tuple((colour, part / whole) for colour, part in sorted(painted.items())), ground)


def pixels_of(data: bytes) -> Image.Image:
    """Return a logo of pixels, upright, in RGBA, and no higher than `LOOKED_AT`.

    Args:
        data: The file, which `examine` passed.
    """
    with Image.open(io.BytesIO(data)) as opened:
        plain = ImageOps.exif_transpose(opened).convert("RGBA")
    if plain.height > LOOKED_AT:
        plain = plain.resize((max(1, round(plain.width * LOOKED_AT / plain.height)), LOOKED_AT))
    return plain


def on_own_plate(data: bytes, info: PictureInfo) -> tuple[bytes, PictureInfo]:
    """Return a logo of pixels, one that is seen through on a plate of white or black with a margin.

    Pictures are printed without transparency: what is seen through becomes white, and a white logo is lost.

    Args:
        data: The file, which `examine` passed.
        info: What is known of it.
    """
    with Image.open(io.BytesIO(data)) as opened:
        if not opened.has_transparency_data:
            return data, info
        profile = opened.info.get("icc_profile")
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    plate = PLATES[plate_of(colours_in(pixels_of(data)), list(PLATES.values())) or "white"]
    margin = round(upright.height * _MARGIN)
    whole = Image.new("RGBA", (upright.width + 2 * margin, upright.height + 2 * margin), plate)
    whole.alpha_composite(upright, (margin, margin))
    written = io.BytesIO()
    whole.convert("RGB").save(written, "PNG", icc_profile=profile)
    return written.getvalue(), info._replace(media_type="image/png", width=whole.width, height=whole.height)


def _border(drawn: Image.Image) -> list[tuple[int, int, int, int]]:
    right, bottom = drawn.width - 1, drawn.height - 1
    edges = [(x, y) for x in range(drawn.width) for y in (0, bottom)]
    edges += [(x, y) for y in range(drawn.height) for x in (0, right)]
    pixels = (drawn.getpixel(place) for place in edges)
    return [pixel for pixel in pixels if isinstance(pixel, tuple) and len(pixel) == 4]  # noqa: PLR2004 - RGBA


def _nearest(pixel: tuple[int, ...]) -> str:
    """Return the colour of a pixel, at the nearest of a few levels."""
    levels = (min(255, round(part / _STEP) * _STEP) for part in pixel[:3])
    return "#" + "".join(f"{level:02X}" for level in levels)
