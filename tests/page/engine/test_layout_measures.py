"""Each measure of the judge of layouts has two sides: what is beyond it is a fault, what is within none."""

from __future__ import annotations

from typing import Any, Final

import pytest

from pipeline.page.engine.drawn_boxes import Area, Drawn, DrawnPage, Line, Surroundings, Word
from pipeline.page.engine.layout_faults import FaultKind, layout_faults

MILLIMETRE: Final = 96 / 25.4
POINT: Final = 96 / 72
SIZE: Final = Area(0, 0, 210 * MILLIMETRE, 297 * MILLIMETRE)
COLUMN: Final = Area(100, 100, 600, 1000)
LEADING: Final = 14.0


def around(role: str = "text", article: str = "a", block: Any = None, **other: Any) -> Surroundings:
    return Surroundings(article, "", role, block, COLUMN, **other)


def line(
    text: str, top: float, *, right: float = 500, space: float = 4, inside: Surroundings | None = None
) -> Line:
    return Line(text, Area(100, top, 500, top + LEADING * POINT), right, space, inside or around())


def word(
    text: str, area: tuple[float, float, float, float], number: int, inside: Surroundings | None = None
) -> Word:
    return Word(text, Area(*area), number, inside or around())


def picture(area: tuple[float, float, float, float], inside: Surroundings | None = None) -> Drawn:
    return Drawn("мостът", Area(*area), inside or around("figure"))


def page(number: int = 1, **drawn: Any) -> DrawnPage:
    return DrawnPage(number, SIZE, **drawn)


def told(*pages: DrawnPage) -> list[tuple[FaultKind, int, str]]:
    return [(fault.kind, fault.page, fault.words) for fault in layout_faults(pages, LEADING)]


class TestOverlaps:
    @pytest.mark.parametrize(
        ("area", "lie_over"),
        [
            ((150, 105, 200, 115), True),
            ((150, 108.8, 200, 118.8), False),  # an eighth of the height
            ((150, 108.2, 200, 118.2), True),  # nearly a fifth
            ((150, 110, 200, 120), False),
            ((199.2, 105, 250, 115), False),  # less than a pixel across
            ((198.8, 105, 250, 115), True),
            ((200, 105, 250, 115), False),
            ((150, 109, 200, 113), True),  # a quarter of the lower of the two
        ],
    )
    def test_words_lie_over_one_another_beyond_their_bearings_and_descenders(
        self, area: tuple[float, float, float, float], *, lie_over: bool
    ) -> None:
        words = [word("долу", (100, 100, 200, 110), 1), word("горе", area, 2)]
        expected = [(FaultKind.TEXT_OVER_TEXT, 1, "горе")] if lie_over else []
        assert told(page(words=words)) == expected
        assert [kind for kind, _, _ in told(page(words=words[::-1]))] == [kind for kind, _, _ in expected]

    def test_words_of_one_line_may_touch(self) -> None:
        assert (
            told(page(words=[word("а", (100, 100, 200, 110), 1), word("б", (150, 100, 250, 110), 1)])) == []
        )

    def test_a_word_farther_down_is_compared_with_every_word_it_may_reach(self) -> None:
        words = [
            word("висок", (100, 100, 200, 180), 1),
            word("встрани", (300, 120, 400, 130), 2),
            word("върху него", (150, 150, 200, 160), 3),
        ]
        assert told(page(words=words)) == [(FaultKind.TEXT_OVER_TEXT, 1, "върху него")]

    @pytest.mark.parametrize(("left", "expected"), [(198, 1), (199.5, 0)])
    def test_a_word_over_a_picture_is_a_fault_unless_it_has_a_ground_of_its_own(
        self, left: float, expected: int
    ) -> None:
        shown = [picture((100, 100, 200, 200))]
        area = (left, 120, 260, 130)
        assert len(told(page(words=[word("дума", area, 1)], pictures=shown))) == expected
        on_panel = word("дума", area, 1, around(on_panel=True))
        assert told(page(words=[on_panel], pictures=shown)) == []


