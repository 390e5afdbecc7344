"""Texts of a page that a reader can see are told from those that nobody can, and why."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pdf.law.drawn.drawn_text import Box
from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from pipeline.pdf.law.visibility.contrast import contrast_of
from pipeline.pdf.law.visibility.visibility import Fault, unreadable
from tests.pdf.law.hand_drawn import WORD, drawn

SEEN: Final = {
    "black on white": WORD,
    "dark grey": f"0.4 g {WORD}",
    "white on a dark ground": f"0 0 0.5 rg 20 150 200 100 re f 1 g {WORD}",
    "on a ground of two colours": f"0.8 g 20 150 45 100 re f 0.9 g 65 150 45 100 re f 0 g {WORD}",
    "upright along the edge": "BT /F1 12 Tf 0 1 -1 0 50 200 Tm (Word) Tj ET",
    "slanted": "BT /F1 12 Tf 1 0 0.3 1 50 200 Tm (Word) Tj ET",
    "narrow": "BT /F1 12 Tf 0.8 0 0 1 50 200 Tm (Word) Tj ET",
    "in a form": "q 1 0 0 1 20 20 cm /X1 Do Q",
    "a frame beside it": f"{WORD} 1 g 100 150 50 100 re f",
    "a ground painted before it": f"0.9 g 20 150 200 100 re f 0 g {WORD}",
    "two lines below one another": f"{WORD} BT /F1 12 Tf 50 188 Td (Next) Tj ET",
    "two words beside one another": f"{WORD} BT /F1 12 Tf 84 200 Td (Next) Tj ET",
    "within a clip that holds it": f"q 40 190 60 30 re W n {WORD} Q",
    "wide spaces between words": "BT /F1 12 Tf 20 Tw 50 200 Td (One two three) Tj ET",
    "half transparent on white": f"/G5 gs {WORD}",
    "up to the edge": "BT /F1 12 Tf 1 200 Td (Word) Tj ET",
}
UNSEEN: Final = {
    "white on white": (f"1 g {WORD}", Fault.NO_CONTRAST),
    "pale on white": (f"0.8 g {WORD}", Fault.NO_CONTRAST),
    "yellow on white": (f"1 1 0 rg {WORD}", Fault.NO_CONTRAST),
    "black on black": (f"20 150 200 100 re f {WORD}", Fault.NO_CONTRAST),
    "red on a green as light": (f"0 0.5 0 rg 20 150 200 100 re f 0.75 0 0 rg {WORD}", Fault.NO_CONTRAST),
    "nearly transparent": (f"/G1 gs {WORD}", Fault.NO_CONTRAST),
    "pale on a ground of two colours": (
        f"1 g 20 150 45 100 re f 0.9 g 65 150 45 100 re f 0.85 g {WORD}",
        Fault.NO_CONTRAST,
    ),
    "covered": (f"{WORD} 1 g 40 190 60 30 re f", Fault.HIDDEN),
    "its end covered": (f"{WORD} 1 g 65 190 60 30 re f", Fault.HIDDEN),
    "its beginning covered": (f"{WORD} 1 g 40 190 18 30 re f", Fault.HIDDEN),
    "its lower half covered": (f"{WORD} 1 g 40 190 60 14 re f", Fault.HIDDEN),
    "its upper half covered": (f"{WORD} 1 g 40 204 60 14 re f", Fault.HIDDEN),
    "clipped away": (f"q 10 10 20 20 re W n {WORD} Q", Fault.HIDDEN),
    "its end clipped": (f"q 40 190 25 30 re W n {WORD} Q", Fault.HIDDEN),
    "its foot clipped": (f"q 40 204 60 30 re W n {WORD} Q", Fault.HIDDEN),
    "not painted": ("BT 3 Tr /F1 12 Tf 50 200 Td (Word) Tj ET", Fault.HIDDEN),
    "left of the page": ("BT /F1 12 Tf -20 200 Td (Word) Tj ET", Fault.OFF_PAGE),
    "right of the page": ("BT /F1 12 Tf 285 200 Td (Word) Tj ET", Fault.OFF_PAGE),
    "above the page": ("BT /F1 12 Tf 50 295 Td (Word) Tj ET", Fault.OFF_PAGE),
    "below the page": ("BT /F1 12 Tf 50 -5 Td (Word) Tj ET", Fault.OFF_PAGE),
    "in a form beyond the page": ("q 1 0 0 1 240 0 cm /X1 Do Q", Fault.OFF_PAGE),
    "type of one point": ("BT /F1 1 Tf 50 200 Td (Word) Tj ET", Fault.NO_SIZE),
    "made small by its form": ("q 0.1 0 0 0.1 50 200 cm /X1 Do Q", Fault.NO_SIZE),
    "mirrored": ("BT /F1 12 Tf -1 0 0 1 100 200 Tm (Word) Tj ET", Fault.DISTORTED),
    "upside down": ("BT /F1 12 Tf -1 0 0 -1 100 200 Tm (Word) Tj ET", Fault.DISTORTED),
    "far too narrow": ("BT /F1 40 Tf 0.1 0 0 1 50 200 Tm (Word) Tj ET", Fault.DISTORTED),
    "far too low": ("BT /F1 40 Tf 1 0 0 0.1 50 200 Tm (Word) Tj ET", Fault.DISTORTED),
    "mirrored by its form": ("q -1 0 0 1 200 0 cm /X1 Do Q", Fault.DISTORTED),
    "another word over it": (f"{WORD} BT /F1 12 Tf 52 202 Td (Next) Tj ET", Fault.OVERLAPPED),
}


def faults(content: str) -> set[Fault]:
    with opened_pages(drawn(content)) as (page,):
        return {each.fault for each in unreadable(page, page.fragments)}


@pytest.mark.parametrize("case", SEEN)
def test_a_text_that_can_be_seen_is_left_alone(case: str) -> None:
    assert faults(SEEN[case]) == set()


@pytest.mark.parametrize("case", UNSEEN)
def test_a_text_that_cannot_be_seen_is_found_with_the_reason(case: str) -> None:
    content, fault = UNSEEN[case]
    assert faults(content) == {fault}


@pytest.mark.parametrize(
    ("clip", "is_cut"),
    [
        ("40 190 60 30", False),
        ("40 190 25 30", True),
        ("60 190 60 30", True),
        ("40 204 60 30", True),
        ("40 190 60 14", True),
    ],
)
def test_a_text_is_cut_where_its_clip_leaves_out_some_of_it(clip: str, *, is_cut: bool) -> None:
    with opened_pages(drawn(f"q {clip} re W n {WORD} Q")) as (page,):
        assert [fragment.is_cut for fragment in page.fragments] == [is_cut]


def test_the_letters_that_are_covered_are_told() -> None:
    with opened_pages(drawn(f"{WORD} 1 g 65 190 60 30 re f")) as (page,):
        (found,) = unreadable(page, page.fragments)
    assert found.words
    assert "Word".endswith(found.words)


def test_a_text_is_where_its_forms_put_it() -> None:
    with opened_pages(drawn("q 2 0 0 2 10 -150 cm /X1 Do Q")) as (page,):
        (fragment,) = page.fragments
    assert (fragment.left, fragment.baseline) == pytest.approx((110, 250))
    assert fragment.size == pytest.approx(24)
    assert fragment.box.left == pytest.approx(110, abs=2)
    assert fragment.box.top - fragment.box.bottom == pytest.approx(18, abs=3)


@pytest.mark.parametrize(
    ("colour", "ground", "expected"),
    [
        ((0, 0, 0), (255, 255, 255), 21.0),
        ((255, 255, 255), (255, 255, 255), 1.0),
        ((118, 118, 118), (255, 255, 255), 4.54),
        ((255, 0, 0), (255, 255, 255), 4.0),
        ((0, 128, 0), (255, 255, 255), 5.14),
        ((0, 0, 255), (255, 255, 255), 8.59),
        ((5, 5, 5), (0, 0, 0), 1.03),
    ],
)
def test_contrast_is_that_of_the_guidelines(
    colour: tuple[int, int, int], ground: tuple[int, int, int], expected: float
) -> None:
    # Ratios published for these pairs, to two places.
    assert contrast_of(colour, ground) == pytest.approx(expected, abs=0.006)
    assert contrast_of(ground, colour) == contrast_of(colour, ground)


_SIDES: Final = st.tuples(st.integers(0, 7), st.integers(1, 8)).map(lambda side: (side[0], side[0] + side[1]))
_EDGES: Final = st.tuples(_SIDES, _SIDES).map(
    lambda sides: (sides[0][0], sides[1][0], sides[0][1], sides[1][1])
)


@given(_EDGES, _EDGES)
def test_rectangles_meet_where_they_share_a_point_within_and_hold_what_has_no_point_outside(
    one: tuple[int, int, int, int], other: tuple[int, int, int, int]
) -> None:
    def cells(edges: tuple[int, int, int, int]) -> set[tuple[int, int]]:
        left, bottom, right, top = edges
        return {(x, y) for x in range(left, right) for y in range(bottom, top)}

    assert Box(*one).meets(Box(*other)) == bool(cells(one) & cells(other))
    assert Box(*one).holds(Box(*other)) == (cells(other) <= cells(one))
