"""The map of partners: every country is drawn and named; names do not overlap names or other countries."""

from __future__ import annotations

import itertools
import json
import math
import re
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.models.values.codes import COUNTRIES
from pipeline.page.figures.map_names import LINE, TYPE, WEIGHT, Layout, laid_out
from pipeline.page.figures.outlines import OUTLINES, fitted, path
from pipeline.page.figures.partner_map import FRAME, HEIGHT, WIDTH, partner_map
from pipeline.page.figures.projection import projection_of
from pipeline.page.figures.rings import (
    Box,
    area,
    bounds,
    clipped,
    covers,
    cross,
    encloses,
    holds,
    roomiest,
    thinned,
    touches,
)
from pipeline.typography import localisation
from tests.support.figure_specimens import (
    FIGURE_STYLE,
    PALETTE,
    corners,
    elements,
    measure,
    parsed,
    project,
    texts,
)

if TYPE_CHECKING:
    from pipeline.page.figures.rings import Point

UNION: Final = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
GROUPS: Final = {
    "one": "BG",
    "smallest": "VA",
    "two": "BG RO",
    "five": "BG RO GR IT ES",
    "the shipped issue": "BG HU CZ CY GR NL ES SK LT IE PT",
    "twelve": "AT BE BG HR CY CZ DK EE FI FR DE GR",
    "the Union": UNION,
    "Europe": f"{UNION} GB NO CH IS RS ME MK AL BA MD UA TR GE AM",
    "small states": "VA SM MC LI AD",
    "overseas": "BG US JP BR AU NZ",
    "across the date line": "FJ NZ RU BG",
    "islands of the Pacific": "KI TV WS",
    "one within another": "IT SM VA",
    "Lesotho's neighbour": "ZA BG",
    "neighbours of one length": "CL AR",
    "the south": "AQ BG",
}
EVERY: Final = pytest.mark.parametrize("codes", GROUPS.values(), ids=GROUPS)
LANGUAGES: Final = pytest.mark.parametrize("language", ["bg", "en", "ru"])
SQUARE: Final = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]


def layout(codes: str, language: str = "bg") -> Layout:
    named = {code: localisation.country_name(code, language) for code in codes.split()}
    return laid_out(named, FRAME, measure)


def assert_names_are_clear(found: Layout, codes: list[str]) -> None:
    for one, other in itertools.combinations(found.names, 2):
        assert not one.box.meets(other.box), (one.code, other.code)
        for name, line in ((one, other.leader), (other, one.leader)):
            assert line is None or not touches(line, name.box), (one.code, other.code)
        if one.leader and other.leader:
            assert not cross(one.leader, other.leader), (one.code, other.code)
    for name in found.names:
        assert name.box.within(FRAME)
        others = [code for code in codes if code != name.code or name.leader]
        assert not [code for code in others if any(covers(ring, name.box) for ring in found.shapes[code])]
        if name.leader is None:
            assert encloses(found.shapes[name.code][0], name.box)


@EVERY
@LANGUAGES
def test_every_partner_is_named_and_no_name_runs_over_another_or_onto_land_of_another(
    codes: str, language: str
) -> None:
    found = layout(codes, language)
    assert sorted(name.code for name in found.names) == sorted(codes.split())
    assert_names_are_clear(found, codes.split())


@given(st.lists(st.sampled_from(sorted(COUNTRIES)), min_size=1, max_size=30, unique=True))
@settings(max_examples=15, deadline=None)
def test_any_countries_together_are_named_clear_of_each_other(codes: list[str]) -> None:
    found = layout(" ".join(codes))
    assert sorted(name.code for name in found.names) == sorted(codes)
    assert_names_are_clear(found, codes)


@EVERY
def test_a_leader_begins_in_its_country_and_ends_at_its_name(codes: str) -> None:
    found = layout(codes)
    for name in found.names:
        if name.leader is not None:
            start, end = name.leader
            around = bounds(found.shapes[name.code][0])
            assert Box(start[0], start[1], start[0], start[1]).within(around)
            assert math.dist(end, name.box.nearest(end)) <= TYPE / 2


@EVERY
def test_a_name_is_where_it_is_drawn(codes: str) -> None:
    figure = partner_map([project(countries=codes.split())], "BG", "bg", FIGURE_STYLE)
    drawn = elements(parsed(figure.svg), "text")
    for node, name in zip(drawn, layout(codes).names, strict=True):
        assert node.text == name.text
        width = measure(name.text, TYPE, WEIGHT)
        assert float(node.get("x", "")) == pytest.approx((name.box.left + name.box.right) / 2, abs=0.01)
        assert name.box.right - name.box.left >= width - 0.01
        assert name.box.top < float(node.get("y", "")) < name.box.bottom
        assert node.get("fill") == (PALETTE.ink if name.leader else PALETTE.white)


@EVERY
def test_every_partner_is_filled_and_the_publishers_country_in_a_colour_of_its_own(codes: str) -> None:
    figure = partner_map([project(countries=codes.split())], "BG", "bg", FIGURE_STYLE)
    fills = [node.get("fill") for node in elements(parsed(figure.svg), "path")]
    home = codes.split().count("BG")
    assert fills.count(PALETTE.home) == home
    assert fills.count(PALETTE.span) == len(codes.split()) - home


