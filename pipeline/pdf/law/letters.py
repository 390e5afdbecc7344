"""The single letters of text objects, each with its box."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from pipeline.pdf.law.drawn_text import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.pdf.law.drawn_text import DrawnPage, Fragment


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
        letter = chr(raw.FPDFText_GetUnicode(texts, index))
        if fragment is None or letter.isspace():
            continue
        raw.FPDFText_GetCharBox(texts, index, left, right, bottom, top)
        box = Box(left.value, bottom.value, right.value, top.value)
        if box.right > box.left and box.top > box.bottom:
            letters[fragment].append(("-" if letter == "\x02" else letter, box))
    return letters
