"""Ink runs over the cut or ends inside it, and lies no heavier on the paper than that bears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from pipeline.pdf.preflight.ink import bleed_findings, ink_findings
from tests.pdf.preflight.made import BOXES, EDGE, RIGHT, TOP, codes, page_with, values

if TYPE_CHECKING:
    from pipeline.findings.finding import Finding

SHEET = (906, 1248)
"""Pixels of the whole sheet at a hundred to an inch."""

PX = 100 / 25.4
"""Pixels to a millimetre."""


def inked(*bars: tuple[float, ...], level: int = 255, ink: int = 0, ground: int = 0) -> Image.Image:
    """Return plates with bars: left, top, right and bottom in millimetres from the corner of the cut page."""
    levels = [0, 0, 0, 0]
    levels[ink] = level
    plates = Image.new("CMYK", SHEET, (ground, 0, 0, 0))
    for left, top, right, bottom in bars:
        x1, y1, x2, y2 = (round((edge + 10) * PX) for edge in (left, top, right, bottom))
        plates.paste(tuple(levels), (x1, y1, x2, y2))
    return plates


def unbled(plates: Image.Image, **entries: Any) -> list[Finding]:
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


def test_a_bare_stretch_is_measured_from_the_corner_on() -> None:
    # Eight pixels of the left side are two millimetres, seven are not.
    for long, count in ((1.94, "2"), (1.7, "1")):
        (found,) = unbled(inked(bar("left", long, at=0)))
        assert dict(found.values)["count"] == count


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


def ink_of(plates: Image.Image, limit: int = 300, **entries: Any) -> list[Finding]:
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
        ((876, 500, 906, 540), False),
        ((875, 500, 906, 540), True),
        ((400, 1219, 450, 1248), False),
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


def test_a_sheet_that_begins_elsewhere_is_measured_from_its_corner() -> None:
    aside: dict[str, Any] = {
        name: (box[0] + 50, box[1] - 30, box[2] + 50, box[3] - 30) for name, box in BOXES.items()
    }
    heavy = full((400, 500, 450, 540), 255, 255, 255, 255)
    assert [each.spot for each in ink_of(heavy, **aside)] == [each.spot for each in ink_of(heavy)]
    assert ink_of(full((0, 0, 906, 28), 255, 255, 255, 255), **aside) == []
    assert ink_of(full((877, 0, 906, 1248), 255, 255, 255, 255), **aside) == []
    for side in SIDES:
        plates = inked(bar(side))
        assert [each.spot for each in unbled(plates, **aside)] == [each.spot for each in unbled(plates)]
        assert codes(unbled(plates, **aside)) == ["E114"]