def test_a_country_within_a_partner_does_not_look_like_one() -> None:
    figure = partner_map([project(countries=["ZA"])], "BG", "bg", FIGURE_STYLE)
    land = [node for node in elements(parsed(figure.svg), "path") if node.get("stroke") == PALETTE.white]
    fills = [node.get("fill") for node in land]
    assert fills[:3] == [PALETTE.land, PALETTE.span, PALETTE.land]
    outer, inner = (bounds(corners(node.get("d", ""))) for node in land[1:3])
    assert inner.within(outer)


def test_a_partner_within_another_is_drawn_upon_it() -> None:
    figure = partner_map([project(countries=["LS", "ZA"])], "ZA", "bg", FIGURE_STYLE)
    fills = [node.get("fill") for node in elements(parsed(figure.svg), "path")]
    assert fills.index(PALETTE.home) < fills.index(PALETTE.span)


def test_many_names_stand_in_two_columns_of_even_lines() -> None:
    found = layout(UNION)
    columns = [name for name in found.names if name.leader]
    lefts = sorted(name.box.top for name in columns if name.box.right < WIDTH / 2)
    rights = sorted(name.box.top for name in columns if name.box.left > WIDTH / 2)
    assert len(lefts) + len(rights) == len(columns)
    assert abs(len(lefts) - len(rights)) <= 1
    for tops in (lefts, rights):
        assert all(after - before >= LINE - 1e-6 for before, after in itertools.pairwise(tops))


def test_a_name_too_long_for_its_column_is_cut_on_the_map_and_whole_in_the_data() -> None:
    codes = ["GS", *UNION.split()]
    figure = partner_map([project(countries=codes)], "BG", "bg", FIGURE_STYLE)
    whole = localisation.country_name("GS", "bg")
    shown = texts(figure)
    assert len(shown) == len(codes)
    assert [text for text in shown if text.endswith("…") and whole.startswith(text[:-1])]
    assert figure.rows[0][0] == whole


def test_every_country_there_is_has_an_outline() -> None:
    shapes = fitted(sorted(COUNTRIES), FRAME)
    assert set(shapes) >= COUNTRIES
    assert all(len(shapes[code][0]) > 2 for code in COUNTRIES)


@given(st.sampled_from(sorted(COUNTRIES)))
@settings(max_examples=40, deadline=None)
def test_each_country_alone_is_drawn_with_its_name(code: str) -> None:
    found = layout(code)
    (name,) = found.names
    assert name.text == localisation.country_name(code, "bg")
    assert bounds(found.shapes[code][0]).within(FRAME)


def test_all_countries_at_once_are_drawn_and_listed() -> None:
    figure = partner_map([project(countries=sorted(COUNTRIES))], "BG", "bg", FIGURE_STYLE)
    assert len(figure.rows) == len(COUNTRIES)
    boxes = [name.box for name in layout(" ".join(sorted(COUNTRIES))).names]
    assert len(boxes) >= 44
    assert not [one for one, other in itertools.combinations(boxes, 2) if one.meets(other)]


@EVERY
def test_the_map_stays_on_its_paper(codes: str) -> None:
    figure = partner_map([project(countries=codes.split())], "BG", "bg", FIGURE_STYLE)
    for node in elements(parsed(figure.svg), "path"):
        for x, y in corners(node.get("d", "")):
            assert -0.1 <= x <= WIDTH + 0.1
            assert -0.1 <= y <= HEIGHT + 0.1


def test_a_map_of_europe_is_light() -> None:
    figure = partner_map([project(countries=UNION.split())], "BG", "bg", FIGURE_STYLE)
    assert len(re.findall("[Ml]", figure.svg)) < 3000
    assert OUTLINES.stat().st_size <= 200_000


def test_neighbours_share_their_border_to_the_point() -> None:
    shapes = fitted(["BG", "RO"], FRAME)
    shared = set(shapes["BG"][0]) & set(shapes["RO"][0])
    assert len(shared) > 10


def test_crimea_is_drawn_where_the_union_knows_it() -> None:
    shapes = fitted(["UA", "RU", "BG"], FRAME)
    simferopol = (34.1, 45.0)
    data = json.loads(OUTLINES.read_text("utf-8"))
    lines = [
        [
            (x / 100, y / 100)
            for x, y in zip(itertools.accumulate(steps[::2]), itertools.accumulate(steps[1::2]), strict=True)
        ]
        for steps in data["lines"]
    ]

    def has(code: str) -> bool:
        rings = [
            [point for index in ring for point in (lines[index] if index >= 0 else lines[~index][::-1])[:-1]]
            for ring in data["countries"][code]
        ]
        return any(holds(ring, simferopol) for ring in rings)

    assert has("UA")
    assert not has("RU")
    assert {"UA", "RU"} <= set(shapes)


