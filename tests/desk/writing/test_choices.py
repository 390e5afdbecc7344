"""A conflict is shown block by block; what somebody chose is in the file, with the bytes of all the rest."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.choices import Choices, choices_of, chosen
from pipeline.desk.writing.results import ArticleChange, Conflict, Saved
from tests.desk.writing.conftest import ISSUE, NAME, PATH

if TYPE_CHECKING:
    from pipeline.files.workspace import Workspace

TEXT = """\
---
kind: article # вид
title: Кула
author: И. П.
---
Първи абзац.

* едно
* две

Втори *абзац*,
на два реда[^1].

Трети абзац.

[^1]: Бележка.
"""


def conflict_of(workspace: Workspace, ours: str, theirs: str) -> tuple[Conflict, Choices]:
    path = workspace.root / PATH
    path.write_text(TEXT, "utf-8")
    opened = open_article(workspace, ISSUE, NAME)
    path.write_text(theirs, "utf-8")
    result = save_article(workspace, ISSUE, NAME, opened.version, ArticleChange(text=ours), "Мария")
    assert isinstance(result, Conflict)
    return result, choices_of(result, PATH)


def settle(workspace: Workspace, conflict: Conflict, change: ArticleChange) -> str:
    result = save_article(workspace, ISSUE, NAME, conflict.version, change, "Мария")
    assert isinstance(result, Saved)
    return (workspace.root / PATH).read_text("utf-8")


@pytest.mark.parametrize("picks", list(itertools.product(["ours", "theirs"], repeat=3)))
def test_what_is_chosen_is_in_the_file_and_what_only_one_changed_too(
    workspace: Workspace, picks: tuple[str, ...]
) -> None:
    ours = TEXT.replace("Втори", "Наш").replace("Бележка", "Наша").replace("И. П.", "Н. Н.")
    ours = ours.replace("Първи", "Първият")
    theirs = TEXT.replace("Втори", "Техен").replace("Бележка", "Тяхна").replace("И. П.", "Т. Т.")
    theirs = theirs.replace("Трети абзац.\n", "Трети абзац.\n\nЧетвърти.\n")
    conflict, choices = conflict_of(workspace, ours, theirs)
    assert choices.open == 3
    assert [each.side for each in choices.blocks] == ["ours", "both", "", "both", "theirs"]
    expected = theirs.replace("Първи", "Първият")
    words = [("Техен", "Наш"), ("Тяхна", "Наша"), ("Т. Т.", "Н. Н.")]
    for pick, (old, new) in zip(picks, words, strict=True):
        expected = expected.replace(old, new) if pick == "ours" else expected
    assert settle(workspace, conflict, chosen(choices, list(picks))) == expected


def test_a_paragraph_that_one_took_out_and_the_other_changed_can_be_kept_or_not(workspace: Workspace) -> None:
    ours = TEXT.replace("Трети абзац.\n\n", "")
    theirs = TEXT.replace("Трети абзац", "Трети, по-дълъг")
    conflict, choices = conflict_of(workspace, ours, theirs)
    [open_one] = [each for each in choices.blocks if not each.side]
    assert (len(open_one.ours), len(open_one.theirs)) == (0, 1)
    assert settle(workspace, conflict, chosen(choices, ["ours"])) == ours


def test_every_choice_has_to_be_made(workspace: Workspace) -> None:
    conflict, choices = conflict_of(workspace, TEXT.replace("Втори", "Наш"), TEXT.replace("Втори", "Техен"))
    assert conflict.parts
    wrong: list[list[str]] = [[], ["ours", "ours"], ["both"]]
    for picks in wrong:
        with pytest.raises(ValueError, match=r".*"):
            chosen(choices, picks)
