"""Who made a picture, and who the issue, is said of every picture and in the colophon; a loss is found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pipeline.pdf.text import page_texts
from tests.support.generated.law_trials import Trial
from tests.support.whole_issues.workspaces import PUBLICATION, built, errors_in, photograph, workspace

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


def test_who_made_each_of_many_tall_photographs_in_a_row_is_found(tmp_path: Path) -> None:
    numbers = range(1, 9)
    pictures = "\n\n".join(
        f'![Кула {number}](images/{number}.jpg "Снимка {number}, без думи")'
        f'{{credit="{"Ана Перова" if number % 3 else "Б. Стоев"}" consent=not-needed}}'
        for number in numbers
    )
    within = workspace(
        tmp_path / "w",
        {"a.md": f"---\ntitle: Кули\n---\nОсем кули:\n\n{pictures}\n\nТова са.\n"},
        {f"images/{number}.jpg": photograph(1000, 1500 + number) for number in numbers},
    )
    assert errors_in(built(within, tmp_path / "out", "screen").findings) == []


def test_a_picture_after_one_by_another_says_who_made_it_although_he_was_named_before(tmp_path: Path) -> None:
    makers = ("Ана Перова", "Ана Перова", "Борис Стоев", "Ана Перова")
    pictures = "\n\n".join(
        f'![Кула](images/{at}.jpg "Кула {at}"){{credit="{maker}" consent=not-needed}}'
        for at, maker in enumerate(makers)
    )
    within = workspace(
        tmp_path / "w",
        {"a.md": f"---\nkind: gallery\ntitle: Кули\n---\n{pictures}\n"},
        {f"images/{at}.jpg": photograph(1000, 800 + at) for at in range(len(makers))},
        publication=PUBLICATION.replace("knowledge-city", "bulletin"),
    )
    result = built(within, tmp_path / "out", "screen")
    assert errors_in(result.findings) == []
    (pdf,) = (path for name, path in result.files.items() if name.endswith(".pdf"))
    said = "".join(page_texts(pdf.read_bytes())).replace("\u00a0", " ").replace("\n", " ").replace("\r", "")
    assert [said.count(f"Снимка: {maker}") for maker in ("Ана Перова", "Борис Стоев")] == [2, 1]


@pytest.mark.parametrize("style", ["knowledge-city", "bulletin"])
def test_each_label_of_the_colophon_that_is_lost_or_off_the_page_is_found(tmp_path: Path, style: str) -> None:
    numbers = "issn: {print: 2049-3630, online: 0378-5955}\n"
    within = workspace(
        tmp_path,
        {"a.md": "---\ntitle: Кули\n---\nОсем кули стоят над реката.\n"},
        publication=PUBLICATION.replace("knowledge-city", style) + numbers,
    )
    trial = Trial(tmp_path, within.choose_issue())
    assert trial.findings() == []
    html = trial.html()
    labels = re.findall(r"<dt>([^<]*)</dt>", html[html.index('<footer class="colophon') :])
    assert labels[-4:] == ["Издател", "Дата на издаване", "ISSN (печатно издание)", "ISSN (онлайн)"]
    for label in labels:
        off = f'<dt><span style="position:relative;left:220mm">{label}</span></dt>'
        for code, harmed in (("E180", "<dt></dt>"), ("E184", off)):
            found = trial.findings(html.replace(f"<dt>{label}</dt>", harmed))
            assert code in {finding.code for finding in found}, label
    # Below a label of the colophon there is no figure, whose words would be its own.
    foot = html.rindex("</footer>")
    found = trial.findings(f"{html[:foot]}<p>Осем кули стоят над реката.</p>{html[foot:]}")
    assert "E181" in {finding.code for finding in found}
