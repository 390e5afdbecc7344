"""The contrast of colours on a screen (WCAG 2.2)."""

from __future__ import annotations

import functools
from typing import Final

LEAST_CONTRAST: Final = 2.0
"""Contrast of letters and ground below which nobody can read them (WCAG 2.2: (L1 + 0.05) / (L2 + 0.05))."""


@functools.lru_cache(maxsize=1024)
def contrast_of(colour: tuple[int, int, int], ground: tuple[int, int, int]) -> float:
    """Return the contrast of two colours in sRGB, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(colour), _luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    linear = []
    for channel in colour:
        share = channel / 255
        linear.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - sRGB
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def mixed(colour: tuple[int, int, int, int], ground: tuple[int, ...]) -> tuple[int, int, int]:
    """Return a colour of some opacity on a ground."""
    share = colour[3] / 255
    red, green, blue = (
        round(ink * share + under * (1 - share)) for ink, under in zip(colour[:3], ground, strict=True)
    )
    return red, green, blue
