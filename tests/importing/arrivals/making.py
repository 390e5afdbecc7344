"""The Word files of these tests: `python -m tests.importing.arrivals.making [--libreoffice]` makes them anew.

One set is written with python-docx, to which what that library cannot write is added as XML; the other
is the same and more, made by LibreOffice out of a flat OpenDocument text. They are checked in, for a
Word file is no text that a test could compare: what they hold is told in `HELD`.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

HERE: Final = Path(__file__).parent
W: Final = nsdecls("w")


def picture(colour: str = "#0F4C64", kind: str = "PNG") -> bytes:
    """Return a small picture of one colour."""
    held = io.BytesIO()
    Image.new("RGB", (320, 200), colour).save(held, kind)
    return held.getvalue()


def whole_article() -> bytes:
    """Headings, faces, nested lists, a picture with its caption, a link, a quotation."""
    document = Document()
    document.core_properties.author = "Милена Колева"
    document.add_heading("Зелени умения за малки предприятия", 0)
    first = document.add_paragraph("Обучението събра ")
    first.add_run("двадесет").bold = True
    first.add_run(" участници от ")
    first.add_run("три").italic = True
    first.add_run(" държави; повече има на ")
    _link(first, "https://gogreenvet.eu/results", "страницата на проекта")
    first.add_run(".")
    document.add_heading("Какво научихме", 1)
    document.add_paragraph("да мерим разхода на вода", style="List Bullet")
    document.add_paragraph("и на топла вода", style="List Bullet 2")
    document.add_paragraph("да пестим * и _ и [скоби] и #знаци", style="List Bullet")
    document.add_heading("Стъпките", 2)
    for step in ("преглед", "план", "отчет"):
        document.add_paragraph(step, style="List Number")
    document.add_picture(io.BytesIO(picture()), width=Mm(60))
    document.add_paragraph("Залата преди откриването", style="Caption")
    document.add_paragraph("Знанието расте, когато се споделя.", style="Quote")
    document.add_paragraph("Площта е 12 m").add_run("2").font.superscript = True
    return _bytes(document)


def tables() -> bytes:
    """A table with cells merged across and down, one within another, and a box of one cell."""
    document = Document()
    document.add_heading("Разходи по дейности", 0)
    document.add_paragraph("Разходите са в хиляди евро.")
    table = document.add_table(rows=4, cols=3)
    texts = (
        ("Дейност", "Партньор", "Сума"),
        ("Обучения", "", "10,5"),
        ("", "Пирея", "20"),
        ("Общо", "", "30,5"),
    )
    for row, line in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 1).text = "София | Прага"
    table.cell(3, 0).merge(table.cell(3, 1))
    table.cell(0, 2).add_paragraph("хил. евро")
    inner = table.cell(2, 2).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "вътре", "още"
    box = document.add_table(rows=1, cols=1)
    box.cell(0, 0).text = "Каретата от една клетка са текст в рамка."
    return _bytes(document)


def tracked() -> bytes:
    """Text inserted, deleted and moved with changes tracked, a remark, a head and a foot of the page."""
    document = Document()
    document.add_heading("Какво се промени", 0)
    paragraph = document.add_paragraph("Срещата е на ")
    for xml in (
        f'<w:del {W} w:id="1" w:author="Иван"><w:r><w:delText>5 май </w:delText></w:r></w:del>',
        f'<w:ins {W} w:id="2" w:author="Иван"><w:r><w:t xml:space="preserve">6 юни </w:t></w:r></w:ins>',
        f'<w:moveFrom {W} w:id="3" w:author="Иван"><w:r><w:t>преместено</w:t></w:r></w:moveFrom>',
        f'<w:moveTo {W} w:id="4" w:author="Иван"><w:r><w:t>преместено</w:t></w:r></w:moveTo>',
    ):
        paragraph._p.append(parse_xml(xml))
    run = document.add_paragraph("Тук има нещо за уточняване.").runs[0]
    document.add_comment(run, text="Проверете датата!", author="Редактор", initials="Р")
    document.sections[0].header.paragraphs[0].text = "Вътрешно за редакцията"
    document.sections[0].footer.paragraphs[0].text = "чернова от март"
    return _bytes(document)


def fields_and_boxes() -> bytes:
    """Fields with their results, a text box twice over as Word writes it, breaks, a formula, an object."""
    document = Document()
    document.add_heading("Полета и карета", 0)
    paragraph = document.add_paragraph("Днес е ")
    for kind, inner in (
        ("begin", ""),
        ("", ' DATE \\@ "d.M.yyyy" '),
        ("separate", ""),
        ("text", "20.12.2023"),
        ("end", ""),
    ):
        if kind in {"begin", "separate", "end"}:
            xml = f'<w:r {W}><w:fldChar w:fldCharType="{kind}"/></w:r>'
        elif kind == "text":
            xml = f"<w:r {W}><w:t>{inner}</w:t></w:r>"
        else:
            xml = f'<w:r {W}><w:instrText xml:space="preserve">{inner}</w:instrText></w:r>'
        paragraph._p.append(parse_xml(xml))
    document.add_paragraph("Преди")._p.append(
        parse_xml(f"<w:r {W}><w:br/><w:t>след преход</w:t><w:tab/><w:t>и табулатор</w:t></w:r>")
    )
    box = (
        f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps">'
        "<w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>Каре с думи</w:t></w:r></w:p></w:txbxContent>"
        "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>"
        "<w:t>Каре с думи</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document.add_paragraph("До карето. ")._p.append(parse_xml(box))
    maths = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    document.add_paragraph("Формулата е ")._p.append(
        parse_xml(f'<m:oMath xmlns:m="{maths}"><m:r><m:t>E=mc</m:t></m:r></m:oMath>')
    )
    document.add_paragraph("Обект: ")._p.append(parse_xml(f"<w:r {W}><w:object/></w:r>"))
    return _bytes(document)


def scripts() -> bytes:
    """Runs from right to left and in Chinese and Japanese, among Bulgarian words."""
    document = Document()
    document.add_heading("Писмености", 0)
    paragraph = document.add_paragraph("На арабски: ")
    run = paragraph.add_run("مرحبا بالعالم")
    run._r.get_or_add_rPr().append(parse_xml(f"<w:rtl {W}/>"))
    paragraph.add_run(", на иврит: ")
    paragraph.add_run("שלום עולם")
    document.add_paragraph("На китайски: 欢迎来到索菲亚, на японски: ようこそ。")
    return _bytes(document)


def bulletin() -> bytes:
    """A whole bulletin: masthead, contents, numbered sections, run-in heads, closing address."""
    document = Document()
    document.add_heading("Вести от клъстера", 0)
    document.add_paragraph("Брой 7, 15.03.2024 г.")
    line = document.add_paragraph(
        "Клъстер „Зелен град“, Пловдив 4000, ул. „Гладстон“ 1, тел.: +359 32 123 456, "
    )
    _link(line, "mailto:office@zelengrad.bg", "office@zelengrad.bg")
    document.add_paragraph("Съдържание")
    for entry in ("1. Проекти", "2. Събития"):
        document.add_paragraph(entry)
    document.add_heading("1. Проекти", 1)
    document.add_paragraph("Два проекта вървят по план.")
    for number, name, rest in (
        (1, "Слънце", " започва през март 2023 г. и приключва през май 2025 г. Бюджетът му е 120 хил. евро."),
        (
            2,
            "Вода",
            ". Проектът е на 4 партньора от 3 държави – България, Гърция и Румъния. Бюджет: 90 хил. лв.",
        ),
    ):
        head = document.add_paragraph()
        head.add_run(f"{number}. {name}").bold = True
        head.add_run(rest)
        document.add_paragraph(f"Работата по „{name}“ продължава.")
    document.add_heading("2. Събития", 1)
    document.add_heading("Пролетен ден", 2)
    document.add_paragraph("Каним ви на 1 април 2024 г.")
    document.add_heading("Есенен ден", 2)
    document.add_paragraph("Датата ще бъде обявена.")
    document.add_paragraph("Клъстер „Зелен град“, Пловдив 4000, ул. „Гладстон“ 1")
    return _bytes(document)


def linked_picture() -> bytes:
    """A picture that lies elsewhere, a template from elsewhere, a metafile that no page can show."""
    document = Document()
    document.add_heading("Далечни неща", 0)
    document.add_paragraph("Снимката долу лежи другаде.")
    document.add_picture(io.BytesIO(picture("#B4430F")), width=Mm(30))
    part = document.part
    far = part.relate_to("https://example.org/far.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    blip = next(document.element.iter(qn("a:blip")))
    held = blip.get(qn("r:embed"))
    blip.set(qn("r:link"), far)
    del blip.attrib[qn("r:embed")]
    part.drop_rel(held)
    part.relate_to("file:///etc/passwd", RELATIONSHIP_TYPE.OLE_OBJECT, is_external=True)
    return _bytes(document)


PYTHON_DOCX: Final[dict[str, Callable[[], bytes]]] = {
    "article": whole_article,
    "tables": tables,
    "tracked": tracked,
    "fields": fields_and_boxes,
    "scripts": scripts,
    "bulletin": bulletin,
    "far": linked_picture,
}


def from_libreoffice(source: Path) -> bytes:
    """Return a Word file as LibreOffice makes it of a text of its own."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(source, folder)
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to"]
        made = Path(folder) / source.with_suffix(".docx").name
        subprocess.run(
            [*command, "docx:MS Word 2007 XML", source.name], cwd=folder, check=True, capture_output=True
        )
        return made.read_bytes()


def changed(data: bytes, parts: dict[str, bytes]) -> bytes:
    """Return a package with parts replaced or added."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry, old.read(entry))
        for name, content in parts.items():
            new.writestr(name, content)
    return held.getvalue()


def _link(paragraph: Any, target: str, words: str) -> None:
    number = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    space = nsdecls("w", "r")
    paragraph._p.append(
        parse_xml(f'<w:hyperlink {space} r:id="{number}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>')
    )


def _bytes(document: Any) -> bytes:
    document.styles.add_style("Unused", WD_STYLE_TYPE.PARAGRAPH)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


if __name__ == "__main__":
    for name, make in PYTHON_DOCX.items():
        (HERE / f"{name}.docx").write_bytes(make())
    if "--libreoffice" in sys.argv:
        for source in sorted(HERE.glob("*.fodt")):
            source.with_suffix(".docx").write_bytes(from_libreoffice(source))
