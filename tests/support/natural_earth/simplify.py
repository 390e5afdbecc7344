"""Makes `pipeline/figures/data/countries.json` from Natural Earth's 1:50m countries.

    npm pack world-atlas@2.0.2   (then unpack)
    python -m tests.support.natural_earth.simplify package/countries-50m.json

Natural Earth is in the public domain. Outlines are thinned to what a map 170 mm wide can show:
more finely where Europe fills it; islands too small to see are left out, unless they are all a
country has.

Natural Earth draws who holds the ground. The bulletin's countries are those of ISO 3166-1, so
parts it keeps under no code or under a holder's are given to the country the United Nations and
the European Union know there, and overseas parts with a code of their own are taken out.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple

from babel.core import get_global

from tests.support.paths import PACKAGE

TARGET: Final = PACKAGE / "page" / "figures" / "data" / "countries.json"
NEAR: Final = 0.02
"""Degrees a line may be off where it is drawn large."""
FAR: Final = 0.1
SMALLEST: Final = 0.06
"""Square degrees of the smallest island kept."""
CLOSED_TRIANGLE: Final = 4
"""Points of a ring that ends where it begins and encloses hardly anything."""
SPECK: Final = 0.05
"""Degrees from the middle to the corners of the square that stands for what has no outline."""


class Area(NamedTuple):
    """Degrees from west to east and from south to north."""

    west: float
    east: float
    south: float
    north: float

    def holds(self, points: list[Point]) -> bool:
        """Return whether all points lie in the area."""
        return all(self.west <= x <= self.east and self.south <= y <= self.north for x, y in points)


Point = tuple[float, float]
Ring = list[Point]

EUROPE: Final = Area(-25, 46, 33, 72)

JOINED: Final = {"N. Cyprus": "CY", "Somaliland": "SO"}
"""Shapes without a code, and the country they are part of."""

MOVED: Final = {
    "UA": ("RU", Area(32, 37, 44, 46.5)),
    "GF": ("FR", Area(-55, -51, 2, 6)),
    "GP": ("FR", Area(-62, -60.9, 15.8, 16.6)),
    "MQ": ("FR", Area(-61.3, -60.7, 14.3, 15)),
    "RE": ("FR", Area(55, 56, -21.5, -20.8)),
    "YT": ("FR", Area(45, 45.4, -13.1, -12.6)),
    "SJ": ("NO", Area(5, 35, 74, 82)),
    "BQ": ("NL", Area(-68.5, -68.1, 12, 12.4)),
}
"""The country parts are given to, whose they are in the data, and where they lie."""

SPECKS: Final = {
    "AQ": (0.0, -75.0),
    "BV": (3.41, -54.42),
    "CC": (96.83, -12.17),
    "CX": (105.64, -10.49),
    "GI": (-5.35, 36.14),
    "TK": (-171.85, -9.2),
    "TV": (179.2, -8.52),
    "UM": (166.65, 19.3),
}
"""Countries too small for the data, and the one that is no country on a map: longitude, latitude."""


def decoded(topology: dict[str, Any]) -> tuple[list[Ring], dict[str, list[list[int]]]]:
    """Return thinned lines in degrees, and the outer rings of every country as indexes of them, by ISO code.

    A line between two countries is there once. The rings of a country begin with the largest; a
    negative index is a line run backwards.
    """
    arcs = arcs_of(topology)
    polygons = polygons_of(topology)
    for code, (holder, area) in MOVED.items():
        taken = [arc for arc in polygons[holder] if area.holds(ring_of(arc, arcs))]
        polygons[holder] = [arc for arc in polygons[holder] if arc not in taken]
        polygons[code] = joined(polygons.get(code, []) + taken, arcs)
    for name, code in JOINED.items():
        polygons[code] = joined(polygons[code] + polygons.pop(name), arcs)
    thin = [simplified(arc) for arc in arcs]
    countries: dict[str, list[list[int]]] = {}
    for code, indexes in polygons.items():
        by_size = sorted(indexes, key=lambda ring: area_of(ring_of(ring, arcs)), reverse=True)
        countries[code] = [
            ring for ring in by_size if ring is by_size[0] or area_of(ring_of(ring, arcs)) >= SMALLEST
        ]
        for ring in countries[code]:
            # What would be thinned to a line is kept as it was.
            if len(ring_of(ring, thin)) <= CLOSED_TRIANGLE:
                for index in ring:
                    thin[max(index, ~index)] = arcs[max(index, ~index)]
    for rings in countries.values():
        gather(rings, thin)
    for code, (x, y) in SPECKS.items():
        countries[code] = [[len(thin)]]
        thin.append([(x - SPECK, y), (x, y + SPECK), (x + SPECK, y), (x, y - SPECK), (x - SPECK, y)])
    return thin, countries


def gather(rings: list[list[int]], lines: list[Ring]) -> None:
    """Bring islands beyond the 180th meridian to the side of their country's largest part."""
    middle = middle_of(ring_of(rings[0], lines))
    for ring in rings[1:]:
        turn = 360 * round((middle - middle_of(ring_of(ring, lines))) / 360)
        if turn:
            for index in ring:
                at = max(index, ~index)
                lines[at] = [(x + turn, y) for x, y in lines[at]]


