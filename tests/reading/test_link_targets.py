"""Addresses of links are read as they are meant, and those that deceive the eye are known."""

from __future__ import annotations

import pytest

from pipeline.reading.look_alikes import deceiving_part
from pipeline.reading.markdown.inlines import as_parsed


@pytest.mark.parametrize(
    ("written", "parsed"),
    [
        ("https://пример.бг/план%20А", "https://xn--e1afmkfd.xn--90ae/%D0%BF%D0%BB%D0%B0%D0%BD%20%D0%90"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("план А.md", "план А.md"),
        ("%D0%BF%D0%BB%D0%B0%D0%BD.md", "план.md"),
    ],
)
def test_signs_in_per_cent_stay_in_web_addresses_and_are_letters_in_names_of_files(
    written: str, parsed: str
) -> None:
    assert as_parsed(written) == parsed


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("https://сосо.com/", "сосо"),
        ("https://www.сосо.com/", "сосо"),
        ("https://сосо.бг/", ""),
        ("https://www.сосо.бг/", ""),
        ("https://info.xn--90ae/", ""),
        ("https://аpple.com/", "аpple"),
        ("https://[::1/", ""),
    ],
)
def test_a_host_whose_letters_look_like_others_is_known_by_where_it_ends(address: str, part: str) -> None:
    assert deceiving_part(address) == part