@given(st.floats(-60, 60), st.floats(-70, 70), st.floats(0.5, 3))
def test_a_part_of_the_world_keeps_its_areas(longitude: float, latitude: float, size: float) -> None:
    square = [(longitude + size * x, latitude + size * y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
    dense = [
        (x1 + (x2 - x1) * at / 20, y1 + (y2 - y1) * at / 20)
        for (x1, y1), (x2, y2) in zip(square, square[1:] + square[:1], strict=True)
        for at in range(20)
    ]
    far = [(longitude + 70, latitude), (longitude - 20, latitude)]
    true = math.radians(size) * (math.sin(math.radians(latitude + size)) - math.sin(math.radians(latitude)))
    part, world = projection_of(square), projection_of([*square, *far, (longitude - 60, 0.0)])
    assert not part.whole
    assert world.whole
    for projection in (part, world):
        assert area([projection.project(point) for point in dense]) == pytest.approx(true, rel=2e-3)


def test_a_ring_holds_its_middle_and_nothing_beside_it() -> None:
    assert area(SQUARE) == 100
    assert holds(SQUARE, (5, 5))
    assert not holds(SQUARE, (15, 5))
    assert bounds(SQUARE) == Box(0, 0, 10, 10)
    assert roomiest(SQUARE)[0] == pytest.approx((5, 5), abs=0.5)


@pytest.mark.parametrize(
    ("box", "is_covered", "is_enclosed"),
    [
        (Box(2, 2, 4, 4), True, True),
        (Box(8, 8, 12, 12), True, False),
        (Box(-5, 4, 15, 6), True, False),
        (Box(-5, -5, 15, 15), True, False),
        (Box(11, 2, 14, 4), False, False),
    ],
)
def test_a_box_is_in_a_ring_across_it_around_it_or_beside_it(
    box: Box, *, is_covered: bool, is_enclosed: bool
) -> None:
    assert covers(SQUARE, box) is is_covered
    assert encloses(SQUARE, box) is is_enclosed


def test_a_thin_tongue_into_a_box_is_seen() -> None:
    tongue = [(0.0, 0.0), (20.0, 4.9), (20.0, 5.1), (0.0, 10.0)]
    assert covers(tongue, Box(12, 0, 19, 10))
    bay = [(0.0, 0.0), (20.0, 0.0), (20.0, 20.0), (10.1, 20.0), (10.0, 4.0), (9.9, 20.0), (0.0, 20.0)]
    assert not encloses(bay, Box(2, 2, 18, 18))


def off(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from a straight line between two others."""
    way = (end[0] - start[0], end[1] - start[1])
    length = math.hypot(*way) ** 2 or 1
    along = ((point[0] - start[0]) * way[0] + (point[1] - start[1]) * way[1]) / length
    along = min(1, max(0, along))
    return math.dist(point, (start[0] + along * way[0], start[1] + along * way[1]))


@given(
    st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=40, unique=True),
    st.floats(0.1, 5),
)
def test_thinning_keeps_the_ends_and_strays_no_farther_than_it_may(
    line: list[tuple[float, float]], tolerance: float
) -> None:
    kept = thinned(line, tolerance)
    assert kept[0] == line[0]
    assert kept[-1] == line[-1]
    assert [point for point in line if point in set(kept)] == kept
    for x, y in line:
        assert min(off((x, y), start, end) for start, end in itertools.pairwise(kept)) <= tolerance + 1e-6


def test_a_closed_line_is_thinned_without_closing_up() -> None:
    circle = [(10 * math.cos(math.tau * at / 100), 10 * math.sin(math.tau * at / 100)) for at in range(100)]
    kept = thinned([*circle, circle[0]], 0.5)
    assert 6 < len(kept) < 20
    assert area(kept[:-1]) > 0.85 * area(circle)


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=20))
def test_what_is_clipped_lies_within_and_what_lies_within_is_whole(ring: list[tuple[float, float]]) -> None:
    panel = Box(-20, -10, 20, 10)
    for x, y in clipped(ring, panel):
        assert -20 - 1e-6 <= x <= 20 + 1e-6
        assert -10 - 1e-6 <= y <= 10 + 1e-6
    assert clipped(ring, Box(-50, -50, 50, 50)) == ring


def test_a_path_runs_through_the_corners_in_tenths() -> None:
    ring = [(0.04, 1.0), (10.26, 1.0), (10.26, 1.02), (5.0, -7.96)]
    assert path([ring]) == "M0 1l10.3 0l-5.3 -9Z"
    for corner, wanted in zip(corners(path([ring])), [(0, 1), (10.3, 1), (5, -8)], strict=True):
        assert corner == pytest.approx(wanted)


def test_what_has_no_outline_is_listed_and_not_drawn() -> None:
    with_union = partner_map([project(countries=["BG", "EU", "XK", "UN"])], "BG", "bg", FIGURE_STYLE)
    assert [name for name, _ in with_union.rows] == [
        "България",
        "Европейски съюз",
        "Косово",
        "Организация на обединените нации",
    ]
    without = partner_map([project(countries=["BG", "XK"])], "BG", "bg", FIGURE_STYLE)
    assert (with_union.svg, with_union.alternative) == (without.svg, without.alternative)
    assert "Косово" in without.svg
