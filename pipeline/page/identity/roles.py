"""The roles of colours by their names, and what a style says of one."""

from collections.abc import Callable
from typing import Final

from pydantic import Field

from pipeline.models.values.base import Frozen
from pipeline.models.values.colours import Inks

Inking = Callable[[str], Inks]
"""Returns the inks of a colour `#RRGGBB` in a printing condition."""

SOLID_BLACK: Final = (0, 0, 0, 100)
NO_INK: Final = (0, 0, 0, 0)

BASE: Final = ("main", "accent", "ink", "grey", "white")
"""The roles from which all others follow."""

DERIVED: Final = (
    "mid",
    "mid-accent",
    "tint",
    "tint-accent",
    "on-main",
    "on-accent",
    "on-mid",
    "on-mid-accent",
    "on-tint",
    "on-tint-accent",
    "main-text",
    "accent-text",
    "main-small",
    "accent-small",
    "rule",
    "hair",
    "cover-ground",
    "cover-text",
    "cover-accent",
    "band-ground",
    "band-text",
    "band-accent",
    "mark-a",
    "mark-b",
    "share",
)
"""The other roles of a page."""

ROLES: Final = (*BASE, *DERIVED)

DARK: Final = (
    "dark-ground",
    "dark-tint",
    "dark-text",
    "dark-grey",
    "dark-main",
    "dark-accent",
    "dark-rule",
    "dark-band",
    "dark-band-text",
)
"""The roles of letter and site in dark mode, where paper and light fills give way to a dark ground."""


class Token(Frozen):
    """A named colour.

    Args:
        srgb: `#RRGGBB`, for the screen.
        cmyk: Four parts in per cent, for paper.
    """

    srgb: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$")
    cmyk: Inks


class RoleColour(Frozen):
    """A colour of a role in style.toml.

    Args:
        srgb: `#RRGGBB`, for the screen.
        cmyk: Four parts in per cent, for paper; left out, they follow from the printing condition.
    """

    srgb: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$")
    cmyk: Inks | None = None
