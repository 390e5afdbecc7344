"""What word processors write, read piece by piece: numbers of lists, signs, fields, shares, levels."""

from __future__ import annotations

import subprocess
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement

import pytest

from pipeline.findings.finding import IssueError
from pipeline.importing.formats.office_conversion import _isolation
from pipeline.importing.html.tree import DEEPEST, _check_tree_depth, parse_html
from pipeline.importing.model.elements import take_out
from pipeline.importing.model.incoming_text import IncomingText
from pipeline.importing.model.inventory import InventoryItem, ItemType
from pipeline.importing.model.numerals import numeral
from pipeline.importing.model.symbol_fonts import sign_of
from pipeline.importing.placement import report_placement
from pipeline.importing.word.cropping import _share
from pipeline.importing.word.fields import FieldReader
from pipeline.importing.word.names import W
from tests.importing.by_rule.word_writing import WordFile, cell, paragraph, run, table
from tests.importing.helpers import article, codes, import_file, written

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (1, "lowerLetter", "a"),
        (25, "lowerLetter", "y"),
        (26, "lowerLetter", "z"),
        (27, "lowerLetter", "aa"),
        (52, "upperLetter", "ZZ"),
        (53, "upperLetter", "AAA"),
        (0, "lowerLetter", "0"),
        (4, "upperRoman", "IV"),
        (1994, "lowerRoman", "mcmxciv"),
        (4000, "upperRoman", "4000"),
        (7, "001, 002, 003, …", "007"),
        (12, "01, 02", "12"),
        (3, "none", ""),
        (3, "cardinalText", None),
    ],
)
def test_the_number_of_a_list_is_counted_as_a_word_processor_does(
    number: int, form: str, shown: str | None
) -> None:
    assert numeral(number, form) == shown


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Wingdings", 0xA7, "▪"),
        ("wingdings", 0xF0A7, "▪"),
        ("Wingdings", 0xFC, "✔"),
        ("Wingdings", 0xE0, "→"),
        ("Arial", 0xA7, ""),
    ],
)
def test_a_sign_of_a_symbol_font_is_the_sign_it_shows(font: str, code: int, sign: str) -> None:
    assert sign_of(font, code) == sign


@pytest.mark.parametrize(
    ("written_as", "share"),
    [("25%", 0.25), ("16384f", 0.25), ("65536f", 1.0), ("25000", 0.25), ("", 0.0), ("x", 0.0), ("-5%", 0.0)],
)
def test_a_share_cropped_off_is_read_as_it_is_written(written_as: str, share: float) -> None:
    assert _share(written_as, 100_000) == share


PARTS: Final = {"{": "begin", "|": "separate", "}": "end"}


def story(*pieces: str) -> Element:
    """Return a paragraph of runs: `{`, `|` and `}` are marks of a field, `=…` is code, all else is text."""
    paragraph = Element(W + "p")
    for piece in pieces:
        run = SubElement(paragraph, W + "r")
        if piece in PARTS:
            SubElement(run, W + "fldChar", {W + "fldCharType": PARTS[piece]})
        elif piece.startswith("="):
            SubElement(run, W + "instrText").text = piece[1:]
        else:
            SubElement(run, W + "t").text = piece
    return paragraph


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        (["Стр. ", "{", "=PAGE", "|", "7", "}", "."], "Стр. 7."),
        (["{", "=IF ", "{", "=PAGE", "|", "7", "}", "= > 1", "|", "още", "}", " текст"], "още текст"),
        (["Преди ", "{", "=IF ", "дума в кода", "|", "резултат", "}"], "Преди резултат"),
    ],
)
def test_of_a_field_only_its_result_is_read(pieces: list[str], shown: str) -> None:
    paragraph = story(*pieces)
    FieldReader(lambda _: "rId1").read(paragraph)
    assert "".join(each.text or "" for each in paragraph.iter(W + "t")) == shown


def letter_of(plain: int, html: int) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "Милена Колева <milena@example.org>", "Новина"
    letter.set_content(" ".join(f"дума{number}" for number in range(plain)) + "\n")
    page = " ".join(f"слово{number}" for number in range(html))
    letter.add_alternative(f"<p>{page}</p>", subtype="html")
    return bytes(letter)


@pytest.mark.parametrize(("html", "taken"), [(40, "дума"), (60, "слово")])
def test_of_the_forms_of_a_letter_the_page_is_taken_unless_it_says_less_than_half(
    tmp_path: Path, html: int, taken: str
) -> None:
    imported = import_file(tmp_path, written(tmp_path, "m.eml", letter_of(100, html)))
    text = article(imported)
    assert f"{taken}7" in text
    assert not {"дума7", "слово7"} <= set(text.split())


def test_a_name_that_is_missing_is_not_found_within_the_longer_name_of_another() -> None:
    given = [
        IncomingText(name, blocks=(), inventory=(InventoryItem(ItemType.PARAGRAPH, words),))
        for name, words in (("a.docx", "Мария"), ("b.docx", "Мария Иванова"))
    ]
    report = report_placement(given, {"x.md": "---\ntitle: А\n---\nМария Иванова\n"}, {}, ["А"])
    assert [dict(finding.values)["name"] for finding in report.findings] == ["a.docx"]


