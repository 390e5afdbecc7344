"""Scripts (Unicode Standard Annex 24): which one a character belongs to, and what a script is called."""

from __future__ import annotations

from typing import Final

from pipeline.findings.translatable import N_

SYMBOLS: Final = "Zyyy"
"""Characters that belong to no script of their own: signs, punctuation, digits."""

_SHARED: Final = frozenset({"Zyyy", "Zinh", "Zzzz"})
_JAPANESE: Final = frozenset({"Hira", "Kana"})

_NAMES: Final = {
    "Adlm": N_("Adlam script"),
    "Arab": N_("Arabic script"),
    "Armn": N_("Armenian script"),
    "Beng": N_("Bengali script"),
    "Bopo": N_("Bopomofo"),
    "Brai": N_("Braille"),
    "Cans": N_("Canadian Aboriginal script"),
    "Cher": N_("Cherokee script"),
    "Copt": N_("Coptic script"),
    "Cyrl": N_("rare letters of Cyrillic"),
    "Deva": N_("Devanagari"),
    "Egyp": N_("Egyptian hieroglyphs"),
    "Ethi": N_("Ethiopic script"),
    "Geor": N_("Georgian script"),
    "Glag": N_("Glagolitic script"),
    "Goth": N_("Gothic script"),
    "Grek": N_("Greek script"),
    "Gujr": N_("Gujarati script"),
    "Guru": N_("Gurmukhi"),
    "Hang": N_("Korean script"),
    "Hani": N_("Chinese script"),
    "Hebr": N_("Hebrew script"),
    "Jpan": N_("Japanese script"),
    "Khmr": N_("Khmer script"),
    "Knda": N_("Kannada script"),
    "Laoo": N_("Lao script"),
    "Latn": N_("rare letters of Latin"),
    "Linb": N_("Linear B"),
    "Mlym": N_("Malayalam script"),
    "Mong": N_("Mongolian script"),
    "Mymr": N_("Burmese script"),
    "Nkoo": N_("N’Ko script"),
    "Olck": N_("Ol Chiki script"),
    "Orya": N_("Odia script"),
    "Runr": N_("runes"),
    "Sinh": N_("Sinhala script"),
    "Syrc": N_("Syriac script"),
    "Taml": N_("Tamil script"),
    "Telu": N_("Telugu script"),
    "Tfng": N_("Tifinagh"),
    "Thaa": N_("Thaana"),
    "Thai": N_("Thai script"),
    "Tibt": N_("Tibetan script"),
    "Xsux": N_("cuneiform"),
    "Yiii": N_("Yi script"),
    "Zyyy": N_("rare signs"),
}
_UNNAMED: Final = N_("a rare script")


def script_of(character: str) -> str:
    """Return the code of a character's script (ISO 15924); `SYMBOLS` for what several scripts share.

    The two Japanese syllabaries count as one script.
    """
    # Slow to load, and few issues have a character that their faces lack.
    from fontTools.unicodedata import script  # noqa: PLC0415

    code = str(script(character))
    if code in _JAPANESE:
        return "Jpan"
    return SYMBOLS if code in _SHARED else code


def script_name(code: str) -> str:
    """Return a script's English name, a message of the catalogue `bulletin`."""
    return _NAMES.get(code, _UNNAMED)
