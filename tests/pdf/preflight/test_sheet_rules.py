"""A sheet has its boxes within one another to a hair, and nothing to read or see near or over its edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from pipeline.models.editions import PRESS, SCREEN
from pipeline.pdf.content.areas import Area
from pipeline.pdf.content.colour_spaces import CMYK
from pipeline.pdf.content.graphics_state import Paint
from pipeline.pdf.preflight.boxes import box_findings, edge_findings
from pipeline.pdf.preflight.checked_pdf import box, ends_at_spine, gathered, grouped, poorest
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


def moved(name: str, *by: float) -> dict[str, Any]:
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
    ("entries", "is_told"),
    [({"Rotate": 90}, True), ({"Rotate": 360}, False), ({"Rotate": 720}, False), ({"UserUnit": 2}, True)],
)
def test_a_page_is_upright_and_measured_in_points(entries: dict[str, Any], *, is_told: bool) -> None:
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


def text(left: float, bottom: float, right: float, top: float, **options: Any) -> Painted:
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
