"""The outlines of countries, projected and scaled to a part of the page.

They are those of Natural Earth (public domain), thinned in `data/countries.json`.
"""

from __future__ import annotations

import functools
import itertools
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.figures.projection import projection_of
from pipeline.page.figures.rings import Box, Point, Ring, area, bounds, clipped, thinned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

OUTLINES: Final = Path(__file__).with_name("data") / "countries.json"

MARGIN: Final = 22.0
"""Points kept clear around the partners, for their names."""

FINEST: Final = 0.5
"""Tolerance of a partner's coast or border in points: the width of the line along it."""

COARSER: Final = 0.9
"""Tolerance of all others, which are pale; drawing them is most of the map's cost."""

SMALLEST: Final = 1.0
"""The smallest part of a partner that is drawn, in square points."""

SMALLEST_AROUND: Final = 2.5
"""The same for all others."""

_CODES: Final = {"Kosovo": "XK"}
"""Codes of countries that Natural Earth has under their names: ISO 3166-1 gives them none."""

_SMALLEST_WINDOW: Final = 0.16
"""Radii of the globe: about a thousand kilometres, so that one country still has neighbours."""


class _Atlas(NamedTuple):
    """The data: lines in degrees, and the rings of each country as indexes of lines.

    A negative index is a line run backwards. Longitudes go on past the 180th meridian where their
    country does.
    """

    lines: list[list[Point]]
    countries: dict[str, list[list[int]]]

    def rings(self, code: str) -> list[Ring]:
        """Return the outline of a country in degrees."""
        return [_joined(ring, self.lines) for ring in self.countries[code]]


def fitted(codes: Sequence[str], panel: Box) -> Mapping[str, list[Ring]]:
    """Return the outlines of partners as large as they fit into a part of the page, with their surroundings.

    Args:
        codes: The partners, ISO 3166-1 alpha-2; at least one.
        panel: The part of the page, in points.

    Returns:
        The visible rings of each visible country, the largest first, in points; of a partner at least one.
    """
    return _fitted(tuple(codes), panel)


@functools.lru_cache(maxsize=4)
def _fitted(codes: tuple[str, ...], panel: Box) -> Mapping[str, list[Ring]]:
    """Compute the outlines once for all editions that show them."""
    atlas = _atlas()
    main = [ring for code in codes for ring in _main_parts(atlas.rings(code))]
    projection = projection_of([point for ring in main for point in ring])
    project = projection.project
    left, top, right, bottom = _window([project(point) for ring in main for point in ring])
    across, down = panel.right - panel.left - 2 * MARGIN, panel.bottom - panel.top - 2 * MARGIN
    scale = min(across / (right - left), down / (bottom - top))
    move_x = (panel.left + panel.right) / 2 - (left + right) / 2 * scale
    move_y = (panel.top + panel.bottom) / 2 - (top + bottom) / 2 * scale
    flat = [[project(point) for point in line] for line in atlas.lines]
    exact = [[(x * scale + move_x, y * scale + move_y) for x, y in line] for line in flat]
    visible = {
        code: [
            ring
            for ring in rings
            if projection.shows(_joined(ring, flat))
            and (code in codes or _may_show(_joined(ring, exact), panel))
        ]
        for code, rings in atlas.countries.items()
    }
    # Borders are thinned once for both their countries, so that no gap opens between these.
    fine = {max(index, ~index) for code in codes for ring in atlas.countries[code] for index in ring}
    seen = {max(index, ~index) for rings in visible.values() for ring in rings for index in ring}
    thin = {at: thinned(exact[at], FINEST if at in fine else COARSER) for at in seen}
    shapes: dict[str, list[Ring]] = {}
    for code, rings in visible.items():
        least = SMALLEST if code in codes else SMALLEST_AROUND
        shown = _shown([clipped(_joined(ring, thin), panel) for ring in rings], least)
        if not shown and code in codes:
            # A partner too small to be visible still needs a point for its leader.
            shown = [clipped(_joined(rings[0], exact), panel)]
        if shown:
            shapes[code] = shown
    return shapes


def path(rings: Iterable[Ring]) -> str:
    """Return rings as the data of an SVG path: the start of each and its steps, in tenths of a point."""
    written = []
    for ring in rings:
        tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
        steps = [
            f"l{(x2 - x1) / 10:g} {(y2 - y1) / 10:g}"
            for (x1, y1), (x2, y2) in itertools.pairwise(tenths)
            if (x1, y1) != (x2, y2)
        ]
        written.append(f"M{tenths[0][0] / 10:g} {tenths[0][1] / 10:g}{''.join(steps)}Z")
    return "".join(written)


def _joined(ring: Sequence[int], lines: Sequence[list[Point]] | Mapping[int, list[Point]]) -> Ring:
    """Join lines to a ring; each ends where the next begins, and the last where the first begins."""
    points: Ring = []
    for index in ring:
        points += lines[index][:-1] if index >= 0 else lines[~index][:0:-1]
    return points


def _may_show(ring: Ring, panel: Box) -> bool:
    """Return False for a ring wholly beyond one edge of the panel, which clipping would leave nothing of.

    Most of the world is, and need not be thinned. The point of margin outweighs all rounding.
    """
    return bounds(ring).meets(Box(panel.left - 1, panel.top - 1, panel.right + 1, panel.bottom + 1))


def _shown(rings: Iterable[Ring], least: float) -> list[Ring]:
    """Return the parts of a country large enough to be visible, the largest first."""
    sized = [(area(ring), ring) for ring in rings if len(ring) > 2]  # noqa: PLR2004 - a polygon
    sized.sort(key=lambda item: -item[0])
    return [ring for size, ring in sized if size >= least]


@functools.cache
def _atlas() -> _Atlas:
    data = json.loads(OUTLINES.read_text("utf-8"))
    lines = []
    for steps in data["lines"]:
        across, down = itertools.accumulate(steps[::2]), itertools.accumulate(steps[1::2])
        lines.append([(x / 100, y / 100) for x, y in zip(across, down, strict=True)])
    return _Atlas(lines, {_CODES.get(name, name): rings for name, rings in data["countries"].items()})


def _main_parts(rings: Sequence[Ring]) -> list[Ring]:
    """Return the parts of a country that a map must show: the largest, and others large or near it."""
    sizes = [area(ring) * math.cos(math.radians(ring[0][1])) for ring in rings]
    left, top, right, bottom = bounds(rings[sizes.index(max(sizes))])
    across, down = (right - left) / 2, (bottom - top) / 2
    near = Box(left - across, top - down, right + across, bottom + down)
    return [
        ring
        for ring, size in zip(rings, sizes, strict=True)
        if size >= 0.22 * max(sizes) or (size >= 0.01 * max(sizes) and bounds(ring).within(near))
    ]


def _window(points: Ring) -> Box:
    left, top, right, bottom = bounds(points)
    across = max(0.0, _SMALLEST_WINDOW - (right - left)) / 2
    down = max(0.0, _SMALLEST_WINDOW - (bottom - top)) / 2
    return Box(left - across, top - down, right + across, bottom + down)
