"""What is decided about one import is kept, whatever ends or is decided in the same moment."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from pipeline.desk.editing import account

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
        entered = [pool.submit(account.enter, tmp_path, told("четири")) for _ in range(2)]
        settled = [pool.submit(account.settle, tmp_path, first, item, "dropped") for item in range(3)]
        numbers = [first, *sorted(each.result() for each in entered)]
        assert [each.result() for each in settled] == [None] * 3
    imports = read(tmp_path)
    assert [*imports] == numbers == [0, 1, 2]
    assert [each.state for each in account.items_of(imports[first])] == ["dropped"] * 3
