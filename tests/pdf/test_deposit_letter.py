"""The deposit letter has all particulars, in the language of the issue, and does not depend on the clock."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import TYPE_CHECKING, Final

import pikepdf
import pytest

from pipeline.files.workspace import Workspace
from pipeline.models.issue import Correction
from pipeline.models.publication import SerialNumbers
from pipeline.pdf.companions.deposit_letter import deposit
from pipeline.pdf.companions.job_ticket import Printed
from pipeline.reading.issue_reader import read_issue
from tests.golden import ISSUES
from tests.pdf.test_job_ticket import rows_of
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.models.issue import Issue

PRINTED: Final = Printed("bulletin-2023-12-20-archive.pdf", 4 * "0123456789abcdef", 3_456_789, 12)

IN_BULGARIAN: Final = """\
ЗАДЪЛЖИТЕЛНО ДЕПОЗИРАНЕ

Получател:            Национална библиотека „Св. св. Кирил и Методий“, София
Основание:            Закон за задължителното депозиране на печатни и други произведения
                      и за обявяване на разпространителите и доставчиците на медийни
                      услуги
Издание:              Бюлетин, „Проекти и инициативи“
Номер:                2/2023
Дата на издаване:     20 декември 2023 г.
Издател:              Клъстер София град на знанието, София 1000, ул. „Цар Калоян“ 8,
                      ет. 2, офис 11-12
За връзка:            office@knowledgesofia.eu, https://www.knowledgesofia.eu/
Държава:              България
Език:                 български
Страници:             12
Формат:               A4, 210 × 297 мм, изправен
Файл:                 bulletin-2023-12-20-archive.pdf, 3,5 MB (3 456 789 B)
Стандарт:             PDF/A-3a (ISO 19005-3), PDF/UA-1 (ISO 14289-1)
SHA-256:              0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
Приложено в него:     всичко, от което е направен файлът
"""
IN_ENGLISH: Final = """\
LEGAL DEPOSIT

Recipient:            SS. Cyril and Methodius National Library, Sofia
Legal basis:          Act on the Mandatory Deposit of Printed and Other Works and on the
                      Announcement of Distributors and Providers of Media Services
Publication:          Bulletin, “A spring of meetings”
Number:               1/2023
Date of issue:        30 June 2023
Publisher:            Cluster Sofia Knowledge City, 8 Tsar Kaloyan Street, floor 2,
                      office 11-12, Sofia 1000, Bulgaria
Contact:              office@knowledgesofia.eu, https://www.knowledgesofia.eu/
Country:              Bulgaria
Language:             English
Pages:                12
Format:               A4, 210 × 297 mm, upright
File:                 bulletin-2023-12-20-archive.pdf, 3.5 MB (3,456,789 B)
Standard:             PDF/A-3a (ISO 19005-3), PDF/UA-1 (ISO 14289-1)
SHA-256:              0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
Attached within:      all that the file was made from
"""


def read(name: str) -> Issue:
    issue = read_issue(REPOSITORY / "issues" / name, Workspace(REPOSITORY)).issue
    assert issue is not None
    return issue


def test_a_deposit_in_bulgarian() -> None:
    assert deposit(read("2023-12-20"), PRINTED) == IN_BULGARIAN


def test_a_deposit_in_english() -> None:
    assert deposit(read("2023-06-30"), PRINTED) == IN_ENGLISH


def test_issns_are_listed_if_the_publication_has_them() -> None:
    issue = read("2023-12-20")
    numbers = SerialNumbers(print="2815-3456", online="2815-3464")
    publication = issue.publication.model_copy(update={"issn": numbers})
    rows = rows_of(deposit(dataclasses.replace(issue, publication=publication), PRINTED))
    assert rows["ISSN (печатно издание)"] == "2815-3456"
    assert rows["ISSN (онлайн)"] == "2815-3464"


def test_a_corrected_edition_states_what_it_corrects() -> None:
    corrected = dataclasses.replace(read("2023-12-20"), correction=Correction(1, "Цената беше сбъркана."))
    rows = rows_of(deposit(corrected, PRINTED))
    assert rows["Поправка"].startswith("Цената беше сбъркана. Това поправено издание на брой 2 заменя")


def test_another_country_has_another_library_and_another_law() -> None:
    issue = read("2023-12-20")
    publication = issue.publication.model_copy(update={"country": "GR"})
    rows = rows_of(deposit(dataclasses.replace(issue, publication=publication), PRINTED))
    assert rows["Държава"] == "Гърция"
    assert "Получател" not in rows
    assert "Основание" not in rows


@pytest.mark.parametrize("name", ISSUES)
def test_the_deposit_is_that_of_the_archive_edition(shipped: Path, name: str) -> None:
    letter = (shipped / name / "deposit.txt").read_text("utf-8")
    file = shipped / name / f"bulletin-{name}-archive.pdf"
    rows = rows_of(letter)
    assert rows["SHA-256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert next(row for row in rows.values() if row.startswith(file.name)).startswith(f"{file.name}, ")
    with pikepdf.open(file) as pdf:
        assert str(len(pdf.pages)) in {rows.get("Страници"), rows.get("Pages")}
    assert max(len(line) for line in letter.splitlines()) <= 88


@pytest.mark.parametrize("name", ISSUES)
def test_the_report_names_the_deposit_with_its_hash(shipped: Path, name: str) -> None:
    report = json.loads((shipped / name / f"bulletin-{name}-report.json").read_text("utf-8"))
    data = (shipped / name / "deposit.txt").read_bytes()
    expected = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    assert report["files"]["deposit.txt"] == expected
