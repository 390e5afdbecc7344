"""Word files: all content is placed or reported."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.files.workspace import Workspace
from pipeline.importing.model.inventory import ItemType
from pipeline.importing.model.words import words_of
from pipeline.reading.issue_reader import read_issue
from tests.importing.helpers import ARRIVALS, DAY, article, codes, findings_text, import_file

if TYPE_CHECKING:
    from pathlib import Path

WORD_FILES: Final = sorted(path.name for path in ARRIVALS.glob("*.docx"))


def shown_words(data: bytes) -> set[str]:
    """Return the words of a Word file's text, found without any reader of such files."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [n for n in package.namelist() if re.fullmatch(r"word/(document|footnotes|endnotes)\.xml", n)]
        xml = " ".join(package.read(name).decode() for name in names)
    paragraphs = re.split(r"</w:p>|<w:tab/>|<w:br/>|<w:del |</w:moveFrom>", xml)
    texts = ("".join(re.findall(r"<(?:w|m):(?:t|delText)(?: [^>]*)?>([^<]*)<", each)) for each in paragraphs)
    return {word for text in texts for word in words_of(text.replace("&amp;", "&"))}


HELD: Final[dict[str, dict[ItemType, tuple[int, int]]]] = {
    "article.docx": {ItemType.PARAGRAPH: (13, 13), ItemType.LINK: (1, 1), ItemType.PICTURE: (1, 1)},
    "bulletin.docx": {ItemType.PARAGRAPH: (18, 18), ItemType.LINK: (1, 1)},
    "far.docx": {ItemType.PARAGRAPH: (2, 2), ItemType.PICTURE: (1, 0)},
    "fields.docx": {ItemType.PARAGRAPH: (7, 7)},
    "office.docx": {
        ItemType.PARAGRAPH: (16, 16),
        ItemType.CELL: (7, 7),
        ItemType.NOTE: (2, 2),
        ItemType.LINK: (2, 2),
        ItemType.PICTURE: (1, 1),
    },
    "scripts.docx": {ItemType.PARAGRAPH: (3, 3)},
    "tables.docx": {ItemType.PARAGRAPH: (2, 2), ItemType.CELL: (14, 14)},
    "tracked.docx": {ItemType.PARAGRAPH: (3, 3)},
}


@pytest.mark.parametrize("name", WORD_FILES)
class TestTheLawForWord:
    def test_counts_what_there_is(self, tmp_path: Path, name: str) -> None:
        date = None if name == "bulletin.docx" else DAY
        counts = import_file(tmp_path, ARRIVALS / name, date=date).report.counts
        assert {kind: (c.total, c.placed) for kind, c in counts.items() if c.total} == HELD[name]

    def test_every_word_is_in_the_files_or_named(self, tmp_path: Path, name: str) -> None:
        imported = import_file(tmp_path, ARRIVALS / name)
        files = [
            *imported.folder.glob("*.md"),
            imported.folder / "issue.yaml",
            tmp_path / "issues/publication.yaml",
        ]
        kept = set(words_of(" ".join(path.read_text("utf-8") for path in files)))
        listed = set(words_of(findings_text(imported)))
        # The contents are made of the sections, their numbers with them.
        made = {"съдържание", "брой", "г", "тел", "1", "2"}
        assert shown_words((ARRIVALS / name).read_bytes()) - kept - listed - made == set()

    def test_the_draft_reads_without_other_faults_than_what_pictures_lack(
        self, tmp_path: Path, name: str
    ) -> None:
        imported = import_file(tmp_path, ARRIVALS / name)
        workspace = Workspace(tmp_path)
        found = {finding.code for finding in read_issue(imported.folder, workspace).findings}
        assert found <= {"E51", "E53"}, found


