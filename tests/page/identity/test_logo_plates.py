"""A house's logo can be seen wherever it stands: on the ground itself, or on a plate."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from pipeline.page.identity.logo_pixels import colours_in, on_own_plate, pixels_of
from pipeline.page.identity.logo_plates import PLATES, LogoColours, plate_of
from pipeline.page.pictures.examination import examine
from pipeline.page.pictures.picture_info import PictureInfo
from tests.page.identity.looks import measured_contrast

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@given(colour=COLOURS, grounds=st.lists(COLOURS, min_size=1, max_size=2))
def test_a_logo_of_one_colour_is_seen_on_whatever_it_stands(colour: str, grounds: list[str]) -> None:
    role = plate_of(LogoColours(((colour, 1.0),)), grounds)
    for ground in [PLATES[role]] if role else grounds:
        assert measured_contrast(colour, ground) >= 3


@pytest.mark.parametrize(
    ("shares", "ground", "on", "plate"),
    [
        ((("#1F3D2B", 0.8), ("#D9A441", 0.2)), "", "#1F3D2B", "white"),
        ((("#1F3D2B", 0.8), ("#D9A441", 0.2)), "", "#FFFFFF", ""),
        ((("#FFFFFF", 1.0),), "", "#1F3D2B", ""),
        ((("#FFFFFF", 1.0),), "", "#FFFFFF", "ink"),
        ((("#FFFFFF", 0.6), ("#B00020", 0.4)), "#FFFFFF", "#1F3D2B", "white"),
        ((("#FFFFFF", 0.6), ("#B00020", 0.4)), "#FFFFFF", "#FFFFFF", ""),
        ((("#FFFFFF", 0.2), ("#B00020", 0.8)), "#B00020", "#B00020", ""),
    ],
)
def test_a_plate_is_there_only_where_it_is_needed(
    shares: tuple[tuple[str, float], ...], ground: str, on: str, plate: str
) -> None:
    assert plate_of(LogoColours(shares, ground), [on]) == plate


def drawn(form: str, background: str | None) -> bytes:
    """Return a logo of pixels: a disc, on a ground or on nothing."""
    picture = Image.new("RGBA", (90, 60), background or (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((10, 5, 60, 55), fill=form)
    written = io.BytesIO()
    (picture if background is None else picture.convert("RGB")).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(("form", "plate"), [("#FFFFFF", (0, 0, 0)), ("#1F3D2B", (255, 255, 255))])
def test_a_picture_that_is_seen_through_gets_a_plate_with_a_margin(
    form: str, plate: tuple[int, int, int]
) -> None:
    data = drawn(form, None)
    info = examine(data, "logo.png", None)
    assert isinstance(info, PictureInfo)
    plated, told = on_own_plate(data, info)
    with Image.open(io.BytesIO(plated)) as picture:
        assert picture.mode == "RGB"
        assert picture.size == (told.width, told.height) == (90 + 18, 60 + 18)
        assert {picture.getpixel((0, y)) for y in range(picture.height)} == {plate}
        assert measured_contrast(form, "#{:02X}{:02X}{:02X}".format(*plate)) >= 3
    assert colours_in(pixels_of(plated)).ground


def test_a_picture_with_a_ground_of_its_own_stays_as_it_is() -> None:
    data = drawn("#FFFFFF", "#B00020")
    info = examine(data, "logo.png", None)
    assert isinstance(info, PictureInfo)
    assert on_own_plate(data, info) == (data, info)
    assert measured_contrast(colours_in(pixels_of(data)).ground, "#B00020") < 1.2
