"""A card is set beside its own article, and beside no other."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path

EVENT = """---
kind: event
title: Кратко събитие
start: 2024-07-15 10:00
place: София
registration: office@example.org
deadline: 2024-06-30
---
"""
ISSUE = """format: 1
number: 7
date: {date}
title: Опит
sections:
  - title: Раздел
    articles: [{articles}]
"""


def tops_of(words: str, pdf: Path) -> list[tuple[int, float]]:
    """Return the page and the height in points, from the foot, of every place the words stand at."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number, page in enumerate(document):
        text = page.get_textpage()
        search = text.search(words)
        while (at := search.get_next()) is not None:
            found.append((number, text.get_charbox(at[0])[3]))
    document.close()
    return found


@pytest.mark.parametrize("followers", ["article", "gallery"])
def test_an_article_begins_below_the_card_of_the_one_before_it(tmp_path: Path, followers: str) -> None:
    shutil.copytree(GOOD, tmp_path / "w")
    workspace = Workspace(tmp_path / "w")
    folder = next(path for path in workspace.issues.iterdir() if path.is_dir())
    for path in folder.glob("*.md"):
        path.unlink()
    picture = '![Вижда се нещо](images/a.svg){credit="Автор"}'
    (folder / "images").mkdir(exist_ok=True)
    (folder / "images" / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="9" height="9"/></svg>'
    )
    body = f"{picture}\n\n{picture}" if followers == "gallery" else "Текст на абзаца."
    (folder / "a.md").write_text(EVENT, "utf-8")
    (folder / "b.md").write_text(f"---\nkind: {followers}\ntitle: Следващата\n---\n{body}\n", "utf-8")
    (folder / "issue.yaml").write_text(ISSUE.format(date=folder.name, articles="a.md, b.md"), "utf-8")
    build(BuildRequest(folder, workspace, tmp_path / "out", fresh=True))
    pdf = tmp_path / "out" / folder.name / f"bulletin-{folder.name}.pdf"
    page, last_of_card = tops_of("30 юни", pdf)[0]
    assert (page, last_of_card) > next(place for place in tops_of("Следващата", pdf) if place[0] == page)
