"""Texts that stand on one another."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.visibility.bands import bands_of, by_bands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.pdf.law.drawn.drawn_text import Fragment

_ACROSS: Final = 0.3
_UPWARDS: Final = 0.45
"""Shares of the smaller of two texts that the other may overlap."""

_ACROSS_A_SIGN: Final = 0.45
"""The first for a sign by itself: the tail of an italic f reaches below the sign before it."""


def overlapped_texts(placed: Iterable[Fragment], others: Iterable[Fragment]) -> Iterator[Fragment]:
    """Yield texts that another text overlaps.

    Args:
        placed: The texts to judge.
        others: All of their page.
    """
    bands = by_bands(others, lambda other: other.box)
    for fragment in placed:
        near = (other for band in bands_of(fragment.box) for other in bands.get(band, ()))
        if any(_overlap(fragment, other) for other in near):
            yield fragment


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
