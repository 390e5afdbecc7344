"""The language of a text, guessed from its letters and common words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_TYPICAL_LETTERS: Final = (("uk", "іїєґ"), ("ru", "ыэё"), ("sr", "јљњћђ"))
_COMMON_WORDS: Final = {
    "en": "the and of to in is for with that",
    "de": "der die und das mit ist für von den",
    "fr": "les des une est dans pour avec sur",
    "es": "los las una que para con por del",
}
_FEWEST: Final = 40
"""The fewest letters for a guess."""


def language_of(texts: Iterable[str]) -> str:
    """Return the most likely language of texts, or an empty text where they are too short."""
    text = " ".join(texts).casefold()
    letters = re.findall(r"[^\W\d_]", text)
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
    if len(letters) < _FEWEST:
        return ""
    if cyrillic > len(letters) / 2:
        return next(
            (tag for tag, signs in _TYPICAL_LETTERS if sum(map(text.count, signs)) > cyrillic / 200), "bg"
        )
    words = re.findall(r"[^\W\d_]+", text)
    counts = {tag: sum(word in common.split() for word in words) for tag, common in _COMMON_WORDS.items()}
    best = max(counts, key=lambda tag: counts[tag])
    return best if counts[best] else ""
