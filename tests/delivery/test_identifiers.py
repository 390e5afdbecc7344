"""Seals: the same for the same mailbox, other for every other, and nothing of the address in them."""

from __future__ import annotations

import pytest

from pipeline.delivery.ledger.identifiers import KEY_LENGTH, TOKEN_LENGTH, Purpose, Seals, folded

SEALS = Seals(bytes(KEY_LENGTH))
ADDRESS = "Ivan.Petrov@example.bg"


def test_a_mailbox_has_one_seal_however_it_is_written() -> None:
    assert SEALS.recipient(ADDRESS) == SEALS.recipient(f" {ADDRESS.lower()} ")
    assert folded(" A@EXAMPLE.bg ") == "a@example.bg"


def test_every_use_of_an_address_has_a_seal_of_its_own() -> None:
    made = {
        SEALS.recipient(ADDRESS),
        SEALS.token(ADDRESS),
        SEALS.recipient("other@example.bg"),
        Seals(b"1" * KEY_LENGTH).recipient(ADDRESS),
        *(
            SEALS.message_id(filing, purpose, ADDRESS, "example.bg")
            for filing in ("2023-12-20/1", "2023-12-20/2")
            for purpose in Purpose
        ),
    }
    assert len(made) == 4 + 2 * len(Purpose)


def test_no_seal_holds_the_address() -> None:
    told = SEALS.message_id("2023-12-20/1", Purpose.ISSUE, ADDRESS, "sender.example")
    assert told.endswith("@sender.example>")
    assert "ivan" not in told.lower()
    assert len(SEALS.token(ADDRESS)) == TOKEN_LENGTH


def test_what_is_sealed_together_cannot_be_shifted_from_one_part_to_the_next() -> None:
    ids = [
        SEALS.message_id(filing, Purpose.ISSUE, address, "x.bg")
        for filing, address in (("a", "ba@x"), ("ab", "a@x"))
    ]
    assert ids[0] != ids[1]


def test_a_key_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Seals(b"short")
