"""The pictures of a comparison: what is gone and what is new stand out, however faint, each in a frame."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
from PIL import Image

from pipeline.archive.comparing.comparison import PPI, Comparison, compare
from pipeline.archive.comparing.marked_pages import GONE, NEW, MarkedPage, marked_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

SIDE = 200
"""Points of a page's edges."""


def drawn(*pages: str, size: tuple[int, int] = (SIDE, SIDE)) -> bytes:
    """Return a PDF with a page for each content stream."""
    pdf = pikepdf.new()
    for content in pages:
        page = pdf.add_blank_page(page_size=size)
        page.Contents = pdf.make_stream(content.encode())
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def square(grey: float, left: int, bottom: int = 100) -> str:
    return f"{grey} g {left} {bottom} 20 20 re f\n"


def marked(before: bytes, after: bytes) -> tuple[Comparison, list[MarkedPage]]:
    comparison = compare(before, after)
    return comparison, list(marked_pages(before, after, comparison))


def pixel(png: bytes, x: float, y: float) -> Sequence[int]:
    """Return the colour at a place of a page, in points from the lower left."""
    with Image.open(io.BytesIO(png)) as picture:
        colour = picture.convert("RGB").getpixel((round(x * PPI / 72), round((SIDE - y) * PPI / 72)))
    assert isinstance(colour, tuple)
    return colour


def colours(png: bytes) -> set[Sequence[int]]:
    with Image.open(io.BytesIO(png)) as picture:
        return {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or ()}  # type: ignore[misc]


def test_what_is_gone_and_what_is_new_have_their_colours() -> None:
    _, (page,) = marked(drawn(square(0, 20)), drawn(square(0, 150)))
    assert pixel(page.marked, 30, 110) == GONE
    assert pixel(page.marked, 160, 110) == NEW
    assert pixel(page.marked, 100, 110) == (255, 255, 255)
    assert pixel(page.before, 30, 110) == pixel(page.after, 160, 110) == (0, 0, 0)


def test_a_faint_difference_is_strengthened_and_the_rest_is_not() -> None:
    _, (page,) = marked(drawn(square(0.5, 20)), drawn(square(0.5, 20) + square(0.98, 150)))
    faint = pixel(page.marked, 160, 110)
    assert sum(abs(a - b) for a, b in zip(faint, (255, 255, 255), strict=True)) > 90
    stays = pixel(page.marked, 30, 110)
    assert stays[0] == stays[1] == stays[2] > 128


def test_every_place_stands_in_a_frame() -> None:
    comparison, (page,) = marked(drawn(""), drawn(square(0, 20, 20) + square(0, 150, 150)))
    assert len(comparison.pages[0].spots) == 2
    assert GONE in colours(page.marked)


def test_only_the_pages_that_differ_are_drawn() -> None:
    same = square(0, 60)
    _, pages = marked(drawn(same, same, same), drawn(same, square(0, 61), same))
    assert [page.number for page in pages] == [2]


def test_a_page_of_one_of_the_two_is_shown_without_marks() -> None:
    one, two = drawn(square(0, 20)), drawn(square(0, 20), square(0, 40))
    _, (more,) = marked(one, two)
    assert (more.number, more.before, more.marked) == (2, b"", b"")
    assert more.after
    _, (fewer,) = marked(two, one)
    assert (fewer.number, fewer.after, fewer.marked) == (2, b"", b"")
    assert fewer.before


def test_pages_of_two_sizes_are_laid_over_one_another() -> None:
    _, (page,) = marked(drawn(square(0, 20)), drawn(square(0, 20), size=(SIDE + 100, SIDE)))
    with Image.open(io.BytesIO(page.marked)) as picture:
        assert picture.width == round((SIDE + 100) * PPI / 72)


def test_places_are_found_at_any_resolution() -> None:
    before, after = drawn(square(0, 20)), drawn(square(0, 150))
    for ppi in (3, 10, 300):
        (change,) = compare(before, after, ppi).pages
        assert change.spots
