"""Whether what a page paints as text can be seen: on the page, of some size, uncovered, told from its ground.

A first look at low resolution leaves few suspects; each of these is then judged letter by letter.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.pdf.law.visibility.contrast import LEAST_CONTRAST
from pipeline.pdf.law.visibility.first_look import FirstLook
from pipeline.pdf.law.visibility.letter_by_letter import lost_letters
from pipeline.pdf.law.visibility.overlaps import overlapped_texts
from pipeline.pdf.law.visibility.struck import struck_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.pdf.law.drawn.drawn_text import DrawnPage, Fragment

_LEAST_SIZE: Final = 1.5
"""Points; type below cannot be read."""

_BEYOND: Final = 1.0
"""Points by which a letter may stick out of the trim."""


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
    look = FirstLook(drawn)
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
    for fragment in overlapped_texts(placed, drawn.fragments):
        yield Unreadable(fragment, Fault.OVERLAPPED, fragment.text.strip())


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


def _judged(drawn: DrawnPage, suspects: Sequence[Fragment]) -> Iterator[Unreadable]:
    """Judge suspects letter by letter."""
    for lost in lost_letters(drawn, suspects):
        if lost.hidden.strip():
            yield Unreadable(lost.fragment, Fault.HIDDEN, lost.hidden)
        if lost.faint.strip():
            yield Unreadable(lost.fragment, Fault.NO_CONTRAST, lost.faint, lost.contrast)
