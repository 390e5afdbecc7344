"""A Word file means in the draft what it means in print: its numbers, hidden words, signs, cut pictures."""

from __future__ import annotations

import io
import itertools
import zipfile
from typing import TYPE_CHECKING

import pytest
from mammoth.docx.dingbats import dingbats
from PIL import Image

from pipeline.importing.model.numerals import numeral
from pipeline.importing.model.signs import is_settable, plain_signs
from pipeline.importing.model.symbol_fonts import sign_of
from pipeline.page.fallback_faces import SHIPPED
from pipeline.typography.fonts import coverage
from tests.importing.by_rule.judging import fault_of_word_file, labels_in_draft, same_label
from tests.importing.by_rule.libreoffice import is_installed, printed_labels
from tests.importing.by_rule.word_lists import list_files
from tests.importing.by_rule.word_parts import colours, part_files
from tests.importing.by_rule.word_writing import WordFile, paragraph, run
from tests.importing.helpers import article, codes, findings_text, import_file, written
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path


def level(at: int, form: str, label: str, further: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{further}'
        f'<w:lvlText w:val="{label}"/></w:lvl>'
    )


def numbered(levels: str, *further: str) -> str:
    lists = (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{override}</w:num>'
        for number, override in enumerate(("", *further), 1)
    )
    return f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{"".join(lists)}'


def item(words: str, at: int = 0, number: int = 1) -> str:
    return paragraph(run(words), f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


def imported_text(tmp_path: Path, file: WordFile) -> str:
    return article(import_file(tmp_path, written(tmp_path, "file.docx", file.data()))).partition("---\n")[2]


POINTS = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2.") + level(2, "lowerLetter", "%3)")


