"""The sheets of a house are held to what pages can be laid out by, before any page is."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.page.sheets.own_files import OwnSheets, own_files
from pipeline.page.sheets.own_sheets import held_sheets
from pipeline.page.style import load_style
from tests.page.identity.looks import FONTS
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.page.style import Style

SHIPPED: Final = REPOSITORY / "styles"
OWN: Final = 'format = 2\nname = "ours"\nversion = 1\nbuilds_on = {name = "bulletin", version = 1}\n'


def style_of(root: Path, sheet: str, fonts: tuple[Path, ...] = ()) -> Style:
    folder = root / "styles" / "ours" / "1"
    folder.mkdir(parents=True)
    (folder / "style.toml").write_text(OWN + 'stylesheets = ["house.css"]\n', "utf-8")
    (folder / "house.css").write_text(sheet, "utf-8")
    return load_style("ours", 1, [root / "styles", SHIPPED], [*fonts, *FONTS])


def said_of(root: Path, sheet: str) -> list[tuple[str, int, int]]:
    findings = style_of(root, sheet).findings
    assert all(each.place and each.place.path == "styles/ours/1/house.css" for each in findings)
    return [(each.code, each.place.line, each.place.column) for each in findings if each.place]


def test_a_copy_of_a_style_as_it_came_is_none_of_the_house_and_a_changed_one_is(tmp_path: Path) -> None:
    copied = tmp_path / "styles"
    shutil.copytree(SHIPPED / "bulletin", copied / "bulletin")
    assert own_files(load_style("bulletin", 1, [copied], FONTS).files) == {}
    sheet = copied / "bulletin/1/cover.css"
    sheet.write_bytes(sheet.read_bytes().replace(b"{", b" {", 1))
    assert own_files(load_style("bulletin", 1, [copied], FONTS).files) == {
        "styles/bulletin/1/cover.css": sheet
    }


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ("p { margin: 6m }", None),
        ("p { margin: 5079mm }", None),
        ("p { margin: 5081mm }", "E459"),
        ("p { margin: -600cm }", "E459"),
        ("p { margin: calc(1mm + 201in) }", "E459"),
        (":root { --own: 1e8px }", "E459"),
        ("p { text-indent: 1e5em }", "E459"),
        ("p { width: 100001% }", "E459"),
        ("p { font-size: .01pt }", "E459"),
        ("p { line-height: 100000 }", "E459"),
        ("p { columns: 100000 }", "E459"),
        ("p { grid-template-columns: repeat(5000, 1mm) }", "E459"),
        ("p { z-index: 2147483647; border: .01pt solid; margin-left: -9999px }", None),
        ("p { .inner & { a:hover { margin: 1e9pt } } }", "E459"),
        ("@page { @top-left { padding: 1e9pt } }", "E459"),
        ("/* p { margin: 1e9pt } */ p::before { content: '1e9pt' }", None),
    ],
)
def test_a_measure_that_no_page_has_is_told_wherever_it_stands(
    tmp_path: Path, sheet: str, code: str | None
) -> None:
    assert [each for each, *_ in said_of(tmp_path, sheet)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("size", "is_a4"),
    [
        ("A4", True),
        ("a4 portrait", True),
        ("portrait", True),
        ("210mm 297mm", True),
        ("21cm 29.7cm", True),
        ("595pt 842pt", True),
        ("A4 landscape", False),
        ("297mm 210mm", False),
        ("A5", False),
        ("210mm", False),
        ("0 0", False),
        ("1e6mm 1e6mm", False),
        ("1km 1km", False),
    ],
)
def test_pages_are_a4_however_it_is_written_and_nothing_else(
    tmp_path: Path, size: str, *, is_a4: bool
) -> None:
    said = said_of(tmp_path, f"p {{ color: var(--ink) }}\n@page spread {{ size: {size} }}")
    assert said == ([] if is_a4 else [("E460", 2, 16)])


@pytest.mark.parametrize(
    ("sheet", "line"),
    [
        ("@page { margin: 150mm 10mm }", 1),
        ("@page {\n margin-left: 6cm; margin-right: 50%;\n padding-left: 30mm }", 2),
        # The base gives all pages margins of 18 mm at the sides.
        ("@page :left {\n\n margin-left: 173mm }", 3),
        ("@page cover {\n margin: 0;\n padding-top: 290mm }", 3),
        ("@page x:first { margin: 0 }\n@page x {\n margin: 150mm }", 3),
        ("@page { margin: 30mm 40mm 50mm }", None),
        ("@page { margin: 0 }", None),
        # A more exact rule takes back what a general one says.
        ("@page x { margin: 60mm }\n@page x:left { margin-left: 0 }", None),
    ],
)
def test_margins_that_leave_no_page_are_told_at_the_widest_of_them(
    tmp_path: Path, sheet: str, line: int | None
) -> None:
    assert [(code, at) for code, at, _ in said_of(tmp_path, sheet)] == ([("E461", line)] if line else [])


def test_variables_that_multiply_one_another_are_told_at_the_first_that_is_too_long(tmp_path: Path) -> None:
    ten = "".join(
        f"--{name}: {' '.join([f'var(--{next_})'] * 10)};\n"
        for name, next_ in zip("abcdef", "bcdefg", strict=True)
    )
    assert said_of(tmp_path, f":root {{\n{ten}--g: 1pt }}\np {{ margin: var(--a) }}") == [("E462", 2, 1)]


def test_a_long_row_of_variables_and_a_circle_are_no_reason_to_go_on_without_end(tmp_path: Path) -> None:
    row = "".join(f"--a{number}: var(--a{number + 1});\n" for number in range(3000))
    assert said_of(tmp_path / "row", f":root {{\n{row} --a3000: 1pt }}") == [("E462", 2, 1)]
    circle = ":root { --a: var(--b) var(--b); --b: var(--a) var(--a) }"
    assert said_of(tmp_path / "circle", circle) == []


def test_brackets_that_no_engine_reads_are_told_at_their_line(tmp_path: Path) -> None:
    deep = "(" * 5000 + "1pt" + ")" * 5000
    assert said_of(tmp_path, f"p {{ margin: 0 }}\nh3 {{ margin: calc{deep} }}") == [("E465", 2, 6)]


@pytest.mark.parametrize(
    ("said", "is_there"),
    [
        ("font-family: Arial", False),
        ("font-family: Arial, 'Times New Roman', serif", False),
        ("font-family: serif", False),
        ("font: italic 700 10pt/1.2 Arial", False),
        ("font: 10pt/calc(10pt + 2pt) Arial", False),
        ("--own: Arial; font-family: var(--own)", False),
        ("font-family: Arial, var(--text)", True),
        ("font-family: 'source serif'", True),
        ("font-family: Sofia Sans, sans-serif", True),
        ("font: 10pt var(--head)", True),
        ("font: inherit", True),
        ("font-family: inherit", True),
        ("--own: var(--small); font: 700 medium var(--own)", True),
        ("font-family: var(--own, Arial)", None),
    ],
)
def test_a_face_that_nobody_has_is_told_where_no_other_of_its_list_is_there(
    tmp_path: Path, said: str, *, is_there: bool | None
) -> None:
    sheet = f"p {{ {said} }}" if is_there is not None else f":root {{ --own: Arial }} p {{ {said} }}"
    assert [code for code, *_ in said_of(tmp_path, sheet)] == ([] if is_there else ["E463"])


def test_a_face_that_is_offered_is_taken_where_a_sheet_names_it(tmp_path: Path) -> None:
    style = style_of(tmp_path, "h3 { font-family: Montserrat }")
    assert not style.findings
    assert {path for path in style.faces if path.startswith("montserrat/")}


def test_what_is_said_of_a_missing_face_is_a_remedy(tmp_path: Path) -> None:
    """Its files lie in the folder that is said, and the sheet has the name that is said, whatever it was."""
    for number, name in enumerate(("Arial", "'Exo 2'", "'Наш шрифт'", "sans-serif", "'PT Serif'")):
        (finding,) = style_of(tmp_path / str(number), f"p {{ font-family: {name} }}").findings
        values = dict(finding.values)
        folder = tmp_path / "fonts" / values["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        for file in (FONTS[0] / "vollkorn").glob("*.ttf"):
            (folder / file.name).write_bytes(file.read_bytes())
        mended = style_of(
            tmp_path / f"{number}-mended",
            f'p {{ font-family: "{values["name"]}" }}',
            (tmp_path / "fonts",),
        )
        assert not mended.findings
        assert values["name"] in {face.family for face in mended.plan.faces}


def test_a_face_of_the_house_that_cannot_be_used_is_told_by_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "fonts" / "arial"
    folder.mkdir(parents=True)
    (folder / "Arial.ttf").write_bytes(b"no font")
    style = style_of(tmp_path, "p { font-family: Arial }", (tmp_path / "fonts",))
    assert "E448" in {each.code for each in style.findings}


@pytest.mark.parametrize(("name", "version"), [("bulletin", 1), ("knowledge-city", 1), ("knowledge-city", 2)])
def test_the_programs_own_sheets_would_pass_what_those_of_a_house_are_held_to(
    name: str, version: int
) -> None:
    """In the sources of what was filed they are files of the workspace like those of a house."""
    style = load_style(name, version, [SHIPPED], FONTS)
    paths = {path.rpartition("/")[2]: path for path in style.files}
    sheets = {paths[sheet]: text for sheet, text in style.sheets.items()}
    assert held_sheets(sheets, frozenset(sheets), style.plan, FONTS, "bg") == OwnSheets()
