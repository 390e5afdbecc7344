"""Photographs arrive turned as shown, without place and people; who made them is offered."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pillow_heif
import pytest
from PIL import Image

from tests.importing.by_rule.word_parts import colours
from tests.importing.by_rule.word_writing import WordFile, paragraph, run
from tests.importing.helpers import article, import_file, written
from tests.page.pictures.metadata import making
from tests.page.pictures.metadata.telling import told

if TYPE_CHECKING:
    from pathlib import Path


PICTURES = making.every_raster(side=3)


def drawing(turn: str = "", crop: str = "") -> str:
    """Return a run with a picture."""
    return (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="a" descr="деца"/><a:graphic>'
        '<a:graphicData uri="p">'
        f'<pic:pic><pic:blipFill><a:blip r:embed="rId1"/>{crop}</pic:blipFill><pic:spPr>{turn}</pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def word_file(shape: str, data: bytes, *lines: str, ending: str = "jpg") -> bytes:
    """Return a Word file with a picture between lines of text."""
    body = paragraph(run("Градината е отворена за всички от улицата.")) + paragraph(shape)
    body += "".join(paragraph(run(line)) for line in lines)
    parts = {f"word/media/p.{ending}": data}
    return WordFile(body, relations=[("image", f"media/p.{ending}", False)], parts=parts).data()


def pictures_of(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted((folder / "images").iterdir())]


@pytest.mark.parametrize("name", ["intel.jpg", "motorola.jpg", "intel.png", "motorola-lzw.tif", "intel.webp"])
def test_a_picture_in_a_word_file_comes_without_its_place(tmp_path: Path, name: str) -> None:
    data = PICTURES[name]
    ending = name.rpartition(".")[2]
    imported = import_file(tmp_path, written(tmp_path, "f.docx", word_file(drawing(), data, ending=ending)))
    (came,) = pictures_of(imported.folder)
    assert told(data) >= {"coordinates"}
    assert told(came) == set()


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_picture_beside_a_text_comes_without_its_place_and_offers_who_made_it(
    tmp_path: Path, name: str
) -> None:
    written(tmp_path, name, PICTURES[name])
    imported = import_file(
        tmp_path, written(tmp_path, "f.md", f"# Градина\n\nТекст за градината.\n\n![деца]({name})\n")
    )
    (came,) = pictures_of(imported.folder)
    assert told(came) == set()
    text = article(imported)
    assert f'credit="{making.CREATOR}"' in text
    assert text.index(making.CREATOR) < text.index("\n---\n")
    if not name.endswith(".tif"):
        assert "2026-05-09" in text


def test_a_drawing_of_a_colleague_comes_without_the_notes_of_the_editor(tmp_path: Path) -> None:
    written(tmp_path, "plan.svg", making.svg())
    imported = import_file(tmp_path, written(tmp_path, "f.md", "# План\n\nТекст.\n\n![план](plan.svg)\n"))
    (came,) = pictures_of(imported.folder)
    assert told(came) == set()


def test_a_telephones_picture_in_heic_offers_day_and_creator_and_nothing_else(tmp_path: Path) -> None:
    held = io.BytesIO()
    pillow_heif.from_pillow(making.shown(side=2)).save(
        held, exif=b"Exif\0\0" + making.exif("<", 1), xmp=making.xmp()
    )
    written(tmp_path, "hall.heic", held.getvalue())
    imported = import_file(tmp_path, written(tmp_path, "f.md", "# Зала\n\nТекст.\n\n![зала](hall.heic)\n"))
    (came,) = pictures_of(imported.folder)
    assert told(came) == set()
    assert making.CREATOR.encode() in came
    assert making.CREDIT.encode() in came
    assert f'credit="{making.CREATOR}"' in article(imported)
    assert "2026-05-09" in article(imported)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Снимка: Петя Иванова", "Петя Иванова"),
        ("Фото – Георги Стоев", "Георги Стоев"),
        ("Снимки: архив на училището.", "архив на училището"),
        ("Photo: Anna Petrova", "Anna Petrova"),
        ("Photo by Anna Petrova", "Anna Petrova"),
        ("© Мария Колева", "Мария Колева"),
        ("Децата пред пейката (снимка: Петя Иванова)", "Петя Иванова"),
        ("Снимката беше направена на двора.", ""),
        ("Снимка на пейката и на дървото", ""),
        ("Фотографска изложба: откриване в петък", ""),
        ("Моят фотоапарат: Никон", ""),
    ],
)
def test_a_line_beside_a_picture_that_names_who_made_it_is_offered(
    tmp_path: Path, line: str, credit: str
) -> None:
    data = making.encoded(making.shown(), "JPEG")
    text = article(import_file(tmp_path, written(tmp_path, "f.docx", word_file(drawing(), data, line))))
    head, body = text.split("\n---\n", 1)
    assert (f'credit="{credit}"' in head) is bool(credit)
    assert not credit or credit not in body.partition("credit=")[2].partition("}")[0]
    assert ("credit=" in head) is bool(credit)
    assert line.rstrip(".") in body.replace("\\", "")


TURNS = {
    '<a:xfrm rot="5400000"/>': ((40, 80), "red", (20, 10)),
    '<a:xfrm rot="16200000"/>': ((40, 80), "green", (20, 10)),
    '<a:xfrm rot="10800000"/>': ((80, 40), "green", (10, 20)),
    '<a:xfrm rot="-5400000"/>': ((40, 80), "green", (20, 10)),
    '<a:xfrm flipH="1"/>': ((80, 40), "green", (10, 20)),
    '<a:xfrm flipV="1"/>': ((80, 40), "red", (10, 20)),
    '<a:xfrm flipH="true" rot="5400000"/>': ((40, 80), "green", (20, 10)),
    '<a:xfrm rot="180000"/>': ((80, 40), "red", (10, 20)),
    '<a:xfrm rot="odd"/>': ((80, 40), "red", (10, 20)),
}
COLOURS = {"red": (200, 0, 0), "green": (0, 160, 0)}


@pytest.mark.parametrize("turn", TURNS)
def test_a_picture_turned_in_word_stands_as_it_is_shown(tmp_path: Path, turn: str) -> None:
    size, colour, at = TURNS[turn]
    file = word_file(drawing(turn), colours("PNG"), ending="png")
    (came,) = pictures_of(import_file(tmp_path, written(tmp_path, "f.docx", file)).folder)
    with Image.open(io.BytesIO(came)) as image:
        assert image.size == size
        assert image.convert("RGB").getpixel(at) == COLOURS[colour]


def test_what_is_cut_away_is_cut_before_the_picture_is_turned(tmp_path: Path) -> None:
    file = word_file(
        drawing('<a:xfrm rot="5400000"/>', '<a:srcRect l="50000"/>'), colours("PNG"), ending="png"
    )
    (came,) = pictures_of(import_file(tmp_path, written(tmp_path, "f.docx", file)).folder)
    with Image.open(io.BytesIO(came)) as image:
        assert image.size == (40, 40)
        assert image.convert("RGB").getcolors() == [(1600, COLOURS["green"])]


@pytest.mark.parametrize(
    ("style", "size"),
    [("rotation:90", (40, 80)), ("width:9pt;rotation:-5898240fd", (40, 80)), ("flip:x", (80, 40))],
)
def test_a_picture_turned_in_an_old_word_file_stands_as_it_is_shown(
    tmp_path: Path, style: str, size: tuple[int, int]
) -> None:
    shape = f'<w:r><w:pict><v:shape style="{style}"><v:imagedata r:id="rId1"/></v:shape></w:pict></w:r>'
    file = word_file(shape, colours("PNG"), ending="png")
    (came,) = pictures_of(import_file(tmp_path, written(tmp_path, "f.docx", file)).folder)
    with Image.open(io.BytesIO(came)) as image:
        assert image.size == size
        assert (
            image.convert("RGB").getpixel((10, 10)) == COLOURS["red" if style == "rotation:90" else "green"]
        )


def test_a_picture_that_its_own_file_turns_is_turned_once_by_each(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    held = io.BytesIO()
    with Image.open(io.BytesIO(colours("PNG"))) as image:
        image.save(held, "JPEG", exif=exif, quality=95)
    file = word_file(drawing('<a:xfrm rot="5400000"/>'), held.getvalue())
    (came,) = pictures_of(import_file(tmp_path, written(tmp_path, "f.docx", file)).folder)
    with Image.open(io.BytesIO(came)) as image:
        assert image.size == (80, 40)
        assert image.getexif().get(0x0112, 1) == 1
        pixel = image.convert("RGB").getpixel((10, 20))
    assert isinstance(pixel, tuple)
    assert pixel[1] > pixel[0]
