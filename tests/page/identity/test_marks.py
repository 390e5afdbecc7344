"""The marks of funders keep their colours and a margin of white on any ground."""

from __future__ import annotations

import pytest

from pipeline.models.editions import PRESS, SCREEN
from pipeline.models.identity import Identity
from pipeline.models.publication import Funder
from pipeline.page.identity.house import House
from pipeline.page.marks import PrintedPicture, funder_mark
from pipeline.page.style import Style, load_style
from tests.page.identity.looks import FONTS
from tests.support.paths import BAD_ISSUES, REPOSITORY

EU = Funder(key="eu", name="Европейски съюз", logo="eu-emblem", statement="Съфинансирано")
OTHER = Funder(key="no", name="Норвегия", logo="logos/norway.png", statement="С подкрепата")
PICTURES = {"../logos/norway.png": PrintedPicture("https://issue.invalid/norway.png", 2.0)}


def plain_style(main: str) -> Style:
    house = House(Identity.model_validate({"main": main}), "bg")
    return load_style("plain", 1, [BAD_ISSUES / "E440-colour" / "styles"], FONTS, house)


@pytest.mark.parametrize("main", ["#FFD400", "#1F3D2B"])
def test_the_emblem_is_blue_and_yellow_on_white_whatever_the_colours_of_the_house(main: str) -> None:
    mark = funder_mark(EU, {}, SCREEN, plain_style(main))
    assert "padding:2mm;background:#FFFFFF" in mark
    assert "#003399" in mark
    assert main not in mark
    printed = funder_mark(EU, {}, PRESS, plain_style(main))
    assert "background:device-cmyk(0% 0% 0% 0%)" in printed
    assert "#" not in printed


def test_a_mark_and_its_margin_fit_into_the_column() -> None:
    assert 'style="width:36.0mm"' in funder_mark(OTHER, PICTURES, SCREEN, plain_style("#FFD400"))


def test_a_style_of_format_1_shows_marks_as_it_did() -> None:
    style = load_style("knowledge-city", 1, [REPOSITORY / "styles"], FONTS)
    assert funder_mark(OTHER, PICTURES, SCREEN, style).startswith(
        '<img src="https://issue.invalid/norway.png"'
    )
