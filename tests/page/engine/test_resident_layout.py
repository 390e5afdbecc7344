"""A layout kept between edits gives the pages of one from the start, whatever articles hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.models.editions import SCREEN
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.preview.chunks import chunks_of
from pipeline.page.engine.preview.drawing import drawn_page, key_of
from pipeline.page.engine.preview.resident_layout import ResidentLayout
from pipeline.page.style import load_style
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.page.engine.page_boxes import PageFill
    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.engine.preview.laid_out import LaidOut

STYLE: Final = load_style("knowledge-city", 1, [REPOSITORY / "styles"], [REPOSITORY / "fonts"])
FACES: Final = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in STYLE.faces.items()}
SHEET: Final = """
    @page { size: 100mm 100mm; margin: 10mm; @top-left { content: string(section) } }
    @page { @bottom-left { content: counter(page) } }
    body { font: 10pt/14pt var(--text) }
    p, h2, h3 { margin: 0; font: inherit; break-after: auto }
    h2, h3 { break-after: avoid }
    h2 { string-set: section content() }
    .fresh { break-before: page }
    .card { float: left; width: 25mm }
    .whole { break-inside: avoid; height: 20mm }
    .two { columns: 2; column-gap: 4mm }
    .note { float: footnote }
    a::after { content: " " target-counter(attr(href), page) }
