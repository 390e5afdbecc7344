"""Signs of symbol fonts: what a letter of Wingdings, Symbol or Webdings shows, as a character."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mammoth.docx.dingbats import dingbats

from pipeline.importing.model.signs import is_settable, plain_signs
from pipeline.importing.word.names import W

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_FONTS: Final[dict[str, str]] = {font.casefold(): font for font, _ in dingbats}
_PRIVATE: Final = 0xF000
_FURTHER: Final = {
    ("Wingdings", 0x4A): "☺",
    ("Wingdings", 0xE0): "→",
    ("Wingdings", 0xDF): "←",
    ("Wingdings", 0xE8): "→",
    ("Wingdings", 0xF0): "→",
    ("Wingdings", 0xD8): "→",
    ("Wingdings", 0xFC): "✔",
    ("Wingdings", 0xA7): "▪",
}


def symbol_font(fonts: Element | None, sign: str) -> str:
    """Return the symbol font that a character of a run is set in, or an empty text.

    Args:
        fonts: The element with the run's fonts, or None.
        sign: The character: one beyond ASCII may have another font.
    """
    if fonts is None:
        return ""
    names = ("hAnsi", "ascii", "cs") if sign > "\x7f" else ("ascii", "hAnsi")
    given = next((name for each in names if (name := fonts.get(W + each))), "")
    return _FONTS.get(given.casefold(), "")


def is_symbol(fonts: Element | None, sign: str) -> bool:
    """Return whether a character is a sign of a symbol font; a space is none."""
    private = _PRIVATE <= ord(sign) <= _PRIVATE + 0xFF
    return not sign.isspace() and (private or (ord(sign) < 0x100 and bool(symbol_font(fonts, sign))))  # noqa: PLR2004


def sign_of(font: str, code: int) -> str:
    """Return the character that a sign of a symbol font shows, among those the faces have.

    Args:
        font: The name of the font.
        code: The character as written; symbol fonts are also reached in the private-use area from U+F000.

    Returns:
        The character, or an empty text where it has none.
    """
    known = _FONTS.get(font.casefold(), "")
    low = code - _PRIVATE if code >= _PRIVATE else code
    if further := _FURTHER.get((known, low)):
        return further
    point = dingbats.get((known, low))
    sign = plain_signs(chr(point)) if point is not None else ""
    return sign if is_settable(sign) else ""


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
        font = symbol_font(fonts, sign) or "Symbol"
        yield sign, sign_of(font, ord(sign)), font
