"""Continuations of a page are printed, whichever pages the engine lays out again for their counters."""

from __future__ import annotations

import pypdfium2
import pytest

from pipeline.models.editions import SCREEN
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.style import load_style
from tests.conftest import REPOSITORY

SENT_ON = {
    "card": '<aside class="sent"><div></div><div class="whole">пренесено</div></aside>',
    "note": 'дума<span class="note">пренесено<br>1<br>2<br>3<br>4<br>5</span>',
}
SHEET = """
    @page { size: 100mm 100mm; margin: 10mm }
    body { font: 10pt/14pt var(--text); orphans: 1; widows: 1 }
    p { margin: 0 }
    .sent { float: left; width: 30mm }
    .whole { break-inside: avoid; height: 30mm }
    .note { float: footnote }
    .columns { columns: 2; column-gap: 4mm }
    .spanning { column-span: all }
    a::after { content: " " target-counter(attr(href), page) }
"""


def words_of_pages(body: str) -> list[str]:
    style = load_style("knowledge-city", 1, [REPOSITORY / "styles"], [REPOSITORY / "fonts"])
    page = (
        f'<html lang="bg"><head><title>Проба</title><style>{style.properties(SCREEN)}{SHEET}</style></head>'
        f"<body>{body}</body></html>"
    )
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in style.faces.items()}
    document = pypdfium2.PdfDocument(print_pdf(page, SCREEN, assets, b"0" * 16, style.plan.page).pdf)
    words = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return words


@pytest.mark.parametrize("sent", SENT_ON.values(), ids=SENT_ON)
@pytest.mark.parametrize("counter", [True, False], ids=["beside a page number", "beside none"])
def test_what_a_page_sends_on_is_printed_once_on_the_next(sent: str, counter: bool) -> None:  # noqa: FBT001
    filling = "<p>ред</p>" * 14
    following = '<p><a href="#last">вижте</a></p>' if counter else "<p>вижте</p>"
    last = '<p id="last" style="break-before: page">край</p>'
    pages = words_of_pages(f"{filling}<p>{sent}</p>{'<p>ред</p>' * 4}{following}{last}")
    assert [page.count("пренесено") for page in pages] == [0, 1, 0]
    assert "вижте" in pages[1]
    assert ("3" in pages[1].partition("вижте")[2].split()[:1]) == counter


@pytest.mark.parametrize("lines", range(8, 19))
def test_a_card_goes_with_its_head_and_is_printed_once(lines: int) -> None:
    head = f'<header style="break-inside: avoid; break-after: avoid"><h3>глава</h3>{SENT_ON["card"]}</header>'
    text = f'<p style="orphans: 3">{"<br>".join(["ред"] * 6)}</p>'
    pages = words_of_pages(f"{'<p>ред</p>' * lines}<article>{head}{text}</article>")
    assert sum(page.count("пренесено") for page in pages) == 1
    headed = next(number for number, page in enumerate(pages) if "глава" in page)
    carded = next(number for number, page in enumerate(pages) if "пренесено" in page)
    assert headed <= carded <= headed + 1


@pytest.mark.parametrize("lines", range(6, 12))
def test_what_spans_columns_stays_whole_where_what_follows_needs_another_page(lines: int) -> None:
    spanning = f'<div class="spanning">{"<p>през</p>" * 3}</div>'
    columns = f'<div class="columns">{"<p>ред</p>" * 2}{spanning}</div>'
    kept = "break-before: avoid; break-inside: avoid; margin: 0"
    head = f'<h3 style="{kept}">{"<br>".join(["глава"] * 4)}</h3>'
    pages = words_of_pages(f"{'<p>горе</p>' * lines}{columns}{head}<p>край</p>")
    assert [sum(page.count(word) for page in pages) for word in ("през", "глава", "край")] == [3, 4, 1]


def test_what_spans_columns_that_just_fit_comes_on_the_next_page() -> None:
    style = "break-inside: avoid; margin-top: 14pt; height"
    blocks = "".join(f'<div style="{style}: {height}pt">ред</div>' for height in (70, 20, 42, 20, 20))
    columns = f'<div class="columns">{blocks}<div class="spanning"><p>през</p></div></div>'
    pages = words_of_pages(f'<div style="height: 96pt">горе</div>{columns}<p>край</p>')
    assert [sum(page.count(word) for page in pages) for word in ("ред", "през", "край")] == [5, 1, 1]
