"""Numerals of lists: Roman, letters, with zeros before (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

from typing import Final

_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщэюя"
_FIGURES: Final = {
    "decimal": "{}",
    "decimalZero": "{:02}",
    "decimalEnclosedParen": "({})",
    "decimalEnclosedFullstop": "{}.",
    "decimalEnclosedCircle": "({})",
    "numberInDash": "- {} -",
}
_MOST_ROMAN: Final = 3999


def numeral(number: int, form: str) -> str | None:
    """Return a number as a list prints it, or None where the form is not known.

    Args:
        number: From 0.
        form: As Word names it: `decimal`, `lowerLetter`, `upperRoman`, or zeros and a 1, as `001, 002, …`.
    """
    if form in _FIGURES:
        return _FIGURES[form].format(number)
    match form:
        case "upperRoman" | "lowerRoman":
            text = _roman(number)
        case "upperLetter" | "lowerLetter":
            text = _letters(number, _LATIN).upper()
        case "russianUpper" | "russianLower":
            text = _letters(number, _RUSSIAN).upper()
        case "none":
            return ""
        case _:
            return _padded(number, form)
    return text.lower() if form.startswith(("lower", "russianLower")) else text


def _roman(number: int) -> str:
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letters(number: int, alphabet: str) -> str:
    """Return a letter, doubled after the last of the alphabet, as word processors count."""
    if number < 1:
        return str(number)
    return alphabet[(number - 1) % len(alphabet)] * ((number - 1) // len(alphabet) + 1)


def _padded(number: int, form: str) -> str | None:
    first = form.split(",", maxsplit=1)[0].strip()
    return f"{number:0{len(first)}}" if first.strip("0") == "1" else None