class TestWord:
    def test_tracked_changes_and_remarks_are_named(self, tmp_path: Path) -> None:
        imported = import_file(tmp_path, ARRIVALS / "tracked.docx")
        assert sorted(codes(imported)) == ["W501", "W502", "W506", "W506"]
        assert "Срещата е на 6 юни преместено\n" in article(imported)
        for words in ("5 май", "Проверете датата!", "Вътрешно за редакцията", "чернова от март"):
            assert words in findings_text(imported)

    def test_a_box_comes_once_though_word_writes_it_twice(self, tmp_path: Path) -> None:
        assert article(import_file(tmp_path, ARRIVALS / "fields.docx")).count("Каре с думи") == 1

    def test_a_formula_stands_in_its_line_and_an_object_is_named(self, tmp_path: Path) -> None:
        imported = import_file(tmp_path, ARRIVALS / "fields.docx")
        assert "Формулата е E=mc\n" in article(imported)
        assert "OLE" in findings_text(imported)

    def test_lists_keep_their_levels_and_numbers(self, tmp_path: Path) -> None:
        text = article(import_file(tmp_path, ARRIVALS / "office.docx"))
        assert "- първо\n  - вложено\n  - и още едно\n- второ" in text
        assert "1. едно\n2. две" in text

    def test_merged_cells_are_parted_and_told(self, tmp_path: Path) -> None:
        imported = import_file(tmp_path, ARRIVALS / "tables.docx")
        assert "| Обучения | София \\| Прага | 10,5 |\n|  | Пирея | 20; вътре; още |" in article(imported)
        assert codes(imported) == ["W508"]

    def test_notes_are_called_where_they_were(self, tmp_path: Path) -> None:
        text = article(import_file(tmp_path, ARRIVALS / "office.docx"))
        assert "*наклонени* думи[^1] и" in text
        assert "[^1]: Бележката под линия с [връзка](https://example.org/note)." in text
        assert "[^2]: Бележка накрая." in text

    def test_a_picture_comes_with_what_is_said_of_it(self, tmp_path: Path) -> None:
        imported = import_file(tmp_path, ARRIVALS / "office.docx")
        assert '![синьо квадратче](images/picture-1.png){credit=""}' in article(imported)
        assert (imported.folder / "images/picture-1.png").read_bytes().startswith(b"\x89PNG")

    def test_a_caption_goes_with_its_picture(self, tmp_path: Path) -> None:
        text = article(import_file(tmp_path, ARRIVALS / "article.docx"))
        assert '![](images/picture-1.png "Залата преди откриването"){credit=""}' in text
        assert "- да мерим разхода на вода\n  - и на топла вода\n- да пестим" in text
        assert "Площта е 12 m²" in text

    def test_nothing_far_is_fetched(self, tmp_path: Path) -> None:
        imported = import_file(tmp_path, ARRIVALS / "far.docx")
        assert sorted(codes(imported)) == ["W505", "W514"]
        assert "file:///etc/passwd" in findings_text(imported)
        assert not (imported.folder / "images").exists()

    def test_a_bulletin_is_taken_apart(self, tmp_path: Path) -> None:
        imported = import_file(tmp_path, ARRIVALS / "bulletin.docx", date=None)
        assert imported.folder.name == "2024-03-15"
        assert imported.sections == (
            ("Проекти", ("slantse.md", "voda.md")),
            ("Събития", ("proleten-den.md", "esenen-den.md")),
        )
        assert "lead: Два проекта вървят по план." in (imported.folder / "issue.yaml").read_text("utf-8")
        assert article(imported).endswith(
            "---\n**Слънце** започва през март 2023 г. и приключва през май 2025 г. "
            "Бюджетът му е 120 хил. евро.\n\nРаботата по „Слънце“ продължава.\n"
        )
        assert "\n---\nПроектът е на 4 партньора" in article(imported, 1)
        publication = (tmp_path / "issues/publication.yaml").read_text("utf-8")
        assert 'name: "Клъстер „Зелен град“"' in publication
        assert 'phone: "+359 32 123 456"' in publication
