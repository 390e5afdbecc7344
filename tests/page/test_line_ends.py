"""Where lines end: not within what a typesetter keeps together, nor at a hyphen of an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pipeline.page.layout_rules import words_kept
from pipeline.page.markup import words
from tests.page.layouts import article, laid_out

if TYPE_CHECKING:
    from pathlib import Path

    from tests.page.layouts import Layout

EVENT = """---
kind: event
title: Среща
start: 2024-04-05 10:00
end: 2024-04-05 12:30
place: зала 1153, ет. 3, София
---
Текст.
"""
PROJECT = """---
kind: project
title: Въздухът
period: {start: 2023-01, end: 2025-01}
---
Текст.
"""


@pytest.fixture(scope="module")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """What is kept together, behind openings of many lengths, so that it comes to the end of a line."""
    root: Path = tmp_path_factory.mktemp("ends")
    said = (
        "на 15 септември 2024 г. в зала 1153, стая 12, ет. 3, от 10:00 ч. – 12:30 ч. и 16-17 май 2024 г. "
        "с д-р Иванова, г-жа Петрова и 2-ри клас, тел. 02/987 65 43 или +359 888 123 456"
    )
    address = "https://www.example.org/very-long-path/with-many-hyphens-in-it/and-more"
    paragraphs = [f"{'и така ' * (at // 3)}{'да ' * (at % 3)}{said}." for at in range(60)]
    addresses = [f"{'да ' * at}{address}." for at in range(24)]
    phones = "| Ден | Час | Какво | Къде | Кой | Телефон |\n|---|---|---|---|---|---|\n" + "".join(
        f"| понеделник | 18:30 | {'беседа ' * 4} | читалище | {'Ана ' * at} | +359 88{at} 123 45{at} |\n"
        for at in range(1, 9)
    )
    table = "| Кой | Къде | Бележка |\n|---|---|---|\n" + "".join(
        f"| {'много ' * at}д-р Иванова и г-н Петров от 2-ри клас | в зала 1153 | {'дълга ' * 20}бележка |\n"
        for at in range(8)
    )
    return laid_out(
        root,
        {
            "Новини": {
                "a": article("Текст", "\n\n".join([*paragraphs, *addresses, table, phones])),
                "b": EVENT,
                "c": PROJECT,
            }
        },
    )


def ends(layout: Layout, pattern: str) -> list[str]:
    """Return the ends of lines that match a pattern."""
    lines = [line.text.rstrip() for page in layout.pages for line in page]
    return [line[-30:] for line in lines if re.search(rf"(?:{pattern})$", line)]


@pytest.mark.parametrize(
    "pattern",
    [
        r"15|септември|2024",
        r"\bзала|\bстая|\bет\.",
        r"(?:\d:\d\d( ч\.)?|\b16)\s–",
        r"\b(?:д|г|2)-",
        r"\bянуари|\bапр\w+",
        r"987|65|\+359|88\d|123",
    ],
    ids=[
        "day, month and year",
        "rooms",
        "spans",
        "short words with a hyphen",
        "dates of cards",
        "telephones",
    ],
)
def test_no_line_ends_within_what_belongs_together(layout: Layout, pattern: str) -> None:
    assert ends(layout, pattern) == []


def test_no_line_of_an_address_ends_with_its_hyphen(layout: Layout) -> None:
    assert ends(layout, r"(?:long|many|hyphens|in|and)-") == []
    assert ends(layout, r"/with-many|/very-long|hyphens|-in|example|org/|/and") != []


def test_a_table_too_wide_for_the_page_is_told(tmp_path: Path) -> None:
    row = f"| {' | '.join(['Административноправен'] * 12)} |\n"
    wide = f"{row}|{' --- |' * 12}\n{row}"
    narrow = "| а | б |\n|---|---|\n| в | г |\n"
    told = laid_out(tmp_path / "wide", {"Новини": {"a": article("Таблица", wide)}}).findings
    assert [each.place.line for each in told if each.code == "W174" and each.place] == [4]
    told = laid_out(tmp_path / "narrow", {"Новини": {"a": article("Таблица", narrow)}}).findings
    assert "W174" not in {each.code for each in told}


def test_long_numbers_of_a_list_stay_in_its_column(tmp_path: Path) -> None:
    items = "".join(f"{number}. Точка.\n" for number in range(1998, 2003))
    layout = laid_out(tmp_path, {"Новини": {"a": article("Списък", f"Абзац.\n\n{items}")}})
    lines = [line for line in layout.pages[1] if line.size > 9]
    edge = next(line.left for line in lines if line.text.startswith("Абзац"))
    numbers = [line.left for line in lines if re.match(r"(?:199|200)\d\.", line.text)]
    assert len(numbers) == 5
    assert min(numbers) >= edge - 1


@pytest.mark.parametrize(
    ("text", "language", "kept"),
    [
        ("open 6–7.30 pm", "en", "6–7.30"),
        ("in 2024–2025 and", "en", "2024–2025"),
        ("call +44 20 7946 0958 or", "en", "+44 20 7946 0958"),
        ("тел. 0888/12 34 56 и", "bg", "0888/12 34 56"),
    ],
)
def test_spans_of_numbers_and_telephones_are_marked_to_stay_on_one_line(
    text: str, language: str, kept: str
) -> None:
    with words_kept(kept=True):
        assert f'<span class="kept">{kept}</span>' in words(text, language, "bg")
    # Mail and site end their lines where the reader's window does.
    assert "kept" not in words(text, language, "bg")
