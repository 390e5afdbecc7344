"""Enhanced status codes (RFC 3463): only registered ones are read, each speaks of one party."""

from __future__ import annotations

import pytest

from pipeline.delivery.returns.status_codes import (
    Cause,
    class_of_reply,
    code_of_field,
    code_of_words,
    is_vague,
    party_of,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5.1.1", "5.1.1"),
        ("smtp; 550 5.7.30 REQUIRETLS support required", "5.7.30"),
        ("5.07.001", "5.7.1"),
        ("4.0.0", "4.0.0"),
        ("5.7.31", ""),
        ("5.7.45", ""),
        ("5.9.9", ""),
        ("5.8.12, then 5.2.2", "5.2.2"),
        ("3.1.1", ""),
    ],
)
def test_the_first_registered_code_of_a_field_is_read(text: str, code: str) -> None:
    assert code_of_field(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("said: 550 5.1.1 User unknown", "5.1.1"),
        ("#5.2.2# mailbox full", "5.2.2"),
        ("said: 550 5.9.9 nothing", ""),
        ("Срещата е на 5.1.24, в зала 5.1.1", ""),
    ],
)
def test_in_words_a_code_stands_where_servers_put_it(text: str, code: str) -> None:
    assert code_of_words(text) == code


@pytest.mark.parametrize(
    ("code", "party"),
    [
        ("5.1.1", Cause.RECIPIENT_GONE),
        ("5.7.17", Cause.RECIPIENT_GONE),
        ("4.4.4", Cause.DOMAIN_GONE),
        ("5.2.2", Cause.MAILBOX_FULL),
        ("5.9.9", Cause.UNKNOWN),
        ("", Cause.UNKNOWN),
    ],
)
def test_a_code_speaks_of_one_party(code: str, party: Cause) -> None:
    assert party_of(code) == party


def test_some_codes_are_given_for_anything() -> None:
    assert all(is_vague(code) for code in ("", "5.0.0", "5.1.0", "5.7.1", "5.5.2"))
    assert not any(is_vague(code) for code in ("5.1.1", "5.2.2", "5.7.17"))


def test_the_class_is_that_of_the_first_reply() -> None:
    assert class_of_reply("said: 452 4.3.1 wait, later 550 no") == "4"
    assert class_of_reply("250 OK") == ""
