"""What a page draws is read as it is: where a text stands, how large, what it says, what cuts or veils it."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Final

import pikepdf
import pytest

from pipeline.pdf.law.drawn.drawn_text import Box
from pipeline.pdf.law.drawn.letters import letters_of
from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from tests.pdf.law.hand_drawn import WORD, drawn, text
from tests.pdf.law.measures.made import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.pdf.law.drawn.drawn_text import Fragment

HERE: Final = Box(10, 20, 110, 220)
EDGES: Final = ("left", "bottom", "right", "top")


def fragments(content: str, **options: Mapping[str, str]) -> list[Fragment]:
    with opened_pages(drawn(content, **options)) as pages:
        return [fragment for page in pages for fragment in page.fragments]


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize(
    ("over", "expected"), [(-1, True), (0.4, True), (0.5, True), (0.6, False), (2, False)]
)
def test_a_rectangle_holds_another_but_for_half_a_point_on_each_side(
    edge: str, over: float, *, expected: bool
) -> None:
    outwards = -over if edge in {"left", "bottom"} else over
    other = HERE._replace(**{edge: getattr(HERE, edge) + outwards})
    assert HERE.holds(other) == expected


def test_a_rectangle_grows_on_each_side() -> None:
    assert HERE.grown(2) == Box(8, 18, 112, 222)
    assert HERE.grown(-1) == Box(11, 21, 109, 219)


def test_what_two_rectangles_share_has_no_width_or_height_where_they_do_not_meet() -> None:
    assert HERE.within(Box(50, 0, 200, 100)) == Box(50, 20, 110, 100)
    assert HERE.within(Box(0, 100, 60, 300)) == Box(10, 100, 60, 220)
    assert HERE.within(Box(120, 30, 200, 40)) == Box(120, 30, 120, 40)
    assert HERE.within(Box(20, 300, 30, 400)) == Box(20, 300, 30, 300)


@pytest.mark.parametrize(
    ("size", "other", "away", "expected"),
    [
        (10, 10, 0, True),
        (10, 10, 7, True),
        (10, 10, -7, True),
        (10, 10, 7.1, False),
        (10, 10, -7.1, False),
        (10, 4, 7, True),
        (4, 10, 7, True),
        (4, 4, 7, False),
    ],
)
def test_a_raised_numeral_stands_on_the_line_of_its_word(
    size: float, other: float, away: float, *, expected: bool
) -> None:
    word, numeral = shown("word", 100, 100, size=size), shown("1", 120, 100 + away, size=other)
    assert word.is_on_line_of(numeral) == expected
    assert numeral.is_on_line_of(word) == expected
    assert not word.is_on_line_of(shown("1", 120, 100, page=2))


def _set(a: float, b: float, c: float, d: float) -> str:
    return f"BT /F1 12 Tf {a} {b} {c} {d} 150 150 Tm (Word) Tj ET"


def _turned(degrees: float) -> str:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return _set(round(cos, 5), round(sin, 5), round(-sin, 5), round(cos, 5))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (_set(1, 0, 0, 1), False),
        (_set(1.55, 0, 0, 1), False),
        (_set(1.65, 0, 0, 1), True),
        (_set(1, 0, 0, 1.55), False),
        (_set(1, 0, 0, 1.65), True),
        (_set(2, 0, 0, 2), False),
        (_set(-1, 0, 0, 1), True),
        (_set(1, 0, 0, -1), True),
        (_set(-1, 0, 0, -1), True),
        (_set(1, 0, 0.5, 1), False),
        (_set(0, 1, 1, 0), True),
        (_turned(30), False),
        (_turned(90), False),
        (_turned(-90), False),
        (_turned(140), False),
        (_turned(155), True),
        (_turned(-140), False),
        (_turned(-155), True),
        (f"q -1 0 0 1 300 0 cm {_set(-1, 0, 0, 1)} Q", False),
    ],
)
def test_letters_are_distorted_where_no_reader_would_know_their_face(content: str, *, expected: bool) -> None:
    (fragment,) = fragments(content)
    assert fragment.is_distorted == expected


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (_set(1, 0, 0, 1), 12),
        (_set(0.8, 0, 0, 1), 9.6),
        (_set(1, 0, 0, 0.8), 9.6),
        (_set(2, 0, 0, 2), 24),
        (_turned(90), 12),
        (_turned(30), 12),
        (_set(-1, 0, 0, 1), 12),
        (_set(1, 0, 0, -1), 12),
        ("q 0.5 0 0 0.5 0 0 cm /X1 Do Q", 6),
        ("q 0 2 -2 0 300 0 cm /X1 Do Q", 24),
    ],
)
def test_type_is_as_large_as_it_is_seen(content: str, size: float) -> None:
    (fragment,) = fragments(content)
    assert fragment.size == pytest.approx(size, rel=1e-3)


def test_a_form_moves_turns_and_slants_what_it_holds() -> None:
    # “Word” begins at 50, 200 of its form.
    (fragment,) = fragments("q 0.5 0.2 -0.3 0.4 100 20 cm /X1 Do Q")
    assert (fragment.left, fragment.baseline) == pytest.approx(
        (0.5 * 50 - 0.3 * 200 + 100, 0.2 * 50 + 0.4 * 200 + 20), abs=0.01
    )
    (turned,) = fragments("q 0 1 -1 0 300 0 cm /X1 Do Q")
    assert (turned.left, turned.baseline) == pytest.approx((100, 50), abs=0.01)
    assert turned.box.top - turned.box.bottom > 2 * (turned.box.right - turned.box.left)
    assert turned.box.right == pytest.approx(100.2, abs=1)
    assert turned.box.bottom == pytest.approx(50, abs=1)


@pytest.mark.parametrize(
    ("matrix", "left", "baseline", "size"),
    [
        # Turned back upright; and made larger and slanted besides.
        ("0.86603 -0.5 0.5 0.86603 20 100", 224.9, 154.9, 12),
        ("1.2 0.3 -0.2 1.1 0 0", 150, 210, 14.88),
    ],
)
def test_a_turned_text_in_a_turned_form_is_turned_twice(
    matrix: str, left: float, baseline: float, size: float
) -> None:
    with pikepdf.open(io.BytesIO(drawn(f"q {matrix} cm /X1 Do Q"))) as pdf:
        pdf.pages[0].Resources.XObject.X1.write(_turned(30).encode())
        whole = io.BytesIO()
        pdf.save(whole)
    with opened_pages(whole.getvalue()) as (page,):
        (fragment,) = page.fragments
    assert (fragment.left, fragment.baseline) == pytest.approx((left, baseline), abs=0.1)
    assert fragment.size == pytest.approx(size, rel=1e-3)
    assert not fragment.is_distorted


def test_texts_are_numbered_as_they_are_painted_over_all_pages() -> None:
    content = text("one", 50, 100) + text("two", 50, 200)
    with opened_pages(drawn(content, content)) as pages:
        found = [(each.page, each.at, each.text) for page in pages for each in page.fragments]
    assert found == [(1, 0, "one"), (1, 1, "two"), (2, 2, "one"), (2, 3, "two")]


def test_what_is_no_text_is_told_with_the_texts_painted_before_it() -> None:
    content = f"10 10 20 20 re f {WORD} 30 30 20 20 re f {text('more', 50, 100)} 50 50 20 20 re f"
    with opened_pages(drawn(content, content)) as (first, second):
        assert first.others == [
            (0, Box(10, 10, 30, 30)),
            (1, Box(30, 30, 50, 50)),
            (2, Box(50, 50, 70, 70)),
        ]
        assert [count for count, _ in second.others] == [2, 3, 4]


def test_a_text_that_is_painted_twice_at_one_place_is_read_twice() -> None:
    assert [each.text for each in fragments(WORD + " " + WORD)] == ["Word", "Word"]
    assert [each.text for each in fragments(WORD + " BT /F1 12 Tf 50.1 200.1 Td (Word) Tj ET")] == [
        "Word",
        "Word",
    ]


@pytest.mark.parametrize("length", [1, 2, 4000, 4095, 4096, 8000, 9000])
def test_a_text_of_any_length_is_read_whole(length: int) -> None:
    said = "ab" * (length // 2) + "c" * (length % 2)
    (fragment,) = fragments(text(said, 10, 100, 0.1))
    assert fragment.text == said


def test_spaces_alone_are_no_text() -> None:
    assert [each.text for each in fragments(text("   ", 50, 100) + WORD)] == ["Word"]


@pytest.mark.parametrize(
    ("paint", "expected"),
    [
        ("", (0, 0, 0, 255)),
        ("1 0 0.2 rg", (255, 0, 51, 255)),
        ("0 0.4 0 rg", (0, 102, 0, 255)),
        ("/G1 gs", (0, 0, 0, 25)),
    ],
)
def test_the_colour_of_a_text_is_red_green_blue_and_how_opaque_it_is(
    paint: str, expected: tuple[int, int, int, int]
) -> None:
    (fragment,) = fragments(f"{paint} {WORD}")
    assert fragment.colour == pytest.approx(expected, abs=1)
    # What is pale by its own opacity is known by its colour.
    assert not fragment.is_veiled


def _nested(depth: int, content: str = "/X1 Do") -> bytes:
    """Return a page with a word within so many forms."""
    with pikepdf.open(io.BytesIO(drawn(content))) as pdf:
        for _ in range(depth - 1):
            held = pdf.pages[0].Resources.XObject.X1
            outer = pdf.make_stream(b"/X1 Do")
            outer.Type, outer.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            outer.BBox = pikepdf.Array([0, 0, 300, 300])
            outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X1=held))
            pdf.pages[0].Resources.XObject.X1 = outer
        whole = io.BytesIO()
        pdf.save(whole)
    return whole.getvalue()


@pytest.mark.parametrize(("depth", "texts", "others"), [(1, 1, 0), (7, 1, 0), (8, 1, 0), (9, 0, 1)])
def test_forms_within_one_another_are_read_eight_deep(depth: int, texts: int, others: int) -> None:
    with opened_pages(_nested(depth)) as (page,):
        assert (len(page.fragments), len(page.others)) == (texts, others)


BEYOND: Final = {
    "the first beyond the basic plane": "\U00010000",
    "the last of all": "\U0010ffff",
    "a picture": "\U0001f680",
    "the last before the halves": "\ud7ff",
    "the first behind the halves": "\ue000",
}


@pytest.mark.parametrize("case", BEYOND)
def test_each_letter_of_a_text_is_read_whole_with_its_place(case: str) -> None:
    with opened_pages(drawn("BT /F2 12 Tf 50 200 Td (abc) Tj ET", letters={"b": BEYOND[case]})) as (page,):
        (fragment,) = page.fragments
        letters = letters_of(page, [fragment])[fragment]
    assert fragment.text == f"a{BEYOND[case]}c"
    assert [letter for letter, _ in letters] == ["a", BEYOND[case], "c"]
    # Letters of Helvetica, each 6 or 7 points wide.
    assert [box.left for _, box in letters] == pytest.approx([50.4, 57.4, 64], abs=0.6)


@pytest.mark.parametrize("half", [0xD800, 0xDBFF, 0xDC00, 0xDFFF])
def test_half_a_character_is_no_letter(half: int) -> None:
    with opened_pages(drawn("BT /F2 12 Tf 50 200 Td (abc) Tj ET", letters={"b": chr(half)})) as (page,):
        letters = letters_of(page, page.fragments)[page.fragments[0]]
    assert [letter for letter, _ in letters] == ["a", "c"]


def test_letters_are_those_of_the_texts_that_are_asked_for_without_their_spaces() -> None:
    with opened_pages(drawn(text("one two", 50, 100) + text("three", 50, 200))) as (page,):
        one, three = page.fragments
        assert "".join(letter for letter, _ in letters_of(page, [one])[one]) == "onetwo"
        both = letters_of(page, [three, one])
        assert ["".join(letter for letter, _ in both[each]) for each in (one, three)] == ["onetwo", "three"]
        assert letters_of(page, []) == {}
        for letter, box in both[one]:
            assert one.box.holds(box), letter


def test_the_hyphen_at_the_end_of_a_line_is_a_letter_like_others() -> None:
    with opened_pages(drawn(text("Typo-", 50, 100) + text("grapher", 50, 88))) as (page,):
        first = page.fragments[0]
        assert [letter for letter, _ in letters_of(page, [first])[first]] == list("Typo-")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (WORD, False),
        ("/X1 Do", False),
        (f"/M gs {WORD}", True),
        ("/M gs /X1 Do", True),
        ("/G5 gs /X1 Do", True),
        (f"q /M gs 10 10 20 20 re f Q {WORD}", False),
        (f"q /M gs 10 10 20 20 re f /X1 Do Q {WORD}", True),
    ],
)
def test_what_is_blended_or_in_a_clear_group_may_be_veiled(content: str, *, expected: bool) -> None:
    assert fragments(content)[0].is_veiled == expected


def test_what_lies_deep_in_a_clear_group_is_veiled_with_it() -> None:
    with opened_pages(_nested(3, "/G5 gs /X1 Do")) as (page,):
        assert [fragment.is_veiled for fragment in page.fragments] == [True]


def test_a_file_is_closed_when_it_was_read_also_where_that_failed() -> None:
    with opened_pages(drawn(WORD, WORD)) as pages:
        assert all(page.page.raw and page.texts.raw for page in pages)
    assert not any(page.page.raw or page.texts.raw for page in pages)
    with pytest.raises(RuntimeError), opened_pages(drawn(WORD)) as pages:
        raise RuntimeError
    assert not any(page.page.raw or page.texts.raw for page in pages)


_PICTURE: Final = "BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI"


@pytest.mark.parametrize(
    ("content", "box", "seen", "is_veiled"),
    [
        (f"q 40 0 0 20 100 50 cm {_PICTURE} Q", (100, 50, 140, 70), (100, 50, 140, 70), False),
        (
            f"q 110 40 100 20 re W n 40 0 0 20 100 50 cm {_PICTURE} Q",
            (100, 50, 140, 70),
            (110, 50, 140, 60),
            False,
        ),
        (
            f"q 110 40 100 20 re W n 0 55 125 100 re W n 40 0 0 20 100 50 cm {_PICTURE} Q",
            (100, 50, 140, 70),
            (110, 55, 125, 60),
            False,
        ),
        (f"q /M gs 40 0 0 20 100 50 cm {_PICTURE} Q", (100, 50, 140, 70), (100, 50, 140, 70), True),
        (f"q /G5 gs 40 0 0 20 100 50 cm {_PICTURE} Q", (100, 50, 140, 70), (100, 50, 140, 70), True),
    ],
)
def test_a_picture_is_where_it_is_painted_and_seen_within_its_clips(
    content: str, box: tuple[float, ...], seen: tuple[float, ...], *, is_veiled: bool
) -> None:
    with opened_pages(drawn(content)) as (page,):
        (picture,) = page.pictures
        assert [each for _, each in page.others] == [picture.box]
    assert tuple(picture.box) == pytest.approx(box)
    assert tuple(picture.seen) == pytest.approx(seen)
    assert picture.is_veiled == is_veiled
