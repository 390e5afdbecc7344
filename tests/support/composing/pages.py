"""Pages of paragraphs alone, printed with the faces of the shipped style."""

from __future__ import annotations

import functools
import random
from html import escape
from typing import TYPE_CHECKING, Final

from fontTools.ttLib import TTFont

from pipeline.models.editions import SCREEN
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.identity.style_file import PageRhythm
from pipeline.page.style import load_style
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.page.style import Style

POINTS: Final = 72 / 25.4
MARGIN: Final = 20
"""The page's margin, in millimetres."""

_RHYTHM: Final = PageRhythm(lines=49, leading=14, top=56)
_SHEET: Final = """
@page{{size:210mm 297mm;margin:{margin}mm}}
body{{margin:0;width:{measure}mm;font:10pt/14pt var(--text);overflow-wrap:break-word}}
p{{margin:0;text-indent:14pt;orphans:2;widows:2;text-align:{align};hyphens:auto;hyphenate-character:"-";
{composing}}}
[lang] [lang]{{hyphens:manual}}
.part{{white-space:nowrap;hyphens:none}}
.note{{float:footnote;font-size:8.5pt;text-indent:0}}
.card{{float:left;width:30mm;height:50mm;margin:0 4mm 4mm 0}}
.columns{{columns:2;column-gap:6mm}}
"""
COMPOSED: Final = (
    "--composing:total-fit;hyphenate-limit-zone:0;hyphenate-limit-chars:6 2 2;"
    "font-variant-ligatures:no-common-ligatures"
)
"""What a style's sheet says for a paragraph composed as a whole."""

PLAIN: Final = "hyphenate-limit-zone:8%;hyphenate-limit-chars:7 3 3"
"""What the shipped style's first version says for its paragraphs."""

WORDS: Final = {
    "bg": (
        "а и в с на по за от до са се че да не ще или при през след между според заради най-добрите "
        "по-голяма община училище градът хората новият проект работата младежите предприемачество "
        "изследване участниците организация образование възможности технологии обучението "
        "устойчивост партньорите европейските научно-изследователски демонстрираха сътрудничеството "
        "библиотеката иновативни икономика представители земеделие дигитализация програмата "
        "площадка конференция здравеопазване архитектурата разговор място днес пет дни вече година "
        "бе тук зала час много добре малко "
    ),
    "en": (
        "a the of and in to for with by on at is was are we they from after between towards "
        "well-known long-term city school people project work young enterprise research "
        "participants organisation education opportunities technology training sustainability "
        "partners European scientific demonstrated office co-operation library innovative economy "
        "representatives agriculture digitisation programme flourishing conference healthcare "
        "architecture efficient place today five days already year here hall hour good first "
    ),
    "uk": (
        "а і в з на по за від до є що не або при через після між згідно будь-який по-новому громада "
        "школа місто люди новий проєкт робота молодь підприємництво дослідження учасники "
        "організація освіта можливості технології навчання сталість партнери європейські "
        "науково-дослідний демонстрували співробітництво бібліотека інноваційні економіка "
        "представники господарство цифровізація програма майданчик конференція здоров’я архітектура "
        "розмова місце сьогодні п’ять днів уже рік був тут зала година багато добре "
    ),
}


@functools.cache
def shipped_style() -> Style:
    """Return the shipped style, for its faces."""
    return load_style("knowledge-city", 1, [REPOSITORY / "styles"], [REPOSITORY / "fonts"])


@functools.cache
def natural_space() -> float:
    """Return the width of a space of the face of texts, in ems."""
    path = next(path for name, path in shipped_style().faces.items() if "SourceSerif-Regular" in name)
    face = TTFont(path)
    return float(face["hmtx"][face.getBestCmap()[32]][0] / face["head"].unitsPerEm)


def paragraphs(language: str, count: int, seed: int) -> list[str]:
    """Return paragraphs of common words in no order, as HTML.

    Args:
        language: One of `WORDS`.
        count: How many.
        seed: The same for the same ones.
    """
    chance = random.Random(seed)
    words = WORDS[language].split()
    texts = []
    for _ in range(count):
        sentences = []
        for _ in range(chance.randint(2, 6)):
            chosen = [
                word + "," * (chance.random() < 0.1)
                for word in chance.choices(words, k=chance.randint(6, 22))
            ]
            sentence = " ".join(chosen).rstrip(",")
            sentences.append(sentence[0].upper() + sentence[1:] + ".")
        texts.append(escape(" ".join(sentences), quote=False))
    return texts


def printed(
    texts: Sequence[str],
    *,
    language: str = "bg",
    measure: float = 114,
    composing: str = COMPOSED,
    align: str = "justify",
    before: str = "",
) -> bytes:
    """Print paragraphs one after the other.

    Args:
        texts: Each as HTML.
        language: Their language.
        measure: Their measure, in millimetres.
        composing: `COMPOSED` or `PLAIN`, or other declarations.
        align: Their alignment.
        before: HTML before them, as a float.

    Returns:
        The PDF.
    """
    style = shipped_style()
    sheet = _SHEET.format(margin=MARGIN, measure=measure, align=align, composing=composing)
    html = (
        f'<!doctype html><html lang="{language}" data-layout="2"><head><title>Текст</title>'
        f"<style>{style.properties(SCREEN)}{sheet}</style></head><body>{before}"
        f"{''.join(f'<p>{text}</p>' for text in texts)}</body></html>"
    )
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in style.faces.items()}
    return print_pdf(html, SCREEN, assets, b"0" * 16, _RHYTHM).pdf
