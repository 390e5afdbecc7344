"""The single letters of text objects, each with its box."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, Final

from pipeline.pdf.law.drawn.drawn_text import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.pdf.law.drawn.drawn_text import DrawnPage, Fragment

_HIGH: Final = range(0xD800, 0xDC00)
_LOW: Final = range(0xDC00, 0xE000)
"""The halves of a character beyond the basic plane (Unicode, 3.9)."""


def _letter(raw: Any, texts: Any, index: int) -> str:
    """Return a character; of one that pdfium gives in two halves (UTF-16), the second is empty."""
    code = raw.FPDFText_GetUnicode(texts, index)
    if code in _LOW:
        return ""
    if code in _HIGH:
        low = raw.FPDFText_GetUnicode(texts, index + 1)
        return chr(0x10000 + ((code - _HIGH.start) << 10) + (low - _LOW.start)) if low in _LOW else ""
    return chr(code)


def letters_of(drawn: DrawnPage, fragments: Iterable[Fragment]) -> dict[Fragment, list[tuple[str, Box]]]:
    """Return the letters of some fragments of a page, without spaces.

    Args:
        drawn: The page.
        fragments: Of this page.
    """
    from pypdfium2 import raw  # noqa: PLC0415 - slow to load

    wanted = {ctypes.cast(fragment.handle, ctypes.c_void_p).value: fragment for fragment in fragments}
    letters: dict[Fragment, list[tuple[str, Box]]] = {fragment: [] for fragment in wanted.values()}
    texts = drawn.texts.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(raw.FPDFText_CountChars(texts)):
        handle = ctypes.cast(raw.FPDFText_GetTextObject(texts, index), ctypes.c_void_p).value
        fragment = wanted.get(handle)
        if fragment is None:
            continue
        letter = _letter(raw, texts, index)
        if not letter or letter.isspace():
            continue
        raw.FPDFText_GetCharBox(texts, index, left, right, bottom, top)
        box = Box(left.value, bottom.value, right.value, top.value)
        if box.right > box.left and box.top > box.bottom:
            letters[fragment].append(("-" if letter == "\x02" else letter, box))
    return letters
