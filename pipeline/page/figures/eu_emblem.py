"""The emblem of the European Union, drawn to its published geometry.

Source: Interinstitutional style guide, annex A1, "European emblem": a rectangle of 3 to 2; twelve
five-pointed stars, each upright, on an unseen circle whose radius is a third of the height, as the
hours stand on a clock; each star within a circle whose radius is an eighteenth of the height.
"""

from __future__ import annotations

import math
from typing import Final

from pipeline.page.figures.drawing import POINTS_A_MILLIMETRE, drawing, element

EMBLEM_IN_RGB: Final = ("#003399", "#FFCC00")
"""The blue of the field and the yellow of the stars, for a screen."""

EMBLEM_IN_CMYK: Final = ("device-cmyk(100% 80% 0% 0%)", "device-cmyk(0% 0% 100% 0%)")
"""The same for paper."""

STARS: Final = 12
LEAST_HEIGHT: Final = 10.0
"""The least height of the emblem beside the funding statement, in millimetres."""


def eu_emblem(
    title: str, blue: str = EMBLEM_IN_RGB[0], yellow: str = EMBLEM_IN_RGB[1], height: float = 14.0
) -> str:
    """Return the emblem as SVG.

    Args:
        title: Its name in the language of the page.
        blue: The colour of the field, as a CSS value.
        yellow: That of the stars.
        height: In millimetres, at least 10.

    Raises:
        ValueError: The height is less than that.
    """
    if height < LEAST_HEIGHT:
        message = f"the emblem must be at least {LEAST_HEIGHT} mm high"
        raise ValueError(message)
    unit = height * POINTS_A_MILLIMETRE
    field = element("rect", width=unit * 1.5, height=unit, fill=blue)
    stars = "".join(element("polygon", points=_points(star), fill=yellow) for star in stars_of(unit))
    return drawing(unit * 1.5, unit, title=title, alternative=title, content=field + stars)


def stars_of(height: float) -> list[list[tuple[float, float]]]:
    """Return the ten corners of each of the twelve stars, for an emblem of a height."""
    centre_x, centre_y = height * 0.75, height / 2
    stars = []
    for hour in range(STARS):
        angle = math.radians(30 * hour)
        x = centre_x + height / 3 * math.sin(angle)
        y = centre_y - height / 3 * math.cos(angle)
        stars.append(_star(x, y, height / 18))
    return stars


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    inner = radius * math.sin(math.radians(18)) / math.sin(math.radians(54))
    return [
        (
            x + (radius if corner % 2 == 0 else inner) * math.sin(math.radians(36 * corner)),
            y - (radius if corner % 2 == 0 else inner) * math.cos(math.radians(36 * corner)),
        )
        for corner in range(10)
    ]


def _points(corners: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in corners)
