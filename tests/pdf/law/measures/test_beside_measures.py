"""Numbers beside texts, cells in columns, links over words: each is taken for what stands near enough."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from pipeline.pdf.law.expected.signs import REFERENCE
from pipeline.pdf.law.links import wrong_links
from pipeline.pdf.law.matching.match import Match
from pipeline.pdf.law.matching.shown_fragments import ShownFragments
from pipeline.pdf.law.numbers import contents_findings, number_findings
from pipeline.pdf.law.table_columns import cells_in_other_columns
from tests.pdf.law.hand_drawn import drawn
from tests.pdf.law.measures.made import numbered, shown, whole, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment


def fragments_of(others: Sequence[Fragment], matches: Sequence[Match]) -> ShownFragments:
    held = [fragment for match in matches for fragment in match.fragments]
    fragments = ShownFragments(numbered([*held, *others]), frozenset())
    for match in matches:
        for fragment in match.fragments:
            fragments.take(fragment, match)
    return fragments


def numbers(others: Sequence[Fragment], *matches: Match) -> list[tuple[str, str]]:
    found = list(number_findings(fragments_of(others, matches), matches))
    assert {each.code for each in found} <= {"E189"}
    return [(dict(each.values)["number"], dict(each.values)["shown"]) for each in found]


def item(number: int = 7, left: float = 100, baseline: float = 100) -> Match:
    return whole(written("The item", number=number), shown("The item", left, baseline))


@pytest.mark.parametrize(
    ("right", "is_near"),
    [(105.1, False), (105, True), (99, True), (90, True), (40.1, True), (40, False), (20, False)],
)
def test_a_number_stands_up_to_six_font_sizes_before_its_text(right: float, *, is_near: bool) -> None:
    assert numbers([shown("7.", right - 10)], item()) == ([] if is_near else [("7", "–")])


def test_a_number_is_read_on_its_line_and_page_with_the_signs_around_it_left_out() -> None:
    for mark in ("7", "7.", "7)", "7:"):
        assert numbers([shown(mark, 85)], item()) == []
    assert numbers([shown("8.", 85)], item()) == [("7", "8")]
    assert numbers([shown("7.", 85, 107)], item()) == []
    assert numbers([shown("7.", 85, 108)], item()) == [("7", "–")]
    assert numbers([shown("7.", 85, page=2)], item()) == [("7", "–")]


def test_the_nearest_number_is_that_of_the_text_and_of_no_other() -> None:
    assert numbers([shown("1", 60), shown("7", 90), shown("2", 75)], item()) == []
    second = whole(written("Another"), shown("Another", 60, 100))
    assert numbers([shown("7", 100)], item(left=110), second) == []
    beside = whole(written("More", number=8), shown("More", 150, 100))
    assert numbers([shown("7", 90)], item(), beside) == [("8", "–")]
    assert numbers([shown("7", 90), shown("8", 142)], item(), beside) == []


def test_of_equal_texts_no_number_is_known_and_of_what_is_not_whole_none_is_sought() -> None:
    assert numbers([], item(), item(baseline=50)) == []
    partly = Match(written("The item", number=7), [shown("The", 100, 100)], 3)
    assert numbers([], partly) == []
    assert numbers([], item()) == [("7", "–")]


def note(name: str, baseline: float, words: str = "") -> Match:
    said = words or f"note {name}"
    return whole(written(said, note=name, sequence="notes"), shown(said, 100, baseline))


def test_a_reference_has_the_mark_of_its_note() -> None:
    calls = whole(
        written(f"one{REFERENCE} two{REFERENCE}", notes=("a", "b")),
        *(shown("one", 100, 200), shown("1", 115, 203), shown("two", 122, 200), shown("2", 137, 203)),
    )
    notes = note("a", 50), note("b", 40)
    assert numbers([shown("1", 90, 50), shown("2", 90, 40)], calls, *notes) == []
    assert numbers([shown("1.", 90, 50), shown("2)", 90, 40)], calls, *notes) == []
    assert numbers([shown("1", 90, 50), shown("3", 90, 40)], calls, *notes) == [("2", "3")]
    assert numbers([shown("2", 90, 50), shown("1", 90, 40)], calls, *notes) == [("1", "2"), ("2", "1")]
    assert numbers([shown("1", 90, 50)], calls, *notes) == [("2", "–")]
    # A note that was not found is told as missing.
    lost = Match(written("note b", note="b"), [], 0)
    assert numbers([shown("1", 90, 50)], calls, notes[0], lost) == []
    # Of equal notes, one may have been taken for the other; so of equal texts with calls.
    assert (
        numbers([shown("4", 90, 50), shown("5", 90, 40)], calls, note("a", 50, "same"), note("b", 40, "same"))
        == []
    )
    assert numbers([shown("4", 90, 50)], calls, calls, note("a", 50)) == []


def contents(
    *others: Fragment, left: float = 100, words: str = "The title"
) -> list[tuple[str, str, int | None]]:
    entry = whole(written("The title", leads_to="t"), shown(words, left, 200))
    title = whole(written("The title", anchor="t"), shown("The title", 100, 100, page=5))
    found = list(contents_findings(fragments_of(others, [title]), [entry, title]))
    assert {each.code for each in found} <= {"E177"}
    return [(dict(each.values)["number"], dict(each.values)["shown"], each.page) for each in found]


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ([shown("5", 200, 200)], []),
        ([shown("6", 200, 200)], [("5", "6", 1)]),
        ([shown("....6", 200, 200)], [("5", "6", 1)]),
        ([shown(". . . _–6…", 200, 200)], [("5", "6", 1)]),
        ([shown("....", 150, 200), shown("6", 200, 200)], [("5", "6", 1)]),
        ([shown("6", 200, 200), shown("5", 180, 200)], []),
        ([shown("five", 200, 200), shown("6", 250, 200)], []),
        ([shown("6", 140, 200)], [("5", "6", 1)]),
        ([shown("6", 139.9, 200)], []),
        ([shown("6", 200, 207)], [("5", "6", 1)]),
        ([shown("6", 200, 208)], []),
        ([shown("6", 200, 200, page=2)], []),
        ([], []),
    ],
)
def test_the_contents_name_the_page_behind_an_entry(
    behind: list[Fragment], expected: list[tuple[str, str, int]]
) -> None:
    assert contents(*behind) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (shown("7", 200, 180), []),
        (shown("8", 200, 180), [("7", "8")]),
        (shown("7", 130, 161), []),
        (shown("7", 130, 160), [("7", "–")]),
        (shown("7", 96, 170), []),
        (shown("7", 95, 170), [("7", "–")]),
        (shown("7", 130, 170, page=2), [("7", "–")]),
        (shown("8", 130, 170), [("7", "–")]),
    ],
)
def test_where_contents_name_pages_each_entry_names_its_own_behind_or_below(
    number: Fragment, expected: list[tuple[str, str]]
) -> None:
    entries = [
        whole(written(name, leads_to=name), shown(name, 100, at)) for name, at in (("One", 200), ("Two", 180))
    ]
    titles = [
        whole(written(name, anchor=name), shown(name, 100, 100, page=page))
        for name, page in (("One", 5), ("Two", 7))
    ]
    held = fragments_of([shown("5", 200, 200), number], [*entries, *titles])
    found = list(contents_findings(held, [*entries, *titles]))
    assert [(dict(each.values)["number"], dict(each.values)["shown"]) for each in found] == expected
    assert all(held.is_taken(each) for each in (number,) if not expected)


def test_what_belongs_to_another_text_is_no_page_number() -> None:
    entry = whole(written("The title", leads_to="t"), shown("The title", 100, 200))
    title = whole(written("The title", anchor="t"), shown("The title", 100, 100, page=5))
    figure = whole(written("6"), shown("6", 200, 200))
    matches = [entry, title, figure]
    assert list(contents_findings(fragments_of([], matches), matches)) == []
    lost = Match(written("The title", anchor="t"), [], 0)
    held = fragments_of([shown("6", 200, 200)], [entry])
    assert list(contents_findings(held, [entry, lost])) == []
    assert list(contents_findings(held, [whole(written("The title"), entry.fragments[0]), title])) == []


def cell(
    words: str, row: str, column: int, left: float, *, wide: float = 40, page: int = 1, table: str = "t"
) -> Match:
    block = written(words, row=row, column=column, table=table)
    return whole(block, shown(words, left, 100, wide=wide, page=page))


def moved(*cells: Match) -> list[str]:
    return [match.block.bare for match in cells_in_other_columns(cells)]


def table(*changed: Match) -> list[Match]:
    names = {match.block.bare for match in changed}
    cells = [cell(f"{row}{column}", row, column, 100 + 50 * column) for row in "abc" for column in range(3)]
    return [*(each for each in cells if each.block.bare not in names), *changed]


def test_a_cell_stands_in_line_with_its_column() -> None:
    assert moved(*table()) == []
    assert moved(*table(cell("b1", "b", 1, 200))) == ["b1"]
    assert moved(*table(cell("b1", "b", 1, 189.9))) == []
    assert moved(*table(cell("b1", "b", 1, 189.9, wide=20))) == []
    assert moved(*table(cell("b1", "b", 1, 190, wide=20))) == ["b1"]
    assert moved(*table(cell("b1", "b", 1, 111, wide=39))) == ["b1"]
    assert moved(*table(cell("b1", "b", 1, 111, wide=39.1))) == []
    # In no column at all it may be a cell of a wider table.
    assert moved(*table(cell("b1", "b", 1, 300))) == []
    assert moved(*table(cell("b1", "b", 1, 240, wide=10))) == []
    assert moved(*table(cell("b1", "b", 1, 239, wide=10))) == ["b1"]


def test_cells_are_compared_with_those_of_their_table_and_page() -> None:
    assert moved(*table(cell("b1", "b", 1, 200, page=2))) == []
    assert moved(*table(cell("b1", "b", 1, 200, table="other"))) == []
    assert moved(*table(cell("b1", "b", 1, 200, table=""))) == []
    partly = cell("b1", "b", 1, 200)
    partly.offset = 1
    assert moved(*table(partly)) == []
    # One of two equal cells may have been taken for the other.
    assert moved(*table(cell("a2", "b", 1, 200), cell("a2", "a", 2, 200))) == []
    assert moved(cell("a0", "a", 0, 100), cell("b1", "b", 1, 100)) == []
    assert moved(cell("a0", "a", 0, 100), cell("a1", "a", 1, 150), cell("b1", "b", 1, 100)) != []


def linked(*links: tuple[tuple[float, ...], dict[str, Any]], page: int = 0) -> bytes:
    """Return three pages with links on one: the area of each, and where it leads."""
    with pikepdf.open(io.BytesIO(drawn("", "", ""))) as pdf:
        notes = []
        for area, entries in links:
            made = {
                f"/{name}": Array([pdf.pages[value[0] - 1].obj, Name.XYZ, 0, value[1], 0])
                if isinstance(value, tuple)
                else value
                for name, value in entries.items()
            }
            note = Dictionary({"/Type": Name.Annot, "/Subtype": Name.Link, "/Rect": Array(area)} | made)
            notes.append(pdf.make_indirect(note))
        pdf.pages[page].Annots = Array(notes)
        whole_ = io.BytesIO()
        pdf.save(whole_)
    return whole_.getvalue()


def to_web(address: str) -> dict[str, Any]:
    return {"A": Dictionary(S=Name.URI, URI=String(address))}


def to_place(page: int, height: float = 0) -> dict[str, Any]:
    return {"Dest": (page, height)}


OVER = (100, 100, 140, 108)


def wrong(pdf: bytes, *matches: Match) -> list[tuple[str, int, str, str]]:
    with opened_pages(pdf) as pages:
        found = list(wrong_links(pages, matches))
    return [(each.fragment.text, each.offset, each.wanted, each.shown) for each in found]


def leading(target: str, *fragments: Fragment) -> Match:
    block = written("The words", leads_to=target)
    return whole(block, *(fragments or [shown("The words", 100, 100, wide=40)]))


WEB = "https://example.org/a"


@pytest.mark.parametrize(
    ("address", "shown_", "is_right"),
    [
        (WEB, WEB, True),
        (WEB, WEB + "/", True),
        (WEB + "/", WEB, True),
        (WEB, WEB.upper(), True),
        ("https://example.org/%61", WEB, True),
        (WEB, WEB + "b", False),
        (WEB, "http://example.org/a", False),
        ("mailto:a@b.org", "mailto:a@b.org", True),
        ("http://a.org", "http://b.org", False),
    ],
)
def test_words_lead_to_their_address_however_it_is_written(
    address: str, shown_: str, *, is_right: bool
) -> None:
    told = wrong(linked((OVER, to_web(shown_))), leading(address))
    assert told == ([] if is_right else [("The words", 0, address, shown_), ("The words", 0, "", shown_)])


@pytest.mark.parametrize(
    ("area", "is_over"),
    [
        ((139, 100, 300, 108), True),
        ((140, 100, 300, 108), False),
        ((0, 100, 101, 108), True),
        ((0, 100, 100, 108), False),
        ((100, 107, 140, 200), True),
        ((100, 108, 140, 200), False),
        ((100, 0, 140, 101), True),
        ((100, 0, 140, 100), False),
        ((100, 108, 140, 100), True),
    ],
)
def test_a_link_lies_over_its_words(area: tuple[float, ...], *, is_over: bool) -> None:
    told = wrong(linked((area, to_web(WEB))), leading(WEB))
    assert told == [] if is_over else told == [("The words", 0, WEB, "")]
    assert wrong(linked((area, to_web(WEB)), page=1), leading(WEB)) == [("The words", 0, WEB, "")]


TITLE = whole(written("Title", anchor="t"), shown("Title", 100, 200, page=2))
ABOVE = whole(written("Above", anchor="u"), shown("Above", 100, 250, page=2))


@pytest.mark.parametrize(
    ("page", "height", "is_right"),
    [
        (2, 0, True),
        (1, 0, False),
        (3, 0, False),
        (2, 194, True),
        (2, 193.9, False),
        (2, 210, True),
        (2, 250, True),
        (2, 251, False),
        (2, 300, False),
        (1, 210, False),
    ],
)
def test_words_lead_to_the_title_that_is_next_below(page: int, height: float, *, is_right: bool) -> None:
    told = wrong(linked((OVER, to_place(page, height))), leading("t"), TITLE, ABOVE)
    assert told == ([] if is_right else [("The words", 0, "t", str(page))])


def test_a_title_on_the_line_of_another_is_not_between() -> None:
    beside = whole(written("Beside", title_of="v"), shown("Beside", 200, 210, page=2))
    assert wrong(linked((OVER, to_place(2, 280))), leading("t"), TITLE, beside) == []
    over = whole(written("Beside", title_of="v"), shown("Beside", 200, 210.1, page=2))
    assert wrong(linked((OVER, to_place(2, 280))), leading("t"), TITLE, over) != []
    assert wrong(linked((OVER, to_place(2, 215))), leading("v"), TITLE, beside) == []
    away = whole(written("Away", anchor="w"), shown("Away", 200, 240, page=3))
    assert wrong(linked((OVER, to_place(2, 280))), leading("t"), TITLE, away) == []


def test_an_article_without_a_title_is_anywhere_in_the_issue() -> None:
    assert wrong(linked((OVER, to_place(3))), leading("unknown")) == []
    assert wrong(linked((OVER, to_web(WEB))), leading("unknown"))[0] == ("The words", 0, "unknown", WEB)
    action = {"A": Dictionary(S=Name.GoTo, D=String("nowhere"))}
    assert wrong(linked((OVER, action)), leading("unknown")) == [("The words", 0, "unknown", "0")]


def test_each_text_of_a_link_leads_there_and_no_other_must() -> None:
    block = written("See ", "the words", " here")
    block.targets = ((3, 11, WEB),)
    first, linked_, last = shown("See", 100, 100), shown("the words", 120, 100), shown("here", 200, 100)
    match = whole(block, first, linked_, last)
    assert wrong(linked(((120, 100, 165, 108), to_web(WEB))), match) == []
    assert wrong(linked(((200, 100, 220, 108), to_web(WEB))), match) == [("the words", 3, WEB, "")]
    two = whole(block, first, shown("the", 120, 100), shown("words", 100, 80), last)
    assert wrong(linked(((120, 100, 135, 108), to_web(WEB))), two) == [("words", 3, WEB, "")]
    assert wrong(linked(((100, 80, 125, 88), to_web(WEB))), two) == [("the", 3, WEB, "")]
    partly = Match(block, [first, linked_], 11)
    assert wrong(linked(), partly) == []


def test_words_within_others_and_behind_a_long_number_of_a_note_lead_where_they_must() -> None:
    entry = whole(written("The words", leads_to=WEB), shown("1. The words 2", 100, 100, wide=40))
    assert wrong(linked((OVER, to_web(WEB))), entry) == []
    assert wrong(linked(), entry) == [("1. The words 2", 0, WEB, "")]
    block = written(f"See{REFERENCE}", "the words", " here")
    block.targets = ((4, 12, WEB),)
    before, mark = shown("See", 100, 100), shown("10", 115, 103)
    noted = whole(block, before, mark, shown("the words", 130, 100), shown("here", 200, 100))
    assert wrong(linked(((130, 100, 175, 108), to_web(WEB))), noted) == []
    assert wrong(linked(((200, 100, 220, 108), to_web(WEB))), noted) == [("the words", 4, WEB, "")]


def test_what_leads_out_without_being_asked_is_told_of_the_words_under_it() -> None:
    plain = whole(written("The words"), shown("The words", 100, 100, wide=40))
    other = whole(written("Other"), shown("Other", 100, 50))
    assert wrong(linked((OVER, to_web(WEB))), other, plain) == [("The words", 0, "", WEB)]
    assert wrong(linked((OVER, to_web(WEB))), plain, leading(WEB)) == []
    assert wrong(linked((OVER, to_place(2))), plain) == []
    assert wrong(linked(((0, 0, 9, 9), to_web(WEB))), plain) == []
    assert wrong(linked((OVER, to_web(WEB)), page=1), plain) == []
    both = linked(((100, 40, 200, 120), to_web(WEB)))
    assert wrong(both, other, plain) == [("Other", 0, "", WEB)]
