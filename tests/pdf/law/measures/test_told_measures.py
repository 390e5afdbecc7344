"""What the law finds is told once, with the words, the place, the page and the measure a reader needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.findings.place import Place
from pipeline.pdf.law.drawn.drawn_text import Box
from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from pipeline.pdf.law.expected.blocks import Block, Near, Piece, Reading
from pipeline.pdf.law.expected.issue import Expected
from pipeline.pdf.law.expected.pictures import ExpectedPicture
from pipeline.pdf.law.expected.signs import REFERENCE
from pipeline.pdf.law.law import _Judgement, spot_of
from tests.pdf.law.hand_drawn import drawn, text
from tests.pdf.law.measures.test_picture_measures import A, B, pictured, put
from tests.pdf.law.test_law_by_hand import law, lines, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.findings.finding import Finding


def told(findings: Sequence[Finding]) -> list[tuple[str, int | None, dict[str, str]]]:
    return [(each.code, each.page, dict(each.values)) for each in findings]


def test_a_place_is_told_in_millimetres_from_the_corner_of_the_cut_page() -> None:
    spot = spot_of(Box(72, 100, 144, 172), Box(36, 28, 300, 244))
    assert tuple(spot) == (12.7, 25.4, 38.1, 50.8)


def missing(blocks: Sequence[Block], *contents: str) -> list[tuple[int | None, str, str, int]]:
    found = law(blocks, *contents)
    assert {each.code for each in found} <= {"E180"}
    values = [dict(each.values) for each in found]
    return [
        (each.page, one["words"], one["count"], each.place.line if each.place else 0)
        for each, one in zip(found, values, strict=True)
    ]


def three() -> list[Block]:
    return [words("One two", 1), words("Three four five", 2), words("Six", 3), words("Seven eight", 4)]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (["One two", "Three four five", "Six", "Seven eight"], []),
        (["Three four five", "Six", "Seven eight"], [(1, "One two", "2", 1)]),
        (["Six", "Seven eight"], [(1, "One two", "5", 1)]),
        (["One two", "Seven eight"], [(1, "Three four five", "4", 2)]),
        (["One two", "Three four", "Six", "Seven eight"], [(1, "five", "1", 2)]),
        (["One two", "Three four", "Seven eight"], [(1, "five", "1", 2), (1, "Six", "1", 3)]),
        (["One two", "Three four five"], [(1, "Six", "3", 3)]),
        (["One", "Six", "Seven eight"], [(1, "two", "1", 1), (1, "Three four five", "3", 2)]),
        (["One two", "Six", "Seven"], [(1, "Three four five", "3", 2), (1, "eight", "1", 4)]),
    ],
)
def test_missing_words_are_told_stretch_by_stretch(
    shown: list[str], expected: list[tuple[int, str, str, int]]
) -> None:
    assert missing(three(), lines(*shown)) == expected


def test_missing_words_are_told_on_the_page_of_those_before_them() -> None:
    first, second = lines("One two"), lines("Three four five", "Six")
    assert missing(three(), first, second) == [(2, "Seven eight", "2", 4)]
    assert missing(three(), lines("Three four five", "Six", "Seven eight"), "") == [(1, "One two", "2", 1)]
    long = [words("one two three four five six seven eight", 1)]
    assert missing(long, lines("x")[:0]) == [(1, "one two three four five six", "8", 1)]


def test_a_piece_of_a_block_is_told_at_its_own_place() -> None:
    pieces = (Piece("One two ", Place("a.md", 5)), Piece("three four", Place("a.md", 8)))
    (found,) = law([Block(pieces, "main")], lines("One two"))
    assert (found.place, dict(found.values)["words"]) == (Place("a.md", 8), "three four")


def test_a_hyphen_that_stands_alone_on_a_line_is_not_missed() -> None:
    block = [words("A well-known word")]
    whole = text("A well", 50, 250) + text("-", 75.9, 250) + text("known word", 78.2, 250)
    assert law(block, whole) == []
    found = law(block, text("A wellknown word", 50, 250))
    assert told(found) == [("E180", 1, {"words": "well-known", "count": "1"})]
    away = text("A wellknown word", 50, 250) + text("-", 50, 100)
    assert [each.code for each in law(block, away)] == ["E180"]


def test_lost_spaces_and_lines_of_code_are_told_from_there_on() -> None:
    found = law([words("One two three four")], text("One twothree four", 50, 250))
    assert told(found) == [("E174", 1, {"words": "three four"})]
    code = ("if it:", "  do it")
    found = law([words("\n".join(code), lines=code)], "", text("if it: do it", 50, 250))
    assert told(found) == [("E175", 2, {"words": "do it"})]


def test_a_space_without_width_is_told_with_its_text_but_not_in_code() -> None:
    tight = "BT /F1 10 Tf -2.78 Tw 50 250 Td (One two) Tj ET"
    found = law([words("One two")], tight)
    assert told(found) == [("E174", 1, {"words": "One two"})]
    assert law([words("One two", lines=("One two",))], tight) == []


def test_a_torn_word_is_told_alone() -> None:
    found = law([words("One twelve three")], text("One twe", 50, 250) + text("lve three", 95, 250))
    assert told(found) == [("E172", 1, {"words": "twelve"})]


def test_what_is_out_of_order_is_told_once_with_its_first_words() -> None:
    long = words("One two three four five six seven eight", 7)
    (found,) = law([words("Before"), long], "", lines(long.pieces[0].text, "Before"))
    assert told([found]) == [("E187", 2, {"words": "One two three four five six"})]
    assert found.place == Place("a.md", 7)
    assert found.spot is not None
    assert (found.spot.left, found.spot.top) == pytest.approx((50 * 25.4 / 72, 43 * 25.4 / 72), abs=0.8)


def test_repeated_words_are_told_with_the_place_they_were_written_at() -> None:
    (found,) = law([words("One two", 3), words("Three", 4)], lines("One two", "Three", "One two"))
    assert told([found]) == [("E181", 1, {"words": "One two"})]
    assert found.place == Place("a.md", 3)


def test_words_of_nobody_are_told_with_those_beside_them() -> None:
    page = text("One two three four five six seven", 50, 250) + text("more", 198, 250)
    (found,) = law([words("One two three four five six seven", 3)], page)
    assert told([found]) == [("E171", 1, {"words": "more", "beside": "One two three four five six"})]
    assert found.place == Place("a.md", 3)


@pytest.mark.parametrize(
    ("paint", "code", "values"),
    [
        ("0.8 g", "E183", {"contrast": "1.6", "least": "2"}),
        ("3 Tr", "E182", {}),
        ("0.1 0 0 0.1 40 200 cm", "E185", {"size": "1.0"}),
        ("1 0 0 1 0 60 cm", "E184", {}),
        ("1 0 0 0.3 0 170 cm", "E173", {}),
    ],
)
def test_what_cannot_be_read_is_told_with_its_measure(paint: str, code: str, values: dict[str, str]) -> None:
    inner = f"BT {paint} /F1 10 Tf 50 245 Td (One two) Tj ET" if "Tr" in paint else ""
    found = law([words("One two")], "", inner or f"q {paint} {text('One two', 50, 245)} Q")
    hidden = "Onetwo" if code == "E182" else "One two"
    assert told(found) == [(code, 2, {"words": hidden} | values)]


def test_a_block_is_told_once_for_each_way_it_cannot_be_read() -> None:
    block = [words("One two three")]
    page = f"0.8 g {text('One', 50, 250)}{text('two', 50, 238)} 0 g {text('three', 50, 226)}"
    assert [each.code for each in law(block, page)] == ["E183"]
    assert {each.code for each in law(block, page + "40 228 60 1 re f")} == {"E183", "E195"}
    two = [words("One two"), words("three")]
    assert [each.code for each in law(two, f"0.8 g {lines('One two', 'three')}")] == ["E183", "E183"]


def row(*cells: tuple[str, float, float]) -> list[str]:
    """Return the codes of a row whose cells stand at some places."""
    blocks = [words(said.split("/")[0].replace("|", " "), row="r1") for said, _, _ in cells]
    page = "".join(
        text(line, left, baseline - 12 * at)
        for said, left, baseline in cells
        for at, line in enumerate(said.split("|"))
    )
    return [each.code for each in law(blocks, page)]


def test_cells_of_a_row_stand_beside_the_tallest() -> None:
    assert row(("Name", 50, 250), ("Sum", 150, 250)) == []
    assert row(("Name", 50, 250), ("Sum", 150, 244)) == []
    tall = "Name|of|many|lines"
    assert row((tall, 50, 250), ("Sum", 150, 220)) == []
    assert row((tall, 50, 250), ("Sum", 150, 190)) == ["E187"]
    assert row((tall, 50, 250), ("Sum", 150, 270)) == ["E187"]
    # Cells set below one another are a column of their own.
    assert row((tall, 50, 250), ("Sum", 60, 190)) == []


def test_words_that_stand_in_the_contents_may_be_found_within_other_words() -> None:
    entry = words("The title", near=Near.COVER, reading=Reading.WITHIN, sequence="contents")
    assert law([entry, words("The title")], lines("1 The title"), lines("The title")) == []
    assert told(law([entry, words("The title")], lines("1 The"), lines("The title")))[0][0] == "E180"


def test_calls_of_notes_are_no_words() -> None:
    block = words(f"One{REFERENCE} two three", notes=("n",))
    assert missing([block], text("One", 50, 250) + text("1", 68, 254, 6)) == [(1, "two three", "2", 1)]


def test_words_that_lead_elsewhere_are_told_where_links_are_kept() -> None:
    pieces = (Piece("See ", Place("a.md", 3)), Piece("the page", Place("a.md", 4), target="https://a.org/"))
    block = Block(pieces, "main")
    page = text("See", 50, 250) + text("the page", 70, 250)
    for carries in (True, False):
        with opened_pages(drawn(page)) as pages:
            expected = Expected([block], frozenset(), frozenset())
            found = list(_Judgement(expected, pages, (), carries_links=carries).findings())
        values = {"address": "https://a.org/", "shown": "–", "words": "the page"}
        assert told(found) == [("E194", 1, values)] * carries
        assert [each.place for each in found] == [Place("a.md", 4)] * carries


def seen(
    content: str, *captions: tuple[str, str], more: str = ""
) -> list[tuple[str, int | None, dict[str, str]]]:
    """Return what is told of two pictures whose captions are some words."""
    blocks = [words(said, picture=name) for name, said in captions]
    sought = [
        ExpectedPicture(name, Place("a.md", line), data, 1, may_repeat=False)
        for line, (name, data) in enumerate((("a.jpg", A), ("b.jpg", B)), 1)
    ]
    expected = Expected(blocks, frozenset(), frozenset())
    with opened_pages(pictured(content, *([more] if more else []), trim=10, A=A, B=B)) as pages:
        judgement = _Judgement(expected, pages, (), carries_links=False)
        assert list(judgement.findings()) == []
        found = list(judgement.picture_findings(sought))
    for each in found:
        assert each.place in {Place("a.md", 1), Place("a.md", 2)}
        assert (each.spot is None) == (each.page in {0, None})
    return told(found)


BOTH = put("A", 50, 180) + put("B", 50, 40)
UNDER = text("The first", 50, 170) + text("The other", 50, 30)


def test_pictures_are_judged_by_the_captions_that_stand_once() -> None:
    assert seen(BOTH + UNDER, ("a.jpg", "The first"), ("b.jpg", "The other")) == []
    exchanged = [("E198", 1, {"name": "a.jpg", "other": "b.jpg"})]
    captions = ("a.jpg", "The other"), ("b.jpg", "The first")
    assert seen(BOTH + UNDER, *captions[::-1]) == exchanged
    twice = BOTH + UNDER + text("Again", 200, 40)
    assert seen(twice, captions[1], captions[0], ("a.jpg", "Again")) == []
    assert seen(put("A", 50, 180) + UNDER, *captions[::-1]) == [
        ("E196", 0, {"name": "b.jpg", "count": "0", "times": "1"})
    ]


def test_a_picture_is_told_with_its_place() -> None:
    blocks = Expected([], frozenset(), frozenset())
    with opened_pages(pictured(put("A", 72, 72, 9, 100), trim=10, A=A)) as pages:
        judgement = _Judgement(blocks, pages, (), carries_links=False)
        assert list(judgement.findings()) == []
        (found,) = judgement.picture_findings(
            [ExpectedPicture("a.jpg", Place("a.md", 1), A, 1, may_repeat=False)]
        )
    assert (found.code, found.page) == ("E197", 1)
    assert found.spot is not None
    expected = [edge * 25.4 / 72 for edge in (62, 118, 71, 218)]
    assert tuple(found.spot) == pytest.approx(expected, abs=0.06)
