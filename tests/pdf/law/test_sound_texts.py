"""What is sound is built: texts that a reader of pages could take for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.page.layouts import laid_out
from tests.support.whole_issues.workspaces import PUBLICATION, built, errors_in, workspace

if TYPE_CHECKING:
    from pathlib import Path

HEADS = "| Име | Брой |\n|---|---|\n"


@pytest.mark.parametrize(
    "text",
    [
        f"Таблица:\n\n{HEADS}| - | 3 |\n| – | … |\n",
        "С `-` и `--` накрая на реда, и \\-.",
        "Ние ❤️ София, ☎️ и 1️⃣.",
        "Новини за всички:\n\n- Опит\n- Думи\n- Опит",
        f"{HEADS}" + "| Име | Име |\n| Брой | Брой |\n" * 30,
        "```\nпърви\n\n\nвтори\n```",
        "Код:\n\n```\n---\ntitle: Думи\n---\nтекст\n\n---\n\nкрай\n---\n```\n\nИ текст.",
        "Едно изречение.\n\n" * 8,
        " ".join(f"дума[^{at}]" for at in range(1, 12))
        + " и [тук](https://example.org/) още."
        + "".join(f"\n\n[^{at}]: Бележка {at}." for at in range(1, 12)),
        "Има[^1] и още[^2].\n\n" * 6 + "\n[^1]: Бележка.\n[^2]: Бележка.",
    ],
    ids=[
        "hyphen alone",
        "hyphens in code",
        "emoji",
        "titles",
        "heads",
        "empty lines",
        "lines of hyphens",
        "sentences",
        "eleven notes and a link",
        "notes",
    ],
)
def test_words_that_stand_more_than_once_are_found_as_often(tmp_path: Path, text: str) -> None:
    layout = laid_out(
        tmp_path, {"Опит": {"a": f"---\ntitle: Думи\n---\n{text}\n", "b": "---\ntitle: Край\n---\nОпит\n"}}
    )
    assert layout.pdf


def test_characters_beyond_the_basic_plane_are_read_whole(tmp_path: Path) -> None:
    layout = laid_out(tmp_path, {"Опит": {"a": "---\ntitle: Думи\n---\nРакета 🚀 и усмивка 😀.\n"}})
    lines = " ".join(line.text for page in layout.pages for line in page)
    assert "🚀" in lines.encode().decode()
    assert "😀" in lines


def test_a_bracket_that_is_kerned_away_from_its_letter_is_no_lost_space(tmp_path: Path) -> None:
    publication = PUBLICATION.replace("knowledge-city", "bulletin").replace("[bg]", "[en]")
    text = "---\ntitle: Links\n---\n<https://example.com/?search=][ref]>\n"
    issue = workspace(tmp_path / "w", {"a.md": text}, publication=publication)
    assert errors_in(built(issue, tmp_path / "out", "screen").findings) == []


@pytest.mark.parametrize("style", ["knowledge-city, version: 1", "bulletin, version: 1"])
def test_single_letters_of_several_faces_are_words_of_the_text(style: str, tmp_path: Path) -> None:
    publication = PUBLICATION.replace("knowledge-city, version: 1", style)
    points = "**а** *б* **в** *г* `д` **е**, *ж*, **з**"
    text = (
        f"---\ntitle: Думи\n---\nСпоред {points} от закона.\n\n{points}\n\n- {points}\n\n> {points}\n\n"
        f"| {points} | б |\n|---|---|\n| А Б В | **1** *2* **3** *4* |\n"
    )
    issue = workspace(tmp_path / "w", {"a.md": text}, publication=publication)
    assert errors_in(built(issue, tmp_path / "out", "screen").findings) == []
