"""What comes in: nothing vanishes, whatever it came as; what was edited since is kept; attacks are named."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.desk.intake.importing import Imported, import_files
from pipeline.files.workspace import Workspace
from pipeline.files.yaml_nodes import Source
from pipeline.findings.finding import BulletinError
from pipeline.importing.accounting import report_placement
from pipeline.importing.draft.file_names import stem_of
from pipeline.importing.draft.markdown_writer import MarkdownWriter
from pipeline.importing.incoming.pieces import FlatRun, Paragraph, PieceType, words_of
from pipeline.importing.incoming.web_page import read_page
from pipeline.importing.languages import language_of
from pipeline.importing.merging import RECORD, merge
from pipeline.models.text import Code, LineBreak, Run
from pipeline.models.tree import nodes_of
from pipeline.reading.issue_reader import read_issue
from pipeline.reading.markdown.manuscript import read_manuscript
from tests.conftest import REPOSITORY, run_bulletin
from tests.importing.arrivals.making import changed, picture
from tests.support.paths import SEED

if TYPE_CHECKING:
    from collections.abc import Iterator

ARRIVALS: Final = Path(__file__).with_name("arrivals")
WORD_FILES: Final = sorted(path.name for path in ARRIVALS.glob("*.docx"))
DAY: Final = dt.date(2024, 1, 31)
TODAY: Final = dt.date(2024, 1, 10)


def taken_in(tmp_path: Path, *files: Path, date: dt.date | None = DAY) -> Imported:
    return import_files(list(files), tmp_path, date, "bg", TODAY)


def written(tmp_path: Path, name: str, data: bytes | str) -> Path:
    path = tmp_path / "in" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def article(imported: Imported, number: int = 0) -> str:
    names = [name for _, names in imported.sections for name in names]
    return (imported.folder / names[number]).read_text("utf-8")


def codes(imported: Imported) -> list[str]:
    return [finding.code for finding in imported.findings]


def said(imported: Imported) -> str:
    return "\n".join(value for finding in imported.findings for _, value in finding.values)


# the seed


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not SEED.exists():
        pytest.skip("the office's own bulletin is not kept with the code")
    root = tmp_path_factory.mktemp("seeded")
    came = run_bulletin("--language", "bg", "import", str(SEED), "--date", "2023-12-20", cwd=root)
    assert came.returncode == 0, came.stderr
    assert "думи: дойдоха" in came.stdout
    assert "100 %" in came.stdout
    assert "не е поставен" not in came.stdout
    return root


class TestTheOfficesOwnBulletin:
    def test_is_recognised_whole(self, seeded: Path) -> None:
        workspace = Workspace(seeded)
        reading = read_issue(workspace.issues / "2023-12-20", workspace)
        issue = reading.issue
        assert issue is not None, reading.findings
        assert (issue.number, issue.date.isoformat()) == (2, "2023-12-20")
        assert issue.greeting == "ДА БЪДЕ ЧЕСТИТА И УСПЕШНА НОВАТА 2024!"
        assert [section.title for section in issue.sections] == [
            "Проекти в изпълнение",
            "Стартиращи нови проекти",
            "Клъстерни инициативи",
            "Участие в изложения",
        ]
        projects = [a.head.title for a in issue.articles if a.head.kind == "project"]
        assert projects == ["XD Media Hub", "GO GREEN", "DEGREBE", "Digiskill-retail", "INVESTech"]
        publisher = issue.publication.publisher
        assert publisher.name == "Клъстер София град на знанието"
        assert publisher.address == "София 1000, ул. Цар Калоян 8, ет.2, офис 11-12"
        assert publisher.email == "office@knowledgesofia.eu"

    def test_offers_facts_with_their_sentences_and_sets_none(self, seeded: Path) -> None:
        text = (seeded / "issues/2023-12-20/xd-media-hub.md").read_text("utf-8")
        front = text.split("\n---", maxsplit=1)[0]
        assert "# budget: {total: 294500 EUR, share: 42500 EUR}" in front
        assert "# „Проектът е с бюджет от 294,5 хил. евро в т.ч. 42.5 хил. евро за клъстера.“" in front
        assert "# partners: {organisations: 7, countries: [BG, ES, IE, PT, NL]}" in front
        assert "# period: {end: 2024-01}" in front
        assert [line for line in front.splitlines() if not line.startswith("#")] == [
            "---",
            "kind: project",
            "title: XD Media Hub",
        ]

    def test_every_offered_fact_is_one_the_model_takes(self, seeded: Path, tmp_path: Path) -> None:
        root = tmp_path / "w"
        shutil.copytree(seeded / "issues", root / "issues")
        for path in (root / "issues/2023-12-20").glob("*.md"):
            text = re.sub(r"^# (\w+: )", r"\1", path.read_text("utf-8"), flags=re.MULTILINE)
            path.write_text(text, "utf-8")
        workspace = Workspace(root)
        reading = read_issue(workspace.issues / "2023-12-20", workspace)
        assert reading.issue is not None, reading.findings

    def test_all_its_words_are_in_the_pdf_in_their_order(self, seeded: Path) -> None:
        built = run_bulletin("build", "--edition", "screen", cwd=seeded)
        assert built.returncode == 0, built.stderr
        pdf = seeded / "out/2023-12-20/bulletin-2023-12-20.pdf"
        whole = subprocess.run(
            ["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True
        ).stdout
        # Heads and feet of the pages lie outside; a word may be parted over two pages.
        command = ["pdftotext", *["-x", "0", "-y", "60", "-W", "596", "-H", "712"], str(pdf), "-"]
        shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        body = SEED.read_text("utf-8").partition("### 1. Проекти в изпълнение")
        text, _, closing = "".join(body[1:]).partition("**CLUSTER SOFIA**")
        # What the page makes by itself: numbers of projects, and addresses without their markup.
        text = re.sub(r"^(\*\*)\d\. ", r"\1", text, flags=re.MULTILINE)
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
        wanted, there = folded(text), folded(shown)
        assert len(wanted) > 1500
        rest = iter(there)
        assert [word for word in wanted if word not in rest] == []
        assert len(there) < len(wanted) + 200
        for line in (
            "Клъстер София град на знанието",
            "CLUSTER SOFIA KNOWLEDGE CITY",
            "www.knowledgesofia.eu",
        ):
            assert " ".join(folded(line)) in " ".join(folded(whole))
        assert "CLUSTER" not in closing

    def test_is_asked_about_as_an_editor_would(self, seeded: Path) -> None:
        asked = run_bulletin("--language", "en", "check", "--json", cwd=seeded)
        found = {(each["code"], each["message"]) for each in json.loads(asked.stdout)}
        for code, words in (
            ("W400", ("Филипков", "Филипов")),
            ("W411", ("ще участват",)),
            ("W402", ("Холандия", "Нидерландия")),
            ("W402", ("XD Media HUB", "XD Media Hub")),
            ("W421", ("преведе",)),
        ):
            assert [m for c, m in found if c == code and all(word in m for word in words)], (code, words)
        assert len([code for code, _ in found if code.startswith("W4")]) < 12

    def test_its_typewriter_signs_are_found_and_mended_once(self, seeded: Path, tmp_path: Path) -> None:
        root = tmp_path / "w"
        shutil.copytree(seeded / "issues", root / "issues")
        first = run_bulletin("check", "--fix", "--no-spelling", cwd=root)
        for mended in ("42,5 хил.", "16 – 17 ноември", "Еразъм+", "експерти – членове", "13 – 15 ноември"):
            assert mended in first.stdout or mended == "Еразъм+", mended
        second = run_bulletin("check", "--fix", "--no-spelling", cwd=root)
        assert "  + " not in second.stdout
        assert "W403" not in second.stdout

    def test_a_count_that_no_longer_fits_the_list_is_asked_about(self, seeded: Path, tmp_path: Path) -> None:
        root = tmp_path / "w"
        shutil.copytree(seeded / "issues", root / "issues")
        plan = root / "issues/2023-12-20/issue.yaml"
        plan.write_text(plan.read_text("utf-8").replace("      - degrebe.md\n", ""), "utf-8")
        asked = run_bulletin("--language", "bg", "check", "--no-spelling", cwd=root)
        assert "ЧЕТИРИ проекта" in asked.stdout
        assert "W410" in asked.stdout


def folded(text: str) -> list[str]:
    """Return the words of a text; a hyphen between letters, or at a line's end, joins them."""
    joined = re.sub(r"(?<=[^\W\d])[-\u00ad\u2010]\s*\n?(?=[^\W\d])", "", text.replace("\u00ad", ""))
    return words_of(joined.replace("\\", ""))


