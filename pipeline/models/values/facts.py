"""Typed facts: money with its currency, dates that may lack day and month, periods, partners."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from pipeline.models.values.base import Frozen
from pipeline.models.values.codes import CURRENCIES, CountryCode, CurrencyCode
from pipeline.models.values.date_notations import date_parts

_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), " ")
_SCALES = {
    "хил": 3,
    "хиляди": 3,
    "thousand": 3,
    "k": 3,
    "млн": 6,
    "милиона": 6,
    "милион": 6,
    "million": 6,
    "m": 6,
    "млрд": 9,
    "billion": 9,
    "bn": 9,
}
_CURRENCY_WORDS = {
    "€": "EUR",
    "евро": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "лв": "BGN",
    "лева": "BGN",
    "$": "USD",
    "£": "GBP",
}
_MONEY = re.compile(
    r"(?P<amount>\d[\d., ]*?) *"
    rf"(?:(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})(?:\.| |(?=€)|(?=[$£])) *)?"
    r"(?P<currency>[^\W\d]+|€|[$£])\.?"
)
"""In small letters, with plain spaces."""


def _amount(text: str) -> Decimal:
    """Read a number as an office writes it: 294500, 294 500, 294,5, 294.5, 1,234,567.89."""
    plain = text.replace(" ", "")
    marks = re.findall(r"[.,]", plain)
    if len(marks) > 1 and marks[-1] != marks[0]:
        plain = plain.replace(marks[0], "").replace(marks[-1], ".")
    elif len(marks) > 1:
        plain = plain.replace(marks[0], "")
    else:
        plain = plain.replace(",", ".")
    return Decimal(plain)


def _written_money(value: Any) -> Any:  # noqa: ANN401 - whatever the file held
    if not isinstance(value, str):
        return value
    match = _MONEY.fullmatch(value.translate(_SPACES).strip().lower())
    if match is None:
        raise PydanticCustomError("bulletin_money", "not money: {found}", {"found": value})
    word = match["currency"]
    code = _CURRENCY_WORDS.get(word, word.upper())
    if code not in CURRENCIES:
        raise PydanticCustomError("bulletin_money", "not money: {found}", {"found": value})
    try:
        amount = _amount(match["amount"]).scaleb(_SCALES.get(match["scale"], 0))
    except InvalidOperation:
        raise PydanticCustomError("bulletin_money", "not money: {found}", {"found": value}) from None
    return {"amount": amount, "currency": code}


class Money(Frozen):
    """An amount with its currency, never without.

    Args:
        amount: In whole units of the currency (euro, not cents).
        currency: ISO 4217 code.
    """

    amount: Decimal = Field(ge=0, lt=Decimal(10) ** 15)
    currency: CurrencyCode


WrittenMoney = Annotated[Money, BeforeValidator(_written_money)]
"""Money as a file writes it: `294500 EUR`, „294,5 хил. евро“, `4.96 million EUR`."""


def money_in(text: str) -> Money | None:
    """Return the amount of money a text consists of, or None where it is no such amount."""
    try:
        return Money.model_validate(_written_money(text))
    except (PydanticCustomError, ValidationError):
        return None


class PartialDate(Frozen):
    """A date of which only the year, or the year and month, may be known (ISO 8601-1, 5.2.2).

    Args:
        year: From 1900 to 2199.
        month: 1 to 12, or None.
        day: 1 to 31, or None; never without a month.
    """

    year: int = Field(ge=1900, le=2199)
    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)

    @property
    def first_day(self) -> dt.date:
        """The first day the date can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> dt.date:
        """The last day the date can mean."""
        if self.day is not None:
            return self.first_day
        after = (
            dt.date(self.year + 1, 1, 1)
            if self.month in (None, 12)
            else dt.date(self.year, (self.month or 0) + 1, 1)
        )
        return after - dt.timedelta(days=1)

    @model_validator(mode="after")
    def _is_in_the_calendar(self) -> Self:
        try:
            self.first_day  # noqa: B018 - the call is the test
        except ValueError:
            raise PydanticCustomError(
                "bulletin_date", "no such day: {found}", {"found": f"{self.year}-{self.month}-{self.day}"}
            ) from None
        return self


