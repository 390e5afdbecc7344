"""Mastheads: days in words and figures, the number of an issue, bulletins whose sections bear no number."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from babel.dates import get_month_names

from pipeline.importing.draft.masthead import date_in, is_number_line
from tests.importing.helpers import import_file, written

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_read_in_words(language: str, month: int) -> None:
    name = get_month_names("wide", "format", language)[month]
    day, rest = date_in(f"Брой 2, 5 {name} 2023", language)
    assert day == dt.date(2023, month, 5)
    assert rest.split() == ["Брой", "2,"]


@pytest.mark.parametrize("written", ["20.12.2023", "2023-12-20"])
def test_a_day_is_read_in_figures(written: str) -> None:
    day, rest = date_in(f"Брой 2, {written}", "bg")
    assert day == dt.date(2023, 12, 20)
    assert rest.split()[:2] == ["Брой", "2,"]


@pytest.mark.parametrize("text", ["31.11.2023", "32.12.2023", "31 ноември 2023", "Брой 2"])
def test_what_is_no_day_stays_text(text: str) -> None:
    assert date_in(text, "bg") == (None, text)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Бр. 2, учебна 2023/2024 г.", True),
        ("Брой 11 / м. ноември 2023 г.", True),
        ("Шахматен клуб „Ладия“ – Бюлетин № 14", True),
        ("Newsletter No. 7, spring 2024", True),
        ("Протокол № 3", False),
        ("(обн. ДВ, бр. 45 от 2002 г., изм. бр. 3 от 2023 г.)", False),
        ("В брой 3 разказахме за пчелите.", False),
        (f"Бюлетин, брой 3 {'а' * 74}", True),
        (f"Бюлетин, брой 3 {'а' * 75}", False),
    ],
)
def test_the_number_of_an_issue_is_told_from_other_numbers(line: str, is_one: bool) -> None:  # noqa: FBT001
    assert is_number_line(line) is is_one


PARISH = """
<h1>Енорийски лист</h1><p>Трявна, 5 април 2024 г.</p><p>Брой 5/2024 · Велики пост</p>
<p>Уважаеми енориаши,</p><p>пожелаваме ви лек пост.</p>
<h2>Служби</h2><p>В неделя от 9 ч.</p><h2>Починали</h2><p>Мир на праха им!</p>
<h2>Сарми</h2><p>Ориз и лук.</p><p>Настоятелство: отец Илия, тел. 02 987 65 43, ул. „Шипка“ 12</p>
"""


def test_sections_without_numbers_stand_behind_the_number_of_an_issue(tmp_path: Path) -> None:
    """The number is the issue's; the salutation stays with its letter, and the last line where it is."""
    imported = import_file(tmp_path, written(tmp_path, "a.html", PARISH), date=None)
    plan = (imported.folder / "issue.yaml").read_text("utf-8")
    assert plan.startswith("format: 1\nnumber: 5\ndate: 2024-04-05\ntitle: Енорийски лист\nsections:\n")
    assert re.findall(r"- title: (.*)", plan) == ["От редакцията", "Служби", "Починали", "Сарми"]
    texts = {each.name: each.read_text("utf-8") for each in imported.folder.glob("*.md")}
    assert "енориаши,\n\nпожелаваме" in texts["ot-redaktsiyata.md"]
    assert "отец Илия, тел. 02 987 65 43" in texts["sarmi.md"]
    assert imported.report.share == 1
