"""The day in a masthead is read in every month, in words and in figures; what is no day stays text."""

from __future__ import annotations

import datetime as dt

import pytest
from babel.dates import get_month_names

from pipeline.importing.draft.masthead import date_in


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_read_in_words(language: str, month: int) -> None:
    name = get_month_names("wide", "format", language)[month]
    day, rest = date_in(f"Брой 2, 5 {name} 2023", language)
    assert day == dt.date(2023, month, 5)
    assert rest.split() == ["Брой", "2,"]


@pytest.mark.parametrize("written", ["20.12.2023", "2023-12-20"])
def test_a_day_is_read_in_figures(written: str) -> None:
    day, rest = date_in(f"Брой 2, {written}", "bg")
    assert day == dt.date(2023, 12, 20)
    assert rest.split()[:2] == ["Брой", "2,"]


@pytest.mark.parametrize("text", ["31.11.2023", "32.12.2023", "31 ноември 2023", "Брой 2"])
def test_what_is_no_day_stays_text(text: str) -> None:
    assert date_in(text, "bg") == (None, text)
