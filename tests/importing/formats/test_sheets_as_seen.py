"""Sheets arrive as they are seen: by their forms, without what is hidden or struck out, merged and linked."""

from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from tests.importing.helpers import article, codes, findings_text, import_file, written

if TYPE_CHECKING:
    from pathlib import Path


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def of_one_cell(value: Any, form: str) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Име", "Стойност"], ["Ана", value]):
        sheet.append(row)
    sheet["B2"].number_format = form
    return saved(book)


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (0.125, "0%", "13 %"),
        (0.005, "0%", "1 %"),
        (2.675, "0.00", "2,68"),
        (-1234.5, "#,##0.00;(#,##0.00)", "(1 234,50)"),
        (-3, '"▲" 0;"▼" 0;0', "▼ 3"),
        (3, "+0;-0;0", "+3"),
        (0, '#,##0;-#,##0;"без"', "без"),
        (-5, "0;[Red]-0", "-5"),
        (5, '[>=10]"много";[<10]"малко"', "малко"),
        (888123456, "0###\\ ###\\ ###", "0888 123 456"),
        (123456, "0.00E+00", "1,23E+05"),
        (1234567.891, "# ##0.00", "1 234 567,89"),
        (1, '0"."', "1\\."),
        (5, '0"-ти"', "5-ти"),
        (3, '"от "0" до 5"', "от 3 до 5"),
        (21.5, '0.0"°C"', "21,5 °C"),
        ("абв", '0;0;0;"код "@', "код абв"),
        (True, "General", "ИСТИНА"),
        (False, "General", "НЕИСТИНА"),
        (dt.date(2027, 5, 4), "dddd, d mmmm", "вторник, 4 май"),
        (dt.date(2027, 5, 4), "d.mmm", "4 май"),
        (dt.date(2027, 5, 4), "dd.mm", "04.05."),
        (dt.date(2027, 5, 4), "mmmm", "май"),
        (dt.date(2027, 5, 4), "dddd", "вторник"),
        (dt.datetime(2027, 5, 4, 18, 30), "dd.mm.yyyy", "04.05.2027"),  # noqa: DTZ001
        (dt.datetime(2027, 5, 4, 18, 30), "dd.mm.yyyy h:mm", "04.05.2027 18:30"),  # noqa: DTZ001
    ],
)
def test_a_cell_says_what_the_section_of_its_form_shows(
    tmp_path: Path, value: Any, form: str, shown: str
) -> None:
    imported = import_file(tmp_path, written(tmp_path, "a.xlsx", of_one_cell(value, form)))
    assert f"| Ана | {shown} |\n" in article(imported)


@pytest.mark.parametrize(("value", "form"), [(123, ";;;"), ("тайна", ";;;"), (-5, "0;"), (7, '""')])
def test_what_a_form_does_not_show_is_listed_and_not_written(tmp_path: Path, value: Any, form: str) -> None:
    imported = import_file(tmp_path, written(tmp_path, "a.xlsx", of_one_cell(value, form)))
    assert "| Ана |  |\n" in article(imported)
    assert codes(imported) == ["W523"]
    assert str(value) in findings_text(imported)


def test_true_is_said_in_the_language_of_the_sheet(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["Name of the member", "Was there with us"], ["Ann", True]):
        book.worksheets[0].append(row)
    assert "| Ann | TRUE |" in article(import_file(tmp_path, written(tmp_path, "a.xlsx", saved(book))))


