"""The colour of every role, from what a style states and what a house gives.

The colours given stay as they are wherever they fill an area. Text on an area, and text in such a colour,
gets the nearest shade that can be read (WCAG 2.2, 1.4.3: a contrast of 4.5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.identity.colours import (
    BLACK,
    SHAPE_CONTRAST,
    TEXT_CONTRAST,
    WHITE,
    Shade,
    colour_of,
    contrast,
    darkened,
    least_contrast,
    lightened,
    shade_of,
)
from pipeline.page.identity.roles import BASE, NO_INK, ROLES, SOLID_BLACK, RoleColour, Token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.page.identity.roles import Inking

EASY_CONTRAST: Final = 7.0
"""Of dark text on a coloured ground, where there is a shade that has it (WCAG 2.2, 1.4.6)."""

EASY_IN_THE_DARK: Final = 8.0
"""Of text in the dark, which looks thinner than it is."""

TOP_IN_THE_DARK: Final = 12.5
"""Of running text in the dark; more of it glares."""


class GivenColours(NamedTuple):
    """The colours a house gives for its publication; None where it gives none."""

    main: RoleColour | None = None
    accent: RoleColour | None = None


NEUTRAL: Final = {
    "main": RoleColour(srgb="#2B4A5E", cmyk=(80, 50, 35, 40)),
    "accent": RoleColour(srgb="#B4532A", cmyk=(15, 75, 95, 10)),
    "ink": RoleColour(srgb="#1D1D1B", cmyk=SOLID_BLACK),
    "grey": RoleColour(srgb="#595A5C", cmyk=SOLID_BLACK),
    "white": RoleColour(srgb="#FFFFFF", cmyk=NO_INK),
}
"""What a role is where neither the style nor the house says anything."""

_MID: Final = 0.58
_TINT: Final = 0.1
"""What is left of a colour in its lighter fill, and in the ground of a panel."""

_TOLD_APART: Final = 1.85
"""The contrast of a bar and its part, whose numbers stand beside them; with less, both print as one grey."""

_GREY: Final = 0.02
"""The chroma below which a colour is grey."""

_PALE: Final = 0.72
_MID_OF_PALE: Final = 0.88
"""The lightness from which on a colour is pale, and what is left of it then."""

_DARK_ON_IT: Final = 0.66
_LIGHT: Final = 0.945
"""The least lightness of such a fill: small type on it is dark, and so in one ink; and of such a ground."""

_REFERENCES: Final = {"cover-ground": "main", "band-ground": "white"}
"""Roles that are another role's colour unless the style has it otherwise."""

_TEXT_ON: Final = {
    "on-main": "main",
    "on-accent": "accent",
    "on-mid": "mid",
    "on-mid-accent": "mid-accent",
    "on-tint": "tint",
    "on-tint-accent": "tint-accent",
    "cover-text": "cover-ground",
    "band-text": "band-ground",
}
"""The ground of each role of text."""


def resolved_roles(
    stated: dict[str, RoleColour | str], given: GivenColours, inking: Inking
) -> dict[str, Token]:
    """Return the colour of every role.

    Args:
        stated: What the style states: a colour, or the name of another role. A colour of a role that follows
            from others (`DERIVED`) holds only while the house gives no colours of its own.
        given: The house's own colours.
        inking: Returns the inks of a colour that has none stated.

    Returns:
        Each of `ROLES` in that order.
    """
    return _Resolution(stated, given, inking).all_roles()


