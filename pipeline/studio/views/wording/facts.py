"""Values of facts as one reads them, as the page will say them: „1,2 млн. евро“, „март 2024 г.“."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from pipeline.findings.wording.wording import say
from pipeline.models.values.date_notations import date_parts
from pipeline.models.values.facts import Moment, PartialDate, money_in
from pipeline.studio.views.forms.fields import Field, as_shown
from pipeline.typography.dates import moment, partial_date
from pipeline.typography.localisation import country_name, money

if TYPE_CHECKING:
    from collections.abc import Callable


def in_words(field: Field, value: Any, language: str) -> str:  # noqa: ANN401 - texts and lists
    """Return a value in words; as it is written where it is none of its kind.

    Args:
        field: Of an article.
        value: As the file has it, or would.
        language: `bg` or `en`.
    """
    if isinstance(value, list):
        return ", ".join(in_words(field, each, language) for each in value)
    said = _SAID.get(field.kind)
    try:
        return (said(field, str(value), language) if said else None) or str(value)
    except ValueError:
        return str(value)


def _money(_: Field, written: str, language: str) -> str | None:
    amount = money_in(written)
    return money(amount, language) if amount is not None else None


def _date(_: Field, written: str, language: str) -> str | None:
    parts = date_parts(written.strip())
    return partial_date(PartialDate(year=parts[0], month=parts[1], day=parts[2]), language) if parts else None


def _moment(field: Field, written: str, language: str) -> str | None:
    day, time = as_shown(field, written)
    clock = dt.time.fromisoformat(time.zfill(len("00:00"))) if time else None
    return moment(Moment(date=dt.date.fromisoformat(day), time=clock), language)


def _country(_: Field, written: str, language: str) -> str | None:
    return country_name(written, language)


def _choice(field: Field, written: str, language: str) -> str | None:
    words = dict(field.choices).get(written)
    return say(words, language) if words else None


_SAID: dict[str, Callable[[Field, str, str], str | None]] = {
    "money": _money,
    "day": _date,
    "month": _date,
    "moment": _moment,
    "country": _country,
    "countries": _country,
    "choice": _choice,
}
