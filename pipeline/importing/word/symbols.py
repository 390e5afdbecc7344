"""Characters of a run that are signs of a symbol font."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.importing.model.symbol_fonts import PRIVATE, sign_of, symbol_font
from pipeline.importing.word.names import W

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element


def font_of_sign(fonts: Element | None, sign: str) -> str:
    """Return the symbol font that a character of a run is set in, or an empty text.

    Args:
        fonts: The element with the run's fonts, or None.
        sign: The character: one beyond ASCII may have another font.
    """
    if fonts is None:
        return ""
    names = ("hAnsi", "ascii", "cs") if sign > "\x7f" else ("ascii", "hAnsi")
    return symbol_font(next((name for each in names if (name := fonts.get(W + each))), ""))


def is_symbol(fonts: Element | None, sign: str) -> bool:
    """Return whether a character is a sign of a symbol font; a space is none."""
    private = PRIVATE <= ord(sign) <= PRIVATE + 0xFF
    return not sign.isspace() and (private or (ord(sign) < 0x100 and bool(font_of_sign(fonts, sign))))  # noqa: PLR2004


def signs_of(text: str, fonts: Element | None) -> Iterator[tuple[str, str, str]]:
    """Yield each character of a run: as written, as it is to be set, and its symbol font.

    Args:
        text: The words of the run.
        fonts: The element with its fonts, or None.
    """
    for sign in text:
        if not is_symbol(fonts, sign):
            yield sign, sign, ""
            continue
        font = font_of_sign(fonts, sign) or "Symbol"
        yield sign, sign_of(font, ord(sign)), font
