"""The letters of languages, and the forms of Cyrillic letters that their readers expect of a face."""

from __future__ import annotations

from typing import Final

_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"

_LETTERS: Final = {
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюяѝ",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "cs": _LATIN + "áčďéěíňóřšťúůýž",
    "da": _LATIN + "æøå",
    "de": _LATIN + "äöüß",
    "es": _LATIN + "áéíñóúü",
    "et": _LATIN + "äõöüšž",
    "fi": _LATIN + "äöå",
    "fr": _LATIN + "àâæçéèêëîïôœùûüÿ",
    "hr": _LATIN + "čćđšž",
    "hu": _LATIN + "áéíóöőúüű",
    "it": _LATIN + "àèéìòù",
    "lt": _LATIN + "ąčęėįšųūž",
    "lv": _LATIN + "āčēģīķļņšūž",
    "nl": _LATIN + "éëïóöü",
    "pl": _LATIN + "ąćęłńóśźż",
    "pt": _LATIN + "áâãàçéêíóôõú",
    "ro": _LATIN + "ăâîșț",
    "sk": _LATIN + "áäčďéíĺľňóôŕšťúýž",
    "sl": _LATIN + "čšž",
    "sq": _LATIN + "çë",
    "sr-Latn": _LATIN + "čćđšž",
    "sv": _LATIN + "åäö",
    "tr": _LATIN + "çğıöşü",
}
"""Small letters, as the main exemplar characters of CLDR have them; ß and ŉ have no capital of one letter."""

_FORMS: Final = {"bg": {"BGR", "bg"}, "sr": {"SRB"}, "mk": {"MKD", "SRB"}}
"""The language systems of OpenType whose letterforms differ from the Russian ones that faces mostly have.

`bg` in small letters stands for a face whose own forms are Bulgarian, as `typography.font_files` finds it.
"""


def letters_of(language: str) -> str:
    """Return the letters of a language, small ones and capitals; those of English where it is not known.

    Args:
        language: A BCP 47 tag.
    """
    small = _LETTERS.get(language) or _LETTERS.get(language.partition("-")[0], _LATIN)
    capitals = "".join(letter.upper() for letter in small if len(letter.upper()) == 1)
    return "".join(dict.fromkeys(small + capitals))


def wanted_forms(language: str) -> frozenset[str]:
    """Return the language systems of which a face needs one to look right in a language; none for most."""
    return frozenset() if "-Latn" in language else frozenset(_FORMS.get(language.partition("-")[0], ()))
