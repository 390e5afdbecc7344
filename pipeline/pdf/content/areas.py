"""Areas of a page as rectangles parallel to its edges, in points (ISO 32000-2, 7.9.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.pdf.content.graphics_state import Matrix


class Area(NamedTuple):
    """Left, bottom, right and top in points."""

    left: float
    bottom: float
    right: float
    top: float

    def within(self, other: Area) -> Area:
        """Return the intersection; if it is empty, right may be less than left."""
        left, bottom, right, top = self
        if left >= other.left and bottom >= other.bottom and right <= other.right and top <= other.top:
            return self
        return Area(
            max(left, other.left), max(bottom, other.bottom), min(right, other.right), min(top, other.top)
        )

    @property
    def is_empty(self) -> bool:
        """Whether its width or height is negative."""
        return self.right < self.left or self.top < self.bottom

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom


EVERYWHERE = Area(float("-inf"), float("-inf"), float("inf"), float("inf"))


def area_of(across: Sequence[Any], up: Sequence[Any], matrix: Matrix) -> Area:
    """Return the area that points take on the page.

    Args:
        across: Their abscissas, one or more numbers in their own units.
        up: Their ordinates.
        matrix: From their units to points of the page.

    Raises:
        TypeError, ValueError: They are no numbers, or there are none.
    """
    left, right = float(min(across)), float(max(across))
    bottom, top = float(min(up)), float(max(up))
    a, b, c, d, e, f = matrix
    if b == c == 0:
        x1, x2, y1, y2 = a * left + e, a * right + e, d * bottom + f, d * top + f
        return Area(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    corners = ((left, bottom), (left, top), (right, bottom), (right, top))
    on_page = [a * x + c * y + e for x, y in corners], [b * x + d * y + f for x, y in corners]
    return Area(min(on_page[0]), min(on_page[1]), max(on_page[0]), max(on_page[1]))


def rectangle(written: Iterable[Any]) -> Area:
    """Return a rectangle of a PDF, its corners in order.

    Raises:
        TypeError, ValueError: It is not four numbers.
    """
    x1, y1, x2, y2 = (float(side) for side in written)
    return Area(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
