"""What stands above, below or in a face of its own is written out: formulas, readings, capitals."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.importing.formats.odf_hidden import without_hidden
from pipeline.importing.html.page import read_page
from pipeline.importing.model.inlines import words_in
from pipeline.importing.word.reading import days_of_conversion, read_word
from pipeline.models.text import Paragraph, Table
from tests.importing.by_rule.word_writing import WordFile, paragraph, run
from tests.importing.helpers import article, codes, import_file, written

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.importing.model.incoming_text import IncomingText


def of_page(body: str) -> IncomingText:
    return read_page(f"<!DOCTYPE html><body>{body}</body>", "a.html")


def words(read: IncomingText) -> str:
    return " ".join(words_in(each.children) for each in read.blocks if isinstance(each, Paragraph))


@pytest.mark.parametrize(
    ("ruby", "said"),
    [
        ("<ruby>北京<rt>Пекин</rt></ruby>", "北京 (Пекин)"),
        ("<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>", "漢 (かん)字 (じ)"),
        ("<ruby>北京<rt><b>Пекин</b></rt></ruby>", "北京 (Пекин)"),
        ("<ruby>北京<rp>[</rp><rt>Пекин</rt><rp>]</rp></ruby>", "北京[Пекин]"),
    ],
)
def test_a_reading_above_words_of_a_page_stands_in_parentheses_behind_them(ruby: str, said: str) -> None:
    assert words(of_page(f"<p>Град {ruby} край.</p>")) == f"Град {said} край."


MATHML: Final = {
    "<mfrac><mn>1</mn><mn>2</mn></mfrac>": "1/2",
    "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>": "(a+b)/2",
    "<msup><mi>x</mi><mn>2</mn></msup>": "x²",
    "<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi>": "H₂O",
    "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>": "x₁²",
    "<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>": "√(a+b)",
    "<mroot><mi>a</mi><mn>3</mn></mroot>": "∛a",
    "<semantics><mrow><mi>a</mi></mrow><annotation>TeX</annotation></semantics>": "a",
}


@pytest.mark.parametrize("formula", MATHML)
def test_a_formula_of_a_page_is_written_on_the_line(formula: str) -> None:
    read = of_page(f'<p>Тук <math xmlns="http://www.w3.org/1998/Math/MathML">{formula}</math>, край.</p>')
    assert words(read) == f"Тук {MATHML[formula]}, край."
    assert not read.findings


def test_a_whole_number_and_the_fraction_behind_it_stay_two() -> None:
    assert (
        words(of_page("<p>Смес 3<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> кг</p>")) == "Смес 3 1/2 кг"
    )


def test_a_formula_that_no_line_can_say_is_listed() -> None:
    formula = "<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>"
    read = of_page(f"<p>Тук <math>{formula}</math> край.</p>")
    assert [each.code for each in read.findings] == ["W515"]


OMML: Final = {
    "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>": "1/2",
    "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>": "x²",
    "<m:rad><m:radPr><m:degHide/></m:radPr><m:deg/><m:e><m:r><m:t>16</m:t></m:r></m:e></m:rad>": "√16",
    "<m:d><m:e><m:r><m:t>a</m:t></m:r></m:e></m:d>": "(a)",
    "<m:r><m:t>S = ab</m:t></m:r>": "S = ab",
}


@pytest.mark.parametrize("formula", OMML)
def test_a_formula_of_word_is_written_on_the_line(formula: str) -> None:
    body = paragraph(run("Тук ") + f"<m:oMath>{formula}</m:oMath>" + run(", край."))
    read = read_word(WordFile(body).data(), "a.docx")
    assert words(read) == f"Тук {OMML[formula]}, край."
    assert not read.findings


def test_a_formula_of_word_that_no_line_can_say_is_listed(tmp_path: Path) -> None:
    formula = "<m:oMath><m:nary><m:sub/><m:sup/><m:e><m:r><m:t>думавсума</m:t></m:r></m:e></m:nary></m:oMath>"
    file = WordFile(paragraph(run("Тук ") + formula))
    imported = import_file(tmp_path, written(tmp_path, "a.docx", file.data()))
    assert codes(imported) == ["W500"]


SPACES: Final = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def open_document(body: str, **parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(
            "content.xml", f"<office:document {SPACES}><text:p>{body}</text:p></office:document>"
        )
        for name, content in parts.items():
            package.writestr(f"{name}/content.xml", content)
    return target.getvalue()


def content_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("content.xml").decode()


def test_the_day_of_a_field_of_an_opendocument_text_stays_that_of_the_file() -> None:
    body = 'На <text:date text:date-value="2024-05-05" text:fixed="false">5.5.2024</text:date>, <text:time/>'
    content = content_of(without_hidden(open_document(body), "a.odt").data)
    assert "На <text:span>5.5.2024</text:span>, <text:span/>" in content


def test_a_formula_of_an_opendocument_text_is_written_on_the_line() -> None:
    frame = '<draw:frame draw:name="a"><draw:object xlink:href="./Object 1"/></draw:frame>'
    formula = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><msup><mi>x</mi><mn>2</mn></msup><mo>&lt;</mo>'
        "<mfrac><mn>1</mn><mn>2</mn></mfrac></math>"
    )
    data = open_document(f"Тук {frame} край", **{"Object 1": formula})
    assert "Тук <text:span>x²&lt;1/2</text:span> край" in content_of(without_hidden(data, "a.odt").data)
    chart = open_document(f"Тук {frame} край", **{"Object 1": "<chart/>"})
    assert without_hidden(chart, "a.odt").data == chart


def test_a_day_that_the_conversion_made_that_of_today_is_told() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE \\@ "d.M" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1.12</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    told = days_of_conversion(WordFile(paragraph(run("На ") + field)).data(), "a.rtf")
    assert [(each.code, dict(each.values)["found"]) for each in told] == [("W532", "1.12")]
    other = field.replace("DATE", "PAGE")
    assert not days_of_conversion(WordFile(paragraph(run("На ") + other)).data(), "a.rtf")


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        (run("сзо", "<w:caps/>"), "СЗО"),
        (run("Иван Петров", "<w:caps/>"), "Иван Петров"),
        (run("Уважаеми ко", "<w:caps/>") + run("леги", "<w:caps/>"), "Уважаеми колеги"),
        (run("xix", "<w:smallCaps/>") + run(" век"), "XIX век"),
        (run("дума", "<w:smallCaps/>"), "дума"),
    ],
)
def test_capitals_that_a_face_makes_are_written_where_words_have_none(runs: str, said: str) -> None:
    assert words(read_word(WordFile(paragraph(runs)).data(), "a.docx")) == said


@pytest.mark.parametrize(
    "tab",
    [
        "<span style='mso-tab-count:1'>      </span>",
        "<span style='mso-tab-count:1 dotted'>..... </span>",
        "&nbsp;&nbsp;&nbsp;&nbsp; ",
    ],
)
def test_words_of_a_page_parted_as_by_tabs_are_a_table(tab: str) -> None:
    rows = ("19:00", "Концерт"), ("20:30", "Театър"), ("22:00", "Закриване")
    read = of_page("".join(f"<p>{tab.join(row)}</p>\n" for row in rows))
    table = read.blocks[0]
    assert isinstance(table, Table)
    assert [tuple(map(words_in, row)) for row in table.rows] == list(rows)


def test_white_space_of_a_page_parts_nothing() -> None:
    rows = ("19:00", "Концерт"), ("20:30", "Театър"), ("22:00", "Закриване")
    white = "    \t\t   "
    read = of_page("".join(f"<p>{white.join(row)}</p>" for row in rows))
    assert [type(each) for each in read.blocks] == [Paragraph, Paragraph, Paragraph]


@pytest.mark.parametrize("result", [run("«Име»"), run("«") + run("Име") + run("»")])
def test_a_field_that_no_letter_was_merged_with_is_a_prompt(tmp_path: Path, result: str) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> MERGEFIELD Име </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    file = WordFile(paragraph(run("Уважаеми ") + field + run(", елате на срещата!")))
    imported = import_file(tmp_path, written(tmp_path, "a.docx", file.data()))
    assert codes(imported) == ["W531"]
    merged = WordFile(paragraph(run("Уважаема ") + field.replace(result, run("Петя")) + run("!")))
    assert words(read_word(merged.data(), "a.docx")) == "Уважаема Петя!"


@pytest.mark.parametrize(
    ("written_as", "target"),
    [
        ("https://example.org/file name.pdf", "https://example.org/file%20name.pdf"),
        ("https://example.org/a\n   b", "https://example.org/ab"),
        ("https://example.org/а б?x=1", "https://example.org/%D0%B0%20%D0%B1?x=1"),
        ("https://example.org/а%20б", "https://example.org/%D0%B0%20%D0%B1"),
        (" https: //example.org/a ", "https://example.org/a"),
        ("mailto: ivan@example.org", "mailto:ivan@example.org"),
    ],
)
def test_a_space_within_an_address_is_kept_as_browsers_send_it(
    tmp_path: Path, written_as: str, target: str
) -> None:
    page = f'<h1>Зелени умения</h1><p>Ето <a href="{written_as}">връзка</a> тук.</p>'
    imported = import_file(tmp_path, written(tmp_path, "a.html", page))
    assert f"[връзка]({target})" in article(imported)
    assert codes(imported) == []


OFFICE: Final = (
    '<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/></head><body>'
    '<div title="header"><p>Горен колонтитул</p></div><h1>Зелени умения</h1><p>Текст<!-- Провери --> тук.</p>'
    "<p>19:00\tКонцерт</p><p>20:30\tТеатър</p><p>22:00\tЗакриване</p>"
    '<div title="footer"><p>Стр. 1</p></div></body></html>'
)


def test_heads_of_pages_and_remarks_in_a_page_of_libreoffice_are_listed(tmp_path: Path) -> None:
    imported = import_file(tmp_path, written(tmp_path, "a.html", OFFICE))
    assert "title: Зелени умения\n---\nТекст тук.\n" in article(imported)
    assert "| 20:30 | Театър |" in article(imported)
    assert sorted(codes(imported)) == ["W502", "W506", "W506"]


def test_in_a_page_of_another_program_these_are_words(tmp_path: Path) -> None:
    page = OFFICE.replace("LibreOffice 7.4.7.2 (Linux)", "Hugo 0.1")
    imported = import_file(tmp_path, written(tmp_path, "a.html", page))
    assert "Горен колонтитул" in article(imported)
    assert codes(imported) == []


@pytest.mark.parametrize("sign", ["i", "XIV", "a)", "*", "[б]"])
def test_the_sign_of_a_note_of_a_page_is_no_letter_of_its_words(tmp_path: Path, sign: str) -> None:
    page = (
        f'<h1>Зелени умения</h1><p>Текст<a name="r1" href="#n1">{sign}</a>, <a href="#r9">в</a> края.</p>'
        f'<div id="d1"><p><a name="n1" href="#r1">{sign}</a>Думи на бележката.</p></div>'
    )
    imported = import_file(tmp_path, written(tmp_path, "a.html", page))
    assert "[^1]: Думи на бележката.\n" in article(imported)
    assert "Текст[^1], в края." in article(imported)


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ('м<span style="vertical-align:super">2</span>', "м²"),
        ('м<span class="up">2</span>', "м²"),
        ('CO<span style="vertical-align: sub">2</span>', "CO₂"),
        ('<span style="text-transform: uppercase">сзо</span>', "СЗО"),
        ('<span style="text-transform: uppercase">Иван</span>', "Иван"),
        ('<span style="font-variant: small-caps">xix</span> век', "XIX век"),
        ('<span style="font-variant: small-caps">дума</span>', "дума"),
    ],
)
def test_what_the_style_of_a_page_raises_or_sets_in_capitals_is_written_so(markup: str, said: str) -> None:
    read = of_page(f"<style>.up {{ vertical-align: super }}</style><p>Тук {markup}</p>")
    assert words(read) == f"Тук {said}"


def test_remarks_in_a_page_of_word_are_listed_with_their_marks_taken_off(tmp_path: Path) -> None:
    page = (
        "<h1>Зелени умения</h1><p>Текст тук"
        '<a class=msocomanchor id="_anchor_1" href="#_msocom_1">[ИП1]</a>.</p>'
        "<div style='mso-element:comment-list'><div style='mso-element:comment'><p><a name=\"_msocom_1\"></a>"
        "[ИП1] Провери това</p></div></div>"
    )
    imported = import_file(tmp_path, written(tmp_path, "a.html", page))
    assert "---\nТекст тук.\n" in article(imported)
    assert "ИП1" not in article(imported)
    assert codes(imported) == ["W502"]
