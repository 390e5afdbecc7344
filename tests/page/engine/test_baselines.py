"""Text on the grid of lines: columns agree, whatever is set between."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.page.engine.test_column_tops import lines_of

GRID = "style='--grid:56.6929pt 14pt'"
"""Lines from the upper margin of 20 mm on."""

TOP = 841.89 - 56.6929


def phases(body: str, sign: str) -> set[float]:
    """Return how far the lines of paragraphs that begin with a sign stand from the grid, in points."""
    # A line of 10 pt on 14 pt has its baseline at one height within the line: that of the first is taken.
    lines = [
        line for line in lines_of(f"<div class='block'>{body}</div>") if line.text.lstrip().startswith(sign)
    ]
    assert lines
    return {round((TOP - line.baseline) % 14, 1) % 14 for line in lines}


@pytest.mark.parametrize("height", [3, 10.5, 27, 140.25])
def test_a_paragraph_below_anything_stands_on_the_grid(height: float) -> None:
    above = f"<p {GRID}>ж първа</p><div style='height:{height}pt'></div>"
    assert len(phases(f"{above}<p {GRID}>ж втора</p>", "ж")) == 1


def test_without_the_property_nothing_changes() -> None:
    body = "<p>ж първа</p><div style='height:3pt'></div><p>ж втора</p>"
    assert len(phases(body, "ж")) == 2


@pytest.mark.parametrize("raised", [0.1, 0.2, 0.4])
def test_a_line_a_hair_taller_than_its_step_leaves_no_line_empty(raised: float) -> None:
    """As one is with a word in another face: of code, or with a sign that the face of the text has not."""
    taller = f"<p {GRID}>ж <span style='vertical-align:{raised}pt'>дума</span></p>"
    body = f"<div class='block'>{taller * 3}<p {GRID}>ж друга</p></div>"
    lines = [line.baseline for line in lines_of(body) if line.text.lstrip().startswith("ж")]
    assert [round(above - below) for above, below in itertools.pairwise(lines)] == [14, 14, 14]


def test_columns_below_a_spanning_block_begin_at_one_height() -> None:
    spanning = "<div style='column-span:all;height:23pt;--grid-below:56.6929pt 14pt'></div>"
    words = "<p>" + "ж дума " * 60 + "</p>"
    together = [line.text for line in lines_of(f"{spanning}{words}") if line.text.count("дума") > 6]
    # One line of the file holds both columns, so they stand at one height; all but a last one do.
    assert len(together) >= 3


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 45), st.booleans()), min_size=1, max_size=6))
def test_a_block_takes_less_than_a_line_for_it(parts: list[tuple[int, bool]]) -> None:
    """Whatever stands above it, and whether margins collapse or not."""
    body = f"<p {GRID}>ж нула</p>"
    for height, collapses in parts:
        space = f"margin-top:{height}pt" if collapses else f"height:{height}pt"
        body += f"<div style='{space}'></div><p {GRID}>ж още</p>"
    lines = [line.baseline for line in lines_of(f"<div class='block'>{body}</div>") if "ж" in line.text]
    assert len(lines) == len(parts) + 1
    for (height, _), above, below in zip(parts, lines, lines[1:], strict=False):
        if above > below:
            assert 0 <= above - below - 14 - height < 14.1


@pytest.mark.parametrize("above", [0, 14, 42, 98])
def test_what_follows_columns_that_fill_their_page_to_a_hair_is_kept(above: int) -> None:
    # Forty lines of 14 pt: on the first page both columns end at its foot.
    rules = "@page{size:150mm 620pt;margin:60pt 0 0} .columns{columns:1} .two{columns:2;--grid:60pt 14pt}"
    words = "<p>ж дума</p>" * (2 * (40 - above // 14))
    after = "<div style='column-span:all'>край</div>"
    body = f"<style>{rules}</style><div style='height:{above}pt'></div><div class='two'>{words}{after}</div>"
    text = [line.text for line in lines_of(body)]
    assert any("край" in each for each in text)
    assert sum(each.count("дума") for each in text) == 2 * (40 - above // 14)


@pytest.mark.parametrize("height", [9, 14, 20])
def test_a_picture_among_text_on_the_grid_stands_in_the_middle_of_its_room(height: int) -> None:
    """The words stand for the picture: 14 pt of them, and so much more above and below as there is."""
    picture = f"<div class='slot' style='margin:3pt 0 {height}pt'><p>снимка</p></div>"
    lines = lines_of(f"<div class='block'><p {GRID}>горе</p>{picture}<p {GRID}>долу</p></div>")
    above, middle, below = (
        next(line.baseline for line in lines if word in line.text) for word in ("горе", "снимка", "долу")
    )
    assert above - middle == pytest.approx(middle - below, abs=0.3)


def test_a_picture_that_begins_a_column_stays_there() -> None:
    picture = "<div class='slot' style='margin:3pt 0'><p>снимка</p></div>"
    block = "<div style='break-inside:avoid'>"
    lines = lines_of(f"{block}<p>едно</p><p>две</p></div>{block}{picture}<p {GRID}>долу</p></div>")
    assert "снимка" in next(line.text for line in lines if "едно" in line.text)
