"""What a page of a PDF draws: its text objects and pictures, each with its place and look."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple


class Box(NamedTuple):
    """A rectangle in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, other: Box, around: float = 0.5) -> bool:
        """Return whether another lies within, but for a hair."""
        outer = self.grown(around)
        across = outer.left <= other.left and other.right <= outer.right
        return across and outer.bottom <= other.bottom and other.top <= outer.top

    def grown(self, by: float) -> Box:
        """Return the rectangle with some points more on each side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def within(self, other: Box) -> Box:
        """Return what lies in another too; it has no width or height where they do not meet."""
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        return Box(
            left, bottom, max(left, min(self.right, other.right)), max(bottom, min(self.top, other.top))
        )

    def meets(self, other: Box) -> bool:
        """Return whether both have an area in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top


@dataclass(slots=True, eq=False)
class Fragment:
    """A text object: mostly one line, or the part of a line that is set in one face.

    Args:
        page: From 1.
        at: Its number among all fragments of the file, in the order in which they are painted.
        text: As pdfium gives it.
        signs: As it is compared.
        bare: Its signs without hyphens.
        box: Around its ink.
        left: Where its first letter begins.
        baseline: In points from the lower edge of the page.
        size: Font size in points.
        colour: Red, green, blue and opacity, 0 to 255 each; None for a pattern.
        handle: Of the object in pdfium.
        is_cut: Whether the clipping path does not hold all of its box.
        is_distorted: Whether it is drawn mirrored, upside down, or far narrower or lower than its face is.
        is_veiled: Whether it may be paler than its colour: in a group, under a soft mask or blended.
        face: A number of its face, the same for all texts of a page that are set in it.
    """

    page: int
    at: int
    text: str
    signs: str
    bare: str
    box: Box
    left: float
    baseline: float
    size: float
    colour: tuple[int, int, int, int] | None
    handle: Any
    is_cut: bool = False
    is_distorted: bool = False
    is_veiled: bool = False
    face: int = 0

    def is_on_line_of(self, other: Fragment) -> bool:
        """Return whether both stand on one line; a raised or lowered numeral does."""
        away = abs(self.baseline - other.baseline)
        return self.page == other.page and away <= _RAISED * max(self.size, other.size)


_RAISED: Final = 0.7
"""Font sizes by which the baselines of a line may differ."""


class DrawnPicture(NamedTuple):
    """A picture of pixels.

    Args:
        box: Where it is painted, with what is cut off.
        seen: What the clipping paths leave of it.
        handle: Of the object in pdfium.
        is_veiled: As of a text.
    """

    box: Box
    seen: Box
    handle: Any
    is_veiled: bool


@dataclass(slots=True)
class DrawnPage:
    """A page.

    Args:
        number: From 1.
        page: In pdfium.
        texts: Its text in pdfium.
        sheet: All that is drawn of it, with bleed and marks.
        trim: The cut page.
        fragments: Its text objects as they are painted.
        others: What is painted and is no text, with how many fragments of the file are painted before it.
        unread: Text objects whose text pdfium does not give.
        text_handles: All text objects in pdfium, with those that hold spaces alone.
        pictures: Its pictures of pixels as they are painted.
    """

    number: int
    page: Any
    texts: Any
    sheet: Box
    trim: Box
    fragments: list[Fragment] = field(default_factory=list)
    others: list[tuple[int, Box]] = field(default_factory=list)
    unread: list[Box] = field(default_factory=list)
    text_handles: list[Any] = field(default_factory=list)
    pictures: list[DrawnPicture] = field(default_factory=list)
