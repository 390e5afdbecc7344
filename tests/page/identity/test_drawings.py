"""House drawings name roles: they take the house's colours on the screen and its inks on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.page.identity.drawings import in_roles, unknown_roles
from pipeline.page.markup import logo
from pipeline.page.pictures.svg_inks import drawing_in_ink
from tests.page.identity.looks import look

if TYPE_CHECKING:
    from collections.abc import Mapping

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">'
    b"<style>.sky { fill: var( --tint , rgb(227, 238, 242)) }</style>"
    b'<path class="sky" d="M0 0h30v10H0z"/>'
    b'<path fill="var(--main, #0F4C64)" style="stroke:var(--accent,#B4430F)" d="M0 0h10v10z"/>'
    b'<path fill="var(--unheard, #123456)" d="M0 0h5v5z"/><path fill="var(--nothing)" d="M0 0h5v5z"/></svg>'
)


def colours(*, in_ink: bool) -> Mapping[str, str]:
    tokens = look({"main": "#1F3D2B", "accent": "#D9A441"}).plan.tokens
    if in_ink:
        return {name: "device-cmyk({}% {}% {}% {}%)".format(*token.cmyk) for name, token in tokens.items()}
    return {name: token.srgb for name, token in tokens.items()}


def test_a_drawing_takes_the_colours_of_the_house() -> None:
    drawn = in_roles(DRAWING, colours(in_ink=False)).decode()
    assert 'fill="#1F3D2B" style="stroke:#D9A441"' in drawn
    assert "fill: #" in drawn
    assert 'fill="#123456"' in drawn
    assert 'fill="black"' in drawn
    assert "var(" not in drawn


def test_a_drawing_is_printed_in_the_inks_of_the_house() -> None:
    painted = in_roles(DRAWING.replace(b"#123456", b"#000000"), colours(in_ink=True))
    printed = drawing_in_ink(painted, {}, "house.svg", None)
    assert isinstance(printed, bytes)
    assert b"#" not in printed
    assert b"rgb" not in printed


@pytest.mark.parametrize(("with_colour", "names"), [(True, ["unheard", "nothing"]), (False, ["nothing"])])
def test_roles_that_a_style_does_not_know_are_named(*, with_colour: bool, names: list[str]) -> None:
    known = look().plan.tokens
    assert unknown_roles(DRAWING, known, with_colour=with_colour) == names


def test_a_logo_fits_into_its_box_whatever_its_shape() -> None:
    assert 'style="width:40mm;height:10.0mm"' in logo("https://issue.invalid/a.svg", "Дом", 4, 12, 40)
    assert 'style="width:6.0mm;height:12.0mm"' in logo("https://issue.invalid/a.svg", "Дом", 0.5, 12, 40)
    assert 'alt="„Дом“ &lt;b&gt;"' in logo("https://issue.invalid/a.svg", "„Дом“ <b>", 1, 9, 9)
