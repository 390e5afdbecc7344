"""Spelling and typography while one types."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.editor.house_style.reader import read_house
from pipeline.editor.misspellings import WORDS
from pipeline.editor.spelling import Spelling, has_dictionary
from pipeline.typography.microtypography.setting import set_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.files.workspace import Workspace

_MOST_SUGGESTED: Final = 200
"""Words for which a suggestion is sought: it takes a hundred times as long as to look one up."""


class Misspelt(NamedTuple):
    """A word in no dictionary.

    Args:
        text: Which text it stands in, from 0.
        start: Its first character, from 0.
        end: Behind its last.
        suggestions: What may be meant.
    """

    text: int
    start: int
    end: int
    suggestions: tuple[str, ...]


def misspelt(workspace: Workspace, language: str, texts: Sequence[str]) -> list[Misspelt]:
    """Return the words that neither the dictionary nor the house style knows.

    Args:
        workspace: The workspace with the house style.
        language: Of the texts; without a dictionary nothing is found.
        texts: The texts.
    """
    short = language.split("-", maxsplit=1)[0]
    if not has_dictionary(short):
        return []
    house, _ = read_house(workspace)
    spelling = _spelling(short, house.words)
    names = {part for form in house.known_forms for part in re.split(r"[\s-]+", form)}
    wrong: list[Misspelt] = []
    for number, text in enumerate(texts):
        for match in WORDS[short].finditer(text):
            word = match[0].replace("’", "'").replace("\u00ad", "")
            if word in names or spelling.knows(word):
                continue
            guess = spelling.meant(word) if len(wrong) < _MOST_SUGGESTED else ""
            if word[:1].isupper() and not guess:
                # It may be a name.
                continue
            wrong.append(Misspelt(number, *match.span(), (guess,) if guess else ()))
    return wrong


def set_typography(text: str, language: str) -> str:
    """Return a text with quotes, dashes and spaces as its language has them."""
    return set_text(text, language)


@functools.lru_cache(maxsize=4)
def _spelling(language: str, words: tuple[str, ...]) -> Spelling:
    return Spelling(language, words)
