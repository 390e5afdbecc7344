"""The language of a text, judged by its words.

One letter proves nothing: „Част ІІІ“ with Ukrainian capitals stands in Bulgarian texts, and names of people
have the letters of their own language.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CYRILLIC: Final = {
    "bg": "и на в се да за от с по не е са ще като към при през които който която което този тази това тези "
    "беше бяха също със във или но след между както още има бъде бъдат им си ги ни ви те той тя че до под "
    "над без вече само всички бил била били нашите тук",
    "ru": "и в на с по не что это как из у к от за для о но или при был была были было есть также его ее их "
    "они мы вы который которая которые которое все этот эта эти со во до же бы только уже между после без",
    "uk": "і й в у на з із зі та що це як від до для про але або при був була були було є також його її їх "
    "вони ми ви який яка які яке всі цей ця ці ще вже тільки між після за по не без",
    "sr": "и у на се је да за од са су по не али или при био била били било као што који која које овај ова "
    "ово ове ће бити смо сте они ми ви након између сви само већ још из до без",
    "mk": "и во на се да за од со е по не но или при беше беа како што кој која кое кои овој оваа ова овие "
    "ќе биде сме сте тие ние вие помеѓу сите само веќе уште до без им ги го му",
    "be": "і у на з не што гэта як ад да для пра але або быў была былі ён яна яны мы вы які якая якія",
}
_LATIN: Final = {
    "en": "the and of to in is for with that on at by from are was this you we it as be will have has your",
    "de": "der die und das mit ist für von den dem ein eine nicht im zu auf wir werden",
    "fr": "les des une est dans pour avec sur et le la du nous vous au aux qui",
    "es": "los las una que para con por del el y en se su más nuestro",
    "it": "il di che per con una del della sono gli nel alla è dei",
    "ro": "și în de la cu pentru este din care sunt pe nu un o mai",
    "hr": "je u na se da za od su i što koji koja koje biti smo će kao iz",
}
"""Common words of languages, by tag; the Latin letters of Serbian are told as Croatian."""

_OWN_LETTERS: Final = {
    "bg": re.compile(r"ъ(?![еёюя])|ѝ"),
    "ru": re.compile("[ыэё]"),
    "uk": re.compile("[їєґ]|і"),
    "sr": re.compile("[ђћ]"),
    "mk": re.compile("[ѓќѕ]"),
    "be": re.compile("ў"),
}
"""What tells a word of a language, within the Cyrillic ones."""

_SHARED_LETTERS: Final = {("sr", "mk"): re.compile("[јљњџ]"), ("ru", "be"): re.compile("[ыэё]")}
_ROMAN: Final = re.compile("[ІХМСVXILCDM]+")
_WORD: Final = re.compile(r"[^\W\d_]{2,}|(?<![^\W\d_])[^\W\d_](?![^\W\d_]|\.)")
"""A word; a letter before a point is an abbreviation or an initial: „г.о.“, „К. Петров“."""
_FEWEST: Final = 40
"""The fewest letters of a text that is judged without a clear sign."""

_VERY_FEW: Final = 12
_OF_A_NAME: Final = 0.25


def language_of(texts: Iterable[str], expected: str = "") -> str:
    """Return the most likely language of texts, or an empty text where they are too short.

    Args:
        texts: Any.
        expected: The language they are expected to be in, which counts where two are equally likely.
    """
    words = [word for text in texts for word in _WORD.findall(text) if not _ROMAN.fullmatch(word)]
    letters = "".join(words).casefold()
    if len(letters) < _VERY_FEW:
        return ""
    is_long = len(letters) >= _FEWEST
    if sum("\u0400" <= letter <= "\u04ff" for letter in letters) > len(letters) / 2:
        return _likeliest(_cyrillic_scores(words), expected, at_least=0.1) or ("bg" if is_long else "")
    return _likeliest(_word_scores(words, _LATIN), expected, at_least=1 if is_long else 2)


def _likeliest(scores: Mapping[str, float], expected: str, *, at_least: float) -> str:
    best = max(scores.values(), default=0)
    if best < at_least:
        return ""
    # Between nearly equal ones the expected language decides, otherwise the first of the table.
    likely = [tag for tag, score in scores.items() if score > best - best / 50]
    return expected if expected in likely else likely[0]


def _cyrillic_scores(words: Iterable[str]) -> dict[str, float]:
    """Return how much speaks for each Cyrillic language: its common words, and words with its own letters."""
    kept = list(words)
    scores = _word_scores(kept, _CYRILLIC)
    for word in kept:
        # A word with a capital may be a name, which keeps the letters of its own language.
        weight = 1 if word.islower() else _OF_A_NAME
        for tag, letters in _OWN_LETTERS.items():
            scores[tag] += weight * bool(letters.search(word.casefold()))
        for tags, letters in _SHARED_LETTERS.items():
            for tag in tags:
                scores[tag] += weight / 2 * bool(letters.search(word.casefold()))
    return scores


def _word_scores(words: Iterable[str], common: Mapping[str, str]) -> dict[str, float]:
    """Return how many common words of each language there are; one of several languages counts as a part."""
    languages = Counter(word for listed in common.values() for word in listed.split())
    counts = Counter(word.casefold() for word in words)
    return {
        tag: sum(counts[word] / languages[word] for word in listed.split()) for tag, listed in common.items()
    }
