"""Identifiers: equal for the same mailbox, different for others, and without any part of the address."""

from __future__ import annotations

import pytest

from pipeline.delivery.ledger.identifiers import (
    KEY_LENGTH,
    TOKEN_LENGTH,
    Identifiers,
    Purpose,
)

IDENTIFIERS = Identifiers(bytes(KEY_LENGTH))
ADDRESS = "Ivan.Petrov@example.bg"


def test_a_mailbox_has_one_identifier_however_it_is_written() -> None:
    assert IDENTIFIERS.recipient(ADDRESS) == IDENTIFIERS.recipient(f" {ADDRESS.lower()} ")


def test_every_use_of_an_address_has_an_identifier_of_its_own() -> None:
    identifiers = {
        IDENTIFIERS.recipient(ADDRESS),
        IDENTIFIERS.token(ADDRESS),
        IDENTIFIERS.recipient("other@example.bg"),
        Identifiers(b"1" * KEY_LENGTH).recipient(ADDRESS),
        *(
            IDENTIFIERS.message_id(filing, purpose, ADDRESS, "example.bg")
            for filing in ("2023-12-20/1", "2023-12-20/2")
            for purpose in Purpose
        ),
    }
    assert len(identifiers) == 4 + 2 * len(Purpose)


def test_no_identifier_holds_the_address() -> None:
    message_id = IDENTIFIERS.message_id("2023-12-20/1", Purpose.ISSUE, ADDRESS, "sender.example")
    assert message_id.endswith("@sender.example>")
    assert "ivan" not in message_id.lower()
    assert len(IDENTIFIERS.token(ADDRESS)) == TOKEN_LENGTH


def test_parts_of_a_hash_cannot_shift_into_each_other() -> None:
    ids = [
        IDENTIFIERS.message_id(filing, Purpose.ISSUE, address, "x.bg")
        for filing, address in (("a", "ba@x"), ("ab", "a@x"))
    ]
    assert ids[0] != ids[1]


def test_a_key_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Identifiers(b"short")
