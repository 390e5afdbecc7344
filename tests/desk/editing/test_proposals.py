"""What an import proposes is taken on or left, one by one, and nothing else changes."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.editing.proposals import CREDIT, credit_line, leave, proposals_in, take
from pipeline.desk.intake.importing import import_files
from pipeline.desk.writing.articles import open_article
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import IssueError, errors
from tests.specimens.photographs import photograph

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = (
    "Това е проект на музея с бюджет от 80 хил. евро, от които 20 хил. евро за нас. В него участват "
    "партньори от България, Гърция и Италия. Срок: май 2025 – април 2027 г. Сайт: https://arhiv.example.org/"
)
EVENT = "Каним Ви на среща на 3 юли 2026 г. от 10:30 ч. в Русе, ул. „Александровска“ 5. Записване до 25 юни."


def imported(tmp_path: Path, text: str) -> tuple[Workspace, str, str]:
    source = tmp_path / "a.md"
    source.write_text(f"# Заглавие\n\n{text}\n", "utf-8")
    root = tmp_path / "w"
    root.mkdir()
    result = import_files([source], root, None, "bg", today=dt.date(2026, 6, 1))
    return Workspace(root), result.folder.name, next(iter(result.offered))


@pytest.mark.parametrize("text", [PROJECT, EVENT], ids=["project", "event"])
def test_every_proposal_that_is_taken_on_is_a_fact_and_its_comment_goes(tmp_path: Path, text: str) -> None:
    workspace, issue, name = imported(tmp_path, text)
    body = open_article(workspace, issue, name).text.split("---\n", 2)[2]
    proposed = proposals_in(open_article(workspace, issue, name).text, name)
    assert len(proposed) > 2
    assert any(each.reason for each in proposed)
    for each in proposed:
        take(workspace, issue, name, each.line, "t")
        opened = open_article(workspace, issue, name)
        assert opened.head[each.name] == each.value
        assert each.line not in opened.text
    assert proposals_in(opened.text, name) == []
    head, after = opened.text.split("---\n", 2)[1:]
    assert after == body
    assert not re.search(r"^#", head, re.MULTILINE)
    assert errors(opened.findings) == []


@pytest.mark.parametrize("text", [PROJECT, EVENT], ids=["project", "event"])
def test_a_proposal_that_is_left_changes_no_fact(tmp_path: Path, text: str) -> None:
    workspace, issue, name = imported(tmp_path, text)
    before = open_article(workspace, issue, name)
    for each in proposals_in(before.text, name):
        leave(workspace, issue, name, each.line, "t")
    after = open_article(workspace, issue, name)
    assert (after.head, after.document) == (before.head, before.document)
    assert not re.search(r"^#", after.text.split("---\n", 2)[1], re.MULTILINE)


def with_picture(tmp_path: Path, text: str) -> tuple[Workspace, str, str]:
    (tmp_path / "yard.jpg").write_bytes(photograph("yard", 1, 800, 600))
    source = tmp_path / "a.md"
    source.write_text(f"# Заглавие\n\n{text}\n", "utf-8")
    root = tmp_path / "w"
    root.mkdir()
    result = import_files([source], root, None, "bg", today=dt.date(2026, 6, 1))
    return Workspace(root), result.folder.name, next(result.folder.glob("*.md")).name


FIGURE = "Думи отпред.\n\n![](yard.jpg)\n\n"


@pytest.mark.parametrize(
    ("text", "goes"),
    [
        (f"{FIGURE}Снимка: Мария Иванова\n\nДуми отзад.", "Снимка: Мария Иванова\n"),
        (f"{FIGURE}*Photo: Mary Major.*\n\nДуми отзад.", "*Photo: Mary Major.*\n"),
        (
            "Думи отпред.\n\n(Снимка: Мария Иванова)\n\n![](yard.jpg)\n\nДуми отзад.",
            "(Снимка: Мария Иванова)\n",
        ),
        (f"{FIGURE}Дворът през май. Снимка: Мария Иванова\n\nДуми отзад.", ""),
        (f"{FIGURE}Думи отзад.\n\nСнимка: Мария Иванова", ""),
    ],
    ids=["below", "in italics", "above", "with other words", "elsewhere"],
)
def test_who_made_a_picture_is_taken_on_and_a_line_that_says_nothing_else_goes_where_that_is_wanted(
    tmp_path: Path, text: str, goes: str
) -> None:
    workspace, issue, name = with_picture(tmp_path, text)
    before = open_article(workspace, issue, name)
    proposed = [each for each in proposals_in(before.text, name) if each.name == CREDIT]
    assert len(proposed) == (0 if text.endswith("Иванова") else 1)
    for each in proposed:
        assert (credit_line(before.document, each) is not None) is bool(goes)
        take(workspace, issue, name, each.line, "t", with_its_words=True)
        after = open_article(workspace, issue, name)
        assert f'credit="{each.value}"' in after.text
        assert proposals_in(after.text, name) == []
        body = before.text.split("---\n", 2)[2]
        assert after.text.split("---\n", 2)[2].replace(f'credit="{each.value}"', 'credit=""') == (
            body.replace(f"{goes}\n", "", 1) if goes else body
        )


def test_who_made_a_picture_is_taken_on_and_its_line_stays_where_nothing_else_is_asked_for(
    tmp_path: Path,
) -> None:
    workspace, issue, name = with_picture(tmp_path, f"{FIGURE}Снимка: Мария Иванова\n\nДуми отзад.")
    proposed = next(
        each for each in proposals_in(open_article(workspace, issue, name).text, name) if each.name == CREDIT
    )
    take(workspace, issue, name, proposed.line, "t")
    text = open_article(workspace, issue, name).text
    assert "\nСнимка: Мария Иванова\n" in text
    assert 'credit="Мария Иванова"' in text


def test_a_proposal_is_decided_once(tmp_path: Path) -> None:
    workspace, issue, name = imported(tmp_path, PROJECT)
    first = proposals_in(open_article(workspace, issue, name).text, name)[0]
    take(workspace, issue, name, first.line, "t")
    with pytest.raises(IssueError) as refused:
        take(workspace, issue, name, first.line, "t")
    assert [finding.code for finding in refused.value.findings] == ["E631"]
