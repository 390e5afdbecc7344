"""Which field the photograph of a cover has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.page.makeup.covers import Cover, cover_of
from pipeline.page.makeup.slots import PictureShape
from tests.page.makeup.issues_made_up import article, issue_of, picture

SHEET = 216.0
FOOT = 158.0
FEWEST = 150
"""Millimetres from edge to edge with the bleed, and to the foot of the field; pixels an inch on paper."""


@pytest.mark.parametrize(("proportion", "pixels"), [(2.5, 2000), (3.33, 3000), (4.0, 2600)])
def test_a_panorama_lies_across_the_cover_and_keeps_most_of_its_width(proportion: float, pixels: int) -> None:
    issue = replace(issue_of((article("a", 500),)), cover=picture("cover.jpg"))
    shape = PictureShape(proportion, pixels, is_photograph=True)
    plan = cover_of(issue, {"cover.jpg": shape}, 1)
    assert plan.slot is not None
    assert (plan.cover, plan.slot.width) == (Cover.PHOTO, SHEET)
    assert plan.slot.set_width <= 1.51 * SHEET
    assert pixels / (plan.slot.set_width / 25.4) >= FEWEST - 1
    assert plan.lower + plan.slot.height == pytest.approx(FOOT)


def test_a_photograph_that_fills_the_field_begins_below_the_band() -> None:
    issue = replace(issue_of((article("a", 500),)), cover=picture("cover.jpg"))
    plan = cover_of(issue, {"cover.jpg": PictureShape(1.5, 2600, is_photograph=True)}, 1)
    assert plan.slot is not None
    assert (plan.slot.height, plan.lower) == (FOOT, 0)