class TestEdges:
    @pytest.mark.parametrize(
        "area",
        [
            (-2, 100, 50, 110),
            (100, -2, 150, 8),
            (SIZE.right - 48, 100, SIZE.right + 2, 110),
            (100, SIZE.bottom - 8, 150, SIZE.bottom + 2),
        ],
    )
    def test_a_word_or_picture_over_any_edge_is_cut(self, area: tuple[float, float, float, float]) -> None:
        (fault,) = layout_faults([page(words=[word("дума", area, 1)])], LEADING)
        assert (fault.kind, fault.measure) == (FaultKind.CUT, 0.5)
        (fault,) = layout_faults([page(pictures=[picture(area)])], LEADING)
        assert (fault.kind, fault.measure) == (FaultKind.PICTURE_CUT, 0.5)
        meant = [picture(area, around("figure", bleeds=True)), picture(area, around("opening"))]
        assert told(page(pictures=meant)) == []

    def test_a_pixel_over_the_edge_is_none(self) -> None:
        area = (-0.9, -0.9, SIZE.right + 0.9, SIZE.bottom + 0.9)
        assert told(page(words=[word("дума", area, 1)])) == []
        assert told(page(pictures=[picture(area)])) == []

    @pytest.mark.parametrize(
        ("right", "expected"), [(601.9, []), (602.5, ["непресеклив"]), (604, ["непресеклив"])]
    )
    def test_a_line_wider_than_its_column_names_its_longest_word(
        self, right: float, expected: list[str]
    ) -> None:
        wide = line("с непресеклив отрязък", 100, right=right)
        faults = layout_faults([page(lines=[wide])], LEADING)
        assert [fault.words for fault in faults] == expected
        assert [(fault.kind, fault.measure) for fault in faults] == [
            (FaultKind.WIDE_RUN, round((right - 600) / MILLIMETRE, 1))
        ] * len(expected)
        in_margin = wide._replace(around=around("margin"))
        assert told(page(lines=[in_margin])) == []

    @pytest.mark.parametrize(("points", "expected"), [(11.9, []), (12, []), (12.1, [12.1])])
    def test_spaces_are_twelve_points_at_most(self, points: float, expected: list[float]) -> None:
        faults = layout_faults([page(lines=[line("две думи", 100, space=points * POINT)])], LEADING)
        assert [fault.kind for fault in faults] == [FaultKind.WIDE_SPACES] * len(expected)
        assert [fault.measure for fault in faults] == pytest.approx(expected)

    def test_places_are_in_millimetres_to_a_tenth(self) -> None:
        area = (-5 * MILLIMETRE, 10.04 * MILLIMETRE, 20.06 * MILLIMETRE, 15 * MILLIMETRE)
        (fault,) = layout_faults([page(words=[word("дума", area, 1)])], LEADING)
        assert fault.area == Area(-5.0, 10.0, 20.1, 15.0)
        assert fault.measure == 5.0


class TestHoles:
    @pytest.mark.parametrize(("empty", "expected"), [(3, []), (3.4, []), (3.6, [4]), (6, [6])])
    def test_three_empty_lines_are_the_most(self, empty: float, expected: list[int]) -> None:
        first = line("преди", 100)
        second = line("след", first.area.bottom + empty * LEADING * POINT)
        faults = layout_faults([page(flow=[first, second])], LEADING)
        assert [fault.measure for fault in faults] == expected
        assert [(fault.kind, fault.words, fault.other) for fault in faults] == [
            (FaultKind.HOLE, "след", "преди")
        ] * len(expected)

    def test_only_lines_of_one_article_leave_a_hole(self) -> None:
        first, second = line("преди", 100), line("след", 400, inside=around(article="b"))
        assert told(page(flow=[first, second])) == []
        assert told(page(flow=[line("преди", 100, inside=around(article="")), line("след", 400)])) == []

    @pytest.mark.parametrize("role", ["card", "beside"])
    def test_what_stands_beside_fills_no_hole_and_makes_none(self, role: str) -> None:
        beside = line("карта", 200, inside=around(role))
        assert told(page(flow=[line("преди", 100), beside, line("след", 130)])) == []
        assert [kind for kind, _, _ in told(page(flow=[line("преди", 100), beside, line("след", 400)]))] == [
            FaultKind.HOLE
        ]

    @pytest.mark.parametrize("role", ["cell", "strip"])
    def test_cells_and_strips_fill_the_column(self, role: str) -> None:
        rows = [line(f"ред {at}", 120 + 60 * at, inside=around(role)) for at in range(5)]
        assert told(page(flow=[line("преди", 100), *rows, line("след", 400)])) == []
        away = [line("преди", 100), *rows, line("след", 500)]
        assert told(page(flow=away)) == [(FaultKind.HOLE, 1, "след")]

    def test_a_picture_fills_the_column(self) -> None:
        flow = [line("преди", 100), picture((100, 120, 500, 390)), line("след", 400)]
        assert told(page(flow=flow)) == []


