"""The drawings of the shipped issues take the colours of any house, and keep those of `knowledge-city` 1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pipeline.models.identity import Identity
from pipeline.page.identity.house import House
from pipeline.page.pictures.svg_inks import drawing_in_ink
from pipeline.page.style import load_style
from tests.page.identity.looks import FONTS
from tests.support.paths import REPOSITORY, SHIPPED_ISSUES

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.page.style import Style

DRAWINGS = sorted(SHIPPED_ISSUES.glob("*/images/*.svg"))
OTHERWISE = re.compile(rb"var\(--[\w-]+, (#[0-9A-F]{6})\)")


def style(name: str, **identity: str) -> Style:
    house = House(Identity.model_validate(identity), "bg")
    return load_style(name, 1, [REPOSITORY / "styles"], FONTS, house)


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_shipped_drawing_follows_the_house_on_the_screen_and_in_ink(path: Path) -> None:
    look, data = style("bulletin", main="#7A1F5C", accent="#0B7A75"), path.read_bytes()
    shown = look.drawing(data, in_ink=False)
    assert {found.decode() for found in re.findall(rb"#[0-9A-Fa-f]{3,6}", shown)} <= {
        token.srgb for token in look.plan.tokens.values()
    }
    assert b"#7A1F5C" in shown
    printed = drawing_in_ink(look.drawing(data, in_ink=True), look.inks, path.name, None)
    assert isinstance(printed, bytes)
    inks = {"device-cmyk({}% {}% {}% {}%)".format(*token.cmyk) for token in look.plan.tokens.values()}
    painted = {found.decode() for found in re.findall(rb"device-cmyk\([^)]*\)", printed)}
    assert painted <= inks | {"device-cmyk(0% 0% 0% 100%)"}
    assert b"#" not in printed


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_in_the_first_style_a_shipped_drawing_is_what_it_was_in_colours(path: Path) -> None:
    look, data = style("knowledge-city"), path.read_bytes()
    plain = OTHERWISE.sub(rb"\1", data)
    assert plain != data
    assert look.drawing(data, in_ink=False) == plain
    inked = [
        drawing_in_ink(look.drawing(each, in_ink=True), look.inks, path.name, None) for each in (data, plain)
    ]
    assert isinstance(inked[0], bytes)
    assert inked[0] == inked[1]
