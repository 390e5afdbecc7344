"""What fills the rest of a page: photographs above the contents, entries set apart, the colophon's ground."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Final

import pypdfium2
import pytest
from PIL import Image

from pipeline.models.editions import SCREEN
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.identity.style_file import PageRhythm
from tests.support.composing.pages import shipped_style
from tests.support.composing.set_lines import SetLine, set_lines

_SHEET: Final = """
@page{size:A4;margin:20mm} @page :first{margin:0} body{margin:0;font:10pt/14pt var(--text)} p{margin:0}
.first{break-after:page} .opening{position:relative;height:257mm;break-after:page}
.fills-contents{display:flex;gap:6mm} .fills-contents div{width:54mm;height:60mm;background-size:cover}
ol{columns:2;margin:0;padding:0;list-style:none} li{break-inside:avoid;height:28pt}
.imprint{position:absolute;left:0;bottom:0}
.note{float:footnote}
.colophon{margin:0 -20mm;padding:10pt 20mm 0;background:#234;color:#fff;break-inside:avoid}
"""
FOOT: Final = 20 / 25.4 * 72
"""Points: the margin below the imprint."""


def printed(body: str) -> bytes:
    style = shipped_style()
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in style.faces.items()}
    picture = io.BytesIO()
    Image.new("RGB", (60, 60), (180, 30, 30)).save(picture, "PNG")
    assets["p.png"] = Asset(picture.getvalue(), "image/png")
    html = (
        '<!doctype html><html lang="bg" data-layout="2"><head><title>Проба</title><style>'
        f"{style.properties(SCREEN)}{_SHEET}</style></head><body>"
        f'<p class="first">Корица</p>{body}</body></html>'
    )
    return print_pdf(html, SCREEN, assets, b"0" * 16, PageRhythm(lines=51, leading=14, top=56)).pdf


def contents(entries: int, most: int) -> list[SetLine]:
    """Print a page of contents below a photograph of 60 mm; returns its lines."""
    rows = "".join(f"<li>Раздел {number}</li>" for number in range(entries))
    photograph = '<div style="background-image:url(p.png)"></div>'
    strip = f'<div class="fills-contents" data-most="{most}">{photograph}</div>'
    page = f'<section class="opening">{strip}<ol>{rows}</ol><p class="imprint">Издател</p></section>'
    return [line for line in set_lines(printed(f"{page}<p>Край</p>")) if line.page == 1]


def baselines(lines: list[SetLine]) -> list[float]:
    return sorted({round(line.baseline, 1) for line in lines if "Раздел" in line.text}, reverse=True)


def test_photographs_above_contents_grow_until_these_end_above_the_imprint() -> None:
    grown, as_they_were = baselines(contents(8, 132)), baselines(contents(8, 60))
    assert as_they_were[0] - grown[0] == pytest.approx(72 / 25.4 * 72, abs=0.5)
    full = baselines(contents(8, 400))
    assert 20 < full[-1] - FOOT < 20 + 28 + 14


def test_entries_are_set_apart_where_photographs_may_not_grow_and_no_farther_than_looks_well() -> None:
    apart = [upper - lower for upper, lower in pairwise(baselines(contents(8, 60)))]
    assert apart == pytest.approx([28 + 18] * 3, abs=0.3)


def test_columns_of_contents_end_together_where_one_has_less() -> None:
    lines = [line for line in contents(13, 60) if "Раздел" in line.text]
    lowest = min(line.baseline for line in lines)
    # A line of the file holds both columns where they stand at one height.
    assert [line.text.count("Раздел") for line in lines if line.baseline == lowest] == [2]
    assert len(baselines(lines)) > 7


def test_entries_of_contents_without_photographs_are_set_apart_too() -> None:
    rows = "".join(f"<li>Раздел {number}</li>" for number in range(8))
    for foot in ("", '<p class="imprint">Издател</p>'):
        page = f'<section class="opening"><nav class="{{}}"><ol>{rows}</ol></nav>{foot}</section><p>Край</p>'
        plain, apart = (set_lines(printed(page.format(name))) for name in ("", "sets-apart"))
        steps = [upper - lower for upper, lower in pairwise(baselines(list(apart)))]
        assert steps == pytest.approx([28 + 18] * 3, abs=0.3)
        assert len(baselines(list(plain))) == 4


@pytest.mark.parametrize(("lines", "is_low"), [(1, True), (40, False)])
def test_the_words_of_a_colophon_stand_at_the_foot_of_a_ground_of_more_than_half_the_page(
    lines: int,
    *,
    is_low: bool,
) -> None:
    text = "<p>Ред</p>" * lines
    pdf = printed(f'{text}<footer class="colophon fills-page"><p>Редактор</p></footer>')
    (words,) = [line for line in set_lines(pdf) if "Редактор" in line.text]
    assert (words.baseline < FOOT + 14) == is_low
    document = pypdfium2.PdfDocument(pdf)
    foot = document[words.page].render(scale=1).to_pil().convert("RGB").getpixel((300, 838))
    document.close()
    assert foot == (0x22, 0x33, 0x44)


@pytest.mark.parametrize("lines", [1, 25, 44])
def test_notes_stand_above_the_colophon_and_not_within_it(lines: int) -> None:
    text = "<p>Ред</p>" * lines + '<p>Дума<span class="note">Бележка на край</span></p>'
    pdf = printed(f'{text}<footer class="colophon fills-page"><p>Редактор</p></footer>')
    set_on = {word: line for line in set_lines(pdf) for word in ("Бележка", "Редактор") if word in line.text}
    note, colophon = set_on["Бележка"], set_on["Редактор"]
    assert (note.page, colophon.page) == (1, 1)
    assert note.baseline > colophon.baseline + 14
    document = pypdfium2.PdfDocument(pdf)
    drawn = document[1].render(scale=1).to_pil().convert("RGB")
    document.close()
    height = drawn.height - round(note.baseline)
    assert drawn.getpixel((550, height - 4)) == (255, 255, 255)
    assert drawn.getpixel((550, 838)) == (0x22, 0x33, 0x44)


@pytest.mark.parametrize(("above", "is_covered"), [("", True), ("<p>Ред</p>", False)])
def test_a_line_above_a_colophon_is_not_covered_by_its_ground(above: str, *, is_covered: bool) -> None:
    style = "position:relative;top:24pt;margin-top:-15pt"
    pdf = printed(f'{above}<footer class="colophon fills-page" style="{style}"><p>Редактор</p></footer>')
    (words,) = [line for line in set_lines(pdf) if "Редактор" in line.text]
    head = pypdfium2.PdfDocument(pdf)[words.page].render(scale=1).to_pil().convert("RGB").getpixel((300, 20))
    assert (head != (255, 255, 255)) == is_covered
