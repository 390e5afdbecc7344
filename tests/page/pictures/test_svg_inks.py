"""Drawings for paper: every colour is converted to inks, or reported."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings.place import Place
from pipeline.models.editions import PRESS
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.pictures.press_conditions import COATED
from pipeline.page.pictures.svg_inks import SVG, as_css, drawing_in_ink
from pipeline.page.style import PROFILE, load_style
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from pipeline.findings.finding import Finding

PLACE: Final = Place("issues/2023-12-20/go-green.md", 7, 3)
TOKENS: Final = {"#0F4C64": (100, 45, 30, 35), "#B4430F": (0, 78, 100, 25), "#1D1D1B": (0, 0, 0, 100)}
PETROL: Final = "device-cmyk(100% 45% 30% 35%)"
BLACK: Final = "device-cmyk(0% 0% 0% 100%)"
WHITE: Final = "device-cmyk(0% 0% 0% 0%)"
STYLE: Final = load_style("knowledge-city", 1, [REPOSITORY / "styles"], [REPOSITORY / "fonts"])


def svg(inner: str, root: str = "") -> bytes:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60" {root}>'
    return f"{head}{inner}</svg>".encode()


def inked(inner: str, root: str = "") -> ET.Element:
    made = drawing_in_ink(svg(inner, root), TOKENS, "images/tree.svg", PLACE)
    assert isinstance(made, bytes), made
    return ET.fromstring(made)


def refused(inner: str) -> list[Finding]:
    found = drawing_in_ink(svg(inner), TOKENS, "images/tree.svg", PLACE)
    assert isinstance(found, list), found
    assert {finding.place for finding in found} == {PLACE}
    return found


@pytest.mark.parametrize(
    ("light", "inks"),
    [
        ("#0F4C64", PETROL),
        ("#0f4c64", PETROL),
        (" #0F4C64 ", PETROL),
        ("rgb(15, 76, 100)", PETROL),
        ("rgb(15 76 100 / 1)", PETROL),
        ("#0F4C64FF", PETROL),
        ("black", BLACK),
        ("#000", BLACK),
        ("#1D1D1B", BLACK),
        ("white", WHITE),
        ("hsl(0, 0%, 100%)", WHITE),
        ("#808080", "device-cmyk(0% 0% 0% 50%)"),
        ("grey", "device-cmyk(0% 0% 0% 50%)"),
        ("none", "none"),
        ("NONE", "none"),
        ("transparent", "none"),
        ("rgba(9, 9, 9, 0)", "none"),
        ("inherit", "inherit"),
        ("currentcolor", "currentColor"),
        ("device-cmyk(10% 20% 30% 0%)", "device-cmyk(10% 20% 30% 0%)"),
        ("url(#tiles)", "url(#tiles)"),
        ("url(#tiles) #0F4C64", f"url(#tiles) {PETROL}"),
        # The engine sets in black what it cannot read.
        ("var(--deep)", BLACK),
        ("initial", BLACK),
        ("colour", BLACK),
    ],
)
def test_a_colour_is_named_in_inks_however_it_was_written(light: str, inks: str) -> None:
    assert inked(f'<path d="M0 0h9v9z" fill="{light}"/>')[0].get("fill") == inks
    assert inked(f'<path d="M0 0h9v9z" stroke="{light}"/>')[0].get("stroke") == inks
    assert inked(f'<path d="M0 0h9v9z" style="fill: {light} ; x: 1"/>')[0].get("style") == f"fill:{inks};x:1"
    sheet = inked(f"<style>/* a */ .a, b > c {{ fill: {light} !important; x: 1 }}</style>")[0]
    assert sheet.text == f".a, b > c {{fill:{inks} !important;x:1}}"


@pytest.mark.parametrize(
    "light", ["#FF0000", "red", "#0F4C65", "rgba(15, 76, 100, .5)", "hsl(120 50% 50%)", "url(#a) red"]
)
@pytest.mark.parametrize(
    "written",
    [
        '<path fill="{}"/>',
        '<g style="stroke: {}"/>',
        "<style>path {{ fill: {} }}</style>",
        '<text color="{}">a</text>',
    ],
)
def test_a_colour_without_inks_is_refused_by_its_name(light: str, written: str) -> None:
    (finding,) = refused(written.format(light))
    assert finding.code == "E66"
    values = dict(finding.values)
    assert values["found"] == light.removeprefix("url(#a) ")
    assert values["name"] == "images/tree.svg"
    assert all(token in values["choices"] for token in TOKENS)


def test_a_colour_is_refused_once_however_often_it_is_used() -> None:
    found = refused('<path fill="red"/><path fill="red" stroke="#0F4C64"/><path fill="blue"/>')
    assert [dict(finding.values)["found"] for finding in found] == ["red", "blue"]


@pytest.mark.parametrize("kind", ["linearGradient", "radialGradient", "filter"])
def test_what_cannot_be_inked_is_refused_where_it_is_used(kind: str) -> None:
    (finding,) = refused(f'<{kind} id="a"/><path fill="url(#a)"/>')
    assert (finding.code, dict(finding.values)["what"]) == ("E67", f"<{kind}>")


def test_gradients_that_a_drawing_program_left_behind_do_not_count() -> None:
    gradients = '<linearGradient id="a"><stop stop-color="red"/></linearGradient>'
    chained = '<linearGradient id="b" href="#a"/>'
    root = inked(f'<defs>{gradients}{chained}</defs><path d="M0 0h9v9z" fill="#0F4C64"/>')
    assert [node.tag for node in root.iter()] == [f"{SVG}svg", f"{SVG}defs", f"{SVG}path"]


def test_what_has_no_colour_is_black_ink() -> None:
    assert inked("<path/>").get("fill") == BLACK
    assert inked("<path/>").get("color") == BLACK
    assert inked("<path/>", 'fill="none"').get("fill") == "none"


def test_a_drawing_says_the_same_in_the_same_bytes() -> None:
    data = svg('<g fill="#0F4C64"><path/></g><text>a</text>')
    assert drawing_in_ink(data, TOKENS, "a.svg", None) == drawing_in_ink(data, TOKENS, "a.svg", None)


@given(st.tuples(*[st.integers(0, 100)] * 4), st.integers(0, 0xFFFFFF))
def test_every_token_has_its_own_inks(inks: tuple[int, int, int, int], colour: int) -> None:
    name = f"#{colour:06X}"
    made = drawing_in_ink(svg(f'<path fill="{name.lower()}"/>'), {name: inks}, "a.svg", None)
    assert isinstance(made, bytes)
    assert ET.fromstring(made)[0].get("fill") == as_css(inks)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="<>&\"'"), max_size=20))
def test_whatever_stands_for_a_colour_is_answered(value: str) -> None:
    made = drawing_in_ink(svg(f'<path fill="{value}"/>'), TOKENS, "a.svg", None)
    assert made


def operators(pdf: bytes) -> set[str]:
    """Return the colour operators of a file, form XObjects included, and its colour spaces."""
    found: set[str] = set()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams: list[Any] = [page.obj for page in opened.pages]
        streams += [
            thing for thing in opened.objects if isinstance(thing, pikepdf.Stream) and "/BBox" in thing
        ]
        for stream in streams:
            for instruction in pikepdf.parse_content_stream(stream):
                name = str(instruction.operator)
                if name in {"cs", "CS"}:
                    found.add(f"{name} {instruction.operands[0]}")
                elif name in {"g", "G", "rg", "RG", "k", "K", "sh"}:
                    found.add(name)
    return found


DRAWING: Final = svg(
    """<defs><clipPath id="c"><circle r="9"/></clipPath>
    <pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse"><path d="M0 0h2v2z"/></pattern>
    <marker id="m" markerWidth="4" markerHeight="4"><path d="M0 0h2v2z" fill="context-stroke"/></marker>
    <symbol id="s"><rect width="4" height="4"/></symbol>
    <mask id="k"><rect width="60" height="60" fill="white"/></mask></defs>
    <style>.deep { fill: #0F4C64 } .line { stroke: currentColor; fill: none }</style>
    <rect width="60" height="60" class="deep"/><path d="M0 0h9" class="line" marker-end="url(#m)"/>
    <circle r="9" fill="url(#p)" stroke="black"/><use href="#s" x="9"/>
    <g clip-path="url(#c)"><path d="M0 0h9v9z"/></g>
    <g opacity=".5" fill="#B4430F"><path d="M0 0h9v9z"/></g><g mask="url(#k)"><path d="M0 0h9v9z"/></g>
    <path d="M0 0h9v9z" fill="transparent" stroke="initial"/><path d="M0 0h9v9z" fill="var(--x)"/>
    <text x="9" y="9" font-size="6" font-family="Sofia Sans">а<tspan fill="grey">б</tspan></text>"""
)


def pressed(drawing: bytes) -> bytes:
    page = (
        f'<html lang="bg"><head><title>Проба</title><style>{STYLE.properties(PRESS)}'
        '@page { size: A4 }</style></head><body><img src="https://issue.invalid/a.svg" alt="x" width="400">'
        "</body></html>"
    )
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in STYLE.faces.items()}
    assets["a.svg"] = Asset(drawing, "image/svg+xml")
    assets[PROFILE] = Asset(COATED.read_bytes(), "application/vnd.iccprofile")
    made = print_pdf(page, PRESS, assets, b"0" * 16, STYLE.plan.page)
    assert made.findings == ()
    return made.pdf


def test_no_light_reaches_the_page_from_a_drawing() -> None:
    made = drawing_in_ink(DRAWING, TOKENS, "a.svg", None)
    assert isinstance(made, bytes)
    assert operators(pressed(made)) <= {"k", "K", "cs /DeviceCMYK", "CS /DeviceCMYK", "cs /Pattern"}
    assert {"rg", "RG"} <= operators(pressed(DRAWING))
