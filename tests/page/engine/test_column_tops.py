"""What begins a column stands as high as what begins its neighbour."""

from __future__ import annotations

import io
import re
from collections import Counter

import pikepdf
import pytest

from pipeline.models.editions import SCREEN
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.identity.style_file import PageRhythm
from tests.support.composing.pages import shipped_style
from tests.support.composing.set_lines import SetLine, set_lines

SHEET = """
@page{size:A4;margin:20mm} body{margin:0;font:10pt/14pt var(--text)} p{margin:0}
.columns{columns:2;column-gap:6mm} .block{break-inside:avoid}
h4{margin:14pt 0 0;font:700 10pt/14pt var(--text)}
"""


def lines_of(columns: str, layout: int = 2) -> list[SetLine]:
    """Print two columns, and return their lines."""
    return list(set_lines(pdf_of(columns, layout)))


def pdf_of(columns: str, layout: int = 2) -> bytes:
    """Print two columns."""
    style = shipped_style()
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in style.faces.items()}
    html = (
        f'<!doctype html><html lang="bg" data-layout="{layout}"><head><title>Проба</title><style>'
        f"{style.properties(SCREEN)}{SHEET}</style></head>"
        f'<body><div class="columns">{columns}</div></body></html>'
    )
    rhythm = PageRhythm(lines=49, leading=14, top=56)
    return print_pdf(html, SCREEN, assets, b"0" * 16, rhythm).pdf


def baseline_of(lines: list[SetLine], word: str) -> float:
    """Return the baseline of the line with a word."""
    return next(line.baseline for line in lines if word in line.text)


@pytest.mark.parametrize("head", ["<h4>Глава</h4>", '<div style="margin-top:9pt">Глава</div>'])
def test_a_head_at_the_top_of_a_column_loses_the_space_above_it(head: str) -> None:
    before = '<div class="block"><p>Начало</p><p>едно</p><p>две</p></div>'
    lines = lines_of(f'{before}<div class="block">{head}<p>три</p></div>')
    together = next(line for line in lines if "Начало" in line.text)
    # One line of the file holds both columns, so they stand at one height.
    assert "Глава" in together.text


def test_a_link_in_a_column_that_was_raised_is_where_its_words_are() -> None:
    before = '<div class="block"><p>Начало</p><p>едно</p><p>две</p></div>'
    pdf = pdf_of(
        f'{before}<div class="block"><h4>Глава</h4><p><a href="https://a.example/">тук</a></p></div>'
    )
    (line,) = [line for line in set_lines(pdf) if "тук" in line.text]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (area,) = [each.Rect for each in opened.pages[0].Annots]
    lower, upper = sorted((float(area[1]), float(area[3])))
    assert lower < line.baseline < upper


@pytest.mark.parametrize("lines", [102, 103, 104])
def test_what_follows_columns_that_fill_their_page_is_on_the_next(lines: int) -> None:
    """A page has two columns of 52 lines."""
    long = "<br>".join(f"ред{number}" for number in range(lines))
    following = '<div style="column-span:all">Обхваща</div><p>Следва</p>'
    printed = lines_of(f'<p style="orphans:2;widows:2">{long}</p>{following}')
    words = " ".join(line.text for line in printed)
    assert f"ред{lines - 1}" in words
    assert "Обхваща" in words
    assert "Следва" in words


@pytest.mark.parametrize("parts", [(50, 30), (20, 40), (10, 10, 45, 90), (49, 60, 5)])
@pytest.mark.parametrize("around", [0, 6])
def test_what_spans_columns_goes_on_where_its_page_ended(parts: tuple[int, ...], around: int) -> None:
    """A page has 52 lines."""
    numbers = iter(range(1000))
    texts = ["<br>".join(f"ред{next(numbers)}" for _ in range(lines)) for lines in parts]
    spanning = "".join(f"<div><p>{text}</p></div>" for text in texts)
    before, after = (
        f"<p>{'<br>'.join(f'{name}{at}' for at in range(around))}</p>" for name in ("пред", "след")
    )
    printed = lines_of(f'{before}<div style="column-span:all">{spanning}</div>{after}')
    words = re.findall(r"[а-я]+\d+", " ".join(line.text for line in printed))
    assert [word for word in words if word.startswith("ред")] == [f"ред{at}" for at in range(sum(parts))]
    assert Counter(words).most_common(1)[0][1] == 1
    assert len(words) == sum(parts) + 2 * around


def test_a_head_within_a_column_keeps_it() -> None:
    lines = lines_of("<div class='block'><p>Начало</p><h4>Глава</h4><p>край</p></div><p>Втора</p>")
    assert baseline_of(lines, "Начало") - baseline_of(lines, "Глава") == pytest.approx(28, abs=0.3)


@pytest.mark.parametrize("counts", [(5,), (7,), (3, 4), (9, 2), (2, 11)])
def test_what_follows_columns_stands_directly_below_their_last_line(counts: tuple[int, ...]) -> None:
    """The engine takes a column that is continued for as high as it tried to make it."""
    paragraphs = ("<br>".join(f"ред{at}" for at in range(count)) for count in counts)
    lines = lines_of("".join(f"<p>{each}</p>" for each in paragraphs) + "</div><p>Край</p><div>")
    above = min(line.baseline for line in lines if "ред" in line.text)
    assert above - baseline_of(lines, "Край") == pytest.approx(14, abs=0.3)


def test_what_follows_columns_rises_with_a_head_that_begins_one() -> None:
    first = '<div class="block"><p>Начало</p><p>едно</p><p>две</p></div>'
    lines = lines_of(
        f'{first}<div class="block"><h4>Глава</h4><p>три</p><p>пет</p></div></div><p>Край</p><div>'
    )
    assert baseline_of(lines, "две") - baseline_of(lines, "Край") == pytest.approx(14, abs=0.3)
