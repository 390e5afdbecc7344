"""`check --fix`: visible typography is set in the files; letters and lines stay; a second run is a no-op."""

from __future__ import annotations

import re
import shutil
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.desk.intake import fixing
from pipeline.desk.intake.fixing import fix
from pipeline.files.text.source import Source
from pipeline.files.workspace import Workspace
from pipeline.findings.wording.excerpts import differing
from pipeline.models.text import Run
from pipeline.models.tree import nodes_of
from pipeline.reading.issue_reader import read_issue
from pipeline.reading.markdown.manuscript import read_manuscript
from pipeline.typography.typesetting import typeset
from tests.conftest import REPOSITORY, run_bulletin
from tests.support.mails import GOOD

if TYPE_CHECKING:
    from pathlib import Path

ISSUE = "2023-12-20"
TOWER = """\
---
title: 'Кулата "Сердика" - ново начало'
standfirst: "На 16-17 ноември - среща за \\"Зелено\\" бъдеще"
---
Първият абзац с "кавички" - и тире. Бюджетът е 42.5 хил. евро,
на 16-17 ноември  в София. През м септември, бр.2 от "Вести".

> Цитат с "думи" - и
> още "думи" на XD-Media `a - b` https://example.org/a-b?c=d-e.

- точка с *"курсив"* - тире
- [връзка "а"](https://example.org/a-b) 10-12 май

| "Глава" | 10.5 хил. евро |
|---|---|
| а - б | 1 - 2 |

Бележка.[^a]

[^a]: Виж "там" - тук.
"""
MENDED = """\
---
title: 'Кулата „Сердика“ – ново начало'
standfirst: "На 16 – 17 ноември – среща за „Зелено“ бъдеще"
---
Първият абзац с „кавички“ – и тире. Бюджетът е 42,5 хил. евро,
на 16 – 17 ноември в София. През м. септември, бр. 2 от „Вести“.

> Цитат с „думи“ – и
> още „думи“ на XD-Media `a - b` https://example.org/a-b?c=d-e.

- точка с *„курсив“* – тире
- [връзка „а“](https://example.org/a-b) 10 – 12 май

| „Глава“ | 10,5 хил. евро |
|---|---|
| а – б | 1 – 2 |

Бележка.[^a]

[^a]: Виж „там“ – тук.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    shutil.copytree(GOOD, tmp_path / "w")
    return Workspace(tmp_path / "w")


def tower(workspace: Workspace) -> Path:
    return workspace.issues / ISSUE / "tower.md"


def mended(workspace: Workspace, text: str) -> str:
    tower(workspace).write_text(text, "utf-8")
    fix(workspace.issues / ISSUE, workspace)
    return tower(workspace).read_text("utf-8")


def letters(text: str) -> str:
    """Return letters and digits alone, the decimal sign among them left out."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] in "LN")


def as_set(workspace: Workspace) -> list[str]:
    issue = read_issue(workspace.issues / ISSUE, workspace).issue
    assert issue is not None
    runs = [
        run.text
        for article in typeset(issue).articles
        for run in nodes_of(Run, (article.body, article.notes))
    ]
    return [text.replace("\u00a0", " ") for text in runs]


def test_what_shows_is_set_in_the_files(workspace: Workspace) -> None:
    assert mended(workspace, TOWER) == MENDED
    assert fix(workspace.issues / ISSUE, workspace) == []


@pytest.mark.parametrize("issue", ["2023-12-20", "2023-06-30"])
def test_an_issue_that_is_set_already_is_left_alone(tmp_path: Path, issue: str) -> None:
    shutil.copytree(REPOSITORY / "issues", tmp_path / "issues", ignore=shutil.ignore_patterns("filed"))
    workspace = Workspace(tmp_path)
    first = fix(workspace.issues / issue, workspace)
    assert fix(workspace.issues / issue, workspace) == []
    for each in first:
        written = (REPOSITORY / each.path).read_text("utf-8")
        assert letters(each.text) == letters(written)


