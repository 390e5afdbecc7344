"""A first look at a page, at low resolution: which texts may be hidden in part, and their contrast."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.drawn.page_pixels import Rows, not_white, pixels_of
from pipeline.pdf.law.visibility.bands import bands_of, by_bands
from pipeline.pdf.law.visibility.contrast import contrast_of, mixed

if TYPE_CHECKING:
    from pipeline.pdf.law.drawn.drawn_text import DrawnPage, Fragment

PPI: Final = 50
"""Pixels per inch."""

_WIDEST_GAP: Final = 0.9
"""Font sizes between two letters of a line, at most, unless all its spaces are wide."""

_EVEN: Final = 1.6
"""How much wider the widest space of a line is than most, at most."""

_NEARLY_ONE_COLOUR: Final = 8
"""Difference of a channel within a ground of one colour, at most."""

_FAINT: Final = 0.3
"""Share of the expected difference from the ground below which the strongest pixel of text is doubtful."""

_LOST: Final = 0.45
"""Font sizes at an end of a text where ink is missing that are doubtful."""

_WHITE: Final = (255, 255, 255)


class FirstLook:
    """A page at low resolution.

    Args:
        drawn: The page.
    """

    def __init__(self, drawn: DrawnPage) -> None:
        self.pixels = pixels_of(drawn, PPI)
        self._ink = Rows(self.pixels.ink)
        self._change = Rows(self.pixels.change)
        self._grounds = not_white(self.pixels.bare)
        self._others = by_bands(drawn.others, lambda other: other[1])

    def contrast(self, fragment: Fragment) -> float | None:
        """Return the contrast of a text with its ground, or None where the ground has several colours."""
        if fragment.colour is None:
            return None
        ground = self._ground(self.pixels.area(fragment.box))
        return None if ground is None else contrast_of(mixed(fragment.colour, ground), ground)

    def is_doubtful(self, fragment: Fragment) -> bool:
        """Return whether a text may be hidden in part.

        Little ink, a gap, a lost end, or something painted over it.
        """
        if fragment.is_cut or fragment.is_veiled or self._is_covered(fragment):
            return True
        area = self.pixels.area(fragment.box)
        rows = self._ink.of(area)
        if not rows:
            return True
        across = functools.reduce(_both, rows, bytes(len(rows[0])))
        down = bytes(map(any, rows))
        scale = self.pixels.scale
        width = max(3, round(_LOST * fragment.size * scale))
        # The box of a text encloses the spaces at its ends too.
        spaces = width * (fragment.text[0].isspace() or fragment.text[-1].isspace())
        if not any(across) or _lost_at_ends(across, width + spaces) or _lost_at_ends(down, 2):
            return True
        return _is_gap_wide(across, fragment, scale) or self._is_faint(fragment, area)

    def _is_faint(self, fragment: Fragment, area: tuple[int, int, int, int]) -> bool:
        ground = self._ground(area)
        if ground is None or fragment.colour is None:
            return True
        ink = mixed(fragment.colour, ground)
        expected = max(abs(one - other) for one, other in zip(ink, ground, strict=True))
        return max(b"".join(self._change.of(area))) < _FAINT * expected

    def _is_covered(self, fragment: Fragment) -> bool:
        """Return whether something is painted over a text."""
        box, at = fragment.box, fragment.at
        return any(
            count > at and other.meets(box)
            for band in bands_of(box)
            for count, other in self._others.get(band, ())
        )

    def _ground(self, area: tuple[int, int, int, int]) -> tuple[int, int, int] | None:
        """Return the colour of the ground, or None where it has several."""
        if not any(b"".join(self._grounds.of(area))):
            return _WHITE
        ground = self.pixels.bare.crop(area).getextrema()
        if any(most - least > _NEARLY_ONE_COLOUR for least, most in ground):  # type: ignore[misc]
            return None
        red, green, blue = (int(channel[0]) for channel in ground)  # type: ignore[index]
        return red, green, blue


def _both(one: bytes, other: bytes) -> bytes:
    """Return where either of two rows of pixels has ink."""
    return (int.from_bytes(one) | int.from_bytes(other)).to_bytes(len(one))


def _lost_at_ends(ink: bytes, allowed: int) -> bool:
    """Return whether ink is missing at an end of a text's box, which encloses its ink, by so many pixels."""
    return len(ink) > 2 * allowed and (not any(ink[:allowed]) or not any(ink[-allowed:]))


def _is_gap_wide(ink: bytes, fragment: Fragment, scale: float) -> bool:
    gaps = sorted(map(len, ink.strip(b"\0").split(b"\1")))
    if gaps[-1] <= _WIDEST_GAP * fragment.size * scale:
        return False
    spaces = [gap for gap in gaps if gap > 0.2 * fragment.size * scale]
    usual = spaces[len(spaces) // 2]
    return len(spaces) > len(fragment.text.split()) - 1 or gaps[-1] > _EVEN * usual or len(spaces) == 1
