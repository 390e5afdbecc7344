"""The pictures of a gallery: in rows of one height, or on a spread with one picture over a whole page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.makeup.forms import figures_of
from pipeline.page.makeup.slots import Slot, cropped, has_pixels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.models.issue import Article
    from pipeline.models.text import Picture
    from pipeline.page.makeup.slots import PictureShape

MEASURE: Final = 174.0
GAP: Final = 3.0
_WHOLE_PAGE: Final = (216.0, 232.0)
"""Millimetres."""

_FEWEST_OF_SPREAD: Final = 6
"""Pictures that fill a spread, at least."""

_HEIGHTS: Final = {1: (108.0,), 2: (100.0, 110.0), 3: (78.0, 58.0, 78.0), 4: (54.0, 50.0, 50.0, 54.0)}
"""Millimetres: the heights of rows, by how many there are on a page."""

_TALLEST: Final = 84.0
_LOWEST: Final = 42.0
_ROOM: Final = 212.0
_CAPTION: Final = 12.0
_LEAST_SHARE: Final = 0.7
"""Millimetres of a page for rows below the head of a gallery, and of captions below each row; rows too high
for a page are made lower, to this share at least."""


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
    article: Article, pictures: Mapping[str, PictureShape], *, may_spread: bool = True
) -> GalleryMakeUp:
    """Return how a gallery is set.

    From six pictures on, it is a spread: the first that has the pixels for it and is not much wider than high
    fills the left page.

    Args:
        article: The gallery.
        pictures: What is known of each picture file, by source; one that is not in it is left out.
        may_spread: Whether it may fill a spread.
    """
    shown = [figure.picture for figure in figures_of(article) if figure.picture.source in pictures]
    is_spread = may_spread and len(shown) >= _FEWEST_OF_SPREAD
    whole = _whole_page(shown, pictures) if is_spread else None
    others = [picture for picture in shown if whole is None or picture is not whole[0]]
    return GalleryMakeUp(whole, tuple(_rows(others, pictures, is_page=whole is not None)))


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
    return shape.pixels * 25.4 / slot.set_width >= 150  # noqa: PLR2004 - the least that paper allows


def _rows(
    shown: Sequence[Picture], pictures: Mapping[str, PictureShape], *, is_page: bool
) -> list[GalleryRow]:
    shapes = [pictures[picture.source] for picture in shown]
    counts = _divided([shape.proportion for shape in shapes])
    heights = _HEIGHTS.get(len(counts)) if is_page else None
    heights = heights or _heights_on_page(counts, shapes)
    rows, at = [], 0
    for height, count in zip(heights, counts, strict=True):
        pair = list(zip(shown[at : at + count], shapes[at : at + count], strict=True))
        width = MEASURE - GAP * (count - 1)
        proportions = _proportions([shape for _, shape in pair])
        cells = []
        for (picture, shape), proportion in zip(pair, proportions, strict=True):
            share = round(width * proportion / sum(proportions), 2)
            cells.append((picture, cropped("cell", (share, round(height, 2)), shape, picture.focus)))
        rows.append(GalleryRow(round(height, 2), tuple(cells)))
        at += count
    return rows


def _heights_on_page(counts: Sequence[int], shapes: Sequence[PictureShape]) -> tuple[float, ...]:
    """Return the heights of rows whose pictures are whole; lower ones where a page then holds them all."""
    heights, at = [], 0
    for count in counts:
        natural = (MEASURE - GAP * (count - 1)) / sum(_proportions(shapes[at : at + count]))
        heights.append(min(max(natural, _LOWEST), _TALLEST))
        at += count
    room, whole = _ROOM - _CAPTION * len(counts), sum(heights)
    share = room / whole if _LEAST_SHARE * whole <= room < whole else 1.0
    return tuple(height * share for height in heights)


def _proportions(shapes: Sequence[PictureShape]) -> list[float]:
    """Return the proportions of cells: a very narrow or wide photograph is cropped."""
    return [min(max(shape.proportion, 0.62), 1.7) for shape in shapes]


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


__all__ = ["GAP", "MEASURE", "GalleryMakeUp", "GalleryRow", "gallery_of", "has_pixels"]
