"""Pages, mail and Markdown: struck and hidden words are listed, and what only the look says is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.importing.helpers import article, codes, findings_text, import_file, written

if TYPE_CHECKING:
    from pathlib import Path


class TestStruckAndHidden:
    @pytest.mark.parametrize(
        "struck",
        [
            "<s>50</s>",
            "<strike>50</strike>",
            "<del>50</del>",
            '<span style="text-decoration: line-through">50</span>',
            '<span style="color:red;text-decoration-line:line-through">50</span>',
            "<b><s>50</s></b>",
        ],
    )
    def test_struck_out_words_are_left_out_and_listed(self, tmp_path: Path, struck: str) -> None:
        page = f"<h1>Такса за участие</h1><p>Таксата е {struck} 40 евро за всички.</p>"
        imported = import_file(tmp_path, written(tmp_path, "page.html", page))
        assert article(imported).endswith("Таксата е 40 евро за всички.\n")
        assert codes(imported) == ["W524"]
        assert findings_text(imported).startswith("50")
        assert imported.report.share == 1.0

    def test_words_struck_out_in_markdown_are_listed_too(self, tmp_path: Path) -> None:
        text = "# Такса за участие\n\nТаксата е ~~50~~ 40 евро; 5~10 места.\n"
        imported = import_file(tmp_path, written(tmp_path, "text.md", text))
        assert "Таксата е 40 евро; 5~10 места." in article(imported)
        assert codes(imported) == ["W524"]

    @pytest.mark.parametrize(
        "style", ["visibility:hidden", "font-size:0", "font-size: 1px; color:#fff", "color: transparent"]
    )
    def test_words_that_nobody_can_read_are_listed(self, tmp_path: Path, style: str) -> None:
        page = f"<h1>Новина за всички</h1><p>Видимо.</p><div style='{style}'>не публикувай</div>"
        imported = import_file(tmp_path, written(tmp_path, "page.html", page))
        assert "не публикувай" not in article(imported)
        assert codes(imported) == ["W523"]

    def test_a_layout_of_no_size_keeps_its_words(self, tmp_path: Path) -> None:
        page = "<h1>Новина за всички</h1><div style='font-size:0'><p style='font-size:14px'>Видимо.</p></div>"
        imported = import_file(tmp_path, written(tmp_path, "page.html", page))
        assert "Видимо." in article(imported)
        assert codes(imported) == []


class TestWhatOnlyTheLookSays:
    @pytest.mark.parametrize(
        ("written_as", "sign"),
        [
            ("<span style='font-family:Wingdings'>J</span>", "☺"),
            ("<span style='mso-char-type:symbol;font-family:\"Wingdings\"'>à</span>", "→"),
            ("<font face='Wingdings'>ü</font>", "✔"),
            ("<font face=Symbol>³</font>", "≥"),
            ("<span style='font-family:Webdings'>\uf061</span>", "✔"),
        ],
    )
    def test_signs_of_symbol_fonts_are_set_as_signs(self, tmp_path: Path, written_as: str, sign: str) -> None:
        page = f"<h1>Покана за всички</h1><p>Заповядайте {written_as} при нас.</p>"
        imported = import_file(tmp_path, written(tmp_path, "page.html", page))
        assert f"Заповядайте {sign} при нас." in article(imported)
        assert codes(imported) == []

    def test_a_sign_of_no_face_is_listed(self, tmp_path: Path) -> None:
        page = "<h1>Покана за всички</h1><p>Знак <font face=Wingdings>\uf0ad</font> тук.</p>"
        imported = import_file(tmp_path, written(tmp_path, "page.html", page))
        assert codes(imported) == ["W525"]
        assert "Wingdings F0AD" in findings_text(imported)

    @pytest.mark.parametrize(
        ("opening", "labels"),
        [
            ("<ol type=a>", ("a. едно", "b. две", "e. три")),
            ("<ol type=I start=4>", ("IV. едно", "V. две", "V. три")),
            ("<ol style='list-style-type: lower-roman'>", ("i. едно", "ii. две", "v. три")),
            ("<ol start=3>", ("3. едно\n4. две", "5. три")),
        ],
    )
    def test_lists_keep_their_numbers_and_letters(
        self, tmp_path: Path, opening: str, labels: tuple[str, ...]
    ) -> None:
        page = f"<h1>Точки от реда</h1>{opening}<li>едно<li><p>две</p><li value=5>три</ol>"
        text = article(import_file(tmp_path, written(tmp_path, "page.html", page)))
        assert [label for label in labels if label not in text] == []

    def test_a_list_within_a_cell_keeps_its_numbers(self, tmp_path: Path) -> None:
        cell = "<ol start=2><li>заявка<li>договор</ol>"
        page = f"<h1>Срокове</h1><table><tr><th>Стъпки<th>Ден<tr><td>{cell}<td>5 май</table>"
        assert "| 2\\. заявка; 3. договор | 5 май |" in article(
            import_file(tmp_path, written(tmp_path, "page.html", page))
        )
