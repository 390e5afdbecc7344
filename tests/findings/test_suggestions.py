"""Suggestions for misspelt names."""

from __future__ import annotations

import pytest

from pipeline.findings.suggestions import fold, nearest


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("titel", "title"),
        ("titlе", "title"),  # its last letter is Cyrillic
        ("ТITLE", "title"),
        ("sectoins", "sections"),
        ("member-news", "member_news"),
        ("logoCmyk", "logo_cmyk"),
        ("количество", ""),
        ("", ""),
    ],
)
def test_the_nearest_name_is_guessed_and_no_far_one(written: str, meant: str) -> None:
    assert nearest(written, ["title", "sections", "member_news", "logo_cmyk"]) == meant


def test_look_alike_letters_fold_to_one() -> None:
    assert fold("ВС") == fold("BC")
    assert fold("Ж") != fold("X")
