"""Addresses: renditions of one address are equal, different addresses are not."""

from __future__ import annotations

import pytest

from pipeline.html_checks.addresses import addresses_in, canonical


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("https://example.org/", "example.org"),
        ("http://www.example.org/bg/", "https://example.org/bg"),
        ("https://example.org/form?id=3", "example.org/form?id=3"),
        ("https://example.org/form/?id=3", "example.org/form?id=3"),
        ("https://example.org?", "example.org"),
        ("https://EXAMPLE.org/Bg", "example.org/Bg"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("https://xn--e1afmkfd.xn--90ae/", "пример.бг"),
        ("https://example.org/%D0%BF%D1%8A%D1%82", "example.org/път"),
        ("https://example.org/a%20b", "example.org/a b"),
        ("https://long\u200b.example\u2060.org/", "long.example.org"),
        ("mailto:office@example.org", "office@example.org"),
        ("office@Example.org", "office@example.org."),
        ("https://example.org/a_(b)", "example.org/a_(b)."),
        ("tel:+35921234567", "+35921234567"),
        ("https://example.org/?search=%5D%5Bref%5D", "https://example.org/?search=][ref]"),
        ("https://example.org/a%28b%29", "https://example.org/a(b)"),
        ("HTTPS://example.org/a", "https://example.org/a"),
    ],
)
def test_renditions_of_one_address_are_equal(one: str, another: str) -> None:
    assert canonical(one) == canonical(another)


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/?id=3", "https://example.org/?id=4"),
        ("https://example.org/#3", "https://example.org/#4"),
        ("https://example.org", "https://example.com"),
        ("https://a.example.org", "https://example.org"),
        ("a@example.org", "b@example.org"),
        ("https://пример.бг", "https://примери.бг"),
    ],
)
def test_different_addresses_differ(one: str, another: str) -> None:
    assert canonical(one) != canonical(another)


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Вижте (https://example.org/a).", ["https://example.org/a"]),
        ("На „www.example.org“, а и на office@example.org.", ["www.example.org", "office@example.org"]),
        ("Сайтът е пример.бг/път, отворете го.", ["пример.бг/път"]),
        ("example.org/2024/15?a=1&b=2; друго", ["example.org/2024/15?a=1&b=2"]),
        ("На 5.6.2024 г. в 10.30 ч., т.ч. 12,5 %.", []),
    ],
)
def test_addresses_are_found_in_a_sentence(text: str, addresses: list[str]) -> None:
    assert [text[start:end] for start, end in addresses_in(text)] == addresses
