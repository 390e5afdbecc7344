"""The pixels of a page are those of the part that is asked for, and a rectangle of it has its own."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from pipeline.pdf.law.drawn.drawn_text import Box
from pipeline.pdf.law.drawn.page_pixels import PagePixels, Rows, drawn_part, not_white, pixels_of
from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from tests.pdf.law.hand_drawn import WORD, drawn


def _pixels(scale: float = 2, upwards: float = 2, left: float = 10, top: float = 210) -> PagePixels:
    """Return a part of a page, 100 points wide and 200 high, without pixels of its own."""
    none = Image.new("L", (1, 1))
    return PagePixels(none, none, none, none, Box(left, top - 200, left + 100, top), scale, upwards)


@pytest.mark.parametrize(
    ("box", "around", "expected"),
    [
        (Box(20, 100, 30, 110), 0, (20, 200, 41, 221)),
        (Box(20.4, 100.4, 30.4, 110.4), 0, (20, 199, 41, 220)),
        (Box(20.6, 100.6, 30.6, 110.6), 0, (21, 198, 42, 219)),
        (Box(20, 100, 30, 110), 3, (14, 194, 47, 227)),
        (Box(10, 200, 11, 210), 2, (0, 0, 7, 25)),
        (Box(-50, 205, 12, 300), 0, (0, 0, 5, 11)),
    ],
)
def test_a_rectangle_has_the_pixels_it_touches(
    box: Box, around: float, expected: tuple[int, int, int, int]
) -> None:
    assert _pixels().area(box, around) == expected


def test_pixels_may_be_higher_than_wide() -> None:
    assert _pixels(scale=1, upwards=3).area(Box(20, 100, 30, 110)) == (10, 300, 21, 331)


def test_an_empty_rectangle_has_one_pixel() -> None:
    assert _pixels().area(Box(20, 100, 20, 100)) == (20, 220, 21, 221)
    # Its edges may be in the wrong order, as those of what lies outside.
    assert _pixels().area(Box(20, 100, 14, 104)) == (20, 212, 21, 221)
    assert _pixels().area(Box(20, 104, 30, 90)) == (20, 240, 41, 241)


def test_what_lies_left_of_or_above_a_part_has_its_first_pixel() -> None:
    assert _pixels().area(Box(-50, 300, -40, 310)) == (0, 0, 1, 1)
    assert _pixels().area(Box(0, 209.9, 9.9, 215)) == (0, 0, 1, 1)


def test_rows_are_those_of_the_part_that_lies_on_the_picture() -> None:
    picture = Image.new("L", (3, 4))
    picture.putdata(range(12))
    rows = Rows(picture)
    assert rows.of((0, 0, 3, 4)) == [bytes([0, 1, 2]), bytes([3, 4, 5]), bytes([6, 7, 8]), bytes([9, 10, 11])]
    assert rows.of((1, 1, 2, 3)) == [bytes([4]), bytes([7])]
    assert rows.of((2, 3, 9, 9)) == [bytes([11])]
    assert rows.of((0, 4, 3, 9)) == []


GREEN = "0 1 0 rg 100 40 50 20 re f 0 g"
"""On a page of 300 points."""


@pytest.fixture
def sheet() -> bytes:
    """A page whose sheet does not begin at 0 and whose trim is smaller."""
    with pikepdf.open(io.BytesIO(drawn(f"{GREEN} {WORD}"))) as pdf:
        pdf.pages[0].MediaBox = pikepdf.Array([20, 10, 280, 250])
        pdf.pages[0].TrimBox = pikepdf.Array([30, 20, 270, 240])
        whole = io.BytesIO()
        pdf.save(whole)
    return whole.getvalue()


def test_a_whole_page_has_the_size_and_the_edges_of_its_sheet(sheet: bytes) -> None:
    with opened_pages(sheet) as (page,):
        assert (page.sheet, page.trim) == (Box(20, 10, 280, 250), Box(30, 20, 270, 240))
        pixels = pixels_of(page, 72)
        double = pixels_of(page, 144)
    assert pixels.part == Box(20, 10, 280, 250)
    assert (pixels.scale, pixels.upwards) == (1, 1)
    assert [each.size for each in pixels[:4]] == [(260, 240)] * 4
    assert (double.full.size, double.scale, double.upwards) == ((520, 480), 2, 2)


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (Box(40, 190, 100, 220), Box(40, 190, 100, 220)),
        (Box(0, 0, 100, 220), Box(20, 10, 100, 220)),
        (Box(40, 190, 400, 400), Box(40, 190, 280, 250)),
        (Box(20, 10, 280, 250), Box(20, 10, 280, 250)),
    ],
)
def test_a_part_of_a_page_is_what_of_it_lies_on_the_sheet(sheet: bytes, part: Box, shown: Box) -> None:
    with opened_pages(sheet) as (page,):
        pixels = pixels_of(page, 72, part)
        whole = pixels_of(page, 72)
    assert pixels.part == shown
    assert pixels.full.size == (shown.right - shown.left, shown.top - shown.bottom)
    left, top, right, bottom = whole.area(shown)
    assert pixels.full.tobytes() == whole.full.crop((left, top, right - 1, bottom - 1)).tobytes()


def test_the_bare_page_has_all_but_the_text_and_the_ink_is_where_both_differ(sheet: bytes) -> None:
    with opened_pages(sheet) as (page,):
        box = page.fragments[0].box
        pixels = pixels_of(page, 72)
        again = pixels_of(page, 72)
    word, green = pixels.area(box), pixels.area(Box(101, 41, 148, 58))
    assert pixels.bare.crop(word).getextrema() == ((255, 255),) * 3
    assert pixels.full.crop(word).getextrema() != ((255, 255),) * 3
    assert (
        pixels.bare.crop(green).getextrema()
        == pixels.full.crop(green).getextrema()
        == ((0, 0), (255, 255), (0, 0))
    )
    left, top, right, bottom = pixels.ink.getbbox() or (0, 0, 0, 0)
    assert (left, top, right, bottom) == pytest.approx(word, abs=1)
    assert pixels.ink.getextrema() == (0, 1)
    # The text is there again afterwards.
    assert again.full.tobytes() == pixels.full.tobytes()


@pytest.mark.parametrize(("grey", "seen"), [(254, False), (246, False), (245, True), (200, True), (0, True)])
def test_ten_levels_of_a_channel_are_ink(grey: int, *, seen: bool) -> None:
    for colour in (f"{grey / 255} g", f"1 1 {grey / 255} rg", f"1 {grey / 255} 1 rg", f"{grey / 255} 1 1 rg"):
        large = "BT /F1 200 Tf 50 50 Td (H) Tj ET"
        with opened_pages(drawn(f"{colour} {large}")) as (page,):
            pixels = pixels_of(page, 72)
        assert (pixels.ink.getbbox() is not None) == seen
        assert pixels.change.getextrema()[1] == 255 - grey


@pytest.mark.parametrize(
    ("colour", "expected"),
    [((255, 255, 255), 0), ((248, 248, 248), 0), ((247, 255, 255), 1), ((255, 255, 247), 1), ((0, 0, 0), 1)],
)
def test_eight_levels_of_a_channel_are_no_white(colour: tuple[int, int, int], expected: int) -> None:
    assert not_white(Image.new("RGB", (1, 1), colour)).of((0, 0, 1, 1)) == [bytes([expected])]


def test_a_part_is_drawn_with_a_pixel_a_point(sheet: bytes) -> None:
    with opened_pages(sheet) as (page,):
        picture = drawn_part(page, Box(90, 30, 170, 70))
        outer = drawn_part(page, Box(0, 0, 120, 50))
    assert picture.size == (80, 40)
    assert [
        picture.getpixel(at) for at in ((9, 20), (11, 20), (58, 20), (61, 20), (30, 8), (30, 12), (30, 31))
    ] == [
        (255, 255, 255),
        (0, 255, 0),
        (0, 255, 0),
        (255, 255, 255),
        (255, 255, 255),
        (0, 255, 0),
        (255, 255, 255),
    ]
    assert outer.size == (100, 40)
    assert outer.getpixel((99, 5)) == (0, 255, 0)
    assert outer.getpixel((79, 5)) == (255, 255, 255)
