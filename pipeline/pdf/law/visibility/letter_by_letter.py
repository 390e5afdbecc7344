"""Texts judged letter by letter, at high resolution: which letters are hidden, and which are too faint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.pdf.law.drawn.letters import letters_of
from pipeline.pdf.law.drawn.page_pixels import pixels_of
from pipeline.pdf.law.visibility.contrast import LEAST_CONTRAST, contrast_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Box, DrawnPage, Fragment
    from pipeline.pdf.law.drawn.page_pixels import PagePixels

CLOSE_PPI: Final = 250
"""Pixels per inch at which letters are judged."""

_LEAST_EXTENT: Final = 0.7
"""Share of a letter's width and height that must be seen."""

_ROOM: Final = 2.0
"""Points around a text that are drawn with it when its letters are judged."""


class LostLetters(NamedTuple):
    """The letters of a text that cannot be seen.

    Args:
        fragment: The text.
        hidden: Those without ink, or with little of it.
        faint: Those that cannot be told from their ground.
        contrast: The least of a faint one; `LEAST_CONTRAST` where none is.
    """

    fragment: Fragment
    hidden: str
    faint: str
    contrast: float


def lost_letters(drawn: DrawnPage, suspects: Sequence[Fragment]) -> Iterator[LostLetters]:
    """Yield of each text the letters that cannot be seen, none where all can.

    Args:
        drawn: The page.
        suspects: The texts to judge.
    """
    if not suspects:
        return
    letters = letters_of(drawn, suspects)
    for fragment in suspects:
        pixels = pixels_of(drawn, CLOSE_PPI, fragment.box.grown(_ROOM))
        yield _judged_letters(fragment, letters[fragment], pixels)


def _judged_letters(
    fragment: Fragment, letters: Sequence[tuple[str, Box]], pixels: PagePixels
) -> LostLetters:
    hidden, faint = "", ""
    weakest = LEAST_CONTRAST
    for letter, box in letters:
        area = pixels.area(box)
        seen = pixels.ink.crop(area).getbbox()
        if seen is None or not _is_mostly_seen(seen, area):
            hidden += letter
            continue
        contrast = _strongest_contrast(pixels, area)
        if contrast < LEAST_CONTRAST:
            faint += letter
            weakest = min(weakest, contrast)
    return LostLetters(fragment, hidden, faint, weakest)


def _is_mostly_seen(seen: tuple[int, int, int, int], area: tuple[int, int, int, int]) -> bool:
    wide, high = area[2] - area[0], area[3] - area[1]
    across = seen[2] - seen[0] >= _LEAST_EXTENT * (wide - 2)
    return across and seen[3] - seen[1] >= _LEAST_EXTENT * (high - 2)


def _strongest_contrast(pixels: PagePixels, area: tuple[int, int, int, int]) -> float:
    """Return the contrast of the pixel that differs most from the page without text."""
    change = pixels.change.crop(area)
    most = change.getextrema()[1]
    at = change.tobytes().index(bytes([int(most)]))  # type: ignore[arg-type]
    where = area[0] + at % change.width, area[1] + at // change.width
    return contrast_of(pixels.full.getpixel(where), pixels.bare.getpixel(where))