def test_a_place_that_links_lead_to_is_no_link(tmp_path: Path) -> None:
    page = '<p><a name="top">Заглавие</a> и <a href="https://example.org/x">връзка</a></p>'
    imported = import_file(tmp_path, written(tmp_path, "m.html", page.encode()))
    text = article(imported)
    assert "[Заглавие]" not in text
    assert "[връзка](https://example.org/x)" in text


def test_items_of_outlook_without_a_level_go_by_their_indent(tmp_path: Path) -> None:
    def item(words: str, points: int) -> str:
        mark = "<span style='mso-list:Ignore'>·</span>"
        return (
            f"<p class=MsoListParagraph style='margin-left:{points}.0pt;mso-list:l0 lfo1'>{mark}{words}</p>"
        )

    page = f"<html><body>{item('горна', 36)}{item('вложена', 72)}{item('пак горна', 36)}</body></html>"
    imported = import_file(tmp_path, written(tmp_path, "m.html", page.encode()))
    lines = [line for line in article(imported).splitlines() if line.lstrip().startswith("- ")]
    assert [len(line) - len(line.lstrip()) for line in lines] == [0, 2, 0]


def test_only_an_anchor_is_a_link_whatever_else_has_an_address(tmp_path: Path) -> None:
    page = '<p>Една <span href="https://example.org/x">дума</span> от <a href="https://example.org/y">тук</a></p>'
    text = article(import_file(tmp_path, written(tmp_path, "m.html", page.encode())))
    assert "Една дума от [тук](https://example.org/y)" in text


@pytest.mark.parametrize("deep", [DEEPEST, DEEPEST + 1])
def test_a_page_is_read_up_to_the_depth_that_is_allowed(deep: int) -> None:
    # The document and its body are open too.
    markup = "<body>" + "<div>" * (deep - 2) + "дума"
    built = root = Element("html")
    for _ in range(deep - 1):
        built = SubElement(built, "div")
    if deep == DEEPEST:
        assert "".join(parse_html(markup, "m.html").itertext()) == "дума"
        _check_tree_depth(root)
        return
    with pytest.raises(IssueError):
        parse_html(markup, "m.html")
    with pytest.raises(Exception, match=str(DEEPEST)):
        _check_tree_depth(root)


def test_what_stands_behind_an_element_stays_where_it_was_when_the_element_goes() -> None:
    parent = Element("p")
    parent.text = "0"
    for name in "abc":
        SubElement(parent, name).tail = name.upper()
    take_out(parent, parent[2], instead="+")
    assert ["0", *(each.tail for each in parent)] == [parent.text, "A", "B+C"]
    take_out(parent, parent[0])
    assert (parent.text, [each.tail for each in parent]) == ("0A", ["B+C"])


def test_a_large_first_letter_before_a_table_stays_a_letter(tmp_path: Path) -> None:
    frame = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    body = paragraph(run("У"), frame) + table(cell(paragraph(run("клетка"))), cell(paragraph(run("друга"))))
    text = article(import_file(tmp_path, written(tmp_path, "a.docx", WordFile(body + paragraph("")).data())))
    assert "\nУ\n" in text
    assert "Уклетка" not in text


def test_words_of_the_contents_that_open_a_paragraph_are_not_set_once_more(tmp_path: Path) -> None:
    page = (
        "<h1>Бюлетин</h1><p>Съдържание</p><ol><li>Новини</li><li>Срещи</li><li>Липсваща</li></ol>"
        "<h2>Новини</h2><p><b>Срещи</b> в сряда и в петък.</p><h2>Други</h2><p>Още текст.</p>"
    )
    imported = import_file(tmp_path, written(tmp_path, "a.html", page.encode()))
    files = [*imported.folder.glob("*.md"), imported.folder / "issue.yaml"]
    texts = "".join(each.read_text("utf-8") for each in files)
    assert (texts.count("Срещи"), texts.count("Липсваща")) == (1, 1)


def test_a_conversion_has_no_network_wherever_the_system_lets_it_be_taken_away() -> None:
    taken = subprocess.run(["unshare", "--map-root-user", "--net", "true"], capture_output=True, check=False)
    wrapped = [*_isolation(), "cat", "/proc/net/dev"]
    shown = subprocess.run(wrapped, capture_output=True, text=True, check=True).stdout
    interfaces = {line.split(":")[0].strip() for line in shown.splitlines() if ":" in line}
    assert bool(_isolation()) == (taken.returncode == 0)
    assert not _isolation() or interfaces <= {"lo"}


@pytest.mark.parametrize(("mark", "code"), [("<w:strike/>", "W524"), ("<w:vanish/>", "W523")])
def test_of_a_word_of_which_a_part_is_left_out_that_part_alone_is_told(
    tmp_path: Path, mark: str, code: str
) -> None:
    body = paragraph(run("Клуб") + run("ът", mark) + run(" ни кани.") + run("скрито", mark) + run("те"))
    imported = import_file(tmp_path, written(tmp_path, "a.docx", WordFile(body).data()))
    assert article(imported).endswith("Клуб ни кани.те\n")
    assert codes(imported) == [code, code]
    assert {value for each in imported.findings for _, value in each.values} >= {"ът", "скрито"}
