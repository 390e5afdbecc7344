"""The job ticket says all a print shop asks for, in the language of the issue."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pikepdf
import pytest

from tests.golden import ISSUES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ISSUES)
def test_the_ticket_is_that_of_its_file(shipped: Path, name: str) -> None:
    ticket = (shipped / name / f"bulletin-{name}-press.txt").read_text("utf-8")
    file = shipped / name / f"bulletin-{name}-press.pdf"
    assert hashlib.sha256(file.read_bytes()).hexdigest() in ticket
    with pikepdf.open(file) as pdf:
        pages = len(pdf.pages)
    assert any(line.split(":")[-1].strip().startswith(f"{pages},") for line in ticket.splitlines())
    assert max(len(line) for line in ticket.splitlines()) <= 88


def test_it_is_worded_in_bulgarian_for_a_bulgarian_issue(shipped: Path) -> None:
    ticket = (shipped / "2023-12-20" / "bulletin-2023-12-20-press.txt").read_text("utf-8")
    rows = dict(line.split(":", 1) for line in ticket.splitlines() if ":" in line and line[0] != " ")
    told = {name: value.strip() for name, value in rows.items()}
    assert ticket.startswith("ПОРЪЧКА ЗА ПЕЧАТ\n\n")
    assert told["Издание"] == "Бюлетин, Брой 2, 20 декември 2023 г."
    assert told["Обрязан формат"] == "A4, 210 × 297 мм, изправен"
    assert told["Обрязване"].startswith("3 мм от всички страни")
    assert told["Хартия"].startswith("гланцирана")
    assert told["Профил"] == "ISO Coated v2 300% (FOGRA39)"
    assert told["Най-много мастило"] == "300 %"
    assert told["За връзка"].endswith("office@knowledgesofia.eu")
