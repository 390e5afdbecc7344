"""The countries of the partners on a map, with their names beside them or in them.

Outlines: Natural Earth (public domain), brought down in `data/countries.json`.
"""

from __future__ import annotations

import functools
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline import localisation
from pipeline.figures.drawing import (
    POINTS_A_MILLIMETRE,
    DrawnFigure,
    Measure,
    Palette,
    ProjectFacts,
    drawing,
    element,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

WIDTH: Final = 170 * POINTS_A_MILLIMETRE
HEIGHT: Final = 85 * POINTS_A_MILLIMETRE
OUTLINES: Final = Path(__file__).with_name("data") / "countries.json"
TYPE: Final = 8.0
_MARGIN: Final = 22.0
_WIDEST: Final = math.radians(100)
_FARTHEST: Final = math.radians(85)
_SMALLEST_WINDOW: Final = 0.16
"""Radii of the globe: about a thousand kilometres, so that one country still has neighbours."""

Point = tuple[float, float]
Ring = list[Point]


class Box(NamedTuple):
    """A rectangle in points."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two rectangles overlap."""
        return not (
            self.right <= other.left
            or other.right <= self.left
            or self.bottom <= other.top
            or other.bottom <= self.top
        )

    def within(self, other: Box) -> bool:
        """Tell whether this rectangle lies wholly in another."""
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )


class PlacedName(NamedTuple):
    """A country's name on the map.

    Args:
        code: The country.
        text: Its name.
        box: Where it stands.
        leader: The line from the country to its name, or None where the name stands in it.
    """

    code: str
    text: str
    box: Box
    leader: tuple[Point, Point] | None


def partner_map(
    projects: Sequence[ProjectFacts],
    home: str,
    language: str,
    palette: Palette,
    family: str,
    measure: Measure,
) -> DrawnFigure:
    """Draw the partner countries of the projects.

    Args:
        projects: Those whose countries are named.
        home: The publisher's country, in a colour of its own.
        language: The language of the names.
        palette: The colours.
        family: The family of the type.
        measure: Gives the width of a text.
    """
    codes = _codes(projects)
    shapes = _shapes(codes)
    names = placed_names(codes, shapes, language, measure)
    others = "".join(_path(rings) for code, rings in shapes.items() if code not in codes)
    parts = [_land(others, palette.mist, palette)]
    for code in codes:
        colour = palette.rust if code == home else palette.petrol
        parts.append(_land(_path(shapes.get(code, [])), colour, palette))
    parts += [_name(name, palette, family, inside=name.leader is None) for name in names]
    title = localisation.label("Partner countries", language)
    listed = localisation.listing([localisation.country_name(code, language) for code in codes], language)
    alternative = localisation.label("The map shows: {countries}.", language, countries=listed)
    return DrawnFigure(
        svg=drawing(WIDTH, HEIGHT, title, alternative, "".join(parts)),
        title=title,
        alternative=alternative,
        header=(localisation.label("Country", language), localisation.label("Projects", language)),
        rows=tuple(
            (
                localisation.country_name(code, language),
                ", ".join(
                    facts.title for facts in projects if facts.partners and code in facts.partners.countries
                ),
            )
            for code in codes
        ),
    )


def placed_names(
    codes: Sequence[str], shapes: dict[str, list[Ring]], language: str, measure: Measure
) -> list[PlacedName]:
    """Find a place for each name: within its country, or beside it with a leader; none on another.

    Larger countries come first, for their names have the fewest places to go.
    """
    frame = Box(2, 2, WIDTH - 2, HEIGHT - 2)
    order = sorted((code for code in codes if shapes.get(code)), key=lambda code: -_area(shapes[code][0]))
    fills = [(_bounds(ring), ring) for code in order for ring in shapes[code]]
    names: list[PlacedName] = []
    for code in order:
        text = localisation.country_name(code, language)
        width = measure(text, TYPE, 600)
        x, y = _anchor(shapes[code][0])
        inside = Box(x - width / 2 - 3, y - TYPE * 0.6, x + width / 2 + 3, y + TYPE * 0.5)
        taken = [name.box for name in names]
        fits = all(_holds(shapes[code][0], corner) for corner in _rim(inside))
        if fits and inside.within(frame) and not any(inside.meets(other) for other in taken):
            names.append(PlacedName(code, text, inside, None))
            continue
        names.append(_beside(code, text, width, (x, y), frame, names, fills))
    return names


