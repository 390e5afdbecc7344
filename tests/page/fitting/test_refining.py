"""What follows from where pages fall: sides, fillers, whole sheets, and advice where nothing helped."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.desk.production.layout_findings import fitting_findings
from pipeline.models.publication import PageCount
from pipeline.models.text import Paragraph, Run
from pipeline.page.engine.page_boxes import PageFill
from pipeline.page.engine.page_measures import LayoutMeasures, RunExtent
from pipeline.page.engine.press import PrintedDocument
from pipeline.page.fitting.advice import advice
from pipeline.page.fitting.judging import Ruler
from pipeline.page.fitting.maker_up import Fitted
from pipeline.page.fitting.refining import House, refined, sided
from pipeline.page.makeup.fitting import UNFITTED, Fitting, rearranged
from pipeline.page.makeup.issue_makeup import issue_makeup
from pipeline.page.makeup.slots import PictureShape
from tests.page.makeup.issues_made_up import LANDSCAPE, article, issue_of, picture

if TYPE_CHECKING:
    from pipeline.models.issue import Issue

RULER = Ruler(10.0, 0.0, 510.0)
NO_HOUSE = House(PageCount.ANY, {})


def measures(runs: dict[str, tuple[int, int]], free: list[int]) -> LayoutMeasures:
    """Return measures of runs by their first and last pages, and of pages by their free lines."""
    extents = {
        name: RunExtent(first, 0.0, last, 510.0 - 10 * free[last - 1]) for name, (first, last) in runs.items()
    }
    return LayoutMeasures(tuple(PageFill(51 - each, each) for each in free), extents, {}, {}, {})


def words(name: str, count: int) -> Any:
    made = article(name, 10)
    text = Paragraph((Run("дума " * count, made.place._replace(line=9)),))
    return dataclasses.replace(made, body=(text,))


def two_articles() -> Issue:
    return issue_of((words("a.md", 400), words("b.md", 400)))


def test_an_opening_that_runs_to_the_edge_keeps_off_the_spine_of_a_left_page() -> None:
    opened = article("a.md", 3000, picture("p.jpg"))
    issue = issue_of((article("first.md", 1500),), (opened,))
    pictures = {"p.jpg": LANDSCAPE}
    makeup = issue_makeup(issue, pictures)
    assert sided(UNFITTED, makeup, {"1.1": 2, "2.1": 5}) == UNFITTED
    turned = sided(UNFITTED, makeup, {"1.1": 2, "2.1": 4})
    assert turned.off_spine == {"a.md"}
    slots = [made.slots for made in issue_makeup(issue, pictures, turned).articles if made.slots]
    assert [slot.name for each in slots for slot in each.values()] == ["text"]


def with_a_spread() -> tuple[Issue, dict[str, PictureShape]]:
    from pipeline.models.kinds.gallery import GalleryHead  # noqa: PLC0415 - here alone

    shots = [picture(f"{number}.jpg", number) for number in range(1, 8)]
    gallery = article("g.md", 100, *shots, head=GalleryHead(kind="gallery", title="Снимки"))
    pictures = {f"{number}.jpg": LANDSCAPE for number in range(2, 8)}
    pictures["1.jpg"] = PictureShape(1.0, 3000, is_photograph=True)
    return issue_of((words("a.md", 400), gallery)), pictures


@pytest.mark.parametrize(
    ("runs", "is_held"),
    [
        ({"1.1": (2, 3), "1.2": (4, 5)}, True),
        ({"1.1": (2, 2), "1.2": (4, 5)}, False),
        ({"1.1": (2, 3), "1.2": (4, 6)}, False),
    ],
)
def test_a_gallery_whose_head_the_field_of_its_spread_does_not_hold_stands_in_rows(
    runs: dict[str, tuple[int, int]], *, is_held: bool
) -> None:
    issue, pictures = with_a_spread()
    made = refined(UNFITTED, issue_makeup(issue, pictures), measures(runs, [0] * 6), NO_HOUSE, RULER)
    assert made.in_rows == (frozenset() if is_held else {"g.md"})


def test_a_gallery_fills_a_spread_only_where_its_two_pages_face_each_other() -> None:
    issue, pictures = with_a_spread()
    makeup = issue_makeup(issue, pictures)
    assert makeup.sections[0].runs[1].gallery.is_spread  # type: ignore[union-attr]
    assert sided(UNFITTED, makeup, {"1.1": 2, "1.2": 4}) == UNFITTED
    turned = sided(UNFITTED, makeup, {"1.1": 2, "1.2": 5})
    in_rows = issue_makeup(issue, pictures, turned).sections[0].runs[1].gallery
    assert in_rows is not None
    assert not in_rows.is_spread
    assert len(in_rows.placed) == 7


def with_fillers(issue: Issue) -> Issue:
    return dataclasses.replace(issue, fillers=(article("../low.md", 30), article("../high.md", 90)))


def test_the_highest_filler_that_fits_stands_at_the_foot_of_a_page_that_ends_early() -> None:
    issue = with_fillers(two_articles())
    house = House(PageCount.ANY, {"../low.md": 40.0, "../high.md": 90.0})
    pages = {"1.1": (1, 1), "1.2": (2, 2)}
    makeup = issue_makeup(rearranged(issue, UNFITTED), {})

    def placed(free: int) -> tuple[tuple[str, str], ...]:
        return refined(UNFITTED, makeup, measures(pages, [free, 0, 0]), house, RULER).fillers

    assert placed(12) == (("a.md", "../high.md"),)
    assert placed(8) == (("a.md", "../low.md"),)
    assert placed(5) == placed(3) == ()


def test_a_filler_is_used_once() -> None:
    issue = with_fillers(issue_of((words("a.md", 400), words("b.md", 400), words("c.md", 400))))
    house = House(PageCount.ANY, {"../high.md": 90.0})
    makeup = issue_makeup(rearranged(issue, UNFITTED), {})
    pages = measures({"1.1": (1, 1), "1.2": (2, 2), "1.3": (3, 3)}, [20, 20, 0, 0])
    assert refined(UNFITTED, makeup, pages, house, RULER).fillers == (("a.md", "../high.md"),)


def test_a_filler_that_went_to_the_next_page_is_taken_away_and_not_tried_again() -> None:
    issue = with_fillers(two_articles())
    house = House(PageCount.ANY, {"../low.md": 40.0})
    put = Fitting(fillers=(("a.md", "../low.md"),))
    makeup = issue_makeup(rearranged(issue, put), {}, put)
    stays = measures({"1.1": (1, 1), "1.1+": (1, 1), "1.2": (2, 2)}, [2, 0, 0])
    assert refined(put, makeup, stays, house, RULER) == put
    gone = measures({"1.1": (1, 1), "1.1+": (2, 2), "1.2": (2, 2)}, [8, 0, 0])
    without = refined(put, makeup, gone, house, RULER)
    assert not without.fillers
    assert without.unfit == {"../low.md"}
    makeup = issue_makeup(rearranged(issue, without), {}, without)
    assert (
        refined(without, makeup, measures({"1.1": (1, 1), "1.2": (2, 2)}, [8, 0, 0]), house, RULER) == without
    )


@pytest.mark.parametrize(("count", "alone", "notes"), [(7, 8, 0), (6, 7, 1), (5, 6, 2), (8, 8, 0), (9, 9, 3)])
def test_an_issue_comes_to_whole_sheets(count: int, alone: int, notes: int) -> None:
    """`alone`: how many pages there are where the colophon has one to itself."""
    house = House(PageCount.MULTIPLE_OF_4, {})
    makeup = issue_makeup(two_articles(), {})
    runs = {"1.1": (1, 1), "1.2": (2, 2)}
    fitting, pages = UNFITTED, count
    for _ in range(4):
        following = refined(fitting, makeup, measures(runs, [0] * pages), house, RULER)
        if following == fitting:
            break
        fitting, pages = following, alone + following.notes
    assert (pages % 4, fitting.notes) == (0, notes)
    assert refined(UNFITTED, makeup, measures(runs, [0] * count), NO_HOUSE, RULER) == UNFITTED


def fitted(issue: Issue, pages: LayoutMeasures, fitting: Fitting = UNFITTED) -> Fitted:
    printed = PrintedDocument(b"", pages.fills, (), measures=pages)
    return Fitted(fitting, printed, 0, tuple(advice(issue_makeup(issue, {}), pages)))


def test_a_page_that_could_not_be_filled_says_how_many_words_would_do_it() -> None:
    issue = two_articles()
    pages = measures({"1.1": (1, 1), "1.2": (2, 2)}, [8, 0, 0])
    (finding,) = fitting_findings(issue, fitted(issue, pages))
    assert (finding.code, finding.page) == ("W197", 1)
    assert (finding.place.path, finding.place.line) == ("a.md", 9)  # type: ignore[union-attr]
    values = dict(finding.values)
    assert values["lines"] == "8"
    assert 100 <= int(values["more"]) <= 220


def test_lines_too_many_say_how_many_words_less_would_save_their_page() -> None:
    issue = two_articles()
    pages = measures({"1.1": (1, 2), "1.2": (3, 3)}, [0, 47, 0, 0])
    (finding,) = fitting_findings(issue, fitted(issue, pages))
    assert (finding.code, finding.page) == ("W198", 2)
    values = dict(finding.values)
    assert values["lines"] == "4"
    assert 50 <= int(values["words"]) <= 110


def test_pages_for_notes_are_said() -> None:
    issue = two_articles()
    pages = measures({"1.1": (1, 1), "1.2": (2, 2)}, [0] * 8)
    (finding,) = fitting_findings(issue, fitted(issue, pages, Fitting(notes=2, back_cover=True)))
    assert finding.code == "W13"
    assert dict(finding.values) == {"over": "2", "blank": "2", "guess": "4", "more": "8"}
