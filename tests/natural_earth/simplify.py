"""Makes `pipeline/figures/data/countries.json` from Natural Earth's 1:50m countries.

    npm pack world-atlas@2.0.2   (then unpack)
    python -m tests.natural_earth.simplify package/countries-50m.json

Natural Earth is in the public domain. Outlines are brought down to a twentieth of a degree, of
which a map 170 mm wide shows no more; islands too small to see are left out, unless they are all
a country has.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any, Final

from babel.core import get_global

TARGET: Final = Path(__file__).parents[2] / "pipeline" / "figures" / "data" / "countries.json"
TOLERANCE: Final = 0.09
SMALLEST: Final = 0.06
Point = tuple[float, float]


def decoded(topology: dict[str, Any]) -> dict[str, list[list[Point]]]:
    """Return the outer rings of every country, by ISO code, in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    simple = [simplified(arc) for arc in arcs]
    codes = get_global("territory_aliases")
    countries: dict[str, list[list[Point]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = next(iter(codes.get(str(shape.get("id", "")).zfill(3), [])), None)
        if shape["properties"]["name"] == "Kosovo":
            code = "XK"
        if code is None or shape["type"] not in {"Polygon", "MultiPolygon"}:
            continue
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        polygons.sort(key=lambda polygon: area(ring_of(polygon[0], arcs)), reverse=True)
        for index, polygon in enumerate(polygons):
            exact, thinned = ring_of(polygon[0], arcs), ring_of(polygon[0], simple)
            if index == 0 or area(exact) >= SMALLEST:
                # An island thinned to a line is kept as it was.
                countries.setdefault(code, []).append(thinned if len(thinned) > 4 else exact)
    return countries


def ring_of(indexes: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Join arcs to a ring; a negative index is an arc run backwards."""
    ring: list[Point] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def simplified(points: list[Point]) -> list[Point]:
    """Thin a line after Douglas and Peucker; shared borders stay shared, for arcs are thinned once."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        farthest, most = 0, TOLERANCE
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


def area(ring: list[Point]) -> float:
    """Return a ring's area in square degrees, longitudes narrowed as on the ground."""
    narrow = math.cos(math.radians(sum(y for _, y in ring) / len(ring)))
    total = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True))
    return abs(total) / 2 * narrow


def main(source: str) -> None:
    """Write the data file: for each country its rings as flat lists of hundredths of a degree."""
    countries = decoded(json.loads(Path(source).read_text("utf-8")))
    flat = {
        code: [[round(value * 100) for point in ring for value in point] for ring in rings]
        for code, rings in sorted(countries.items())
    }
    lines = ",\n".join(f'"{code}":{json.dumps(rings, separators=(",", ":"))}' for code, rings in flat.items())
    TARGET.write_text("{\n" + lines + "\n}\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
