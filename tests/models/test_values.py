"""The quick check of common e-mail addresses agrees with the library; a day is one of the calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models.values.date_notations import whole_day
from pipeline.models.values.strings import _EVERYDAY_ADDRESS, _normal_email, is_email_address


@given(st.from_regex(_EVERYDAY_ADDRESS, fullmatch=True))
def test_an_everyday_address_is_one_to_the_library_too(address: str) -> None:
    assert _normal_email(address) == validate_email(address, check_deliverability=False).normalized


@given(st.one_of(st.text(max_size=30), st.text(alphabet="aБ1.-_+@bg ", max_size=20)))
def test_all_other_texts_are_judged_by_the_library(text: str) -> None:
    try:
        validate_email(text, check_deliverability=False)
        valid = True
    except EmailNotValidError:
        valid = False
    assert is_email_address(text) == valid


@pytest.mark.parametrize("address", ["office@example.org", "иван@пример.бг", "a.b+c@sub.example.bg"])
def test_addresses_of_an_office_are_known(address: str) -> None:
    assert is_email_address(address)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023-12-20", dt.date(2023, 12, 20)),
        (" 20.12.2023 г. ", dt.date(2023, 12, 20)),
        ("2023-12", None),
        ("2023", None),
        ("2023-02-30", None),
        ("2023-00-10", None),
        ("0000-01-01", None),
        ("", None),
    ],
)
def test_a_whole_day_is_one_that_the_calendar_has(written: str, day: dt.date | None) -> None:
    assert whole_day(written) == day
