"""Pictures in formats that no page can show are made into ones that it can, wherever they came in."""

from __future__ import annotations

import io
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final

import pytest
from docx import Document
from PIL import Image

from pipeline.desk.intake.picture_arrival import take_picture
from tests.importing.helpers import article, codes, import_file, written

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.desk.intake.importing import ImportResult


RED: Final = (255, 0, 0)
BLUE: Final = (0, 0, 255)
NEAR: Final = 12


def halves(kind: str, mode: str = "RGB", size: tuple[int, int] = (320, 200), **more: object) -> bytes:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new(mode, size, "red")
    image.paste(Image.new(mode, (size[0] // 2, size[1]), "blue"), (size[0] // 2, 0))
    held = io.BytesIO()
    image.save(held, kind, **more)
    return held.getvalue()


def only_picture(imported: ImportResult) -> Image.Image:
    """Return the picture that the article shows."""
    (path,) = (imported.folder / "images").iterdir()
    assert f"](images/{path.name}" in article(imported)
    return Image.open(io.BytesIO(path.read_bytes()))


def has_halves(image: Image.Image) -> bool:
    """Return whether a picture is that of `halves`, as near as AVIF and JPEG keep it."""
    plain = image.convert("RGB").tobytes()
    pixels = [tuple(plain[3 * (100 * image.width + x) :][:3]) for x in (20, 300)]
    far = [
        abs(one - other)
        for pixel, right in zip(pixels, (RED, BLUE), strict=True)
        for one, other in zip(pixel, right, strict=True)
    ]
    return max(far) < NEAR


@pytest.mark.parametrize(("kind", "made"), [("GIF", "PNG"), ("BMP", "PNG"), ("AVIF", "JPEG")])
def test_one_beside_a_page_is_converted_and_that_is_told(tmp_path: Path, kind: str, made: str) -> None:
    name = f"hall.{kind.lower()}"
    written(tmp_path, name, halves(kind))
    page = written(tmp_path, "a.html", f"<h1>Зала</h1><p>Текст.</p><img src='{name}' alt='зала'>")
    imported = import_file(tmp_path, page)
    image = only_picture(imported)
    assert (image.format, image.size, has_halves(image)) == (made, (320, 200), True)
    (finding,) = imported.findings
    assert (finding.code, dict(finding.values)["kind"], dict(finding.values)["made"]) == ("W550", kind, made)


@pytest.mark.parametrize("kind", ["GIF", "BMP"])
def test_one_within_a_word_file_is_converted(tmp_path: Path, kind: str) -> None:
    document = Document()
    document.add_heading("Зала", 1)
    document.add_picture(io.BytesIO(halves(kind)))
    held = io.BytesIO()
    document.save(held)
    imported = import_file(tmp_path, written(tmp_path, "a.docx", held.getvalue()))
    assert has_halves(only_picture(imported))
    assert codes(imported) == ["W550"]
    assert imported.report.share == 1


def test_one_within_a_mail_is_converted(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Зала", "a@example.org"
    mail.set_content("Текст за залата.\n")
    mail.add_attachment(halves("GIF"), "image", "gif", disposition="inline", filename="hall.gif")
    imported = import_file(tmp_path, written(tmp_path, "a.eml", bytes(mail)))
    assert has_halves(only_picture(imported))


def test_a_loose_one_is_converted_and_goes_with_the_text_of_its_name(tmp_path: Path) -> None:
    text = written(tmp_path, "hall.md", "# Зала\n\nТекст.\n")
    imported = import_file(tmp_path, text, written(tmp_path, "hall.bmp", halves("BMP")))
    assert has_halves(only_picture(imported))
    assert codes(imported) == ["W550"]


def test_what_is_clear_in_it_stays_clear(tmp_path: Path) -> None:
    image = Image.new("P", (320, 200), 0)
    held = io.BytesIO()
    image.save(held, "GIF", transparency=0)
    written(tmp_path, "sign.gif", held.getvalue())
    imported = import_file(tmp_path, written(tmp_path, "a.md", "# Знак\n\nТекст.\n\n![знак](sign.gif)\n"))
    assert only_picture(imported).convert("RGBA").tobytes()[3] == 0


def test_of_one_that_moves_the_first_frame_is_shown_and_the_number_told(tmp_path: Path) -> None:
    others = [Image.new("RGB", (320, 200), colour) for colour in ("green", "black")]
    written(tmp_path, "hall.gif", halves("GIF", save_all=True, append_images=others))
    imported = import_file(tmp_path, written(tmp_path, "a.md", "# Зала\n\nТекст.\n\n![зала](hall.gif)\n"))
    assert has_halves(only_picture(imported))
    assert sorted(codes(imported)) == ["W533", "W550"]
    assert "3" in {value for finding in imported.findings for _, value in finding.values}


def test_a_small_one_is_a_sign_and_no_figure(tmp_path: Path) -> None:
    written(tmp_path, "dot.gif", halves("GIF", size=(2, 1)))
    imported = import_file(
        tmp_path, written(tmp_path, "a.html", "<h1>Зала</h1><p>Дума.<img src='dot.gif'></p>")
    )
    assert codes(imported) == ["W541"]


def test_a_jpeg_may_be_called_jfif_as_browsers_save_it(tmp_path: Path) -> None:
    text = written(tmp_path, "hall.md", "# Зала\n\nТекст.\n")
    imported = import_file(tmp_path, text, written(tmp_path, "hall.jfif", halves("JPEG")))
    assert only_picture(imported).format == "JPEG"
    assert codes(imported) == []


def test_one_that_arrives_in_the_studio_is_converted(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    arrived = take_picture(tmp_path, "Зала.gif", halves("GIF"))
    assert has_halves(Image.open(io.BytesIO((tmp_path / arrived.source).read_bytes())))
