"""What is pasted from Word stands in the editor, in the file and on the page, each as it is in Word.

The clipboards are those of the tests of the editor, which name their source. What the page says is read back
from the tags of the draft.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final

import pytest

from tests.specimens.photographs import photograph
from tests.studio.editor.test_pasting import CLIPBOARDS
from tests.studio.expected.conftest import Officer
from tests.studio.expected.test_expected import PASTE, expect_in
from tests.studio.processes import WAIT
from tests.studio.running import studio
from tests.support.paths import GOOD
from tests.support.tag_outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator

PASTED: Final = ("word-changes", "word-lists", "word-notes", "word-tables")

FILE: Final = """\
## Новини

Срещата е на шестнадесети ноември в София, **в\u00a010\u00a0ч.** Елате.

![Хора пред кулата](images/kula.jpg){credit="архив"}

Програма на срещата:

3. Откриване от **кмета**
   1. кратко слово
      1. снимка
   2. въпроси
4. Закриване

- кафе
  - с мляко
- чай

Клъстерът има сто членове[^1] и три офиса[^2].

Вторият абзац.

## Бюджет

### По партньори

| **Партньор** | Сума |  |
| --- | ---: | --- |
| Клъстер София | 10 | 20 |
|  | 30 | вътре 40 |

Край.

[^1]: Към *юни* 2023\u00a0г.

[^2]: София, Пловдив и Варна.
"""

PAGE: Final = (
    *("H4 Новини", "P Срещата е на шестнадесети ноември в София,", "Strong в 10 ч.", "Figure"),
    *(
        "L",
        "Lbl 3.",
        "LBody Откриване от",
        "Strong кмета",
        "L",
        "Lbl 1.",
        "кратко слово",
        "L",
        "Lbl 1.",
        "снимка",
    ),
    *("Lbl 2.", "въпроси", "Lbl 4.", "Закриване", "L", "кафе", "L", "с мляко", "чай"),
    *("P Клъстерът има сто членове", "P Вторият абзац."),
    *("H4 Бюджет", "H5 По партньори", "Table", "TH", "Партньор", "TH", "Сума", "TD", "Клъстер София"),
    *("TD", "10", "TD", "20", "TD", "30", "TD", "вътре 40", "P Край."),
)
"""Tags and words in the order in which they are read."""


@pytest.fixture(scope="module")
def word(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Officer]:
    """Return an officer who has pasted everything into an empty article, one thing after the other."""
    root = tmp_path_factory.mktemp("word") / "office"
    shutil.copytree(GOOD, root)
    file = root / "issues/2023-12-20/tower.md"
    head, _, _ = file.read_text("utf-8").partition("\n---\n")
    file.write_text(f"{head}\n---\nПреди.\n", "utf-8")
    with studio(root, tmp_path_factory.mktemp("state")) as running:
        context, page = running.opened(browser, viewport={"width": 1280, "height": 900})
        officer = Officer(running, page, root)
        text = officer.open("tower")
        text.click()
        officer.press("Control+a", "Delete")
        for name in PASTED:
            page.evaluate(PASTE, (CLIPBOARDS / f"{name}.html").read_text("utf-8"))
            if name == "word-changes":
                choose_picture(officer)
                text.locator("> p").last.click()
            # The next thing comes below: twice Enter leaves a list, too.
            officer.press("Control+End", "Enter", "Enter")
        officer.saved()
        yield officer
        context.close()


def choose_picture(officer: Officer) -> None:
    """Give the picture that Word keeps for itself."""
    figure = officer.page.locator(".be-figure").first
    with officer.page.expect_file_chooser() as chooser:
        figure.get_by_role("button").first.click()
    data = photograph("hills", 1, 900, 600)
    chooser.value.set_files({"name": "kula.jpg", "mimeType": "image/jpeg", "buffer": data})
    figure.get_by_label("Автор или източник").fill("архив")


def test_in_the_editor(word: Officer) -> None:
    text = word.page.locator(".ProseMirror")
    assert text.locator("ol ol ol > li").inner_text() == "снимка"
    assert text.locator("> ol").first.get_attribute("start") == "3"
    assert text.locator("ul ul > li").inner_text() == "с мляко"
    assert text.locator("h2").all_inner_texts() == ["Новини", "Бюджет"]
    assert text.locator("h3").all_inner_texts() == ["По партньори"]
    rows = [row.locator("th, td").all_inner_texts() for row in text.locator("table tr").all()]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["Партньор", "Сума", ""],
        ["Клъстер София", "10", "20"],
        ["", "30", "вътре 40"],
    ]
    assert "на шестнадесети ноември" in text.inner_text()
    assert "петнадесети" not in text.inner_text()
    assert "Проверете датата" not in text.inner_text()
    assert notes(text) == ["Към юни 2023\u00a0г.", "София, Пловдив и Варна."]


def notes(text: Locator) -> list[str]:
    return [each.strip() for each in text.locator(".be-note-words").all_inner_texts()]


def test_in_the_file(word: Officer) -> None:
    expect_in(word.file("tower"), "вътре 40")
    assert word.text("tower").partition("\n---\n")[2].lstrip("\n") == FILE


def test_on_the_page(word: Officer, tmp_path: Path) -> None:
    word.go("/issues/2023-12-20")
    with word.page.expect_download(timeout=2 * WAIT) as handed:
        word.page.get_by_role("button", name="Чернова в PDF").click()
    path = tmp_path / "draft.pdf"
    path.write_bytes(handed.value.path().read_bytes())
    read = "\n".join(line.strip() for line in outline(path, 400))
    at = read.index("Новини")
    at = read.rindex("\n", 0, at)
    for each in PAGE:
        found = re.compile(rf"\b{re.escape(each)}").search(read.replace("\u00a0", " "), at)
        assert found is not None, f"{each}\n{read[at : at + 600]}"
        at = found.end()
    for gone in ("петнадесети", "Проверете датата", "тайна"):
        assert gone not in read
    for note in ("Към", "юни", "София, Пловдив и Варна."):
        assert note in read
