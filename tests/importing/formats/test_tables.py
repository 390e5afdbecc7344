"""Tables of an office arrive as they are seen there; what is no cell is listed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from pipeline.findings.finding import IssueError
from pipeline.importing.formats.tables import MOST_ROWS, read_table
from tests.importing.arrivals.making import picture
from tests.importing.helpers import article, codes, findings_text, import_file, written

if TYPE_CHECKING:
    from pathlib import Path


def workbook(rows: list[list[Any]], forms: dict[str, str] | None = None) -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Концерти"
    for row in rows:
        sheet.append(row)
    for cell, form in (forms or {}).items():
        sheet[cell].number_format = form
    return book


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_is_a_table_with_its_cells_as_they_are_seen(tmp_path: Path) -> None:
    book = workbook(
        [
            ["Концерти през годината"],
            [],
            ["Дата", None, "Час", "Място", "Вход", "Дял", "Хора"],
            [dt.date(2027, 1, 17), None, dt.time(19, 0), "Салон\nвтори етаж", 5.5, 0.125, 1234],
            [dt.datetime(2027, 2, 3, 18, 30), None, "18:30", "Пл. „Възраждане“", 12, 1, 2.75],  # noqa: DTZ001
        ],
        {
            "E4": '0.00\\ "лв."',
            "E5": "[$€-2] #,##0.00",
            "F4": "0.0%",
            "F5": "0%",
            "G4": "#,##0",
            "C4": "h:mm",
        },
    )
    imported = import_file(tmp_path, written(tmp_path, "a.xlsx", saved(book)))
    text = article(imported)
    assert "title: Концерти през годината\n" in text
    assert "| Дата | Час | Място | Вход | Дял | Хора |" in text
    assert "| 17.01.2027 | 19:00 | Салон втори етаж | 5,50 лв. | 12,5 % | 1 234 |" in text
    assert "| 03.02.2027 18:30 | 18:30 | Пл. „Възраждане“ | € 12,00 | 100 % | 2,75 |" in text
    assert imported.report.share == 1


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (888123456, "0000 000 000", "0888 123 456"),
        (123, "00000", "00123"),
        (-5, "00000", "-00005"),
        (123456789, "000-00-0000", "123-45-6789"),
        (9789541234567, "General", "9789541234567"),
        (5, 'General" лв."', "5 лв."),
        (0.5, "# ?/?", "1/2"),
        (-1.5, "# ?/?", "-1 1/2"),
        (1.375, "# ?/8", "1 3/8"),
        (2.5, "?/?", "5/2"),
        (0.999, "# ?/?", "1"),
        (0, "# ?/?", "0"),
        (1234567, '0.0,,"млн."', "1,2 млн."),
        (1234567, "#,##0,", "1 235"),
        (12.5, "0.0##", "12,5"),
        (12, "0.##", "12"),
        (0.07, ".00", "0,07"),
        (-1234.5, "#,##0.00", "-1 234,50"),
        (dt.time(1, 23, 45), "h:mm:ss", "01:23:45"),
        (dt.time(0, 12, 34, 560_000), "mm:ss.00", "12:34,56"),
        (dt.timedelta(hours=26, minutes=30), "[h]:mm", "26:30"),
        (dt.date(2027, 5, 1), "mmmm yyyy", "05.2027"),
        (dt.date(2027, 1, 1), "yyyy", "2027"),
        (dt.date(2027, 5, 1), "d mmmm yyyy", "01.05.2027"),
    ],
)
def test_a_number_says_what_its_form_shows(
    tmp_path: Path, value: float | dt.time | dt.timedelta | dt.date, form: str, shown: str
) -> None:
    book = workbook([["Име", "Стойност"], ["Ана", value]], {"B2": form})
    assert f"| Ана | {shown} |\n" in article(import_file(tmp_path, written(tmp_path, "a.xlsx", saved(book))))


def test_each_sheet_is_a_text_under_its_name_and_a_hidden_one_is_listed(tmp_path: Path) -> None:
    book = workbook([["Ден", "Час"], ["петък", "18:00"]])
    book.create_sheet("Цени").append(["Билет", "10 лв."])
    book.create_sheet("празен")
    hidden = book.create_sheet("чернова")
    hidden.append(["да питам Пешо"])
    hidden.sheet_state = "hidden"
    imported = import_file(tmp_path, written(tmp_path, "a.xlsx", saved(book)))
    texts = [article(imported, 0), article(imported, 1)]
    assert any("title: Концерти\n" in text and "| петък | 18:00 |" in text for text in texts)
    assert any("title: Цени\n" in text and "| Билет | 10 лв. |" in text for text in texts)
    assert codes(imported) == ["W523"]
    assert "чернова да питам Пешо" in findings_text(imported)


def test_what_is_no_cell_is_listed() -> None:
    book = workbook([["Ден", "Хора"], ["петък", "=SUM(1,2)"]])
    book.worksheets[0]["A1"].comment = Comment("Кога?", "Иван")
    file = io.BytesIO(saved(book))
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("xl/media/image1.png", picture())
        package.writestr(
            "xl/drawings/drawing9.xml",
            '<a xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            "<a:t>Входът е отзад</a:t></a>",
        )
    told = {each.code: dict(each.values)["found"] for each in read_table(file.getvalue(), "a.xlsx").findings}
    assert told["W502"] == "Кога?"
    assert told["W510"] == "media/image1.png"
    assert told["W500"] == "Входът е отзад"
    assert told["W515"] == "=SUM(1,2)"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "windows-1251"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_csv_file_is_a_table_whatever_parts_its_cells(tmp_path: Path, charset: str, sign: str) -> None:
    rows = [["Билет", "Цена"], ["Редовен", "12 лв."], ["Семеен", '"20 лв., за ""двама"""']]
    text = "\r\n".join(sign.join(row) for row in rows)
    imported = import_file(tmp_path, written(tmp_path, "цени.csv", text.encode(charset)))
    assert "| Билет | Цена |\n| --- | --- |\n| Редовен | 12 лв. |" in article(imported)
    assert '| Семеен | 20 лв., за "двама" |' in article(imported)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", b"PK\x03\x04x", "E500"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"x" * 100, "E500"),
        ("a.csv", 'а;б\n"в;г\n'.encode(), "E500"),
        ("a.csv", ("а;б\n" * (MOST_ROWS + 1)).encode(), "E506"),
    ],
)
def test_what_is_no_table_is_refused_by_its_name(name: str, data: bytes, code: str) -> None:
    with pytest.raises(IssueError) as refused:
        read_table(data, name)
    assert [each.code for each in refused.value.findings] == [code]
    assert dict(refused.value.findings[0].values)["name"] == name
