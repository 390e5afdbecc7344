"""The first page: publisher and title lie over nothing, and a photograph has a field that suits it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.page.makeup.covers import Cover, cover_of
from pipeline.page.makeup.slots import PictureShape
from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from tests.page.makeup.issues_made_up import article, issue_of, picture
from tests.support.whole_issues.workspaces import PUBLICATION, built, errors_in, photograph, workspace

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.pdf.law.drawn.drawn_text import Fragment

SHORT: Final = ("Читалищен вестник", "Народно читалище „Пробуда – 1871“")
MANY_LINES: Final = (
    "Бюлетин на Националното сдружение на общините за културно наследство и развитие на туризма",
    "Национално сдружение на общините за културно наследство, занаятите и селския туризъм край река Дунав",
)
LONG_NAME: Final = ("Зелена светлина", MANY_LINES[1])

PHOTOGRAPHS: Final = {"full": (2000, 2900), "photo": (2600, 1800)}

HALF, LARGE = 480.0, 15.0

FEET: Final = {"full": 842 - 57.5 * 2.835, "photo": 842 - 64 * 2.835, "type": 842 - 106 * 2.835}
"""What stands below the masthead, in points from the foot of the page."""

ASCENT, DESCENT = 0.7, 0.22
"""Of letters, in sizes of their type, at most."""


COVER: Final = "cover: {picture: images/cover.jpg, alternative: Лице, credit: Иво Радев}\n"

SHEET_WIDTH = 216.0
FOOT = 158.0
FEWEST = 150
"""Millimetres from edge to edge with the bleed, and to the foot of the field; pixels an inch on paper."""


def lines_of_cover(
    root: Path, title: str, publisher: str, cover: str
) -> tuple[list[Fragment], list[Fragment]]:
    """Build an issue without errors, and return the lines of the publisher's name and of the title."""
    publication = PUBLICATION.replace("knowledge-city", "bulletin") + "identity: {type: sofia-vollkorn}\n"
    publication = publication.replace("title: Бюлетин", f"title: {title}")
    publication = publication.replace("  name: Клъстер", f"  name: {publisher}")
    made = workspace(
        root / "w",
        {"a.md": "---\ntitle: Увод\n---\nНещо.\n"},
        {"images/cover.jpg": photograph(*PHOTOGRAPHS[cover])} if cover in PHOTOGRAPHS else {},
        issue=COVER if cover in PHOTOGRAPHS else "",
        publication=publication,
    )
    result = built(made, root / "out", "screen")
    assert errors_in(result.findings) == []
    (pdf,) = (path for name, path in result.files.items() if name.endswith(".pdf"))
    with opened_pages(pdf.read_bytes()) as pages:
        upper = [each for each in pages[0].fragments if each.baseline > HALF]
    lines = sorted(upper, key=lambda each: -each.baseline)
    small = [each for each in lines if each.size < LARGE and not each.text.startswith("Брой")]
    return small, [each for each in lines if each.size >= LARGE and each.text.strip() != "Опит"]


@pytest.mark.parametrize("cover", ["full", "photo", "type"])
@pytest.mark.parametrize("words", [SHORT, MANY_LINES, LONG_NAME])
def test_title_and_publisher_lie_over_nothing(tmp_path: Path, words: tuple[str, str], cover: str) -> None:
    publisher, title = lines_of_cover(tmp_path, *words, cover)
    lowest = publisher[-1].baseline - DESCENT * publisher[-1].size
    assert title[0].baseline + ASCENT * title[0].size < lowest
    assert title[-1].baseline - DESCENT * title[-1].size > FEET[cover]


@pytest.mark.parametrize(("proportion", "pixels"), [(2.5, 2000), (3.33, 3000), (4.0, 2600)])
def test_a_panorama_lies_across_the_cover_and_keeps_most_of_its_width(proportion: float, pixels: int) -> None:
    issue = replace(issue_of((article("a", 500),)), cover=picture("cover.jpg"))
    shape = PictureShape(proportion, pixels, is_photograph=True)
    plan = cover_of(issue, {"cover.jpg": shape}, 1)
    assert plan.slot is not None
    assert (plan.cover, plan.slot.width) == (Cover.PHOTO, SHEET_WIDTH)
    assert plan.slot.set_width <= 1.51 * SHEET_WIDTH
    assert pixels / (plan.slot.set_width / 25.4) >= FEWEST - 1
    assert plan.lower + plan.slot.height == pytest.approx(FOOT)


def test_a_photograph_that_fills_the_field_begins_below_the_band() -> None:
    issue = replace(issue_of((article("a", 500),)), cover=picture("cover.jpg"))
    plan = cover_of(issue, {"cover.jpg": PictureShape(1.5, 2600, is_photograph=True)}, 1)
    assert plan.slot is not None
    assert (plan.slot.height, plan.lower) == (FOOT, 0)
