"""The contrast of text on pages and in the letter, measured from outside, in the colours of pale pairs."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from pipeline.mail_edition.letter_look import letter_look
from pipeline.models.editions import SCREEN
from pipeline.models.identity import Identity
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.identity.house import House
from pipeline.page.style import load_style
from tests.page.identity.looks import FONTS, PALE, measured_contrast
from tests.page.identity.test_roles import TEXTS_AND_GROUNDS
from tests.support.looks.text_contrast import measured_texts
from tests.support.paths import BAD_ISSUES

if TYPE_CHECKING:
    from pipeline.page.style import Style

STYLES = [BAD_ISSUES / "E440-colour" / "styles"]


def style_of(name: str) -> Style:
    main, accent = PALE[name]
    identity = Identity.model_validate({"main": main, "accent": accent})
    return load_style("plain", 1, STYLES, FONTS, House(identity, "bg"))


@pytest.mark.parametrize("name", PALE)
def test_every_text_of_a_page_can_be_read(name: str) -> None:
    style = style_of(name)
    texts = "".join(
        f'<p style="padding:6pt;color:var(--{text});background:var(--{ground})">{text} на {ground}</p>'
        for text, grounds in TEXTS_AND_GROUNDS.items()
        for ground in grounds
    )
    page = (
        f'<html lang="bg"><head><title>Проба</title><style>{style.properties(SCREEN)}'
        "@page{size:A4;margin:15mm} p{margin:0;font:600 9pt/11pt var(--head)}"
        f"</style></head><body>{texts}</body></html>"
    )
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in style.faces.items()}
    printed = print_pdf(page, SCREEN, assets, b"0" * 16, style.plan.page)
    measured = list(measured_texts(printed.pdf))
    assert len(measured) >= sum(map(len, TEXTS_AND_GROUNDS.values()))
    assert [each for each in measured if each.ratio < 4.5] == []


@pytest.mark.parametrize("name", PALE)
def test_every_text_of_the_letter_can_be_read_by_day_and_by_night(name: str) -> None:
    look = letter_look(style_of(name))
    dark = look.dark
    pairs = [
        *itertools.product((look.ink, look.grey, look.head, look.mended), (look.white,)),
        (look.on_band, look.band),
        (look.on_fill, look.fill),
        *itertools.product((dark.text, dark.grey, dark.head, dark.mended), (dark.ground,)),
        (dark.on_band, dark.band),
    ]
    assert [pair for pair in pairs if measured_contrast(*pair) < 4.5] == []
