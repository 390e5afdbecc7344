"""The language of names in a text of another language, as far as their letters tell it.

Faces have Bulgarian, Serbian and Russian forms of some Cyrillic letters, and choose them by the language that
a text is marked with; screen readers and hyphenation go by it, too. A name in Cyrillic letters within an
English text would have Russian forms if it were not marked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.typography.english_words import divides_as_english

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CYRILLIC: Final = frozenset({"bg", "ru", "uk", "sr", "mk", "be"})
"""Languages in whose text a Latin word is a foreign one."""

LATIN_WORDS: Final = re.compile(
    r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'\u2019&+_-]*"
    r"(?:[ \u00a0][A-Za-z\u00c0-\u024f&][A-Za-z\u00c0-\u024f'\u2019&+_-]*)*"
)

_KEY: Final = re.compile(r"(?<!\w)(?=[A-Za-z]*[0-9])[A-Za-z0-9]{20,}(?!\w)")
"""Letters and digits that are no word; parted into stretches, they could not be broken where a line ends."""

_WORD: Final = r"[\u0400-\u052f](?:[\u0400-\u052f\u0301'\u2019-]*[\u0400-\u052f\u0301])?"
_CYRILLIC_WORD: Final = re.compile(rf"(?<!\w){_WORD}(?!\w)")
_CYRILLIC_WORDS: Final = re.compile(rf"(?<!\w){_WORD}(?:[ \u00a0]{_WORD})*(?!\w)")

_OWN_LETTERS: Final = {
    "bg": "",
    "ru": "ыэё",
    "uk": "іїєґ",
    "be": "іыэёў",
    "sr": "јљњџћђ",
    "mk": "јљњџѓќѕ",
}
"""Letters of each language that not all of them have."""

_TELLING: Final = {"be": "ў", "mk": "ѓќѕ", "sr": "ћђ", "uk": "їєґ"}
"""Letters that only one language has."""

_SHARED: Final = frozenset().union(*_OWN_LETTERS.values())


class Stretch(NamedTuple):
    """A part of a text.

    Args:
        text: As it stands.
        language: The language it is marked with, where that is another than the text's.
        divides: Whether all its words are surely of that language, so that they may be hyphenated.
    """

    text: str
    language: str | None = None
    divides: bool = False


def stretches(text: str, language: str, own_cyrillic: str) -> Iterator[Stretch]:
    """Divide a text at the names of other languages in it.

    Args:
        text: Plain text.
        language: Its language.
        own_cyrillic: In a text in Latin letters, the language of Cyrillic names that may be of several.

    Yields:
        The parts, in order; together they are the text.
    """
    at = 0
    for start, end, stretch in sorted(_names(text, language.split("-", 1)[0], own_cyrillic)):
        if start > at:
            yield Stretch(text[at:start])
        yield stretch
        at = end
    if at < len(text):
        yield Stretch(text[at:])


def own_cyrillic_of(languages: Iterable[str]) -> str:
    """Return the language of a house's names in Cyrillic letters: the first of its languages written in them.

    Args:
        languages: The languages of its publication, as BCP 47 tags.
    """
    plain = (tag.lower().split("-") for tag in languages)
    return next((first for first, *rest in plain if first in CYRILLIC and "latn" not in rest), "bg")


def language_of_cyrillic(text: str, own: str) -> str:
    """Return the language of Cyrillic words by the letters that not all languages have.

    Args:
        text: The words.
        own: The language where the letters do not tell, or tell of several.
    """
    letters = set(text.lower()) & _SHARED
    if not letters or letters <= set(_OWN_LETTERS.get(own, "")):
        return own
    told = [language for language, telling in _TELLING.items() if letters & set(telling)]
    possible = [language for language, alphabet in _OWN_LETTERS.items() if letters <= set(alphabet)]
    if len(told) > 1 or not possible:
        return own
    # Of languages that have all these letters, the first is the one most written.
    return told[0] if told else possible[0]


def _names(text: str, language: str, own_cyrillic: str) -> Iterator[tuple[int, int, Stretch]]:
    """Yield the names of other languages in a text, each with where it begins and ends."""
    if language not in CYRILLIC:
        for match in _CYRILLIC_WORDS.finditer(text):
            found = language_of_cyrillic(match[0], own_cyrillic)
            yield match.start(), match.end(), Stretch(match[0], found)
        return
    words = _KEY.sub(lambda key: "0" * len(key[0]), text)
    for match in LATIN_WORDS.finditer(words):
        if len(match[0]) > 1:
            yield match.start(), match.end(), Stretch(match[0], "en", divides_as_english(match[0]))
    for match in _CYRILLIC_WORD.finditer(text):
        found = language_of_cyrillic(match[0], language)
        if found != language:
            yield match.start(), match.end(), Stretch(match[0], found)
