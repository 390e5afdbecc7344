"""Find and replace over an issue: what is chosen is replaced where it was found, or nothing is."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.editing.replacing import Chosen, Match, Sought, find, replace
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import IssueError
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path

ISSUE = "2023-12-20"
SOUGHT = Sought("моста", is_whole=True)
TEXT = """\
---
kind: article
title: Край моста
---
Под моста, *над* моста.

```
код моста
```

- до **моста**
- след Моста[^1]

[^1]: Бележка за моста.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    shutil.copytree(GOOD, tmp_path / "w")
    workspace = Workspace(tmp_path / "w")
    article(workspace).write_text(TEXT, "utf-8")
    return workspace


def article(workspace: Workspace) -> Path:
    return workspace.issues / ISSUE / "tower.md"


def found(workspace: Workspace, sought: Sought = SOUGHT) -> list[Match]:
    return [match for match in find(workspace, ISSUE, sought) if match.article == "tower.md"]


def chosen(*matches: Match) -> dict[str, Chosen]:
    """Return the chosen places of the one article that these tests look at."""
    return {"tower.md": Chosen(matches[0].version, frozenset(match.number for match in matches))}


def test_words_are_found_in_titles_texts_and_notes_but_not_in_code(workspace: Workspace) -> None:
    assert [(match.before[-5:], match.words) for match in found(workspace)] == [
        ("Край ", "моста"),
        ("Под ", "моста"),
        (" ", "моста"),
        ("", "моста"),
        ("след ", "Моста"),
        ("а за ", "моста"),
    ]
    assert [match.words for match in found(workspace, Sought("Моста", is_exact=True))] == ["Моста"]
    assert len(found(workspace, Sought("мост"))) == 6


def test_only_the_chosen_places_change_and_nothing_else_of_the_file(workspace: Workspace) -> None:
    places = found(workspace)
    assert replace(workspace, ISSUE, SOUGHT, "площада", chosen(places[1], places[5])) == 2
    text = TEXT.replace("Под моста", "Под площада").replace("за моста", "за площада")
    assert article(workspace).read_text("utf-8") == text


def test_what_was_changed_since_it_was_found_is_not_replaced(workspace: Workspace) -> None:
    places = found(workspace)
    outside = TEXT.replace("Под моста", "Тук е моста, а под моста")
    article(workspace).write_text(outside, "utf-8")
    with pytest.raises(IssueError) as raised:
        replace(workspace, ISSUE, SOUGHT, "площада", chosen(places[1]))
    assert [(each.code, dict(each.values)["name"]) for each in raised.value.findings] == [
        ("E632", "tower.md")
    ]
    assert article(workspace).read_text("utf-8") == outside


def test_words_found_nowhere_are_told(workspace: Workspace) -> None:
    for nothing in ("няма такава дума", "", "  "):
        with pytest.raises(IssueError) as raised:
            find(workspace, ISSUE, Sought(nothing))
        assert [finding.code for finding in raised.value.findings] == ["E628"]
