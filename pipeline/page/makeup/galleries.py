"""The pictures of a gallery: in rows of one height, or on a spread with one picture over a whole page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.makeup.forms import figures_of
from pipeline.page.makeup.slots import (
    LEAST_SEEN,
    LINE,
    Play,
    Slot,
    cropped,
    cropped_less,
    has_pixels,
    seen_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.models.issue import Article
    from pipeline.models.text import Picture
    from pipeline.page.makeup.slots import PictureShape

MEASURE: Final = 174.0
GAP: Final = 3.0
_WHOLE_PAGE: Final = (216.0, 232.0)
"""Millimetres."""

_FEWEST_OF_SPREAD: Final = 6
"""Pictures that fill a spread, at least."""

_PAGE_OF_ROWS: Final = 248.0
_BELOW_ROW: Final = 10.0
"""Millimetres: the height of a page of rows, and that of the captions and the space below each."""

_STRETCHED: Final = (0.8, 1.25)
"""How far a row may be lower or higher than its pictures would make it, to fill its page."""

_TALLEST: Final = 84.0
_LOWEST: Final = 42.0
_ROOM: Final = 212.0
_CAPTION: Final = 12.0
_LEAST_SHARE: Final = 0.7
"""Millimetres of a page for rows below the head of a gallery, and of captions below each row; rows too high
for a page are made lower, to this share at least."""

_LEAST_FITTED: Final = 0.72
_MOST_FITTED: Final = 1.15
"""The shares of their height that rows have, at least and at most, where pages are fitted."""


class GalleryRow(NamedTuple):
    """Pictures side by side, of one height in millimetres."""

    height: float
    cells: tuple[tuple[Picture, Slot], ...]


class GalleryMakeUp(NamedTuple):
    """The pictures of a gallery.

    Args:
        whole: The picture over a whole left page, or None.
        rows: The others.
    """

    whole: tuple[Picture, Slot] | None
    rows: tuple[GalleryRow, ...]

    @property
    def is_spread(self) -> bool:
        """Whether it fills a spread."""
        return self.whole is not None

    @property
    def placed(self) -> tuple[tuple[Picture, Slot], ...]:
        """Every picture with its slot, in the order in which they are set."""
        return (*((self.whole,) if self.whole else ()), *(cell for row in self.rows for cell in row.cells))


def gallery_of(
    article: Article, pictures: Mapping[str, PictureShape], *, may_spread: bool = True, lines: int = 0
) -> GalleryMakeUp:
    """Return how a gallery is set.

    From six pictures on, it is a spread: the first that has the pixels for it and is not much wider than high
    fills the left page.

    Args:
        article: The gallery.
        pictures: What is known of each picture file, by source; one that is not in it is left out.
        may_spread: Whether it may fill a spread.
        lines: By how many lines its rows are higher in all than they would be, or lower.
    """
    shown = [figure.picture for figure in figures_of(article) if figure.picture.source in pictures]
    is_spread = may_spread and len(shown) >= _FEWEST_OF_SPREAD
    whole = _whole_page(shown, pictures) if is_spread else None
    others = [picture for picture in shown if whole is None or picture is not whole[0]]
    return GalleryMakeUp(whole, tuple(_rows(others, pictures, is_page=whole is not None, lines=lines)))


def play_of_rows(gallery: GalleryMakeUp, pictures: Mapping[str, PictureShape]) -> Play:
    """Return by how many lines all rows of a gallery may be lower or higher, to fit a page.

    Only photographs are cropped, and higher ones have the pixels for it. On a spread, the rows have a page of
    their own.

    Args:
        gallery: At its own height.
        pictures: What is known of each picture file, by source.
    """
    shown = [picture for picture, _ in gallery.placed]
    if gallery.is_spread or not all(pictures[picture.source].is_photograph for picture in shown):
        return Play(0, 0)
    whole = sum(row.height for row in gallery.rows)
    sharp = all(
        has_pixels(pictures[picture.source], slot.set_width * _MOST_FITTED)
        for picture, slot in gallery.placed
    )
    higher = (_MOST_FITTED - 1) * whole / LINE if sharp else 0
    return Play(int((1 - _LEAST_FITTED) * whole / LINE), int(higher))


def _whole_page(
    shown: Sequence[Picture], pictures: Mapping[str, PictureShape]
) -> tuple[Picture, Slot] | None:
    for picture in shown:
        shape = pictures[picture.source]
        slot = cropped("page", _WHOLE_PAGE, shape, picture.focus)
        if shape.is_photograph and shape.proportion <= 1.1 and _is_enough(shape, slot):  # noqa: PLR2004
            return picture, slot
    return None


def _is_enough(shape: PictureShape, slot: Slot) -> bool:
    is_sharp = shape.pixels * 25.4 / slot.set_width >= 150  # noqa: PLR2004 - the least that paper allows
    return is_sharp and seen_of(*_WHOLE_PAGE, shape) >= LEAST_SEEN


def _rows(
    shown: Sequence[Picture], pictures: Mapping[str, PictureShape], *, is_page: bool, lines: int
) -> list[GalleryRow]:
    shapes = [pictures[picture.source] for picture in shown]
    divide = _filling if is_page else _divided
    counts = divide([shape.proportion for shape in shapes])
    heights = _heights(counts, [shape.proportion for shape in shapes], is_page=is_page)
    share = 1 + lines * LINE / sum(heights) if heights else 1.0
    heights = [height * share for height in heights]
    rows, at = [], 0
    for height, count in zip(heights, counts, strict=True):
        pair = list(zip(shown[at : at + count], shapes[at : at + count], strict=True))
        width = MEASURE - GAP * (count - 1)
        proportions = [min(max(shape.proportion, 0.62), 1.7) for _, shape in pair]
        cells = []
        for (picture, shape), proportion in zip(pair, proportions, strict=True):
            share = round(width * proportion / sum(proportions), 2)
            cells.append((picture, cropped_less("cell", (share, round(height, 2)), shape, picture.focus)))
        rows.append(GalleryRow(round(height, 2), tuple(cells)))
        at += count
    return rows


def _heights(counts: Sequence[int], proportions: Sequence[float], *, is_page: bool) -> list[float]:
    """Return the heights of rows: filling a page of their own; below a head, as low as a page needs."""
    natural = _natural(counts, proportions)
    if is_page:
        stretch = _stretch(counts, proportions)
        return [height * stretch for height in natural]
    heights = [min(max(height, _LOWEST), _TALLEST) for height in natural]
    room, whole = _ROOM - _CAPTION * len(counts), sum(heights)
    share = room / whole if _LEAST_SHARE * whole <= room < whole else 1.0
    return [height * share for height in heights]


def _natural(counts: Sequence[int], proportions: Sequence[float]) -> list[float]:
    """Return the heights of rows of so many pictures each, none of them cropped."""
    heights, at = [], 0
    for count in counts:
        shown = sum(min(max(proportion, 0.62), 1.7) for proportion in proportions[at : at + count])
        heights.append((MEASURE - GAP * (count - 1)) / shown)
        at += count
    return heights


def _stretch(counts: Sequence[int], proportions: Sequence[float]) -> float:
    """Return by what all rows are made higher or lower, so that they fill a page as far as that may be."""
    room = _PAGE_OF_ROWS - _BELOW_ROW * len(counts)
    least, most = _STRETCHED
    return min(max(room / sum(_natural(counts, proportions)), least), most)


def _filling(proportions: Sequence[float]) -> list[int]:
    """Return how many pictures stand in each row, so that they fill a page and are cropped least."""

    def cost(counts: list[int]) -> tuple[float, float]:
        room = _PAGE_OF_ROWS - _BELOW_ROW * len(counts)
        heights = _natural(counts, proportions)
        return round(abs(math.log(room / sum(heights))), 1), max(heights) / min(heights)

    return min(_divisions(len(proportions)), key=cost)


def _divisions(number: int) -> Iterator[list[int]]:
    """Yield every way to divide so many pictures into rows of one to three."""
    if not number:
        yield []
    for count in range(1, min(3, number) + 1):
        yield from ([count, *others] for others in _divisions(number - count))


def _divided(proportions: Sequence[float]) -> list[int]:
    """Return how many pictures stand in each row, so that the rows are about equally high."""
    ideal = MEASURE / 2.4
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for end in range(1, len(proportions) + 1):
        options = []
        for count in range(1, min(4, end) + 1):
            cost, counts = best[end - count]
            natural = (MEASURE - GAP * (count - 1)) / sum(proportions[end - count : end])
            alone = 0.6 if count == 1 and len(proportions) > 1 else 0.0
            options.append((cost + (natural / ideal - 1) ** 2 + alone, [*counts, count]))
        best.append(min(options))
    return best[-1][1]


__all__ = ["GAP", "MEASURE", "GalleryMakeUp", "GalleryRow", "gallery_of", "has_pixels", "play_of_rows"]
