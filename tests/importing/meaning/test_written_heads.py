"""A bulletin without headings is divided by its bold lines, or by those in capitals."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from docx import Document

from pipeline.importing.draft.masthead import is_number_line
from tests.importing.helpers import import_file, written

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = """АЛПИЙСКИ КЛУБ „ВИХРЕН“
Бр. 12, есен 2024 г.

1. ИЗКАЧВАНИЯ

На пети октомври група от седем души изкачи върха.

IBAN BG80 BNBG 9661 1020 3456 78

2. ОБЯВИ

Продавам обувки.
"""


def in_word(*paragraphs: tuple[str, bool]) -> bytes:
    document = Document()
    for words, bold in paragraphs:
        document.add_paragraph().add_run(words).bold = bold
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def sections(path: Path, tmp_path: Path) -> list[str]:
    imported = import_file(tmp_path, path)
    assert imported.report.share == 1.0
    lines = (imported.folder / "issue.yaml").read_text("utf-8").splitlines()
    return [line.partition("title: ")[2].strip('"') for line in lines if line.startswith("  - title: ")]


def test_lines_in_capitals_divide_a_plain_text(tmp_path: Path) -> None:
    path = written(tmp_path, "клуб.txt", PLAIN)
    assert sections(path, tmp_path) == ["От редакцията", "ИЗКАЧВАНИЯ", "ОБЯВИ"]


def test_bold_lines_divide_a_word_file(tmp_path: Path) -> None:
    held = in_word(
        ("КАМБАНА", True),
        ("Брой 4 (27), Великден 2025 г.", False),
        ("Христос воскресе!", True),
        ("Скъпи сестри и братя, Великият пост завърши.", False),
        ("ДУМИ С ГЛАВНИ БУКВИ", False),
        ("Концерти през май", True),
        ("Пеем в неделя.", False),
        ("Внимание:", True),
        ("носете ноти.", False),
    )
    path = written(tmp_path, "хор.docx", held)
    assert sections(path, tmp_path) == ["От редакцията", "Христос воскресе!", "Концерти през май"]


def test_without_a_number_of_an_issue_bold_lines_stay_text(tmp_path: Path) -> None:
    held = in_word(("Разказ", True), ("Едно.", False), ("Първо", True), ("Две.", False), ("Второ", True))
    assert len(sections(written(tmp_path, "a.docx", held), tmp_path)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Випуск № 7 (112), 1 травня 2025 року",
        "Выпуск N 3, май",
        "Број 5, пролеће 2025",
        "Nr. 3/2025 · 12. Mai 2025",
    ],
)
def test_the_number_of_an_issue_is_known_in_other_languages(line: str) -> None:
    assert is_number_line(line)


@pytest.mark.parametrize("line", ["Випуск 2024", "Выпуск 1985 года", "Lindenstraße Nr. 12"])
def test_a_class_of_a_school_and_a_house_are_no_issue(line: str) -> None:
    assert not is_number_line(line)


def test_headings_below_a_title_and_a_number_divide_a_word_file(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Mieterbrief", 0)
    document.add_paragraph("Nr. 3/2025 · 12. Mai 2025")
    for head in ("Grußwort", "Termine"):
        document.add_heading(head, 1)
        document.add_paragraph("Die Versammlung ist im Juni.")
    held = io.BytesIO()
    document.save(held)
    path = written(tmp_path, "brief.docx", held.getvalue())
    assert sections(path, tmp_path)[-2:] == ["Grußwort", "Termine"]
