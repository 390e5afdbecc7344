"""Dates, numbers, money, names and labels, in the words of each language.

A no-break space is written ~ here, so that it can be seen.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.models.values.codes import COUNTRIES
from pipeline.models.values.facts import Moment, Money, PartialDate, Period
from pipeline.typography import dates, languages, localisation
from pipeline.typography.microtypography.setting import set_text

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES: Final = ("bg", "en", "ru", "uk", "sr")
DAY: Final = dt.date(2023, 12, 20)


def _shown(text: str) -> str:
    return text.replace("\u00a0", "~")


def _date(text: str | None) -> PartialDate | None:
    if text is None:
        return None
    year, *rest = (int(part) for part in text.split("-"))
    return PartialDate(year=year, month=rest[0] if rest else None, day=rest[1] if rest[1:] else None)


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("bg", "20~декември 2023~г."),
        ("en", "20~December 2023"),
        ("ru", "20~декабря 2023~г."),
        ("uk", "20~грудня 2023~р."),
        ("sr", "20. децембар 2023."),
        ("de", "20. Dezember 2023"),
        ("es", "20 de diciembre de 2023"),
    ],
)
def test_a_whole_date(language: str, wanted: str) -> None:
    assert _shown(dates.full_date(DAY, language)) == wanted


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("bg", "сряда", "декември 2023~г."),
        ("en", "Wednesday", "December 2023"),
        ("ru", "среда", "декабрь 2023~г."),
        ("uk", "середа", "грудень 2023~р."),
        ("sr", "среда", "децембар 2023."),
        ("es", "miércoles", "diciembre de 2023"),
    ],
)
def test_weekday_and_month(language: str, day: str, month: str) -> None:
    assert dates.weekday(DAY, language) == day
    assert _shown(dates.month_year(DAY, language)) == month


@pytest.mark.parametrize(
    ("date", "language", "long"),
    [
        ("2024", "bg", "2024~г."),
        ("2024-01", "bg", "януари 2024~г."),
        ("2024-01-05", "bg", "5~януари 2024~г."),
        ("2024", "en", "2024"),
        ("2024-01", "en", "January 2024"),
        ("2024-01-05", "en", "5~January 2024"),
        ("2024", "sr", "2024."),
        ("2024-01", "de", "Januar 2024"),
    ],
)
def test_a_date_that_is_partly_known(date: str, language: str, long: str) -> None:
    known = _date(date)
    assert known is not None
    assert _shown(dates.partial_date(known, language)) == long


@pytest.mark.parametrize(
    ("start", "end", "language", "wanted"),
    [
        ("2023-11-16", "2023-11-16", "bg", "16~ноември 2023~г."),
        ("2023-11-16", "2023-11-17", "bg", "16~–~17~ноември 2023~г."),
        ("2023-11-30", "2023-12-02", "bg", "30~ноември~– 2~декември 2023~г."),
        ("2023-12-30", "2024-01-02", "bg", "30~декември 2023~г.~– 2~януари 2024~г."),
        ("2023-11-16", "2023-11-17", "en", "16–17~November 2023"),
        ("2023-11-30", "2023-12-02", "en", "30~November~– 2~December 2023"),
        ("2023-11-16", "2023-11-17", "ru", "16–17~ноября 2023~г."),
        ("2023-11-16", "2023-11-17", "uk", "16–17~листопада 2023~р."),
        ("2023-11-16", "2023-11-17", "sr", "16–17. новембар 2023."),
        ("2023-11-16", "2023-11-17", "es", "16–17 de noviembre de 2023"),
    ],
)
def test_days_from_start_to_end(start: str, end: str, language: str, wanted: str) -> None:
    interval = dates.date_interval(dt.date.fromisoformat(start), dt.date.fromisoformat(end), language)
    assert _shown(interval) == wanted


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("bg", "7~ноември 2023~г., 10:00~ч."),
        ("en", "7~November 2023, 10:00"),
        ("uk", "7~листопада 2023~р., 10:00"),
    ],
)
def test_a_moment(language: str, wanted: str) -> None:
    day = dt.date(2023, 11, 7)
    assert _shown(dates.moment(Moment(date=day, time=dt.time(10, 0)), language)) == wanted
    assert dates.moment(Moment(date=day), language) == dates.full_date(day, language)


@pytest.mark.parametrize(
    ("start", "end", "language", "wanted"),
    [
        ("2024-04-05 10:00", "2024-04-05 12:30", "bg", "5~април 2024~г., 10:00~–~12:30~ч."),
        ("2024-04-05 10:00", "2024-04-05 12:30", "en", "5~April 2024, 10:00–12:30"),
        ("2024-04-05 09:00", "2024-04-05 17:00", "uk", "5~квітня 2024~р., 09:00–17:00"),
        ("2024-04-05 09:00", "2024-04-05 17:00", "sr", "5. април 2024., 09:00–17:00"),
        ("2024-04-05 09:00", "2024-04-05 17:00", "de", "5. April 2024, 09:00–17:00"),
        ("2024-04-05 10:00", "2024-04-05", "bg", "5~април 2024~г., 10:00~ч."),
        ("2024-04-05", "2024-04-05 12:30", "bg", "5~април 2024~г., до 12:30~ч."),
        (
            "2024-04-05 22:00",
            "2024-04-06 02:00",
            "bg",
            "5~април 2024~г., 22:00~ч.~– 6~април 2024~г., 02:00~ч.",
        ),
        ("2024-12-31 22:00", "2025-01-01 02:00", "en", "31~December 2024, 22:00~– 1~January 2025, 02:00"),
        ("2024-04-05", "2024-04-07", "bg", "5~–~7~април 2024~г."),
    ],
)
def test_from_when_until_when(start: str, end: str, language: str, wanted: str) -> None:
    def moment(written: str) -> Moment:
        day, _, time = written.partition(" ")
        return Moment(date=dt.date.fromisoformat(day), time=dt.time.fromisoformat(time) if time else None)

    assert _shown(dates.span(moment(start), moment(end), language)) == wanted


@pytest.mark.parametrize(
    ("start", "end", "language", "wanted"),
    [
        ("2022-09", "2024-09", "bg", "септември 2022~– септември 2024~г."),
        ("2024-01", "2024-06", "bg", "януари~– юни 2024~г."),
        ("2022", "2024", "bg", "2022~–~2024~г."),
        ("2022", "2024-06", "bg", "2022~г.~– юни 2024~г."),
        ("2024", "2024", "bg", "2024~г."),
        (None, "2024-01", "bg", "до януари 2024~г."),
        ("2022", None, "bg", "от 2022~г."),
        ("2022-09", "2024-09", "en", "September 2022~– September 2024"),
        ("2024-01", "2024-06", "en", "January–June 2024"),
        ("2022", "2024", "en", "2022–2024"),
        (None, "2024-01", "en", "until January 2024"),
        ("2022-09", "2024-09", "ru", "сентябрь 2022~— сентябрь 2024~г."),
        ("2022", "2024", "ru", "2022–2024~гг."),
        (None, "2024-01", "ru", "до января 2024~г."),
        ("2022-12", None, "ru", "с~декабря 2022~г."),
        ("2022", "2024", "uk", "2022–2024~рр."),
        ("2022-12", None, "uk", "з~грудня 2022~р."),
        ("2022-09", "2024-09", "sr", "септембар 2022.~– септембар 2024."),
        ("2022-03", None, "sr", "од марта 2022."),
        (None, "2022-08-20", "sr", "до 20. августа 2022."),
        (None, "2022-05", "sr", "до маја 2022."),
        ("2024-01-05", "2024-01-07", "bg", "5~–~7~януари 2024~г."),
    ],
)
def test_a_period(start: str | None, end: str | None, language: str, wanted: str) -> None:
    when = Period(start=_date(start), end=_date(end))
    assert _shown(dates.period(when, language)) == wanted


@pytest.mark.parametrize(
    ("amount", "currency", "language", "wanted"),
    [
        ("294500", "EUR", "bg", "294,5~хил.~евро"),
        ("4960000", "EUR", "bg", "4,96~млн.~евро"),
        ("281000", "EUR", "bg", "281~хил.~евро"),
        ("12.5", "EUR", "bg", "12,5~евро"),
        ("9999", "EUR", "bg", "9~999~евро"),
        ("1234567", "EUR", "bg", "1~234~567~евро"),
        ("1234567.89", "EUR", "bg", "1~234~567,89~евро"),
        ("42500", "BGN", "bg", "42,5~хил.~лв."),
        ("294500", "EUR", "en", "€294,500"),
        ("4960000", "EUR", "en", "€4.96~million"),
        ("12.5", "EUR", "en", "€12.50"),
        ("12500", "BGN", "en", "BGN~12,500"),
        ("294500", "EUR", "ru", "294,5~тыс.~евро"),
        ("4960000", "EUR", "ru", "4,96~млн~евро"),
        ("294500", "EUR", "uk", "294,5~тис.~євро"),
        ("294500", "EUR", "sr", "294,5~хиљ.~евра"),
        ("294500", "EUR", "de", "294.500~€"),
    ],
)
def test_money(amount: str, currency: str, language: str, wanted: str) -> None:
    assert _shown(localisation.money(Money(amount=Decimal(amount), currency=currency), language)) == wanted


_SCALES: Final = {"хил": 3, "тыс": 3, "тис": 3, "хиљ": 3, "млн": 6, "мил": 6, "million": 6}


@settings(deadline=None)
@given(
    st.decimals(0, 10**12, places=2) | st.integers(0, 10**7).map(lambda n: Decimal(n * 500)),
    st.sampled_from(LANGUAGES),
    st.sampled_from(["EUR", "BGN"]),
)
def test_money_never_loses_a_digit(amount: Decimal, language: str, currency: str) -> None:
    text = localisation.money(Money(amount=amount, currency=currency), language)
    scale = next((power for word, power in _SCALES.items() if re.search(rf"\d\u00a0{word}", text)), 0)
    thousands, decimal = {"en": (",", "."), "sr": (".", ",")}.get(language, ("\u00a0", ","))
    number = re.findall(r"\d[\d.,\u00a0]*", text.replace(thousands, ""))[0].rstrip(".")
    assert Decimal(number.replace(decimal, ".")).scaleb(scale) == amount


@pytest.mark.parametrize(
    ("value", "language", "wanted"),
    [
        ("1234.5", "bg", "1~234,5"),
        ("12.5", "en", "12.5"),
        ("1234567.895", "ru", "1~234~567,895"),
        ("7", "sr", "7"),
    ],
)
def test_a_number_keeps_every_digit(value: str, language: str, wanted: str) -> None:
    assert _shown(localisation.number(Decimal(value), language)) == wanted


def test_countries_have_their_everyday_names() -> None:
    names = [localisation.country_name(code, "bg") for code in ("NL", "CZ", "BG", "GB", "US")]
    assert names == ["Нидерландия", "Чехия", "България", "Великобритания", "САЩ"]
    assert localisation.country_name("CZ", "en") == "Czechia"
    assert localisation.country_name("NL", "uk") == "Нідерланди"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_has_a_name(language: str) -> None:
    names = {localisation.country_name(code, language) for code in COUNTRIES}
    assert len(names) == len(COUNTRIES)
    assert not names & COUNTRIES


def test_a_listing() -> None:
    three = ["България", "Испания", "Гърция"]
    assert _shown(localisation.listing(three, "bg")) == "България, Испания и~Гърция"
    assert localisation.listing(["Spain", "Greece", "Ireland"], "en") == "Spain, Greece and Ireland"
    assert localisation.listing(three[:1], "bg") == "България"
    assert localisation.listing([], "bg") == ""


def test_the_name_of_a_language() -> None:
    assert localisation.language_name("en", "bg") == "английски"
    assert localisation.language_name("bg", "en") == "Bulgarian"


@pytest.mark.parametrize(
    "tag", ["bg", "en", "en-GB", "ru", "uk", "sr", "sr-Latn", "de", "pt-BR", "zh-Hant-TW"]
)
def test_languages_that_are_known(tag: str) -> None:
    assert languages.known_language(tag)


@pytest.mark.parametrize("tag", ["", "x", "zz", "x-unknown", "bg_BG", "../bg", "bg\n", "a b", "български"])
def test_languages_that_are_not_known(tag: str) -> None:
    assert not languages.known_language(tag)


def test_labels_are_translated() -> None:
    assert localisation.label("In this issue", "bg") == "В този брой"
    assert localisation.label("In this issue", "en") == "In this issue"
    assert localisation.label("Issue {number}", "bg", number=2) == "Брой 2"
    assert localisation.label("Text: {name}", "en", name="{number}") == "Text: {number}"
    assert localisation.label("In this issue", "fr") == "In this issue"


def test_languages_that_have_labels() -> None:
    assert [tag for tag in (*LANGUAGES, "en-GB", "fr", "sr-Latn") if languages.has_labels(tag)] == [
        *LANGUAGES,
        "en-GB",
    ]


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("bg", "1~организация, 2~организации, 5~организации, 21~организации"),
        ("en", "1~organisation, 2~organisations, 5~organisations, 21~organisations"),
        ("ru", "1~организация, 2~организации, 5~организаций, 21~организация"),
        ("uk", "1~організація, 2~організації, 5~організацій, 21~організація"),
        ("sr", "1~организација, 2~организације, 5~организација, 21~организација"),
    ],
)
def test_labels_that_count(language: str, wanted: str) -> None:
    told = [
        localisation.plural_label("{n} organisation", "{n} organisations", n, language) for n in (1, 2, 5, 21)
    ]
    assert _shown(", ".join(told)) == wanted


def _formatted(language: str) -> Iterator[str]:
    """Return many dates, amounts and names, formatted."""
    days = [dt.date(2023, month, day) for month in range(1, 13) for day in (1, 28)]
    for first, second in zip(days, [*days[1:], dt.date(2024, 1, 2)], strict=True):
        yield dates.full_date(first, language)
        yield dates.month_year(first, language)
        yield dates.date_interval(first, second, language)
        yield dates.moment(Moment(date=first, time=dt.time(9, 30)), language)
        months = [PartialDate(year=day.year, month=day.month) for day in (first, second)]
        years = [PartialDate(year=2022), PartialDate(year=2024)]
        whole = [PartialDate(year=day.year, month=day.month, day=day.day) for day in (first, second)]
        for start, end in (months, years, whole, (None, months[1]), (whole[0], None), (years[0], None)):
            yield dates.period(Period(start=start, end=end), language)
    for amount in ("0", "7", "999", "9999.5", "12500", "281000", "4960000", "1234567.89", "250000000"):
        for currency in ("EUR", "BGN", "USD", "RSD", "CHF", "JPY"):
            yield localisation.money(Money(amount=Decimal(amount), currency=currency), language)
        yield localisation.number(Decimal(amount), language)
    yield localisation.listing(
        [localisation.country_name(code, language) for code in sorted(COUNTRIES)], language
    )
    yield from (localisation.country_name(code, language) for code in sorted(COUNTRIES))
    yield from (localisation.plural_label("{n} country", "{n} countries", n, language) for n in range(30))


@pytest.mark.parametrize("language", [*LANGUAGES, "de", "fr", "es", "pl"])
def test_what_is_said_is_already_set(language: str) -> None:
    for text in _formatted(language):
        assert set_text(text, language) == text
        assert not re.search("[\u2000-\u200a\u202f\u2011]", text)


@pytest.mark.parametrize("language", sorted(languages._TRANSLATED))
def test_babel_knows_every_language_that_is_not_looked_up_in_it(language: str) -> None:
    assert languages.locale_of(language)
    assert languages.has_labels(language)


def _moment(text: str) -> Moment:
    when = dt.datetime.fromisoformat(text)
    return Moment(date=when.date(), time=when.time() if " " in text else None)


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2024-05-04", None, "събота"),
        ("2024-05-04 10:00", None, "събота, 10:00 ч."),
        ("2024-05-04 10:00", "2024-05-04 12:30", "събота, 10:00 – 12:30 ч."),
        ("2024-05-04", "2024-05-06", "събота – понеделник"),
        ("2024-05-04 10:00", "2024-05-05", "събота – неделя, 10:00 ч."),
        ("2024-05-04 10:00", "2024-05-05 16:30", "събота, 10:00 ч. – неделя, 16:30 ч."),
        ("2024-06-30", "2024-07-06", "30 юни – 6 юли 2024 г."),
        ("2024-12-28", "2025-01-03", "28 декември 2024 г. – 3 януари 2025 г."),
    ],
)
def test_beside_the_numerals_of_an_event_stand_its_days_and_hours(
    start: str, end: str | None, shown: str
) -> None:
    """All that its mail says of its time stands on the page too: the hour it ends, and the other year."""
    said = dates.weekday_and_time(_moment(start), _moment(end) if end else None, "bg")
    assert said.replace("\u00a0", " ") == shown
