"""A note stands at the foot of the page that calls it, though the engine rounds its height."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.generated.law_trials import Trial
from tests.support.whole_issues.workspaces import PUBLICATION, workspace

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "---\nkind: notice\ntitle: Конкурс\nweight: feature\ndeadline: 2024-04-01\ncontact: Ана\n---\n"


def test_a_note_of_one_line_has_no_page_of_its_own(tmp_path: Path) -> None:
    text = f"{TEXT}Първото изречение.[^a] Второто изречение на текста.\n\n[^a]: Бележка.\n"
    within = workspace(
        tmp_path, {"a.md": text}, publication=PUBLICATION.replace("knowledge-city", "bulletin")
    )
    trial = Trial(tmp_path, within.choose_issue())
    assert trial.findings() == []
    assert trial.pages == 2