PIECES = st.sampled_from([
    '"', " - ", "-", "10-12 май", "42.5 хил. евро", "„", "“", "а", " ", "  ", "*б*", '**"в"**', "бр.2",
    "м май", "`x - y`", "[г - д](https://a.bg/x-y)", "\\*", "&amp;", "&quot;", "...", "\n", "№5", "т.н.",
    "5%", "XD-Media",
])  # fmt: skip


MARKUP_FIXED = {"W23", "W24", "W25", "W27"}
"""Queries whose lines become items or headings, as they were meant: the text is then set otherwise."""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=14).map("".join))
@example("\n-бр.2")
def test_twice_is_once_and_no_letter_is_touched(workspace: Workspace, text: str) -> None:
    before = f"---\ntitle: Кулата\n---\nТекст {text} край.\n"
    tower(workspace).write_text(before, "utf-8")
    said = as_set(workspace)
    after = mended(workspace, before)
    assert letters(re.sub(r"&\w+;", "", after)) == letters(re.sub(r"&\w+;", "", before))
    queried = {finding.code for finding in read_manuscript(Source("a.md", before)).findings}
    if not queried & MARKUP_FIXED:
        assert as_set(workspace) == said
    assert mended(workspace, after) == after


@pytest.mark.parametrize("moment", ["read_issue", "_is_written"])
def test_what_is_saved_while_an_issue_is_fixed_is_kept(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    path, saved = tower(workspace), TOWER.replace("Първият", "Новият")
    path.write_text(TOWER, "utf-8")
    step = getattr(fixing, moment)

    def late(*given: object) -> object:
        result = step(*given) if moment == "read_issue" else None
        path.write_text(saved, "utf-8")
        return result if moment == "read_issue" else step(*given)

    with monkeypatch.context() as patched:
        patched.setattr(fixing, moment, late)
        fix(workspace.issues / ISSUE, workspace)
    assert path.read_text("utf-8") == saved
    fix(workspace.issues / ISSUE, workspace)
    assert path.read_text("utf-8") == MENDED.replace("Първият", "Новият")


def test_files_keep_their_line_ends_and_what_cannot_be_read_is_not_written(workspace: Workspace) -> None:
    path = tower(workspace)
    path.write_bytes(b"\xef\xbb\xbf" + TOWER.replace("\n", "\r\n").encode())
    fix(workspace.issues / ISSUE, workspace)
    assert path.read_bytes() == b"\xef\xbb\xbf" + MENDED.replace("\n", "\r\n").encode()
    broken = TOWER.replace("title:", "titel:")
    assert mended(workspace, broken) == broken


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("а - б", "а – б", ("а - б", "а – б")),
        ("х" * 50 + "1-2" + "у" * 50, "х" * 50 + "1 – 2" + "у" * 50, ("…хх1-2уу…", "…хх1 – 2уу…")),
        ("аб", "абв", ("аб", "абв")),
    ],
)
def test_of_a_long_line_no_more_is_shown_than_what_differs(
    before: str, after: str, shown: tuple[str, str]
) -> None:
    assert differing(before, after, 3 if len(before) > 9 else 40) == shown


def test_the_command_shows_each_line_before_and_after(workspace: Workspace) -> None:
    tower(workspace).write_text("---\ntitle: Кулата\n---\nТекст - и тире.\n", "utf-8")
    ran = run_bulletin("--language", "bg", "check", "--fix", cwd=workspace.root)
    assert ran.returncode == 0
    assert "issues/2023-12-20/tower.md:4:\n  - Текст - и тире.\n  + Текст – и тире.\n" in ran.stdout
    assert "променени редове: 1" in ran.stdout
    assert (
        "променени редове: 0" in run_bulletin("--language", "bg", "check", "--fix", cwd=workspace.root).stdout
    )
