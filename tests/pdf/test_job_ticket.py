"""The job ticket has everything a print shop asks for, in the language of the issue."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
from typing import TYPE_CHECKING, Final

import pikepdf
import pytest

from pipeline.files.workspace import find_workspace
from pipeline.models.editions import PRESS
from pipeline.models.press_plan import PressPlan
from pipeline.page.pictures.press_conditions import condition_of
from pipeline.pdf.companions.job_ticket import Printed, job_ticket
from pipeline.reading.issue_reader import read_issue
from tests.golden import ISSUES
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.models.issue import Issue

COATED: Final = condition_of(PressPlan(), None)
PRINTED: Final = Printed("bulletin-2023-12-20-press.pdf", 4 * "0123456789abcdef", 1_234_567, 12)

IN_BULGARIAN: Final = """\
ПОРЪЧКА ЗА ПЕЧАТ

Издание:              Вести · Брой 2 · 20 декември 2023 г.
Файл:                 bulletin-2023-12-20-press.pdf, 1,3 MB (1 234 567 B)
SHA-256:              0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
Стандарт:             PDF/X-4 (ISO 15930-7)
Обрязан формат:       A4, 210 × 297 мм, изправен
Наддаване:            3 мм от всички страни; знаците за рязане са извън него
Страници:             12, с корицата
Подвързия:            шито с две телчета в гънката, сгънато до A4
Цветове:              4/4: циан, магента, жълто, черно от двете страни; без допълнителни
                      краски
Черно:                текстът и линиите са само с черно, върху фона (overprint)
Хартия:               гланцирана (хромова), за каквато е файлът; грамаж по договаряне
Профил:               ISO Coated v2 300% (FOGRA39)
Най-много мастило:    300 %
Тираж:                по договаряне
Срок:                 по договаряне
За връзка:            Клъстер, office@example.org, +359 2 123 4567
"""
IN_ENGLISH: Final = """\
JOB TICKET

