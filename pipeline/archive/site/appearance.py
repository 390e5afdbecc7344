"""The look of the site: the style's own fonts and colours, and colours derived from them for dark mode."""

from __future__ import annotations

import colorsys
import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.page.style import Style

PAPER: Final = "#FFFFFF"
DARK_PAPER: Final = "#14191C"
"""The background in dark mode: not black, so that light letters do not glare."""

TEXT_CONTRAST: Final = 4.5
"""Of text with its ground at least (WCAG 2.2, 1.4.3)."""

EASY_CONTRAST: Final = 8.0
"""Of text in the dark, which looks thinner than it is."""

TOP_CONTRAST: Final = 12.5
"""Of running text in the dark; more of it glares."""

DARK_SATURATION: Final = 0.6
"""How much of a colour's saturation is kept in dark mode, where it would glare otherwise."""

FILL_IN_DARK: Final = 0.45
"""How much of a fill is kept in dark mode; the rest is paper."""

FOLDER: Final = "look"

_STEPS: Final = 50


def look_files(style: Style) -> tuple[str, dict[str, bytes]]:
    """Return the style sheet of a style, and its fonts.

    Args:
        style: As it was filed.

    Returns:
        The sheet's name below `FOLDER`, and all files by path in the site. Names contain a hash of the
        content: files that issues share exist once, and a changed file is never taken from a browser cache.
    """
    faces: dict[str, bytes] = {}
    rules = []
    for face in style.plan.faces:
        data = style.faces[face.file].read_bytes()
        name = _named(face.file.rpartition("/")[2], data)
        faces[f"{FOLDER}/{name}"] = data
        slope = "italic" if face.italic else "normal"
        rules.append(
            f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};font-style:{slope};'
            f'font-display:swap;src:url("{name}")}}\n'
        )
    for path in _licences(style):
        data = path.read_bytes()
        faces[f"{FOLDER}/{_named(f'{path.parent.name}-{path.name}', data)}"] = data
    families = "".join(f'--{role}:"{family}";' for role, family in style.plan.families.items())
    tokens = tokens_of(style)
    sheet = (
        f"{''.join(rules)}:root{{{families}{_declared(tokens)}--paper:{PAPER};--band:{tokens['petrol']}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_declared(in_the_dark(tokens))}"
        f"--paper:{DARK_PAPER}}}}}\n"
    ).encode()
    name = _named(f"{style.plan.name}-{style.plan.version}.css", sheet)
    return name, faces | {f"{FOLDER}/{name}": sheet}


def tokens_of(style: Style) -> dict[str, str]:
    """Return a style's RGB colours, by name."""
    return {name: token.srgb for name, token in style.plan.tokens.items()}


def in_the_dark(tokens: Mapping[str, str]) -> dict[str, str]:
    """Return the colours of dark mode.

    A colour dark enough for text on white is lightened until its contrast is sufficient; a lighter one is a
    fill, and is darkened towards the ground; white becomes the ground.
    """
    return {name: _in_the_dark(colour) for name, colour in tokens.items()}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, 1.4.3)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _in_the_dark(colour: str) -> str:
    on_white = contrast(colour, PAPER)
    if colour.upper() == PAPER:
        return DARK_PAPER
    if on_white < TEXT_CONTRAST:
        return _mixed(colour, DARK_PAPER, FILL_IN_DARK if on_white > 2 else 0.14)  # noqa: PLR2004 - tints
    red, green, blue = (channel / 255 for channel in _channels(colour))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    lightened = (
        _hexadecimal(
            *colorsys.hls_to_rgb(
                hue, lightness + (1 - lightness) * step / _STEPS, saturation * DARK_SATURATION
            )
        )
        for step in range(_STEPS + 1)
    )
    least_contrast = TOP_CONTRAST if on_white > TOP_CONTRAST else EASY_CONTRAST
    return next((shade for shade in lightened if contrast(shade, DARK_PAPER) >= least_contrast), PAPER)


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one * share + two * (1 - share)):02X}" for one, two in pairs)


def _hexadecimal(*parts: float) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)


def _luminance(colour: str) -> float:
    parts = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)  # noqa: PLR2004 - as the standard has it
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _declared(tokens: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in tokens.items())


def _licences(style: Style) -> list[Path]:
    """Return the licences of the fonts, which must be distributed with them."""
    folders = sorted({path.parent for path in style.faces.values()})
    return [
        path for folder in folders for pattern in ("OFL*", "LICEN*") for path in sorted(folder.glob(pattern))
    ]


def _named(name: str, data: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(data).hexdigest()[:8]}.{ending}"
