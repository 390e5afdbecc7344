"""A sheet has its boxes within one another to a hair, and nothing to read or see near or over its edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from pipeline.models.editions import PRESS, SCREEN
from pipeline.pdf.content.areas import Area
from pipeline.pdf.content.colour_spaces import CMYK
from pipeline.pdf.content.graphics_state import Paint
from pipeline.pdf.preflight.boxes import box_findings, edge_findings
from pipeline.pdf.preflight.checked_pdf import box, ends_at_spine, gathered, grouped, poorest
from pipeline.pdf.preflight.ink import bleed_findings, ink_findings
from tests.pdf.preflight.made import (
    BOXES,
    EDGE,
    MILLIMETRE,
    RIGHT,
    TOP,
    checked,
    codes,
    new_pdf,
    page_with,
    thing,
    values,
)

if TYPE_CHECKING:
    from pipeline.findings.finding import Finding
    from pipeline.models.editions import Edition
    from pipeline.pdf.content.painting.painted_objects import Painted
    from pipeline.pdf.preflight.checked_pdf import CheckedPage


def of_boxes(page: CheckedPage, edition: Edition = PRESS) -> list[Finding]:
    return list(box_findings(checked(new_pdf(), edition), page))


def moved(name: str, *by: float) -> dict[str, tuple[float, ...]]:
    """Return a box with its edges moved by some points."""
    return {name: tuple(edge + more for edge, more in zip(BOXES[name], by, strict=True))}


def test_a_sound_sheet_has_no_finding() -> None:
    assert of_boxes(page_with()) == []
    assert of_boxes(page_with(), SCREEN) == []


def test_a_page_for_the_press_says_where_it_is_cut() -> None:
    assert codes(of_boxes(page_with(TrimBox=None))) == ["E110"]
    whole = page_with(TrimBox=None, BleedBox=None, MediaBox=(0, 0, 210 * MILLIMETRE, 297 * MILLIMETRE))
    assert of_boxes(whole, SCREEN) == []


@pytest.mark.parametrize("side", [2, 3])
@pytest.mark.parametrize(("more", "is_wrong"), [(0.49, False), (-0.49, False), (0.51, True), (-0.51, True)])
def test_a_page_is_as_large_as_its_format_to_half_a_millimetre(
    side: int, more: float, *, is_wrong: bool
) -> None:
    by = [0.0] * 4
    by[side] = more * MILLIMETRE
    found = of_boxes(page_with(**moved("TrimBox", *by)), SCREEN)
    assert codes(found) == ["E111"] * is_wrong
    for told in values(found):
        assert told["wanted"] == "210 × 297"
        high = f"{297 + more:.0f}" if side == 3 else "297"
        assert told["size"] == f"{210 + more * (side == 2):.0f} × {high}"


@pytest.mark.parametrize("side", [0, 1, 2, 3])
@pytest.mark.parametrize(("short", "given"), [(0.01, None), (0.03, "3.0"), (3, "1.9"), (8.4, "0.0")])
def test_colour_may_run_three_millimetres_over_the_cut_on_each_side(
    side: int, short: float, given: str | None
) -> None:
    by = [0.0] * 4
    by[side] = short if side < 2 else -short
    found = of_boxes(page_with(**moved("BleedBox", *by)))
    assert [(finding.code, dict(finding.values)["given"]) for finding in found] == [("E112", given)] * bool(
        given
    )
    assert all(told["wanted"] == "3" for told in values(found))


@pytest.mark.parametrize("side", [0, 1, 2, 3])
@pytest.mark.parametrize(("out", "is_wrong"), [(0.01, False), (0.03, True), (5, True)])
def test_the_bleed_lies_on_the_sheet(side: int, out: float, *, is_wrong: bool) -> None:
    edges = list(BOXES["MediaBox"])
    edges[side] += out if side > 1 else -out
    assert codes(of_boxes(page_with(BleedBox=tuple(edges)))) == ["E113"] * is_wrong


@pytest.mark.parametrize("side", [0, 1, 2, 3])
def test_the_cut_page_lies_within_the_bleed_and_a_bleed_that_is_none_is_told_as_none(side: int) -> None:
    edges = list(BOXES["TrimBox"])
    edges[side] += 20 if side < 2 else -20
    found = of_boxes(page_with(BleedBox=tuple(edges)))
    assert codes(found) == ["E113", "E112"]
    assert values(found)[1]["given"] == "0.0"


@pytest.mark.parametrize(
    ("left", "bottom", "is_told"), [(0.01, -0.01, False), (0.03, 0, True), (0, -0.03, True)]
)
def test_a_sheet_begins_at_its_corner(left: float, bottom: float, *, is_told: bool) -> None:
    assert codes(of_boxes(page_with(**moved("MediaBox", left, bottom, 0, 0)))) == ["W110"] * is_told


@pytest.mark.parametrize(
    ("entries", "is_told"), [({"Rotate": 90}, True), ({"Rotate": 720}, False), ({"UserUnit": 2}, True)]
)
def test_a_page_is_upright_and_measured_in_points(entries: dict[str, int], *, is_told: bool) -> None:
    assert codes(of_boxes(page_with(**entries))) == ["W111"] * is_told


SPINES = [
    # The number of the page, how far its bleed runs over the cut at the left and the right, and the spine.
    (1, 0, 9, True),
    (2, 9, 0, True),
    (3, 0.005, 9, True),
    (3, 0.02, 9, False),
    (1, 9, 0, False),
    (2, 0, 9, False),
    (1, 0, 0, False),
    (1, 9, 9, False),
    (1, -5, 9, False),
]


@pytest.mark.parametrize(("number", "left", "right", "expected"), SPINES)
def test_the_bleed_may_end_at_the_spine_alone(
    number: int, left: float, right: float, *, expected: bool
) -> None:
    edges = (EDGE - left, EDGE - 9, RIGHT + right, TOP + 9)
    page = page_with(number=number, BleedBox=edges)
    assert ends_at_spine(page) == expected
    if left >= 0:
        assert codes(of_boxes(page)) == ["E112"] * (not expected and min(left, right) < 8)


def test_beside_the_spine_the_other_sides_have_their_bleed() -> None:
    for number, left, right in ((1, 0, 5), (2, 5, 0)):
        edges = (EDGE - left, EDGE - 9, RIGHT + right, TOP + 9)
        assert codes(of_boxes(page_with(number=number, BleedBox=edges))) == ["E112"]
    for low, high in ((5, 9), (9, 5)):
        edges = (EDGE, EDGE - low, RIGHT + 9, TOP + high)
        assert codes(of_boxes(page_with(BleedBox=edges))) == ["E112"]


def of_edges(*objects: Painted) -> list[Finding]:
    return list(edge_findings(page_with(*objects)))


def text(left: float, bottom: float, right: float, top: float, **options: object) -> Painted:
    return thing("text", left, bottom, right, top, **options)


INSIDE = (200, 200, 300, 210)


@pytest.mark.parametrize(
    ("objects", "is_empty"),
    [
        ([], True),
        ([text(*INSIDE)], False),
        ([text(*INSIDE, fill=Paint(CMYK, (0, 0, 0, 0)))], True),
        ([text(*INSIDE, fills=False)], True),
        ([text(*INSIDE, fills=False, strokes=True)], False),
        ([text(*INSIDE, fills=False, strokes=True, stroke=Paint(CMYK, (0, 0, 0, 0)))], True),
        ([thing("path", *INSIDE, fill=Paint(CMYK, (0, 0, 0.1, 0)))], False),
        ([thing("path", *INSIDE, fill=Paint(CMYK, (0, 0, 0, 0)), strokes=True)], False),
        ([thing("path", *INSIDE, fill=Paint(None, (0, 0, 0, 0), "P1"))], False),
        ([thing("picture", *INSIDE, fills=False)], False),
        ([thing("shading", *INSIDE, fills=False)], False),
        ([thing("path", 1, 1, 5, 5)], True),
    ],
)
def test_a_page_shows_something(objects: list[Painted], *, is_empty: bool) -> None:
    assert ("W112" in codes(of_edges(*objects))) == is_empty


@pytest.mark.parametrize(
    ("out", "expected"),
    [
        (-15, []),
        (-13.8, []),
        (-13.5, ["W113"]),
        (0.4, ["W113"]),
        (0.6, ["E115"]),
        (7, ["E115"]),
    ],
)
@pytest.mark.parametrize("side", ["left", "bottom", "right", "top"])
def test_text_stands_five_millimetres_from_the_cut_and_none_is_cut(
    side: str, out: float, expected: list[str]
) -> None:
    # 5 mm are 14.17 points; a box around letters may be half a point larger.
    places = {
        "left": (EDGE - out, 300, EDGE - out + 30, 310),
        "bottom": (300, EDGE - out, 330, EDGE - out + 10),
        "right": (RIGHT + out - 30, 300, RIGHT + out, 310),
        "top": (300, TOP + out - 10, 330, TOP + out),
    }
    assert codes(of_edges(text(*places[side]))) == expected


def test_the_marks_of_the_printer_and_texts_without_width_are_passed_over() -> None:
    below = EDGE - 3 * MILLIMETRE
    assert codes(of_edges(text(*INSIDE), text(300, below - 10, 330, below + 0.4))) == []
    assert codes(of_edges(text(*INSIDE), text(300, below - 10, 330, below + 0.6))) == ["E115"]
    beside = EDGE - 3 * MILLIMETRE
    assert codes(of_edges(text(*INSIDE), text(beside - 30, 300, beside + 0.4, 310))) == []
    assert codes(of_edges(text(*INSIDE), text(beside - 30, 300, beside + 0.6, 310))) == ["E115"]
    assert codes(of_edges(text(EDGE, 300, EDGE, 310))) == []


def test_what_is_near_the_cut_is_told_with_its_first_place_and_count() -> None:
    (found,) = of_edges(text(EDGE, 300, EDGE + 20, 310), text(EDGE, 400, EDGE + 20, 410))
    assert (found.code, dict(found.values)) == ("W113", {"count": "2", "limit": "5"})
    assert found.spot is not None
    assert tuple(found.spot) == pytest.approx(
        (0, (TOP - 310) / MILLIMETRE, 20 / MILLIMETRE, (TOP - 300) / MILLIMETRE), abs=0.06
    )


def test_boxes_stand_in_for_one_another_and_may_be_written_in_any_order() -> None:
    page = page_with(TrimBox=None, BleedBox=None, CropBox=(10, 20, 300, 400))
    assert (page.trim, page.bleed) == (Area(10, 20, 300, 400), Area(10, 20, 300, 400))
    assert page.media == pytest.approx(BOXES["MediaBox"])
    turned = page_with(TrimBox=(300, 400, 10, 20), BleedBox=None)
    assert turned.trim == turned.bleed == Area(10, 20, 300, 400)
    assert box(new_pdf().pages[0], "/TrimBox") is None
    pdf = new_pdf()
    pdf.pages[0].obj.TrimBox = pikepdf.Name.Wrong
    assert box(pdf.pages[0], "/TrimBox") is None
    inherited = page_with(MediaBox=None, TrimBox=None, BleedBox=None)
    assert inherited.media == Area(0, 0, 0, 0)


def test_what_lies_beyond_the_bleed_is_not_seen() -> None:
    inside, outside = thing("path", *INSIDE), thing("path", 0, 0, 5, 5)
    touching = thing("path", 0, 100, EDGE - 3 * MILLIMETRE + 0.01, 200)
    page = page_with(inside, outside, touching)
    assert page.objects == (inside, outside, touching)
    assert page.seen == (inside, touching)


def test_faults_are_gathered_grouped_and_the_poorest_is_told() -> None:
    page = page_with()
    one, other = Area(100, 100, 110, 110), Area(200, 200, 210, 210)
    assert list(gathered(page, "E115", [])) == list(poorest(page, "E126", [], name="width", form=".2f")) == []
    (least,) = poorest(page, "E126", [(0.2, one), (0.111, other), (0.3, one)], name="width", form=".2f")
    assert (dict(least.values), least.spot) == ({"width": "0.11", "count": "3"}, page.spot(other))
    groups = list(grouped(page, "E120", [("a", one), ("b", other), ("a", other)], "space"))
    assert values(groups) == [{"count": "2", "space": "a"}, {"count": "1", "space": "b"}]
    assert [group.spot for group in groups] == [page.spot(one), page.spot(other)]


SHEET = (906, 1248)
"""Pixels of the whole sheet at a hundred to an inch."""

PX = 100 / 25.4
"""Pixels to a millimetre."""


def inked(
    *bars: tuple[float, float, float, float], level: int = 255, ink: int = 0, ground: int = 0
) -> Image.Image:
    """Return plates with bars: left, top, right and bottom in millimetres from the corner of the cut page."""
    levels = [0, 0, 0, 0]
    levels[ink] = level
    plates = Image.new("CMYK", SHEET, (ground, 0, 0, 0))
    for left, top, right, bottom in bars:
        area = tuple(round((edge + 10) * PX) for edge in (left, top, right, bottom))
        plates.paste(tuple(levels), area)
    return plates


def unbled(plates: Image.Image, **entries: object) -> list[Finding]:
    return list(bleed_findings(page_with(**entries), plates))


SIDES = ["left", "top", "right", "bottom"]


def bar(
    side: str, long: float = 20, inwards: float = 10, outwards: float = 0, at: float = 50
) -> tuple[float, ...]:
    """Return a bar at a side of the cut page, so long, that runs inwards and outwards from the cut."""
    return {
        "left": (-outwards, at, inwards, at + long),
        "top": (at, -outwards, at + long, inwards),
        "right": (210 - inwards, at, 210 + outwards, at + long),
        "bottom": (at, 297 - inwards, at + long, 297 + outwards),
    }[side]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    ("long", "outwards", "level", "is_bare"),
    [
        (20, 0, 255, True),
        (2.4, 0, 255, True),
        (1.6, 0, 255, False),
        (20, 3, 255, False),
        (20, 0.75, 255, True),
        (20, 1.4, 255, False),
        (20, 2, 255, False),
        (20, 0, 14, True),
        (20, 0, 13, False),
        (20, -1, 255, False),
        (20, -0.2, 255, True),
    ],
)
def test_colour_at_the_cut_runs_over_it(
    side: str, long: float, outwards: float, level: int, *, is_bare: bool
) -> None:
    found = unbled(inked(bar(side, long, outwards=outwards), level=level))
    assert codes(found) == ["E114"] * is_bare
    for finding in found:
        left, top, right, bottom = bar(side, long, 0)
        assert finding.spot is not None
        assert tuple(finding.spot) == pytest.approx((left, top, right, bottom), abs=0.4)


@pytest.mark.parametrize("ink", [0, 1, 2, 3])
def test_each_ink_runs_over_the_cut(ink: int) -> None:
    assert codes(unbled(inked(bar("left"), ink=ink))) == ["E114"]
    assert codes(unbled(inked(bar("left", outwards=3), ink=ink))) == []


def test_paper_is_bare_up_to_four_levels() -> None:
    for ground, is_bare in ((4, True), (5, False)):
        assert codes(unbled(inked(bar("left"), ground=ground))) == ["E114"] * is_bare


def test_the_longest_bare_stretch_of_each_side_is_told() -> None:
    (found,) = unbled(inked(bar("left", 5, at=20), bar("left", 30, at=60), bar("left", 10, at=200)))
    assert found.spot is not None
    assert (found.spot.top, found.spot.bottom) == pytest.approx((60, 90), abs=0.4)
    (both,) = unbled(inked(bar("left"), bar("bottom")))
    assert dict(both.values)["count"] == "2"
    ends = bar("left", 237, at=60)
    (last,) = unbled(inked(ends))
    assert last.spot is not None
    assert (last.spot.top, last.spot.bottom) == pytest.approx((60, 297), abs=0.4)


def test_colour_may_end_at_the_fold() -> None:
    spine = (EDGE, EDGE - 9, RIGHT + 9, TOP + 9)
    assert unbled(inked(bar("left")), BleedBox=spine) == []
    assert codes(unbled(inked(bar("right")), BleedBox=spine)) == ["E114"]
    assert codes(unbled(inked(bar("top")), BleedBox=spine)) == ["E114"]
    even = (EDGE - 9, EDGE - 9, RIGHT, TOP + 9)
    page = page_with(number=2, BleedBox=even)
    assert list(bleed_findings(page, inked(bar("right")))) == []
    assert codes(bleed_findings(page, inked(bar("left")))) == ["E114"]


def test_what_could_not_be_drawn_is_not_measured() -> None:
    assert unbled(inked(bar("left")).resize((500, 700))) == []
    assert unbled(inked(bar("left")), TrimBox=(-50, EDGE, RIGHT, TOP)) == []


def ink_of(plates: Image.Image, limit: int = 300, **entries: object) -> list[Finding]:
    return list(ink_findings(page_with(**entries), plates, limit))


def full(area: tuple[int, int, int, int], *levels: int) -> Image.Image:
    plates = Image.new("CMYK", SHEET)
    plates.paste(levels, area)
    return plates


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ((255, 255, 255, 0), None),
        ((255, 255, 255, 2), None),
        ((255, 255, 255, 3), "301"),
        ((255, 255, 255, 255), "400"),
    ],
)
def test_ink_is_no_more_than_the_limit_but_for_what_is_rounded(
    levels: tuple[int, ...], told: str | None
) -> None:
    found = ink_of(full((400, 500, 450, 540), *levels))
    assert [told["ink"] for told in values(found)] == [told] * bool(told)
    for finding in found:
        assert dict(finding.values)["limit"] == "300"
        assert finding.spot is not None
        expected = (400 / PX - 10, 500 / PX - 10, 450 / PX - 10, 540 / PX - 10)
        assert tuple(finding.spot) == pytest.approx(expected, abs=0.11)


def test_the_limit_is_that_of_the_paper() -> None:
    assert ink_of(full((400, 500, 450, 540), 255, 255, 0, 0), limit=200) == []
    assert codes(ink_of(full((400, 500, 450, 540), 255, 255, 3, 0), limit=200)) == ["E123"]


@pytest.mark.parametrize(
    ("area", "is_told"),
    [
        # The bleed begins 7 mm, 27.56 pixels, from the edge of the sheet, and ends as far from it.
        ((0, 500, 28, 540), False),
        ((0, 500, 29, 540), True),
        ((400, 0, 450, 28), False),
        ((400, 0, 450, 29), True),
        ((877, 500, 906, 540), False),
        ((875, 500, 906, 540), True),
        ((400, 1220, 450, 1248), False),
        ((400, 1218, 450, 1248), True),
    ],
)
def test_ink_beyond_the_bleed_is_not_of_the_page(area: tuple[int, int, int, int], *, is_told: bool) -> None:
    assert codes(ink_of(full(area, 255, 255, 255, 255))) == ["E123"] * is_told


def test_a_bleed_as_large_as_the_sheet_or_beyond_it_is_measured_on_the_sheet() -> None:
    media = tuple(BOXES["MediaBox"])
    corners = full((0, 0, 3, 3), 255, 255, 255, 255)
    assert codes(ink_of(corners, BleedBox=media)) == ["E123"]
    assert codes(ink_of(corners, BleedBox=(-30, -30, 900, 1200))) == ["E123"]
    assert ink_of(corners, BleedBox=(700, 100, 800, 200)) == []
    assert ink_of(corners, BleedBox=(100, 100, 101, 200)) == []
    assert ink_of(corners, BleedBox=(100, 100, 200, 101)) == []
