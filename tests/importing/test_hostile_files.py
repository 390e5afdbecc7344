"""Hostile files are refused quickly, and nothing is written."""

from __future__ import annotations

import io
import os
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.findings.finding import BulletinError
from pipeline.findings.wording.wording import message_of
from tests.conftest import run_bulletin
from tests.importing.arrivals.making import changed, picture
from tests.importing.helpers import ARRIVALS, codes, import_file, written

if TYPE_CHECKING:
    from pathlib import Path


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
            import_file(tmp_path, path)
        assert [finding.code for finding in caught.value.findings] == [code]
        assert not (tmp_path / "issues").exists()

    def test_what_is_no_word_file_is_told_in_the_language_of_the_reader(self, tmp_path: Path) -> None:
        path = tmp_path / "letter.docx"
        path.write_bytes(b"plain words under this ending")
        with pytest.raises(BulletinError) as refused:
            import_file(tmp_path, path)
        assert "файлът е повреден" in message_of(refused.value.findings[0], "bg")

    def test_macros_are_not_run_and_are_named(self, tmp_path: Path) -> None:
        data = changed((ARRIVALS / "scripts.docx").read_bytes(), {"word/vbaProject.bin": b"\xcc\x61macros"})
        imported = import_file(tmp_path, written(tmp_path, "text.docm", data))
        assert codes(imported) == ["W503"]

    def test_a_file_that_is_too_large_is_not_read(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a.docx", b"")
        with path.open("wb") as file:
            file.truncate(200_000_000)
        with pytest.raises(BulletinError) as caught:
            import_file(tmp_path, path)
        assert [finding.code for finding in caught.value.findings] == ["E506"]

    def test_neither_pipes_nor_links_out_of_a_folder_are_read(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        os.mkfifo(tmp_path / "in/pipe.docx")
        (tmp_path / "secret.txt").write_text("тайна", "utf-8")
        (tmp_path / "in/link.txt").symlink_to(tmp_path / "secret.txt")
        with pytest.raises(BulletinError) as caught:
            import_file(tmp_path, tmp_path / "in/pipe.docx", tmp_path / "in")
        assert [finding.code for finding in caught.value.findings] == ["E89"]
        with pytest.raises(BulletinError) as caught:
            import_file(tmp_path, tmp_path / "in")
        assert [finding.code for finding in caught.value.findings] == ["E504"]

    def test_an_empty_folder_holds_nothing_to_import(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        with pytest.raises(BulletinError) as caught:
            import_file(tmp_path, tmp_path / "in")
        assert [finding.code for finding in caught.value.findings] == ["E504"]

    def test_pictures_alone_begin_no_issue(self, tmp_path: Path) -> None:
        with pytest.raises(BulletinError) as caught:
            import_file(tmp_path, written(tmp_path, "a.png", picture()))
        assert [finding.code for finding in caught.value.findings] == ["E504"]
        assert not (tmp_path / "issues").exists()

    def test_every_file_that_is_wrong_is_told_at_once(self, tmp_path: Path) -> None:
        files = [written(tmp_path, "a.docx", b"x"), written(tmp_path, "b.xyz", b"x"), tmp_path / "none.md"]
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
            import_file(tmp_path, path)
        assert caught.value.findings[0].code == "E500"

    def test_mail_sent_on_without_end_is_refused(self, tmp_path: Path) -> None:
        mail = b"Subject: x\n\nhello\n"
        for _ in range(60):
            mail = b"Subject: x\nContent-Type: message/rfc822\n\n" + mail
        with pytest.raises(BulletinError) as caught:
            import_file(tmp_path, written(tmp_path, "m.eml", mail))
        assert [finding.code for finding in caught.value.findings] == ["E500"]

    def test_names_of_attachments_lead_nowhere(self, tmp_path: Path) -> None:
        mail = EmailMessage()
        mail["Subject"], mail["From"] = "Снимка", "a@example.org"
        mail.set_content("Ето снимката от деня на отворените врати.\n")
        mail.add_attachment(picture(), "image", "png", filename="../../../evil.png")
        imported = import_file(tmp_path, written(tmp_path, "m.eml", bytes(mail)))
        assert [path.name for path in (imported.folder / "images").iterdir()] == ["evil.png"]
        assert not list(tmp_path.parent.glob("evil*"))

    def test_markdown_shows_no_file_from_outside(self, tmp_path: Path) -> None:
        (tmp_path / "secret.png").write_bytes(picture())
        imported = import_file(tmp_path, written(tmp_path, "a.md", "# Заглавие\n\n![x](../secret.png)\n"))
        assert "W540" in codes(imported)
        assert not (imported.folder / "images").exists()
