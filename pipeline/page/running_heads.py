"""Heads that must fit on a line: the running heads beside each other, and the title on the first page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.models.editions import POINTS_A_MILLIMETRE
from pipeline.typography.text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.page.style import Style

_SIZE: Final = 8.0
"""Of running heads, in points."""

_GAP: Final = 17.0
"""The least space between the two, in points: 6 mm."""

_REGULAR: Final = 400
_BOLD: Final = 700
_CUT: Final = "…"

_PIECES: Final = re.compile(r"[^\s-]*(?:-|\s+|$)")
"""What a line may end after."""

_TITLE_SIZES: Final = (("", 9, 82.0), ("long", 18, 52.0))
"""The classes of the title on the first page: the most letters of each, and its size in points."""

_LONGER: Final = 36.0
_MOST_LINES: Final = 6
"""Size in points of the class `longer`, and how many lines of it there may be; more are set smaller."""


class RunningHeads(NamedTuple):
    """Running heads of an issue.

    Args:
        publication: The left one, the same on all pages.
        room: What is left for the right one, in points.
        face: Of both.
    """

    publication: str
    room: float
    face: Path

    def section(self, text: str) -> str:
        """Return the right one: the text of a section's heading, cut where it has no room."""
        return _cut(text, self.room, self.face)


def running_heads(title: str, sections: Sequence[str], style: Style) -> RunningHeads:
    """Fit running heads into the width of a page.

    Args:
        title: What the left one says.
        sections: What the right one says, by section.
        style: The style, whose widest measure is the width.
    """
    face = face_of(style, _REGULAR)
    whole = style.plan.measures["wide"] * POINTS_A_MILLIMETRE - _GAP
    longest = max((text_width(text, face, _SIZE) for text in sections), default=0.0)
    room = max(whole / 2, whole - longest)
    left = _cut(title, room, face)
    return RunningHeads(left, whole - text_width(left, face, _SIZE), face)


def title_class(title: str, style: Style) -> str:
    """Return the class of a title on the first page: the largest size at which it has room.

    Args:
        title: Of the publication.
        style: The style, whose widest measure is the width.
    """
    face = face_of(style, _BOLD)
    width = style.plan.measures["wide"] * POINTS_A_MILLIMETRE
    for name, most_letters, size in _TITLE_SIZES:
        # The largest size is for one line, in the next the words may stand on several.
        pieces = title.split() if name else [title]
        if len(title) <= most_letters and all(text_width(piece, face, size) <= width for piece in pieces):
            return name
    return "longer" if lines_of(title, face, _LONGER, width) <= _MOST_LINES else "longest"


def lines_of(text: str, face: Path, size: float, width: float) -> int:
    """Return on how many lines a text stands; words are divided at their own hyphens alone.

    Args:
        text: The text.
        face: Its face.
        size: In points.
        width: Of a line, in points.
    """
    count, filled = 1, 0.0
    for piece in _PIECES.findall(text):
        wide = text_width(piece, face, size)
        if filled and filled + wide > width:
            count, filled = count + 1, 0.0
        # A word wider than the line goes on over as many lines as it needs.
        count += int(wide // width)
        filled += wide % width
    return count


def _cut(text: str, room: float, face: Path) -> str:
    """Return as many words of a text as have room, with an ellipsis where some are missing."""
    if text_width(text, face, _SIZE) <= room:
        return text
    words = text.split()
    while len(words) > 1 and text_width(" ".join(words) + _CUT, face, _SIZE) > room:
        words.pop()
    cut = " ".join(words)
    while len(cut) > 1 and text_width(cut + _CUT, face, _SIZE) > room:
        cut = cut[:-1]
    return cut.rstrip(" ,;:–-„(") + _CUT


def face_of(style: Style, weight: int, role: str = "head") -> Path:
    """Return the upright face of a style that is nearest to a weight.

    Args:
        style: The style.
        weight: As a sheet names it.
        role: Of the family.
    """
    family = style.plan.families[role]
    faces = [face for face in style.plan.faces if face.family == family and not face.italic]
    return style.faces[min(faces, key=lambda face: abs(face.weight - weight)).file]
