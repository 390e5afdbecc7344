"""Paragraphs in another language than their issue: an abstract, a letter, what somebody said in English.

They are set by the rules of their own language, with its quotation marks. Only English is told, and only
where nothing speaks against it: no Cyrillic letter, and words that English alone has, often.
"""

from __future__ import annotations

import re
from typing import Final

_WRITTEN_IN_CYRILLIC: Final = frozenset({"bg", "ru", "uk", "mk", "be"})
"""Languages whose texts have no paragraph in Latin letters of their own."""

_LETTER: Final = re.compile(r"[^\W\d_]")
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_FEWEST: Final = 6
"""Words of a passage, at least: a name or a title may be of any language."""

_COMMON: Final = frozenset(
    {"the", "and", "that", "this", "with", "from", "they", "their", "which", "were", "you", "your", "she"}
    | {"these", "those", "there", "would", "should", "could", "because", "what", "when", "where", "been"}
)
_FEWEST_COMMON: Final = 2
"""Different ones of these words that a passage has, at least."""

_LAST_OF_LATIN: Final = "\u024f"


def language_of_passage(text: str, language: str) -> str:
    """Return the language of a paragraph: English where it surely is, in an issue written in Cyrillic.

    Args:
        text: The whole paragraph.
        language: That of its issue, as a BCP 47 tag.
    """
    if language.split("-", maxsplit=1)[0].lower() not in _WRITTEN_IN_CYRILLIC:
        return language
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < _FEWEST or len(_COMMON.intersection(words)) < _FEWEST_COMMON:
        return language
    is_latin = all(letter <= _LAST_OF_LATIN for letter in _LETTER.findall(text))
    return "en" if is_latin else language
