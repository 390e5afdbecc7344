"""Equal-area projections from degrees to the plane: of a part of the world, or of all of it."""

from __future__ import annotations

import functools
import itertools
import math
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pipeline.page.figures.rings import Point, Ring

_WIDEST: Final = 100.0
"""The widest part of the world in degrees of longitude; a wider one is shown as the whole."""

_HORIZON: Final = 2 * math.sin(math.radians(85) / 2)
"""Radii of the globe, in the plane, to the circle 85 degrees from the middle of a map."""


class Projection(NamedTuple):
    """A projection from the globe to the plane.

    Args:
        project: Turns longitude and latitude in degrees into radii of the globe, y downward.
        whole: Whether the whole world is visible.
    """

    project: Callable[[Point], Point]
    whole: bool

    def shows(self, flat: Ring) -> bool:
        """Return whether any point of a projected ring is within the horizon."""
        return self.whole or any(_before_horizon(point) for point in flat)


def projection_of(points: Sequence[Point]) -> Projection:
    """Choose Lambert's azimuthal equal-area projection for a part of the world, Equal Earth for all of it.

    Args:
        points: The points that must be visible, as longitudes and latitudes in degrees.
    """
    west, span = _span(x for x, _ in points)
    if span <= _WIDEST:
        latitudes = [y for _, y in points]
        middle = (min(latitudes) + max(latitudes)) / 2
        north = math.radians(middle)
        centre = (math.radians(west + span / 2), math.sin(north), math.cos(north))
        part = functools.partial(_azimuthal, centre)
        if all(_before_horizon(part(point)) for point in points):
            return Projection(part, whole=False)
    return Projection(_equal_earth, whole=True)


def _before_horizon(flat: Point) -> bool:
    return math.hypot(*flat) < _HORIZON - 1e-9


def _span(longitudes: Iterable[float]) -> tuple[float, float]:
    """Return western end and width of the shortest span of all longitudes, across the 180th meridian too."""
    turned = sorted({x % 360 for x in longitudes})
    gaps = [(after - before, after) for before, after in itertools.pairwise(turned)]
    widest, west = max([*gaps, (turned[0] + 360 - turned[-1], turned[0])])
    return west, 360 - widest


def _azimuthal(centre: tuple[float, float, float], point: Point) -> Point:
    """Project after Snyder, Map Projections (USGS 1395), p. 185; points beyond the horizon are put on it.

    Args:
        centre: The longitude of the middle of the map in radians; sine and cosine of its latitude.
        point: In degrees.
    """
    centre_x, centre_sine, centre_cosine = centre
    longitude, latitude = math.radians(point[0]) - centre_x, math.radians(point[1])
    sine, cosine = math.sin(latitude), math.cos(latitude)
    towards = cosine * math.cos(longitude)
    nearness = centre_sine * sine + centre_cosine * towards
    x = cosine * math.sin(longitude)
    y = centre_cosine * sine - centre_sine * towards
    if 2 * (1 - nearness) < _HORIZON**2:
        k = math.sqrt(2 / (1 + nearness))
    else:
        k = _HORIZON / (math.hypot(x, y) or 1)
    return k * x, -k * y


def _equal_earth(point: Point) -> Point:
    """Project after Šavrič, Patterson and Jenny, The Equal Earth map projection (2018)."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(point[1])))
    square, sixth = theta**2, theta**6
    divisor = 3 * (9 * a4 * theta**8 + 7 * a3 * sixth + 3 * a2 * square + a1)
    x = 2 * math.sqrt(3) * math.radians(point[0]) * math.cos(theta) / divisor
    return x, -theta * (a1 + a2 * square + sixth * (a3 + a4 * square))