def dark_roles(tokens: Mapping[str, Token]) -> dict[str, str]:
    """Return the colours of dark mode, by role: each of `DARK` as `#RRGGBB`.

    Args:
        tokens: The roles by day.
    """
    main, accent = tokens["main"].srgb, tokens["accent"].srgb
    hue = shade_of(main)
    faint = min(hue.chroma, 0.015)
    ground = colour_of(Shade(0.205, faint, hue.hue))
    tint = colour_of(Shade(0.265, faint * 1.4, hue.hue))
    grounds = (ground, tint)
    # By night a colour glares as it stands: some of its chroma is taken away.
    light = {
        name: lightened(_calmed(colour), grounds, least)
        for name, colour, least in (
            ("dark-text", colour_of(Shade(0.5, min(hue.chroma, 0.012), hue.hue)), TOP_IN_THE_DARK),
            ("dark-grey", colour_of(Shade(0.5, min(hue.chroma, 0.012), hue.hue)), EASY_CONTRAST),
            ("dark-main", main, EASY_IN_THE_DARK),
            ("dark-accent", accent, EASY_IN_THE_DARK),
        )
    }
    band = tokens["cover-ground"].srgb
    deep = shade_of(band)
    band = colour_of(Shade(min(deep.lightness, 0.42), deep.chroma * 0.85, deep.hue))
    return {
        "dark-ground": ground,
        "dark-tint": tint,
        **light,
        "dark-rule": colour_of(Shade(0.42, faint * 1.4, hue.hue)),
        "dark-band": band,
        "dark-band-text": lightened(light["dark-text"], [band]),
    }


