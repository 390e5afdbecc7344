"""Words and pictures taken out of a text of the history."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

STANDS_FOR: Final = "…"
"""What stands where something was taken out."""

_LABEL: Final = r"!\[(?:[^\[\]\\]|\\.|\[[^\]]*\])*\]"
_TITLE: Final = r"""(?:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?"""


def without_words(words: str) -> Callable[[str], str]:
    """Return what takes words out of a text, in capitals or not, with any signs and spaces between them.

    Args:
        words: A name, or other words.
    """
    parts = re.findall(r"\w+", unicodedata.normalize("NFC", words))
    middle = r"[\W_]{1,20}".join(map(re.escape, parts)) if parts else re.escape(words)
    pattern = re.compile(rf"(?<!\w){middle}(?!\w)" if parts else middle, re.IGNORECASE)

    def taken(text: str) -> str:
        composed = unicodedata.normalize("NFC", text)
        return pattern.sub(STANDS_FOR, composed) if pattern.search(composed) else text

    return taken


def without_picture(source: str) -> Callable[[str], str]:
    """Return what takes a picture with its texts out of an article, and its name out of a plan.

    Args:
        source: The picture's file, relative to the issue.
    """
    name = re.escape(source)
    figure = re.compile(rf"{_LABEL}\(\s*<?(?:\./)?{name}>?{_TITLE}\s*\)(?:\{{[^}}\n]*\}})?")
    elsewhere = re.compile(rf"(?<![\w/.-]){name}(?![\w/.-])")
    return lambda text: elsewhere.sub(STANDS_FOR, figure.sub("", text))
