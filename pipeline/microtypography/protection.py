"""What typography never touches: addresses, file names, identifiers, dates in digits, telephones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

OPAQUE: Final = "\ufffc"
"""Stands for what is not text, or not to be touched."""

_SPACE: Final = "[ \u00a0]"

_PROTECTED: Final = re.compile(
    "|".join(
        (
            OPAQUE,
            # web and mail addresses, domain names, file names
            r"(?:https?://|www\.)[^\s\ufffc<>\"„“”«»]*[\w/=&#]",
            r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+",
            r"(?<![\w.-])[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,}(?![\w.-]*@)\b",
            r"(?<![\w.-])[\w-]{1,100}\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|svg|zip|md|ya?ml|csv)\b",
            # dates in digits, versions, times of day, standard numbers
            r"(?<![\d-])\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2})?(?![\d-])",
            r"(?<![\d.])\d{1,4}(?:\.\d{1,4}){2,}(?![\d.])",
            rf"\bIS[SB]N(?:-1[03])?:?{_SPACE}?[\d-]{{8,17}}[\dXx]?",
            # telephones: an international or area prefix and groups of digits
            rf"(?<![\w.,-])(?:\+\d{{1,3}}|\(?0\d{{1,4}}\)?)(?:{_SPACE}?[-/]?{_SPACE}?\(?\d{{2,4}}\)?){{2,5}}(?![\w-])",
            # identifiers: Latin letters and digits joined by hyphens, points, slashes
            r"(?<![\w.-])(?=[A-Za-z./-]*\d|[\d./-]*[A-Za-z])[A-Za-z0-9]+(?:[-./_][A-Za-z0-9]+)+(?![\w])"
            r"(?<=[A-Za-z0-9])",
        )
    )
)
_HAS_LETTER = re.compile(r"[A-Za-z]")
_HAS_DIGIT = re.compile(r"\d")


def protected_spans(text: str) -> Iterator[tuple[int, int]]:
    """Give start and end of each stretch that is not to be touched, in order."""
    for match in _PROTECTED.finditer(text):
        found = match[0]
        plain_range = not _HAS_LETTER.search(found) and re.fullmatch(r"\d+[-./]\d+", found)
        if found != OPAQUE and plain_range and not re.fullmatch(r"\d{4}-\d{2}", found):
            continue  # 16-17 is a range and 42.5 a decimal: the rules know what to do
        yield match.span()
