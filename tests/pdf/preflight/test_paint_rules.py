"""Colours, lines and pictures are fit for the paper or the screen they are painted for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pikepdf import Dictionary, Name

from pipeline.models.editions import PRESS, SCREEN
from pipeline.pdf.content.colour_spaces import BLACK, CMYK, GREY, NO_INK, RGB, Inks, Space
from pipeline.pdf.content.graphics_state import Paint
from pipeline.pdf.content.painting.painted_objects import Pixels
from pipeline.pdf.preflight.colours import colour_findings, light_findings
from pipeline.pdf.preflight.resolution import fineness_findings
from tests.pdf.preflight.made import checked, new_pdf, page_with, thing

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.models.editions import Edition
    from pipeline.pdf.content.painting.painted_objects import Painted

HERE = (200, 200, 300, 210)
BEYOND = (0, 0, 5, 5)
"""Within the bleed of a press sheet, and on its margin."""

SPOT = Space("Separation", 1, ("Gold",), CMYK, (BLACK,))
PROCESS = Space("Separation", 1, ("Black",), CMYK, (BLACK,))
ICC = Space("ICCBased", 3)
INDEXED = Space("Indexed", 1, base=RGB)


def coloured(*objects: Painted, **entries: Any) -> list[tuple[str, dict[str, str]]]:
    return [(each.code, dict(each.values)) for each in colour_findings(page_with(*objects, **entries))]


def path(space: Space | None, inks: Inks = (0.5, 0, 0, 0), **options: Any) -> Painted:
    return thing("path", *HERE, fill=Paint(space, inks), **options)


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ([path(CMYK)], []),
        ([path(GREY)], []),
        ([path(None)], []),
        ([path(PROCESS)], []),
        ([path(RGB)], [("E120", {"count": "1", "space": "DeviceRGB"})]),
        ([path(RGB), path(RGB)], [("E120", {"count": "2", "space": "DeviceRGB"})]),
        ([path(RGB, fills=False)], []),
        (
            [thing("path", *HERE, fills=False, strokes=True, stroke=Paint(RGB, BLACK))],
            [("E120", {"count": "1", "space": "DeviceRGB"})],
        ),
        ([thing("path", *HERE, stroke=Paint(RGB, BLACK))], []),
        ([thing("path", *BEYOND, fill=Paint(RGB, BLACK))], [("E120", {"count": "1", "space": "DeviceRGB"})]),
        ([thing("picture", *HERE, fills=False, space=RGB)], [("E121", {"count": "1", "space": "DeviceRGB"})]),
        (
            [thing("picture", *HERE, fills=False, space=INDEXED)],
            [("E121", {"count": "1", "space": "DeviceRGB"})],
        ),
        ([thing("shading", *HERE, fills=False, space=RGB)], [("E120", {"count": "1", "space": "DeviceRGB"})]),
        ([path(Space("Pattern", 0, base=RGB))], [("E120", {"count": "1", "space": "DeviceRGB"})]),
        ([path(Space("Lab", 3))], [("E120", {"count": "1", "space": "Lab"})]),
        ([path(ICC)], [("E120", {"count": "1", "space": "ICCBased"})]),
        ([path(Space("ICCBased", 4))], [("E122", {"count": "1", "space": "ICCBased"})]),
        ([path(Space("CalGray", 1))], [("E122", {"count": "1", "space": "CalGray"})]),
        (
            [path(Space("Indexed", 1, base=Space("ICCBased", 4)))],
            [("E122", {"count": "1", "space": "ICCBased"})],
        ),
        ([path(SPOT)], [("W120", {"count": "1", "name": "Gold"})]),
        ([thing("path", *BEYOND, fill=Paint(SPOT, BLACK))], []),
    ],
)
def test_only_inks_are_on_paper(objects: list[Painted], expected: list[tuple[str, dict[str, str]]]) -> None:
    assert coloured(*objects) == expected


def test_each_spot_ink_is_named() -> None:
    two = Space("DeviceN", 2, ("Gold", "Silver"), CMYK, (BLACK, BLACK))
    assert [told[1]["name"] for told in coloured(path(two), path(SPOT))] == ["Gold", "Silver"]


@pytest.mark.parametrize(
    ("options", "way"),
    [
        ({}, None),
        ({"soft_mask": True}, "SMask"),
        ({"blend": "Multiply"}, "Multiply"),
        ({"blend": "Compatible"}, None),
        ({"fill_alpha": 0.5}, "50%"),
        ({"fill_alpha": 0.999}, "100%"),
        ({"stroke_alpha": 0.5}, None),
        ({"stroke_alpha": 0.5, "strokes": True}, "50%"),
        ({"stroke_alpha": 0.5, "fill_alpha": 0.3, "strokes": True}, "30%"),
        ({"fill_alpha": 0.5, "fills": False}, None),
        ({"fill_alpha": 0.5, "fills": False, "kind": "picture"}, "50%"),
        ({"fill_alpha": 0.5, "fills": False, "kind": "shading"}, "50%"),
        ({"kind": "picture", "pixels": Pixels(600, 600, 8, False, True)}, "SMask"),  # noqa: FBT003
        ({"kind": "picture", "pixels": Pixels(600, 600, 8, False, False)}, None),  # noqa: FBT003
    ],
)
def test_what_is_clear_is_told_with_the_way(options: dict[str, Any], way: str | None) -> None:
    options = dict(options)
    cyan = Paint(CMYK, (0.5, 0, 0, 0))
    clear = thing(options.pop("kind", "path"), *HERE, fill=cyan, stroke=cyan, **options)
    assert coloured(clear) == [("W123", {"count": "1", "ways": way})] * bool(way)


def mixing(space: Name) -> Dictionary:
    return Dictionary(S=Name.Transparency, CS=space)


def test_clear_things_are_mixed_in_inks() -> None:
    clear = path(CMYK, fill_alpha=0.5)
    assert [code for code, _ in coloured(clear, Group=mixing(Name.DeviceRGB))] == ["E120", "W123"]
    assert [code for code, _ in coloured(clear, Group=mixing(Name.DeviceCMYK))] == ["W123"]
    assert coloured(path(CMYK), Group=mixing(Name.DeviceRGB)) == []
    ways = coloured(clear, path(CMYK, blend="Multiply"))
    assert ways == [("W123", {"count": "2", "ways": "50%, Multiply"})]


def over(kind: str, paint: Paint, *, on: bool = True, mode: int = 1, **options: Any) -> list[str]:
    painted = thing(kind, *HERE, fill=paint, fill_over=on, overprint_mode=mode, **options)
    return [code for code, _ in coloured(painted)]


SMALL_TYPE: dict[str, Any] = {"font_size": 10}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (lambda: over("path", Paint(CMYK, NO_INK)), ["E124"]),
        (lambda: over("path", Paint(CMYK, NO_INK), on=False), []),
        (lambda: over("path", Paint(CMYK, NO_INK), mode=0), []),
        (lambda: over("path", Paint(PROCESS, NO_INK), mode=0), ["E124"]),
        (lambda: over("path", Paint(Space("DeviceN", 1, ("Black",), CMYK), NO_INK), mode=0), ["E124"]),
        (lambda: over("path", Paint(GREY, NO_INK)), []),
        (lambda: over("path", Paint(CMYK, NO_INK, "P1")), []),
        (lambda: over("path", Paint(None, NO_INK)), []),
        (lambda: over("path", Paint(CMYK, (0, 0, 0, 0.1))), []),
        (lambda: over("text", Paint(CMYK, NO_INK)), ["E124"]),
        (lambda: over("picture", Paint(CMYK, NO_INK)), []),
        (lambda: over("text", Paint(CMYK, BLACK)), []),
        (lambda: over("text", Paint(CMYK, BLACK), on=False), ["W121"]),
        (lambda: over("text", Paint(CMYK, BLACK), mode=0), ["W121"]),
        (lambda: over("text", Paint(GREY, BLACK)), ["W121"]),
        (lambda: over("text", Paint(PROCESS, BLACK), mode=0), []),
        (lambda: over("path", Paint(CMYK, BLACK), on=False), []),
        (lambda: over("text", Paint(CMYK, (0, 0, 0, 0.9)), on=False), []),
        (lambda: over("text", Paint(CMYK, (0.1, 0, 0, 0.85)), **SMALL_TYPE), ["W122"]),
        (lambda: over("text", Paint(CMYK, (0, 0, 0.1, 1)), **SMALL_TYPE), ["W122"]),
        (lambda: over("text", Paint(CMYK, (0.1, 0, 0, 0.84)), **SMALL_TYPE), []),
        (lambda: over("text", Paint(CMYK, (0, 0, 0, 0.9)), **SMALL_TYPE), []),
        (lambda: over("text", Paint(CMYK, (0.1, 0, 0, 0.9)), font_size=13.9), ["W122"]),
        (lambda: over("text", Paint(CMYK, (0.1, 0, 0, 0.9)), font_size=14), []),
        (lambda: over("text", Paint(CMYK, (0.1, 0, 0, 0.9)), font_size=10, scale=1.5), []),
        (lambda: over("text", Paint(CMYK, (0.1, 0, 0, 0.9)), font_size=20, scale=0.5), ["W122"]),
        (lambda: over("path", Paint(CMYK, (0.1, 0, 0, 0.9)), **SMALL_TYPE), []),
    ],
)
def test_black_overprints_white_does_not_and_small_type_is_of_one_ink(
    found: Callable[[], list[str]], expected: list[str]
) -> None:
    assert found() == expected


def test_outlines_overprint_by_their_own_setting() -> None:
    stroke: dict[str, Any] = {
        "fills": False,
        "strokes": True,
        "stroke": Paint(CMYK, NO_INK),
        "overprint_mode": 1,
    }
    for on in (True, False):
        painted = thing("path", *HERE, stroke_over=on, fill_over=not on, **stroke)
        assert [code for code, _ in coloured(painted)] == ["E124"] * on
    beyond = thing("path", *BEYOND, fill=Paint(CMYK, NO_INK), fill_over=True, overprint_mode=1)
    assert coloured(beyond) == []


@pytest.mark.parametrize(
    ("space", "bands", "expected"),
    [
        (RGB, 3, []),
        (RGB, 0, ["DeviceRGB"]),
        (RGB, 4, ["DeviceRGB"]),
        (RGB, 1, ["DeviceRGB"]),
        (CMYK, 4, []),
        (CMYK, 3, ["DeviceCMYK"]),
        (GREY, 0, ["DeviceGray"]),
        (GREY, 1, []),
        (GREY, 3, []),
        (GREY, 4, []),
        (GREY, 2, ["DeviceGray"]),
        (INDEXED, 0, ["DeviceRGB"]),
        (ICC, 0, []),
        (RGB._replace(has_default=True), 0, []),
    ],
)
def test_colours_on_a_screen_are_those_of_a_profile(space: Space, bands: int, expected: list[str]) -> None:
    for place in (HERE, BEYOND):
        found = list(light_findings(page_with(thing("path", *place, fill=Paint(space, BLACK))), bands))
        assert [(each.code, dict(each.values)["space"]) for each in found] == [
            ("E119", name) for name in expected
        ]


def fine(*objects: Painted, edition: Edition = PRESS) -> list[tuple[str, dict[str, str]]]:
    found = fineness_findings(checked(new_pdf(), edition), page_with(*objects))
    return [(each.code, dict(each.values)) for each in found]


def line(width: float, scale: float = 1, **options: Any) -> Painted:
    return thing("path", *HERE, fills=False, strokes=True, line_width=width, scale=scale, **options)


@pytest.mark.parametrize(
    ("painted", "width"),
    [
        (line(0.25), None),
        (line(0.246), None),
        (line(0.24), "0.24"),
        (line(0.1), "0.10"),
        (line(0.5, 0.4), "0.20"),
        (line(0.1, 3), None),
        (thing("path", 200, 200, 300, 200.2), "0.20"),
        (thing("path", 200, 200, 200.2, 300), "0.20"),
        (thing("path", 200, 200, 300, 200.3), None),
        (thing("path", 200, 200, 202.9, 200.2), None),
        (thing("path", 200, 200, 203.1, 200.2), "0.20"),
        (thing("path", 200, 200, 200.2, 202.9), None),
        (thing("path", 200, 200, 201, 201, strokes=True, line_width=0.1), "0.10"),
        (thing("text", 200, 200, 300, 200.2), None),
        (thing("path", 2, 200, 2.1, 300), None),
    ],
)
def test_a_line_on_paper_is_a_quarter_of_a_point_wide(painted: Painted, width: str | None) -> None:
    assert fine(painted) == [("E126", {"count": "1", "width": width})] * bool(width)
    assert fine(painted, edition=SCREEN) == []


def picture(
    pixels: tuple[int, int], matrix: tuple[float, ...], *, bits: int = 8, stencil: bool = False
) -> Painted:
    held = Pixels(*pixels, bits, stencil, False)  # noqa: FBT003
    return thing("picture", *HERE, fills=False, pixels=held, matrix=(*matrix, 0, 0))


@pytest.mark.parametrize(
    ("pixels", "matrix", "edition", "expected"),
    [
        # Over 72 points as many pixels as there are to an inch.
        ((219, 219), (72, 0, 0, 72), PRESS, []),
        ((218, 300), (72, 0, 0, 72), PRESS, [("W124", "218")]),
        ((300, 218), (72, 0, 0, 72), PRESS, [("W124", "218")]),
        ((150, 300), (72, 0, 0, 72), PRESS, [("W124", "150")]),
        ((149, 300), (72, 0, 0, 72), PRESS, [("E125", "149")]),
        ((300, 149), (72, 0, 0, 72), PRESS, [("E125", "149")]),
        ((300, 300), (72, 0, 0, 144), PRESS, [("W124", "150")]),
        ((300, 300), (0, 144, -72, 0), PRESS, [("W124", "150")]),
        ((300, 300), (72, 0, 0, 36), PRESS, []),
        ((300, 300), (43.2, 57.6, -57.6, 43.2), PRESS, []),
        ((200, 200), (43.2, 57.6, -57.6, 43.2), PRESS, [("W124", "200")]),
        ((99, 99), (72, 0, 0, 72), SCREEN, []),
        ((98, 99), (72, 0, 0, 72), SCREEN, [("W125", "98")]),
        ((1, 1), (2, 0, 0, 2), PRESS, [("E125", "36")]),
        ((1, 1), (1.9, 0, 0, 2), PRESS, []),
        ((1, 1), (2, 0, 0, 1.9), PRESS, []),
    ],
)
def test_a_picture_has_pixels_enough_for_its_size(
    pixels: tuple[int, int], matrix: tuple[float, ...], edition: Edition, expected: list[tuple[str, str]]
) -> None:
    found = fine(picture(pixels, matrix), edition=edition)
    assert [(code, told["ppi"]) for code, told in found] == expected


def test_the_coarsest_picture_is_told_and_masks_have_no_pixels_of_their_own() -> None:
    coarse = [picture((wide, 300), (72, 0, 0, 72)) for wide in (120, 100, 140)]
    assert fine(*coarse) == [("E125", {"count": "3", "ppi": "100"})]
    assert fine(picture((10, 10), (72, 0, 0, 72), stencil=True)) == []
    assert fine(picture((300, 300), (72, 0, 0, 72), bits=16)) == [("W126", {"count": "1"})]
    assert fine(picture((300, 300), (72, 0, 0, 72), bits=16), edition=SCREEN) == []
