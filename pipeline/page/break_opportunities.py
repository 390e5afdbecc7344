"""Where the lines of addresses and identifiers may end: between their parts, without a hyphen.

An address or identifier has no hyphenation: a hyphen at a line's end would be read as part of it, or its own
hyphen as a hyphenation. So it is divided into parts: after `/ _ ? & = : ; , + @ # %` and before a dot or a
hyphen (The Chicago Manual of Style, 7.46), and a part that is still long into groups of letters, as the
number of an account is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.page.layout_rules import keeps_words
from pipeline.typography.microtypography.protected_spans import TELEPHONE

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_WHOLE: Final = 32
"""The most characters of an address or identifier that is never divided; it fits any column of text."""

_LONGEST_PART: Final = 20
"""The most characters of a part; it fits the narrowest column, that of the facts."""

LONGEST_KEPT: Final = 20
"""The most characters of what is kept on one line; it fits any column."""

KEPT: Final = re.compile(
    r"(?<![\w-])(?:(?:[^\W\d_]|\d{1,4})-[^\W\d_]{1,3}|[^\W\d_]{1,4}-\d{1,4})(?![\w-])"
    r"|(?<!\d)\d[\d.:,]*(?:\u00a0ч\.)?\u00a0–\u00a0\d[\d.:,]*"
    rf"|{TELEPHONE}"
)
"""Short words and designations with a hyphen (д-р, г-жа, 2-ри, 90-те, А-16), spans of numbers and times, and
telephone numbers.

Behind a dash a line may end before a no-break space, too (Unicode Standard Annex 14, LB12a).
"""

KEPT_SPANS: Final = re.compile(rf"{KEPT.pattern}|(?<![\d–])\d[\d.:,]*–\d[\d.:,]*")
"""The same, with spans whose dash has no spaces, as in English."""

_GROUP: Final = 10
"""The most characters of a group within a part that is longer."""

ADDRESS: Final = re.compile(
    r"(?:https?://|www\.|mailto:)\S+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|(?<![\w.-])(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?![\w-])(?:/\S*)?"
)
"""A web address, with or without its scheme, or an e-mail address."""

# Not after https://www, and not between two signs of the same kind.
_SEAM: Final = re.compile(
    r"(?<=[/@&=?:;,+#%])(?=[\w(\[{<\"'])|(?<=[=?:;,])(?=[&%#])|(?<!\bwww)(?=\.\w)|(?<=[-_])"
)
_SEAM_BESIDE_HYPHENS: Final = re.compile(
    _SEAM.pattern.replace(r"(?<=[-_])", r"(?<=_)|(?<=[^\W_])(?=-[^\W_])")
)
"""The same with seams before hyphens, not after."""

_LONG: Final = re.compile(rf"[^\s\u2060\u200b\u00ad]{{{LONGEST_WHOLE + 1},}}")
_WORD: Final = re.compile(
    r"[(\[\u201e\u201c\u2018\u201a\u00ab\"']*"
    r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*"
    r"[.,;:!?\u2026\u201c\u201d\u2018\u2019\u00bb\"')\]]*"
)
"""A word of a language, with the brackets, quotation marks and stops beside it."""


def parts_of(text: str) -> list[str]:
    """Divide an address or identifier into the parts between which its lines may end.

    Args:
        text: Without spaces.

    Returns:
        The parts, in order; together they are the text.
    """
    seam = _SEAM_BESIDE_HYPHENS if keeps_words() else _SEAM
    return [group for part in seam.split(text) if part for group in _groups(part)]


def is_identifier(text: str) -> bool:
    """Return whether a text without spaces is too long for a line and no word, or words, of a language."""
    if not _LONG.fullmatch(text):
        return False
    return any(not _WORD.fullmatch(piece) for piece in re.split(r"[-\u2010-\u2015/]+", text) if piece)


def divided(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of a text, each with whether it is an identifier to be divided into parts."""
    at = 0
    for match in _LONG.finditer(text):
        if is_identifier(match[0]):
            if match.start() > at:
                yield text[at : match.start()], False
            yield match[0], True
            at = match.end()
    if at < len(text):
        yield text[at:], False


def _groups(part: str) -> list[str]:
    if len(part) <= _LONGEST_PART:
        return [part]
    count = -(-len(part) // _GROUP)
    size = -(-len(part) // count)
    return [part[at : at + size] for at in range(0, len(part), size)]
