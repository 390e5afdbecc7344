"""Sheets arrive with their faces, each of their tables by itself, and what merged cells cover listed."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.importing.formats.test_sheets_as_seen import saved
from tests.importing.helpers import article, codes, findings_text, import_file, written

if TYPE_CHECKING:
    from pathlib import Path

Row = tuple[object, ...]


def body(tmp_path: Path, data: bytes) -> str:
    """Return the article that a workbook becomes, without its facts."""
    return article(import_file(tmp_path, written(tmp_path, "a.xlsx", data))).split("---\n", 2)[2].strip()


def of_rows(*rows: Row) -> bytes:
    """Return a workbook of rows; an empty one leaves a row empty."""
    book = Workbook()
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            book.worksheets[0].cell(number, column, value)
    return saved(book)


def in_several_faces() -> bytes:
    """Return a workbook whose texts are written in the sheet itself, as the library writes them."""
    book = Workbook()
    sheet = book.worksheets[0]
    rich = CellRichText(
        "Запис ", TextBlock(InlineFont(b=True), "до петък"), " в ", TextBlock(InlineFont(i=True), "час"), "."
    )
    for row in (["Кой", "Кога"], ["Ана", rich]):
        sheet.append(row)
    return saved(book)


def with_shared_texts(data: bytes) -> bytes:
    """Return a workbook with the texts of its sheet shared, as Excel writes them."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(held, "w") as made:
        shared: list[str] = []
        for name in given.namelist():
            text = given.read(name).decode()
            if name.endswith("sheet1.xml"):
                for written_text in text.split("<is>")[1:]:
                    inner = written_text.partition("</is>")[0]
                    text = text.replace(f"<is>{inner}</is>", f"<v>{len(shared)}</v>", 1)
                    shared.append(f"<si>{inner}</si>")
                text = text.replace('t="inlineStr"', 't="s"')
            if name == "xl/_rels/workbook.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
                relation = f'<Relationship Id="shared" Type="{kind}" Target="sharedStrings.xml"/>'
                text = text.replace("</Relationships>", f"{relation}</Relationships>")
            if name == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
                part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>'
                text = text.replace("</Types>", f"{part}</Types>")
            made.writestr(name, text)
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        made.writestr("xl/sharedStrings.xml", f'<sst xmlns="{space}">{"".join(shared)}</sst>')
    return held.getvalue()


@pytest.mark.parametrize("shared", [False, True])
def test_words_in_bold_and_italic_within_a_cell_keep_their_faces(tmp_path: Path, *, shared: bool) -> None:
    data = in_several_faces()
    text = body(tmp_path, with_shared_texts(data) if shared else data)
    assert "| Ана | Запис **до петък** в *час*. |" in text


def test_whole_cells_in_bold_and_italic_keep_their_faces_and_heads_need_none(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Перо", "Сума"], ["Наем", 100], ["Общо", 100]):
        sheet.append(row)
    for place in ("A1", "B1", "A3", "B3"):
        sheet[place].font = Font(b=True)
    sheet["A2"].font = Font(i=True)
    assert body(tmp_path, saved(book)).splitlines() == [
        "| Перо | Сума |",
        "| --- | ---: |",
        "| *Наем* | 100 |",
        "| **Общо** | **100** |",
    ]


def test_notes_behind_an_empty_row_are_paragraphs_below_the_table(tmp_path: Path) -> None:
    data = of_rows(("Кой", "Кога"), ("Ана", "в 10 ч."), (), ("* Без обяд.",), ("Елате!",))
    assert body(tmp_path, data).endswith("| Ана | в 10 ч. |\n\n\\* Без обяд.\n\nЕлате!")


def test_a_row_of_heads_behind_an_empty_one_begins_a_table_with_its_title(tmp_path: Path) -> None:
    first: tuple[Row, ...] = (("Кой", "Кога"), ("Ана", "в 10 ч."), ("Петър", "в 11 ч."))
    second: tuple[Row, ...] = (("Перо", "Сума", "Дял"), ("Наем", 100, "50 %"), ("Храна", 100, "50 %"))
    text = body(tmp_path, of_rows(*first, (), ("Бюджет",), (), *second))
    assert text == (
        "| Кой | Кога |\n| --- | --- |\n| Ана | в 10 ч. |\n| Петър | в 11 ч. |\n\nБюджет\n\n"
        "| Перо | Сума | Дял |\n| --- | ---: | ---: |\n| Наем | 100 | 50 % |\n| Храна | 100 | 50 % |"
    )


def test_groups_of_rows_with_an_empty_one_between_them_stay_one_table(tmp_path: Path) -> None:
    data = of_rows(("Кой", "Час"), ("Март",), ("Ана", 10), (), ("Април",), ("Петър", 11), (), ("Общо", 21))
    assert body(tmp_path, data).splitlines()[2:] == [
        "| Март |  |",
        "| Ана | 10 |",
        "| Април |  |",
        "| Петър | 11 |",
        "| Общо | 21 |",
    ]


def merged(data: bytes, area: str) -> bytes:
    """Return a workbook with an area made one cell, whatever is in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(held, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            if name.endswith("sheet1.xml"):
                cells = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
                content = content.replace(b"</sheetData>", cells.encode())
            made.writestr(name, content)
    return held.getvalue()


def test_a_row_that_is_one_cell_at_the_end_of_a_table_is_a_paragraph_below_it(tmp_path: Path) -> None:
    data = of_rows(("Кой", "Кога"), ("Ана", "в 10 ч."), ("Данните са предварителни.",))
    assert body(tmp_path, merged(data, "A3:B3")).endswith("| Ана | в 10 ч. |\n\nДанните са предварителни.")


def test_a_row_that_is_one_cell_within_a_table_names_what_is_below_it(tmp_path: Path) -> None:
    data = of_rows(("Кой", "Кога"), ("Сутрин",), ("Ана", "в 10 ч."))
    assert body(tmp_path, merged(data, "A2:B2")).endswith("| Сутрин |  |\n| Ана | в 10 ч. |")


def test_what_lies_below_a_merged_cell_is_listed_as_hidden(tmp_path: Path) -> None:
    data = of_rows(("Кой", "Кога", "Къде"), ("Ана", "в 10 ч.", "тук"), ("скрито", "в 11 ч.", "там"))
    imported = import_file(tmp_path, written(tmp_path, "a.xlsx", merged(data, "A2:A3")))
    assert "| Ана | в 10 ч. | тук |\n|  | в 11 ч. | там |\n" in article(imported)
    assert sorted(codes(imported)) == ["W508", "W523"]
    assert "скрито" in findings_text(imported)
