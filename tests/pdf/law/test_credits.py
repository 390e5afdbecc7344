"""Who made a picture is said of every picture that is set as one, and its loss is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.generated.law_trials import Trial
from tests.support.whole_issues.workspaces import PUBLICATION, photograph, workspace

if TYPE_CHECKING:
    from pathlib import Path

LISTING = """\
---
kind: partners
title: Партньори
organisations: [{name: Алфа}]
---
![Хора пред сцена](images/feast.jpg "Празникът на Алфа"){credit="Мария Иванова" consent=not-needed}
"""


def test_a_captioned_photograph_among_organisations_says_who_made_it(tmp_path: Path) -> None:
    within = workspace(
        tmp_path,
        {"a.md": LISTING},
        {"images/feast.jpg": photograph(1600, 1200)},
        publication=PUBLICATION.replace("knowledge-city", "bulletin"),
    )
    trial = Trial(tmp_path, within.choose_issue())
    html = trial.html()
    assert "Мария Иванова" in html
    (lost,) = trial.findings(html.replace("Мария Иванова", ""))
    assert lost.code == "E180"
    assert "a.md:6:" in str(lost.place)