class TestParted:
    @pytest.mark.parametrize(
        ("following", "expected"),
        [
            (around(), [FaultKind.HEADING_PARTED]),
            (around(article="b"), []),
        ],
    )
    def test_a_heading_is_on_the_page_of_its_text(
        self, following: Surroundings, expected: list[FaultKind]
    ) -> None:
        heading = line("Глава", 900, inside=around("heading"))
        text = [line("първи ред", 100, inside=following), line("втори ред", 119, inside=following)]
        assert [kind for kind, _, _ in told(page(flow=[heading]), page(2, flow=text))] == expected
        assert (
            told(page(flow=[heading, *[each._replace(area=each.area._replace(top=910)) for each in text]]))
            == []
        )

    def test_a_heading_of_a_section_is_on_the_page_of_its_first_article(self) -> None:
        heading = line("Раздел", 900, inside=Surroundings("", "s", "heading", None, COLUMN))
        inside = Surroundings("a", "s", "text", None, COLUMN)
        elsewhere = Surroundings("a", "t", "text", None, COLUMN)
        found = told(page(flow=[heading]), page(2, flow=[line("ред", 100, inside=inside)]))
        assert found == [(FaultKind.HEADING_PARTED, 1, "Раздел")]
        assert told(page(flow=[heading]), page(2, flow=[line("ред", 100, inside=elsewhere)])) == []

    def test_a_caption_is_on_the_page_of_its_picture(self) -> None:
        shown, caption = picture((100, 700, 500, 990)), line("надпис", 100, inside=around("caption"))
        assert told(page(flow=[shown]), page(2, flow=[caption])) == [(FaultKind.CAPTION_PARTED, 2, "надпис")]
        assert told(page(flow=[shown, caption._replace(area=Area(100, 991, 500, 999))])) == []
        assert told(page(flow=[shown]), page(2, flow=[line("ред", 100)])) == []

    def test_a_card_on_a_later_page_repeats_the_name_of_its_article(self) -> None:
        heading, card = line("Глава", 100, inside=around("heading")), line("факт", 100, inside=around("card"))
        text = line("ред", 119)
        assert told(page(flow=[heading, text]), page(2, flow=[card])) == [(FaultKind.CARD_PARTED, 2, "факт")]
        assert told(page(flow=[heading, text]), page(2, flow=[card], named_cards={"a"})) == []
        assert told(page(flow=[heading, card, text])) == []
        # A card that goes on needs no name again.
        assert told(page(flow=[heading, card, text]), page(2, flow=[card])) == []

    @pytest.mark.parametrize(
        ("first", "last", "expected"),
        [
            (1, 2, [(FaultKind.LONE_LINE, 1, "ред 0")]),
            (2, 1, [(FaultKind.LONE_LINE, 2, "ред 2")]),
            (2, 2, []),
            (1, 1, [(FaultKind.LONE_LINE, 1, "ред 0"), (FaultKind.LONE_LINE, 2, "ред 1")]),
            (1, 0, []),
        ],
    )
    def test_no_line_of_a_paragraph_stands_alone_on_a_page(
        self, first: int, last: int, expected: list[tuple[FaultKind, int, str]]
    ) -> None:
        inside = around(block=object())
        lines = [line(f"ред {at}", 100 + 19 * at, inside=inside) for at in range(first + last)]
        pages = [page(flow=lines[:first]), page(2, flow=lines[first:])]
        assert told(*pages) == expected
        in_card = around("card", block=object())
        assert (
            told(
                *[
                    page(each.number, flow=[one._replace(around=in_card) for one in each.flow])
                    for each in pages
                ]
            )
            == []
        )
