"""Each fault of a layout is found where it was built in by hand, and none where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from pipeline.models.editions import SCREEN
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.layout_faults import FaultKind
from pipeline.page.engine.press import print_pdf
from pipeline.page.style import load_style
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from pipeline.page.engine.layout_faults import LayoutFault

SHEET: Final = """
    @page { size: 100mm 100mm; margin: 10mm 10mm 10mm 40mm }
    body { margin: 0; font: 10pt/14pt var(--text); orphans: 1; widows: 1 }
    p, h3, figure { margin: 0 }
    h3 { font: 15pt/21pt var(--head) }
    .card { float: left; width: 25mm; margin-left: -30mm; font: 8pt/10pt var(--head) }
    .whole { break-inside: avoid }
    .body p { text-align: justify }
    img { display: block }
"""
SQUARE: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><path d="M0 0h20v20z"/></svg>'
)
CARD: Final = "<h3>Глава</h3><aside class='card' data-article='article-a'><div></div><div class='whole'>"
NARROW: Final = "<table style='table-layout:fixed;width:50mm;white-space:nowrap'><tr>"
PICTURE: Final = '<img src="square.svg" alt="квадрат" style="width:20mm;height:20mm">'


def faults_of(body: str, sheet: str = "") -> list[LayoutFault]:
    style = load_style("knowledge-city", 1, [REPOSITORY / "styles"], [REPOSITORY / "fonts"])
    sheets = f"<style>{style.properties(SCREEN)}{SHEET}{sheet}</style>"
    page = f'<html lang="bg"><head><title>Проба</title>{sheets}</head><body>{body}</body></html>'
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in style.faces.items()}
    assets["square.svg"] = Asset(SQUARE, "image/svg+xml")
    return list(print_pdf(page, SCREEN, assets, b"0" * 16, style.plan.page).faults)


def article(text: str, head: str = "<h3>Глава</h3>") -> str:
    return f'<article id="article-a"><header>{head}</header><div class="body">{text}</div></article>'


LINES: Final = "<p>ред</p>" * 3
FAULTY: Final = {
    "two lines at one place": (
        f"{LINES}<p style='margin-top:-9pt'>отгоре</p>",
        FaultKind.TEXT_OVER_TEXT,
        "отгоре",
    ),
    "a positioned text over another": (
        "<p>дълъг ред с думи</p><p style='position:absolute;top:0;left:5mm'>върху него</p>",
        FaultKind.TEXT_OVER_TEXT,
        "върху него",
    ),
    "a cell wider than its column": (
        f"{NARROW}<td>Непротивоконституционен</td><td>съседът</td><td>а</td></tr></table>",
        FaultKind.TEXT_OVER_TEXT,
        "Непротивоконституционен",
    ),
    "running heads that meet": (
        LINES,
        FaultKind.TEXT_OVER_TEXT,
        "главата",
    ),
    "a text over a picture": (
        f"{PICTURE}<p style='margin-top:-10mm'>върху картината</p>",
        FaultKind.TEXT_OVER_PICTURE,
        "върху картината",
    ),
    "a word over the edge of the page": (
        "<p style='white-space:nowrap'>дума дума дума дума дума дума дума дума дума дума</p>",
        FaultKind.CUT,
        "дума",
    ),
    "a text above the page": ("<p style='margin-top:-15mm'>горе</p>", FaultKind.CUT, "горе"),
    "a picture over the edge": (
        "<img src='square.svg' alt='квадрат' style='width:70mm;height:20mm'>",
        FaultKind.PICTURE_CUT,
        "квадрат",
    ),
    "a run wider than its column": (
        "<p style='width:20mm;white-space:nowrap'>непресеклив-отрязък</p>",
        FaultKind.WIDE_RUN,
        "непресеклив-отрязък",
    ),
    "a gap within an article": (
        article("<p>преди</p><p style='margin-top:60pt'>след</p>"),
        FaultKind.HOLE,
        "след",
    ),
    "a picture sent below a card": (
        article(
            f"<p>преди</p><figure style='clear:both'>{PICTURE}</figure>",
            CARD + "<p>факт</p>" * 12 + "</div></aside>",
        ),
        FaultKind.HOLE,
        "квадрат",
    ),
    "words far apart": (
        "<p style='word-spacing:14pt'>раз два три</p>",
        FaultKind.WIDE_SPACES,
        "раз два три",
    ),
    "a heading at the foot of a page": (
        "<p>ред</p>" * 13 + article("<p style='break-before:page'>текст</p>"),
        FaultKind.HEADING_PARTED,
        "Глава",
    ),
    "a card sent on without a name": (
        "<p>ред</p>" * 12
        + article(
            "<p>текст</p>",
            CARD + "<p>факт</p>" * 6 + "</div></aside>",
        )
        + "<p style='clear:both'>край</p>",
        FaultKind.CARD_PARTED,
        "факт",
    ),
    "a caption on the next page": (
        f"<figure>{PICTURE}<figcaption style='break-before:page'>надпис</figcaption></figure>",
        FaultKind.CAPTION_PARTED,
        "надпис",
    ),
    "a first line alone": (
        "<p>ред</p>" * 15 + "<p>първи<br>втори<br>трети</p>",
        FaultKind.LONE_LINE,
        "първи",
    ),
    "a last line alone": (
        "<p>ред</p>" * 14 + "<p>първи<br>втори<br>трети</p>",
        FaultKind.LONE_LINE,
        "трети",
    ),
}
HEADS: Final = (
    "@page { @top-left { content: 'дълга глава на страницата отляво'; white-space: nowrap; width: 20mm }"
    " @top-right { content: 'главата отдясно на страницата'; white-space: nowrap } }"
)


@pytest.mark.parametrize(("body", "kind", "words"), FAULTY.values(), ids=FAULTY)
def test_a_fault_is_found_with_its_page_and_words(body: str, kind: FaultKind, words: str) -> None:
    faults = faults_of(body, HEADS if words == "главата" else "")
    assert any(fault.kind is kind and words in fault.words + fault.other for fault in faults), faults


SOUND: Final = {
    "paragraphs over pages": "<p>първи ред<br>втори ред</p>" * 20,
    "a heading with its text": "<p>ред</p>" * 10 + article("<p>текст</p>" * 6),
    "raised signs": "<p>H<sup style='font-size:6pt;vertical-align:4pt'>12</sup>O и <sub>7</sub> в ред</p>"
    * 3,
    "a picture with its caption": f"<figure>{PICTURE}<figcaption>надпис</figcaption></figure>",
    "a card beside its text": article(
        "<p>текст</p>" * 4,
        CARD + "<p>факт</p></div></aside>",
    ),
    "three empty lines": article("<p>преди</p><p style='margin-top:42pt'>след</p>"),
    "a table": "<table><tr><td>клетка</td><td>втора</td></tr><tr><td>още</td><td>и още</td></tr></table>",
}


@pytest.mark.parametrize("body", SOUND.values(), ids=SOUND)
def test_a_sound_page_has_no_fault(body: str) -> None:
    assert faults_of(body) == []


def test_a_fault_tells_its_page_and_its_place_in_millimetres() -> None:
    body = "<p style='break-after:page'>едно</p><p style='margin:20mm 0 0 10mm'>преди</p>"
    (fault,) = faults_of(f"{body}<p style='margin-left:10mm;margin-top:-14pt'>отгоре</p>")
    assert (fault.page, fault.kind) == (2, FaultKind.TEXT_OVER_TEXT)
    assert fault.area.left == pytest.approx(50, abs=0.5)
    assert 30 < fault.area.top < fault.area.bottom < 36