@pytest.fixture
def programme() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "График"
    for row in (
        ["Програма за май"],
        ["Ден", "Час", "Какво", "ЕГН"],
        ["петък", "19:00", "Концерт", "7501010010"],
        [None, "20:00", "Театър", "7601010010"],
        ["събота", "10:00", "Кино", "7701010010"],
        ["неделя", "11:00", "Отпада тихо", "7801010010"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A3:A4")
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[6].hidden = True
    sheet["C3"].hyperlink = "https://example.org/билети?a=1&b=2"
    sheet["C5"].font = Font(strike=True)
    return saved(book)


def test_hidden_rows_and_columns_are_listed_and_not_written(tmp_path: Path, programme: bytes) -> None:
    imported = import_file(tmp_path, written(tmp_path, "a.xlsx", programme))
    assert "| Ден | Час | Какво |\n" in article(imported)
    assert not any(word in article(imported) for word in ("ЕГН", "7501010010", "неделя", "Отпада"))
    hidden = next(dict(each.values)["found"] for each in imported.findings if each.code == "W523")
    assert all(word in hidden for word in ("ЕГН", "7501010010", "неделя", "Отпада тихо", "7801010010"))


def test_words_struck_out_in_a_sheet_are_listed_and_links_lead_on(tmp_path: Path, programme: bytes) -> None:
    imported = import_file(tmp_path, written(tmp_path, "a.xlsx", programme))
    assert "Кино" not in article(imported)
    assert {"code": "W524", "found": "Кино"} in [
        {"code": each.code, "found": dict(each.values).get("found")} for each in imported.findings
    ]
    assert "[Концерт](https://example.org/билети?a=1&b=2)" in article(imported)


def test_cells_merged_in_a_sheet_are_told_and_a_title_over_all_is_none(
    tmp_path: Path, programme: bytes
) -> None:
    imported = import_file(tmp_path, written(tmp_path, "a.xlsx", programme))
    assert "\nПрограма за май\n" in article(imported) or "title: Програма за май\n" in article(imported)
    assert "| петък | 19:00 |" in article(imported)
    assert "|  | 20:00 | Театър |" in article(imported)
    assert codes(imported).count("W508") == 1


def test_merged_cells_that_begin_in_a_hidden_column_are_where_they_are_seen(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Име", "Кога", "Къде"], ["Ана", None, "Варна"], ["Петя", "вторник", "Русе"]):
        sheet.append(row)
    sheet.merge_cells("A2:B2")
    sheet.column_dimensions["A"].hidden = True
    text = article(import_file(tmp_path, written(tmp_path, "a.xlsx", saved(book))))
    assert "| Ана | Варна |" in text
    assert "| вторник | Русе |" in text


SHARED = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Площ</t></si>'
    '<si><t>Бележка</t></si><si><r><t>12 м</t></r><r><rPr><vertAlign val="superscript"/>'
    '</rPr><t>2</t></r></si><si><r><t xml:space="preserve">важи </t></r>'
    "<r><rPr><strike/></rPr><t>не важи</t></r>"
    '<r><rPr><b/></rPr><t xml:space="preserve"> много</t></r></si></sst>'
)
"""Texts of cells as Excel keeps them: beside the sheets, in several faces."""


def with_shared_texts(data: bytes) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row>'
    )
    sheet = parts["xl/worksheets/sheet1.xml"]
    before, behind = sheet.partition("<sheetData")[0], sheet.partition("</sheetData>")[2]
    parts["xl/worksheets/sheet1.xml"] = f"{before}<sheetData>{cells}</sheetData>{behind}"
    parts["xl/sharedStrings.xml"] = SHARED
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def test_faces_within_a_cell_keep_powers_and_leave_out_what_is_struck_out(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Площ", "Бележка"])
    imported = import_file(tmp_path, written(tmp_path, "a.xlsx", with_shared_texts(saved(book))))
    assert "| 12 м² | важи **много** |" in article(imported)
    assert "не важи" in findings_text(imported)
    assert codes(imported) == ["W524"]


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script of a shell")
@pytest.mark.parametrize("ending", ["ods", "xls", "fods"])
def test_tables_of_other_programs_are_read_as_those_of_excel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, programme: bytes, ending: str
) -> None:
    made = written(tmp_path, "made.xlsx", programme)
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ncase \"$*\" in *xlsx*) mkdir out && cp '{made}' out/in.xlsx;; esac\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    text = article(import_file(tmp_path, written(tmp_path, f"a.{ending}", b"any")))
    assert "| петък | 19:00 |" in text
