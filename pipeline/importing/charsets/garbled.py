"""Finds, in a text that is decoded, letters that an earlier wrong decoding made or destroyed.

Such a text comes from a program that read bytes by the wrong table and sent on what it saw: “Ðàáîòà”, “РЈРІ”,
“тБВПФБ”. Its letters, written back by that table, are the bytes of a text that is far less strange.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.importing.charsets.decoding import SINGLE_BYTES, bytes_of, likeliest, text_of_bytes
from pipeline.importing.charsets.strangeness import strangeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FEWEST: Final = 4
_LEAST_MEAN: Final = 3.3
_LEAST_GAIN: Final = 6.0
_LEAST_GAIN_OF_WORDS: Final = 11.0
"""How much less strange a text must be by another table; the second, where people write words so."""

_RATIO: Final = 0.9
_LOST: Final = re.compile(
    r"[\ufffd\x00-\x08\x0e-\x1f]|(?<![?!\w])\?{3,}(?: +\?{2,})+(?![?!\w])|^\?{2,}[.)] \d"
)
"""The replacement character, control characters, and question marks for words or before a list's number."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_CYRILLIC: Final = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґјљњћђџўѝќѓѕ")
_ALIKE: Final = str.maketrans("ABCEHKMOPTXYIJSaceopxyijs", "АВСЕНКМОРТХУІЈЅасеорхуіјѕ")
"""Letters of ASCII that look like Cyrillic ones, and are typed in their place: the c of “Cофия”."""

_RUN: Final = re.compile(r"([A-Za-z]?)([^\x00-\x7f]+)(?=([A-Za-z]?))")
_RULE: Final = re.compile(r"(.)\1\1")
_DRAWN: Final = 3
_FEWEST_CHANGED: Final = 0.34


class Garbled(NamedTuple):
    """A text with wrong letters.

    Args:
        text: As it came.
        meant: What was meant, as far as it can be told; an empty text where the letters are lost.
    """

    text: str
    meant: str


def garbled_texts(texts: Iterable[str]) -> Iterator[Garbled]:
    """Yield the texts that a wrong decoding made.

    Args:
        texts: Lines or paragraphs; each is judged by itself.
    """
    for text in texts:
        if _LOST.search(text):
            yield Garbled(text, "")
        elif not text.isascii() and (meant := meant_by(text)):
            yield Garbled(text, meant)


def meant_by(text: str) -> str:
    """Return what a garbled text means, or an empty text where it is not garbled.

    Args:
        text: A line or a paragraph.
    """
    if _is_typed_alike(text):
        return ""
    own = strangeness(text)
    if own.letters < _FEWEST or own.mean < _LEAST_MEAN or _signs_of_words(text) < _FEWEST:
        return ""
    gain = _LEAST_GAIN_OF_WORDS if _is_written_so(text) else _LEAST_GAIN
    best, least = "", min(own.cost * _RATIO, own.cost - gain)
    for charset in SINGLE_BYTES:
        written = bytes_of(text, charset)
        if written is None:
            continue
        decoded = text_of_bytes(written, likeliest(written, in_europe=True))
        cost = strangeness(decoded).cost
        if not decoded.isascii() and cost < least and _differs(text, decoded):
            best, least = decoded, cost
    return best


def _is_typed_alike(text: str) -> bool:
    """Return whether letters of ASCII stand for Cyrillic ones that look so, in words mostly of these."""
    typed = _WORD.sub(_without_alike, text)
    words = [match[0] for match in _WORD.finditer(text) if not match[0].isascii()]
    letters = "".join(words)
    abroad = sum(not letter.isascii() for letter in letters)
    return typed != text and 2 * abroad >= len(letters) and _is_written_so(typed)


def _without_alike(word: re.Match[str]) -> str:
    """Return a Cyrillic word without letters that only look so; any other as it is."""
    typed = word[0].translate(_ALIKE)
    return typed if set(typed.lower()) <= _CYRILLIC and not word[0].isascii() else word[0]


def _differs(text: str, decoded: str) -> bool:
    """Return whether another table changes words, and not a few rare letters: “Ќе одиме во Ѓорче”."""
    if len(text) != len(decoded):
        return True
    changed = [sign != now for sign, now in zip(text, decoded, strict=True) if not sign.isascii()]
    return sum(changed) >= _FEWEST_CHANGED * len(changed)


def _is_written_so(text: str) -> bool:
    """Return whether all words are Cyrillic ones in the letters and capitals that people write them in.

    What a wrong table makes seldom is: capitals fall within its words, and signs between its letters. So a
    few rare letters, “въже 2 х 60 м”, are not taken for it: what came right must stay, if nothing else.
    """
    words = [match[0] for match in _WORD.finditer(text) if not match[0].isascii()]
    return all(
        set(word.lower()) <= _CYRILLIC and (word.islower() or word.isupper() or word.istitle())
        for word in words
    )


def _signs_of_words(text: str) -> int:
    """Return how many characters outside ASCII stand as those of a garbled word do: in a row, or in a word.

    “½”, “♯” and “§ 5” stand alone, and rules and frames are drawn of one sign; none is a word read wrongly.
    """
    count = 0
    for before, run, after in _RUN.findall(text):
        if any(sign.isalpha() for sign in run):
            count += len(run) if len(run) > 1 or before or after else 0
        elif len("".join(run.split())) >= _DRAWN and not _RULE.search(run):
            count += len(run)
    return count
