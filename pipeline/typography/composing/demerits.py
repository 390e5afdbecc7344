"""How far a line is from a good one.

Badness, penalties and demerits are those of Donald E. Knuth and Michael F. Plass, "Breaking Paragraphs into
Lines", Software: Practice and Experience 11 (1981), 1119–1184. What typesetters allow is added: spaces of at
least 80 per cent, and letters spaced by at most a hundredth of the em (compare Robert Bringhurst, "The
Elements of Typographic Style", 2.1.9).
"""

from __future__ import annotations

from math import copysign, inf
from typing import TYPE_CHECKING, Final

from pipeline.typography.composing.opportunities import Ending

if TYPE_CHECKING:
    from pipeline.typography.composing.opportunities import Point, Setting

STRETCH: Final = 1 / 2
SHRINK: Final = 0.16
"""The share of their width by which the spaces of a line give at a ratio of 1."""

TRACKING: Final = 0.01
"""How far letters are spaced apart or together, at most, in ems."""

RAGGED: Final = 0.12
"""The share of the measure that a line set flush left leaves free at a ratio of 1."""

WIDEST: Final = 1.8
"""The ratio at which what is white between two words has 200 per cent of the width of a space: the space
itself 190, and the letter before it and the space are spaced by a hundredth of the em each."""

_NORMAL: Final = 0.5
"""The ratio up to which a line's spaces look like those of any other."""

_WORST: Final = 10_000.0
"""The greatest badness of a line that fits."""

_HYPHEN: Final = 80.0
_STUB: Final = 160.0
_RAGGED_HYPHEN: Final = 60.0
"""The penalties for a hyphen, and by how much they are greater in lines set flush left."""

_HOLE: Final = 4.64
"""The ratio of a line of the greatest badness; beyond it, a line with a hole is worse by its size."""

_WIDEST_HOLE: Final = 40.0

_LAST_RESORT: Final = 5e5
"""The demerits of a hyphen in a word of four letters: no line gets one but to keep spaces, its own or those
of the lines about it, below 200 per cent."""

_LOOSE: Final = 1e6
_CONTRAST: Final = 6e3
_SECOND_HYPHEN: Final = 4e3
_HYPHEN_BEFORE_LAST: Final = 2e4
_SHORT_LAST: Final = 8e3

_SHORT: Final = 0.12
"""The share of the measure that a last line should have."""

FORBIDDEN: Final = 1e10
"""What is only done where nothing else fits: a third hyphen in succession, the loss of a hyphen, a last line
shorter than the next one's indent."""

HYPHENATED: Final = frozenset({Ending.HYPHEN, Ending.STUB, Ending.SHORT_WORD, Ending.AVOIDED})
"""How a line ends with a hyphen."""

FOOT: Final = 1e8
"""The demerits of a hyphen at the foot of a right-hand page: those of spaces of 330 per cent."""

FOOT_THAT_GOES: Final = 1e6
"""The same where the line can go to the next page: less than those of any line with spaces over 200 per
cent."""

_OVERFULL: Final = 1e13


def ratio_of(start: Point, end: Point, hyphen: float, measure: float, setting: Setting) -> float:
    """Return how much a line gives: 0 for one of its natural width, 1 and -1 at the limits of good lines.

    Args:
        start: Where it begins.
        end: Where it ends.
        hyphen: The width of the hyphen added to it.
        measure: The width it is to have.
        setting: How it is set.

    Returns:
        Less than -1 where the line does not fit; infinity where it has nothing to stretch.
    """
    spare = measure - (end.x - start.x) - hyphen
    if setting.ragged:
        return spare / (RAGGED * measure) if spare >= 0 else -inf
    spaces = end.spaces - start.spaces
    if spare < 0 and not spaces:
        # The letters of a line are spaced with its words: those of one word stay as they are.
        return -inf
    letters = (
        0.0 if end.ligatures > start.ligatures else (end.letters - start.letters) * TRACKING * setting.em
    )
    return ratio(spare, spaces, letters)


def ratio(spare: float, spaces: float, letters: float) -> float:
    """Return how much a justified line gives.

    Args:
        spare: The room it leaves; less than 0 where it is too wide.
        spaces: The width of its spaces.
        letters: How far its letters may be spaced in all.
    """
    gives = spaces * (SHRINK if spare < 0 else STRETCH)
    # Letters are spaced first: they have given all they have where spaces have given half.
    if abs(spare) <= gives / 2 + letters:
        return spare / (gives + 2 * letters) if gives or letters else 0.0
    beyond = abs(spare) - letters
    return copysign(beyond / gives if gives else inf, spare)


def tracking(given: float) -> float:
    """Return by how much the letters of a justified line are spaced, in ems.

    Args:
        given: How much the line gives.
    """
    return TRACKING * max(-1.0, min(1.0, 2 * given))


def fitness(given: float) -> int:
    """Return the class of a line: 0 tight, 1 normal, 2 loose, 3 very loose."""
    if given < -_NORMAL:
        return 0
    if given <= _NORMAL:
        return 1
    return 2 if given <= 1 else 3


def own_demerits(given: float, share: float, ending: Ending, setting: Setting, line: int) -> float:
    """Return the demerits of a line by itself.

    Args:
        given: How much it gives.
        share: Its natural width, as a share of its measure.
        ending: How it ends.
        setting: How it is set.
        line: Its number, from 0.
    """
    if given < -1:
        return _OVERFULL * share
    if ending is Ending.LAST and given > 0:
        given = 0.0
    found = (1 + min(100 * abs(given) ** 3, _WORST)) ** 2
    if given > _HOLE:
        found *= min(given, _WIDEST_HOLE) / _HOLE
    if given > WIDEST:
        found += _LOOSE * min(given, 99.0)
    if ending in HYPHENATED:
        penalty = _HYPHEN if ending is Ending.HYPHEN else _STUB
        found += (penalty + _RAGGED_HYPHEN * setting.ragged) ** 2
        found += {Ending.AVOIDED: FORBIDDEN, Ending.SHORT_WORD: _LAST_RESORT}.get(ending, 0.0)
        if line == setting.foot:
            found += FOOT_THAT_GOES if setting.foot_goes else FOOT
    return found


def demerits_after(hyphens: int, before: int | None, ending: Ending, here: int) -> float:
    """Return the demerits of a line beside the one before it.

    Args:
        hyphens: How many lines in succession end with a hyphen before it.
        before: The fitness of the line before; nothing where there is none.
        ending: How it ends.
        here: Its fitness.
    """
    found = 0.0
    if before is not None and abs(here - before) > 1:
        found += _CONTRAST
    if hyphens and ending is Ending.LAST:
        found += _HYPHEN_BEFORE_LAST
    elif hyphens and ending is not Ending.PLAIN:
        found += _SECOND_HYPHEN if hyphens == 1 else FORBIDDEN
    return found


def demerits_of_last(width: float, spaces: float, measure: float, shortest: float, hyphens: int) -> float:
    """Return the demerits of a paragraph's last line for being short.

    Args:
        width: Its natural width.
        spaces: The width of its spaces.
        measure: The width of a full line.
        shortest: The width it must have.
        hyphens: How many lines in succession end with a hyphen before it.
    """
    if width < shortest or (hyphens and not spaces and width < _SHORT * measure):
        return FORBIDDEN
    return _SHORT_LAST if width < _SHORT * measure else 0.0
