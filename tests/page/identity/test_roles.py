"""What a house's two colours become: text to be read, inks to be printed, and the colours themselves."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

import pytest

from pipeline.page.identity.roles import ROLES
from pipeline.page.identity.style_file import StyleSheet
from tests.page.identity.looks import PALE, PLAN, look, measured_contrast

if TYPE_CHECKING:
    from pipeline.page.identity.house import HouseLook

TEXTS_AND_GROUNDS = {
    "on-main": ["main"],
    "on-accent": ["accent"],
    "on-mid": ["mid"],
    "on-mid-accent": ["mid-accent"],
    "on-tint": ["tint"],
    "on-tint-accent": ["tint-accent"],
    "cover-text": ["cover-ground"],
    "cover-accent": ["cover-ground"],
    "band-text": ["band-ground"],
    "band-accent": ["band-ground"],
    "ink": ["white", "tint", "tint-accent"],
    "grey": ["white", "tint", "tint-accent"],
    "main-text": ["white", "tint", "tint-accent"],
    "accent-text": ["white", "tint", "tint-accent"],
    "main-small": ["white", "tint", "tint-accent"],
    "accent-small": ["white", "tint", "tint-accent"],
}
EVERY_HUE = [
    f"#{red:02X}{green:02X}{blue:02X}" for red, green, blue in itertools.product((0, 128, 255), repeat=3)
]


@functools.cache
def look_of(main: str, accent: str) -> HouseLook:
    return look({"main": main, "accent": accent})


def pairs() -> list[tuple[str, str]]:
    return [*PALE.values(), *zip(EVERY_HUE, reversed(EVERY_HUE), strict=True)]


@pytest.mark.parametrize(("main", "accent"), pairs())
def test_text_can_be_read_on_every_ground_whatever_the_two_colours(main: str, accent: str) -> None:
    tokens = look_of(main, accent).plan.tokens
    ratios = {
        (text, ground): measured_contrast(tokens[text].srgb, tokens[ground].srgb)
        for text, grounds in TEXTS_AND_GROUNDS.items()
        for ground in grounds
    }
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < 4.5} == {}
    # A bar and its part are told apart in black print, too.
    assert measured_contrast(tokens["share"].srgb, tokens["mid"].srgb) >= 1.85
    assert measured_contrast(tokens["mark-a"].srgb, tokens["cover-ground"].srgb) >= 3
    assert measured_contrast(tokens["mark-b"].srgb, tokens["cover-ground"].srgb) >= 3


@pytest.mark.parametrize(("main", "accent"), pairs())
def test_letters_can_be_read_in_the_dark_whatever_the_two_colours(main: str, accent: str) -> None:
    dark = look_of(main, accent).dark
    for text, ground in itertools.product(
        ("dark-text", "dark-grey", "dark-main", "dark-accent"), ("dark-ground", "dark-tint")
    ):
        assert measured_contrast(dark[text], dark[ground]) >= 4.5, (text, ground)
    assert measured_contrast(dark["dark-band-text"], dark["dark-band"]) >= 4.5


@pytest.mark.parametrize("name", PALE)
def test_a_house_finds_its_own_colours_where_they_fill_an_area(name: str) -> None:
    main, accent = PALE[name]
    tokens = look_of(main, accent).plan.tokens
    assert [tokens[role].srgb for role in ("main", "accent", "cover-ground")] == [main, accent, main]
    assert tokens["main-text"].srgb != main
    assert look_of(main, accent).findings == ()


@pytest.mark.parametrize(("main", "accent"), pairs())
def test_small_type_is_printed_in_one_solid_ink(main: str, accent: str) -> None:
    tokens = look_of(main, accent).plan.tokens
    for role in ("ink", "grey", "main-small", "accent-small", "rule", "on-mid", "on-tint", "on-tint-accent"):
        assert tokens[role].cmyk == (0, 0, 0, 100), role
    for role in ("on-main", "on-accent"):
        assert tokens[role].cmyk in {(0, 0, 0, 100), (0, 0, 0, 0)}, role


@pytest.mark.parametrize(("main", "accent"), pairs())
def test_no_ground_takes_more_ink_than_the_paper_holds(main: str, accent: str) -> None:
    tokens = look_of(main, accent).plan.tokens
    assert max(sum(token.cmyk) for token in tokens.values()) <= 280
    assert all(not 0 < part < 3 for token in tokens.values() for part in token.cmyk)


def test_a_house_that_knows_its_inks_gets_these() -> None:
    tokens = look({"main": {"srgb": "#1F3D2B", "cmyk": "75/40/70/60"}}).plan.tokens
    assert tokens["main"].cmyk == (75, 40, 70, 60)
    assert tokens["main-text"].cmyk == (75, 40, 70, 60)


def test_a_grey_is_printed_in_black_alone() -> None:
    assert look({"main": "#777777"}).plan.tokens["main"].cmyk == (0, 0, 0, 53)


@pytest.mark.parametrize("grey", ["#A7A9AC", "#C0C0C0", "#8A8D8F"])
def test_heads_of_a_grey_house_are_not_paler_than_its_text_can_bear(grey: str) -> None:
    tokens = look({"main": grey}).plan.tokens
    assert measured_contrast(tokens["main-text"].srgb, tokens["tint"].srgb) >= 7.0
    assert tokens["main"].srgb == grey


def test_a_style_may_fill_its_bands_and_choose_the_ground_of_its_cover() -> None:
    plan = StyleSheet.model_validate(
        PLAN.model_dump(by_alias=True) | {"roles": {"band-ground": "main", "cover-ground": "accent"}}
    )
    tokens = look({"main": "#1F3D2B", "accent": "#D9A441"}, plan=plan).plan.tokens
    assert (tokens["band-ground"].srgb, tokens["band-text"].srgb) == ("#1F3D2B", "#FFFFFF")
    assert tokens["cover-ground"].srgb == "#D9A441"
    assert measured_contrast(tokens["cover-text"].srgb, "#D9A441") >= 4.5


def test_a_fill_that_a_style_states_gives_way_to_that_of_the_house() -> None:
    stated = {"main": {"srgb": "#0F4C64", "cmyk": [100, 45, 30, 35]}, "mid": {"srgb": "#6FA9BC"}}
    plan = StyleSheet.model_validate(PLAN.model_dump(by_alias=True) | {"roles": stated})
    assert look(plan=plan).plan.tokens["mid"].srgb == "#6FA9BC"
    assert look(plan=plan).plan.tokens["main"].cmyk == (100, 45, 30, 35)
    assert look({"main": "#7A1F2B"}, plan=plan).plan.tokens["mid"].srgb != "#6FA9BC"


def test_a_style_that_says_nothing_has_every_role() -> None:
    assert tuple(look().plan.tokens) == ROLES
