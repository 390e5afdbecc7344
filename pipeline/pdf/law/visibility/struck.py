"""Lines drawn through words: struck through, or a rule of a table or a frame across them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.drawn.page_pixels import pixels_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Box, DrawnPage, Fragment
    from pipeline.pdf.law.drawn.page_pixels import PagePixels

_THICKEST: Final = 0.2
"""Font sizes that a line is thick, at most; what is thicker covers, or is a ground."""

_LOWEST: Final = 0.1
_HIGHEST: Final = 0.5
"""Font sizes above the baseline between which a line goes through letters; below, it underlines."""

_SHORTEST: Final = 0.25
"""Share of a text's width that a line goes through, at least."""

_UPRIGHT: Final = 0.6
"""Share of a text's height that an upright line goes through, at least."""

_INSIDE: Final = 0.4
"""Font sizes from the ends of a text between which an upright line goes through it."""

_BAND: Final = 16


def struck_texts(drawn: DrawnPage, fragments: Sequence[Fragment], pixels: PagePixels) -> Iterator[Fragment]:
    """Yield texts that a line goes through.

    Args:
        drawn: The page.
        fragments: Of this page, each of some width and height.
        pixels: Of this page.
    """
    bands: dict[int, list[Box]] = defaultdict(list)
    largest = max((fragment.size for fragment in fragments), default=0)
    for _, box in drawn.others:
        if min(box.right - box.left, box.top - box.bottom) <= _THICKEST * largest:
            for band in range(int(box.bottom) // _BAND, int(box.top) // _BAND + 1):
                bands[band].append(box)
    for fragment in fragments:
        near = {
            line
            for band in range(int(fragment.box.bottom) // _BAND, int(fragment.box.top) // _BAND + 1)
            for line in bands.get(band, ())
        }
        through = [line for line in near if _goes_through(line, fragment)]
        if any(_is_seen(line.within(fragment.box), pixels, _AROUND) for line in through) or any(
            _is_seen_closely(line.within(fragment.box), drawn) for line in through if line.meets(fragment.box)
        ):
            yield fragment


def _goes_through(line: Box, fragment: Fragment) -> bool:
    box, size = fragment.box, fragment.size
    thin = _THICKEST * size
    if line.top - line.bottom <= thin:
        across = min(line.right, box.right) - max(line.left, box.left)
        middle = (line.top + line.bottom) / 2 - fragment.baseline
        return across >= _SHORTEST * (box.right - box.left) and _LOWEST * size < middle < _HIGHEST * size
    if line.right - line.left <= thin:
        up = min(line.top, box.top) - max(line.bottom, box.bottom)
        middle = (line.left + line.right) / 2
        inside = box.left + _INSIDE * size < middle < box.right - _INSIDE * size
        return inside and up >= _UPRIGHT * (box.top - box.bottom)
    return False


def _is_seen(line: Box, pixels: PagePixels, around: float) -> bool:
    """Return whether the page without its text has more than one colour where a line meets a text."""
    grounds = pixels.bare.crop(pixels.area(line, around)).getextrema()
    return any(most - least > _LEAST_CHANGE for least, most in grounds)  # type: ignore[misc]


def _is_seen_closely(line: Box, drawn: DrawnPage) -> bool:
    """Return the same of a line that low resolution mixes with its ground: a hairline, or of a like colour.

    Args:
        line: Where it meets the text.
        drawn: The page.
    """
    return _is_seen(line, pixels_of(drawn, _CLOSE_PPI, line.grown(_ROOM)), _CLOSE_AROUND)


_LEAST_CHANGE: Final = 12
"""Difference of a channel, of 255, that a line makes, at least."""

_AROUND: Final = 2.0
"""Points around a line that show its ground."""

_CLOSE_PPI: Final = 400
"""Pixels per inch at which a hairline fills more than a pixel."""

_CLOSE_AROUND: Final = 0.4
_ROOM: Final = 1.0
"""Points around it then, and those that are drawn."""
