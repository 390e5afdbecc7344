"""Marks that nobody sees are left out or set as what they stand for; letters, digits and signs stay."""

from __future__ import annotations

import shutil
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.desk.intake.fixing import fix
from pipeline.desk.production.checked_issue import check_issue
from pipeline.files.text.unseen_signs import named_unseen, without_unseen
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import errors
from pipeline.models.text import Code, Link, Run
from pipeline.models.tree import nodes_of
from pipeline.typography.microtypography.setting import set_runs, set_text
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path

LEFT_OUT = (
    "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff"
)
SPACES = "\u2000\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


@pytest.mark.parametrize("sign", LEFT_OUT)
def test_a_mark_without_meaning_is_left_out(sign: str) -> None:
    assert set_text(f"{sign}Ду{sign}ма{sign} и{sign}.", "bg") == set_text("Дума и.", "bg")
    assert without_unseen(f"{sign}Ду{sign}ма{sign}") == "Дума"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Дума\u00ad и", "Дума и"),
        ("\u00adДума", "Дума"),
        ("Ду\u00adма", "Ду\u00adма"),
        ("12\u00ad34\u00ad", "1234"),
        ("бяло\u2011черно", "бяло-черно"),
        ("бяло\u2010черно", "бяло-черно"),
        ("Ред\u2028и ред\u2029край", "Ред и ред край"),
        ("10\u2009000", "10\u00a0000"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("https://exam\u200bple.org/\u200e", "https://example.org/"),
    ],
)
def test_what_has_a_meaning_is_set_as_that(written: str, read: str) -> None:
    assert without_unseen(written) == read


@pytest.mark.parametrize("sign", SPACES)
def test_a_space_of_a_fixed_width_is_a_no_break_space(sign: str) -> None:
    assert set_text(f"два{sign}реда", "bg") == "два\u00a0реда"


@given(
    st.lists(st.text(alphabet=f"абв 1-.,{LEFT_OUT}{SPACES}\u00ad\u2010\u2011\u2028", max_size=12), max_size=4)
)
def test_letters_stay_and_a_second_time_changes_nothing(runs: list[str]) -> None:
    def seen(text: str) -> list[str]:
        return [each for each in text if unicodedata.category(each)[0] in "LN"]

    text = "".join(runs)
    once = without_unseen(text)
    assert without_unseen(once) == once
    assert seen(once) == seen(text)
    typeset = set_runs(runs, "bg")
    assert set_runs(typeset, "bg") == typeset
    assert seen("".join(typeset)) == seen(text)
    assert not set(LEFT_OUT + "\u2010\u2011\u2028\u202f") & set("".join(typeset))


ARTICLE = """---
title: Кула\u200eта\u200b
standfirst: "Бяло\u2011черно\u202fи\u00ad"
---
Пър\u200bвият\u202a абзац\u202c на\u00ad статията\ufeff, \u2066виж\u2069 <https://exam\u200bple.org/\u200e> и
`a\u200b\u2011b`, [тук](https://example.org/а\u200f).\u2028Край.

14. октомври беше празник.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    shutil.copytree(GOOD, tmp_path / "w")
    folder = tmp_path / "w/issues/2023-12-20"
    (folder / "tower.md").write_text(ARTICLE, "utf-8")
    issue = (folder / "issue.yaml").read_text("utf-8")
    (folder / "issue.yaml").write_text(
        issue.replace("date: 2023-12-20", "date: 2023-12-20\u200e").replace("[tower.md]", "[tower.md\u200b]"),
        "utf-8",
    )
    return Workspace(tmp_path / "w")


def test_nothing_is_refused_for_a_mark_that_nobody_sees(workspace: Workspace) -> None:
    checked = check_issue(workspace.issues / "2023-12-20", workspace)
    assert errors(checked.findings) == []
    issue = checked.valid().issue
    (article,) = (each for each in issue.articles if each.name == "tower.md")
    assert article.head.title == "Кулата"
    assert [link.target for link in nodes_of(Link, article.body)] == [
        "https://example.org/",
        "https://example.org/%D0%B0",
    ]
    assert [code.text for code in nodes_of(Code, article.body)] == ["a-b"]
    words = "".join(run.text for run in nodes_of(Run, article.body))
    assert words.startswith("Първият абзац на статията, виж https://example.org/ и ")
    assert "Край." in words


def test_fix_takes_them_out_of_the_files_and_shows_where_they_stood(workspace: Workspace) -> None:
    folder = workspace.issues / "2023-12-20"
    fixed = {each.path: each for each in fix(folder, workspace)}
    text = (folder / "tower.md").read_text("utf-8")
    assert without_unseen(text) == text
    assert "Първият абзац на статията, виж <https://example.org/>" in text
    assert "14\\. октомври беше празник." in text
    shown = fixed["issues/2023-12-20/tower.md"].lines[0]
    assert shown == (2, "title: Кула‹U+200E›та‹U+200B›", "title: Кулата")
    assert "date: 2023-12-20\n" in (folder / "issue.yaml").read_text("utf-8")
    assert fix(folder, workspace) == []


def test_a_mark_is_shown_by_its_number() -> None:
    assert named_unseen("а\u200eб\ufeff") == "а‹U+200E›б‹U+FEFF›"
