"""A picture takes a slot of the grid by its shape and its pixels."""

from __future__ import annotations

import pytest

from pipeline.models.text import Measure
from pipeline.page.makeup.articles import made_up
from pipeline.page.makeup.forms import Form
from pipeline.page.makeup.slots import FRAMES, LEAST_SEEN, PictureShape, cropped, slot_in
from tests.page.makeup.issues_made_up import LANDSCAPE, article, picture

DRAWING = PictureShape(2.0, 0, is_photograph=False)


def test_a_photograph_with_too_few_pixels_takes_the_next_smaller_slot() -> None:
    shape = PictureShape(1.5, 800, is_photograph=True)
    slot = slot_in("wide", shape)
    assert slot.name == "column"
    assert 800 / (slot.set_width / 25.4) >= 220


def test_a_messengers_photograph_takes_the_smallest_slot() -> None:
    assert slot_in("bleed", PictureShape(1.33, 400, is_photograph=True)).name == "third"


@pytest.mark.parametrize("name", sorted(FRAMES))
def test_a_drawing_is_never_cropped(name: str) -> None:
    for proportion in (0.4, 1.0, 2.0, 5.0):
        slot = slot_in(name, DRAWING._replace(proportion=proportion))
        assert slot.width / slot.height == pytest.approx(proportion, rel=0.01)
        assert slot.set_width == slot.width <= FRAMES[name].width


@pytest.mark.parametrize("name", sorted(FRAMES))
def test_the_caption_of_a_narrow_drawing_is_wider_than_it_as_far_as_its_frame_is(name: str) -> None:
    slot = slot_in(name, DRAWING._replace(proportion=0.05))
    assert slot.width < 10
    assert slot.measure == min(36, FRAMES[name].width)
    assert slot_in(name, DRAWING).measure == max(slot_in(name, DRAWING).width, slot.measure)


@pytest.mark.parametrize("name", sorted(FRAMES))
def test_a_photograph_fills_the_width_of_its_slot(name: str) -> None:
    for proportion in (0.66, 1.0, 1.5, 2.4):
        slot = slot_in(name, LANDSCAPE._replace(proportion=proportion, pixels=6000))
        assert slot.width == FRAMES[name].width
        assert slot.height <= FRAMES[name].most
        assert slot.set_width >= slot.width - 0.01


@pytest.mark.parametrize("name", sorted(FRAMES))
def test_a_third_of_a_photograph_is_seen_however_narrow_or_low_it_is(name: str) -> None:
    for proportion in (0.05, 0.2, 0.375, 0.66, 1.5, 3.0, 5.0, 18.0):
        shape = LANDSCAPE._replace(proportion=proportion, pixels=20000)
        slot = slot_in(name, shape)
        whole = slot.set_width**2 / proportion
        assert slot.width * slot.height >= 0.99 * LEAST_SEEN * whole
        assert slot.measure >= slot.width


@pytest.mark.parametrize("name", ["bleed", "wide", "outer", "text"])
def test_a_phones_portrait_takes_a_column_rather_than_being_cropped_to_a_band(name: str) -> None:
    slot = slot_in(name, LANDSCAPE._replace(proportion=3 / 8, pixels=3000))
    assert slot.name == "column"
    assert slot.width == FRAMES["column"].width


@pytest.mark.parametrize("name", ["wide", "text", "column", "third", "brief", "margin"])
def test_of_a_panorama_more_than_half_is_seen_across(name: str) -> None:
    slot = slot_in(name, LANDSCAPE._replace(proportion=5, pixels=20000))
    assert slot.width == FRAMES[name].width
    assert slot.width >= 0.59 * slot.set_width


def test_a_phones_portrait_in_a_short_piece_is_higher_than_others() -> None:
    slot = slot_in("brief", LANDSCAPE._replace(proportion=3 / 8, pixels=3000))
    assert slot.width == FRAMES["brief"].width
    assert slot.height == pytest.approx(0.35 * 54 * 8 / 3, abs=0.1)


def test_the_point_an_author_names_is_kept() -> None:
    assert cropped("x", (54, 40), LANDSCAPE, (80, 10)).focus == (80, 10)


def test_of_an_upright_photograph_the_upper_part_is_kept_where_faces_are() -> None:
    upright = LANDSCAPE._replace(proportion=0.66)
    assert cropped("x", (54, 40), upright, None).focus == (50, 20)


@pytest.mark.parametrize(
    ("measure", "name"),
    [
        (Measure.WIDE, "wide"),
        (Measure.HALF, "column"),
        (Measure.THIRD, "third"),
        (Measure.PAIR, "pair"),
        (Measure.PORTRAIT, "portrait"),
    ],
)
def test_an_author_may_ask_for_a_slot(measure: Measure, name: str) -> None:
    first, asked = picture("p.jpg", 1, measure=Measure.MARGIN), picture("p.jpg", 2, measure=measure)
    made = made_up(article("a.md", 3000, first, asked), Form.STANDARD, {"p.jpg": LANDSCAPE})
    assert made.slots[asked.place].name == name


def test_a_picture_that_bleeds_begins_a_page() -> None:
    opening = picture("p.jpg", measure=Measure.BLEED)
    made = made_up(article("a.md", 900, opening), Form.STANDARD, {"p.jpg": LANDSCAPE})
    assert made.slots[opening.place].name == "bleed"
    assert made.begins_page


@pytest.mark.parametrize("form", [Form.SHORT, Form.NOTICE, Form.EVENT])
@pytest.mark.parametrize("measure", list(Measure))
def test_no_picture_is_wider_than_the_column_of_a_short_text(form: Form, measure: Measure) -> None:
    shown = picture("a.jpg", measure=measure)
    made = made_up(article("a.md", 200, shown), form, {"a.jpg": LANDSCAPE})
    assert made.slots[shown.place].width <= FRAMES["brief"].width
