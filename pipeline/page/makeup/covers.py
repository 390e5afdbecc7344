"""Which of the covers an issue has: a photograph in a field or over the page, a drawing, or type alone."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.makeup.slots import Slot, cropped, has_pixels
from pipeline.page.pictures.picture_info import FEWEST_ON_PAPER, MILLIMETRES_AN_INCH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.models.issue import Article, Issue
    from pipeline.page.makeup.slots import PictureShape

MOST_ENTRIES: Final = 6
"""Entries of the contents that a cover with a drawing or type alone holds, at most."""

_PHOTO: Final = (216.0, 158.0)
_FULL: Final = (216.0, 242.0)
_ART: Final = (216.0, 78.0)
_INSET: Final = ((174.0, 127.0), (114.0, 84.0), (84.0, 62.0))
"""Millimetres: the field of the picture of each cover, and the smaller ones for few pixels."""

_LONGEST_GREETING: Final = 110
_LONGEST_BESIDE: Final = 160
_LONGEST_TEASERS: Final = 260
_LONGEST_LARGE: Final = 75
_LONGEST_SMALLER: Final = 140
"""Characters for which there is room: of a greeting below the head or beside the contents, of the teasers, of
the issue's title in its two larger sizes."""

_UPRIGHT: Final = 0.95

_PANORAMA: Final = 2.0
"""Width over height, at least, of a photograph for which there is a low field."""

_MOST_SET_WIDTH: Final = 1.5
"""Page widths that a panorama in a low field has with what is cropped, at most."""


class Cover(StrEnum):
    """A kind of cover."""

    PHOTO = "photo"
    FULL = "full"
    ART = "art"
    TYPE = "type"


class CoverMakeUp(NamedTuple):
    """How the first page is made up.

    Args:
        cover: Its kind.
        slot: The slot of its picture, or None.
        holds_contents: Whether the contents stand on it; else on the next page, with a long greeting.
        holds_greeting: Whether the greeting stands on it.
        teasers: The articles that it names besides.
        title_size: The class of the issue's title: empty for the largest, `smaller`, `smallest`.
    """

    cover: Cover
    slot: Slot | None
    holds_contents: bool
    holds_greeting: bool
    teasers: tuple[Article, ...]
    title_size: str

    @property
    def lower(self) -> float:
        """How many millimetres lower the field of a photograph begins, for its foot to stay where it is."""
        if self.cover is not Cover.PHOTO or self.slot is None or self.slot.name != "cover":
            return 0.0
        return round(_PHOTO[1] - self.slot.height, 2)


def cover_of(issue: Issue, pictures: Mapping[str, PictureShape], entries: int) -> CoverMakeUp:
    """Return how the first page is made up.

    Args:
        issue: The issue.
        pictures: What is known of each picture file, by source.
        entries: How many entries the contents have.
    """
    shape = pictures.get(issue.cover.source) if issue.cover is not None else None
    greeting = len(issue.greeting or "")
    plan = CoverMakeUp(
        Cover.TYPE,
        None,
        holds_contents=entries <= MOST_ENTRIES and greeting <= _LONGEST_GREETING,
        holds_greeting=greeting <= _LONGEST_GREETING,
        teasers=(),
        title_size=_title_size(issue.title),
    )
    if issue.cover is None or shape is None:
        return plan
    focus = issue.cover.focus
    if not shape.is_photograph:
        slot = cropped("cover", _ART, shape, focus)
        fits = greeting <= _LONGEST_BESIDE
        return plan._replace(
            cover=Cover.ART, slot=slot, holds_greeting=fits, holds_contents=fits and entries <= MOST_ENTRIES
        )
    teasers = tuple(section.articles[0] for section in issue.sections[1:4])
    if sum(len(article.head.title) for article in teasers) > _LONGEST_TEASERS:
        teasers = teasers[:1]
    plan = plan._replace(holds_contents=False, teasers=teasers)
    is_full = shape.proportion < _UPRIGHT
    slot = cropped("cover", _FULL if is_full else _PHOTO, shape, focus)
    if shape.pixels / (slot.set_width / MILLIMETRES_AN_INCH) >= FEWEST_ON_PAPER:
        if is_full:
            return plan._replace(cover=Cover.FULL, slot=slot, holds_greeting=False)
        return plan._replace(cover=Cover.PHOTO, slot=slot)
    if not is_full and (low := _low_field(shape)):
        return plan._replace(cover=Cover.PHOTO, slot=cropped("cover", (_PHOTO[0], low), shape, focus))
    smaller = [cropped("inset", size, shape, focus) for size in _INSET]
    slot = next((each for each in smaller if has_pixels(shape, each.set_width)), smaller[-1])
    return plan._replace(cover=Cover.PHOTO, slot=slot)


def _low_field(shape: PictureShape) -> float:
    """Return the height of a field over the page's width in which a panorama has pixels enough, or 0.

    There it keeps two thirds of its width, at least.
    """
    width = _PHOTO[0]
    by_pixels = shape.pixels * MILLIMETRES_AN_INCH / FEWEST_ON_PAPER / shape.proportion
    height = min(by_pixels, width * _MOST_SET_WIDTH / shape.proportion, _PHOTO[1])
    return round(height, 1) if shape.proportion >= _PANORAMA and height >= width / shape.proportion else 0.0


def _title_size(title: str) -> str:
    if len(title) <= _LONGEST_LARGE:
        return ""
    return "smaller" if len(title) <= _LONGEST_SMALLER else "smallest"
