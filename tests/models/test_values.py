"""The quick check of common e-mail addresses agrees with the library."""

from __future__ import annotations

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

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
