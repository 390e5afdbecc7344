"""A paragraph for the choice of its lines: the places where a line may end, with what stands before each.

Widths are in any one unit, as pixels of the layout. They are natural: before spaces are stretched or shrunk.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Ending(IntEnum):
    """How a line ends."""

    PLAIN = 0
    """At a space, or after a sign that stays as it is, as a dash."""

    HYPHEN = 1
    """With a hyphen that is added within a word."""

    STUB = 2
    """With a hyphen that is added, and two letters only on one of its sides."""

    SHORT_WORD = 3
    """With a hyphen that is added within a word of four letters: only where spaces would else be too wide."""

    AVOIDED = 4
    """Where a reader would lose something, as the hyphen of a compound: only where no line fits otherwise."""

    LAST = 5
    """At the end of the paragraph."""


class Point(NamedTuple):
    """A place in a paragraph, by what stands before it.

    Args:
        x: The natural width of all that stands before it.
        spaces: The natural width of the spaces in it.
        letters: How many letters of it may be spaced.
        ligatures: How many ligatures are in it; a line with one is not letterspaced, which would dissolve it.
    """

    x: float
    spaces: float
    letters: int
    ligatures: int


class Opportunity(NamedTuple):
    """A place where a line may end, and where the next one begins.

    Args:
        end: The place after the last glyph printed on the line.
        start: The place before the first glyph printed on the next one; spaces between the two vanish.
        ending: How the line ends.
        hyphen: The width of the hyphen that is added.
    """

    end: Point
    start: Point
    ending: Ending
    hyphen: float = 0.0


class Setting(NamedTuple):
    """How the lines of a paragraph are set.

    Args:
        em: The size of the type.
        ragged: Whether lines are set flush left; otherwise their spaces are stretched and shrunk.
        foot: Which line, counted from 0, is the last of a right-hand page; it should not end with a hyphen.
        shortest: The least width of the last line.
        hyphens: How many lines in succession end with a hyphen before the first.
        foot_goes: Whether the line at the foot can go to the next page instead.
    """

    em: float
    ragged: bool = False
    foot: int | None = None
    shortest: float = 0.0
    hyphens: int = 0
    foot_goes: bool = False
