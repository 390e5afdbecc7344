"""Spelling and typography while one types."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from pipeline.editor.house_style.reader import read_house
from pipeline.editor.misspellings import Speller
from pipeline.editor.spelling import has_dictionary
from pipeline.typography.microtypography.setting import set_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.editor.house_style.model import House
    from pipeline.files.workspace import Workspace


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
    speller = _speller(short, house)
    likely = speller.likely_in(texts)
    return [
        Misspelt(number, *each.span, (each.guess,) if each.guess else ())
        for number, text in enumerate(texts)
        for each in speller.misspelt(text, likely)
    ]


def set_typography(text: str, language: str) -> str:
    """Return a text with quotes, dashes and spaces as its language has them."""
    return set_text(text, language)


@functools.lru_cache(maxsize=4)
def _speller(language: str, house: House) -> Speller:
    return Speller(language, house)
