"""The values of facts, as text and as HTML."""

from __future__ import annotations

import datetime as dt
from typing import Final, get_args

import pytest

from pipeline.models.kinds.presentation import Contact, Count, Countries, Span, Value, Words
from pipeline.models.values.facts import Budget, Moment, Money, Period
from pipeline.page.fact_values import fact_markup, fact_text

BUDGET: Final = Budget.model_validate({"total": "200 EUR", "share": "50 EUR"})

MARKED_BUDGET: Final = (
    '€200<span class="bar"><span class="part-of" style="width:25.00%"></span></span>'
    '<span class="share">€50 for Us</span>'
)


def linked(href: str, text: str) -> str:
    return f'<a href="{href}" class="part">{text}</a>'


VALUES: Final[list[tuple[Value, str, str]]] = [
    (Words("A & Б"), "A & Б", "A &amp; Б"),
    (Contact("https://a.org/"), "https://a.org/", linked("https://a.org/", "a.org")),
    (Contact("me@a.org"), "me@a.org", linked("mailto:me@a.org", "me@a.org")),
    (Contact("tel. 1 & 2"), "tel. 1 & 2", "tel. 1 &amp; 2"),
    (Span(Moment(date=dt.date(2023, 11, 7)), None), "7 November 2023", "7 November 2023"),
    (dt.date(2023, 11, 7), "7 November 2023", "7 November 2023"),
    (Period.model_validate({"end": "2024"}), "until 2024", "until 2024"),
    (Money.model_validate({"amount": 200, "currency": "EUR"}), "€200", "€200"),
    (Budget.model_validate({"total": "200 EUR"}), "€200", "€200"),
    (BUDGET, "€200", MARKED_BUDGET),
    (Count(1, "{n} country", "{n} countries"), "1 country", "1 country"),
    (Count(3, "{n} country", "{n} countries"), "3 countries", "3 countries"),
    (Countries(("BG", "NL")), "Bulgaria and Netherlands", "Bulgaria and Netherlands"),
]


def plain(text: str) -> str:
    return str(text).replace("\u00a0", " ")


@pytest.mark.parametrize(("value", "text", "html"), VALUES)
def test_a_value_as_text_and_as_html(value: Value, text: str, html: str) -> None:
    assert plain(fact_text(value, "en")) == text
    assert plain(fact_markup(value, "en", "Us")) == html


@pytest.mark.parametrize("kind", get_args(Value))
def test_every_type_of_value_is_shown(kind: type) -> None:
    assert any(type(value) is kind for value, _, _ in VALUES)
