"""Words between quotation marks: those that stand in them themselves have the inner marks of the language."""

from __future__ import annotations

import string
from typing import Final

_OUTER: Final = {"bg": ("„", "“"), "en": ("“", "”")}
_INNER: Final = {"bg": ("’", "‘"), "en": ("‘", "’")}
_ALL: Final = "„“”«»"


def quoted(text: str, language: str) -> str:
    """Return a text between the quotation marks of a language, those in it as inner marks.

    Args:
        text: The text.
        language: `bg` or `en`.
    """
    first, last = _OUTER.get(language, _OUTER["en"])
    return f"{first}{within(text, language)}{last}"


def within(text: str, language: str) -> str:
    """Return a text as it stands between quotation marks: those in it are inner marks.

    Args:
        text: The text.
        language: `bg` or `en`.
    """
    opening, closing = _INNER.get(language, _INNER["en"])
    signs = []
    for at, sign in enumerate(text):
        if sign not in _ALL:
            signs.append(sign)
            continue
        # „ and « only open; “ opens in English and closes in Bulgarian: what stands before it tells which.
        begins = at == 0 or text[at - 1].isspace() or text[at - 1] in "(–—-"
        signs.append(opening if sign in "„«" or (sign == "“" and begins) else closing)
    return "".join(signs)


def in_quotes(message: str) -> frozenset[str]:
    """Return the names of the placeholders of a message that stand between quotation marks."""
    parts = list(string.Formatter().parse(message))
    followed = zip(parts, [*(part[0] for part in parts[1:]), ""], strict=True)
    return frozenset(
        name
        for (before, name, _, _), after in followed
        if name and before.endswith(("„", "“")) and after.startswith(("“", "”"))
    )
