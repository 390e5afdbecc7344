"""What is decided about one import is kept, and done once, whatever ends or is decided in the same moment."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from pipeline.desk.editing import account
from pipeline.desk.writing.articles import open_article
from pipeline.files.workspace import Workspace
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def told(*whole: str) -> dict[str, Any]:
    items = [
        {"code": "W500", "values": {"name": "a.docx", "found": each}, "path": "", "whole": each}
        for each in whole
    ]
    return {"issue": "x", "files": ["a.docx"], "items": items, "words": [len(whole), 0], "counts": {}}


def test_nothing_that_is_entered_or_settled_at_the_same_time_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = account.enter(tmp_path, told("едно", "две", "три"))
    read = account.accounts

    def slowly(folder: Path) -> dict[int, dict[str, Any]]:
        imports = read(folder)
        time.sleep(0.05)
        return imports

    monkeypatch.setattr(account, "accounts", slowly)
    with ThreadPoolExecutor() as pool:
        entered = [pool.submit(account.enter, tmp_path, told(each)) for each in ("четири", "пет")]
        settled = [pool.submit(account.settle, tmp_path, first, item, "dropped") for item in range(3)]
        numbers = [first, *sorted(each.result() for each in entered)]
        assert [each.result() for each in settled] == [None] * 3
    imports = read(tmp_path)
    assert [*imports] == numbers == [0, 1, 2]
    assert [each.state for each in account.items_of(imports[first])] == ["dropped"] * 3


def test_a_thing_is_placed_once_however_often_it_is_asked_for(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "issues", tmp_path / "issues", ignore=shutil.ignore_patterns("filed"))
    workspace = Workspace(tmp_path)
    folder = workspace.issues / "2023-12-20"
    first, second = sorted(path.name for path in folder.glob("*.md"))[:2]
    number = account.enter(folder, told("Изгубеното изречение.", "Друго."))

    def placed(article: str) -> None:
        account.place(workspace, folder, number, 0, article)

    with ThreadPoolExecutor() as pool:
        assert [*pool.map(placed, [first] * 4)] == [None] * 4
    # Another tab shows it still as open.
    placed(second)
    account.settle(folder, number, 0, "dropped")
    texts = {name: open_article(workspace, folder.name, name).text for name in (first, second)}
    assert [text.count("Изгубеното изречение.") for text in texts.values()] == [1, 0]
    kept, other = account.items_of(account.accounts(folder)[number])
    assert (kept.state, kept.article, other.state) == ("placed", first, "open")
    account.settle(folder, number, 0, "open")
    placed(second)
    assert "Изгубеното изречение." in open_article(workspace, folder.name, second).text


def test_files_that_are_brought_in_twice_have_one_account(tmp_path: Path) -> None:
    number = account.enter(tmp_path, told("едно", "две"))
    account.settle(tmp_path, number, 1, "dropped")
    assert account.enter(tmp_path, told("едно", "две")) == number
    assert [each.state for each in account.items_of(account.accounts(tmp_path)[number])] == [
        "open",
        "dropped",
    ]
    assert account.enter(tmp_path, told("едно", "три")) != number
