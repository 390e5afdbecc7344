"""The look of the site: the style's own fonts and colours, and colours derived from them for dark mode."""

from __future__ import annotations

import colorsys
import hashlib
from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup

from pipeline.page.identity.colours import TEXT_CONTRAST, WHITE, contrast, mixed
from pipeline.page.identity.drawings import in_roles
from pipeline.page.identity.logo_plates import plate_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.page.identity.logo_plates import LogoColours
    from pipeline.page.style import Style

PAPER: Final = WHITE
DARK_PAPER: Final = "#14191C"
"""The background in dark mode: not black, so that light letters do not glare."""

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

_ROLES_OF_TOKENS: Final = {
    "main-text": "var(--petrol)",
    "accent-text": "var(--rust)",
    "share": "var(--rust)",
    "rule": "var(--mid)",
    "tint": "var(--mist)",
}
"""The roles that the site's sheet names, in a style of format 1."""

_DARK_ROLES: Final = {
    "paper": "dark-ground",
    "white": "dark-ground",
    "ink": "dark-text",
    "grey": "dark-grey",
    "main-text": "dark-main",
    "main-small": "dark-main",
    "accent-text": "dark-accent",
    "accent-small": "dark-accent",
    "tint": "dark-tint",
    "tint-accent": "dark-tint",
    "on-tint": "dark-text",
    "on-tint-accent": "dark-text",
    "rule": "dark-rule",
    "hair": "dark-rule",
    "band": "dark-band",
    "on-band": "dark-band-text",
}
"""What dark mode changes in a style of format 2; fills of colour stay, with the text on them."""


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
    light, dark = _by_day_and_night(style)
    sheet = (
        f"{''.join(rules)}:root{{{families}{_declared(light)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_declared(dark)}}}}}\n"
        f"{style.site_sheet}"
    ).encode()
    name = _named(f"{style.plan.name}-{style.plan.version}.css", sheet)
    return name, faces | {f"{FOLDER}/{name}": sheet}


def tokens_of(style: Style) -> dict[str, str]:
    """Return a style's RGB colours, by name."""
    return {name: token.srgb for name, token in style.plan.tokens.items()}


def icon(style: Style, drawing: bytes) -> bytes:
    """Return the site's icon in the colours of a style.

    Args:
        style: The style.
        drawing: The icon, which names roles.
    """
    tokens = tokens_of(style)
    first = {"main": tokens.get("petrol", ""), "on-main": PAPER, "mark-b": tokens.get("rust", "")}
    return in_roles(drawing, tokens if style.plan.takes_identity else first)


LOGO_HEIGHT: Final = 48
"""Pixels of CSS the house's logo is high."""


class SiteLogo(NamedTuple):
    """The house's logo in the field that every page begins with.

    Args:
        path: Of its file, in the site.
        proportion: Its width over its height.
        plate: The role of the plate it stands on, or empty.
    """

    path: str
    proportion: float
    plate: str


def logo_plate(style: Style, colours: LogoColours) -> str:
    """Return the role of the plate that a logo needs by day or in dark mode; empty where it needs none."""
    light, dark = _by_day_and_night(style)
    return plate_of(colours, [light["band"], dark["band"]])


def logo_markup(logo: SiteLogo | None, root: str, name: str) -> Markup:
    """Return a logo as an element; empty where there is none.

    Args:
        logo: The logo.
        root: The relative path from the page up to the site's root.
        name: Whose it is, for those who cannot see it.
    """
    if logo is None:
        return Markup()
    plate = f" on-{logo.plate}" if logo.plate else ""
    picture = Markup('<img class="mark{}" src="{}{}" alt="{}" width="{}" height="{}">')
    width = round(LOGO_HEIGHT * logo.proportion)
    return picture.format(plate, root, logo.path, name, width, LOGO_HEIGHT)


def _by_day_and_night(style: Style) -> tuple[dict[str, str], dict[str, str]]:
    """Return the colours that the sheets call by name, by day and in dark mode."""
    tokens = tokens_of(style)
    if not style.plan.takes_identity:
        light = tokens | {"paper": PAPER, "band": tokens["petrol"], "on-band": PAPER} | _ROLES_OF_TOKENS
        return light, in_the_dark(tokens) | {"paper": DARK_PAPER}
    light = tokens | {"paper": PAPER, "band": tokens["cover-ground"], "on-band": tokens["cover-text"]}
    return light, {name: style.dark[role] for name, role in _DARK_ROLES.items()}


def in_the_dark(tokens: Mapping[str, str]) -> dict[str, str]:
    """Return the colours of dark mode.

    A colour dark enough for text on white is lightened until its contrast is sufficient; a lighter one is a
    fill, and is darkened towards the ground; white becomes the ground.
    """
    return {name: _in_the_dark(colour) for name, colour in tokens.items()}


def _in_the_dark(colour: str) -> str:
    on_white = contrast(colour, PAPER)
    if colour.upper() == PAPER:
        return DARK_PAPER
    if on_white < TEXT_CONTRAST:
        return mixed(colour, DARK_PAPER, FILL_IN_DARK if on_white > 2 else 0.14)  # noqa: PLR2004 - tints
    red, green, blue = (part / 255 for part in bytes.fromhex(colour.removeprefix("#")))
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


def _hexadecimal(*parts: float) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)


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
