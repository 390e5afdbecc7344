"""Arithmetic of the page: how large a picture is set, and a gallery brought to rows of one height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.models.text import Picture

GAP: Final = 3.0
"""Millimetres between the pictures of a row."""

TALLEST_ROW: Final = 70.0
"""Millimetres a row of a gallery may be high."""


TALLEST_PICTURE: Final = 200.0
"""Millimetres a picture in the text may be high: below it, its caption still fits on the page."""


class Placed(NamedTuple):
    """A picture in a row.

    Args:
        picture: The picture.
        width: In millimetres.
    """

    picture: Picture
    width: float


def picture_width(proportion: float, width: float) -> float:
    """Return how wide a picture is set so that it stays on its page, in millimetres.

    Args:
        proportion: Width over height.
        width: The width wanted, in millimetres.
    """
    return min(width, round(TALLEST_PICTURE * proportion, 2))


def cover_width(proportion: float, measures: Mapping[str, float]) -> float:
    """Return how wide the picture of the first page is set, in millimetres.

    A low one fills the foot of the field from edge to edge. One that would reach up into the title
    stands above the text, as wide as it, or narrower where it is upright.

    Args:
        proportion: Width over height.
        measures: The style's: `cover` and `text`, and `cover_height`, the most it may be high.
    """
    tallest = measures.get("cover_height", TALLEST_PICTURE)
    if measures["cover"] / proportion <= tallest:
        return measures["cover"]
    return min(measures["text"], round(tallest * proportion, 2))


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
