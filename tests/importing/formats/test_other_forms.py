"""Saved pages are read; other files that are often sent are refused with what to do about them."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pipeline.findings.finding import BulletinError
from pipeline.findings.wording.wording import remedy_of
from tests.importing.arrivals.making import picture
from tests.importing.helpers import article, codes, import_file, written

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "code", "remedy"),
    [
        ("снимки.zip", "E509", "folder"),
        ("програма.pdf", "E510", ".docx"),
        ("план.pptx", "E510", ".docx"),
        ("план.odp", "E510", ".docx"),
        ("писмо.msg", "E511", ".html"),
        ("winmail.dat", "E511", "sender"),
        ("непознат.xyz", "E501", ".docx"),
    ],
)
def test_what_is_not_read_is_refused_with_what_to_do_about_its_kind(
    tmp_path: Path, name: str, code: str, remedy: str
) -> None:
    with pytest.raises(BulletinError) as caught:
        import_file(tmp_path, written(tmp_path, name, b"any"))
    assert [each.code for each in caught.value.findings] == [code]
    assert remedy in remedy_of(caught.value.findings[0], "en")


@pytest.mark.parametrize(
    ("at", "shown_as"),
    [
        ("https://example.org/news/", "https://example.org/news/hall.jpg"),
        ("file:///C:/1/page.htm", "page_files/hall.jpg"),
    ],
)
def test_a_saved_page_comes_with_its_pictures(tmp_path: Path, at: str, shown_as: str) -> None:
    where = shown_as if "//" in shown_as else f"file:///C:/1/{shown_as}"
    page = (
        f'From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        f"Content-Type: text/html; charset=utf-8\nContent-Location: {at}\n\n"
        f'<html><body><h1>Зелени умения</h1><p>Текст.</p><img src="{shown_as}" alt="Зала"></body></html>\n'
        f"--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Location: {where}\n\n"
        f"{base64.b64encode(picture()).decode()}\n--b--\n"
    )
    imported = import_file(tmp_path, written(tmp_path, "a.mhtml", page))
    assert "title: Зелени умения\n" in article(imported)
    assert "![Зала](images/" in article(imported)
    assert codes(imported) == []


def pages(form: str, count: int) -> bytes:
    shown = [Image.new("RGB", (400, 300), colour) for colour in ("red", "green", "blue")[:count]]
    file = io.BytesIO()
    shown[0].save(file, form, save_all=True, append_images=shown[1:])
    return file.getvalue()


@pytest.mark.parametrize(("name", "form"), [("скан.tif", "TIFF"), ("скан.webp", "WEBP")])
def test_a_picture_of_several_pages_is_told_for_the_first_alone_is_shown(
    tmp_path: Path, name: str, form: str
) -> None:
    written(tmp_path, name, pages(form, 3))
    text = written(tmp_path, "a.md", f"# Зелени умения\n\nТекст.\n\n![Скан]({name})\n")
    imported = import_file(tmp_path, text.parent)
    assert [(each.code, dict(each.values).get("count")) for each in imported.findings] == [("W533", "3")]
    written(tmp_path, name, pages(form, 1))
    again = import_file(tmp_path / "again", text.parent)
    assert codes(again) == []
