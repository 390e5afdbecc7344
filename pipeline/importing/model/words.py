"""The words of texts, for comparing them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"\w+")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def words_of(text: str) -> list[str]:
    """Return the words of a text, normalised so that typography makes no difference.

    Letters and digits only, normalised (NFKC) and case-folded; invisible characters are removed.
    """
    return _WORD.findall(unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold().replace("_", " "))
