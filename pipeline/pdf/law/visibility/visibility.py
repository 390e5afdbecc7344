"""Whether what a page paints as text can be seen: on the page, of some size, uncovered, told from its ground.

A first look at low resolution leaves few suspects; each of these is then judged letter by letter.
"""

from __future__ import annotations

import functools
import unicodedata
from collections import defaultdict
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from pipeline.pdf.law.drawn.letters import letters_of
from pipeline.pdf.law.drawn.page_pixels import Rows, not_white, pixels_of
from pipeline.pdf.law.visibility.struck import struck_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Box, DrawnPage, Fragment
    from pipeline.pdf.law.drawn.page_pixels import PagePixels

_Item = TypeVar("_Item")

PPI: Final = 50
"""Pixels per inch of the first look."""

CLOSE_PPI: Final = 250
"""Pixels per inch at which a suspect is judged."""

LEAST_CONTRAST: Final = 2.0
"""Contrast of letters and ground below which nobody can read them (WCAG 2.2: (L1 + 0.05) / (L2 + 0.05))."""

_LEAST_SIZE: Final = 1.5
"""Points; type below cannot be read."""

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

_ACROSS: Final = 0.3
_UPWARDS: Final = 0.45
"""Shares of the smaller of two texts that the other may overlap."""

_ACROSS_A_SIGN: Final = 0.45
"""The first for a sign by itself: the tail of an italic f reaches below the sign before it."""

_WHITE: Final = (255, 255, 255)

_BEYOND: Final = 1.0
"""Points by which a letter may stick out of the trim."""

_LEAST_EXTENT: Final = 0.7
"""Share of a letter's width and height that must be seen."""


_ROOM: Final = 2.0
"""Points around a text that are drawn with it when its letters are judged."""


class Fault(Enum):
    """Why a text cannot be read."""

    OFF_PAGE = auto()
    NO_SIZE = auto()
    HIDDEN = auto()
    NO_CONTRAST = auto()
    OVERLAPPED = auto()
    DISTORTED = auto()
    STRUCK = auto()


class Unreadable(NamedTuple):
    """A text that cannot be read.

    Args:
        fragment: The text.
        fault: Why.
        words: The words concerned.
        contrast: For `NO_CONTRAST`, how much there is.
    """

    fragment: Fragment
    fault: Fault
    words: str
    contrast: float = 0


def unreadable(drawn: DrawnPage, fragments: Sequence[Fragment]) -> Iterator[Unreadable]:
    """Yield the texts of a page that cannot be read.

    Args:
        drawn: The page.
        fragments: The texts to judge.
    """
    placed = []
    for fragment in fragments:
        fault = _misplaced(drawn, fragment)
        if fault is not None:
            yield Unreadable(fragment, fault, fragment.text.strip())
        else:
            placed.append(fragment)
    look = _FirstLook(drawn)
    suspects = []
    for fragment in placed:
        contrast = look.contrast(fragment)
        if contrast is not None and contrast < LEAST_CONTRAST:
            yield Unreadable(fragment, Fault.NO_CONTRAST, fragment.text.strip(), contrast)
        elif contrast is None or look.is_doubtful(fragment):
            suspects.append(fragment)
    yield from _judged(drawn, suspects)
    for fragment in struck_texts(drawn, placed, look.pixels):
        yield Unreadable(fragment, Fault.STRUCK, fragment.text.strip())
    yield from _overlapped(placed, drawn.fragments)


def _misplaced(drawn: DrawnPage, fragment: Fragment) -> Fault | None:
    # A page may say that it is cut beyond its own sheet.
    box, trim = fragment.box, drawn.trim.within(drawn.sheet)
    if fragment.size < _LEAST_SIZE or box.top - box.bottom <= 0 or box.right - box.left <= 0:
        return Fault.NO_SIZE
    if fragment.is_distorted:
        return Fault.DISTORTED
    inside = box.left >= trim.left - _BEYOND and box.right <= trim.right + _BEYOND
    inside = inside and box.bottom >= trim.bottom - _BEYOND and box.top <= trim.top + _BEYOND
    return None if inside else Fault.OFF_PAGE


