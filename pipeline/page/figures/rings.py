"""Geometry of closed lines in the plane: area, containment and intersection."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Point = tuple[float, float]
Line = tuple[Point, Point]
Ring = list[Point]
"""A closed line, its first point not repeated at the end."""

_GRID = 24


class Box(NamedTuple):
    """A rectangle, y counted downward."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether two rectangles overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Return whether this rectangle lies wholly in another."""
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )

    def nearest(self, point: Point) -> Point:
        """Return the point of the rectangle nearest to one outside."""
        return (min(max(point[0], self.left), self.right), min(max(point[1], self.top), self.bottom))


def area(ring: Ring) -> float:
    """Return the area of a ring."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def bounds(ring: Ring) -> Box:
    """Return the rectangle around a ring."""
    across, down = [x for x, _ in ring], [y for _, y in ring]
    return Box(min(across), min(down), max(across), max(down))


def holds(ring: Ring, point: Point) -> bool:
    """Return whether a point lies in a ring."""
    x, y = point
    return sum(x < crossing for crossing in _crossings(ring, y)) % 2 == 1


def encloses(ring: Ring, box: Box) -> bool:
    """Return whether a rectangle lies wholly in a ring."""
    return holds(ring, (box.left, box.top)) and not _runs_through(ring, box)


def covers(ring: Ring, box: Box) -> bool:
    """Return whether a ring and a rectangle overlap."""
    return _runs_through(ring, box) or holds(ring, (box.left, box.top))


def touches(line: Line, box: Box) -> bool:
    """Return whether a straight line enters a rectangle (Liang and Barsky, 1984); its rim does not count."""
    (x1, y1), (x2, y2) = line
    enters, leaves = 0.0, 1.0
    for start, way, least, most in ((x1, x2 - x1, box.left, box.right), (y1, y2 - y1, box.top, box.bottom)):
        if way == 0:
            if not least < start < most:
                return False
            continue
        one, other = (least - start) / way, (most - start) / way
        enters, leaves = max(enters, min(one, other)), min(leaves, max(one, other))
    return enters < leaves


def cross(line: Line, other: Line) -> bool:
    """Return whether two straight lines cross: each has the ends of the other on both its sides."""
    return _parts(line, other) and _parts(other, line)


def clipped(ring: Ring, box: Box) -> Ring:
    """Clip a ring to a rectangle after Sutherland and Hodgman (1974)."""
    for axis, limit, sign in ((0, box.left, 1), (0, box.right, -1), (1, box.top, 1), (1, box.bottom, -1)):
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


def thinned(line: Sequence[Point], tolerance: float) -> list[Point]:
    """Return a line without points that are within a tolerance of it (Douglas and Peucker, 1973).

    Args:
        line: It may end where it begins; both ends are kept.
        tolerance: The greatest distance of a point left out from the line.
    """
    keep = {0, len(line) - 1}
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        dx, dy = bx - ax, by - ay
        square = dx * dx + dy * dy
        most, farthest = tolerance * tolerance, 0
        for at in range(first + 1, last):
            x, y = line[at]
            x, y = x - ax, y - ay
            along = (x * dx + y * dy) / square if square else 0.0
            if along >= 1:
                x, y = x - dx, y - dy
            elif along > 0:
                x, y = x - along * dx, y - along * dy
            off = x * x + y * y
            if off > most:
                most, farthest = off, at
        if farthest:
            keep.add(farthest)
            stack += [(first, farthest), (farthest, last)]
    return [line[at] for at in sorted(keep)]


def roomiest(ring: Ring) -> list[Point]:
    """Return points of a grid of 24 by 24 in a ring, those with most room for a line of type first."""
    box = bounds(ring)
    across, down = (box.right - box.left) / _GRID, (box.bottom - box.top) / _GRID
    rows = [(y, _crossings(ring, y)) for y in (box.top + down * at for at in range(1, _GRID))]
    turned = [(y, x) for x, y in ring]
    found: list[tuple[float, Point]] = []
    for x in (box.left + across * at for at in range(1, _GRID)):
        column = _crossings(turned, x)
        for y, row in rows:
            if sum(x < crossing for crossing in row) % 2 == 0:
                continue
            # Names are wide and low: room sideways counts for less.
            sideways = min((abs(crossing - x) for crossing in row), default=0.0) * 0.45
            upright = min((abs(crossing - y) for crossing in column), default=0.0)
            # Of points with equally little room in one direction, that in the middle of the other.
            found.append((-min(sideways, upright) - 0.1 * (sideways + upright), (x, y)))
    return [point for _, point in sorted(found)] or [((box.left + box.right) / 2, (box.top + box.bottom) / 2)]


def _crossings(ring: Ring, y: float) -> list[float]:
    """Return where a ring crosses a horizontal line: a point with an odd number to its right is inside."""
    return [
        (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)
        if (y1 > y) != (y2 > y)
    ]


def _runs_through(ring: Ring, box: Box) -> bool:
    left, top, right, bottom = box
    for start, end in zip(ring, ring[1:] + ring[:1], strict=True):
        (x1, y1), (x2, y2) = start, end
        # Most sides of a ring lie wholly to one side; these are skipped without arithmetic.
        if (x1 <= left and x2 <= left) or (x1 >= right and x2 >= right):
            continue
        if (y1 <= top and y2 <= top) or (y1 >= bottom and y2 >= bottom):
            continue
        if touches((start, end), box):
            return True
    return False


def _parts(line: Line, ends: Line) -> bool:
    (x1, y1), (x2, y2) = line
    one, other = ((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) for x, y in ends)
    return one * other < 0
