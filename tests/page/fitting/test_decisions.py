"""What the maker-up decides changes no word, and no order but where it may."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings.place import Place
from pipeline.models.issue import Article, Order
from pipeline.models.kinds.article import PlainHead
from pipeline.models.text import Figure, Heading, Paragraph, Quote, Run
from pipeline.models.tree import nodes_of
from pipeline.page.makeup.fitting import UNFITTED, Fitting, followers, liftable, movable, place_of, rearranged
from pipeline.page.makeup.slots import FRAMES, LINE, PictureShape, fitted, play_of, slot_in, tallest
from tests.page.makeup.issues_made_up import article, issue_of, picture

if TYPE_CHECKING:
    from pipeline.models.text import Block


def paragraph(line: int, text: str = "Дума.") -> Paragraph:
    return Paragraph((Run(text, Place("a.md", line)),))


def quote(line: int, text: str) -> Quote:
    return Quote((paragraph(line, text),))


def heading(line: int) -> Heading:
    place = Place("a.md", line)
    return Heading(1, (Run("Глава", place),), place)


@st.composite
def bodies(draw: st.DrawFn) -> tuple[Block, ...]:
    kinds = draw(st.lists(st.sampled_from("ppppfqh"), min_size=1, max_size=12))
    made: list[Block] = []
    for line, kind in enumerate(kinds, 10):
        if kind == "f":
            made.append(Figure(picture("p.jpg", line)))
        elif kind == "q":
            made.append(quote(line, draw(st.sampled_from(["Дума.", "Нещо друго."]))))
        else:
            made.append(heading(line) if kind == "h" else paragraph(line))
    return tuple(made)


@given(body=bodies(), data=st.data())
def test_what_moves_in_an_article_are_figures_and_repeated_quotations_behind_paragraphs(
    body: tuple[Block, ...], data: st.DataObject
) -> None:
    one = Article("a.md", PlainHead(title="А"), body, (), Place("a.md"))
    may = movable(one)
    chosen = {
        place: data.draw(st.integers(1, most)) for place, most in may.items() if data.draw(st.booleans())
    }
    (moved,) = rearranged(issue_of((one,)), Fitting(later=chosen)).articles
    assert sorted(map(id, moved.body)) == sorted(map(id, body))
    kept = [block for block in body if place_of(block) not in chosen]
    assert [block for block in moved.body if place_of(block) not in chosen] == kept
    for block in body:
        if isinstance(block, Quote) and place_of(block) in may:
            assert "Дума." in {run.text for run in nodes_of(Run, block)}  # it stands in the text as well


@given(body=bodies(), data=st.data())
def test_what_goes_up_in_an_article_are_figures_before_paragraphs_and_the_first_stays_the_first(
    body: tuple[Block, ...], data: st.DataObject
) -> None:
    one = Article("a.md", PlainHead(title="А"), body, (), Place("a.md"))
    may = liftable(one)
    chosen = {place: -data.draw(st.integers(1, most)) for place, most in may.items()}
    (moved,) = rearranged(issue_of((one,)), Fitting(later=chosen)).articles
    assert sorted(map(id, moved.body)) == sorted(map(id, body))
    for kind in (Figure, Paragraph, Quote, Heading):
        kept = [block for block in body if isinstance(block, kind)]
        assert [block for block in moved.body if isinstance(block, kind)] == kept
    assert moved.body[:2] == body[:2]


def test_a_figure_goes_up_with_those_directly_behind_it_and_passes_no_announcement() -> None:
    first, second = Figure(picture("p.jpg", 14)), Figure(picture("p.jpg", 15))
    announced = paragraph(12, "Има четири посоки:")
    body = (paragraph(10), paragraph(11), announced, paragraph(13), first, second)
    one = Article("a.md", PlainHead(title="А"), body, (), Place("a.md"))
    assert liftable(one) == {first.picture.place: 1}
    assert followers(one) == {second.picture.place}


def test_a_figure_does_not_come_between_a_paragraph_and_the_list_it_announces() -> None:
    figure = Figure(picture("p.jpg", 10))
    body = (figure, paragraph(11), paragraph(12, "Има четири посоки:"), paragraph(13))
    one = Article("a.md", PlainHead(title="А"), body, (), Place("a.md"))
    assert movable(one) == {figure.picture.place: 1}


@given(st.permutations(["a.md", "b.md", "c.md"]))
def test_short_pieces_change_places_only_where_their_section_says_so(order: list[str]) -> None:
    pieces = tuple(article(name, 300) for name in ("first.md", "a.md", "b.md", "c.md", "last.md"))
    issue = issue_of(pieces)
    fitting = Fitting(order=(tuple(order),))
    assert rearranged(issue, fitting).articles == pieces
    free = dataclasses.replace(issue.sections[0], order=Order.FREE)
    changed = rearranged(dataclasses.replace(issue, sections=(free,)), fitting).articles
    assert [each.name for each in changed] == ["first.md", *order, "last.md"]


def test_only_fillers_that_were_chosen_are_on_the_pages() -> None:
    issue = dataclasses.replace(
        issue_of((article("a.md", 300),)),
        fillers=(article("../one.md", 30), article("../two.md", 30)),
    )
    assert rearranged(issue, UNFITTED).fillers == ()
    chosen = rearranged(issue, Fitting(fillers=(("a.md", "../two.md"),)))
    assert [each.name for each in chosen.fillers] == ["../two.md"]


@given(
    name=st.sampled_from(sorted(FRAMES)),
    proportion=st.floats(0.4, 3),
    pixels=st.integers(300, 6000),
    lines=st.integers(-40, 40),
)
def test_a_fitted_photograph_stays_in_its_frame_by_whole_lines_and_has_its_pixels(
    name: str, proportion: float, pixels: int, lines: int
) -> None:
    shape = PictureShape(proportion, pixels, is_photograph=True)
    slot = slot_in(name, shape)
    changed = fitted(slot, shape, lines)
    frame = FRAMES[slot.name]
    steps = (changed.height - slot.height) / LINE
    assert abs(steps - round(steps)) < 0.01
    assert changed.width == slot.width
    if changed != slot:
        # To a hundredth of a line, in millimetres.
        assert frame.least - 0.06 <= changed.height <= frame.most + 0.06
        # Beside a text it may be lower, so as not to hang far below it.
        lowest = 0.63 if slot.name == "margin" else 0.7
        assert lowest * slot.height <= changed.height <= 1.2 * slot.height
    if changed.height > slot.height:
        assert round(pixels / (changed.set_width / 25.4)) >= 220
    assert changed.set_width <= tallest(slot, shape).set_width + 0.01


@pytest.mark.parametrize("name", sorted(FRAMES))
def test_a_drawing_keeps_its_height(name: str) -> None:
    shape = PictureShape(2.0, 0, is_photograph=False)
    slot = slot_in(name, shape)
    assert fitted(slot, shape, 5) == fitted(slot, shape, -5) == slot
    assert not any(play_of(slot, shape))
