"""Quotation marks within quotation marks are the inner ones of the language of the message."""

from __future__ import annotations

import pytest

from pipeline.findings.finding import found
from pipeline.findings.wording.quoting import quoted
from pipeline.findings.wording.wording import message_of, remedy_of


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("Клуб „Искра“ кани", "bg", "„Клуб ’Искра‘ кани“"),
        ("The “Spark” club", "bg", "„The ’Spark‘ club“"),
        ("«Искра»", "bg", "„’Искра‘“"),
        ("The “Spark” club", "en", "“The ‘Spark’ club”"),
        ("Клуб „Искра“", "en", "“Клуб ‘Искра’”"),
        ("O’Brien", "en", "“O’Brien”"),
    ],
)
def test_marks_within_marks_are_inner_ones(text: str, language: str, wanted: str) -> None:
    assert quoted(text, language) == wanted


def test_the_account_of_an_import_nests_its_marks() -> None:
    finding = found("W544", None, name="писмо.eml", found="ЧИТАЛИЩЕ „ЗОРА“")
    assert "„ЧИТАЛИЩЕ ’ЗОРА‘“" in message_of(finding, "bg")
    assert "“ЧИТАЛИЩЕ ‘ЗОРА’”" in message_of(finding, "en")


def test_where_the_marks_are_what_is_asked_about_they_stay() -> None:
    finding = found("W403", None, count=1, found='"Зора"', wanted="„Зора“")
    assert "„Зора“" in remedy_of(finding, "bg")
