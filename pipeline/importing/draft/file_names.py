"""File names from titles, in Latin letters, which all systems and mail programs preserve."""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from pipeline.files.names import folded, name_fault

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST: Final = 48

_LETTERS: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ь": "y", "ю": "yu", "я": "ya",
    "ѝ": "i", "ы": "y", "э": "e", "ё": "yo", "і": "i", "ї": "yi", "є": "ye", "ґ": "g",
}  # fmt: skip
"""The streamlined system of Bulgaria's law on transliteration (2009), and letters of its neighbours."""


def stem_of(title: str) -> str:
    """Return a title as the stem of a file name: „Зелени умения“ → `zeleni-umeniya`; `text` for none."""
    latin = "".join(_LETTERS.get(letter, letter) for letter in title.casefold())
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    stem = ""
    for word in words:
        if stem and len(stem) + len(word) >= LONGEST:
            break
        stem = f"{stem}-{word}" if stem else word[:LONGEST]
    return stem or "text"


def free_name(stem: str, ending: str, taken: Iterable[str]) -> str:
    """Return a name that is not taken on any system and keeps to the rule: `stem.md`, `stem-2.md`."""
    known = {folded(each) for each in taken}
    tries = itertools.chain([f"{stem}{ending}"], (f"{stem}-{count}{ending}" for count in itertools.count(2)))
    return next(
        each for each in tries if folded(each) not in known and not name_fault(each.rpartition("/")[2])
    )
