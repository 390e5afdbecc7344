"""Dates, numbers, money, countries and the labels of the page, in any language; the only door to Babel.

Everything comes out as typography would leave it: the no-break space is U+00A0 and there is no other.
"""

from __future__ import annotations

import functools
import gettext
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_symbol

from pipeline.microtypography import set_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from pipeline.models.facts import Moment, Money, PartialDate, Period

CATALOGUES: Final = Path(__file__).with_name("locale")
"""Gettext catalogues: domain `page` for what is printed, `bulletin` for what the program says."""

NBSP: Final = "\u00a0"
_THOUSAND: Final = Decimal(1000)
_MILLION: Final = Decimal(1_000_000)
_FEWEST_SPELT: Final = Decimal(10_000)
_MOST_DECIMALS: Final = 2
"""A scaled amount with more is written out: 1 234 567 is no number of millions."""

# Everyday names where the Unicode locale data are more formal than a bulletin, or differ from
# what the language's institutions print today.
_EVERYDAY: Final = {"bg": {"CZ": "Чехия", "NL": "Нидерландия", "GB": "Великобритания", "US": "САЩ"}}


def known_language(language: str) -> bool:
    """Tell whether Babel knows a language."""
    try:
        _locale(language)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def full_date(date: dt.date, language: str) -> str:
    """Return a date in words: „20 декември 2023 г.“, “20 December 2023”."""
    pattern = "d MMMM y" if _tag(language) == "en" else "long"
    return _set(format_date(date, pattern, _locale(language)), language)


def month_year(date: dt.date, language: str) -> str:
    """Return month and year: „декември 2023 г.“, “December 2023”."""
    return _set(f"{_month(date, language)} {_year(date.year, language)}", language)


def partial_date(date: PartialDate, language: str) -> str:
    """Return as much of a date as is known: „януари 2024 г.“, „2024 г.“."""
    if date.day is not None:
        return full_date(date.first_day, language)
    if date.month is not None:
        return month_year(date.first_day, language)
    return _year(date.year, language)


def date_interval(start: dt.date, end: dt.date, language: str) -> str:
    """Return the days from start to end: „16 – 17 ноември 2023 г.“, “16–17 November 2023”."""
    if start == end:
        return full_date(start, language)
    if (start.year, start.month) == (end.year, end.month):
        return _set(f"{start.day}{_range(language)}{full_date(end, language)}", language)
    if start.year == end.year:
        opening = _set(format_skeleton("MMMMd", start, locale=_locale(language)), language)
        return _set(f"{opening} – {full_date(end, language)}", language)
    return _set(f"{full_date(start, language)} – {full_date(end, language)}", language)


def moment(when: Moment, language: str) -> str:
    """Return a day, and its time of day where one is known: „7 ноември 2023 г., 10:00 ч.“."""
    day = full_date(when.date, language)
    if when.time is None:
        return day
    clock = format_time(when.time, "HH:mm", locale=_locale(language))
    hours = f"{NBSP}ч." if _tag(language) == "bg" else ""
    return f"{day}, {clock}{hours}"


def period(when: Period, language: str) -> str:
    """Return when something runs: „септември 2022 г. – септември 2024 г.“, „до януари 2024 г.“."""
    if when.start is None and when.end is not None:
        return label("until {date}", language, date=_after_preposition(when.end, language))
    if when.end is None and when.start is not None:
        return label("from {date}", language, date=_after_preposition(when.start, language))
    if when.start is None or when.end is None:
        return ""
    if when.start == when.end:
        return partial_date(when.start, language)
    start, end = partial_date(when.start, language), partial_date(when.end, language)
    return f"{start}{NBSP}{_dash(language)} {end}"


def number(value: Decimal | int, language: str) -> str:
    """Return a number with every digit it has: „1 234,5“."""
    return _set(format_decimal(value, locale=_locale(language), decimal_quantization=False), language)


