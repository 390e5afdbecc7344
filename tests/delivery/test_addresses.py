"""Addresses as people write them: one key for one mailbox, and the key that earlier versions gave it."""

from __future__ import annotations

import pytest

from pipeline.delivery.ledger.addresses import address_key, ascii_domain, former_key, split_address


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Maria@Example.BG", "maria@example.bg"),
        (" Мария Иванова <maria@example.bg>; ", "maria@example.bg"),
        ("mailto:maria@example.bg.", "maria@example.bg"),
        ("maria@пример.бг", "maria@xn--e1afmkfd.xn--90ae"),
        ("maria@XN--E1AFMKFD.xn--90ae", "maria@xn--e1afmkfd.xn--90ae"),
    ],
)
def test_a_mailbox_has_one_key(written: str, key: str) -> None:
    assert address_key(written) == key


def test_a_domain_in_other_letters_had_another_key_before() -> None:
    assert former_key("Maria@пример.бг") == "maria@пример.бг"
    assert former_key("maria@xn--e1afmkfd.xn--90ae") == "maria@пример.бг"


@pytest.mark.parametrize("written", ["maria@example.bg", "maria@xn--a.bg", "Мария <maria@example.bg>"])
def test_other_addresses_had_none(written: str) -> None:
    assert former_key(written) == ""


def test_a_domain_that_cannot_be_converted_stays_as_written() -> None:
    assert ascii_domain("при мер.бг") == "при мер.бг"
    assert ascii_domain("пример.бг.") == "xn--e1afmkfd.xn--90ae"


def test_the_name_before_an_address_is_told_apart() -> None:
    assert split_address('"Мария Иванова" <maria@example.bg>,') == ("Мария Иванова", "maria@example.bg")
    assert split_address("maria@example.bg") == ("", "maria@example.bg")