class _Resolution:
    """The roles of one look, each found when it is first asked for."""

    def __init__(self, stated: dict[str, RoleColour | str], given: GivenColours, inking: Inking) -> None:
        self._stated = stated
        self._given = {name: colour for name, colour in given._asdict().items() if colour is not None}
        self._inking = inking
        self._known: dict[str, Token] = {}

    def all_roles(self) -> dict[str, Token]:
        return {name: self._role(name) for name in ROLES}

    def _role(self, name: str) -> Token:
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> Token:
        stated = self._stated.get(name)
        if isinstance(stated, str):
            return self._role(stated)
        if name in BASE:
            return self._base(name, stated)
        if stated is not None and not self._given:
            return self._inked(stated)
        if name in _REFERENCES:
            return self._role(_REFERENCES[name])
        return self._derived(name)

    def _base(self, name: str, stated: RoleColour | None) -> Token:
        token = self._inked(self._given.get(name) or stated or NEUTRAL[name])
        if name != "grey":
            return token
        readable = darkened(token.srgb, self._light_grounds())
        return token if readable == token.srgb.upper() else Token(srgb=readable, cmyk=token.cmyk)

    def _derived(self, name: str) -> Token:
        if name in _TEXT_ON:
            return self._text_on(self._role(_TEXT_ON[name]), name)
        if name in {"main-text", "accent-text"}:
            return self._as_text(name.removesuffix("-text"))
        if name in {"main-small", "accent-small"}:
            # One solid ink: small type of several inks shows every fault of the register, a tint its screen.
            return Token(srgb=self._role(name.replace("small", "text")).srgb, cmyk=SOLID_BLACK)
        if name in {"cover-accent", "band-accent"}:
            return self._second_text_on(self._role(name.replace("accent", "ground")), name)
        if name in {"mark-a", "mark-b"}:
            return self._mark(name)
        if name == "share":
            # A bar and its part are told apart in black alone, too.
            accent = self._role("accent")
            seen = darkened(accent.srgb, [self._role("mid").srgb], _TOLD_APART)
            return accent if seen == accent.srgb.upper() else self._fill(seen)
        if name in {"rule", "hair"}:
            share, least, black = (0.45, 1.9, 100) if name == "rule" else (0.22, 1.35, 40)
            seen = darkened(_softened(self._role("main").srgb, share), [self._role("white").srgb], least)
            return Token(srgb=seen, cmyk=(0, 0, 0, black))
        kind, _, of_accent = name.partition("-")
        colour = self._role(of_accent or "main").srgb
        share, least = (_MID, _DARK_ON_IT) if kind == "mid" else (_TINT, _LIGHT)
        if kind == "mid" and shade_of(colour).lightness > _PALE:
            # Softened any further, a pale colour would not be told from its ground.
            share = _MID_OF_PALE
        return self._fill(_softened(colour, share, least))

    def _as_text(self, name: str) -> Token:
        """Return a colour as text on any light ground: itself, or its nearest shade that can be read."""
        token = self._role(name)
        # A grey that can just be read is paler than the text, and its links look as if they led nowhere.
        least = EASY_CONTRAST if shade_of(token.srgb).chroma < _GREY else TEXT_CONTRAST
        readable = darkened(token.srgb, self._light_grounds(), least)
        return token if readable == token.srgb.upper() else self._fill(readable)

    def _light_grounds(self) -> tuple[str, ...]:
        return tuple(self._role(name).srgb for name in ("white", "tint", "tint-accent"))

    def _text_on(self, ground: Token, name: str) -> Token:
        if name == "band-text" and ground == self._role("white"):
            return self._role("main-text")
        white, ink, main = self._role("white"), self._role("ink"), self._role("main")
        if contrast(white.srgb, ground.srgb) >= TEXT_CONTRAST:
            return white
        if name in {"cover-text", "on-accent"} and contrast(main.srgb, ground.srgb) >= EASY_CONTRAST:
            return Token(srgb=main.srgb, cmyk=SOLID_BLACK if name == "on-accent" else main.cmyk)
        if contrast(ink.srgb, ground.srgb) >= EASY_CONTRAST:
            return ink
        return Token(srgb=darkened(_deep(ground.srgb), [ground.srgb]), cmyk=SOLID_BLACK)

    def _second_text_on(self, ground: Token, name: str) -> Token:
        """Return the colour of what stands out from the other text on a ground."""
        if ground == self._role("white"):
            return self._role("accent-text")
        text = self._role(name.replace("accent", "text"))
        for candidate in ("accent", "mid", "tint-accent", "main"):
            token = self._role(candidate)
            if contrast(token.srgb, ground.srgb) >= TEXT_CONTRAST and token.srgb != text.srgb:
                return token
        return self._accent_on(ground, text, TEXT_CONTRAST)

    def _accent_on(self, ground: Token, text: Token, least: float) -> Token:
        """Return the shade of the accent that stands out from a ground: dark where the text on it is dark."""
        accent = self._role("accent").srgb
        is_dark = contrast(text.srgb, self._role("white").srgb) > contrast(
            ground.srgb, self._role("white").srgb
        )
        shade = (darkened if is_dark else lightened)(accent, [ground.srgb], least)
        return self._fill(shade) if shade not in {BLACK, WHITE} else text

    def _mark(self, name: str) -> Token:
        ground, first = self._role("cover-ground"), self._role("cover-text")
        if name == "mark-a":
            return first
        for candidate in ("accent", "main", "mid"):
            token = self._role(candidate)
            if least_contrast(token.srgb, [ground.srgb]) >= SHAPE_CONTRAST and token.srgb != first.srgb:
                return token
        return self._accent_on(ground, first, SHAPE_CONTRAST)

    def _inked(self, colour: RoleColour) -> Token:
        return Token(srgb=colour.srgb.upper(), cmyk=colour.cmyk or self._inking(colour.srgb))

    def _fill(self, srgb: str) -> Token:
        return Token(srgb=srgb, cmyk=self._inking(srgb))


def _softened(colour: str, share: float, least: float = 0.0) -> str:
    """Return a colour taken towards white, as `share` of it is left, and at least as light as `least`."""
    shade = shade_of(colour)
    lightness = 1 - (1 - shade.lightness) * share
    return colour_of(Shade(max(lightness, least), shade.chroma * min(1.0, share * 1.5), shade.hue))


def _deep(colour: str) -> str:
    """Return the darkest useful shade of a colour, for text on the colour itself."""
    shade = shade_of(colour)
    return colour_of(Shade(min(0.24, shade.lightness), min(shade.chroma, 0.05), shade.hue))


def _calmed(colour: str) -> str:
    shade = shade_of(colour)
    return colour_of(shade._replace(chroma=min(shade.chroma, 0.11)))