def middle_of(ring: Ring) -> float:
    """Return about which longitude a ring lies."""
    return sum(x for x, _ in ring) / len(ring)


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """Return the lines countries are made of: TopoJSON's differences added up and scaled to degrees.

    A line that crosses the 180th meridian goes on past it.
    """
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Ring] = []
    for arc in topology["arcs"]:
        x = y = 0
        points: Ring = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            degrees = x * sx + tx
            turn = 360 * round((points[-1][0] - degrees) / 360) if points else 0
            points.append((degrees + turn, y * sy + ty))
        arcs.append(points)
    return arcs


def polygons_of(topology: dict[str, Any]) -> dict[str, list[list[int]]]:
    """Return the outer rings of every country as indexes of arcs, by ISO code, or name where it has none."""
    codes = get_global("territory_aliases")
    polygons: dict[str, list[list[int]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = next(iter(codes.get(str(shape.get("id", "")).zfill(3), [])), name)
        if code == "AQ" or name == "Indian Ocean Ter.":
            continue
        whole = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        polygons.setdefault(code, []).extend(polygon[0] for polygon in whole)
    return polygons


def joined(rings: list[list[int]], arcs: list[Ring]) -> list[list[int]]:
    """Melt rings that share a border into one: what both run along, each its own way, falls out."""
    present = {index for ring in rings for index in ring}
    if not any(~index in present for index in present):
        return rings
    left = [index for ring in rings for index in ring if ~index not in present]
    melted: list[list[int]] = []
    while left:
        ring = [left.pop(0)]
        while ends_of(ring[-1], arcs)[1] != ends_of(ring[0], arcs)[0]:
            following = next(index for index in left if ends_of(index, arcs)[0] == ends_of(ring[-1], arcs)[1])
            left.remove(following)
            ring.append(following)
        melted.append(ring)
    return melted


def ends_of(index: int, arcs: list[Ring]) -> tuple[Point, Point]:
    """Return where an arc begins and ends; a negative index is an arc run backwards."""
    arc = arcs[index] if index >= 0 else arcs[~index][::-1]
    return arc[0], arc[-1]


def ring_of(indexes: list[int], arcs: list[Ring]) -> Ring:
    """Join arcs to a ring; a negative index is an arc run backwards."""
    ring: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def simplified(points: Ring) -> Ring:
    """Thin a line after Douglas and Peucker; shared borders stay shared, for arcs are thinned once."""
    tolerance = NEAR if EUROPE.holds(points[:1]) or EUROPE.holds(points[-1:]) else FAR
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        farthest, most = 0, tolerance
        for index in range(first + 1, last):
            if (distance := off(points[index], points[first], points[last])) > most:
                farthest, most = index, distance
        if farthest:
            keep.add(farthest)
            stack += [(first, farthest), (farthest, last)]
    return [points[index] for index in sorted(keep)]


def off(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from a line, longitudes narrowed as on the ground."""
    narrow = math.cos(math.radians(point[1]))
    ax, ay = (end[0] - start[0]) * narrow, end[1] - start[1]
    bx, by = (point[0] - start[0]) * narrow, point[1] - start[1]
    length = ax * ax + ay * ay
    along = max(0.0, min(1.0, (ax * bx + ay * by) / length)) if length else 0.0
    return math.hypot(bx - along * ax, by - along * ay)


def area_of(ring: Ring) -> float:
    """Return a ring's area in square degrees, longitudes narrowed as on the ground."""
    narrow = math.cos(math.radians(sum(y for _, y in ring) / len(ring)))
    total = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True))
    return abs(total) / 2 * narrow


def main(source: str) -> None:
    """Write the data file.

    "lines" holds each line as the hundredths of a degree where it begins, longitude and latitude,
    and the steps from point to point; "countries" the rings of each as indexes of lines.
    """
    lines, countries = decoded(json.loads(Path(source).read_text("utf-8")))
    used = sorted({max(index, ~index) for rings in countries.values() for ring in rings for index in ring})
    place = {old: new for new, old in enumerate(used)}
    written = {
        code: [[place[index] if index >= 0 else ~place[~index] for index in ring] for ring in rings]
        for code, rings in sorted(countries.items())
    }
    rows = ",\n".join(json.dumps(stepped(lines[index]), separators=(",", ":")) for index in used)
    named = ",\n".join(
        f'"{code}":{json.dumps(rings, separators=(",", ":"))}' for code, rings in written.items()
    )
    TARGET.write_text(f'{{"lines":[\n{rows}\n],"countries":{{\n{named}\n}}}}\n', "utf-8")


def stepped(line: Ring) -> list[int]:
    """Return a line as where it begins and its steps, in hundredths of a degree; steps of nothing go."""
    whole = [(round(x * 100), round(y * 100)) for x, y in line]
    steps = list(whole[0])
    for (x1, y1), (x2, y2) in itertools.pairwise(whole):
        if (x1, y1) != (x2, y2):
            steps += [x2 - x1, y2 - y1]
    return steps


if __name__ == "__main__":
    main(sys.argv[1])
