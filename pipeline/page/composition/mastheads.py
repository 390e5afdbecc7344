"""The masthead on the first page: publisher and title in sizes at which neither lies over the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.models.editions import POINTS_A_MILLIMETRE
from pipeline.page.makeup.covers import Cover
from pipeline.page.running_heads import face_of, lines_of, title_class

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.page.style import Style

_TITLES: Final = {"": (76.0, 76.0), "long": (52.0, 54.0), "longer": (36.0, 38.0), "small": (25.0, 28.0)}
"""Size, as it is measured, and leading of each class of the title but the least, in points."""

_LEAST: Final = "longest"

_PUBLISHERS: Final = {"": (10.5, 13.0), "long": (8.5, 10.5)}
"""Likewise of the classes of the publisher's name."""

_BOLD, _SEMIBOLD = 700, 600
_WIDTH: Final = 174.0
_PUBLISHER_TOP: Final = 15.0
_PUBLISHER_WIDTH: Final = 100.0
_MOST_PUBLISHER_LINES: Final = 2
_MARK_TOP: Final = 11.0
_MARK_WIDTH: Final = 108.0
_MARK_GAP: Final = 5.0
_LOGO_WIDTH: Final = 66.0
_LOGO_HEIGHTS: Final = {"": 13.0, "long": 11.0}
_LOGO_HEIGHT: Final = 9.5
"""Millimetres, from the upper edge of the band, as the sheet and the template of the cover have them."""

_FEET: Final = {Cover.PHOTO: 61.0, Cover.FULL: 55.0}
"""Where a title ends that stands at the foot of the band."""

_TITLE_TOP: Final = 30.0
_ROOMS: Final = {Cover.ART: 38.2, Cover.TYPE: 73.0}
"""Where a title begins that stands at a fixed height, and the height it has down to what follows."""

_GAP: Final = 1.0


class Masthead(NamedTuple):
    """The classes of the masthead.

    Args:
        title: Of the title of the publication.
        publisher: Of the name of the publisher.
    """

    title: str
    publisher: str


def masthead_of(
    title: str, publisher: str, cover: Cover, style: Style, proportion: float | None = None
) -> Masthead:
    """Return the largest sizes at which the masthead has room.

    Args:
        title: Of the publication.
        publisher: Its name.
        cover: The kind of the cover.
        style: One that makes pages up.
        proportion: The width of the house's logo over its height, or None where it has none.
    """
    wanted = title_class(title, style)
    names = [*_TITLES, _LEAST]
    for name in names[names.index(wanted) :]:
        for of_publisher, bottom in _publishers(publisher, name, style, proportion):
            if _has_room(title, name, bottom, cover, style):
                return Masthead(name, of_publisher)
    return Masthead(_LEAST, "long")


def _publishers(
    publisher: str, title: str, style: Style, proportion: float | None
) -> Iterator[tuple[str, float]]:
    """Yield the classes the publisher may have beside one of the title, each with its lower edge."""
    face = face_of(style, _SEMIBOLD, "small")
    height = _LOGO_HEIGHTS.get(title, _LOGO_HEIGHT) if proportion else 0.0
    width = _PUBLISHER_WIDTH
    if proportion:
        width = _MARK_WIDTH - _MARK_GAP - min(_LOGO_WIDTH, height * proportion)
    top = _MARK_TOP if proportion else _PUBLISHER_TOP
    for name, (size, leading) in _PUBLISHERS.items():
        count = lines_of(publisher, face, size, width * POINTS_A_MILLIMETRE)
        if name or proportion or count <= _MOST_PUBLISHER_LINES:
            yield name, top + max(height, count * leading / POINTS_A_MILLIMETRE)


def _has_room(title: str, name: str, bottom: float, cover: Cover, style: Style) -> bool:
    if name == _LEAST:
        return cover not in _ROOMS or bottom <= _TITLE_TOP
    size, leading = _TITLES[name]
    lines = lines_of(title, face_of(style, _BOLD), size, _WIDTH * POINTS_A_MILLIMETRE) if name else 1
    height = lines * leading / POINTS_A_MILLIMETRE
    if cover in _ROOMS:
        return height <= _ROOMS[cover] and bottom <= _TITLE_TOP
    return bottom + _GAP <= _FEET[cover] - height
