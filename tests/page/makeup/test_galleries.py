"""The rows of a gallery: pictures keep their order, and a page of them is filled without cutting them up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pipeline.models.kinds.gallery import GalleryHead
from pipeline.page.makeup.galleries import MEASURE, gallery_of, play_of_rows
from pipeline.page.makeup.slots import LINE, PictureShape
from tests.page.makeup.issues_made_up import article, picture

if TYPE_CHECKING:
    from pipeline.page.makeup.galleries import GalleryMakeUp

UPRIGHT = PictureShape(0.9, 3000, is_photograph=True)


def made_up(proportions: list[float], *, whole: bool) -> GalleryMakeUp:
    """Return the make-up of a gallery, whose first picture may be one for a whole page."""
    shapes = [
        *([UPRIGHT] if whole else []),
        *(PictureShape(each, 2400, is_photograph=True) for each in proportions),
    ]
    names = [f"images/{number}.jpg" for number in range(len(shapes))]
    pictures = [picture(name, line) for line, name in enumerate(names, 1)]
    head = GalleryHead(kind="gallery", title="Снимки")
    return gallery_of(article("g.md", 0, *pictures, head=head), dict(zip(names, shapes, strict=True)))


@given(st.lists(st.floats(1.2, 1.7), min_size=5, max_size=11))
def test_landscapes_on_the_page_of_a_spread_are_never_cut_to_uprights(proportions: list[float]) -> None:
    made = made_up(proportions, whole=True)
    assert made.is_spread
    for row in made.rows:
        for _, slot in row.cells:
            assert slot.width > 0.9 * slot.height


@given(st.lists(st.floats(0.5, 2.5), min_size=1, max_size=11), st.booleans())
def test_rows_hold_every_picture_once_in_order_and_fill_the_measure(
    proportions: list[float],
    whole: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    made = made_up(proportions, whole=whole)
    placed = [each.source for each, _ in made.placed]
    assert len(placed) == len(proportions) + whole
    in_rows = [each.source for row in made.rows for each, _ in row.cells]
    assert in_rows == sorted(in_rows, key=lambda name: int(name[7:-4]))
    for row in made.rows:
        assert sum(slot.width for _, slot in row.cells) + 3 * (len(row.cells) - 1) <= MEASURE + 0.1


@given(st.lists(st.floats(0.6, 1.7), min_size=5, max_size=8))
def test_the_rows_of_a_spread_fit_on_a_page(proportions: list[float]) -> None:
    made = made_up(proportions, whole=True)
    if made.is_spread:
        assert sum(row.height for row in made.rows) <= 248 * 1.3


@given(st.lists(st.floats(0.7, 1.7), min_size=2, max_size=9), st.booleans())
def test_rows_are_lower_or_higher_by_whole_lines_to_fit_a_page(
    proportions: list[float],
    lower: bool,  # noqa: FBT001
) -> None:
    shapes = {
        f"{at}.jpg": PictureShape(each, 4000, is_photograph=True) for at, each in enumerate(proportions)
    }
    head = GalleryHead(kind="gallery", title="Снимки")
    pictured = (picture(name, line) for line, name in enumerate(shapes, 1))
    one = article("g.md", 0, *pictured, head=head)
    own = gallery_of(one, shapes, may_spread=False)
    play = play_of_rows(own, shapes)
    lines = -play.lower if lower else play.higher
    made = gallery_of(one, shapes, may_spread=False, lines=lines)
    grown = sum(row.height for row in made.rows) - sum(row.height for row in own.rows)
    assert abs(grown - lines * LINE) < 0.1
    assert [len(row.cells) for row in made.rows] == [len(row.cells) for row in own.rows]
    drawn = {name: shape._replace(is_photograph=False) for name, shape in shapes.items()}
    assert play_of_rows(gallery_of(one, drawn, may_spread=False), drawn) == (0, 0)


def test_a_picture_far_higher_than_wide_is_shown_narrow_and_on_no_whole_page() -> None:
    made = made_up([1.5, 0.04, 1.5, 1.5, 1.5, 1.5], whole=False)
    assert not made.is_spread
    (narrow,) = (slot for row in made.rows for _, slot in row.cells if slot.width < 0.3 * slot.height)
    assert narrow.width * narrow.height >= 0.34 * narrow.set_width**2 / 0.04
    assert narrow.measure > 20