Publication:          News · Issue 2 · 20 December 2023
File:                 bulletin-2023-12-20-press.pdf, 1.3 MB (1,234,567 B)
SHA-256:              0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
Standard:             PDF/X-4 (ISO 15930-7)
Trimmed size:         A4, 210 × 297 mm, upright
Bleed:                3 mm on all sides; crop marks outside it
Pages:                12, cover included
Binding:              saddle-stitched, two staples, folded to A4
Colours:              4/4: cyan, magenta, yellow, black on both sides; no further inks
Black:                text and lines in black alone, overprinting
Paper:                coated, as the file is made for; weight to be agreed
Profile:              ISO Coated v2 300% (FOGRA39)
Ink limit:            300 %
Copies:               to be agreed
Wanted by:            to be agreed
Contact:              Cluster, office@example.org, +359 2 123 4567
"""


@pytest.fixture(scope="module")
def issue() -> Issue:
    """The issue that all cases overlay."""
    workspace = find_workspace(GOOD)
    read = read_issue(workspace.choose_issue(), workspace).issue
    assert read is not None
    return in_language(read, "bg", "Вести", "Клъстер")


def in_language(issue: Issue, language: str, title: str, publisher: str) -> Issue:
    """Return an issue in another language, with a telephone."""
    original = issue.publication
    named = original.publisher.model_copy(update={"name": publisher, "phone": "+359 2 123 4567"})
    publication = original.model_copy(update={"title": title, "publisher": named})
    return dataclasses.replace(issue, language=language, publication=publication)


def test_a_ticket_in_bulgarian(issue: Issue) -> None:
    assert job_ticket(issue, PRINTED, PRESS, COATED) == IN_BULGARIAN


def test_a_ticket_in_english(issue: Issue) -> None:
    english = in_language(issue, "en", "News", "Cluster")
    assert job_ticket(english, PRINTED, PRESS, COATED) == IN_ENGLISH


@pytest.mark.parametrize(
    ("pages", "of_pages", "bound"),
    [
        (1, "1", "none: one leaf"),
        (2, "2", "none: one leaf"),
        (3, "3, cover included; empty pages at the end", "none: one sheet, folded once"),
        (4, "4, cover included", "none: one sheet, folded once"),
        (5, "5, cover included; empty pages at the end", "saddle-stitched, two staples, folded to A4"),
        (8, "8, cover included", "saddle-stitched, two staples, folded to A4"),
    ],
)
def test_the_binding_depends_on_the_number_of_pages(
    issue: Issue, pages: int, of_pages: str, bound: str
) -> None:
    english = in_language(issue, "en", "News", "Cluster")
    ticket = job_ticket(english, PRINTED._replace(pages=pages), PRESS, COATED)
    rows = rows_of(ticket)
    assert rows["Pages"].partition(" to a ")[0] == of_pages
    assert rows["Binding"] == bound
    empty = re.findall(
        r"\d+", " ".join(ticket.split()).partition("multiple of four: ")[2].partition(" Binding")[0]
    )
    wanted = range(pages + 1, pages + 1 + -pages % 4) if pages > 2 else ()
    assert empty == [str(page) for page in wanted]


def test_what_is_agreed_already_stands_in_the_ticket(issue: Issue) -> None:
    agreed = {"copies": 1500, "grammage": 115, "due": dt.date(2024, 1, 15)}
    press = PressPlan.model_validate(agreed)
    publication = issue.publication.model_copy(update={"press": press})
    rows = rows_of(job_ticket(dataclasses.replace(issue, publication=publication), PRINTED, PRESS, COATED))
    assert rows["Тираж"] == "1 500"
    assert rows["Срок"] == "15 януари 2024 г."
    assert rows["Хартия"] == "гланцирана (хромова), за каквато е файлът; 115 г/м²"
    assert rows["Наддаване"] == "3 мм от всички страни; знаците за рязане са извън него"


def test_a_file_without_marks_is_described_so(issue: Issue) -> None:
    rows = rows_of(job_ticket(issue, PRINTED, PRESS._replace(sheet=3), COATED))
    assert rows["Наддаване"] == "3 мм от всички страни; без знаци за рязане"


def test_paper_and_profile_are_those_of_the_printing_condition(issue: Issue) -> None:
    own = COATED._replace(identifier="Custom", info="Наша офсетова", ink_limit=260, paper="uncoated")
    rows = rows_of(job_ticket(issue, PRINTED, PRESS, own))
    assert rows["Хартия"].startswith("офсетова, за каквато е файлът")
    assert rows["Профил"] == "Наша офсетова (Custom)"
    assert rows["Най-много мастило"] == "260 %"


def rows_of(ticket: str) -> dict[str, str]:
    """Return the rows of a ticket by name, each its first line."""
    rows = (line.split(":", 1) for line in ticket.splitlines() if ":" in line and line[0] != " ")
    return {name: value.strip() for name, value in rows}


@pytest.mark.parametrize("name", ISSUES)
def test_the_ticket_describes_its_file(shipped: Path, name: str) -> None:
    ticket = (shipped / name / f"bulletin-{name}-press.txt").read_text("utf-8")
    file = shipped / name / f"bulletin-{name}-press.pdf"
    assert hashlib.sha256(file.read_bytes()).hexdigest() in ticket
    with pikepdf.open(file) as pdf:
        pages = len(pdf.pages)
    assert any(line.partition(":")[2].strip().startswith(f"{pages},") for line in ticket.splitlines())
    assert max(len(line) for line in ticket.splitlines()) <= 88


def test_the_ticket_of_a_bulgarian_issue_is_in_bulgarian(shipped: Path) -> None:
    ticket = (shipped / "2023-12-20" / "bulletin-2023-12-20-press.txt").read_text("utf-8")
    rows = rows_of(ticket)
    assert ticket.startswith("ПОРЪЧКА ЗА ПЕЧАТ\n\n")
    assert rows["Издание"] == "Бюлетин · Брой 2 · 20 декември 2023 г."
    assert rows["За връзка"].endswith("office@knowledgesofia.eu")


def test_further_inks_and_creep_stand_in_the_ticket(issue: Issue) -> None:
    plan = {"spot": {"main": "PANTONE 348 C", "accent": "HKS 6 K"}, "grammage": 120, "paper": "coated"}
    english = in_language(issue, "en", "News", "Cluster")
    publication = english.publication.model_copy(update={"press": PressPlan.model_validate(plan)})
    ticket = job_ticket(dataclasses.replace(english, publication=publication), PRINTED, PRESS, COATED)
    rows = rows_of(ticket)
    assert rows["Colours"].startswith("6/6: cyan, magenta, yellow, black on both sides")
    assert "PANTONE 348 C and HKS 6 K" in " ".join(ticket.split())
    # Three sheets of 0.102 mm: the innermost is pushed out by two.
    assert rows["Creep"].startswith("0.2 mm on the innermost sheet, with leaves of 0.1 mm")


@pytest.mark.parametrize(("plan", "pages"), [({}, 12), ({"grammage": 120}, 4)])
def test_one_sheet_and_unknown_paper_have_no_creep(issue: Issue, plan: dict[str, object], pages: int) -> None:
    english = in_language(issue, "en", "News", "Cluster")
    publication = english.publication.model_copy(update={"press": PressPlan.model_validate(plan)})
    changed = dataclasses.replace(english, publication=publication)
    assert "Creep" not in rows_of(job_ticket(changed, PRINTED._replace(pages=pages), PRESS, COATED))


@pytest.mark.parametrize("name", ["", "Black", "all", "зелено", "PANTONE/348", "-"])
def test_what_is_no_name_of_an_ink_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name of an ink"):
        PressPlan.model_validate({"spot": {"main": name}})
