"""List of members: every format is read, and all faulty rows are reported at once, by row and column."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from pipeline.delivery.members.model import Member, Status
from pipeline.delivery.members.reader import HEADINGS, MemberList, read_members
from pipeline.findings.suggestions import in_latin
from pipeline.importing.formats.table_rows import MOST_ROWS
from tests.conftest import run_bulletin

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


HEADS = "Имейл;Име;Език;Организация;Групи;Статус;Дата на съгласие;Източник на съгласието"


def read(tmp_path: Path, data: str | bytes, name: str = "members.csv") -> MemberList:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_members(path)


def reported(members: MemberList) -> list[tuple[str, int, int]]:
    return [(f.code, f.place.line, f.place.column) if f.place else (f.code, 0, 0) for f in members.findings]


def value(members: MemberList, name: str) -> str:
    return dict(members.findings[0].values)[name]


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


ROW = "maria@example.bg;Мария Иванова;bg;Акме ООД;управителен съвет, партньори;активна;12.03.2023;форма"
MARIA = Member(
    address="maria@example.bg",
    name="Мария Иванова",
    language="bg",
    organisation="Акме ООД",
    groups=("управителен съвет", "партньори"),
    status=Status.ACTIVE,
    consented=dt.date(2023, 3, 12),
    consent_source="форма",
    row=2,
)


def test_a_whole_row_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, f"{HEADS}\n{ROW}\n") == MemberList((MARIA,), ())


# ---- formats

NAMES = st.text("абвгдежзийклмнопрстуфхцчшщъьюяАБВГ -", min_size=1, max_size=20).map(
    lambda t: " ".join(t.split())
)
MEMBERS = st.lists(
    st.builds(
        Member,
        address=st.from_regex(r"\A[a-z][a-z0-9]{0,8}(\.[a-z0-9]{1,5})?@example\.(bg|org)\Z"),
        name=NAMES,
        language=st.sampled_from(["", "bg", "en"]),
        organisation=st.one_of(NAMES, st.just('„Акме“; ЕООД, "Клон" Пловдив')),
        groups=st.lists(st.sampled_from(["партньори", "съвет", "медии"]), unique=True, max_size=3).map(tuple),
        status=st.sampled_from(list(Status)),
        consented=st.one_of(st.none(), st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1))),
        consent_source=NAMES,
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda member: member.address,
)


def cells(member: Member) -> list[str]:
    consented = member.consented.isoformat() if member.consented else ""
    groups = ", ".join(member.groups)
    texts = [member.address, member.name, member.language, member.organisation, groups, member.status.value]
    return [*texts, consented, member.consent_source]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    members=MEMBERS,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1251"]),
    delimiter=st.sampled_from([";", ",", "\t"]),
    ends=st.sampled_from(["\n", "\r\n"]),
    title=st.booleans(),
)
def test_a_list_is_the_same_in_every_encoding_and_with_every_delimiter(
    tmp_path: Path,
    members: list[Member],
    encoding: str,
    delimiter: str,
    ends: str,
    title: bool,  # noqa: FBT001
) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=ends)
    if title:
        writer.writerows([["Списък на членовете"], []])
    writer.writerow(HEADS.split(";"))
    writer.writerows(cells(member) for member in members)
    got = read(tmp_path, stream.getvalue().encode(encoding))
    first = 4 if title else 2
    assert got.members == tuple(m.model_copy(update={"row": at}) for at, m in enumerate(members, first))
    assert {finding.code for finding in got.findings} <= {"W303"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(members=MEMBERS)
def test_a_workbook_is_read_like_a_csv_file(tmp_path: Path, members: list[Member]) -> None:
    rows: list[list[object]] = [list(HEADS.split(";"))]
    for member in members:
        row: list[object] = list(cells(member))
        row[6] = member.consented
        rows.append(row)
    got = read(tmp_path, workbook([["Отчет"]], [[], ["Членове"], *rows]), "members.xlsx")
    assert got.members == tuple(m.model_copy(update={"row": at}) for at, m in enumerate(members, 4))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(lambda data: b"PK\x03\x04" + data)))
def test_any_file_is_reported_without_an_unexpected_exception(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data).findings


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=9), max_size=6))
def test_any_cells_are_reported_without_an_unexpected_exception(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows([HEADS.split(";"), *rows])
    got = read(tmp_path, stream.getvalue().encode("utf-8", "replace"))
    assert got.findings or got.members


@pytest.mark.parametrize(
    "heads",
    [
        "E-mail,Name", "EMAIL ADDRESS,Full name", "Ел. поща,Име и фамилия", "имейл,име", "Имeйл,Имe",
        "e_mail,name", " Е-поща ,ИМЕ",
    ],
)  # fmt: skip
def test_headings_are_known_in_both_languages_and_many_spellings(tmp_path: Path, heads: str) -> None:
    got = read(tmp_path, f"{heads}\nmaria@example.bg,Мария\n")
    assert [(m.address, m.name) for m in got.members] == [("maria@example.bg", "Мария")]
    assert not got.findings


def test_no_heading_means_two_things() -> None:
    keys = [in_latin(name.casefold()) for names in HEADINGS.values() for name in names]
    assert len(keys) == len(set(keys))


def test_a_delimiter_line_of_excel_is_read(tmp_path: Path) -> None:
    got = read(tmp_path, "sep=;\r\nИмейл;Име\r\nmaria@example.bg;Мария, от клона\r\nx\r\n")
    assert [(m.row, m.name) for m in got.members] == [(3, "Мария, от клона")]
    assert reported(got) == [("E311", 4, 1)]


# ---- errors and their places

BAD = [
    ("maria", "E311"),
    ("maria@", "E311"),
    ("maria@example", "E311"),
    ("maria@localhost", "E311"),
    ("ma ria@example.bg", "E311"),
    ("maria@exam\u202eple.bg", "E312"),
    ("оffice@example.bg", "E313"),
    ("office@аbv.bg", "E313"),
    ("мария@example.bg", "E314"),
    ("a@example.bg; b@example.bg", "E319"),
    ("a@example.bg b@example.bg", "E319"),
]


@pytest.mark.parametrize(("address", "code"), BAD)
def test_an_invalid_address_is_reported_with_its_cell(tmp_path: Path, address: str, code: str) -> None:
    got = read(tmp_path, f"Име\tИмейл\nИван\tivan@example.bg\nМария\t{address}\n")
    assert reported(got) == [(code, 3, 2)]
    assert [member.row for member in got.members] == [2]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        (3, "жжж", "E316"),
        (6, "актвен", "E315"),
        (6, "може би", "E315"),
        (7, "вчера", "E317"),
        (7, "31.02.2023", "E317"),
        (7, "2023", "E317"),
        (2, '"Иван\nПетров"', "E312"),
        (4, '"Акме\r\nBcc: all@example.bg"', "E312"),
        (8, "a\0b", "E302"),
        (8, "a\x07b", "E312"),
    ],
)
def test_a_cell_with_an_unknown_value_is_reported(tmp_path: Path, column: int, cell: str, code: str) -> None:
    row = ROW.split(";")
    row[column - 1] = cell
    got = read(tmp_path, f"{HEADS}\n{';'.join(row)}\n")
    ((found, line, at),) = reported(got)
    assert found == code
    assert (line, at) == ((2, column) if code != "E302" else (0, 0))
    assert not got.members


def test_all_errors_are_reported_at_once(tmp_path: Path) -> None:
    lines = [
        HEADS,
        *(f"{address};;;;;;;" for address, _ in BAD if ";" not in address),
        "x@abv.bgg;;;;;странно;;",
    ]
    got = read(tmp_path, "\n".join(lines))
    assert [line for _, line, _ in reported(got)] == [*range(2, len(lines)), len(lines), len(lines)]
    assert {code for code, _, _ in reported(got)} == {"E311", "E312", "E313", "E314", "E319", "W302", "E315"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("оffice@example.bg", "office@example.bg"),
        ("x@gmial.com", "gmail.com"),
        ("x@gmail.con", "gmail.com"),
        ("x@abv.bgg", "abv.bg"),
        ("x@abv.b", "abv.bg"),
        ("x@hotmial.com", "hotmail.com"),
        ("x@yahooo.com", "yahoo.com"),
    ],
)
def test_the_domain_probably_meant_is_suggested(tmp_path: Path, written: str, meant: str) -> None:
    got = read(tmp_path, f"Имейл\n{written}\n")
    assert value(got, "guess") == meant


@pytest.mark.parametrize(
    "domain", ["gmail.com", "mail.com", "abv.bg", "mail.bg", "example.bg", "mail.example.bg"]
)
def test_a_correct_domain_is_not_questioned(tmp_path: Path, domain: str) -> None:
    assert not read(tmp_path, f"Имейл\nx@{domain}\n").findings


@pytest.mark.parametrize(
    ("written", "address", "name"),
    [
        (" maria@example.bg\u00a0", "maria@example.bg", ""),
        ("\u200bmaria@example.bg\ufeff", "maria@example.bg", ""),
        ("mailto:maria@example.bg", "maria@example.bg", ""),
        ("Мария Иванова <maria@example.bg>", "maria@example.bg", "Мария Иванова"),
        ("<maria@example.bg>,", "maria@example.bg", ""),
        ("Maria@EXAMPLE.bg", "Maria@example.bg", ""),
        ("office@пример.бг", "office@xn--e1afmkfd.xn--90ae", ""),
    ],
)
def test_an_address_copied_from_a_mail_program_is_read(
    tmp_path: Path, written: str, address: str, name: str
) -> None:
    got = read(tmp_path, f"Имейл\tИме\n{written}\t\n")
    assert [(m.address, m.name) for m in got.members] == [(address, name)]
    assert not got.findings


def test_a_duplicate_names_both_rows(tmp_path: Path) -> None:
    lines = ["Имейл;Статус", "a@example.bg;", "b@example.bg;", "A@Example.bg;активен", "b@example.bg;отписан"]
    got = read(tmp_path, "\n".join(lines))
    assert reported(got) == [("W301", 4, 1), ("E318", 5, 1)]
    assert [dict(finding.values)["first"] for finding in got.findings] == ["2", "3"]
    assert [member.row for member in got.members] == [2, 3]


def test_rows_without_an_address_are_counted_and_stop_nothing(tmp_path: Path) -> None:
    rows = ["Имейл;Име", "a@example.bg;Ана", ";Без адрес", "  ;Още един", ";", "b@example.bg;Боян"]
    got = read(tmp_path, "\n".join(rows))
    assert [member.row for member in got.members] == [2, 6]
    assert reported(got) == [("W304", 3, 1)]
    assert (value(got, "count"), value(got, "rows")) == ("2", "3, 4")
    many = read(tmp_path, "\n".join(["Имейл;Име", *[";Без адрес"] * 12, "a@example.bg;"]))
    assert (value(many, "count"), value(many, "rows")) == ("12", "2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …")


def test_an_address_in_two_scripts_is_one(tmp_path: Path) -> None:
    got = read(tmp_path, "Имейл\nivan@пример.бг\nIvan@xn--e1afmkfd.xn--90ae\n")
    assert [member.row for member in got.members] == [2]
    assert reported(got) == [("W301", 3, 1)]


def test_a_finding_about_one_member_contains_no_other(tmp_path: Path) -> None:
    lines = ["Имейл;Статус", "secret@example.bg;", "x;", "secret@example.bg;отписан", "y@gmial.com;"]
    findings = read(tmp_path, "\n".join(lines)).findings
    assert len(findings) >= 3
    for finding in findings:
        assert "secret" not in str(finding)


# ---- the file as a whole


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E303"),
        ("Имена;Телефон\nИван;02\n", "E303"),
        ("maria@example.bg\n", "E303"),
        ("Имейл;Име\n", "E307"),
        ('Имейл;Име\nmaria@example.bg;"Мария\n', "E304"),
        ("Имейл;E-mail\nmaria@example.bg;b@example.bg\n", "E306"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "E302"),
        (b"%PDF-1.7", "E302"),
        (b"PK\x03\x04broken", "E301"),
        ("Имейл\n" + "".join(f"a{at}@example.bg\n" for at in range(MOST_ROWS + 1)), "E305"),
    ],
    ids=["empty", "no address", "no headings", "nobody", "quote", "twice", "xls", "pdf", "zip", "rows"],
)
def test_a_file_that_is_no_list_is_reported(tmp_path: Path, data: str | bytes, code: str) -> None:
    got = read(tmp_path, data)
    assert code in {finding.code for finding in got.findings}


def test_a_missing_list_is_reported(tmp_path: Path) -> None:
    assert [finding.code for finding in read_members(tmp_path / "none.csv").findings] == ["E300"]
    assert [finding.code for finding in read_members(tmp_path).findings] == ["E301"]


def test_the_heading_probably_meant_is_suggested(tmp_path: Path) -> None:
    got = read(tmp_path, "Имеил;Име\nmaria@example.bg;Мария\n")
    assert [finding.code for finding in got.findings] == ["E303"]
    assert value(got, "guess") == "Имейл"


def test_unknown_columns_are_reported(tmp_path: Path) -> None:
    got = read(tmp_path, "Имейл;Телефон;;Бележки\nmaria@example.bg;02;;x\n")
    assert reported(got) == [("W300", 1, 0)]
    assert value(got, "names") == "“Телефон”, “Бележки”"


def test_a_workbook_that_would_fill_the_memory_is_not_opened(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", bytes(201_000_000))
    assert [finding.code for finding in read(tmp_path, stream.getvalue()).findings] == ["E305"]
    odt = io.BytesIO()
    with zipfile.ZipFile(odt, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    got = read(tmp_path, odt.getvalue())
    assert value(got, "kind") == "application/vnd.oasis.opendocument.spreadsheet"


def test_a_far_row_of_a_sheet_is_not_overlooked(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"], sheet["B3"], sheet["B90000"] = "Имейл", "a@example.bg", "broken"
    stream = io.BytesIO()
    book.save(stream)
    got = read(tmp_path, stream.getvalue(), "x.xlsx")
    assert reported(got) == [("E311", 90000, 2)]


# ---- the command


def test_the_command_reports_and_counts(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text(f"{HEADS}\n{ROW}\nivan@example.bg;;en;;;отписан;;\n", encoding="utf-8")
    ran = run_bulletin("--language", "en", "members", "check", str(path))
    assert ran.returncode == 0
    assert "members: 2 (active: 1, paused: 0, unsubscribed: 1)" in ran.stdout
    assert "active, by group: партньори 1, управителен съвет 1" in ran.stdout
    path.write_text(f"{HEADS}\n{ROW}\nivan;;;;;;;\n", encoding="utf-8")
    ran = run_bulletin("--language", "bg", "members", "check", str(path))
    assert ran.returncode == 1
    assert f"{path}:3:1: грешка E311" in ran.stdout
    ran = run_bulletin("members", "check", str(path), "--json")
    (record,) = json.loads(ran.stdout)
    assert (record["code"], record["line"], record["column"]) == ("E311", 3, 1)
