"""Characters that nobody sees: left out, or replaced by the character they stand for.

They come with what is pasted from web pages, mail and word processors. The faces have no glyphs for most of
them, and within an address, a date or a file name they make it another one.
"""

from __future__ import annotations

import re
from typing import Final

NO_BREAK_SPACES: Final = "\u2000-\u200a\u202f\u205f\u3000"
"""Spaces of fixed widths, as a character class: each is set as a no-break space."""

LINE_ENDS: Final = "\u2028\u2029"
"""Unicode's own ends of lines and paragraphs, which word processors paste; each is set as a space."""

HYPHENS: Final = "\u2010\u2011"
"""Hyphens other than that of ASCII, which is set for them: the faces have no glyphs for these."""

UNSEEN: Final = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""Marks of direction, zero-width spaces and joiners, invisible operators and the byte order mark, as a
character class. The joiners U+200C and U+200D are none: scripts and emoji need them."""

USELESS: Final = f"[{UNSEEN}]|\u00ad(?![^\\W\\d_])|(?<![^\\W\\d_])\u00ad"
"""What is left out, as a pattern: unseen marks, and soft hyphens that do not part two letters."""

_ANY: Final = re.compile(f"[{UNSEEN}{NO_BREAK_SPACES}{LINE_ENDS}{HYPHENS}\u00ad]")
_SET_AS: Final = {
    **dict.fromkeys((*range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), "\u00a0"),
    **dict.fromkeys(map(ord, LINE_ENDS), " "),
    **dict.fromkeys(map(ord, HYPHENS), "-"),
}


def has_unseen(text: str) -> bool:
    """Return whether there is a character in a text that nobody sees, or that stands for another one."""
    return _ANY.search(text) is not None


def without_unseen(text: str) -> str:
    """Return a text without characters that nobody sees; its letters, digits and signs stay."""
    if not has_unseen(text):
        return text
    return re.sub(USELESS, "", text.translate(_SET_AS))


def named_unseen(text: str) -> str:
    """Return a text in which characters that nobody sees are named, as `‹U+200E›`, to be shown to people."""
    return _ANY.sub(lambda sign: f"‹U+{ord(sign[0]):04X}›", text)
