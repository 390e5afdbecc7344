"""Pages drawn by hand: words missing, doubled, moved or run together, wrong numbers and cells are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from pipeline.findings.place import Place
from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from pipeline.pdf.law.expected.blocks import Block, Near, Piece, Reading
from pipeline.pdf.law.expected.issue import Expected
from pipeline.pdf.law.expected.signs import REFERENCE
from pipeline.pdf.law.law import _Judgement
from tests.pdf.law.hand_drawn import drawn, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.findings.finding import Finding

MAIN: Final = "main"


def words(text: str, line: int = 1, **options: Any) -> Block:
    """Return a block of the main text, as if it were written on a line of its own."""
    return Block((Piece(text, Place("a.md", line)),), options.pop("sequence", MAIN), **options)


def law(
    blocks: Sequence[Block],
    *contents: str,
    running: str = "",
    repeated: str = "",
    cover: str = "",
    head: str = "",
) -> list[Finding]:
    expected = Expected(
        list(blocks),
        frozenset(running.split()),
        frozenset([*repeated.split(), head]),
        frozenset(cover.split()),
        head_of_contents=head,
    )
    with opened_pages(drawn(*contents)) as pages:
        return list(_Judgement(expected, pages, (), carries_links=False).findings())


def told(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, dict(finding.values)["words"]) for finding in findings]


def lines(*each: str, left: float = 50, top: float = 250) -> str:
    """Return what paints lines below one another."""
    return "".join(text(line, left, top - 14 * at) for at, line in enumerate(each))


FIRST: Final = "The first words"
SECOND: Final = "Then come others"
THIRD: Final = "And at last these"


def three() -> list[Block]:
    return [words(FIRST, 1), words(SECOND, 2), words(THIRD, 3)]


class TestWords:
    def test_pages_that_show_all_in_order_are_sound(self) -> None:
        assert law(three(), lines(FIRST, SECOND, THIRD)) == []

    def test_a_block_may_go_on_over_lines_columns_and_pages(self) -> None:
        first = [words("One two three four five six")]
        assert law(first, lines("One two", "three four", "five six")) == []
        assert law(first, lines("One two three") + lines("four five six", left=160, top=280)) == []
        assert law(first, lines("One two three", top=60), lines("four five six")) == []

    def test_equal_texts_are_told_apart_though_one_goes_on_behind_a_caption_of_the_next_page(self) -> None:
        """As by-lines, leads and closing words are the same in many articles."""
        one, other = ("All of the same words", "stand in both"), ("Other equal words", "do so, too")
        texts = (FIRST, " ".join(one), " ".join(other), SECOND, " ".join(one), " ".join(other))
        blocks = [words(each, at) for at, each in enumerate(texts, 1)]
        blocks.insert(2, words("A caption", 7, sequence=""))
        foot = lines(FIRST, *one, other[0], top=102)
        head = text("A caption", 200, 150) + lines(other[1], SECOND, *one, *other)
        assert law(blocks, foot, head) == []

    @pytest.mark.parametrize("at", [0, 1, 2])
    def test_a_block_that_is_missing_is_told_with_its_place_and_words(self, at: int) -> None:
        shown = [FIRST, SECOND, THIRD]
        gone = shown.pop(at)
        (finding,) = law(three(), lines(*shown))
        assert told([finding]) == [("E180", gone)]
        assert finding.place == Place("a.md", at + 1)
        assert dict(finding.values)["count"] == str(len(gone.split()))
        assert finding.page == 1

    def test_words_missing_one_after_another_are_told_once_with_their_number(self) -> None:
        (finding,) = law(three(), lines(FIRST))
        assert told([finding]) == [("E180", SECOND)]
        assert dict(finding.values)["count"] == "7"

    def test_words_missing_at_the_end_of_a_block_are_told_from_there_on(self) -> None:
        (finding,) = law([words("One two three four", 5)], lines("One two"))
        assert told([finding]) == [("E180", "three four")]
        assert finding.spot is not None
        # The words before them stand 50 points from the left and 50 from the top of the page.
        assert finding.spot.left == pytest.approx(50 / 72 * 25.4, abs=0.6)
        assert finding.spot.bottom == pytest.approx(50 / 72 * 25.4, abs=1)

    def test_the_page_is_told_on_which_words_are_missing(self) -> None:
        (finding,) = law(three(), lines(FIRST), lines(SECOND))
        assert (finding.code, finding.page) == ("E180", 2)

    @pytest.mark.parametrize("order", [(1, 0, 2), (0, 2, 1), (2, 1, 0)])
    def test_blocks_in_another_order_are_told(self, order: tuple[int, ...]) -> None:
        shown = [[FIRST, SECOND, THIRD][at] for at in order]
        assert {finding.code for finding in law(three(), lines(*shown))} == {"E187"}

    def test_lines_of_a_block_in_another_order_are_told(self) -> None:
        findings = law([words("One two three four five six")], lines("One two", "five six", "three four"))
        assert told(findings) == [("E187", "One two three four five six")]

    def test_words_that_stand_once_more_are_told(self) -> None:
        findings = law(three(), lines(FIRST, SECOND, THIRD, SECOND))
        assert told(findings) == [("E181", SECOND)]

    def test_words_the_files_have_twice_may_stand_twice_and_no_oftener(self) -> None:
        twice = [words(FIRST), words(SECOND), words(FIRST)]
        assert law(twice, lines(FIRST, SECOND, FIRST)) == []
        assert [finding.code for finding in law(twice, lines(FIRST, SECOND, FIRST, FIRST))] == ["E181"]
        assert [finding.code for finding in law(twice, lines(FIRST, SECOND))] == ["E180"]

    def test_running_heads_labels_and_names_on_the_cover_may_be_repeated(self) -> None:
        page = lines(FIRST, SECOND, THIRD)
        head, away = text("Running", 50, 290), text("Running", 50, 150)
        assert law(three(), page + head, lines("Running", top=290), running="running") == []
        assert [each.code for each in law([*three(), words("Running", sequence="")], page + head)] == []
        assert law(three(), page + away, repeated="running") == []
        assert law(three(), page + text("Second", 50, 150), cover="thesecondtitle") == []


class TestSigns:
    def test_a_word_may_be_divided_at_the_end_of_a_line(self) -> None:
        assert law([words("Typographer")], lines("Typo-", "grapher")) == []

    def test_a_hyphen_that_is_lost_or_added_within_a_line_is_told(self) -> None:
        assert told(law([words("A well-known word")], lines("A wellknown word"))) == [("E180", "well-known")]
        assert told(law([words("A wellknown word")], lines("A well-known word"))) == [("E180", "wellknown")]
        assert law([words("A well-known word")], lines("A well-known word")) == []
        assert law([words("A well-known word")], lines("A well-", "known word")) == []

    def test_a_hyphen_may_stand_alone_on_a_line_of_a_narrow_column(self) -> None:
        assert law([words("A well-known word")], lines("A well", "-", "known", "word")) == []
        assert told(law([words("A well-known word")], lines("A well", "known", "word"))) == [
            ("E180", "well-known")
        ]

    def test_a_label_may_be_broken_in_a_narrow_column_and_words_that_nobody_wrote_may_not(self) -> None:
        caption = text("The first", 50, 250) + text("words", 50, 238)
        assert law([words(FIRST)], caption + text("Photog", 50, 226) + text("raphy:", 50, 214)) == []
        named = words("Ana", reading=Reading.WITHIN, sequence="")
        broken = caption + text("Photog", 50, 226) + text("raphy: Ana", 50, 214)
        assert law([words(FIRST), named], broken) == []
        for more in ("raphy", "Raphy:"):
            page = caption + text("Photog", 50, 226) + text(more, 50, 214)
            assert "E171" in {finding.code for finding in law([words(FIRST)], page)}
        assert "E171" in {
            finding.code for finding in law([words(FIRST)], caption + text("Note: more", 50, 226))
        }

    def test_a_space_that_is_lost_is_told(self) -> None:
        assert told(law([words("Two words here")], lines("Two wordshere"))) == [("E174", "here")]
        beside = text("Two words", 50, 250) + text("here", 97.5, 250)
        assert told(law([words("Two words here")], beside)) == [("E174", "here")]
        apart = text("Two words", 50, 250) + text("here", 101, 250)
        assert law([words("Two words here")], apart) == []

    def test_capitals_of_a_style_are_the_same_words(self) -> None:
        assert law([words(FIRST)], lines(FIRST.upper())) == []


class TestNumbers:
    @pytest.mark.parametrize(("shown", "expected"), [("7.", []), ("8.", ["8"]), ("", ["–"])])
    def test_the_number_of_an_item_stands_beside_it(self, shown: str, expected: list[str]) -> None:
        page = text("The item", 60, 250) + (text(shown, 48, 250) if shown else "")
        findings = law([words("The item", number=7)], page)
        assert [finding.code for finding in findings] == ["E189"] * len(expected)
        assert [dict(finding.values)["shown"] for finding in findings] == expected

    @pytest.mark.parametrize(("left", "baseline"), [(-30, 250), (48, 236), (150, 250)])
    def test_a_number_elsewhere_is_not_the_items(self, left: float, baseline: float) -> None:
        item = text("The item", 120 if left < 0 else 60, 250)
        findings = law([words("The item", number=7)], item + text("7.", abs(left), baseline))
        assert [finding.code for finding in findings] == ["E189"]

    @pytest.mark.parametrize(("mark", "expected"), [("1", []), ("2", ["E189"])])
    def test_a_reference_has_the_number_of_its_note(self, mark: str, expected: list[str]) -> None:
        body = words(f"A word{REFERENCE} and more", notes=("n",))
        note = words("What the note says", note="n", sequence="notes")
        page = text("A word", 50, 250) + text("1", 84, 254, 6) + text("and more", 90, 250)
        page += text(mark, 50, 100) + text("What the note says", 60, 100)
        assert [finding.code for finding in law([body, note], page)] == expected

    def test_a_note_is_what_stands_beside_its_number_not_equal_words_elsewhere(self) -> None:
        body = words(f"A word{REFERENCE} and more", notes=("n",))
        note = words("Talk", note="n", sequence="notes")
        page = (
            text("Talk", 50, 280)
            + text("A word", 50, 250)
            + text("1", 84, 254, 6)
            + text("and more", 90, 250)
        )
        page += text("1", 50, 100) + text("Talk", 60, 100)
        (finding,) = law([body, note], page)
        assert finding.code in {"E171", "E181"}
        assert finding.spot is not None
        # What stands at the head of the page is what nobody wrote.
        assert finding.spot.bottom < 15

    @pytest.mark.parametrize(("marks", "expected"), [("12", []), ("13", ["E189"]), ("32", ["E189"])])
    def test_each_reference_of_a_text_has_the_number_of_its_own_note(
        self, marks: str, expected: list[str]
    ) -> None:
        body = words(f"A word{REFERENCE} and more{REFERENCE} here", notes=("n", "m"))
        notes = [words(f"The note {name}", note=name, sequence="notes") for name in "nm"]
        page = text("A word", 50, 250) + text(marks[0], 84, 254, 6) + text("and more", 90, 250)
        page += text(marks[1], 134, 254, 6) + text("here", 140, 250)
        page += (
            text("1", 50, 100) + text("The note n", 60, 100) + text("2", 50, 86) + text("The note m", 60, 86)
        )
        assert [finding.code for finding in law([body, *notes], page)] == expected

    @pytest.mark.parametrize(("shown", "expected"), [("2", []), ("3", ["E177"])])
    def test_dots_that_lead_to_a_page_number_are_passed_over(self, shown: str, expected: list[str]) -> None:
        entry = words("The title", reading=Reading.WITHIN, near=Near.COVER, leads_to="t", sequence="contents")
        first = text("The title", 50, 250) + text(".....", 150, 250) + text(shown, 200, 250)
        inside = [words("The title", anchor="t"), words("What follows it")]
        findings = law([entry, *inside], first, lines("The title", "What follows it"))
        assert [finding.code for finding in findings] == expected

    @pytest.mark.parametrize(("shown", "expected"), [("2", []), ("3", [("2", "3")]), ("", [])])
    def test_the_contents_name_the_page_of_a_title(self, shown: str, expected: list[tuple[str, str]]) -> None:
        entry = words("The title", reading=Reading.WITHIN, near=Near.COVER, leads_to="t", sequence="contents")
        title = words("The title", anchor="t")
        first = text("The title", 50, 250) + (text(f"... {shown}", 200, 250) if shown else "")
        findings = law([entry, title, words("What follows it")], first, lines("The title", "What follows it"))
        assert [finding.code for finding in findings] == ["E177"] * len(expected)
        numbers = [(dict(finding.values)["number"], dict(finding.values)["shown"]) for finding in findings]
        assert numbers == expected

    @pytest.mark.parametrize(
        ("head", "more", "expected"),
        [
            ("inthisissue", [], []),
            ("inthisissue", ["of very long words"], ["E181", "E181"]),
            ("another", [], ["E181"]),
        ],
    )
    def test_the_only_entry_of_the_contents_may_stand_on_the_first_page_too(
        self, head: str, more: list[str], expected: list[str]
    ) -> None:
        entry = words(
            "A title of very long words", reading=Reading.WITHIN, near=Near.COVER, sequence="contents"
        )
        first = lines("A title", "of very long words")
        contents = lines("In this issue", "1. A title", "of very long words", *more)
        findings = law([entry], first, contents, head=head)
        assert [finding.code for finding in findings if finding.code == "E181"] == expected

    @pytest.mark.parametrize(("copies", "expected"), [(2, []), (3, ["E181", "E181"])])
    def test_an_entry_of_the_first_page_may_have_the_name_of_another_one(
        self, copies: int, expected: list[str]
    ) -> None:
        """As where a section is called like its first article, and the first page lists sections alone."""
        name = "A title of very long words"
        entries = [
            words(name, reading=Reading.WITHIN, near=Near.COVER, sequence="contents", leads_to=title)
            for title in ("section", "article")
        ]
        contents = lines("In this issue", *[name] * copies)
        findings = law(entries, lines(name), contents, head="inthisissue")
        assert [finding.code for finding in findings if finding.code == "E181"] == expected


WIDTHS: Final = {
    "t": 2.8,
    "l": 2.2,
    "i": 2.2,
    "I": 2.8,
    "r": 3.3,
    "w": 7.2,
    "m": 8.3,
    " ": 2.8,
    "s": 5,
    "y": 5,
}
"""Of letters of Helvetica, of ten points; most have 5.6."""


def drawing(words: str, left: float = 150, baseline: float = 60) -> str:
    """Return what paints the words of a drawing, as the engine does: letter by letter."""
    painted = ""
    for letter in words:
        painted += text(letter, left, baseline) if letter != " " else ""
        left += WIDTHS.get(letter, 5.6)
    return painted


class TestDrawings:
    """What a map or a timeline says stands for no word of the text."""

    @pytest.mark.parametrize("words_of_drawing", ["Finland", "Then come others", "2024", "EU", "12", "100"])
    @pytest.mark.parametrize(
        "options", [{}, {"sequence": "", "near": Near.BESIDE}, {"reading": Reading.WITHIN}]
    )
    def test_a_word_that_is_lost_is_missed_though_a_drawing_says_it_too(
        self, words_of_drawing: str, options: dict[str, Any]
    ) -> None:
        blocks = [words(FIRST, 1), words(words_of_drawing, 2, **options)]
        sound = lines(FIRST, words_of_drawing) + drawing(words_of_drawing)
        assert [code for code, _ in told(law(blocks, sound)) if code != "E181"] == []
        assert "E180" in dict(told(law(blocks, lines(FIRST) + drawing(words_of_drawing))))

    def test_calls_of_notes_and_letters_of_other_faces_are_words_of_the_text(self) -> None:
        blocks = [words(f"Word{REFERENCE * 4} of N")]
        calls = "".join(text(str(each), 72 + 4 * each, 203, size=6) for each in (1, 2, 3, 4))
        assert law(blocks, text("Word", 50, 200) + calls + text("of", 110, 200) + text("N", 125, 200)) == []

    @pytest.mark.parametrize(("before", "behind"), [("Points", ""), ("", "and others")])
    def test_single_letters_within_a_text_are_words_of_it(self, before: str, behind: str) -> None:
        """As those of points of a law, each set in bold type."""
        blocks = [words(f"{before} abcd {behind}")]
        page = text(before, 50, 200) + drawing("abcd", 84, 200) + text(behind, 110, 200)
        assert law(blocks, page) == []

    @pytest.mark.parametrize("letters", ["a b", "1 2", "a"])
    def test_words_of_one_letter_that_stand_alone_are_words_of_a_text(self, letters: str) -> None:
        assert law([words(FIRST, 1), words(letters, 2)], lines(FIRST) + drawing(letters, 50, 200)) == []


class TestTables:
    @staticmethod
    def cells() -> list[Block]:
        table = [["Name", "Sum"], ["Alpha", "Many"], ["Beta", "Few"]]
        return [
            words(cell, row=f"t{row}", table="t", column=column)
            for row, cells in enumerate(table)
            for column, cell in enumerate(cells)
        ]

    def test_a_table_with_its_cells_in_their_places_is_sound(self) -> None:
        page = lines("Name", "Alpha", "Beta") + lines("Sum", "Many", "Few", left=150)
        painted = "".join(
            part
            for row in zip(page.split("ET ")[:3], page.split("ET ")[3:6], strict=True)
            for part in (f"{each}ET " for each in row)
        )
        assert law(self.cells(), painted) == []

    def test_a_cell_under_another_head_is_told(self) -> None:
        rows = [text("Name", 50, 250), text("Sum", 150, 250), text("Alpha", 150, 236), text("Many", 50, 236)]
        rows += [text("Beta", 50, 222), text("Few", 150, 222)]
        assert {finding.code for finding in law(self.cells(), "".join(rows))} >= {"E176"}

    def test_a_cell_beside_another_row_is_told(self) -> None:
        rows = [text("Name", 50, 250), text("Sum", 150, 250), text("Alpha", 50, 236), text("Many", 150, 180)]
        rows += [text("Beta", 50, 166), text("Few", 150, 166)]
        # Which of the two is out of its row cannot be known.
        (finding,) = told(law(self.cells(), "".join(rows)))
        assert finding in {("E187", "Alpha"), ("E187", "Many")}


class TestCode:
    CODE: Final = ("if it:", "  do it", "end it")

    @pytest.mark.parametrize(
        ("lefts", "expected"), [((50, 60, 50), []), ((50, 50, 50), ["do it"]), ((50, 60, 60), ["end it"])]
    )
    def test_lines_of_code_are_indented_as_they_are_written(
        self, lefts: tuple[int, int, int], expected: list[str]
    ) -> None:
        page = "".join(
            text(line.strip(), left, 250 - 14 * at)
            for at, (line, left) in enumerate(zip(self.CODE, lefts, strict=True))
        )
        findings = law([words("\n".join(self.CODE), lines=self.CODE)], page)
        assert [finding.code for finding in findings] == ["E175"] * len(expected)
        assert [
            dict(finding.values)["words"].startswith(line)
            for finding, line in zip(findings, expected, strict=True)
        ] == [True] * len(expected)

    def test_a_line_of_code_that_goes_on_in_the_line_before_is_told(self) -> None:
        page = text("if it: do it", 50, 250) + text("end it", 50, 236)
        assert [finding.code for finding in law([words("\n".join(self.CODE), lines=self.CODE)], page)] == [
            "E175"
        ]

    @pytest.mark.parametrize("lost", [None, 0, 2, 4])
    def test_lines_of_hyphens_alone_belong_to_code(self, lost: int | None) -> None:
        code = ("---", "title: x", "---", "text", "---")
        shown = [line for at, line in enumerate(code) if at != lost]
        findings = law([words("\n".join(code), lines=code), words(SECOND, 2)], lines(*shown, "", SECOND))
        assert [finding.code for finding in findings] == ["E180"] * (lost is not None)

    def test_empty_lines_of_code_are_counted(self) -> None:
        assert words("a", lines=("a", "", " ", "b", "", "c")).empty_lines == 2
        assert words("a", lines=("a", "---", "", "b")).empty_lines == 2
        assert words("a", lines=("a", "b")).empty_lines == 0
