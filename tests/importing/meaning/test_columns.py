"""Lines in columns, by tabs, spaces or dots, arrive as tables; what only looks so stays as it is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from docx import Document

from tests.importing.helpers import article, import_file, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.desk.intake.importing import ImportResult


def of_word(tmp_path: Path, *lines: str) -> ImportResult:
    document = Document()
    document.add_heading("Новини от читалището", 1)
    for line in lines:
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return import_file(tmp_path, written(tmp_path, "a.docx", file.getvalue()))


def of_plain(tmp_path: Path, *lines: str) -> ImportResult:
    return import_file(tmp_path, written(tmp_path, "a.txt", "\n".join(lines)))


PROGRAMME = (
    "| <!-- --> | <!-- --> |\n| --- | --- |\n| 19:00 | Концерт |\n| 20:30 | Театър |\n| 22:00 | Закриване |"
)
MENU = (
    "| <!-- --> | <!-- --> |\n| --- | ---: |\n"
    "| Шопска салата, 350 г | 6,50 лв. |\n| Таратор, 300 г | 4,20 лв. |"
)
PEOPLE = (
    "| Име | Длъжност | Телефон |\n| --- | --- | --- |\n"
    "| Иван | кмет | 02 123 |\n| Петя | съветник | 02 124 |"
)


def test_lines_parted_by_tabs_in_word_are_a_table(tmp_path: Path) -> None:
    imported = of_word(tmp_path, "Днес:", "19:00\tКонцерт", "20:30\tТеатър", "22:00\tЗакриване", "Елате.")
    assert f"Днес:\n\n{PROGRAMME}\n\nЕлате.\n" in article(imported)
    assert imported.report.share == 1


def test_a_menu_in_word_keeps_each_price_with_its_dish(tmp_path: Path) -> None:
    lines = ("Шопска салата, 350 г\t6,50 лв.", "Таратор, 300 г\t\t4,20 лв.")
    assert MENU in article(of_word(tmp_path, *lines))


def test_heads_over_columns_of_word_are_told_by_the_figures_below(tmp_path: Path) -> None:
    lines = ("Име\tДлъжност\tТелефон", "Иван\tкмет\t02 123", "Петя\tсъветник\t02 124")
    assert PEOPLE in article(of_word(tmp_path, *lines))


@pytest.mark.parametrize(
    ("lines", "table"),
    [
        (
            ("2022\t2023\t2024", "12\t15\t", "7\t\t9"),
            "| 2022 | 2023 | 2024 |\n| 12 | 15 |  |\n| 7 |  | 9 |\n",
        ),
        (
            ("\tЯнуари\tФевруари", "Приходи\t12\t15", "Разходи\t\t9", "Общо\t12"),
            "| ---: |\n| Приходи | 12 | 15 |\n| Разходи |  | 9 |\n| Общо | 12 |  |\n",
        ),
    ],
)
@pytest.mark.parametrize("sent", [of_word, of_plain])
def test_a_figure_stays_in_its_column_where_another_has_none(
    tmp_path: Path, sent: Callable[..., ImportResult], lines: tuple[str, ...], table: str
) -> None:
    assert table in article(sent(tmp_path, *lines))


def test_marks_over_columns_stay_in_each_cell(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Новини от читалището", 1)
    for name, points in (("Иван", "12"), ("Петя", "7")):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}\t{points}").bold = True
        paragraph.add_run("\tточки")
    file = io.BytesIO()
    document.save(file)
    imported = import_file(tmp_path, written(tmp_path, "a.docx", file.getvalue()))
    assert "| **Иван** | **12** | точки |\n| **Петя** | **7** | точки |" in article(imported)


def test_columns_of_spaces_in_plain_text_are_a_table(tmp_path: Path) -> None:
    imported = of_plain(
        tmp_path,
        "Име          Длъжност     Телефон",
        "Иван         кмет         02 123",
        "Петя         съветник     02 124",
    )
    assert PEOPLE in article(imported)
    assert imported.report.share == 1


@pytest.mark.parametrize(
    ("lines", "table"),
    [
        (("19:00     Концерт", "20:30     Театър", "22:00     Закриване"), PROGRAMME),
        (("Шопска салата, 350 г ........ 6,50 лв.", "Таратор, 300 г .............. 4,20 лв."), MENU),
        (("19:00  Концерт", "20:30  Театър", "22:00  Закриване"), PROGRAMME),
    ],
)
def test_lines_of_plain_text_in_two_columns_are_a_table(
    tmp_path: Path, lines: tuple[str, ...], table: str
) -> None:
    assert table in article(of_plain(tmp_path, *lines))


@pytest.mark.parametrize(
    "lines",
    [
        ("Това е стих.  Така е.", "И друг един стих.  Не е.", "Трети.  Край."),
        ("1.   Обща част", "2.   Втора част", "3.   Трета част"),
        ("Име: ............", "Адрес: ..........", "Дата: .........."),
        ("От:      Иван", "До:      Петя", "Тема:    среща"),
        ("Само един ред     с празнина",),
    ],
)
def test_what_only_looks_like_columns_stays_lines(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert "|" not in article(of_plain(tmp_path, *lines))


def test_a_list_of_contents_in_word_is_no_table(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Новини от читалището", 1)
    style = document.styles.add_style("toc 1", 1)
    for line in ("Увод\t3", "Събития\t5", "Хора\t9"):
        document.add_paragraph(line, style=style)
    file = io.BytesIO()
    document.save(file)
    imported = import_file(tmp_path, written(tmp_path, "a.docx", file.getvalue()))
    assert "|" not in article(imported)


LONG = "Това е абзац на един дълъг ред, както го записва Word, когато се избере вид „Обикновен текст“ за него"


def test_a_line_of_plain_text_that_no_program_broke_is_a_paragraph(tmp_path: Path) -> None:
    lines = ("Новини от читалището", f"{LONG}.", f"{LONG} – и още един.", "Кратък край.")
    text = article(of_plain(tmp_path, *lines))
    assert "title: Новини от читалището\n" in text
    assert f"{LONG}.\n\n{LONG} – и още един.\n\nКратък край.\n" in text


def test_bullets_and_verses_among_such_lines_stay_lists_and_lines(tmp_path: Path) -> None:
    lines = (f"{LONG}.", "• хляб", "• сирене", f"{LONG}:", "Стани, стани,", "юнак балкански!", f"{LONG}.")
    text = article(of_plain(tmp_path, *lines))
    assert "\n\n- хляб\n- сирене\n\n" in text
    assert "\n\nСтани, стани,\\\nюнак балкански!\n\n" in text


def test_words_beside_a_bullet_of_their_own_are_written_without_needless_signs(tmp_path: Path) -> None:
    text = article(of_plain(tmp_path, "Ще вземем (утре):", "• хляб, сирене.", "и тръгваме."))
    assert "Ще вземем (утре):\\\n• хляб, сирене.\\\nи тръгваме.\n" in text


HOURS = ("Час\tСъбитие", "10:00\tОткриване", "11:00\tДоклад", "12:00\tОбяд")
PRICES = ("Ястие\tЦена", "Супа\t5 лв.", "Салата\t7 лв.")
HOURS_SET = "| Час | Събитие |\n| --- | --- |\n| 10:00 | Откриване |\n| 11:00 | Доклад |\n| 12:00 | Обяд |"
PRICES_SET = "| Ястие | Цена |\n| --- | ---: |\n| Супа | 5 лв. |\n| Салата | 7 лв. |"
PEOPLE_LINES = ("Име\tДлъжност\tТелефон", "Иван\tкмет\t02 123", "Петя\tсъветник\t02 124")


def of_page(tmp_path: Path, *lines: str) -> ImportResult:
    """Import a page as Outlook writes it, an empty line as one that holds a no-break space."""
    tab = "<span style='mso-tab-count:1'>\u00a0 </span>"
    paragraphs = "".join(f"<p class=MsoNormal>{line.replace(chr(9), tab) or '&nbsp;'}</p>" for line in lines)
    page = f"<html xmlns:o='urn:schemas-microsoft-com:office:office'><h1>Новини</h1>{paragraphs}</html>"
    return import_file(tmp_path, written(tmp_path, "a.html", page))


@pytest.mark.parametrize("imported", [of_word, of_page, of_plain])
def test_an_empty_line_between_columns_parts_two_tables(
    tmp_path: Path, imported: Callable[..., ImportResult]
) -> None:
    text = article(imported(tmp_path, *PRICES, "", *HOURS, "", "Елате."))
    assert f"{PRICES_SET}\n\n{HOURS_SET}\n\nЕлате.\n" in text


@pytest.mark.parametrize("imported", [of_word, of_page])
def test_rows_with_an_empty_line_behind_each_are_one_table(
    tmp_path: Path, imported: Callable[..., ImportResult]
) -> None:
    lines = [each for line in PRICES for each in (line, "")]
    assert f"{PRICES_SET}\n\nЕлате.\n" in article(imported(tmp_path, *lines, "Елате."))


@pytest.mark.parametrize("imported", [of_word, of_page, of_plain])
def test_heads_over_fewer_columns_begin_another_table(
    tmp_path: Path, imported: Callable[..., ImportResult]
) -> None:
    assert f"{PEOPLE}\n\n{PRICES_SET}\n" in article(imported(tmp_path, *PEOPLE_LINES, *PRICES))


def test_rows_that_lack_their_last_column_stay_in_their_table(tmp_path: Path) -> None:
    lines = (*PEOPLE_LINES, "Ана\tкасиер", "Боян\tпортиер")
    assert f"{PEOPLE}\n| Ана | касиер |  |\n| Боян | портиер |  |\n" in article(of_word(tmp_path, *lines))


def test_an_empty_paragraph_parts_neither_a_list_nor_a_quotation_of_word(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Новини от читалището", 1)
    for words, style in (
        *(("едно", "List Bullet"), ("", "Normal"), ("две", "List Bullet")),
        *(("казва тя", "Quote"), ("", "Normal"), ("и пак", "Quote")),
    ):
        document.add_paragraph(words, style=style)
    file = io.BytesIO()
    document.save(file)
    text = article(import_file(tmp_path, written(tmp_path, "a.docx", file.getvalue())))
    assert "- едно\n- две\n\n> казва тя\n>\n> и пак\n" in text
