"""House drawings: SVGs that name roles, as `fill="var(--main, #0F4C64)"`, in the colours of the house.

The colour after the comma is what a browser or a drawing program shows; the pages never do, where the style
has the role. The engine knows no variables in drawings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_VARIABLE: Final = re.compile(
    rb"var\(\s*--(?P<role>[A-Za-z][\w-]*)\s*(?:,\s*(?P<otherwise>[^(),]*(?:\([^()]*\))?)\s*)?\)"
)
_BEGINS: Final = b"var("
"""Found twenty times sooner than the pattern, in drawings of which most name no role."""


def in_roles(drawing: bytes, colours: Mapping[str, str]) -> bytes:
    """Return a drawing with each role that it names as a colour.

    Args:
        drawing: An SVG in UTF-8.
        colours: The colour of each role, as a CSS value; a role that is not among them is drawn in the colour
            after its comma, and in black where it has none.
    """

    def colour(match: re.Match[bytes]) -> bytes:
        known = colours.get(match["role"].decode("ascii"))
        return known.encode("ascii") if known else (match["otherwise"] or b"").strip() or b"black"

    return _VARIABLE.sub(colour, drawing) if _BEGINS in drawing else drawing


def unknown_roles(drawing: bytes, known: Collection[str], *, with_colour: bool) -> list[str]:
    """Return the roles that a drawing names and a style does not know.

    Args:
        drawing: An SVG in UTF-8.
        known: The names that the style knows.
        with_colour: Whether roles with a colour after the comma count as well.
    """
    if _BEGINS not in drawing:
        return []
    named = {
        match["role"].decode("ascii"): None
        for match in _VARIABLE.finditer(drawing)
        if with_colour or not (match["otherwise"] or b"").strip()
    }
    return [name for name in named if name not in known]
