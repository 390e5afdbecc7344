"""Text as it is compared: letters, digits and punctuation, without spaces and without regard to case."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

HYPHEN: Final = "-"

REFERENCE: Final = "\ue001"
"""Stands in an expected text for the reference to a note: any numeral or mark is accepted for it."""

_HYPHENS: Final = "\x02\u2010\u2011"
"""Hyphens; pdfium gives U+0002 for one at the end of a line."""

_MOST_TEXTS: Final = 4096
"""Texts whose signs are kept: a page shows the words of the files, and most words more than once."""

_INVISIBLE: Final = re.compile(
    "[\\s\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\x00-\x01\x03-\x1f]+"
)


@functools.lru_cache(maxsize=_MOST_TEXTS)
def signs_of(text: str) -> str:
    """Return a text without spaces and invisible characters, composed (NFC), its case folded.

    Case is folded because a style may set a text in capitals.
    """
    for hyphen in _HYPHENS:
        if hyphen in text:
            text = text.replace(hyphen, HYPHEN)
    text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text.casefold()


def without_hyphens(signs: str) -> str:
    """Return signs without hyphens, which the ends of lines add."""
    return signs.replace(HYPHEN, "")


def letters_in(signs: str) -> int:
    """Return how many letters there are among signs."""
    return sum(sign.isalpha() for sign in signs)
