"""A search finds a word in any form, and no other word in its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.search.word_forms import fold, plain_form, words_of

FORMS = [
    "клъстер клъстерът клъстера клъстери клъстерите",
    "проект проектът проекта проекти проектите",
    "град градът града градове градовете",
    "община общината общини общините",
    "енергия енергията енергии енергиите",
    "знание знанието знания знанията",
    "нов нова ново нови новите новият новия",
    "музей музеят музея музеи музеите",
    "път пътят пътя пътища пътищата",
    "учител учителят учителя учители учителите",
    "workshop workshops",
    "Проект ПРОЕКТ прое\u0301кт прое\u00adкт",
    "ѝ и",
]
APART = ["град гора", "книга къща", "клъстер кластер", "пет път", "новина", "сума сом", "статус статия"]


@pytest.mark.parametrize("forms", FORMS)
def test_all_forms_of_a_word_fold_to_one(forms: str) -> None:
    assert len({fold(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("words", APART)
def test_different_words_stay_apart(words: str) -> None:
    assert len({fold(word) for word in words.split()}) == len(words.split())


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъьюяѝёabcXYZ0123456789-\u0301\u00ad", max_size=20))
def test_folding_again_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(st.text(max_size=60))
def test_any_text_can_be_folded(text: str) -> None:
    for word in words_of(text):
        assert word == word.casefold()
        assert not any(sign.isspace() for sign in word)


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъьюя", min_size=1, max_size=4))
def test_a_short_word_keeps_at_least_three_letters(word: str) -> None:
    folded = fold(word)
    assert plain_form(word).startswith(folded)
    assert len(folded) >= min(3, len(word))


def test_latin_letters_in_a_cyrillic_word_are_read_as_look_alikes() -> None:
    assert fold("cтpaнa") == fold("страна")
    assert fold("Cisco") != fold("Сисо")
