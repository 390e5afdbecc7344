"""Numbers, money, countries and the labels of the page, in any language, by Babel.

All results are typeset: applying typography again changes nothing, and the only no-break space is U+00A0.
Dates are in `dates`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_symbol

from pipeline.typography.languages import catalogue_of, locale_of, tag_of
from pipeline.typography.microtypography.setting import set_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.models.values.facts import Money

NBSP: Final = "\u00a0"
_THOUSAND: Final = Decimal(1000)
_MILLION: Final = Decimal(1_000_000)
_MEGABYTE: Final = 1_000_000
_PAIR: Final = 2
_FEWEST_SPELT: Final = Decimal(10_000)
_MOST_DECIMALS: Final = 2
"""A scaled amount with more is written out: 1 234 567 is no number of millions."""

# Everyday names where the Unicode locale data are more formal than a bulletin, or differ from
# what the language's institutions print today.
_EVERYDAY: Final = {"bg": {"CZ": "Чехия", "NL": "Нидерландия", "GB": "Великобритания", "US": "САЩ"}}

_UNITS: Final = {
    "bg": {"EUR": "евро", "BGN": "лв.", "USD": "долара"},
    "ru": {"EUR": "евро", "RUB": "руб.", "USD": "долл."},
    "uk": {"EUR": "євро", "UAH": "грн", "USD": "дол."},
    "sr": {"EUR": "евра", "RSD": "динара", "USD": "долара"},
}
"""The words for currencies beside an amount, in languages that write them after it."""


def number(value: Decimal | int, language: str) -> str:
    """Return a number with every digit it has: „1 234,5“."""
    return typeset_data(
        format_decimal(value, locale=locale_of(language), decimal_quantization=False), language
    )


def money(value: Money, language: str) -> str:
    """Return an amount with all its digits, with “thousand” or “million” where that is short.

    Bulgarian: „294,5 хил. евро“, „4,96 млн. евро“, „1 234 567 евро“. English sets the sign in front
    and thousands in digits, as its newspapers do: “€294,500”, “€4.96 million”.
    """
    tag = tag_of(language)
    if tag in _UNITS:
        unit = _UNITS[tag].get(value.currency) or get_currency_symbol(value.currency, locale_of(language))
        return typeset_data(f"{_short_amount(value.amount, language)}{NBSP}{unit}", language)
    millions = _scaled(value.amount, _MILLION) if tag == "en" else None
    if millions is not None:
        return f"{_signed(millions, value.currency, language, fewest=0)}{NBSP}million"
    return typeset_data(_signed(_plain(value.amount), value.currency, language, fewest=2), language)


def country_name(code: str, language: str) -> str:
    """Return a country's everyday name: „Нидерландия“, “Netherlands”."""
    name = _EVERYDAY.get(tag_of(language), {}).get(code) or locale_of(language).territories.get(code, code)
    return typeset_data(name, language)


def listing(items: Iterable[str], language: str) -> str:
    """Return items as a list in a sentence: „България, Испания и Гърция“."""
    texts = list(items)
    if tag_of(language) == "en" and len(texts) > _PAIR:  # British: no comma before "and"
        return f"{', '.join(texts[:-1])} and {texts[-1]}"
    return typeset_data(format_list(texts, locale=locale_of(language)), language)


def language_name(code: str, language: str) -> str:
    """Return a language's name in a language: „английски“."""
    return str(locale_of(language).languages.get(tag_of(code), code))


def label(message: str, language: str, **values: object) -> str:
    """Return a label of the page.

    Args:
        message: The English label, with placeholders.
        language: The language of the issue; English where there is no catalogue.
        **values: The values of the placeholders.
    """
    text: str = catalogue_of(language).gettext(message)
    return text.format(**values) if values else text


def plural_label(one: str, many: str, count: int, language: str) -> str:
    """Return a label that counts, with `{n}` for the number: „7 организации“."""
    text = catalogue_of(language).ngettext(one, many, count)
    return set_text(text.format(n=number(count, language)), language).replace(" ", NBSP, 1)


def file_size(size: int, language: str) -> str:
    """Return the size of a file, rounded: „0,4 MB“.

    Args:
        size: In bytes.
        language: The language of the page.
    """
    if size < _MEGABYTE // 10:
        return label("{size} KB", language, size=number(max(1, round(size / 1000)), language))
    return label("{size} MB", language, size=number(round(Decimal(size) / _MEGABYTE, 1), language))


def _short_amount(amount: Decimal, language: str) -> str:
    millions = _scaled(amount, _MILLION)
    if millions is not None:
        return label("{amount} million", language, amount=number(millions, language))
    thousands = _scaled(amount, _THOUSAND) if amount >= _FEWEST_SPELT else None
    if thousands is not None:
        return label("{amount} thousand", language, amount=number(thousands, language))
    return number(_plain(amount), language)


def _scaled(amount: Decimal, scale: Decimal) -> Decimal | None:
    """Return an amount divided by a scale, or None where that is below one or has too many decimals."""
    scaled = _plain(amount / scale)
    return scaled if amount >= scale and _decimals(scaled) <= _MOST_DECIMALS else None


def _signed(amount: Decimal, currency: str, language: str, *, fewest: int) -> str:
    """Return an amount with its currency sign on the side that the language puts it.

    Args:
        amount: In whole units, or in millions of them.
        currency: ISO 4217 code.
        language: A language tag.
        fewest: The fewest decimals of an amount that has any: cents are written as two.
    """
    decimals = _decimals(amount)
    pattern: str = locale_of(language).currency_formats["standard"].pattern
    pattern = pattern.replace(".00", "." + "0" * max(decimals, fewest) if decimals else "")
    if tag_of(language) == "en" and get_currency_symbol(currency, locale_of(language))[-1].isalpha():
        pattern = pattern.replace("¤", f"¤{NBSP}")
    return format_currency(amount, currency, pattern, locale_of(language), currency_digits=False)


def _plain(value: Decimal) -> Decimal:
    """Return a number without an exponent and without trailing zeros: 2.945E+5 is 294500, 294500.00 too."""
    exact = value.normalize()
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def typeset_data(text: str, language: str) -> str:
    """Return what Babel wrote as it is to be set: its narrow spaces are no-break spaces."""
    spaced = text.replace("\u202f", NBSP).replace("\u2009", NBSP)
    return set_text(spaced, language)