class _FirstLook:
    """A page at low resolution.

    Args:
        drawn: The page.
    """

    def __init__(self, drawn: DrawnPage) -> None:
        self.pixels = pixels_of(drawn, PPI)
        self._ink = Rows(self.pixels.ink)
        self._change = Rows(self.pixels.change)
        self._grounds = not_white(self.pixels.bare)
        self._others = _by_rows(drawn.others, lambda other: other[1])

    def contrast(self, fragment: Fragment) -> float | None:
        """Return the contrast of a text with its ground, or None where the ground has several colours."""
        if fragment.colour is None:
            return None
        ground = self._ground(self.pixels.area(fragment.box))
        return None if ground is None else contrast_of(_mixed(fragment.colour, ground), ground)

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
        ink = _mixed(fragment.colour, ground)
        expected = max(abs(one - other) for one, other in zip(ink, ground, strict=True))
        return max(b"".join(self._change.of(area))) < _FAINT * expected

    def _is_covered(self, fragment: Fragment) -> bool:
        """Return whether something is painted over a text."""
        box, at = fragment.box, fragment.at
        rows = range(int(box.bottom) // _ROW, int(box.top) // _ROW + 1)
        return any(
            count > at and other.meets(box) for row in rows for count, other in self._others.get(row, ())
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


_ROW: Final = 16
"""Points of the bands by which what may meet is sought."""


def _by_rows(items: Iterable[_Item], box_of: Callable[[_Item], Box]) -> dict[int, list[_Item]]:
    """Return items by the bands of the page that they reach."""
    rows: dict[int, list[_Item]] = defaultdict(list)
    for item in items:
        box = box_of(item)
        for row in range(max(int(box.bottom), _LOWEST) // _ROW, min(int(box.top), _HIGHEST) // _ROW + 1):
            rows[row].append(item)
    return rows


_LOWEST: Final = -200
_HIGHEST: Final = 20_000
"""Points: what a sheet can hold (ISO 32000-1, annex C: 14,400)."""


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


def _judged(drawn: DrawnPage, suspects: Sequence[Fragment]) -> Iterator[Unreadable]:
    """Judge suspects letter by letter."""
    if not suspects:
        return
    letters = letters_of(drawn, suspects)
    for fragment in suspects:
        pixels = pixels_of(drawn, CLOSE_PPI, fragment.box.grown(_ROOM))
        yield from _judged_letters(fragment, letters[fragment], pixels)


def _judged_letters(
    fragment: Fragment, letters: Sequence[tuple[str, Box]], pixels: PagePixels
) -> Iterator[Unreadable]:
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
    if hidden.strip():
        yield Unreadable(fragment, Fault.HIDDEN, hidden)
    if faint.strip():
        yield Unreadable(fragment, Fault.NO_CONTRAST, faint, weakest)


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


def _overlapped(placed: Iterable[Fragment], others: Iterable[Fragment]) -> Iterator[Unreadable]:
    """Yield texts that another text overlaps."""
    rows = _by_rows(others, lambda other: other.box)
    for fragment in placed:
        for row in range(int(fragment.box.bottom) // _ROW, int(fragment.box.top) // _ROW + 1):
            if any(_overlap(fragment, other) for other in rows.get(row, ())):
                yield Unreadable(fragment, Fault.OVERLAPPED, fragment.text.strip())
                break


def _overlap(fragment: Fragment, other: Fragment) -> bool:
    mine, theirs = fragment.box, other.box
    if _is_accent_of(fragment, other):
        return False
    if mine.left >= theirs.right or theirs.left >= mine.right or fragment is other:
        return False
    across = min(mine.right, theirs.right) - max(mine.left, theirs.left)
    up = min(mine.top, theirs.top) - max(mine.bottom, theirs.bottom)
    narrower = min(mine.right - mine.left, theirs.right - theirs.left)
    lower = min(mine.top - mine.bottom, theirs.top - theirs.bottom)
    share = _ACROSS_A_SIGN if _is_sign_beside(fragment, other) else _ACROSS
    return up > _UPWARDS * lower and across > min(share * narrower, 4.0) and fragment.at != other.at


def _is_sign_beside(one: Fragment, other: Fragment) -> bool:
    """Return whether one of two texts, painted one after the other, is a single sign."""
    return abs(one.at - other.at) == 1 and min(len(one.text.strip()), len(other.text.strip())) == 1


def _is_accent_of(one: Fragment, other: Fragment) -> bool:
    """Return whether one of two texts, painted one after the other, begins with an accent on the other."""
    first, second = (one, other) if one.at < other.at else (other, one)
    return second.at == first.at + 1 and bool(unicodedata.combining(second.text.lstrip()[0]))


@functools.lru_cache(maxsize=1024)
def contrast_of(colour: tuple[int, int, int], ground: tuple[int, int, int]) -> float:
    """Return the contrast of two colours in sRGB, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(colour), _luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    linear = []
    for channel in colour:
        share = channel / 255
        linear.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - sRGB
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mixed(colour: tuple[int, int, int, int], ground: tuple[int, ...]) -> tuple[int, int, int]:
    """Return a colour of some opacity on a ground."""
    share = colour[3] / 255
    red, green, blue = (
        round(ink * share + under * (1 - share)) for ink, under in zip(colour[:3], ground, strict=True)
    )
    return red, green, blue
