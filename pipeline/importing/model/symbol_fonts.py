"""Signs of symbol fonts: what a letter of Wingdings, Symbol or Webdings shows, as a character."""

from __future__ import annotations

from typing import Final

from mammoth.docx.dingbats import dingbats

from pipeline.importing.model.signs import is_settable, plain_signs

PRIVATE: Final = 0xF000
"""Where the private-use area begins through which symbol fonts are reached as well."""

_FONTS: Final[dict[str, str]] = {font.casefold(): font for font, _ in dingbats}
_FURTHER: Final = {
    ("Wingdings", 0x4A): "☺",
    ("Wingdings", 0xE0): "→",
    ("Wingdings", 0xDF): "←",
    ("Wingdings", 0xE8): "→",
    ("Wingdings", 0xF0): "→",
    ("Wingdings", 0xD8): "→",
    ("Wingdings", 0xFC): "✔",
}


def symbol_font(name: str) -> str:
    """Return the usual name of a symbol font, or an empty text where a font is none.

    Args:
        name: As written.
    """
    return _FONTS.get(name.strip().strip("\"'").casefold(), "")


def sign_of(font: str, code: int) -> str:
    """Return the character that a sign of a symbol font shows, among those the faces have.

    Args:
        font: The name of the font.
        code: The character as written; symbol fonts are also reached in the private-use area from U+F000.

    Returns:
        The character, or an empty text where it has none.
    """
    known = symbol_font(font)
    low = code - PRIVATE if code >= PRIVATE else code
    if further := _FURTHER.get((known, low)):
        return further
    point = dingbats.get((known, low))
    sign = plain_signs(chr(point)) if point is not None else ""
    return sign if is_settable(sign) else ""
