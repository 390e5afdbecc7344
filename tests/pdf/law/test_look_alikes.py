"""What is sound is built, though its texts look like others; `python -m tests.pdf.law --alike` tries all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.models.editions import PRESS, SCREEN
from tests.support.generated.law_trials import Trial
from tests.support.whole_issues.look_alikes import STYLES, look_alike_workspace, look_alikes

if TYPE_CHECKING:
    from pathlib import Path

HARD = (
    "items that are a call alone",
    "forty equal sentences with notes",
    "titles that are the running head",
    "titles equal to sections",
    "words of the imprint",
    "titles of one letter",
    "a note and a cell alike",
    "combining accents",
    "equal short pieces over a page",
)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", HARD)
def test_a_sound_issue_of_words_that_look_alike_has_no_finding(tmp_path: Path, name: str, style: str) -> None:
    issue = next(each for each in look_alikes() if each.name == name)
    folder = look_alike_workspace(tmp_path / "w", issue, style)
    assert Trial(tmp_path / "w", folder, SCREEN).findings() == []


def test_addresses_in_angle_brackets_are_read_in_print(tmp_path: Path) -> None:
    issue = next(each for each in look_alikes() if each.name == "addresses in angle brackets")
    folder = look_alike_workspace(tmp_path / "w", issue)
    assert Trial(tmp_path / "w", folder, PRESS).findings() == []
