"""Inlines of an imported text: from HTML in any order of marks, cut, with marks put on and taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from pipeline.findings.place import Place
from pipeline.importing.html.page import read_page
from pipeline.importing.model.incoming_text import IncomingHeading
from pipeline.importing.model.inlines import (
    is_strong,
    strong,
    without_first,
    without_marks,
    without_references,
    words_in,
)
from pipeline.models.text import (
    Alignment,
    Code,
    Emphasis,
    Figure,
    LineBreak,
    Link,
    ListBlock,
    Measure,
    NoteCall,
    Paragraph,
    Picture,
    Quote,
    Run,
    Strong,
    Table,
)

if TYPE_CHECKING:
    from pipeline.importing.model.inlines import Inlines
    from pipeline.models.text import Inline

PLACE: Final = Place("x.html")


def run(text: str) -> Run:
    return Run(text, PLACE)


def link(target: str, *children: Inline) -> Link:
    return Link(target, children, PLACE)


def paragraph(markup: str) -> Inlines:
    (block,) = read_page(f"<p>{markup}</p>", "x.html").blocks
    assert isinstance(block, Paragraph)
    return block.children


class TestReading:
    @pytest.mark.parametrize(
        ("markup", "inlines"),
        [
            ("а <b>б</b>", (run("а "), Strong((run("б"),)))),
            ("<i>а<b>б</b></i>", (Emphasis((run("а"),)), Strong((Emphasis((run("б"),)),)))),
            ("<b><a href='u'>а</a>б</b>", (link("u", Strong((run("а"),))), Strong((run("б"),)))),
            ("<b>а<br>б</b>", (Strong((run("а"),)), LineBreak(), Strong((run("б"),)))),
            ("<b>а</b><strong>б</strong>", (Strong((run("аб"),)),)),
            ("<b>а<i>б</b>в</i>", (Strong((run("а"), Emphasis((run("б"),)))), Emphasis((run("в"),)))),
            ("<code>а</code>", (Code("а", PLACE),)),
            ("<a href='u'>а</a><a href='u'>б</a>", (link("u", run("а")), link("u", run("б")))),
            (" <br> а<sup>2</sup> ", (run("а²"),)),
        ],
    )
    def test_marks_are_nested_in_one_order(self, markup: str, inlines: Inlines) -> None:
        assert paragraph(markup) == inlines

    def test_a_heading_keeps_the_level_of_the_file(self) -> None:
        page = read_page("<h1 class=title>а</h1><h5>б <b>в</b></h5>", "x.html")
        assert page.blocks == (
            IncomingHeading(1, (run("а"),), PLACE, title=True),
            IncomingHeading(5, (run("б "), run("в")), PLACE),
        )

    def test_a_heading_within_a_list_or_a_quotation_is_a_paragraph_of_strong_words(self) -> None:
        words = Paragraph((Strong((run("а"),)),))
        page = read_page("<ul><li><h3>а</h3></ul><blockquote><h3>а</h3></blockquote>", "x.html")
        assert page.blocks == (ListBlock(None, ((words,),)), Quote((words,)))

    def test_columns_of_figures_are_set_at_the_end(self) -> None:
        page = read_page("<table><tr><th>а<th>б<tr><td>в<td>3,5 %<tr><td>7<td></table>", "x.html")
        (table,) = page.blocks
        assert isinstance(table, Table)
        assert (table.heads, table.alignments) == (
            ((run("а"),), (run("б"),)),
            (Alignment.START, Alignment.END),
        )

    def test_a_caption_belongs_to_the_picture_before_it(self) -> None:
        page = read_page(
            "<img src=a.png alt=в><p class=caption>под нея<p class=caption>текст", "x.html", {"a.png": b""}
        )
        picture = Picture("a.png", "в", "", "под нея", Measure.TEXT, None, PLACE)
        assert page.blocks == (Figure(picture), Paragraph((run("текст"),)))


class TestMarks:
    def test_those_taken_off_leave_no_neighbours_of_one_kind(self) -> None:
        inlines = (Strong((Emphasis((run("а"),)),)), Emphasis((run("б"),)), Code("в", PLACE))
        assert without_marks(inlines, Strong, Code) == (Emphasis((run("а"), run("б"))), run("в"))

    def test_references_taken_away_leave_no_neighbours_of_one_kind(self) -> None:
        inlines = (Emphasis((run("а"),)), NoteCall("1", PLACE), Emphasis((run("б"),)))
        assert without_references(inlines) == (Emphasis((run("а"), run("б"))),)

    def test_strong_words_are_within_links_and_around_emphasis(self) -> None:
        inlines = (link("u", run("а")), run("б"), Emphasis((run("в"),)), LineBreak(), run("г"))
        assert strong(inlines) == (
            link("u", Strong((run("а"),))),
            Strong((run("б"), Emphasis((run("в"),)))),
            LineBreak(),
            Strong((run("г"),)),
        )

    def test_a_note_reference_is_no_part_of_a_strong_line(self) -> None:
        assert is_strong((Strong((run("а"),)), run(" ")))
        assert not is_strong((Strong((run("а"),)), NoteCall("1", PLACE)))
        assert not is_strong((run(" "),))


class TestCutting:
    @pytest.mark.parametrize(
        ("count", "rest"),
        [
            (0, (Strong((run("аб"), Emphasis((run("вг"),)))), NoteCall("1", PLACE), run("де"))),
            (1, (Strong((run("б"), Emphasis((run("вг"),)))), NoteCall("1", PLACE), run("де"))),
            (3, (Strong((Emphasis((run("г"),)),)), NoteCall("1", PLACE), run("де"))),
            (4, (NoteCall("1", PLACE), run("де"))),
            (5, (run("е"),)),
            (9, ()),
        ],
    )
    def test_a_cut_goes_through_marks(self, count: int, rest: Inlines) -> None:
        inlines = (Strong((run("аб"), Emphasis((run("вг"),)))), NoteCall("1", PLACE), run("де"))
        assert without_first(count, inlines) == rest

    def test_a_line_break_is_a_space_among_words(self) -> None:
        assert words_in((run(" а "), LineBreak(), Strong((run("б"),)), NoteCall("1", PLACE))) == "а б"
