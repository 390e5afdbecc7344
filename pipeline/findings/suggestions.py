"""Suggestions for a misspelt name: the nearest known one, look-alike letters taken as equal."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOOKALIKES: Final = str.maketrans("аеорсухіјкмтвнАЕОРСУХІЈКМТВН", "aeopcyxijkmtbhaeopcyxijkmtbh")
"""Cyrillic letters that look like Latin ones, in one print or the other."""


def fold(word: str) -> str:
    """Return a word in a form for comparison: small letters, look-alikes and separators unified."""
    return word.casefold().translate(_LOOKALIKES).replace("_", "-").replace(" ", "-")


def in_latin(word: str) -> str:
    """Return a word with every Cyrillic letter that looks like a Latin one as that Latin letter."""
    return word.translate(_LOOKALIKES)


def nearest(word: str, known: Iterable[str], closeness: float = 0.7) -> str:
    """Return the known name nearest to a word, or an empty string where none is near.

    Args:
        word: As written.
        known: The names to choose from.
        closeness: The least share of matching letters, from 0 to 1.
    """
    folded: dict[str, str] = {}
    for name in known:
        folded.setdefault(fold(name), name)
    close = difflib.get_close_matches(fold(word)[:80], folded, n=1, cutoff=closeness)
    return folded[close[0]] if close else ""
