"""Spell checking with suggestions.

The dictionaries lack recent words; `bg.more.txt` and `en.more.txt` list stems of those, and so does the house
style under `words:`. A stem is known with any ending.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from pipeline.editor.word_lists import DICTIONARIES, lookup_in

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_ENDING: Final = 5
"""Letters that may follow a stem."""

_LETTERS: Final = {
    "bg": "аеоинртслвкдпмузгбчцшщжхфюяйъьѝ",
    "en": "esiarntolcdugmphbyfvkwzxjq",
}
"""Letters to try where one is wrong, the likely ones first."""


class Spelling:
    """The spelling of a language.

    Args:
        language: One that has a dictionary.
        stems: Further stems that are right.
    """

    def __init__(self, language: str, stems: tuple[str, ...] = ()) -> None:
        """Load the dictionary."""
        self._in_dictionary = lookup_in(language)
        self._letters = _LETTERS[language]
        self._stems = tuple(stem.casefold() for stem in (*stems, *_more(language)))

    def knows(self, word: str) -> bool:
        """Return whether a word is right, or each part of one with hyphens."""
        if self._is_known(word):
            return True
        parts = word.split("-")
        return len(parts) > 1 and all(not part or self._is_known(part) for part in parts)

    def meant(self, word: str, likely: frozenset[str] = frozenset()) -> str:
        """Return the word that was probably meant, one edit away; empty where there is none.

        Args:
            word: As it is written.
            likely: Words in small letters that are preferred: those of the same text.
        """
        near = list(dict.fromkeys(self._neighbours(word.lower())))
        guess = next((each for each in near if each in likely), "")
        guess = guess or next((each for each in near if self._in_dictionary(each)), "")
        return guess.capitalize() if word[:1].isupper() else guess

    def _is_known(self, word: str) -> bool:
        small = word.lower()
        if self._in_dictionary(word) or (small != word and self._in_dictionary(small)):
            return True
        return any(
            small.startswith(stem) and len(small) <= len(stem) + LONGEST_ENDING for stem in self._stems
        )

    def _neighbours(self, word: str) -> Iterator[str]:
        for at in range(len(word) - 1):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for at in range(len(word)):
            yield word[:at] + word[at + 1 :]
        for letter in self._letters:
            for at in range(len(word)):
                yield word[:at] + letter + word[at + 1 :]
        for letter in self._letters:
            for at in range(len(word) + 1):
                yield word[:at] + letter + word[at:]


def has_dictionary(language: str) -> bool:
    """Return whether there is a dictionary of a language."""
    return language in _LETTERS


@functools.cache
def _more(language: str) -> tuple[str, ...]:
    path = DICTIONARIES / f"{language}.more.txt"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
