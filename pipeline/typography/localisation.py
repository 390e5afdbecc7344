"""Dates, numbers, money, countries and the labels of the page, in any language, by Babel.

All results are typeset: applying typography again changes nothing, and the only no-break space is U+00A0.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_symbol

from pipeline.typography.languages import catalogue_of, locale_of, tag_of
from pipeline.typography.microtypography.setting import set_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from pipeline.models.values.facts import Moment, Money, PartialDate, Period

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


def full_date(date: dt.date, language: str) -> str:
    """Return a date in words: „20 декември 2023 г.“, “20 December 2023”."""
    pattern = "d MMMM y" if tag_of(language) == "en" else "long"
    return _typeset(format_date(date, pattern, locale_of(language)), language)


def weekday(date: dt.date, language: str) -> str:
    """Return the day of the week: „сряда“, “Wednesday”."""
    return format_date(date, "EEEE", locale_of(language))


def month_name(date: dt.date, language: str) -> str:
    """Return the month alone: „декември“, “December”."""
    return _month(date, language)


def weekday_and_time(start: Moment, end: Moment | None, language: str) -> str:
    """Return the days of the week and the hours: „сряда, 10:00 ч.“, „вторник, 09:30 ч. – петък, 16:00 ч.“.

    Of several months, whose days the numerals beside them give without a year, the whole dates.
    """
    several = end is not None and end.date != start.date
    if end is None or not several:
        days = weekday(start.date, language)
        if start.time is None:
            return days
        clock = _clock(start.time, language)
        if end is not None and end.time is not None:
            clock += f"{_range(language)}{_clock(end.time, language)}"
        return set_text(f"{days}, {clock}{_hours(language)}", language)
    if (end.date.year, end.date.month) != (start.date.year, start.date.month):
        return span(start, end, language)
    begins, ends = (_weekday_at(each, language) for each in (start, end))
    if start.time is not None and end.time is None:
        hours = f"{_clock(start.time, language)}{_hours(language)}"
        return set_text(f"{weekday(start.date, language)} – {ends}, {hours}", language)
    return set_text(f"{begins} – {ends}", language)


def _weekday_at(when: Moment, language: str) -> str:
    day = weekday(when.date, language)
    return day if when.time is None else f"{day}, {_clock(when.time, language)}{_hours(language)}"


def _clock(time: dt.time, language: str) -> str:
    return format_time(time, "HH:mm", locale=locale_of(language))


def month_year(date: dt.date, language: str) -> str:
    """Return month and year: „декември 2023 г.“, “December 2023”."""
    if tag_of(language) not in _OWN_DATES:
        return _typeset(format_skeleton("yMMMM", date, locale=locale_of(language)), language)
    return f"{_month(date, language)} {_year(date.year, language)}"


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
    if tag_of(language) not in _OWN_DATES:
        return _typeset(format_interval(start, end, "yMMMMd", locale=locale_of(language)), language)
    if (start.year, start.month) == (end.year, end.month):
        return _typeset(f"{start.day}{_range(language)}{full_date(end, language)}", language)
    if start.year == end.year:
        opening = _typeset(format_skeleton("MMMMd", start, locale=locale_of(language)), language)
        return _typeset(f"{opening} – {full_date(end, language)}", language)
    return _typeset(f"{full_date(start, language)} – {full_date(end, language)}", language)


def moment(when: Moment, language: str) -> str:
    """Return a day, and its time of day where one is known: „7 ноември 2023 г., 10:00 ч.“."""
    day = full_date(when.date, language)
    if when.time is None:
        return day
    clock = format_time(when.time, "HH:mm", locale=locale_of(language))
    return f"{day}, {clock}{_hours(language)}"


def span(start: Moment, end: Moment | None, language: str, *, date_once: bool = True) -> str:
    """Return from when until when something is: „7 – 9 ноември 2023 г.“, „… г., 10:00 – 12:30 ч.“.

    Args:
        start: When it begins.
        end: When it ends, or None.
        language: The language of the text.
        date_once: Whether a span within one day has its date once; templates attached to archive PDFs of
            before call this without it, and had the date twice.
    """
    if end is None or end == start or (start.date == end.date and end.time is None):
        return moment(start, language)
    if date_once and start.date == end.date and end.time is not None:
        return _within_a_day(start, end.time, language)
    if start.time is None and end.time is None:
        return date_interval(start.date, end.date, language)
    return set_text(f"{moment(start, language)} – {moment(end, language)}", language)


def _within_a_day(start: Moment, end: dt.time, language: str) -> str:
    closing = f"{format_time(end, 'HH:mm', locale=locale_of(language))}{_hours(language)}"
    day = moment(start, language).removesuffix(_hours(language))
    if start.time is None:
        return set_text(f"{day}, {label('until {date}', language, date=closing)}", language)
    return set_text(f"{day}{_range(language)}{closing}", language)


def period(when: Period, language: str) -> str:
    """Return when something runs: „септември 2022 – септември 2024 г.“, „до януари 2024 г.“."""
    start, end = when.start, when.end
    if start is not None and end is not None:
        return _whole_period(start, end, language)
    if end is not None:
        return _typeset(label("until {date}", language, date=_after_preposition(end, language)), language)
    if start is not None:
        return _typeset(label("from {date}", language, date=_after_preposition(start, language)), language)
    return ""


def number(value: Decimal | int, language: str) -> str:
    """Return a number with every digit it has: „1 234,5“."""
    return _typeset(format_decimal(value, locale=locale_of(language), decimal_quantization=False), language)


def money(value: Money, language: str) -> str:
    """Return an amount with all its digits, with “thousand” or “million” where that is short.

    Bulgarian: „294,5 хил. евро“, „4,96 млн. евро“, „1 234 567 евро“. English sets the sign in front
    and thousands in digits, as its newspapers do: “€294,500”, “€4.96 million”.
    """
    tag = tag_of(language)
    if tag in _UNITS:
        unit = _UNITS[tag].get(value.currency) or get_currency_symbol(value.currency, locale_of(language))
        return _typeset(f"{_short_amount(value.amount, language)}{NBSP}{unit}", language)
    millions = _scaled(value.amount, _MILLION) if tag == "en" else None
    if millions is not None:
        return f"{_signed(millions, value.currency, language, fewest=0)}{NBSP}million"
    return _typeset(_signed(_plain(value.amount), value.currency, language, fewest=2), language)


def country_name(code: str, language: str) -> str:
    """Return a country's everyday name: „Нидерландия“, “Netherlands”."""
    name = _EVERYDAY.get(tag_of(language), {}).get(code) or locale_of(language).territories.get(code, code)
    return _typeset(name, language)