class TestNumbers:
    def test_a_list_goes_on_after_a_paragraph(self, tmp_path: Path) -> None:
        body = item("първо") + item("второ") + paragraph(run("Между тях.")) + item("трето")
        text = imported_text(tmp_path, WordFile(body, numbering=numbered(POINTS)))
        assert text.endswith("1. първо\n2. второ\n\nМежду тях.\n\n3. трето\n")

    def test_a_point_that_is_referred_to_keeps_its_number(self, tmp_path: Path) -> None:
        body = "".join((item("а"), item("б"), item("в"), item("подточка", 1), item("буква", 2)))
        body += paragraph(run("Виж по т. 3.1."))
        text = imported_text(tmp_path, WordFile(body, numbering=numbered(POINTS)))
        assert "3. в\n\n   3.1. подточка\n\n   a) буква\n" in text
        assert "по т. 3.1." in text

    def test_a_list_restarts_where_it_says_so(self, tmp_path: Path) -> None:
        override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'
        body = (
            item("а") + item("б") + paragraph(run("Друг списък.")) + item("в", number=2) + item("г", number=2)
        )
        text = imported_text(tmp_path, WordFile(body, numbering=numbered(POINTS, override)))
        assert text.endswith("4. в\n5. г\n")

    def test_numbers_that_begin_again_are_a_list_of_their_own(self, tmp_path: Path) -> None:
        override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        body = item("а") + item("б") + item("в", number=2)
        text = imported_text(tmp_path, WordFile(body, numbering=numbered(POINTS, override)))
        assert text.endswith("1. а\n2. б\n\n<!-- -->\n\n1. в\n")

    def test_a_level_without_a_parent_makes_no_empty_item(self, tmp_path: Path) -> None:
        levels = level(0, "decimal", "%1.") + level(1, "bullet", "•")
        body = item("дълбоко", 1) + item("и това", 1) + item("горе")
        text = imported_text(tmp_path, WordFile(body, numbering=numbered(levels)))
        assert "- дълбоко\n- и това\n" in text
        assert "- - " not in text

    def test_a_numbered_heading_keeps_its_number(self, tmp_path: Path) -> None:
        styles = (
            '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr>'
            '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        )
        body = "".join(paragraph(run(words), '<w:pStyle w:val="H2"/>') for words in ("Цели", "Срокове"))
        levels = level(0, "upperRoman", "%1.", '<w:pStyle w:val="H2"/>')
        text = imported_text(tmp_path, WordFile(body, styles, numbered(levels)))
        assert "## I. Цели\n\n## II. Срокове" in text

    def test_legal_numbers_restarts_and_unknown_forms_follow_the_standard(self, tmp_path: Path) -> None:
        levels = (
            level(0, "upperRoman", "%1.")
            + level(1, "lowerLetter", "%1.%2.", "<w:isLgl/>")
            + level(2, "chineseCounting", "%3.", '<w:lvlRestart w:val="0"/>')
        )
        body = "".join((item("а"), item("б", 1), item("в", 2), item("г"), item("д", 2)))
        file = written(tmp_path, "f.docx", WordFile(body, numbering=numbered(levels)).data())
        imported = import_file(tmp_path, file)
        text = article(imported)
        assert all(words in text for words in ("I. а", "1.1. б", "1. в", "II. г", "2. д"))
        assert "W527" in codes(imported)

    @pytest.mark.parametrize(
        ("number", "form", "text"),
        [
            (4, "upperRoman", "IV"),
            (1999, "lowerRoman", "mcmxcix"),
            (28, "lowerLetter", "bb"),
            (3, "russianLower", "в"),
            (7, "decimalZero", "07"),
            (7, "001, 002, 003, ...", "007"),
            (2, "none", ""),
            (2, "hindiVowels", None),
        ],
    )
    def test_numerals_are_written_as_their_form_says(self, number: int, form: str, text: str | None) -> None:
        assert numeral(number, form) == text

    @pytest.mark.skipif(not is_installed(), reason="LibreOffice is not installed here")
    def test_libreoffice_prints_the_same_numbers(self, tmp_path: Path) -> None:
        files = list(itertools.islice(list_files(), 12))
        wanted = printed_labels(files)
        for file in files:
            imported = import_file(tmp_path / file.name, written(tmp_path / file.name, file.name, file.data))
            ours = labels_in_draft(article(imported), file.words)
            pairs = zip(ours, wanted[file.name], strict=True)
            assert [pair for pair in pairs if not same_label(*pair)] == [], file.name


class TestWordFilesByRule:
    @pytest.mark.parametrize("at", range(8))
    def test_each_is_placed_or_listed(self, tmp_path: Path, at: int) -> None:
        tried = list(part_files())[at::16]
        faults = [fault_of_word_file(tmp_path / str(number), file) for number, file in enumerate(tried)]
        assert len(tried) > 10
        assert [fault for fault in faults if fault] == []


class TestCroppedPictures:
    @pytest.mark.parametrize(("side", "colour"), [("l", (0, 160, 0)), ("r", (200, 0, 0))])
    def test_nothing_that_was_cut_away_comes_with_the_picture(
        self, tmp_path: Path, side: str, colour: tuple[int, int, int]
    ) -> None:
        name = f"cropped JPEG {'green' if side == 'l' else 'red'}"
        file = next(each for each in part_files() if each.name == name)
        imported = import_file(tmp_path, written(tmp_path, "f.docx", file.data))
        (path,) = (imported.folder / "images").iterdir()
        with Image.open(path) as image:
            assert image.size == (40, 40)
            pixel = image.convert("RGB").getpixel((20, 20))
        assert isinstance(pixel, tuple)
        assert all(abs(got - wanted) < 12 for got, wanted in zip(pixel, colour, strict=True))
        assert imported.report.share == 1.0

    def test_a_picture_that_cannot_be_cut_is_told(self, tmp_path: Path) -> None:
        drawing = (
            '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="p"><pic:pic><pic:blipFill>'
            '<a:blip r:embed="rId1"/><a:srcRect t="20000"/></pic:blipFill></pic:pic></a:graphicData>'
            "</a:graphic></wp:inline></w:drawing></w:r>"
        )
        svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
        relations = [("image", "media/d.svg", False)]
        body = paragraph(run("Рисунка: ") + drawing)
        file = WordFile(body, relations=relations, parts={"word/media/d.svg": svg})
        assert "W526" in codes(import_file(tmp_path, written(tmp_path, "f.docx", file.data())))

    def test_a_thumbnail_of_the_whole_does_not_come_with_the_part(self, tmp_path: Path) -> None:
        with Image.open(io.BytesIO(colours("JPEG"))) as image:
            exif = image.getexif()
            exif[315], exif[271] = "Maria", "Camera"
            held = io.BytesIO()
            image.save(held, "JPEG", exif=exif)
        name = "cropped JPEG green"
        source = next(each for each in part_files() if each.name == name).data
        changed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(changed, "w") as new:
            for entry in old.infolist():
                new.writestr(entry, held.getvalue() if entry.filename.endswith(".jpg") else old.read(entry))
        imported = import_file(tmp_path, written(tmp_path, "f.docx", changed.getvalue()))
        (path,) = (imported.folder / "images").iterdir()
        with Image.open(path) as image:
            assert dict(image.getexif()) == {315: "Maria"}


class TestSigns:
    def test_every_sign_is_one_that_the_shipped_faces_have(self) -> None:
        faces = {folder.name: sorted(folder.glob("*.ttf")) for folder in (REPOSITORY / "fonts").iterdir()}
        texts = [coverage(path) for name in ("sofia-sans", "source-serif") for path in faces[name]]
        further = [coverage(REPOSITORY / "fonts" / file) for file in SHIPPED]
        known = frozenset.intersection(*texts) | frozenset.union(*further)
        shown = {sign_of(font, code) for font, code in dingbats}
        assert [sign for sign in shown if any(ord(each) not in known for each in sign)] == []
        assert len(shown) > 200

    def test_signs_that_can_be_set_stay_those_they_are(self) -> None:
        text = "✓ да, ☐ не, ☒ ★★★☆☆ ➢ ① ❷ 5′ ♔♟ F♯ ◆◇ ▲▼ ⇒"
        assert plain_signs(text) == text
        assert plain_signs("🗸 да, 🞏 не, 🟉 🠖") == "✔ да, ⬜ не, ⭐ →"
        assert is_settable("✔⌘")
        assert not is_settable("🗸")

    def test_marks_that_nobody_sees_are_left_out_and_letters_stay_joined(self) -> None:
        assert (
            plain_signs("Тел. \u202d02 123\u202c, \u200e+359\ufeff, Ива\u200dн") == "Тел. 02 123, +359, Иван"
        )
        assert plain_signs("👩\u200d🔬 и می\u200cخواهم") == "👩\u200d🔬 и می\u200cخواهم"


def test_words_that_are_hidden_count_as_listed_and_not_as_lost(tmp_path: Path) -> None:
    body = paragraph(run("Таксата е ") + run("12 ", "<w:strike/>") + run("14 евро на 14 март."))
    imported = import_file(tmp_path, written(tmp_path, "f.docx", WordFile(body).data()))
    assert codes(imported) == ["W524"]
    assert findings_text(imported).startswith("12")
    assert "Таксата е 14 евро на 14 март." in article(imported)


def test_the_hidden_page_numbers_of_a_table_of_contents_are_one_remark(tmp_path: Path) -> None:
    body = "".join(paragraph(run(f"Глава {at} ") + run(str(at), "<w:webHidden/>")) for at in (3, 7, 12))
    imported = import_file(tmp_path, written(tmp_path, "f.docx", WordFile(body).data()))
    assert codes(imported) == ["W523"]
    assert findings_text(imported).startswith("3, 7, 12")


@pytest.mark.parametrize("is_block", [False, True])
def test_the_prompt_of_a_field_that_nobody_filled_in_is_listed(tmp_path: Path, is_block: bool) -> None:  # noqa: FBT001
    prompt = run("Щракнете тук, за да въведете дата.")

    def control(properties: str, inner: str) -> str:
        content = f"<w:p>{inner}</w:p>" if is_block else inner
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    controls = control("<w:showingPlcHdr/><w:date/>", prompt) + control("<w:date/>", run("14 март"))
    around = paragraph(run("Дата: "))
    body = around + controls if is_block else paragraph(run("Дата: ") + controls)
    imported = import_file(tmp_path, written(tmp_path, "a.docx", WordFile(body).data()))
    assert "14 март" in article(imported)
    assert "Щракнете" not in article(imported)
    assert codes(imported) == ["W531"]


@pytest.mark.parametrize(
    ("gaps", "row"),
    [
        ('<w:gridBefore w:val="1"/>', "|  | две | три |"),
        ('<w:gridAfter w:val="1"/>', "| две | три |  |"),
        ('<w:gridBefore w:val="x"/><w:gridAfter w:val="0"/>', "| две | три |  |"),
    ],
)
def test_cells_stand_below_their_heads_where_a_row_leaves_columns_out(
    tmp_path: Path, gaps: str, row: str
) -> None:
    def cells(*words: str) -> str:
        return "".join(f"<w:tc>{paragraph(run(word))}</w:tc>" for word in words)

    rows = f"<w:tr>{cells('А', 'Б', 'В')}</w:tr><w:tr><w:trPr>{gaps}</w:trPr>{cells('две', 'три')}</w:tr>"
    data = WordFile(f"<w:tbl>{rows}</w:tbl>").data()
    assert row in article(import_file(tmp_path, written(tmp_path, "a.docx", data)))


def test_raised_and_lowered_words_are_so_by_style_and_by_position(tmp_path: Path) -> None:
    """LibreOffice writes an index of a page as a position and a size of its own."""
    styles = (
        '<w:style w:type="character" w:styleId="Power"><w:name w:val="Power"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )
    low, high = (f'<w:position w:val="{at}"/><w:sz w:val="19"/>' for at in ("-2", "8"))
    body = paragraph(
        run("CO") + run("2", low) + run(", m") + run("3", high)
        + run(", x") + run("n", '<w:rStyle w:val="Power"/>') + run(", ")
        + run("Повдигнат ред без размер", '<w:position w:val="8"/>')
    )  # fmt: skip
    imported = import_file(tmp_path, written(tmp_path, "f.docx", WordFile(body, styles=styles).data()))
    assert "CO₂, m³, xⁿ, Повдигнат ред без размер" in article(imported)