def _written_partial_date(value: Any) -> Any:  # noqa: ANN401 - whatever the file held
    if not isinstance(value, str):
        return value
    parts = date_parts(value.strip())
    if parts is None:
        raise PydanticCustomError("bulletin_date", "not a date: {found}", {"found": value})
    year, month, day = parts
    return {"year": year, "month": month, "day": day}


WrittenPartialDate = Annotated[PartialDate, BeforeValidator(_written_partial_date)]


def _written_date(value: Any) -> Any:  # noqa: ANN401 - whatever the file held
    if not isinstance(value, str):
        return value
    parts = date_parts(value.strip())
    if parts is None or None in parts:
        raise PydanticCustomError("bulletin_date", "not a date: {found}", {"found": value})
    try:
        return dt.date(parts[0], parts[1] or 0, parts[2] or 0)
    except ValueError:
        raise PydanticCustomError("bulletin_date", "no such day: {found}", {"found": value}) from None


WrittenDate = Annotated[dt.date, BeforeValidator(_written_date)]
"""A whole date as a file writes it: `2023-12-20` or `20.12.2023`."""

_CLOCK = r"(?P<date>\S+)(?:[ T]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?: ?ч\.?)?)?"


class Moment(Frozen):
    """When something begins or ends: a day, and a time of day where one is known.

    Args:
        date: The day.
        time: Local wall-clock time, or None for a whole day.
    """

    date: dt.date
    time: dt.time | None = None


def _written_moment(value: Any) -> Any:  # noqa: ANN401 - whatever the file held
    if not isinstance(value, str):
        return value
    match = re.fullmatch(_CLOCK, value.strip())
    if match is None:
        raise PydanticCustomError("bulletin_date", "not a date: {found}", {"found": value})
    day = _written_date(match["date"])
    if match["hour"] is None:
        return {"date": day, "time": None}
    try:
        return {"date": day, "time": dt.time(int(match["hour"]), int(match["minute"]))}
    except ValueError:
        raise PydanticCustomError("bulletin_date", "no such time: {found}", {"found": value}) from None


WrittenMoment = Annotated[Moment, BeforeValidator(_written_moment)]
"""A day with or without a time: `2023-11-07`, `2023-11-07 10:00`, `07.11.2023 10:00`."""


class Budget(Frozen):
    """What a project costs.

    Args:
        total: The whole budget.
        share: The publisher's part of it, in the same currency and not above the total.
    """

    total: WrittenMoney
    share: WrittenMoney | None = None

    @model_validator(mode="after")
    def _share_is_part_of_total(self) -> Self:
        if self.share is None:
            return self
        if self.share.currency != self.total.currency:
            raise PydanticCustomError(
                "bulletin_currencies",
                "two currencies",
                {"first": self.total.currency, "second": self.share.currency},
            )
        if self.share.amount > self.total.amount:
            raise PydanticCustomError("bulletin_share", "share above total", {})
        return self


class Period(Frozen):
    """When a project runs; an unknown start or end is left open."""

    start: WrittenPartialDate | None = None
    end: WrittenPartialDate | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.start and self.end and self.end.last_day < self.start.first_day:
            raise PydanticCustomError("bulletin_period", "ends before it starts", {})
        if self.start is None and self.end is None:
            raise PydanticCustomError("bulletin_empty_period", "neither start nor end", {})
        return self


class Partners(Frozen):
    """Who takes part in a project.

    Args:
        organisations: How many organisations, the publisher included.
        countries: ISO 3166-1 alpha-2 codes in the author's order, none twice.
        country_count: How many countries, where not all are named.
    """

    organisations: int | None = Field(default=None, ge=1, le=10_000)
    countries: tuple[CountryCode, ...] = ()
    country_count: int | None = Field(default=None, ge=1, le=250)

    @model_validator(mode="after")
    def _countries_are_named_once(self) -> Self:
        for index, code in enumerate(self.countries):
            if code in self.countries[:index]:
                raise PydanticCustomError("bulletin_twice", "named twice: {found}", {"found": code})
        if self.country_count is not None and self.country_count < len(self.countries):
            raise PydanticCustomError(
                "bulletin_country_count", "fewer than named", {"named": len(self.countries)}
            )
        return self
