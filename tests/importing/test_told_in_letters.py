"""What an import leaves out of a letter or of an office file is told, with its words."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from tests.importing.formats.test_libreoffice_and_heic import stand_in
from tests.importing.helpers import ARRIVALS, codes, findings_text, import_file, written

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

HEAD = (
    "From: Мария <maria@example.org>\nTo: office@example.org\nSubject: Новини\n"
    'MIME-Version: 1.0\nContent-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n'
)


def test_an_earlier_letter_that_is_quoted_is_told(tmp_path: Path) -> None:
    text = "Пращам новината.\n\nНа 5.1.2024 г. Иван Петров написа:\n> Чакаме новината до петък.\n"
    imported = import_file(tmp_path, written(tmp_path, "letter.eml", HEAD + text))
    assert "W543" in codes(imported)
    assert "Чакаме новината" in findings_text(imported)


def test_the_heading_of_a_letter_sent_on_is_told(tmp_path: Path) -> None:
    text = (
        "---------- Forwarded message ---------\nОт: Иван Петров <ivan@example.org>\n"
        "Дата: пт, 5.01.2024 г.\nТема: Новина\nДо: <maria@example.org>\n\nОткриваме новата читалня.\n"
    )
    imported = import_file(tmp_path, written(tmp_path, "letter.eml", HEAD + text))
    assert "W549" in codes(imported)
    assert "ivan@example.org" in findings_text(imported)


def test_a_publication_of_publisher_is_said_to_be_unproven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "<html><body><p>Библиотеката събира децата.</p></body></html>"
    stand_in(tmp_path, monkeypatch, f"mkdir out && echo '{page}' > out/in.xhtml")
    assert "W551" in codes(import_file(tmp_path, written(tmp_path, "leaflet.pub", b"\xd0\xcf\x11\xe0")))


def test_a_part_of_a_word_file_that_is_not_read_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "article.docx", (ARRIVALS / "article.docx").read_bytes())
    kind = "http://example.org/unknown"
    relationship = f'<Relationship Id="rIdX" Type="{kind}" Target="unknown/words.xml"/></Relationships>'
    names = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[names] = parts[names].replace(b"</Relationships>", relationship.encode())
    parts["word/unknown/words.xml"] = "<a>Думи, които никой не чете.</a>".encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert "W528" in codes(import_file(tmp_path, path))
