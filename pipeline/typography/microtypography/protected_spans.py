"""Spans that typography leaves unchanged: addresses, file names, identifiers, digit dates, telephones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

OPAQUE: Final = "\ufffc"
"""The object replacement character: stands for what is not text, or is protected."""

_SPACE: Final = "[ \u00a0]"
_GAP: Final = rf"{_SPACE}?[-/]?{_SPACE}?"

TELEPHONE: Final = (
    rf"(?<![\w.,-])\+\d{{1,3}}(?:{_GAP}\(?\d{{1,4}}\)?){{2,6}}(?![\w-])"
    rf"|(?<![\w.,-])\(?0\d{{0,4}}\)?(?:{_GAP}\(?\d{{2,4}}\)?){{2,5}}(?![\w-])"
)
"""A telephone number, as a pattern: a prefix, or a nought, and groups of digits."""

# Every repetition that could start over at many places is bounded, so that a hostile text costs
# time in proportion to its length.
SPANS: Final = "|".join(
    (
        OPAQUE,
        # web and mail addresses, domain names, file names
        r"(?i:https?://|www\.)[^\s\ufffc<>\"„“”«»]{0,2000}[\w/=&#]",
        r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
        r"(?<![\w.-])[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,24}(?![\w@-])",
        r"(?<![\w.-])[\w-]{1,100}\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|svg|zip|md|ya?ml|csv)(?!\w)",
        # dates in digits, versions, numbers of standards
        r"(?<![\d-])\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2})?(?![\d-])",
        r"(?<![\d.])\d{1,4}(?:\.\d{1,4}){2,12}(?![\d.])",
        rf"\bIS[SB]N(?:-1[03])?:?{_SPACE}?[\d-]{{8,17}}[\dXx]?",
        # telephones: a word for it and digits, or a prefix and groups of digits
        (
            rf"(?<![^\W_])(?i:тел|моб|факс|gsm|tel|phone|fax|mob)\.?:?{_SPACE}?"
            r"[+(]?\d[\d \u00a0()/-]{3,24}\d(?!\d)"
        ),
        TELEPHONE,
        # identifiers: Latin letters and digits joined by hyphens, points, slashes
        r"(?<![\w.-])(?=[\d./_-]{0,60}[A-Za-z])[A-Za-z0-9]{1,60}(?:[-./_][A-Za-z0-9]{1,60}){1,20}(?!\w)",
    )
)
"""What is protected, as a pattern."""

_BEGINS: Final = rf"(?:(?<![^\W_])|(?=[\dHhWw])|(?={OPAQUE}))(?:(?=[\w(+.-])|(?={OPAQUE}))"
"""Where a span can begin: within a word only with a digit, or as `http` or `www`. Saves half of the time."""

_PROTECTED: Final = re.compile(f"{_BEGINS}(?:{SPANS})")

_HINT: Final = re.compile(r"[\dA-Za-z@]")
"""Whatever else is protected contains one of these; most Cyrillic texts contain none and need no search."""


def protected_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each protected span, in order."""
    if OPAQUE not in text and not _HINT.search(text):
        return
    for match in _PROTECTED.finditer(text):
        yield match.span()
