"""What measures finished pages sees what it is to see: holes, ladders, wide spaces, faint text, ink."""

from __future__ import annotations

from pipeline.models.editions import SCREEN
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.identity.style_file import PageRhythm
from tests.support.composing.pages import PLAIN, shipped_style
from tests.support.composing.pages import paragraphs as texts
from tests.support.pages.page_figures import PageFigures, figures_of

SHEET = """
@page{size:A4;margin:60pt 18mm 67.89pt} body{margin:0;font:10pt/14pt var(--text);hyphenate-character:"-"}
p{margin:0;text-align:justify;hyphens:auto;widows:2;orphans:2} .columns{columns:2;column-gap:6mm}
"""


def measured(body: str, sheet: str = "") -> PageFigures:
    """Print a page, and measure it."""
    style = shipped_style()
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in style.faces.items()}
    html = (
        f'<!doctype html><html lang="bg" data-layout="2"><head><title>Проба</title><style>'
        f"{style.properties(SCREEN)}{SHEET}{sheet}</style></head><body>{body}</body></html>"
    )
    return figures_of(
        print_pdf(html, SCREEN, assets, b"0" * 16, PageRhythm(lines=51, leading=14, top=60)).pdf
    )


def test_a_hole_across_the_page_is_seen_and_the_space_between_two_articles_is_none() -> None:
    text = f"<p>{texts('bg', 1, seed=2)[0]}</p>"
    assert measured(f'{text}<div style="height:28pt"></div>{text}').holes == ()
    assert len(measured(f'{text}<div style="height:90pt"></div>{text}').holes) == 1


def test_a_hole_in_one_of_two_columns_is_seen() -> None:
    short, long = ("".join(f"<p>{text}</p>" for text in texts("bg", number, seed=3)) for number in (1, 3))
    columns = (
        f'<div style="display:flex;gap:6mm"><div style="width:84mm">{short}</div>'
        f'<div style="width:84mm">{long}</div></div><p>{short}</p>'
    )
    assert any(hole.startswith("1: half 1") for hole in measured(columns).holes)


def test_a_tinted_ground_beside_text_is_no_hole() -> None:
    text = f"<p>{texts('bg', 1, seed=2)[0]}</p>"
    beside = f'<p style="width:84mm">{"Ред<br>" * 12}</p><p style="width:84mm"></p>'
    row = '<div style="display:flex;gap:6mm;background:{}">{}</div>'
    assert measured(text + row.format("#fff", beside) + text).holes
    assert not measured(text + row.format("#e8eef2", beside) + text).holes


def test_wide_spaces_and_ladders_of_narrow_columns_are_seen() -> None:
    text = "".join(f"<p>{each}</p>" for each in texts("bg", 30, seed=4))
    narrow = measured(f'<div class="columns">{text}</div>', f"p{{{PLAIN};hyphenate-limit-zone:0}}")
    assert narrow.lines > 100
    assert narrow.loose > 0.1
    assert narrow.widest > 2
    assert narrow.ladder > 2
    assert narrow.broken_limits


def test_text_set_flush_left_has_no_wide_spaces() -> None:
    text = "".join(f"<p>{each}</p>" for each in texts("bg", 30, seed=4))
    assert measured(f'<div class="columns">{text}</div>', "p{text-align:left}").loose == 0


def test_faint_text_is_seen_and_black_text_is_not_faint() -> None:
    words = "<p>Дума на страница</p>"
    assert measured(words).contrast > 15
    assert measured(words, "p{color:#999999}").faint == ("1: Дума на страница",)


def test_the_ink_of_a_page_is_the_share_of_its_cells() -> None:
    half = measured('<div style="height:148mm;margin:0 -18mm;background:#000"></div>', "@page{margin:0 18mm}")
    assert 0.45 < half.inked[0] < 0.6
    assert measured("<p>.</p>").inked[0] < 0.02
