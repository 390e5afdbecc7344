"""Positions of names on a map: in the countries, beside them, or in two columns, without overlaps."""

from __future__ import annotations

import functools
import itertools
import math
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.figures.outlines import fitted
from pipeline.page.figures.rings import (
    Box,
    Line,
    Point,
    Ring,
    area,
    bounds,
    covers,
    cross,
    encloses,
    roomiest,
    touches,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.page.figures.drawing import Measure

TYPE: Final = 8.0
WEIGHT: Final = 600
LINE: Final = 10.5
"""Points from name to name in a column."""

_WIDEST_COLUMN: Final = 0.3
"""Parts of the whole width a column may take."""

_GAP: Final = 8.0
_TRIED: Final = 60
_DISTANCES: Final = (14, 20, 27, 35, 44, 54)
_DIRECTIONS: Final = 24
_SIDEWAYS: Final = 0.35
"""Cosine of the direction from which on a name begins, or ends, where its leader does."""


class PlacedName(NamedTuple):
    """A country's name on the map.

    Args:
        code: The country.
        text: Its name, cut where it is too long for a column.
        box: Its position.
        leader: The line from the country to its name, or None where the name is within it.
    """

    code: str
    text: str
    box: Box
    leader: Line | None


class Layout(NamedTuple):
    """A map before it is drawn: the visible rings of each country, the largest first, and the names."""

    shapes: Mapping[str, list[Ring]]
    names: tuple[PlacedName, ...]


def laid_out(texts: Mapping[str, str], frame: Box, measure: Measure) -> Layout:
    """Fit the map to the countries and find a position for each name.

    What was found is kept: every edition, and every trial of its pages, shows the same map.

    Names are set in their countries or just beside them, with a leader, and not on other partners. Where
    there are too many for that, names that do not fit in their country are set in two columns beside the map.

    Args:
        texts: The names of the partner countries by ISO code, in their order; at least one.
        frame: The paper, in points.
        measure: Returns the width of a text.
    """
    return _laid_out(tuple(texts.items()), frame, measure)


@functools.lru_cache(maxsize=8)
def _laid_out(named: tuple[tuple[str, str], ...], frame: Box, measure: Measure) -> Layout:
    texts = dict(named)
    shapes = fitted(list(texts), frame)
    names = _in_or_beside(texts, shapes, frame, measure)
    if names is None:
        width = frame.right - frame.left
        texts = {
            code: _shortened(text, _WIDEST_COLUMN * width - _GAP, measure) for code, text in texts.items()
        }
        column = max(measure(text, TYPE, WEIGHT) for text in texts.values()) + _GAP
        panel = Box(frame.left + column, frame.top, frame.right - column, frame.bottom)
        shapes = fitted(list(texts), panel)
        names = _within_and_in_columns(texts, shapes, panel, measure)
    return Layout(shapes, tuple(names))


def _in_or_beside(
    texts: Mapping[str, str], shapes: Mapping[str, list[Ring]], frame: Box, measure: Measure
) -> list[PlacedName] | None:
    """Return every name set in its country or beside it, or None where that is impossible.

    Larger countries come first, for their names have the fewest places to go.
    """
    fills = {code: [(bounds(ring), ring) for ring in shapes[code]] for code in texts}
    names: list[PlacedName] = []
    for code in sorted(texts, key=lambda code: -area(shapes[code][0])):
        name = _inside(code, texts[code], fills, frame, names=names, measure=measure)
        name = name or _beside(code, texts[code], fills, frame, names=names, measure=measure)
        if name is None:
            return None
        names.append(name)
    return names


def _inside(
    code: str,
    text: str,
    fills: Mapping[str, list[tuple[Box, Ring]]],
    frame: Box,
    *,
    names: Iterable[PlacedName],
    measure: Measure,
) -> PlacedName | None:
    """Return the roomiest place within a country that holds its name, or None where none does."""
    width = measure(text, TYPE, WEIGHT)
    around, ring = fills[code][0]
    if around.right - around.left < width:
        return None
    others = {other: parts for other, parts in fills.items() if other != code}
    for x, y in roomiest(ring)[:_TRIED]:
        box = Box(x - width / 2 - 2, y - TYPE * 0.6, x + width / 2 + 2, y + TYPE * 0.55)
        if not box.within(frame) or not encloses(ring, box):
            continue
        # A country may lie within another.
        if not any(_disturbs(box, None, name) for name in names) and not _on_land(box, others):
            return PlacedName(code, text, box, None)
    return None


def _beside(
    code: str,
    text: str,
    fills: Mapping[str, list[tuple[Box, Ring]]],
    frame: Box,
    *,
    names: Sequence[PlacedName],
    measure: Measure,
) -> PlacedName | None:
    """Return the nearest free place around a country, off all partners, or None where none is near."""
    width = measure(text, TYPE, WEIGHT)
    anchor = roomiest(fills[code][0][1])[0]
    inner = Box(frame.left + 2, frame.top + 2, frame.right - 2, frame.bottom - 2)
    for distance, step in itertools.product(_DISTANCES, range(_DIRECTIONS)):
        angle = math.tau * step / _DIRECTIONS
        sideways = math.cos(angle)
        x, y = anchor[0] + distance * sideways, anchor[1] + distance * math.sin(angle)
        left = x if sideways > _SIDEWAYS else x - width if sideways < -_SIDEWAYS else x - width / 2
        box = Box(left - 1.5, y - TYPE * 0.6, left + width + 1.5, y + TYPE * 0.55)
        leader = (anchor, box.nearest(anchor))
        if not box.within(inner) or any(_disturbs(box, leader, other) for other in names):
            continue
        if not _on_land(box, fills):
            return PlacedName(code, text, box, leader)
    return None


def _on_land(box: Box, fills: Mapping[str, list[tuple[Box, Ring]]]) -> bool:
    return any(around.meets(box) and covers(ring, box) for parts in fills.values() for around, ring in parts)


def _disturbs(box: Box, leader: Line | None, other: PlacedName) -> bool:
    """Return whether a name and its leader would run over another."""
    if box.meets(other.box):
        return True
    if leader and (touches(leader, other.box) or (other.leader and cross(leader, other.leader))):
        return True
    return other.leader is not None and touches(other.leader, box)


def _within_and_in_columns(
    texts: Mapping[str, str], shapes: Mapping[str, list[Ring]], panel: Box, measure: Measure
) -> list[PlacedName]:
    """Return names set in the countries that have room for them, and the others in columns.

    A name that a leader would cross is moved to the columns too, until none does.
    """
    fills = {code: [(bounds(ring), ring) for ring in shapes[code]] for code in texts}
    tried = (_inside(code, texts[code], fills, panel, names=[], measure=measure) for code in texts)
    within = [name for name in tried if name]
    while True:
        placed = {name.code for name in within}
        rest = {code: text for code, text in texts.items() if code not in placed}
        columns = _in_columns(rest, shapes, panel, measure)
        clear = [name for name in within if not any(_disturbs(name.box, None, other) for other in columns)]
        if len(clear) == len(within):
            return within + columns
        within = clear


def _in_columns(
    texts: Mapping[str, str], shapes: Mapping[str, list[Ring]], panel: Box, measure: Measure
) -> list[PlacedName]:
    """Set names in a column on each side, as near the height of their countries as they can be."""
    seats = 2 * int((panel.bottom - panel.top) // LINE)
    anchors = {code: roomiest(shapes[code][0])[0] for code in texts}
    by_side = sorted(list(anchors)[:seats], key=lambda code: anchors[code])
    half = (len(by_side) + 1) // 2
    names: list[PlacedName] = []
    for codes, is_left in ((by_side[:half], True), (by_side[half:], False)):
        edge = panel.left if is_left else panel.right
        codes.sort(key=lambda code: anchors[code][1])
        ideal = [anchors[code][1] for code in codes]
        heights = _spread(ideal, LINE, panel.top + LINE / 2, panel.bottom - LINE / 2)
        _uncross(codes, [(edge, y) for y in heights], anchors)
        for code, y in zip(codes, heights, strict=True):
            width = measure(texts[code], TYPE, WEIGHT)
            left = edge - _GAP / 2 - width if is_left else edge + _GAP / 2
            box = Box(left, y - TYPE * 0.6, left + width, y + TYPE * 0.55)
            names.append(PlacedName(code, texts[code], box, (anchors[code], (edge, y))))
    return names


def _uncross(codes: list[str], ends: Sequence[Point], anchors: Mapping[str, Point]) -> None:
    """Exchange countries in place until no two of the lines to their ends cross.

    Two lines that cross become shorter together when their ends change places, so this ends.
    """
    swapped = True
    while swapped:
        swapped = False
        for first, second in itertools.combinations(range(len(codes)), 2):
            one, other = anchors[codes[first]], anchors[codes[second]]
            crossed = math.dist(one, ends[first]) + math.dist(other, ends[second])
            changed = math.dist(one, ends[second]) + math.dist(other, ends[first])
            # The margin prevents endless exchanges through rounding.
            if changed < crossed - 1e-6:
                codes[first], codes[second] = codes[second], codes[first]
                swapped = True


def _spread(ideal: Sequence[float], gap: float, least: float, most: float) -> list[float]:
    """Return heights at least a gap apart, together as near the ideal ones as can be.

    Isotonic regression by pooling neighbours (Ayer et al., 1955); the ideal heights are sorted.
    """
    pools: list[tuple[float, int]] = []
    for index, height in enumerate(ideal):
        mean, count = height - index * gap, 1
        while pools and pools[-1][0] > mean:
            before, number = pools.pop()
            mean, count = (mean * count + before * number) / (count + number), count + number
        pools.append((mean, count))
    flat = [mean for mean, count in pools for _ in range(count)]
    top = most - gap * (len(ideal) - 1)
    return [min(max(mean, least), max(top, least)) + index * gap for index, mean in enumerate(flat)]


def _shortened(text: str, width: float, measure: Measure) -> str:
    """Return a text that is no wider than a column; the whole text is in the data."""
    if measure(text, TYPE, WEIGHT) <= width:
        return text
    while text and measure(f"{text}…", TYPE, WEIGHT) > width:
        text = text[:-1].rstrip()
    return f"{text}…"