def _beside(
    code: str,
    text: str,
    width: float,
    anchor: Point,
    frame: Box,
    names: list[PlacedName],
    fills: list[tuple[Box, Ring]],
) -> PlacedName:
    best: tuple[float, PlacedName] | None = None
    # A place costs at least its distance, so what lies farther than the best cost is not looked at.
    for distance in (14, 20, 27, 35, 44, 54, 66, 80, 96, 114, 135, 160):
        if best is not None and best[0] <= distance:
            break
        for step in range(24):
            angle = math.radians(15 * step)
            x, y = anchor[0] + distance * math.cos(angle), anchor[1] + distance * math.sin(angle)
            left = x if math.cos(angle) > 0.35 else x - width if math.cos(angle) < -0.35 else x - width / 2  # noqa: PLR2004
            box = Box(left - 1.5, y - TYPE * 0.6, left + width + 1.5, y + TYPE * 0.5)
            if not box.within(frame) or any(box.meets(other.box) for other in names):
                continue
            line = (anchor, _nearest_edge(box, anchor))
            if any(_crosses(line, other.box) for other in names):
                continue
            if any(other.leader and _crosses(other.leader, box) for other in names):
                continue
            covered = sum(_covered(ring, box) for bounds, ring in fills if bounds.meets(box))
            cost = distance + 60 * covered
            if best is None or cost < best[0]:
                best = (cost, PlacedName(code, text, box, line))
    if best is not None:
        return best[1]
    free = next(
        (
            box
            for row in range(int(HEIGHT // 11))
            for column in (4.0, WIDTH - width - 6)
            if not any(
                (box := Box(column, 4 + 11 * row, column + width, 13 + 11 * row)).meets(n.box) for n in names
            )
        ),
        Box(4, 4, 4 + width, 13),
    )
    return PlacedName(code, text, free, (anchor, _nearest_edge(free, anchor)))


def _land(path: str, colour: str, palette: Palette) -> str:
    """Fill countries, a white border between them."""
    return element(
        "path", d=path, fill=colour, stroke=palette.white, stroke_width=0.5, stroke_linejoin="round"
    )


def _name(name: PlacedName, palette: Palette, family: str, *, inside: bool) -> str:
    box = name.box
    baseline = (box.top + box.bottom) / 2 + TYPE * 0.33
    middle = (box.left + box.right) / 2
    colour = palette.white if inside else palette.ink
    text = words(
        name.text, middle, baseline, size=TYPE, fill=colour, family=family, weight=600, anchor="middle"
    )
    if name.leader is None:
        return text
    (x1, y1), (x2, y2) = name.leader
    dot = element("circle", cx=x1, cy=y1, r=1.5, fill=palette.ink)
    line = element("path", d=f"M{x1:.2f} {y1:.2f}L{x2:.2f} {y2:.2f}", stroke=palette.ink, stroke_width=0.5)
    return line + dot + text


def _codes(projects: Iterable[ProjectFacts]) -> list[str]:
    named = [code for facts in projects if facts.partners for code in facts.partners.countries]
    return list(dict.fromkeys(named))


@functools.cache
def _outlines() -> dict[str, list[Ring]]:
    flat: dict[str, list[list[int]]] = json.loads(OUTLINES.read_text("utf-8"))
    return {
        code: [
            _unbroken([(ring[at] / 100, ring[at + 1] / 100) for at in range(0, len(ring), 2)])
            for ring in rings
        ]
        for code, rings in flat.items()
        if code != "AQ"
    }


def _unbroken(ring: Ring) -> Ring:
    """Carry a ring that crosses the 180th meridian on to the east of it."""
    if max(x for x, _ in ring) - min(x for x, _ in ring) <= 180:  # noqa: PLR2004 - half the world
        return ring
    return [(x + 360 if x < 0 else x, y) for x, y in ring]


def _shapes(codes: Sequence[str]) -> dict[str, list[Ring]]:
    """Project all countries, fit the partners into the frame, and clip the rest to it."""
    outlines = _outlines()
    project = _projection([outlines[code][0] for code in codes if code in outlines])
    projected: dict[str, list[Ring]] = {}
    for code, rings in outlines.items():
        flat = [[project(point) for point in ring] for ring in rings]
        projected[code] = [[point for point in ring if point] for ring in flat if all(ring)]
    wanted = [point for code in codes for ring in projected.get(code, [])[:1] for point in ring]
    left, right, top, bottom = _window(wanted)
    scale = min((WIDTH - 2 * _MARGIN) / (right - left), (HEIGHT - 2 * _MARGIN) / (bottom - top))
    move_x = WIDTH / 2 - (left + right) / 2 * scale
    move_y = HEIGHT / 2 - (top + bottom) / 2 * scale
    shapes: dict[str, list[Ring]] = {}
    for code, rings in projected.items():
        clipped = [_clipped([(x * scale + move_x, y * scale + move_y) for x, y in ring]) for ring in rings]
        visible = [ring for ring in clipped if len(ring) > 2]  # noqa: PLR2004 - a polygon
        if visible:
            shapes[code] = sorted(visible, key=_area, reverse=True)
    return shapes


def _window(points: Sequence[Point]) -> tuple[float, float, float, float]:
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    grow = max(0.0, _SMALLEST_WINDOW - (right - left), _SMALLEST_WINDOW - (bottom - top)) / 2
    return left - grow, right + grow, top - grow, bottom + grow


def _projection(rings: Sequence[Ring]) -> Callable[[Point], Point | None]:
    """Choose Lambert's azimuthal equal-area projection for a part of the world, Equal Earth for all of it."""
    spread = [point for ring in rings for point in ring]
    west, east = min(x for x, _ in spread), max(x for x, _ in spread)
    south, north = min(y for _, y in spread), max(y for _, y in spread)
    if math.radians(east - west) > _WIDEST:
        return _equal_earth
    return functools.partial(_azimuthal, math.radians((west + east) / 2), math.radians((south + north) / 2))


def _azimuthal(centre_x: float, centre_y: float, point: Point) -> Point | None:
    """Project after Snyder, Map Projections (USGS 1395), p. 185; None beyond the horizon."""
    longitude, latitude = math.radians(point[0]) - centre_x, math.radians(point[1])
    cosine = math.sin(centre_y) * math.sin(latitude) + math.cos(centre_y) * math.cos(latitude) * math.cos(
        longitude
    )
    if cosine < math.cos(_FARTHEST):
        return None
    k = math.sqrt(2 / (1 + cosine))
    x = k * math.cos(latitude) * math.sin(longitude)
    y = k * (
        math.cos(centre_y) * math.sin(latitude)
        - math.sin(centre_y) * math.cos(latitude) * math.cos(longitude)
    )
    return x, -y


def _equal_earth(point: Point) -> Point:
    """Project after Šavrič, Patterson and Jenny, The Equal Earth map projection (2018)."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(point[1])))
    square, sixth = theta**2, theta**6
    divisor = 3 * (9 * a4 * theta**8 + 7 * a3 * sixth + 3 * a2 * square + a1)
    x = 2 * math.sqrt(3) * math.radians(point[0]) * math.cos(theta) / divisor
    return x, -theta * (a1 + a2 * square + sixth * (a3 + a4 * square))


def _clipped(ring: Ring) -> Ring:
    """Clip a ring to the frame after Sutherland and Hodgman."""
    for axis, limit, sign in ((0, 0.0, 1), (0, WIDTH, -1), (1, 0.0, 1), (1, HEIGHT, -1)):
        kept: Ring = []
        for start, end in zip(ring[-1:] + ring[:-1], ring, strict=True):
            start_in = (start[axis] - limit) * sign >= 0
            end_in = (end[axis] - limit) * sign >= 0
            if start_in != end_in:
                along = (limit - start[axis]) / (end[axis] - start[axis])
                kept.append((start[0] + along * (end[0] - start[0]), start[1] + along * (end[1] - start[1])))
            if end_in:
                kept.append(end)
        ring = kept
    return ring


def _path(rings: Iterable[Ring]) -> str:
    """Write rings as a path of whole tenths, points closer than that left out."""
    parts = []
    for ring in rings:
        rounded = list(dict.fromkeys((round(x, 1), round(y, 1)) for x, y in ring))
        if len(rounded) > 2:  # noqa: PLR2004 - a polygon
            parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in rounded) + "Z")
    return "".join(parts)


def _anchor(ring: Ring) -> Point:
    """Return the point inside a ring farthest from its edge, as near as a grid of 24 by 24 tells."""
    left, right = min(x for x, _ in ring), max(x for x, _ in ring)
    top, bottom = min(y for _, y in ring), max(y for _, y in ring)
    best, farthest = ((left + right) / 2, (top + bottom) / 2), -1.0
    rows = [top + (bottom - top) * row / 24 for row in range(1, 24)]
    edges = {y: _crossings(ring, y) for y in rows}
    for column in range(1, 24):
        for y in rows:
            point = (left + (right - left) * column / 24, y)
            if sum(point[0] < x for x in edges[y]) % 2 == 0:
                continue
            # Names are wide and low: room sideways counts for more.
            room = min(math.hypot((x - point[0]) * 0.45, y - point[1]) for x, y in ring)
            if room > farthest:
                best, farthest = point, room
    return best


def _area(ring: Ring) -> float:
    return (
        abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2
    )


def _holds(ring: Ring, point: Point) -> bool:
    x, y = point
    return sum(x < crossing for crossing in _crossings(ring, y)) % 2 == 1


def _crossings(ring: Ring, y: float) -> list[float]:
    """Return where a ring crosses a horizontal line: a point with an odd number to its right is inside."""
    return [
        (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)
        if (y1 > y) != (y2 > y)
    ]


def _covered(ring: Ring, box: Box) -> int:
    """Count how often a rectangle and a ring lie on each other: corners in the ring, and its points in it."""
    corners = sum(_holds(ring, corner) for corner in _rim(box))
    return corners + any(box.left < x < box.right and box.top < y < box.bottom for x, y in ring)


def _bounds(ring: Ring) -> Box:
    return Box(
        min(x for x, _ in ring), min(y for _, y in ring), max(x for x, _ in ring), max(y for _, y in ring)
    )


def _rim(box: Box) -> list[Point]:
    middle = (box.left + box.right) / 2
    return [(x, y) for x in (box.left, middle, box.right) for y in (box.top, box.bottom)]


def _nearest_edge(box: Box, point: Point) -> Point:
    x = min(max(point[0], box.left), box.right)
    y = min(max(point[1], box.top), box.bottom)
    return (x, y)


def _crosses(line: tuple[Point, Point], box: Box) -> bool:
    """Tell whether a line touches a rectangle, by its points at every twentieth."""
    (x1, y1), (x2, y2) = line
    points = ((x1 + (x2 - x1) * at / 20, y1 + (y2 - y1) * at / 20) for at in range(21))
    return any(box.left < x < box.right and box.top < y < box.bottom for x, y in points)
