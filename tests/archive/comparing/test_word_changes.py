"""Changed words are reported; text that only moves to another line or page is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.comparing import word_changes as module
from pipeline.archive.comparing.word_changes import WordChange, word_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Reworded = Callable[[Sequence[str], Sequence[str]], list[WordChange]]

TEXT = [
    "Кулата",
    "се",
    "вижда",
    "отдалеч,",
    "защото",
    "стои",
    "на",
    "хълма",
    "над",
    "реката,",
    "по",
    "която",
    "някога",
    "минаваха",
    "лодки.",
]
"""A sentence none of whose words stands in it twice."""


@pytest.fixture
def reworded(monkeypatch: pytest.MonkeyPatch) -> Reworded:
    def changes(before: Sequence[str], after: Sequence[str]) -> list[WordChange]:
        return changes_between(monkeypatch, before, after)

    return changes


def changes_between(
    patch: pytest.MonkeyPatch, before: Sequence[str], after: Sequence[str]
) -> list[WordChange]:
    """Return the changes between two files, each given as the texts of its pages."""
    files = {b"before": before, b"after": after}

    def texts(pdf: bytes) -> Iterator[str]:
        return iter(files[pdf])

    patch.setattr(module, "page_texts", texts)
    return list(word_changes(b"before", b"after"))


def page(words: Sequence[str], number: int) -> str:
    """Return the text of a page with its footer after it, in the order the layout engine paints."""
    return " ".join(words) + f"\nБюлетин „Вести“\nБрой 2 · декември 2023 г. {number}"


def test_changed_words_have_their_page(reworded: Reworded) -> None:
    assert reworded(["едно две", "три"], ["едно пет", "три"]) == [WordChange(1, "две", "пет")]
    assert reworded(["едно", "две три"], ["едно", "две"]) == [WordChange(2, "три", "")]
    assert reworded(["едно", "две"], ["едно", "нула две"]) == [WordChange(2, "", "нула")]


@pytest.mark.parametrize("hyphen", ["\ufffe", "\ufffe\n", "\x02\n", "-\n"])
def test_a_word_divided_elsewhere_is_the_same(reworded: Reworded, hyphen: str) -> None:
    assert reworded([f"голямата ком{hyphen}пания расте"], [f"го{hyphen}лямата компания\nрасте"]) == []
    assert reworded([f"една ком{hyphen}пания"], [f"една кам{hyphen}пания"]) == [
        WordChange(1, "компания", "кампания")
    ]


def test_a_word_with_a_hyphen_may_be_divided_there(reworded: Reworded) -> None:
    assert reworded(["уеб-\nсайт и дума"], ["уеб-сайт и\nдума"]) == []
    assert reworded(["от 5 - 6"], ["от 5 6"]) == [WordChange(1, "-", "")]


@pytest.mark.parametrize("moved", [1, 2, 5, 9])
def test_text_that_moves_past_the_footer_of_a_page_is_unchanged(reworded: Reworded, moved: int) -> None:
    before = [page(TEXT[:10], 1), page(TEXT[10:], 2)]
    after = [page(TEXT[: 10 - moved], 1), page(TEXT[10 - moved :], 2)]
    assert reworded(before, after) == []
    assert reworded(after, before) == []


def test_new_words_are_found_when_all_text_after_them_moves(reworded: Reworded) -> None:
    before = [page(TEXT[:10], 1), page(TEXT[10:], 2)]
    after = [page(["Нова", *TEXT[:4]], 1), page(TEXT[4:], 2)]
    assert reworded(before, after) == [WordChange(1, "", "Нова")]


def test_a_card_that_moves_to_the_next_page_is_unchanged(reworded: Reworded) -> None:
    card = ["Проект", "Програма", "Еразъм+", "Държави", "България", "Бюджет"]
    before = [page([*TEXT[:8], *card], 1), page(TEXT[8:], 2)]
    after = [page(TEXT[:7], 1), page([*TEXT[7:], *card], 2)]
    assert reworded(before, after) == []


def test_words_that_changed_their_place_on_a_page_are_reported(reworded: Reworded) -> None:
    swapped = [*TEXT[8:], *TEXT[:8]]
    changes = reworded([page(TEXT, 1)], [page(swapped, 1)])
    assert sorted(bool(change.before) for change in changes) == [False, True]
    assert {change.before or change.after for change in changes} <= {
        " ".join(TEXT[:8]),
        " ".join(TEXT[8:]),
    }


def test_a_changed_number_in_the_contents_is_reported_but_no_page_number(reworded: Reworded) -> None:
    before = [page(["Съдържание", "Кулата", "2"], 1), page(TEXT[:9], 2), page(TEXT[9:], 3)]
    after = [page(["Съдържание", "Кулата", "3"], 1), page(TEXT[:9], 2), page(TEXT[9:], 3)]
    assert reworded(before, after) == [WordChange(1, "2", "3")]
    assert reworded(["а", f"{' '.join(TEXT)} 2"], ["а", "", f"{' '.join(TEXT)} 3"]) == []


@given(st.lists(st.lists(st.sampled_from("абв"), max_size=12), max_size=4))
def test_a_text_compared_with_itself_has_no_changes(pages: list[list[str]]) -> None:
    texts = [" ".join(words) for words in pages]
    whole = ["\n".join(texts)]
    with pytest.MonkeyPatch.context() as patch:
        assert changes_between(patch, texts, texts) == []
        assert changes_between(patch, texts, whole) == []


@given(
    st.lists(st.sampled_from("абвгд"), max_size=20),
    st.lists(st.sampled_from("абвгд"), max_size=20),
)
def test_the_changes_of_one_page_turn_the_old_text_into_the_new(before: list[str], after: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        changes = changes_between(patch, [" ".join(before)], [" ".join(after)])
    removed = [word for change in changes for word in change.before.split()]
    added = [word for change in changes for word in change.after.split()]
    assert sorted(before + added) == sorted(after + removed)
    assert bool(changes) == (before != after)
