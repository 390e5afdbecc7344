"""Numbers of lists and the lines of code are on the page and on the site as they are typed."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from pipeline.archive.site.screen_html import for_screen
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.desk.production.checked_issue import check_issue
from pipeline.desk.production.page_assets import page_assets_of
from pipeline.files.workspace import Workspace
from pipeline.models.editions import SCREEN
from pipeline.page.composition.html import compose_html
from pipeline.typography.typesetting import typeset
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path

BODY = """---
title: Кулата
---
Условията са пет:

1. Формуляр.
2. Такса.

Таксата не се връща.

3. Потвърждение.

От точка 4 нататък:

4. Виза.
5. Застраховка.

Пропуск:

1. Първо.
3. Трето.
7. Седмо.

Код:

```
ако да:
    върни 1

        край -- "тук"
```

- Точка:

  ```
  едно
    две
  ```
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    shutil.copytree(GOOD, tmp_path / "w")
    (tmp_path / "w/issues/2023-12-20/tower.md").write_text(BODY, "utf-8")
    return Workspace(tmp_path / "w")


def composed(workspace: Workspace) -> str:
    valid = check_issue(workspace.issues / "2023-12-20", workspace).valid()
    issue = typeset(valid.issue)
    return compose_html(issue, SCREEN, valid.style, page_assets_of(valid, SCREEN).pictures)


def test_the_pdf_shows_the_numbers_and_the_lines_as_typed(workspace: Workspace, tmp_path: Path) -> None:
    folder = workspace.issues / "2023-12-20"
    build(BuildRequest(folder, workspace, tmp_path / "out", fresh=True))
    document = pypdfium2.PdfDocument(tmp_path / "out/2023-12-20/bulletin-2023-12-20.pdf")
    pages = [page.get_textpage() for page in document]
    text = "\n".join(page.get_text_range() for page in pages)
    # The markers are painted together, behind the words.
    assert re.findall(r"^(\d+)\.\s*$", text, re.MULTILINE) == ["1", "2", "3", "4", "5", "1", "3", "7"]
    assert 'край -- "тук"' in text
    lefts = [_left(pages, words) for words in ("ако да", "върни", "край", "едно", "две")]
    assert lefts[0] < lefts[1] < lefts[2]
    assert lefts[3] < lefts[4]
    document.close()


def _left(pages: list[pypdfium2.PdfTextPage], words: str) -> float:
    for page in pages:
        if (at := page.search(words).get_next()) is not None:
            return float(page.get_charbox(at[0])[0])
    raise AssertionError(words)


def test_the_site_shows_the_numbers_and_the_lines_as_typed(workspace: Workspace) -> None:
    body = re.search(r"<body.*</body>", composed(workspace), re.DOTALL)
    assert body is not None
    html = for_screen(body[0], {}, "таблица").html
    assert re.findall(r'<ol(?: start="(\d+)")?', html.partition("Условията")[2])[:4] == ["", "3", "4", ""]
    assert re.findall(r'<li value="(\d+)"', html) == ["3", "7"]
    codes = [re.sub(r"<[^>]+>", "", code) for code in re.findall(r"<pre.*?</pre>", html, re.DOTALL)]
    assert codes == ['ако да:\n    върни 1\n\n        край -- "тук"', "едно\n  две"]
