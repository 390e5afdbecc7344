"""Pictures as templates set them: each with its address and its size on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.models.text import Figure
from pipeline.page.pictures.sizes import cover_width, gallery_rows, picture_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.models.text import Picture
    from pipeline.page.marks import PrintedPicture


class Print(NamedTuple):
    """A picture with its size on the page.

    Args:
        url: The address the engine fetches it from.
        width: In millimetres.
        height: In millimetres.
        is_photograph: Whether its credit is that of a photograph.
    """

    url: str
    width: float
    height: float
    is_photograph: bool = False


def print_of(
    picture: Picture,
    width: float | None = None,
    *,
    pictures: Mapping[str, PrintedPicture],
    measures: Mapping[str, float],
) -> Print:
    """Return a picture with its size: as wide as it is said to be, or as its measure and its shape allow."""
    printed = pictures[picture.source]
    across = width or picture_width(printed.proportion, measures[picture.measure.simple])
    return Print(printed.url, across, round(across / printed.proportion, 2), printed.is_photograph)


def cover_print(
    picture: Picture, pictures: Mapping[str, PrintedPicture], measures: Mapping[str, float]
) -> Print:
    """Return the picture of the cover with its size."""
    width = cover_width(pictures[picture.source].proportion, measures)
    return print_of(picture, width, pictures=pictures, measures=measures)


def rows_of(body: tuple[object, ...], pictures: Mapping[str, PrintedPicture], width: float) -> object:
    """Return the rows of a gallery, whose pictures share a height."""
    shown = [block.picture for block in body if isinstance(block, Figure)]
    return gallery_rows(shown, [pictures[picture.source].proportion for picture in shown], width)
