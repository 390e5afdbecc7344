"""What can just be seen is left alone, what just cannot is told; ordinary texts are looked at only once."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pikepdf
import pytest

from pipeline.pdf.law.drawn.drawn_text import Box
from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from pipeline.pdf.law.visibility.first_look import FirstLook, _is_gap_wide, _lost_at_ends
from pipeline.pdf.law.visibility.letter_by_letter import _is_mostly_seen
from pipeline.pdf.law.visibility.overlaps import overlapped_texts
from pipeline.pdf.law.visibility.visibility import Fault, unreadable
from tests.pdf.law.hand_drawn import WORD, drawn, text
from tests.pdf.law.measures.made import numbered, shown

if TYPE_CHECKING:
    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.visibility.visibility import Unreadable


def told(pdf: bytes) -> list[Unreadable]:
    with opened_pages(pdf) as (page,):
        return list(unreadable(page, page.fragments))


def faults(content: str) -> list[Fault]:
    return [each.fault for each in told(drawn(content))]


def _trimmed(content: str) -> bytes:
    """Return a page that is cut 100 points from each side of its sheet."""
    with pikepdf.open(io.BytesIO(drawn(content))) as pdf:
        pdf.pages[0].TrimBox = pikepdf.Array([100, 100, 200, 200])
        whole = io.BytesIO()
        pdf.save(whole)
    return whole.getvalue()


INK: Final = Box(0.77, 0, 6.46, 7.18)
"""Of an H in Helvetica of 10 points, from its origin."""


@pytest.mark.parametrize(
    ("left", "baseline", "beyond"),
    [
        (150, 150, False),
        (100 - 0.9 - INK.left, 150, False),
        (100 - 1.1 - INK.left, 150, True),
        (200 + 0.8 - INK.right, 150, False),
        (200 + 1.2 - INK.right, 150, True),
        (150, 100 - 0.9, False),
        (150, 100 - 1.1, True),
        (150, 200 + 0.9 - INK.top, False),
        (150, 200 + 1.1 - INK.top, True),
    ],
)
def test_a_letter_may_stick_out_of_the_cut_page_by_a_point_on_each_side(
    left: float, baseline: float, *, beyond: bool
) -> None:
    found = told(_trimmed(text("H", left, baseline)))
    assert [(each.fault, each.words) for each in found] == [(Fault.OFF_PAGE, "H")] * beyond


def test_what_lies_beyond_the_sheet_is_off_the_page_wherever_that_is_cut() -> None:
    with pikepdf.open(io.BytesIO(drawn(WORD))) as pdf:
        pdf.pages[0].CropBox = pikepdf.Array([0, 0, 300, 150])
        pdf.pages[0].TrimBox = pikepdf.Array([0, 0, 300, 300])
        whole = io.BytesIO()
        pdf.save(whole)
    assert [(each.fault, each.words) for each in told(whole.getvalue())] == [(Fault.OFF_PAGE, "Word")]


@pytest.mark.parametrize("words", ["....", "----", "llll"])
def test_low_and_narrow_letters_have_a_size(words: str) -> None:
    assert faults(text(words, 50, 200, 6)) == []
    assert faults(text(words[:1], 50, 200, 6)) == []


def test_a_text_that_is_struck_is_told() -> None:
    assert [(each.fault, each.words) for each in told(drawn(f"40 203 60 1 re f {WORD}"))] == [
        (Fault.STRUCK, "Word")
    ]


@pytest.mark.parametrize(("size", "expected"), [(1.4, [Fault.NO_SIZE]), (1.5, []), (2, [])])
def test_type_is_a_point_and_a_half_high_at_least(size: float, expected: list[Fault]) -> None:
    assert faults(text("HHHHHHHH", 50, 200, size)) == expected


def test_a_text_without_letters_to_see_has_no_size() -> None:
    with opened_pages(drawn(WORD)) as (page,):
        page.fragments[0].box = page.fragments[0].box._replace(right=page.fragments[0].box.left)
        assert [each.fault for each in unreadable(page, page.fragments)] == [Fault.NO_SIZE]
        page.fragments[0].box = Box(50, 200, 80, 200)
        assert [each.fault for each in unreadable(page, page.fragments)] == [Fault.NO_SIZE]


@pytest.mark.parametrize(
    ("grey", "seen"), [(0.70, True), (0.714, True), (0.721, False), (0.75, False), (0.9, False)]
)
def test_letters_differ_from_their_ground_by_a_contrast_of_two(grey: float, *, seen: bool) -> None:
    # The contrast of white and a grey of 187 is 1.92, of 184, 1.98; of 182, 2.02.
    assert faults(f"{grey} g {WORD}") == [Fault.NO_CONTRAST] * (not seen)
    assert faults(f"0.99 g 60 150 200 100 re f {grey} g {WORD}") == [Fault.NO_CONTRAST] * (not seen)


def test_the_contrast_is_told_that_there_is() -> None:
    (found,) = told(drawn(f"0.8 g {WORD}"))
    assert found.contrast == pytest.approx(1.6, abs=0.05)
    assert found.words == "Word"
    (part,) = told(drawn(f"0.2 g 20 150 45 100 re f 0.8 g {WORD}"))
    assert part.fault is Fault.NO_CONTRAST
    assert part.contrast == pytest.approx(1.6, abs=0.05)
    assert "Word".endswith(part.words)
    assert part.words


def test_the_weakest_of_several_pale_letters_counts() -> None:
    grounds = "0.85 g 20 150 45 100 re f 0.99 g 65 150 45 100 re f"
    (found,) = told(drawn(f"{grounds} 0.8 g {WORD}"))
    assert found.contrast == pytest.approx(1.13, abs=0.05)


BIG: Final = text("H", 50, 100, 100)
"""An H of 100 points: its ink from 57.7 to 114.6 and from 100 to 171.8."""


@pytest.mark.parametrize(
    ("cover", "seen"),
    [
        ("40 90 120 30 re f", True),
        ("40 90 120 33 re f", False),
        ("40 152 120 40 re f", True),
        ("40 149 120 40 re f", False),
        ("40 90 33.5 100 re f", True),
        ("40 90 36.5 100 re f", False),
        ("99 90 60 100 re f", True),
        ("95 90 60 100 re f", False),
    ],
)
def test_seven_tenths_of_a_letter_are_seen_each_way(cover: str, *, seen: bool) -> None:
    assert faults(f"{BIG} 1 g {cover}") == [Fault.HIDDEN] * (not seen)


@pytest.mark.parametrize("size", [3, 5, 12, 40])
def test_the_upper_half_of_letters_is_sought_at_any_size(size: float) -> None:
    word = text("HHHHH", 50, 200, size)
    assert faults(f"{word} 1 g 40 {200 + 0.4 * size} 200 {size} re f") == [Fault.HIDDEN]
    assert faults(f"{word} 1 g 40 {200 - size} 200 {1.35 * size} re f") == [Fault.HIDDEN]
    assert faults(f"{word} 1 g 40 {200 + 0.74 * size} 200 {size} re f") == []
    assert faults(f"{word} 1 g 40 {200 - size} 200 {0.99 * size} re f") == []


@pytest.mark.parametrize("words", ["lllll", "iiiii", "HHHHH"])
def test_what_meets_a_text_and_covers_no_letter_is_left_alone(words: str) -> None:
    word = text(words, 50, 200, 6)
    # A white hair through the box of the text, above its letters' feet, hides nothing.
    assert faults(f"{word} 1 g 10 201 200 0.05 re f") == []


def test_the_letters_that_are_hidden_are_told_without_the_spaces() -> None:
    (found,) = told(drawn(f"{text('One two', 50, 200, 20)} 1 g 10 190 78 40 re f"))
    assert (found.fault, found.words) == (Fault.HIDDEN, "One")
    assert faults(f"{text('One   two', 50, 200, 20)} 1 g 90 190 14 40 re f") == []


OUTER: Final = "0 0 300 300 re"


@pytest.mark.parametrize(
    ("words", "hole", "expected"),
    [
        # The clip holds the whole box and leaves a hole in it: nothing is painted over the text.
        ("HHHHHHHHHH", "84 190 29 40 re", "HH"),
        ("HHHHHHHHHH", "40 190 24 40 re", "H"),
        ("HHHHHHHHHH", "180 190 40 40 re", "H"),
        ("HHHHHHHHHH", "40 198 300 8.5 re", "HHHHHHHHHH"),
        ("HHHHHHHHHH", "40 208 300 8 re", "HHHHHHHHHH"),
        ("HHHHHHHHHH", "40 190 300 40 re", "HHHHHHHHHH"),
    ],
)
def test_letters_that_a_clip_leaves_out_are_missed_by_their_gap(words: str, hole: str, expected: str) -> None:
    found = told(drawn(f"q {OUTER} {hole} W* n {text(words, 50, 200, 20)} Q"))
    assert [(each.fault, each.words) for each in found] == [(Fault.HIDDEN, expected)]


def test_a_letter_that_is_left_out_between_wide_spaces_is_missed() -> None:
    wide = "BT /F1 20 Tf 22 Tw 20 200 Td (One tHo and) Tj ET"
    assert faults(f"q {OUTER} 0 0 1 1 re W* n {wide} Q") == []
    found = told(drawn(f"q {OUTER} 91 190 14.5 40 re W* n {wide} Q"))
    assert [(each.fault, each.words) for each in found] == [(Fault.HIDDEN, "H")]


def _spread(*gaps: float, words: str = "HHHH") -> str:
    """Return letters of 20 points, each so many points from the one before."""
    pieces = "".join(f"({letter}) {-50 * gap} " for letter, gap in zip(words, (*gaps, 0), strict=True))
    return f"BT /F1 20 Tf 20 200 Td [{pieces}] TJ ET"


def doubtful(content: str) -> bool:
    with opened_pages(drawn(content)) as (page,):
        return FirstLook(page).is_doubtful(page.fragments[0])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (WORD, False),
        (text("One two three", 50, 200), False),
        (text(" One two ", 50, 200), False),
        (text("gap", 50, 200, 30), False),
        (text(".", 50, 200, 30), False),
        (text("-", 50, 200, 30), False),
        (f"0.6 g {WORD}", False),
        (f"/G5 gs {WORD}", False),
        (f"0 0 0.5 rg 20 150 200 100 re f 1 g {WORD}", False),
        (f"{WORD} 1 g 50 204 2 2 re f", True),
        (f"{WORD} 1 g 100 204 2 2 re f", False),
        (f"1 g 50 204 2 2 re f 0 g {WORD}", False),
        (f"q 40 190 25 30 re W n {WORD} Q", True),
        (f"/M gs {WORD}", True),
        (f"0 0 0.5 rg 20 150 45 100 re f 1 g {WORD}", True),
        (f"1 g {WORD}", True),
        (text("...", 50, 200, 2), True),
        (text("...", 50, 200, 7), True),
        (text("---", 50, 200, 6.5), False),
        (text("---", 50, 200, 7), False),
        (text("  One two", 50, 200, 20), False),
        (text("One two  ", 50, 200, 20), False),
        (f"0.8 g 20 150 45 100 re f 0.9 g 65 150 45 100 re f 0 g {WORD}", True),
        (f"{200 / 255} g 20 150 45 100 re f {208 / 255} g 65 150 45 100 re f 0 g {WORD}", False),
        (f"{200 / 255} g 20 150 45 100 re f {209 / 255} g 65 150 45 100 re f 0 g {WORD}", True),
        ("BT 3 Tr /F1 12 Tf 50 200 Td (Word) Tj ET", True),
        (_spread(1, 1, 1), False),
        (_spread(1, 13, 1), False),
        (_spread(1, 19, 1), True),
        ("BT /F1 20 Tf 22 Tw 20 200 Td (One two and on) Tj ET", False),
        ("BT /F1 20 Tf 22 Tw 20 200 Td (One two) Tj ET", True),
        ("BT /F1 20 Tf 20 200 Td [(One ) -900 (two ) -900 (and ) -2500 (o)] TJ ET", True),
        ("BT /F1 20 Tf 20 200 Td [(One ) -900 (two ) -900 (and ) -1400 (o)] TJ ET", False),
    ],
)
def test_ordinary_texts_are_in_no_doubt_and_what_may_be_hidden_is(content: str, *, expected: bool) -> None:
    assert doubtful(content) == expected


@pytest.mark.parametrize(
    ("ink", "expected"),
    [
        ("0001", False),
        ("00011", True),
        ("11000", True),
        ("01110", False),
        ("0011", False),
        ("00111100", True),
        ("11111", False),
    ],
)
def test_an_end_of_a_long_text_is_lost_where_two_pixels_lack_ink(ink: str, *, expected: bool) -> None:
    assert _lost_at_ends(bytes(map(int, ink)), 2) == expected


@pytest.mark.parametrize(
    ("gaps", "words", "scale", "expected"),
    [
        # Type of ten points: a gap of nine is wide, and one of more than two is a space.
        ([], 1, 1, False),
        ([1, 1], 1, 1, False),
        ([9], 2, 1, False),
        ([10], 2, 1, True),
        ([10, 10], 3, 1, False),
        ([10, 10], 2, 1, True),
        ([10, 16, 10], 4, 1, False),
        ([10, 17, 10], 4, 1, True),
        ([10, 2, 10], 3, 1, False),
        ([10, 3, 10], 3, 1, True),
        ([10, 10, 17, 17, 17], 6, 1, False),
        ([20, 4, 20], 3, 2, False),
        ([20, 5, 20], 3, 2, True),
        ([18, 18], 3, 2, False),
    ],
)
def test_a_gap_is_wide_unless_all_spaces_are(
    gaps: list[int], words: int, scale: float, *, expected: bool
) -> None:
    ink = b"\0\1" + b"".join(b"\0" * gap + b"\1" for gap in gaps) + b"\0"
    assert _is_gap_wide(ink, shown(" ".join(["word"] * words)), scale) == expected


@pytest.mark.parametrize(
    ("wide", "seen", "expected"), [(22, 14, True), (22, 13, False), (13, 7, False), (13, 8, True)]
)
def test_seven_tenths_of_a_letter_but_for_its_edges_are_most_of_it(
    wide: int, seen: int, *, expected: bool
) -> None:
    assert _is_mostly_seen((0, 0, seen, 22), (0, 0, wide, 22)) == expected
    assert _is_mostly_seen((5, 9, 27, 9 + seen), (3, 4, 25, 4 + wide)) == expected


def overlapped(*fragments: Fragment) -> list[str]:
    numbered(fragments)
    return [each.text.strip() for each in overlapped_texts(fragments, fragments)]


@pytest.mark.parametrize(
    ("left", "baseline", "expected"),
    [
        (140, 100, False),
        (136.1, 100, False),
        (135.9, 100, True),
        (100, 104.5, False),
        (100, 104.3, True),
        (100, 95.5, False),
        (100, 95.7, True),
        (64.1, 100, True),
        (63.9, 100, False),
        (100, 120, False),
    ],
)
def test_texts_overlap_by_four_points_across_and_nearly_half_their_height(
    left: float, baseline: float, *, expected: bool
) -> None:
    # Both are 40 points wide and 8 high.
    found = overlapped(shown("One text", 100, 100), shown("another.", left, baseline))
    assert found == ["One text", "another."] * expected


@pytest.mark.parametrize(("left", "expected"), [(137, True), (138.4, True), (138.6, False)])
def test_of_a_narrow_text_three_tenths_may_be_overlapped(left: float, *, expected: bool) -> None:
    between = shown("other", 300, 100)
    assert bool(overlapped(shown("One text", 100, 100), between, shown("a", left, 100))) == expected


@pytest.mark.parametrize(("left", "expected"), [(137.6, True), (137.9, False)])
def test_the_tail_of_a_slanted_letter_may_reach_below_the_sign_painted_before_it(
    left: float, *, expected: bool
) -> None:
    assert bool(overlapped(shown("One text", 100, 100), shown("a", left, 100))) == expected


def test_of_a_low_text_its_own_height_counts() -> None:
    large = shown("Large", 100, 100, size=30)
    # Eight points high, at the head of a text of 24.
    assert overlapped(large, shown("small", 100, 120)) == ["Large", "small"]
    assert overlapped(large, shown("small", 100, 120.6)) == []


def test_an_accent_that_is_painted_with_its_letter_overlaps_nothing() -> None:
    letter, accent = shown("a", 100, 100), shown("\u0301", 100, 100)
    assert overlapped(letter, accent) == []
    assert overlapped(accent, letter) == ["\u0301", "a"]
    assert overlapped(letter, shown("other", 300, 100), accent) == ["a", "\u0301"]
    assert overlapped(shown("a", 100, 100), shown(" \u0301", 100, 100)) == []


@pytest.mark.parametrize("baseline", [0.2, 15, 31.9, 100, 290])
def test_texts_overlap_wherever_they_stand(baseline: float) -> None:
    one, other = shown("One text", 100, baseline), shown("another.", 100, baseline + 1)
    assert overlapped(one, other) == ["One text", "another."]
    tall = shown("Tall", 100, baseline - 40, size=100)
    assert overlapped(tall, other) == ["Tall", "another."]