"""
WORDS: Final = ["дума", "друга", "трета", "между", "четири"]

paragraph = st.integers(1, 40).map(lambda count: f"<p>{' '.join((WORDS * 8)[:count])}</p>")
block = st.one_of(
    paragraph,
    paragraph,
    st.just("<h3>подзаглавие</h3>"),
    st.just('<aside class="card"><div class="whole">карта</div><div class="whole">карта</div></aside>'),
    st.just('<p>с бележка<span class="note">бележка под линия</span></p>'),
    st.just("<ul><li>едно<li>две<li>три</ul>"),
    st.just('<p><a href="#last">вижте</a></p>'),
    st.lists(paragraph, min_size=2, max_size=4).map(lambda many: f'<div class="two">{"".join(many)}</div>'),
)
article = st.lists(block, min_size=1, max_size=6).map("".join)


def document(articles: list[str], *, fresh: int = -1) -> str:
    parts = []
    for number, body in enumerate(articles):
        kind = ' class="fresh"' if number == fresh else ""
        parts.append(
            f"<section{kind}><h2>Раздел {number}</h2>"
            f'<article id="a{number}"><h3>Статия {number}</h3><div>{body}</div></article></section>'
        )
    contents = "".join(f'<p><a href="#a{number}">Статия</a></p>' for number in range(len(articles)))
    return (
        f'<html lang="bg" data-layout="2"><head><title>Проба</title><style>{STYLE.properties(SCREEN)}'
        f"{SHEET}</style></head><body><nav>{contents}</nav><main>{''.join(parts)}</main>"
        '<p id="last">край</p></body></html>'
    )


def laid(layout: ResidentLayout, html: str) -> LaidOut:
    return layout.lay_out(html, FACES)


def keys(pages: LaidOut) -> list[str]:
    return [key_of(drawn_page(page, pages.styled, None)) for page in pages.pages]


@pytest.fixture
def layout() -> Iterator[ResidentLayout]:
    kept = ResidentLayout(STYLE.plan.page)
    yield kept
    kept.close()


class Anew(NamedTuple):
    """What a layout from the start gives."""

    pages: list[str]
    extents: list[list[tuple[float, ...]]]
    fills: tuple[PageFill, ...]
    measures: LayoutMeasures


def anew(html: str) -> Anew:
    """Lay a document out from the start."""
    fresh = ResidentLayout(STYLE.plan.page)
    try:
        return compared(laid(fresh, html))
    finally:
        fresh.close()


def compared(pages: LaidOut) -> Anew:
    extents = [[tuple(extent[1:]) for extent in page.extents] for page in pages.pages]
    return Anew(keys(pages), extents, pages.fills, pages.measures())


@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.data(), st.lists(article, min_size=2, max_size=4), st.integers(-1, 3))
def test_pages_after_edits_are_those_of_a_layout_from_the_start(
    data: st.DataObject, articles: list[str], fresh: int
) -> None:
    layout = ResidentLayout(STYLE.plan.page)
    try:
        laid(layout, document(articles, fresh=fresh))
        for _ in range(2):
            articles[data.draw(st.integers(0, len(articles) - 1))] = data.draw(article)
            html = document(articles, fresh=fresh)
            assert compared(laid(layout, html)) == anew(html)
    finally:
        layout.close()


def test_each_page_is_told_by_its_number_as_it_is_laid_out() -> None:
    told: list[int] = []
    layout = ResidentLayout(STYLE.plan.page, told.append)
    try:
        pages = len(laid(layout, document(["<p>един</p>", "<p>два</p>"])).pages)
    finally:
        layout.close()
    assert told[-pages:] == list(range(1, pages + 1))


def test_numbers_named_elsewhere_follow_where_the_whole_is_laid_out_again(layout: ResidentLayout) -> None:
    """A whole layout begins with the numbers of before, too: those that moved are put right."""
    first = ["<p>дума</p>" * 4, "<p>дума</p>", "<p>дума</p>"]
    laid(layout, document(first))
    grown = [f'<p>с<span class="note">бележка</span></p>{"<p>дума</p>" * 40}', *first[1:]]
    kept = laid(layout, document(grown))
    assert len(kept.made) == len(kept.pages) > 1
    assert compared(kept) == anew(document(grown))


def test_a_note_on_a_page_that_is_laid_out_again_for_a_number_stays(layout: ResidentLayout) -> None:
    last = '<p><a href="#last">вижте</a></p><p>с<span class="note">бележка под линия</span></p>'
    laid(layout, document(["<p>дума</p>" * 6, last]))
    html = document(["<p>дума</p>" * 30, last])
    assert compared(laid(layout, html)) == anew(html)


def test_what_a_page_hands_over_stands_on_no_page_that_is_laid_out_again_for_a_number(
    layout: ResidentLayout,
) -> None:
    words = "дума друга трета между четири "
    card = '<aside class="card"><div class="whole">карта</div><div class="whole">карта</div></aside>'
    note = '<p>с бележка<span class="note">бележка под линия</span></p>'
    link, items = '<p><a href="#last">вижте</a></p>', "<ul><li>едно<li>две<li>три</ul>"

    def columns(*counts: int, last: str = "") -> str:
        return f'<div class="two">{"".join(f"<p>{words * count}{last}</p>" for count in counts)}</div>'

    first = f"{link}{card}{link}{items}{note}{items}"
    before = f"{link}{note}{columns(8, 5, 2, 4, last='дума друга')}{link}{items}"
    after = f"{card}{columns(5, 2, 7, 7, last='дума друга трета')}{card}{note}"
    laid(layout, document([first, before]))
    html = document([first, after])
    assert compared(laid(layout, html)) == anew(html)


LONG: Final = "<p>дума друга трета между четири думи на реда</p>" * 30


class TestOnlyWhatMustIsLaidOut:
    def test_nothing_where_nothing_changed(self, layout: ResidentLayout) -> None:
        html = document([LONG] * 4)
        before, after = laid(layout, html), laid(layout, html)
        assert after.made == ()
        assert after.pages == before.pages

    def test_pages_far_from_the_edit_are_kept(self, layout: ResidentLayout) -> None:
        before = laid(layout, document([LONG] * 6))
        after = laid(layout, document([LONG, LONG, LONG.replace("дума", "буква", 1), *[LONG] * 3]))
        assert len(after.made) < len(after.pages) / 2
        assert after.pages[0] is before.pages[0]
        assert after.pages[-1] is before.pages[-1]

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (LONG, LONG + '<p>с<span class="note">бележка</span></p>'),
            (LONG, LONG.replace("<p>", '<p id="named">', 1)),
        ],
        ids=["a note more", "another anchor"],
    )
    def test_all_where_an_article_is_seen_from_outside(
        self, layout: ResidentLayout, before: str, after: str
    ) -> None:
        laid(layout, document([LONG, before, LONG]))
        html = document([LONG, after, LONG])
        kept = laid(layout, html)
        assert len(kept.made) == len(kept.pages)
        assert compared(kept) == anew(html)

    def test_all_where_a_file_is_another(self, layout: ResidentLayout) -> None:
        html = document([LONG] * 3)
        laid(layout, html)
        name, face = next(iter(FACES.items()))
        other = layout.lay_out(html, {**FACES, name: Asset(face.data + b"\0", face.media_type)})
        assert len(other.made) == len(other.pages)


def test_a_document_is_cut_at_its_articles_and_loses_nothing() -> None:
    html = document(["<p>едно</p>", "<p>две</p>"])
    chunks = chunks_of(html)
    assert len(chunks.articles) == 2
    woven = [part for pair in zip(chunks.rest, [*chunks.articles, ""], strict=True) for part in pair]
    assert "".join(woven) == html


def test_a_changed_article_is_found_and_a_changed_frame_is_not_one() -> None:
    before = chunks_of(document(["<p>едно</p>", "<p>две</p>"]))
    assert chunks_of(document(["<p>едно</p>", "<p>три</p>"])).changed_since(before) == [1]
    assert chunks_of(document(["<p>едно</p>", "<p>две</p>"])).changed_since(before) == []
    assert chunks_of(document(["<p>едно</p>"] * 3)).changed_since(before) is None
    assert chunks_of(document(["<p>едно</p>", "<p>две</p>"], fresh=1)).changed_since(before) is None
