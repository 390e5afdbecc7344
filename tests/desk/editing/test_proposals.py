"""What an import proposes is taken on or left, one by one, and nothing else changes."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.editing.proposals import leave, proposals_in, take
from pipeline.desk.intake.importing import import_files
from pipeline.desk.writing.articles import open_article
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import IssueError, errors

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


def test_a_proposal_is_decided_once(tmp_path: Path) -> None:
    workspace, issue, name = imported(tmp_path, PROJECT)
    first = proposals_in(open_article(workspace, issue, name).text, name)[0]
    take(workspace, issue, name, first.line, "t")
    with pytest.raises(IssueError) as refused:
        take(workspace, issue, name, first.line, "t")
    assert [finding.code for finding in refused.value.findings] == ["E631"]