# Word


def shown_words(data: bytes) -> set[str]:
    """Return the words of a Word file's text, found without any reader of such files."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [n for n in package.namelist() if re.fullmatch(r"word/(document|footnotes|endnotes)\.xml", n)]
        xml = " ".join(package.read(name).decode() for name in names)
    paragraphs = re.split(r"</w:p>|<w:tab/>|<w:br/>|<w:del |</w:moveFrom>", xml)
    texts = ("".join(re.findall(r"<(?:w|m):(?:t|delText)(?: [^>]*)?>([^<]*)<", each)) for each in paragraphs)
    return {word for text in texts for word in words_of(text.replace("&amp;", "&"))}


HELD: Final[dict[str, dict[PieceType, tuple[int, int]]]] = {
    "article.docx": {PieceType.PARAGRAPH: (13, 13), PieceType.LINK: (1, 1), PieceType.PICTURE: (1, 1)},
    "bulletin.docx": {PieceType.PARAGRAPH: (18, 18), PieceType.LINK: (1, 1)},
    "far.docx": {PieceType.PARAGRAPH: (2, 2), PieceType.PICTURE: (1, 0)},
    "fields.docx": {PieceType.PARAGRAPH: (7, 6)},
    "office.docx": {
        PieceType.PARAGRAPH: (16, 16),
        PieceType.CELL: (7, 7),
        PieceType.NOTE: (2, 2),
        PieceType.LINK: (2, 2),
        PieceType.PICTURE: (1, 1),
    },
    "scripts.docx": {PieceType.PARAGRAPH: (3, 3)},
    "tables.docx": {PieceType.PARAGRAPH: (2, 2), PieceType.CELL: (14, 14)},
    "tracked.docx": {PieceType.PARAGRAPH: (3, 3)},
}


@pytest.mark.parametrize("name", WORD_FILES)
class TestTheLawForWord:
    def test_counts_what_there_is(self, tmp_path: Path, name: str) -> None:
        date = None if name == "bulletin.docx" else DAY
        counts = taken_in(tmp_path, ARRIVALS / name, date=date).account.counts
        assert {kind: (c.came, c.placed) for kind, c in counts.items() if c.came} == HELD[name]

    def test_every_word_is_in_the_files_or_named(self, tmp_path: Path, name: str) -> None:
        imported = taken_in(tmp_path, ARRIVALS / name)
        files = [
            *imported.folder.glob("*.md"),
            imported.folder / "issue.yaml",
            tmp_path / "issues/publication.yaml",
        ]
        kept = set(words_of(" ".join(path.read_text("utf-8") for path in files)))
        listed = set(words_of(said(imported)))
        # The contents are made of the sections, their numbers with them.
        made = {"съдържание", "брой", "г", "тел", "1", "2"}
        assert shown_words((ARRIVALS / name).read_bytes()) - kept - listed - made == set()

    def test_the_draft_reads_without_other_faults_than_what_pictures_lack(
        self, tmp_path: Path, name: str
    ) -> None:
        imported = taken_in(tmp_path, ARRIVALS / name)
        workspace = Workspace(tmp_path)
        found = {finding.code for finding in read_issue(imported.folder, workspace).findings}
        assert found <= {"E51", "E53"}, found


class TestWord:
    def test_tracked_changes_and_remarks_are_named(self, tmp_path: Path) -> None:
        imported = taken_in(tmp_path, ARRIVALS / "tracked.docx")
        assert sorted(codes(imported)) == ["W501", "W502", "W506", "W506"]
        assert "Срещата е на 6 юни преместено\n" in article(imported)
        for words in ("5 май", "Проверете датата!", "Вътрешно за редакцията", "чернова от март"):
            assert words in said(imported)

    def test_a_box_comes_once_though_word_writes_it_twice(self, tmp_path: Path) -> None:
        assert article(taken_in(tmp_path, ARRIVALS / "fields.docx")).count("Каре с думи") == 1

    def test_a_formula_and_an_object_are_named(self, tmp_path: Path) -> None:
        imported = taken_in(tmp_path, ARRIVALS / "fields.docx")
        assert "E=mc" in said(imported)
        assert "OLE" in said(imported)

    def test_lists_keep_their_levels_and_numbers(self, tmp_path: Path) -> None:
        text = article(taken_in(tmp_path, ARRIVALS / "office.docx"))
        assert "- първо\n  - вложено\n  - и още едно\n- второ" in text
        assert "1. едно\n2. две" in text

    def test_merged_cells_are_parted_and_told(self, tmp_path: Path) -> None:
        imported = taken_in(tmp_path, ARRIVALS / "tables.docx")
        assert "| Обучения | София \\| Прага | 10,5 |\n|  | Пирея | 20; вътре; още |" in article(imported)
        assert codes(imported) == ["W508"]

    def test_notes_are_called_where_they_were(self, tmp_path: Path) -> None:
        text = article(taken_in(tmp_path, ARRIVALS / "office.docx"))
        assert "*наклонени* думи[^1] и" in text
        assert "[^1]: Бележката под линия с [връзка](https://example.org/note)." in text
        assert "[^2]: Бележка накрая." in text

    def test_a_picture_comes_with_what_is_said_of_it(self, tmp_path: Path) -> None:
        imported = taken_in(tmp_path, ARRIVALS / "office.docx")
        assert '![синьо квадратче](images/picture-1.png){credit=""}' in article(imported)
        assert (imported.folder / "images/picture-1.png").read_bytes().startswith(b"\x89PNG")

    def test_a_caption_goes_with_its_picture(self, tmp_path: Path) -> None:
        text = article(taken_in(tmp_path, ARRIVALS / "article.docx"))
        assert '![](images/picture-1.png "Залата преди откриването"){credit=""}' in text
        assert "- да мерим разхода на вода\n  - и на топла вода\n- да пестим" in text
        assert "Площта е 12 m²" in text

    def test_nothing_far_is_fetched(self, tmp_path: Path) -> None:
        imported = taken_in(tmp_path, ARRIVALS / "far.docx")
        assert sorted(codes(imported)) == ["W505", "W514"]
        assert "file:///etc/passwd" in said(imported)
        assert not (imported.folder / "images").exists()

    def test_a_bulletin_is_taken_apart(self, tmp_path: Path) -> None:
        imported = taken_in(tmp_path, ARRIVALS / "bulletin.docx", date=None)
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


# attacks


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a>" + b" " * 50_000_000 + b"</a>")
    return held.getvalue()


def with_document(xml: str) -> bytes:
    return changed((ARRIVALS / "scripts.docx").read_bytes(), {"word/document.xml": xml.encode()})


ENTITIES: Final = (
    '<!DOCTYPE a [<!ENTITY b "' + "x" * 1000 + '"><!ENTITY c "' + "&b;" * 1000 + '">]><a>&c;</a>'
)
HOSTILE: Final[dict[str, tuple[str, bytes]]] = {
    "a bomb": ("E502", bomb()),
    "no package at all": ("E500", b"PK\x03\x04 but no more"),
    "another package": ("E500", changed((ARRIVALS / "scripts.docx").read_bytes(), {})[:-40]),
    "an old file": ("E505", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
    "broken XML": ("E503", with_document("<w:document><w:body>")),
    "entities": ("E503", with_document(ENTITIES)),
    "a file from outside": (
        "E503",
        with_document('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    ),
    "depth": ("E503", with_document("<a>" * 5000 + "</a>" * 5000)),
    "XML of another kind": ("E500", with_document('<a xmlns="urn:x"/>')),
}


class TestAttacks:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_a_hostile_file_is_named_and_nothing_is_written(self, tmp_path: Path, name: str) -> None:
        code, data = HOSTILE[name]
        path = written(tmp_path, "text.docx", data)
        with pytest.raises(BulletinError) as caught:
            taken_in(tmp_path, path)
        assert [finding.code for finding in caught.value.findings] == [code]
        assert not (tmp_path / "issues").exists()

    def test_macros_are_not_run_and_are_named(self, tmp_path: Path) -> None:
        data = changed((ARRIVALS / "scripts.docx").read_bytes(), {"word/vbaProject.bin": b"\xcc\x61macros"})
        imported = taken_in(tmp_path, written(tmp_path, "text.docm", data))
        assert codes(imported) == ["W503"]

    def test_a_file_that_is_too_large_is_not_read(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a.docx", b"")
        with path.open("wb") as file:
            file.truncate(200_000_000)
        with pytest.raises(BulletinError) as caught:
            taken_in(tmp_path, path)
        assert [finding.code for finding in caught.value.findings] == ["E506"]

    def test_neither_pipes_nor_links_out_of_a_folder_are_read(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        os.mkfifo(tmp_path / "in/pipe.docx")
        (tmp_path / "secret.txt").write_text("тайна", "utf-8")
        (tmp_path / "in/link.txt").symlink_to(tmp_path / "secret.txt")
        with pytest.raises(BulletinError) as caught:
            taken_in(tmp_path, tmp_path / "in/pipe.docx", tmp_path / "in")
        assert [finding.code for finding in caught.value.findings] == ["E89"]
        with pytest.raises(BulletinError) as caught:
            taken_in(tmp_path, tmp_path / "in")
        assert [finding.code for finding in caught.value.findings] == ["E504"]

    def test_an_empty_folder_holds_nothing_to_import(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        with pytest.raises(BulletinError) as caught:
            taken_in(tmp_path, tmp_path / "in")
        assert [finding.code for finding in caught.value.findings] == ["E504"]

    def test_pictures_alone_begin_no_issue(self, tmp_path: Path) -> None:
        with pytest.raises(BulletinError) as caught:
            taken_in(tmp_path, written(tmp_path, "a.png", picture()))
        assert [finding.code for finding in caught.value.findings] == ["E504"]
        assert not (tmp_path / "issues").exists()

    def test_every_file_that_is_wrong_is_told_at_once(self, tmp_path: Path) -> None:
        files = [written(tmp_path, "a.docx", b"x"), written(tmp_path, "b.xlsx", b"x"), tmp_path / "none.md"]
        told = run_bulletin("--language", "bg", "import", *map(str, files), cwd=tmp_path)
        assert told.returncode == 1
        for code in ("E500", "E501", "E01"):
            assert code in told.stderr
        assert "поправка" in told.stderr
        assert "Traceback" not in told.stderr

    @pytest.mark.parametrize(
        "page",
        [
            "<div>" * 200_000 + "x",
            "".join(f"<p><b title={number}>" for number in range(50_000)),
            "<table><tr><td>" * 100_000,
            "<p " + " ".join(f"a{number}" for number in range(200_000)) + ">x",
            "<table>" + "x<br>" * 200_000,
        ],
        ids=["blocks", "faces", "tables", "attributes", "texts outside cells"],
    )
    def test_html_that_would_take_hours_is_refused(self, tmp_path: Path, page: str) -> None:
        path = written(tmp_path, "deep.html", page)
        with pytest.raises(BulletinError) as caught:
            taken_in(tmp_path, path)
        assert caught.value.findings[0].code == "E500"

    def test_names_of_attachments_lead_nowhere(self, tmp_path: Path) -> None:
        mail = EmailMessage()
        mail["Subject"], mail["From"] = "Снимка", "a@example.org"
        mail.set_content("Ето снимката от деня на отворените врати.\n")
        mail.add_attachment(picture(), "image", "png", filename="../../../evil.png")
        imported = taken_in(tmp_path, written(tmp_path, "m.eml", bytes(mail)))
        assert [path.name for path in (imported.folder / "images").iterdir()] == ["evil.png"]
        assert not list(tmp_path.parent.glob("evil*"))

    def test_markdown_shows_no_file_from_outside(self, tmp_path: Path) -> None:
        (tmp_path / "secret.png").write_bytes(picture())
        imported = taken_in(tmp_path, written(tmp_path, "a.md", "# Заглавие\n\n![x](../secret.png)\n"))
        assert codes(imported) == ["W505", "W500"] or "W505" in codes(imported)
        assert not (imported.folder / "images").exists()


# HTML, mail, pictures


class TestPages:
    def test_remote_pictures_are_listed_and_scripts_are_no_text(self, tmp_path: Path) -> None:
        page = (
            "<html lang=bg><head><title>Новина</title><style>p{}</style></head><body>"
            "<h1>Новина за всички</h1>"
            "<p>Текст с <b>дума</b> и <a href='javascript:alert(1)'>бутон</a>.<script>x()</script></p>"
            "<img src='https://example.org/a.jpg' alt='зала'><svg><text>рисунка</text></svg>"
            "<p style='display:none'>скрито</p></body></html>"
        )
        imported = taken_in(tmp_path, written(tmp_path, "page.html", page))
        assert "Текст с **дума** и бутон." in article(imported)
        assert {"W500", "W505", "W507", "W515"} == set(codes(imported))
        assert "скрито" in said(imported)
        assert "x()" not in article(imported)

    def test_a_picture_within_the_page_is_kept(self, tmp_path: Path) -> None:
        data = base64.b64encode(picture()).decode()
        image = f"<img alt='стена' src='data:image/png;base64,{data}'>"
        page = f"<h1>Едно</h1><figure>{image}<figcaption>Под нея</figcaption></figure>"
        imported = taken_in(tmp_path, written(tmp_path, "page.html", page))
        assert '![стена](images/picture-1.png "Под нея"){credit=""}' in article(imported)
        assert imported.account.counts[PieceType.PICTURE].placed == 1

    def test_a_table_of_layout_is_text(self) -> None:
        page = read_page(
            "<table><tr><td><p>едно</p><table><tr><td>а</td><td>б</td></tr><tr><td>в</td><td>г</td></tr></table></td></tr></table>",
            "x",
        )
        assert [type(piece).__name__ for piece in page.pieces] == ["Paragraph", "TablePiece"]


class TestMail:
    def mail(self) -> bytes:
        mail = EmailMessage()
        mail["Subject"], mail["From"] = "Re: Новина от Прага", "Милена Колева <milena@example.org>"
        mail.set_content("Добър ден,\n\nобучението в Прага мина чудесно.\n\n-- \nМилена, тел. 02 123\n")
        mail.add_attachment(picture(), "image", "png", filename="Прага.png")
        mail.add_attachment(b"%PDF-1.7", "application", "pdf", filename="програма.pdf")
        mail.add_attachment(
            (ARRIVALS / "scripts.docx").read_bytes(), "application", "octet-stream", filename="статия.docx"
        )
        return bytes(mail)

    def test_comes_with_what_is_attached(self, tmp_path: Path) -> None:
        imported = taken_in(tmp_path, written(tmp_path, "m.eml", self.mail()))
        texts = {
            name: (imported.folder / name).read_text("utf-8")
            for _, names in imported.sections
            for name in names
        }
        assert set(texts) == {"novina-ot-praga.md", "pismenosti.md"}
        assert "title: Новина от Прага" in texts["novina-ot-praga.md"]
        assert "# author: Милена Колева" in texts["novina-ot-praga.md"]
        assert "![](images/praga.png)" in texts["novina-ot-praga.md"]
        assert "Милена, тел. 02 123" in said(imported)
        assert "програма.pdf" in said(imported)

    def test_pictures_stand_where_the_message_shows_them(self, tmp_path: Path) -> None:
        mail = EmailMessage()
        mail["Subject"], mail["From"] = "Изложба", "a@example.org"
        mail.set_content("без HTML")
        mail.add_alternative("<p>Преди</p><img src='cid:one' alt='вход'><p>След</p>", subtype="html")
        payload: Any = mail.get_payload()
        payload[1].add_related(picture(), "image", "png", cid="<one>")
        text = article(taken_in(tmp_path, written(tmp_path, "m.eml", bytes(mail))))
        assert re.search(r"Преди\n\n!\[вход\]\(images/[\w-]+\.png\)\{credit=\"\"\}\n\nСлед", text)

    def test_a_mail_that_was_sent_on_is_a_text_of_its_own(self, tmp_path: Path) -> None:
        inner = EmailMessage()
        inner["Subject"], inner["From"] = "Вътрешно писмо", "b@example.org"
        inner.set_content("Думите на вътрешното писмо.\n")
        mail = EmailMessage()
        mail["Subject"], mail["From"] = "Fwd: Външно писмо", "a@example.org"
        mail.set_content("Препращам писмото на колегата.\n")
        mail.add_attachment(inner)
        imported = taken_in(tmp_path, written(tmp_path, "m.eml", bytes(mail)))
        assert [name for _, names in imported.sections for name in names] == [
            "vatreshno-pismo.md",
            "vanshno-pismo.md",
        ]
        assert imported.account.share == 1.0

    def test_every_part_of_a_message_is_read(self, tmp_path: Path) -> None:
        mail = EmailMessage()
        mail["Subject"], mail["From"] = "Три части", "a@example.org"
        mail.set_content("<p>Първа част.</p>", subtype="html")
        mail.make_mixed()
        mail.add_attachment("<p>Втора част.</p>", subtype="html", disposition="inline")
        mail.add_attachment("Трета част.\n", disposition="inline")
        text = article(taken_in(tmp_path, written(tmp_path, "m.eml", bytes(mail))))
        assert text.endswith("---\nПърва част.\n\nВтора част.\n\nТрета част.\n")

    def test_what_is_no_mail_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BulletinError) as caught:
            taken_in(tmp_path, written(tmp_path, "m.eml", b"\x00\x01\x02"))
        assert caught.value.findings[0].code == "E500"


class TestPictures:
    @pytest.mark.parametrize(
        ("name", "data", "kind"),
        [
            ("IMG_1.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "HEIC"),
            ("chart.emf", b"\x01\x00\x00\x00" + b"\x00" * 36 + b" EMF" + b"\x00" * 40, "EMF"),
            ("logo.wmf", b"\xd7\xcd\xc6\x9a" + b"\x00" * 40, "WMF"),
            ("moving.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "GIF"),
        ],
    )
    def test_one_that_no_page_can_show_is_named(
        self, tmp_path: Path, name: str, data: bytes, kind: str
    ) -> None:
        text = written(tmp_path, "text.md", "# Заглавие на текста\n\nДве думи.\n")
        imported = taken_in(tmp_path, text, written(tmp_path, name, data))
        assert codes(imported) == ["W504"]
        assert dict(imported.findings[0].values)["kind"] == kind

    def test_a_loose_one_is_kept_with_the_line_that_shows_it(self, tmp_path: Path) -> None:
        text = written(tmp_path, "text.md", "# Заглавие на текста\n\nДве думи.\n")
        imported = taken_in(tmp_path, text, written(tmp_path, "Зала 5.png", picture()))
        assert codes(imported) == ["W509"]
        assert "![…](images/zala-5.png)" in said(imported)
        assert (imported.folder / "images/zala-5.png").is_file()

    def test_one_named_as_its_text_goes_with_it(self, tmp_path: Path) -> None:
        text = written(tmp_path, "prague.md", "# Заглавие на текста\n\nДве думи.\n")
        first, second = (
            written(tmp_path, "prague-1.png", picture()),
            written(tmp_path, "prague-2.png", picture("red")),
        )
        imported = taken_in(tmp_path, text, first, second)
        assert codes(imported) == []
        assert article(imported).count("![](images/prague-") == 2

    def test_a_folder_comes_whole_and_hidden_files_stay(self, tmp_path: Path) -> None:
        written(tmp_path, "a.md", "# Първи текст\n\nДума.\n\n![зала](hall.png)\n")
        written(tmp_path, "b.txt", "Втори текст\n\nи неговият абзац.\n")
        written(tmp_path, "hall.png", picture())
        written(tmp_path, "list.xlsx", b"x")
        written(tmp_path, ".DS_Store", b"x")
        imported = taken_in(tmp_path, tmp_path / "in")
        assert [(title, len(names)) for title, names in imported.sections] == [("Новини", 2)]
        assert codes(imported) == ["W510"]
        assert "![зала](images/hall.png)" in article(imported)


# again, and into an issue that is there

FIRST: Final = "# Есенна среща\n\nСрещата беше в Прага.\n\nДойдоха двадесет души.\n\nБеше хубаво.\n"


class TestAgain:
    def test_nothing_new_changes_nothing(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a.md", FIRST)
        folder = taken_in(tmp_path, path).folder
        before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        again = taken_in(tmp_path, path)
        assert again.written == ()
        assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before

    def test_both_sides_are_kept(self, tmp_path: Path) -> None:
        imported = taken_in(tmp_path, written(tmp_path, "a.md", FIRST))
        path = imported.folder / "esenna-sreshta.md"
        path.write_text(path.read_text("utf-8").replace("Беше хубаво.", "Беше много хубаво!"), "utf-8")
        plan = imported.folder / "issue.yaml"
        plan.write_text(plan.read_text("utf-8").replace("title: Новини", "title: Вести"), "utf-8")
        again = taken_in(tmp_path, written(tmp_path, "a.md", FIRST.replace("в Прага", "в Бърно")), date=None)
        text = path.read_text("utf-8")
        assert "Срещата беше в Бърно." in text
        assert "Беше много хубаво!" in text
        assert "title: Вести" in plan.read_text("utf-8")
        assert codes(again) == []
        assert again.written == ("esenna-sreshta.md",)

    def test_a_conflict_keeps_the_editors_words_and_shows_the_others(self, tmp_path: Path) -> None:
        imported = taken_in(tmp_path, written(tmp_path, "a.md", FIRST))
        path = imported.folder / "esenna-sreshta.md"
        path.write_text(path.read_text("utf-8").replace("двадесет", "двадесет и двама"), "utf-8")
        changed_text = written(tmp_path, "a.md", FIRST.replace("двадесет", "тридесет"))
        again = taken_in(tmp_path, changed_text)
        assert codes(again) == ["W511"]
        place = again.findings[0].place
        assert place is not None
        text = path.read_text("utf-8")
        assert "Дойдоха двадесет и двама души." in text.split("\n")[place.line - 1]
        assert "<!-- a.md:\nДойдоха тридесет души.\n-->" in text
        reading = read_issue(imported.folder, Workspace(tmp_path))
        assert reading.issue is not None
        runs = [run.text for run in nodes_of(Run, reading.issue.articles[0].body)]
        assert not [run for run in runs if "тридесет" in run]
        assert taken_in(tmp_path, changed_text).written == ()

    def test_an_article_that_was_taken_out_stays_out(self, tmp_path: Path) -> None:
        two = written(tmp_path, "a.md", f"{FIRST}\n# Втора среща\n\nИ тя мина.\n")
        imported = taken_in(tmp_path, two)
        (imported.folder / "vtora-sreshta.md").unlink()
        plan = imported.folder / "issue.yaml"
        plan.write_text(plan.read_text("utf-8").replace("      - vtora-sreshta.md\n", ""), "utf-8")
        again = taken_in(tmp_path, two)
        assert codes(again) == ["W516"]
        assert not (imported.folder / "vtora-sreshta.md").exists()
        assert "vtora" not in plan.read_text("utf-8")

    def test_an_article_that_no_longer_comes_stays(self, tmp_path: Path) -> None:
        imported = taken_in(tmp_path, written(tmp_path, "a.md", f"{FIRST}\n# Втора среща\n\nИ тя мина.\n"))
        again = taken_in(tmp_path, written(tmp_path, "a.md", f"{FIRST}\n# Трета среща\n\nТя предстои.\n"))
        assert codes(again) == ["W517"]
        assert (imported.folder / "vtora-sreshta.md").is_file()
        assert (imported.folder / "treta-sreshta.md").is_file()

    @pytest.mark.parametrize(
        "record",
        [
            "{",
            "[]",
            '{"texts": {"a.md": {"../../evil.md": "x"}}, "titles": {}}',
            '{"texts": {}, "titles": {"a.md": {"Есенна среща": ["../../evil.md"]}}}',
            '{"texts": {}, "titles": {"a.md": {"Есенна среща": 5}}}',
        ],
    )
    def test_a_record_that_is_broken_loses_nothing(self, tmp_path: Path, record: str) -> None:
        path = written(tmp_path, "a.md", FIRST)
        imported = taken_in(tmp_path, path)
        (imported.folder / RECORD).write_text(record, "utf-8")
        again = taken_in(tmp_path, path)
        assert [p.name for p in imported.folder.glob("*.md")] == ["esenna-sreshta.md"]
        assert again.written == ()

    @settings(deadline=None, max_examples=60)
    @given(
        st.lists(st.sampled_from("абвгд"), max_size=8),
        st.lists(st.sampled_from("абвгде"), max_size=8),
        st.data(),
    )
    def test_no_line_of_either_side_is_lost(
        self, base: list[str], ours: list[str], data: st.DataObject
    ) -> None:
        came = data.draw(st.lists(st.sampled_from("абвгдж"), max_size=8))
        merged = merge("\n".join(base), "\n".join(ours), "\n".join(came), "issue.yaml", "x").text
        new = [line for line in (*ours, *came) if line and line not in base]
        assert [line for line in new if line not in merged] == []


class TestIntoAnIssue:
    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        shutil.copytree(REPOSITORY / "issues", tmp_path / "issues")
        return tmp_path

    def test_a_text_joins_the_issue_in_the_making(self, root: Path) -> None:
        plan = root / "issues/2023-12-20/issue.yaml"
        before = plan.read_text("utf-8")
        path = written(
            root, "news.md", "# Нов член на клъстера\n\nПосрещнахме нов член на клъстера в София.\n"
        )
        imported = import_files([path], root, None, "bg", dt.date(2023, 12, 1))
        assert imported.folder.name == "2023-12-20"
        after = plan.read_text("utf-8")
        assert after.startswith(before.rstrip("\n"))
        assert (
            after[len(before) :].strip() == "- title: Новини\n    articles:\n      - nov-chlen-na-klastera.md"
        )
        reading = read_issue(imported.folder, Workspace(root))
        assert reading.issue is not None, reading.findings
        second = written(
            root, "more.md", "# Още един член на клъстера\n\nПосрещнахме още един член на клъстера.\n"
        )
        import_files([second], root, None, "bg", dt.date(2023, 12, 1))
        assert plan.read_text("utf-8") == after + "      - oshte-edin-chlen-na-klastera.md\n"

    def test_line_ends_the_mark_and_what_stands_behind_the_list_stay(self, root: Path) -> None:
        plan = root / "issues/2023-12-20/issue.yaml"
        before = plan.read_text("utf-8").rstrip("\n") + "\n\n# a remark at the end\n"
        plan.write_bytes(b"\xef\xbb\xbf" + before.replace("\n", "\r\n").encode())
        kept = plan.read_bytes()
        path = written(root, "x.md", "# Нов член\n\nПосрещнахме нов член на клъстера в София.\n")
        import_files([path], root, dt.date(2023, 12, 20), "bg", TODAY)
        added = "  - title: Новини\r\n    articles:\r\n      - nov-chlen.md\r\n".encode()
        after = plan.read_bytes()
        assert added in after
        assert after.replace(added, b"") == kept

    def test_an_issue_that_is_no_text_is_refused_and_stays(self, root: Path) -> None:
        plan = root / "issues/2023-12-20/issue.yaml"
        plan.write_bytes(b"title: \xff\n")
        path = written(root, "x.md", "# Нов член\n\nПосрещнахме нов член на клъстера в София.\n")
        with pytest.raises(BulletinError) as caught:
            import_files([path], root, dt.date(2023, 12, 20), "bg", TODAY)
        assert [finding.code for finding in caught.value.findings] == ["E02"]
        assert plan.read_bytes() == b"title: \xff\n"

    def test_a_whole_bulletin_overwrites_none(self, root: Path) -> None:
        with pytest.raises(BulletinError) as caught:
            import_files([ARRIVALS / "bulletin.docx"], root, dt.date(2023, 12, 20), "bg", TODAY)
        assert [finding.code for finding in caught.value.findings] == ["E86"]

    def test_a_file_of_that_name_is_not_overwritten(self, root: Path) -> None:
        held = (root / "issues/2023-12-20/go-green.md").read_bytes()
        path = written(root, "x.md", "# GO GREEN\n\nДруг текст със същото заглавие за проекта.\n")
        imported = import_files([path], root, dt.date(2023, 12, 20), "bg", TODAY)
        assert imported.sections[0][1] == ("go-green-2.md",)
        assert (root / "issues/2023-12-20/go-green.md").read_bytes() == held

    def test_a_masthead_that_says_otherwise_is_told(self, root: Path) -> None:
        imported = import_files([ARRIVALS / "bulletin.docx"], root, dt.date(2024, 3, 15), "bg", TODAY)
        assert codes(imported).count("W512") == 4
        assert "Пловдив 4000" in said(imported)

    def test_a_text_in_another_language_is_told(self, root: Path) -> None:
        text = (
            "# News\n\nThe cluster and the members of the board met in Sofia for the first time this year.\n"
        )
        imported = import_files([written(root, "n.md", text)], root, dt.date(2024, 3, 15), "bg", TODAY)
        assert codes(imported) == ["W513"]


# parts

WORDS: Final = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp"),
        exclude_characters="\ufffe\uffff",
    ),
    min_size=1,
    max_size=40,
)


def read_back(text: str) -> Iterator[str]:
    body = read_manuscript(Source("x.md", f"---\ntitle: x\n---\n{text}")).body
    for block in body:
        kinds: Any = (Run, Code, LineBreak)
        for node in nodes_of(kinds, block):
            yield " " if isinstance(node, LineBreak) else node.text
        yield " "


class TestTheWriting:
    @settings(deadline=None, max_examples=60)
    @given(
        st.lists(
            st.builds(FlatRun, WORDS, st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=5
        )
    )
    def test_no_sign_of_a_text_turns_into_markup(self, said_runs: list[FlatRun]) -> None:
        text = " ".join("".join(run.text for run in said_runs).split())
        written_text = MarkdownWriter({}, {}).article([Paragraph(tuple(said_runs))])
        assert words_of("".join(read_back(written_text))) == words_of(text)

    @pytest.mark.parametrize(
        "text",
        ["# не е заглавие", "- не е списък", "1. не е номер", "> не е цитат", "---", "***", "a | b", "[x]: y",
         "[^1]: бележка", "![x](y)", "<b>не</b>", "&amp;", "`код`", "~~~", "+ плюс", "2024. година",
         "=====", "* звезда",
         '![снимка](x.jpg){credit=""}', "[думи] (https://example.org)", "http://example.org/a_b_c_"],
    )  # fmt: skip
    def test_what_looks_like_markup_is_text(self, text: str) -> None:
        body = read_manuscript(
            Source("x.md", f"---\n---\n{MarkdownWriter({}, {}).article([Paragraph((FlatRun(text),))])}")
        )
        assert [finding.code for finding in body.findings] == []
        assert (
            "".join(read_back(MarkdownWriter({}, {}).article([Paragraph((FlatRun(text),))]))).strip() == text
        )

    @settings(deadline=None, max_examples=60)
    @given(st.recursive(
        st.builds(lambda words: f"<p>{words}</p>",
                  st.sampled_from(["едно две", "три", "четири <b>пет</b>", "x*y _z_", "1. a"])),
        lambda inner: st.builds(
            lambda tag, parts: tag.replace("…", "".join(parts)),
            st.sampled_from(["<div>…</div>", "<ul><li>…</li></ul>", "<blockquote>…</blockquote>",
                             "<h2>глава</h2>…",
                             "<table><tr><td>а<td>…<tr><td>…<td>б</table>", "<ol><li>а<li>…</ol>"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
        max_leaves=12,
    ))  # fmt: skip
    def test_whatever_a_page_holds_is_found_again(self, page: str) -> None:
        arrival = read_page(page, "x.html")
        text = f"---\ntitle: x\n---\n{MarkdownWriter({}, arrival.notes).article(list(arrival.pieces))}"
        account = report_placement([arrival], {"x.md": text}, {}, [])
        assert account.words_placed == account.words_came > 0
        assert account.findings == []

    def test_a_word_that_is_left_out_is_named(self) -> None:
        arrival = read_page("<p>едно две три</p><p>две</p><a href='https://example.org'>път</a>", "x.html")
        account = report_placement([arrival], {"x.md": "---\ntitle: x\n---\nедно две път\n"}, {}, [])
        assert account.words_came - account.words_placed == 2
        named = [dict(finding.values)["found"] for finding in account.findings]
        assert named == ["три", "две", "https://example.org"]


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Зелени умения", "zeleni-umeniya"),
        ("Щастие!", "shtastie"),
        ("XD Media Hub", "xd-media-hub"),
        ("欢迎", "text"),
    ],
)
def test_file_names_are_latin(title: str, stem: str) -> None:
    assert stem_of(title) == stem


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Клъстерът представи новия си проект пред всички свои членове.", "bg"),
        ("Новый проект был представлен всем участникам, и это было событие.", "ru"),
        ("The cluster presented its new project to all of the members.", "en"),
        ("кратко", ""),
    ],
)
def test_a_text_tells_its_language(text: str, language: str) -> None:
    assert language_of([text]) == language


def test_help_is_given_in_both_languages() -> None:
    for language, words in (("bg", "Файлове на Word"), ("en", "Word files (.docx)")):
        told = run_bulletin("--language", language, "import", "--help")
        assert told.returncode == 0
        assert words in told.stdout
