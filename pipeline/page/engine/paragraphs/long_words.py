"""Words of hundreds of letters, of which the engine is given as much as may stand on a line.

To hyphenate a word, the engine lays it out up to its last hyphen, then up to the one before, until one fits;
to find how narrow a cell may be, it does so for each syllable. So the time grew with the square of the number
of letters. Here it lays out the beginning of such a word alone, and all of it only where it does not break
within that. Lines end where they did.
"""

from __future__ import annotations

import functools
from math import inf
from typing import Any, Final

_LETTERS_AN_EM: Final = 4
"""More than a line holds of an alphabet."""

_LONG: Final = 60
"""Letters before and after a cut: no word of a language has so many, and no pattern of hyphens."""


def given_heads(plain: Any) -> Any:  # noqa: ANN401 - the engine has no types
    """Return the engine's function that sets a text up to the end of a line, given no more than that takes.

    Args:
        plain: The engine's own.
    """

    @functools.wraps(plain)
    def split_first_line(
        text: str,
        style: Any,  # noqa: ANN401
        context: Any,  # noqa: ANN401
        max_width: float | None,
        *rest: Any,  # noqa: ANN401
        **named: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        if max_width is not None and max_width != inf:
            head = head_of(text, max_width, style["font_size"])
            result = plain(head, style, context, max_width, *rest, **named)
            if len(head) == len(text) or result[2] is not None:
                return result
        return plain(text, style, context, max_width, *rest, **named)

    return split_first_line


def head_of(text: str, width: float, size: float) -> str:
    """Return as much of a text as may stand on a line and more, the whole where it has no word so long.

    Args:
        text: What is to be set, from the beginning of the line.
        width: Of the line.
        size: Of the type, in the unit of the width.
    """
    most = (int(max(width, 0) / size * _LETTERS_AN_EM) if size else 0) + _LONG
    return text[:most] if text[most - _LONG : most + _LONG].isalpha() and len(text) > most + _LONG else text