def listing(items: Iterable[str], language: str) -> str:
    """Return items as a list in a sentence: „България, Испания и Гърция“."""
    texts = list(items)
    if tag_of(language) == "en" and len(texts) > _PAIR:  # British: no comma before "and"
        return f"{', '.join(texts[:-1])} and {texts[-1]}"
    return _typeset(format_list(texts, locale=locale_of(language)), language)


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


_OWN_DATES: Final = frozenset({"bg", "en", "ru", "uk", "sr"})
"""Languages whose dates are composed here; those of all others come from Babel."""

_UNITS: Final = {
    "bg": {"EUR": "евро", "BGN": "лв.", "USD": "долара"},
    "ru": {"EUR": "евро", "RUB": "руб.", "USD": "долл."},
    "uk": {"EUR": "євро", "UAH": "грн", "USD": "дол."},
    "sr": {"EUR": "евра", "RSD": "динара", "USD": "долара"},
}
"""The words for currencies beside an amount, in languages that write them after it."""

_SERBIAN_GENITIVE: Final = {"бар": "бра", "ар": "ара", "т": "та", "л": "ла", "ј": "ја", "н": "на"}
"""Endings of the months, the longest first."""


def _whole_period(start: PartialDate, end: PartialDate, language: str) -> str:
    """Return a period with two ends; what both have in common is given once, at the end."""
    if start == end:
        return partial_date(start, language)
    tag = tag_of(language)
    if start.day is not None and end.day is not None:
        return date_interval(start.first_day, end.first_day, language)
    if tag not in _OWN_DATES or (start.month is None) != (end.month is None) or start.day or end.day:
        opening = partial_date(start, language)
    elif start.month is None:
        years = {"ru": f"{NBSP}гг.", "uk": f"{NBSP}рр."}.get(tag) or _year(0, language).removeprefix("0")
        return f"{start.year}{_range(language)}{end.year}{years}"
    elif start.year != end.year:
        opening = f"{_month(start.first_day, language)} {start.year}" + ("." if tag == "sr" else "")
    elif tag == "en":
        return f"{_month(start.first_day, language)}–{month_year(end.first_day, language)}"
    else:
        opening = _month(start.first_day, language)
    return _typeset(f"{opening} – {partial_date(end, language)}", language)


def _after_preposition(date: PartialDate, language: str) -> str:
    """Return a partial date as it stands after „до“ or „от“; Slavic languages but Bulgarian decline it."""
    if date.month is None:
        return partial_date(date, language)
    tag = tag_of(language)
    if tag in {"ru", "uk"} and date.day is None:
        return f"{format_date(date.first_day, 'MMMM', locale_of(language))} {_year(date.year, language)}"
    if tag == "sr":
        month = _month(date.first_day, language)
        ending = next(ending for ending in _SERBIAN_GENITIVE if month.endswith(ending))
        declined = month.removesuffix(ending) + _SERBIAN_GENITIVE[ending]
        return partial_date(date, language).replace(month, declined)
    return partial_date(date, language)


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


def _month(date: dt.date, language: str) -> str:
    return format_date(date, "LLLL", locale_of(language))


def _year(year: int, language: str) -> str:
    suffix = {"bg": f"{NBSP}г.", "ru": f"{NBSP}г.", "uk": f"{NBSP}р.", "sr": "."}.get(tag_of(language), "")
    return f"{year}{suffix}"


def _hours(language: str) -> str:
    """Return what stands behind a time of day."""
    return f"{NBSP}ч." if tag_of(language) == "bg" else ""


def _range(language: str) -> str:
    return f"{NBSP}–{NBSP}" if tag_of(language) == "bg" else "–"


def _plain(value: Decimal) -> Decimal:
    """Return a number without an exponent and without trailing zeros: 2.945E+5 is 294500, 294500.00 too."""
    exact = value.normalize()
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _typeset(text: str, language: str) -> str:
    spaced = text.replace("\u202f", NBSP).replace("\u2009", NBSP)
    return set_text(spaced, language)
