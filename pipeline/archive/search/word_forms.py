"""Word forms for searching: one form for each word, however it is spelt and inflected.

A light stemmer for Bulgarian removes the definite article and the endings of number and gender, so that
„клъстер“ also finds „клъстерите“. It uses no dictionary: a search needs only that all forms of a word become
the same. Russian, Ukrainian and Serbian words are treated alike, in texts and in queries.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:[-\u2010\u2011\u00ad'’][^\W_]+)*")
_STRESS: Final = dict.fromkeys(map(ord, "\u0300\u0301"))
_WITHIN: Final = re.compile(r"[-\u2010\u2011\u00ad\u200b'’]")
_CYRILLIC: Final = re.compile(r"[а-яѐ-џґ]")
_LOOK_ALIKES: Final = str.maketrans("aeopcyxkmhtbi", "аеорсухкмнтві")
_SAME: Final = str.maketrans({"ё": "е", "ѝ": "и", "і": "и", "ї": "и", "ґ": "г", "ј": "й"})

_ARTICLES: Final = ("ът", "ят", "та", "то", "те")
_PLURALS: Final = ("ове", "еве", "ища")
_VOWELS: Final = "аеиоуъюяй"
_SHORTEST: Final = 3
"""Letters that are always left."""

_PLURAL_S: Final = re.compile(r"(?<=[a-z]{3})(?<!s)(?<!u)(?<!i)s$")


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, in order."""
    return [fold(word) for word in spoken_words(text)]


def spoken_words(text: str) -> list[str]:
    """Return the words of a text as they are written."""
    return [match[0] for match in _WORD.finditer(text)]


def fold(word: str) -> str:
    """Return the one form of a word; folding it again changes nothing."""
    plain = plain_form(word)
    if _CYRILLIC.search(plain):
        return _stem(plain)
    return _PLURAL_S.sub("", plain)


def plain_form(word: str) -> str:
    """Return a word in lower case, without stress marks, hyphens and look-alike letters; not stemmed."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", word).casefold())
    plain = unicodedata.normalize("NFC", apart.translate(_STRESS))
    plain = _WITHIN.sub("", plain)
    if _CYRILLIC.search(plain):
        plain = plain.translate(_LOOK_ALIKES).translate(_SAME)
    return plain


def _stem(word: str) -> str:
    """Remove endings until there is none: „градовете“ → „градове“ → „град“."""
    while True:
        shorter = _without_ending(word)
        if shorter == word:
            return word
        word = shorter


def _without_ending(word: str) -> str:
    for ending in _ARTICLES:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            rest = word[: -len(ending)]
            # „-та“, „-то“ and „-те“ follow a vowel: „книга-та“, „къщи-те“.
            if ending in {"ът", "ят"} or rest[-1] in _VOWELS:
                return rest
    for ending in _PLURALS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    if word[-1:] in _VOWELS and len(word) > _SHORTEST:
        return word[:-1]
    return word
