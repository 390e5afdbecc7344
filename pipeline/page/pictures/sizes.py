"""The sizes of pictures on the page, and the rows of a gallery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.models.text import Picture

GAP: Final = 3.0
"""Millimetres between the pictures of a row."""

TALLEST_ROW: Final = 70.0
"""The greatest height of a row of a gallery, in millimetres."""


_OF_A_LETTER: Final = 1.55
_WIDEST_WORD: Final = 32.0
"""Millimetres of a letter of a caption, and those that are left for its longest word, at most."""

TALLEST_PICTURE: Final = 200.0
"""The greatest height of a picture in the text, in millimetres: its caption still fits below it."""

HOUSE_LOGO_HEIGHT: Final = 14.0
"""The greatest height of a house's logo, in millimetres, wherever it stands."""


class Placed(NamedTuple):
    """A picture in a row.

    Args:
        picture: The picture.
        width: In millimetres.
        measure: The width of its caption in millimetres: as wide, or wider where it would not hold a word.
    """

    picture: Picture
    width: float
    measure: float = 0.0


def picture_width(proportion: float, width: float) -> float:
    """Return the width of a picture in millimetres, reduced where it would be too high for the page.

    Args:
        proportion: Width over height.
        width: The full width, in millimetres.
    """
    return min(width, round(TALLEST_PICTURE * proportion, 2))


def cover_width(proportion: float, measures: Mapping[str, float]) -> float:
    """Return the width of the picture on the first page, in millimetres.

    A low one fills the bottom of the page from edge to edge. One that would be too high for that is set above
    the text, as wide as it, or narrower where it is upright.

    Args:
        proportion: Width over height.
        measures: The style's: `cover` and `text`, and `cover_height`, its greatest height.
    """
    tallest = measures.get("cover_height", TALLEST_PICTURE)
    if measures["cover"] / proportion <= tallest:
        return measures["cover"]
    return min(measures["text"], round(tallest * proportion, 2))


def gallery_rows(
    pictures: Sequence[Picture], proportions: Sequence[float], width: float
) -> tuple[tuple[Placed, ...], ...]:
    """Divide a gallery's pictures into rows, each filling the width, of heights as equal as possible.

    Of all divisions in the author's order, that whose row heights differ least from a third of the width is
    chosen; a row has two to four pictures. A picture too narrow for the longest word of its caption has a
    place as wide as that.

    Args:
        pictures: In the author's order.
        proportions: Width over height of each.
        width: Of the row, in millimetres.
    """
    count = len(pictures)
    ideal = width / 3.4
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, count + 1):
        options = []
        for size in range(1, min(4, end) + 1):
            start = end - size
            height = _row_height(proportions[start:end], width)
            cost = (height / ideal - 1) ** 2 + (0.5 if size == 1 and count > 1 else 0)
            options.append((best[start][0] + cost, start))
        best.append(min(options))
    rows: list[tuple[Placed, ...]] = []
    end = count
    while end:
        start = best[end][1]
        rows.append(_row(pictures[start:end], proportions[start:end], width))
        end = start
    return tuple(reversed(rows))


def _row(pictures: Sequence[Picture], proportions: Sequence[float], width: float) -> tuple[Placed, ...]:
    """Return the places of the pictures of a row."""
    least = [_longest_word(picture) for picture in pictures]
    narrow: set[int] = set()
    while True:
        rest = width - GAP * (len(pictures) - 1) - sum(least[at] for at in narrow)
        wide = sum(proportion for at, proportion in enumerate(proportions) if at not in narrow)
        height = min(rest / wide if wide else TALLEST_ROW, TALLEST_ROW)
        more = {at for at, proportion in enumerate(proportions) if proportion * height < least[at]} - narrow
        if not more:
            break
        narrow |= more
    widths = [round(proportion * height, 2) for proportion in proportions]
    return tuple(
        Placed(picture, shown, max(shown, least[at]) if at in narrow else shown)
        for at, (picture, shown) in enumerate(zip(pictures, widths, strict=True))
    )


def _longest_word(picture: Picture) -> float:
    """Return about how many millimetres the longest word of a caption takes."""
    words = f"{picture.caption or ''} {picture.credit}".split()
    return min(max(map(len, words), default=0) * _OF_A_LETTER, _WIDEST_WORD)


def _row_height(proportions: Sequence[float], width: float) -> float:
    return (width - GAP * (len(proportions) - 1)) / sum(proportions)
