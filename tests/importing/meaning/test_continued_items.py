"""A further paragraph of an item of a list arrives within the item, whatever program wrote it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from tests.importing.by_rule.word_writing import WordFile, paragraph, run
from tests.importing.helpers import article, import_file, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

CONTINUED = "1. Първа\n\n   Още за първата\n\n2. Втора\n\nКрай.\n"


def of_word(tmp_path: Path, document: WordDocument) -> str:
    file = io.BytesIO()
    document.save(file)
    return article(import_file(tmp_path, written(tmp_path, "a.docx", file.getvalue()))).split("---\n", 2)[2]


def indented(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.left_indent = Cm(0.635)


def taken_out(paragraph: Paragraph) -> None:
    """Take a paragraph out of its list as Word does when its number is deleted."""
    paragraph.style = "List Number"
    numbers = OxmlElement("w:numPr")
    number = OxmlElement("w:numId")
    number.set(qn("w:val"), "0")
    numbers.append(number)
    paragraph._p.get_or_add_pPr().append(numbers)
    indented(paragraph)


def continuing(paragraph: Paragraph) -> None:
    paragraph.style = "List Continue"


@pytest.mark.parametrize("as_word_does", [indented, taken_out, continuing])
def test_of_word_by_its_indent_its_style_or_a_number_taken_out(
    tmp_path: Path, as_word_does: Callable[[Paragraph], None]
) -> None:
    document = Document()
    document.add_heading("Списък", 1)
    document.add_paragraph("Първа", style="List Number")
    as_word_does(document.add_paragraph("Още за първата"))
    document.add_paragraph("Втора", style="List Number")
    document.add_paragraph("Край.")
    assert of_word(tmp_path, document) == CONTINUED


def test_of_word_at_the_level_of_its_indent(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Списък", 1)
    document.add_paragraph("едно", style="List Bullet")
    document.add_paragraph("под едно", style="List Bullet 2")
    document.add_paragraph("още за едно", style="List Continue")
    document.add_paragraph("две", style="List Bullet")
    assert of_word(tmp_path, document) == "- едно\n\n  - под едно\n\n  още за едно\n\n- две\n"


LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{label}"/>'
    f'<w:pPr><w:ind w:left="{720 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    for level, label in enumerate(("%1.", "%1.%2."))
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="1">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)


def test_before_items_with_numbers_of_two_parts_within_it(tmp_path: Path) -> None:
    def item(level: int, words: str) -> str:
        numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        return paragraph(run(words), numbers)

    further = paragraph(run("още за първата"), '<w:ind w:left="720"/>')
    body = item(0, "първа") + further + item(1, "под нея") + item(0, "втора")
    file = written(tmp_path, "a.docx", WordFile(body, numbering=NUMBERING).data())
    assert article(import_file(tmp_path, file)).endswith(
        "1. първа\n\n   още за първата\n\n   1.1. под нея\n\n2. втора\n"
    )


def test_what_is_indented_behind_the_last_item_is_none(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Списък", 1)
    document.add_paragraph("Първа", style="List Number")
    indented(document.add_paragraph("Адрес на клуба"))
    document.add_paragraph("Край.")
    assert of_word(tmp_path, document) == "1. Първа\n\nАдрес на клуба\n\nКрай.\n"


def test_what_is_not_indented_parts_the_items_which_count_on(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Списък", 1)
    document.add_paragraph("Първа", style="List Number")
    document.add_paragraph("Междувременно")
    document.add_paragraph("Втора", style="List Number")
    assert of_word(tmp_path, document) == "1. Първа\n\nМеждувременно\n\n2. Втора\n"


ITEM = (
    "<p class={kind} style='margin-left:36.0pt;mso-list:l0 level1 lfo1'>"
    "<span style='mso-list:Ignore'>{n}.</span>{words}</p>"
)


@pytest.mark.parametrize("kind", ["MsoListParagraphCxSpMiddle", "MsoNormal", "MsoListContinue"])
def test_of_a_page_by_word_or_a_mail_by_outlook(tmp_path: Path, kind: str) -> None:
    first, second = (
        ITEM.format(kind="MsoListParagraph", n=n, words=words) for n, words in ((1, "Първа"), (2, "Втора"))
    )
    page = (
        f"<h1>Списък</h1>{first}<p class={kind} style='margin-left:36.0pt'>Още за първата</p>{second}"
        "<p class=MsoNormal>Край.</p>"
    )
    assert article(import_file(tmp_path, written(tmp_path, "a.html", page))).endswith(CONTINUED)


def test_of_a_page_by_google_docs(tmp_path: Path) -> None:
    page = (
        "<style>.lst-kix_a-0>li:before{content:'' counter(lst-ctn-kix_a-0,decimal) '. '}"
        ".c5{margin-left:36pt}</style><h1>Списък</h1>"
        "<ol class='lst-kix_a-0 start' start='1'><li class='c5'>Първа</li></ol>"
        "<p class='c5'>Още за първата</p>"
        "<ol class='lst-kix_a-0' start='2'><li class='c5'>Втора</li></ol><p>Край.</p>"
    )
    assert article(import_file(tmp_path, written(tmp_path, "a.html", page))).endswith(CONTINUED)


def test_of_plain_text_by_its_indent(tmp_path: Path) -> None:
    text = "Списък\n\n- едно\n- две,\n  и още\n\n  Още за две.\n- три\n\nКрай.\n"
    assert article(import_file(tmp_path, written(tmp_path, "a.txt", text))).endswith(
        "- едно\n\n- две, и още\n\n  Още за две.\n\n- три\n\nКрай.\n"
    )
