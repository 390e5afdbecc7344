"""Files of other word processors through LibreOffice, and photographs of telephones.

The conversion's own steps are tried with stand-in programs; LibreOffice itself where it is installed.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pillow_heif
import pytest
from PIL import Image

from pipeline.findings.finding import BulletinError, IssueError
from pipeline.importing.formats.office_conversion import converted_file, install_command, office_program
from tests.importing.arrivals.making import picture
from tests.importing.helpers import ARRIVALS, article, codes, import_file, written
from tests.studio.processes import runs, until

INSTALLED: Final = office_program() is not None
MARKS: Final = "Заглавие на текста\n"


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program before all others that is called as LibreOffice is."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


def refused(data: bytes, name: str, seconds: float = 60) -> dict[str, str]:
    """Return code and values of the finding that refuses a conversion."""
    with pytest.raises(IssueError) as caught:
        converted_file(data, name, seconds)
    return {"code": caught.value.findings[0].code, **dict(caught.value.findings[0].values)}


@pytest.mark.skipif(os.name == "nt", reason="the stand-ins are scripts of a shell")
class TestTheConversion:
    def test_what_it_makes_is_read_as_a_word_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stand_in(tmp_path, monkeypatch, f"mkdir out && cp '{ARRIVALS / 'article.docx'}' out/in.docx")
        imported = import_file(tmp_path, written(tmp_path, "a.odt", b"any"))
        assert "Зелени умения" in article(imported)
        assert imported.report.share == 1

    def test_without_the_program_it_is_asked_for_with_the_command(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr("pipeline.importing.formats.office_conversion._PLACES", ())
        assert refused(b"any", "a.odt") == {"code": "E507", "name": "a.odt", "command": install_command()}

    def test_one_that_hangs_is_ended_with_all_it_started(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        started = tmp_path / "started"
        stand_in(tmp_path, monkeypatch, f"sleep 300 & echo $! > '{started}'; wait")
        communicate = subprocess.Popen.communicate

        def once_started(process: subprocess.Popen[bytes], timeout: float) -> tuple[bytes, bytes]:
            until(lambda: started.exists() and bool(started.read_text()))
            return communicate(process, timeout=timeout)

        monkeypatch.setattr(subprocess.Popen, "communicate", once_started)
        assert refused(b"any", "a.doc", 1)["problem"] == "> 1 s"
        process = int(started.read_text())
        until(lambda: not runs(process))

    def test_it_ends_and_leaves_no_folder_when_the_process_that_began_it_is_killed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        started = tmp_path / "started"
        stand_in(
            tmp_path,
            monkeypatch,
            f"sleep 300 & echo $! $PWD > '{started}.part'; mv '{started}.part' '{started}'; wait",
        )
        convert = (
            "from pipeline.importing.formats.office_conversion import converted_file as c; c(b'any', 'a.doc')"
        )
        with subprocess.Popen([sys.executable, "-c", convert]) as worker:
            until(started.exists)
            worker.kill()
        process, folder = started.read_text().split()
        until(lambda: not runs(int(process)))
        until(lambda: not Path(folder).exists())

    def test_one_that_fails_is_told_with_its_last_words(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stand_in(tmp_path, monkeypatch, "echo first >&2; echo 'cannot load' >&2; exit 77")
        assert refused(b"any", "a.rtf") == {"code": "E508", "name": "a.rtf", "problem": "77 cannot load"}

    @pytest.mark.parametrize("script", ["true", "mkdir out && : > out/in.docx"])
    def test_one_that_makes_nothing_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
    ) -> None:
        stand_in(tmp_path, monkeypatch, script)
        assert refused(b"any", "a.rtf")["code"] == "E508"

    def test_it_has_a_folder_and_a_profile_of_its_own_without_macros_and_network(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kept = tmp_path / "kept"
        script = (
            f"mkdir '{kept}' && env > '{kept}/env' && pwd > '{kept}/pwd' && cp -r profile/user '{kept}/user'"
        )
        monkeypatch.setenv("SECRET", "x")
        stand_in(tmp_path, monkeypatch, script)
        refused(b"any", "a.rtf")
        folder = (kept / "pwd").read_text().strip()
        variables = dict(line.split("=", 1) for line in (kept / "env").read_text().splitlines())
        assert variables["HOME"] == folder
        assert variables["https_proxy"].startswith("http://127.0.0.1:")
        assert "SECRET" not in variables
        assert not os.path.exists(folder)  # noqa: PTH110 - the folder is gone
        settings = (kept / "user" / "registrymodifications.xcu").read_text("utf-8")
        for setting in ("MacroSecurityLevel", "DisableMacrosExecution", "BlockUntrustedRefererLinks"):
            assert setting in settings

    def test_in_a_mail_it_refuses_nothing_else(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        stand_in(tmp_path, monkeypatch, "exit 1")
        mail = (
            "From: a@example.org\nSubject: =?utf-8?b?0J3QvtCy0LjQvdCw?=\nMIME-Version: 1.0\n"
            "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain; charset=utf-8\n\n"
            "Изложбата е в залата.\n--B\nContent-Type: application/rtf; name=a.rtf\n\n{rtf}\n--B--\n"
        )
        imported = import_file(tmp_path, written(tmp_path, "m.eml", mail))
        assert "Изложбата е в залата." in article(imported)
        assert codes(imported) == ["W545"]


@pytest.mark.skipif(not INSTALLED, reason="LibreOffice is not installed")
class TestLibreOffice:
    def test_an_opendocument_text_comes_whole(self, tmp_path: Path) -> None:
        imported = import_file(tmp_path, written(tmp_path, "a.fodt", (ARRIVALS / "office.fodt").read_bytes()))
        assert "Писано в LibreOffice" in article(imported)
        assert imported.report.share == 1

    def test_rich_text_in_an_old_charset_comes_whole(self, tmp_path: Path) -> None:
        words = "Изложбата е в залата на музея".encode("windows-1251")
        coded = "".join(f"\\'{byte:02x}" if byte > 127 else chr(byte) for byte in words)
        rtf = rf"{{\rtf1\ansi\ansicpg1251 {{\fonttbl{{\f0 Arial;}}}}\f0 {coded}.\par}}"
        imported = import_file(tmp_path, written(tmp_path, "a.rtf", rtf))
        assert "Изложбата е в залата на музея." in article(imported)

    def test_a_page_of_boxes_is_read_as_publisher_files_are(self) -> None:
        names = {
            "office": "office",
            "draw": "drawing",
            "text": "text",
            "svg": "svg-compatible",
        }
        spaces = " ".join(
            f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
            for short, name in names.items()
        )
        kind = "application/vnd.oasis.opendocument.graphics"
        box = f"<draw:text-box><text:p>{MARKS}</text:p></draw:text-box>"
        frame = f'<draw:frame svg:width="10cm" svg:height="3cm" svg:x="2cm" svg:y="2cm">{box}</draw:frame>'
        page = f"<office:drawing><draw:page>{frame}</draw:page></office:drawing>"
        drawing = (
            f'<office:document {spaces} office:version="1.2" office:mimetype="{kind}">'
            f"<office:body>{page}</office:body></office:document>"
        )
        try:
            made = converted_file(drawing.encode(), "a.fodg")
        except BulletinError:
            pytest.skip("LibreOffice Draw is not installed")
        assert MARKS.strip() in made.decode()


def heic(**more: object) -> bytes:
    held = io.BytesIO()
    image = Image.open(io.BytesIO(picture()))
    pillow_heif.from_pillow(image).save(held, quality=90, **more)
    return held.getvalue()


class TestPhotographsOfTelephones:
    def test_one_in_heic_is_made_into_a_jpeg(self, tmp_path: Path) -> None:
        text = written(tmp_path, "hall.md", "# Зала\n\nТекст за залата.\n\n![зала](hall.heic)\n")
        written(tmp_path, "hall.heic", heic())
        imported = import_file(tmp_path, text)
        made = Image.open(io.BytesIO((imported.folder / "images" / "hall.jpg").read_bytes()))
        assert (made.format, made.size) == ("JPEG", (320, 200))
        assert "![зала](images/hall.jpg)" in article(imported)
        assert codes(imported) == ["W550"]

    def test_a_loose_one_too_and_nothing_of_the_place_stays(self, tmp_path: Path) -> None:
        exif = Image.Exif()
        exif[0x010F], exif[0x8298], exif[0x0112] = "Telephone", "Музей", 1
        exif.get_ifd(0x8825)[1] = "N"
        text = written(tmp_path, "a.md", "# Зала\n\nТекст за залата.\n")
        photograph = written(tmp_path, "IMG_1.HEIC", heic(exif=exif.tobytes()))
        imported = import_file(tmp_path, text, photograph)
        made = (imported.folder / "images" / "img-1.jpg").read_bytes()
        kept = Image.open(io.BytesIO(made)).getexif()
        assert set(kept) <= {0x8298}
        assert codes(imported) == ["W509", "W550"]
