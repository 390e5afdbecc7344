"""Colours: contrast (WCAG 2.2), and lighter and darker shades of the same hue, found in OKLCH."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

WHITE: Final = "#FFFFFF"
BLACK: Final = "#000000"

TEXT_CONTRAST: Final = 4.5
"""Of text with its ground at least (WCAG 2.2, 1.4.3)."""

SHAPE_CONTRAST: Final = 3.0
"""Of a shape with its ground at least (WCAG 2.2, 1.4.11)."""

_STEP: Final = 0.004
"""The step of lightness in which a shade is sought: finer than the steps of eight bits a channel."""

_ROUNDING: Final = 1e-4
"""How far beyond sRGB a channel may come out."""

_YELLOW: Final = 97.0
_YELLOWS: Final = 22.0
_AMBER: Final = 66.0
"""Hues in degrees: yellow, the distance within which a hue counts as yellow, and what it becomes in shade.

Darkened at its own hue, yellow turns to olive, which nobody takes for the same colour.
"""

_LINEAR_TO_CONES: Final = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_CONES_TO_LAB: Final = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_LAB_TO_CONES: Final = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_CONES_TO_LINEAR: Final = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
"""The matrices of Oklab (B. Ottosson, "A perceptual color space for image processing", 2020; CSS Color 4)."""


class Shade(NamedTuple):
    """A colour in OKLCH (CSS Color 4, 9.4).

    Args:
        lightness: From 0, black, to 1, white.
        chroma: 0 is grey; sRGB has up to about 0.37.
        hue: In degrees.
    """

    lightness: float
    chroma: float
    hue: float


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours `#RRGGBB`, 1 to 21 (WCAG 2.2, 1.4.3)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, grounds: Iterable[str]) -> float:
    """Return the least contrast of a colour with any of the grounds."""
    return min(contrast(colour, ground) for ground in grounds)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def shade_of(colour: str) -> Shade:
    """Return a colour `#RRGGBB` in OKLCH."""
    cones = [math.cbrt(part) for part in _times(_LINEAR_TO_CONES, _linear(colour))]
    lightness, a, b = _times(_CONES_TO_LAB, cones)
    return Shade(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def colour_of(shade: Shade) -> str:
    """Return a shade as `#RRGGBB`; where sRGB has it not so colourful, as colourful as it has it."""
    lightness = min(max(shade.lightness, 0.0), 1.0)
    within, beyond = 0.0, shade.chroma
    if _fits(parts := _parts(lightness, shade.chroma, shade.hue)):
        return _hexadecimal(parts)
    for _ in range(20):
        middle = (within + beyond) / 2
        if _fits(_parts(lightness, middle, shade.hue)):
            within = middle
        else:
            beyond = middle
    return _hexadecimal(_parts(lightness, within, shade.hue))


def darkened(colour: str, grounds: Iterable[str], least: float = TEXT_CONTRAST) -> str:
    """Return the colour, made darker at its hue until it can be read on each of the grounds.

    Args:
        colour: `#RRGGBB`.
        grounds: Light colours.
        least: The contrast wanted with each.

    Returns:
        The colour itself where it suffices; black where no shade of it does.
    """
    grounds = tuple(grounds)
    return _sought(colour, grounds, least, -_STEP, BLACK)


def lightened(colour: str, grounds: Iterable[str], least: float = TEXT_CONTRAST) -> str:
    """Return the colour, made lighter until it can be read on each of the grounds; see `darkened`."""
    return _sought(colour, tuple(grounds), least, _STEP, WHITE)


def mixed(colour: str, other: str, share: float) -> str:
    """Return a mixture of two colours, as of two lights.

    Args:
        colour: `#RRGGBB`.
        other: Likewise.
        share: The part of the first, 0 to 1.
    """
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one * share + two * (1 - share)):02X}" for one, two in pairs)


def _sought(colour: str, grounds: tuple[str, ...], least: float, step: float, last: str) -> str:
    if least_contrast(colour, grounds) >= least:
        return colour.upper()
    start = shade_of(colour)

    def shaded(steps: int) -> str:
        lightness = start.lightness + steps * step
        return colour_of(Shade(lightness, start.chroma, _hue_in_shade(start, lightness)))

    room = start.lightness if step < 0 else 1 - start.lightness
    too_near, far = 0, math.ceil(room / abs(step))
    if least_contrast(shaded(far), grounds) < least:
        return last
    # The contrast grows with the distance, so half of what is left is passed over each time.
    while far - too_near > 1:
        middle = (too_near + far) // 2
        if least_contrast(shaded(middle), grounds) >= least:
            far = middle
        else:
            too_near = middle
    return shaded(far)


def _hue_in_shade(start: Shade, lightness: float) -> float:
    """Return the hue of a colour made darker: yellow goes towards amber, all others keep theirs."""
    yellowness = max(0.0, 1 - abs(start.hue - _YELLOW) / _YELLOWS)
    depth = min(1.0, max(0.0, (start.lightness - lightness) / 0.3))
    return start.hue + (_AMBER - start.hue) * yellowness * depth


def _parts(lightness: float, chroma: float, hue: float) -> list[float]:
    angle = math.radians(hue)
    lab = (lightness, chroma * math.cos(angle), chroma * math.sin(angle))
    return _times(_CONES_TO_LINEAR, [part**3 for part in _times(_LAB_TO_CONES, lab)])


def _fits(parts: list[float]) -> bool:
    return all(-_ROUNDING <= part <= 1 + _ROUNDING for part in parts)


def _hexadecimal(linear: list[float]) -> str:
    coded = []
    for part in linear:
        value = min(max(part, 0.0), 1.0)
        coded.append(value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055)  # noqa: PLR2004 - as the standard has it
    return "#" + "".join(f"{round(part * 255):02X}" for part in coded)


def _linear(colour: str) -> list[float]:
    parts = [channel / 255 for channel in _channels(colour)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]  # noqa: PLR2004 - as the standard has it


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _times(matrix: Iterable[Iterable[float]], vector: Iterable[float]) -> list[float]:
    vector = tuple(vector)
    return [sum(one * two for one, two in zip(row, vector, strict=True)) for row in matrix]
