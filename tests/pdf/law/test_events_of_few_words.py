"""An event with a short title and a place of several lines is sound, and its pages are published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.page.layouts import article, laid_out

if TYPE_CHECKING:
    from pathlib import Path

EVENT = """---
kind: event
title: {title}
start: 2024-04-05 10:00
end: 2024-04-05 12:30
place: {place}
---
Текст.
"""


@pytest.mark.parametrize("title", ["Среща", "Хор"])
@pytest.mark.parametrize(
    "place", ["зала 1153, ет. 3, стая 12, София", "Хотел „Хилтън“, зала „Мусала“, София"]
)
def test_the_place_in_the_card_is_not_taken_for_that_in_the_calendar(
    title: str, place: str, tmp_path: Path
) -> None:
    texts = {"a": article("Увод", "Нещо."), "b": EVENT.format(title=title, place=place)}
    layout = laid_out(tmp_path, {"Новини": texts})
    assert not [each for each in layout.findings if each.code.startswith("E")]
