"""Arithmetic of the page: pictures of a gallery brought to rows of one height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.models.text import Picture

GAP: Final = 3.0
"""Millimetres between the pictures of a row."""

TALLEST_ROW: Final = 70.0
"""Millimetres a row of a gallery may be high."""


class Placed(NamedTuple):
    """A picture in a row.

    Args:
        picture: The picture.
        width: In millimetres.
    """

    picture: Picture
    width: float


def gallery_rows(
    pictures: Sequence[Picture], proportions: Sequence[float], width: float
) -> tuple[tuple[Placed, ...], ...]:
    """Divide a gallery's pictures into rows, each filling the width, of heights as equal as can be.

    Of all divisions in the author's order, that whose row heights differ least from a third of
    the width wins; two to four pictures stand in a row.

    Args:
        pictures: In the author's order.
        proportions: Width over height of each.
        width: Of the row, in millimetres.
    """
    count = len(pictures)
    wanted = width / 3.4
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, count + 1):
        options = []
        for size in range(1, min(4, end) + 1):
            start = end - size
            height = _row_height(proportions[start:end], width)
            cost = (height / wanted - 1) ** 2 + (0.5 if size == 1 and count > 1 else 0)
            options.append((best[start][0] + cost, start))
        best.append(min(options))
    rows: list[tuple[Placed, ...]] = []
    end = count
    while end:
        start = best[end][1]
        height = min(_row_height(proportions[start:end], width), TALLEST_ROW)
        rows.append(
            tuple(
                Placed(picture, round(proportion * height, 2))
                for picture, proportion in zip(pictures[start:end], proportions[start:end], strict=True)
            )
        )
        end = start
    return tuple(reversed(rows))


def _row_height(proportions: Sequence[float], width: float) -> float:
    return (width - GAP * (len(proportions) - 1)) / sum(proportions)
