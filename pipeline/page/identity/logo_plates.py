"""Whether a house's logo can be seen on a ground, and on which plate it stands where it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.identity.colours import BLACK, SHAPE_CONTRAST, WHITE, contrast, luminance

if TYPE_CHECKING:
    from collections.abc import Collection

PLATES: Final = {"white": WHITE, "ink": BLACK}
"""The roles a plate may have, and the colour by which each is judged; of equally good ones the first."""

_WHOLE: Final = 0.9
"""The part of a logo that has to stand out; what is left are edges, which are drawn in mixtures."""

_LIGHT: Final = 0.8
"""The luminance from which on a logo's own ground is taken for white paper and not for a part of its form."""


class LogoColours(NamedTuple):
    """What a logo is painted with.

    Args:
        shares: Each colour `#RRGGBB` with its part of what is painted, 0 to 1.
        ground: The colour all around, where the logo has a ground of its own; empty where it is seen through.
    """

    shares: tuple[tuple[str, float], ...]
    ground: str = ""


def plate_of(logo: LogoColours, grounds: Collection[str]) -> str:
    """Return the role of the plate on which a logo is to stand, one of `PLATES`; empty where it needs none.

    A logo is seen where nine tenths of it have a contrast of 3 : 1 with the ground (WCAG 2.2, 1.4.11). One
    with a light ground of its own gets a white plate, so that its box has a margin; one with a dark or
    coloured ground is a plate itself.

    Args:
        logo: What it is painted with.
        grounds: The colours it stands on, as by day and at night.
    """
    if logo.ground:
        is_paper = luminance(logo.ground) >= _LIGHT
        return "white" if is_paper and any(ground.upper() != WHITE for ground in grounds) else ""
    if all(_seen(logo, ground) >= _WHOLE for ground in grounds):
        return ""
    best = max(PLATES, key=lambda role: _seen(logo, PLATES[role]))
    return "" if all(ground.upper() == PLATES[best] for ground in grounds) else best


def _seen(logo: LogoColours, ground: str) -> float:
    """Return the part of a logo that stands out from a ground."""
    return sum(share for colour, share in logo.shares if contrast(colour, ground) >= SHAPE_CONTRAST)