def money(value: Money, language: str) -> str:
    """Return an amount in words where that is exact and short: „294,5 хил. евро“, „4,96 млн. евро“."""
    tag = _tag(language)
    millions = (value.amount / _MILLION).normalize()
    thousands = (value.amount / _THOUSAND).normalize()
    if value.currency == "EUR" and tag in _EURO_WORDS:
        unit = _EURO_WORDS[tag]
        if value.amount >= _MILLION and _decimals(millions) <= _MOST_DECIMALS:
            amount = label("{amount} million", language, amount=number(_plain(millions), language))
            return f"{amount}{NBSP}{unit}"
        if value.amount >= _FEWEST_SPELT and _decimals(thousands) <= _MOST_DECIMALS:
            amount = label("{amount} thousand", language, amount=number(_plain(thousands), language))
            return f"{amount}{NBSP}{unit}"
        return f"{number(_plain(value.amount), language)}{NBSP}{unit}"
    if tag == "en" and value.amount >= _MILLION and _decimals(millions) <= _MOST_DECIMALS:
        sign = get_currency_symbol(value.currency, _locale(language))
        space = NBSP if sign[-1].isalpha() else ""
        return f"{sign}{space}{number(_plain(millions), language)}{NBSP}million"
    plain = _plain(value.amount)
    whole = plain == plain.to_integral_value()
    pattern = None if not whole else _locale(language).currency_formats["standard"].pattern.replace(".00", "")
    text = format_currency(plain, value.currency, pattern, _locale(language), currency_digits=not whole)
    return _set(text, language)


def country_name(code: str, language: str) -> str:
    """Return a country's everyday name: „Нидерландия“, “Netherlands”."""
    return _EVERYDAY.get(_tag(language), {}).get(code) or _locale(language).territories.get(code, code)


def listing(items: Iterable[str], language: str) -> str:
    """Return items as a list in a sentence: „България, Испания и Гърция“."""
    texts = list(items)
    if _tag(language) == "en" and len(texts) > 2:  # noqa: PLR2004 - British: no comma before "and"
        return f"{', '.join(texts[:-1])} and {texts[-1]}"
    return _set(format_list(texts, locale=_locale(language)), language)


def language_name(code: str, language: str) -> str:
    """Return a language's name in a language: „английски“."""
    return _locale(language).languages.get(_tag(code), code)


def label(message: str, language: str, **values: object) -> str:
    """Return a label of the page.

    Args:
        message: The English label, with placeholders.
        language: The language of the issue; English where there is no catalogue.
        **values: What the placeholders stand for.
    """
    text = _catalogue(language).gettext(message)
    return text.format(**values) if values else text


def plural_label(one: str, many: str, count: int, language: str) -> str:
    """Return a label that counts, with `{n}` for the number: „7 организации“."""
    text = _catalogue(language).ngettext(one, many, count)
    return set_text(text.format(n=number(count, language)), language).replace(" ", NBSP, 1)


def has_labels(language: str) -> bool:
    """Tell whether the labels of the page are translated into a language."""
    return _tag(language) == "en" or isinstance(_catalogue(language), gettext.GNUTranslations)


_EURO_WORDS: Final = {"bg": "евро", "ru": "евро", "uk": "євро", "sr": "евра"}


@functools.cache
def _locale(language: str) -> Locale:
    # "en" is British here; Serbian is Cyrillic unless its tag says otherwise.
    return Locale.parse("en-GB" if language == "en" else language, sep="-")


@functools.cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("page", CATALOGUES, languages=[_tag(language)], fallback=True)


def _tag(language: str) -> str:
    return language.split("-")[0]


def _after_preposition(date: PartialDate, language: str) -> str:
    """Return a partial date as it stands after „до“ or „от“; Russian and Ukrainian decline it."""
    if date.month is None or date.day is not None or _tag(language) not in {"ru", "uk"}:
        return partial_date(date, language)
    month = format_date(date.first_day, "MMMM", _locale(language))
    return _set(f"{month} {_year(date.year, language)}", language)


def _month(date: dt.date, language: str) -> str:
    return format_date(date, "LLLL", _locale(language))


def _year(year: int, language: str) -> str:
    suffix = {"bg": f"{NBSP}г.", "ru": f"{NBSP}г.", "uk": f"{NBSP}р.", "sr": "."}.get(_tag(language), "")
    return f"{year}{suffix}"


def _dash(language: str) -> str:
    return "—" if _tag(language) in {"ru", "uk"} else "–"


def _range(language: str) -> str:
    return f"{NBSP}–{NBSP}" if _tag(language) == "bg" else "–"


def _plain(value: Decimal) -> Decimal:
    """Take the exponent out: 2.945E+5 is 294500, and 294500.00 too."""
    exact = value.normalize()
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _set(text: str, language: str) -> str:
    spaced = text.replace("\u202f", NBSP).replace("\u2009", NBSP)
    return set_text(spaced, language)
