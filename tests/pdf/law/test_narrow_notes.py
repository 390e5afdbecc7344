"""Notes in narrow columns – of an event, of notices, of short pieces – are set as wide as their column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.generated.law_trials import Trial
from tests.support.whole_issues.workspaces import PUBLICATION, workspace

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "---\nkind: {kind}\ntitle: {title}\n{fields}---\nТекст.[^a]\n\n[^a]: Първата бележка под текста.\n"
EVENT = "start: 2024-04-16 10:00\nplace: Зала Орфей\n"


def test_the_only_note_of_a_narrow_column_is_no_column_of_letters(tmp_path: Path) -> None:
    texts = {
        "event.md": TEXT.format(kind="event", title="Среща", fields=EVENT),
        "a.md": TEXT.format(kind="notice", title="Конкурс", fields="weight: notice\n"),
        "b.md": TEXT.format(kind="notice", title="Обява", fields="weight: notice\n"),
        "c.md": TEXT.format(kind="article", title="Новина", fields="weight: short\n"),
        "d.md": TEXT.format(kind="article", title="Вест", fields="weight: short\n"),
    }
    within = workspace(tmp_path, texts, publication=PUBLICATION.replace("knowledge-city", "bulletin"))
    assert Trial(tmp_path, within.choose_issue()).findings() == []
