"""Words of languages that queries recognise: numbers, months, days of the week, marks of the future tense."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class LanguageWords(NamedTuple):
    """The words of a language that queries recognise.

    Args:
        numbers: Words for small numbers.
        months: The months, as written in a date.
        days: The days of the week, Monday first.
        future: Matches a future tense.
        not_future: Matches what negates that.
        sums: First cells of a table's row that give the sum of the others.
    """

    numbers: dict[str, int]
    months: tuple[str, ...]
    days: tuple[str, ...]
    future: re.Pattern[str]
    not_future: re.Pattern[str]
    sums: frozenset[str]


_BULGARIAN: Final = LanguageWords(
    numbers={
        "два": 2, "две": 2, "двама": 2, "три": 3, "трима": 3, "четири": 4, "четирима": 4, "пет": 5,
        "петима": 5, "шест": 6, "шестима": 6, "седем": 7, "осем": 8, "девет": 9, "десет": 10,
        "единадесет": 11, "дванадесет": 12,
    },
    months=(
        "януари", "февруари", "март", "април", "май", "юни", "юли", "август", "септември", "октомври",
        "ноември", "декември",
    ),
    days=("понеделник", "вторник", "сряда", "четвъртък", "петък", "събота", "неделя"),
    future=re.compile(
        r"\b(?:ще|предстои|предстоят)\s+(?:(?:се|си|го|я|ги|му|ѝ|им|бъде|бъдат)\s+)*\w+", re.IGNORECASE
    ),
    not_future=re.compile(r"\b(?:щеше|щяха|нямаше да)\b", re.IGNORECASE),
    sums=frozenset({"общо", "всичко", "сума", "сбор"}),
)  # fmt: skip

_ENGLISH: Final = LanguageWords(
    numbers={
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12,
    },
    months=(
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    ),
    days=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    future=re.compile(r"\b(?:will|shall|is going to|are going to)\s+\w+", re.IGNORECASE),
    not_future=re.compile(r"\b(?:would|was going to|were going to)\b", re.IGNORECASE),
    sums=frozenset({"total", "sum", "in all", "all"}),
)  # fmt: skip

_LANGUAGE_WORDS: Final = {"bg": _BULGARIAN, "en": _ENGLISH}

MONTHS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "bg": (_BULGARIAN.months,),
    "en": (_ENGLISH.months,),
    "uk": (
        (
            "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня",
            "жовтня", "листопада", "грудня",
        ),
        (
            "січень", "лютий", "березень", "квітень", "травень", "червень", "липень", "серпень", "вересень",
            "жовтень", "листопад", "грудень",
        ),
    ),
    "ru": (
        (
            "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
            "ноября", "декабря",
        ),
        (
            "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь",
            "ноябрь", "декабрь",
        ),
    ),
    "sr": (
        (
            "јануара", "фебруара", "марта", "априла", "маја", "јуна", "јула", "августа", "септембра",
            "октобра", "новембра", "децембра",
        ),
        (
            "јануар", "фебруар", "март", "април", "мај", "јун", "јул", "август", "септембар", "октобар",
            "новембар", "децембар",
        ),
        (
            "januara", "februara", "marta", "aprila", "maja", "juna", "jula", "avgusta", "septembra",
            "oktobra", "novembra", "decembra",
        ),
    ),
    "de": (
        (
            "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
            "november", "dezember",
        ),
    ),
}  # fmt: skip
"""The months of languages in which texts arrive, in each form that dates have them in."""

DOUBLETS: Final = {
    "bg": (
        ("Нидерландия", "Холандия"),
        ("Чехия", "Чешката република"),
        ("стартъп", "стартап"),
        ("Кот д'Ивоар", "Бряг на слоновата кост"),
    ),
    "en": (("Netherlands", "Holland"), ("Czechia", "Czech Republic"), ("start-up", "startup")),
}
"""Pairs of words for one thing; a text should use one, the first being preferred by style guides."""


def language_words_of(language: str) -> LanguageWords | None:
    """Return the words of a language, or None for a language without."""
    return _LANGUAGE_WORDS.get(language.split("-", maxsplit=1)[0])
