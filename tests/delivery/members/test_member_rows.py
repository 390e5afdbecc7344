"""Cells of a list of members: what each may hold, and what is said where it holds something else."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from pipeline.delivery.members.model import Status
from pipeline.delivery.members.reader import read_members
from pipeline.delivery.members.rows import read_day, read_groups, read_language, read_status
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from pathlib import Path

PLACE = Place("members.csv", 2, 3)


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("bg", "bg"),
        ("EN", "en"),
        (" Български ", "bg"),
        ("sr-Latn", "sr-Latn"),
        ("en-GB", "en-GB"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("", ""),
    ],
)
def test_a_language_is_read_by_its_name_or_tag(written: str, tag: str) -> None:
    assert read_language(written, PLACE) == (tag, [])


@pytest.mark.parametrize("written", ["български език", "1", "b", "english!"])
def test_a_language_that_is_none_is_reported(written: str) -> None:
    tag, (finding,) = read_language(written, PLACE)
    assert (tag, finding.code, finding.place) == ("", "E316", PLACE)


@pytest.mark.parametrize("written", ["12.03.2023", "2023-03-12", "12.3.2023 г.", " 12.03.2023 "])
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    assert read_day(written, PLACE) == (dt.date(2023, 3, 12), [])


@pytest.mark.parametrize("written", ["2023", "2023-03", "03.2023", "март 2023", "31.02.2023", "вчера"])
def test_less_than_a_day_is_reported(written: str) -> None:
    day, findings = read_day(written, PLACE)
    assert (day, [(finding.code, finding.place) for finding in findings]) == (None, [("E317", PLACE)])


def test_an_empty_cell_says_nothing() -> None:
    assert read_day("  ", PLACE) == (None, [])
    assert read_status("", PLACE) == (Status.ACTIVE, [])
    assert read_groups(" ; ") == ()


def test_groups_are_told_apart_and_taken_once() -> None:
    assert read_groups("съвет; партньори,съвет / нови  членове|съвет") == (
        "съвет",
        "партньори",
        "нови членове",
    )


def test_a_status_nobody_knows_is_reported_with_the_nearest() -> None:
    status, (finding,) = read_status("активенн", PLACE)
    assert (status, finding.code, dict(finding.values)["guess"]) == (Status.ACTIVE, "E315", "активен")


def test_the_heading_meant_is_suggested_wherever_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text("Телефонен номер;Имеил;Име\n02 123;maria@example.bg;Мария\n", "utf-8")
    (finding,) = read_members(path).findings
    assert (finding.code, dict(finding.values)["guess"]) == ("E303", "Имейл")
