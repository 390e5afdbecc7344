"""The inks of a colour that is given for the screen alone: by the paper's profile, and made fit to print."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipeline.models.printing_conditions import PrintingCondition
    from pipeline.models.values.colours import Inks
    from pipeline.page.identity.roles import Inking

_ROOM: Final = 20
"""Per cent of ink that a flat colour leaves free below the paper's limit."""

_TRACE: Final = 3
"""Per cent of an ink below which it prints as scattered dots and is left out."""

_GREY: Final = 6
"""The most that the channels of a grey differ, of 255."""


def inking_for(condition: PrintingCondition) -> Inking:
    """Return the function that gives the inks of a colour in a printing condition.

    Args:
        condition: Its ICC profile converts (relative colorimetric, ISO 15076-1), its limit caps the sum.
    """
    return functools.partial(_inks_of, profile=condition.profile, limit=condition.ink_limit - _ROOM)


@functools.lru_cache(maxsize=256)
def _inks_of(colour: str, *, profile: bytes, limit: int) -> Inks:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    if max(red, green, blue) - min(red, green, blue) <= _GREY:
        # A grey in one ink has no cast and no register.
        return (0, 0, 0, round(100 - (red + green + blue) / 7.65))
    from pipeline.page.pictures.inks import converted_colour  # noqa: PLC0415 - Pillow loads only where inks are to be found

    return fit_to_print(converted_colour((red, green, blue), profile), limit)


def fit_to_print(parts: tuple[float, float, float, float], limit: int) -> Inks:
    """Return inks without traces and with at most `limit` per cent in all; black is kept, colours reduced."""
    cyan, magenta, yellow, black = (0 if part < _TRACE else round(part) for part in parts)
    colours = cyan + magenta + yellow
    if colours + black > limit:
        share = max(limit - black, 0) / colours
        cyan, magenta, yellow = (int(part * share) for part in (cyan, magenta, yellow))
    return (cyan, magenta, yellow, black)
