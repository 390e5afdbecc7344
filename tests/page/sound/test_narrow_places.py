"""In narrow places no figure is parted and nothing lies over its neighbour."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pipeline.models.kinds.organisation import Organisation
from pipeline.models.kinds.partners import PartnersHead
from pipeline.models.values.facts import PartialDate, Period
from pipeline.page.fact_values import fact_markup
from pipeline.page.layout_rules import words_kept
from pipeline.page.makeup.issue_makeup import issue_makeup
from pipeline.page.makeup.slots import PictureShape
from pipeline.pdf.text import page_lines
from tests.page.makeup.issues_made_up import article, issue_of
from tests.support.whole_issues.workspaces import PUBLICATION, built, errors_in, workspace

if TYPE_CHECKING:
    from pathlib import Path

MADE_UP = PUBLICATION.replace("{name: knowledge-city, version: 1}", "{name: bulletin, version: 1}")
TABLE = """
| Приход | 2025 | 2026 |
|:--|--:|--:|
| Проекти и програми на Европейския съюз | 26443 | 1943 |
| Всичко | 62521 | 20327 |
"""


def lines_of(root: Path, text: str, publication: str = MADE_UP) -> list[str]:
    """Build an issue of one article without errors, and return its lines."""
    articles = {"a.md": text, "b.md": text}
    made = built(workspace(root / "w", articles, publication=publication), root / "out", "screen")
    assert errors_in(made.findings) == []
    (pdf,) = (path for name, path in made.files.items() if name.endswith(".pdf"))
    return [line.text.strip() for page in page_lines(pdf.read_bytes()) for line in page]


@pytest.mark.parametrize("kind", ["kind: notice", "kind: event\nstart: 2024-06-05\nplace: София"])
def test_no_number_of_a_table_in_a_narrow_column_is_parted(tmp_path: Path, kind: str) -> None:
    lines = lines_of(tmp_path, f"---\n{kind}\ntitle: Сметка\n---\nТекст.\n{TABLE}")
    shown = " ".join(lines).split()
    for number in ("2025", "2026", "26443", "62521", "20327"):
        assert shown.count(number) >= 2, number


def test_initials_in_a_table_of_an_english_issue_are_words_of_it(tmp_path: Path) -> None:
    table = "| Day | Who |\n|--|--|\n| 1 | Г. П. |\n| 2 | Г. П. К. |\n"
    text = f"---\ntitle: Winners\nauthor: Г. П.\n---\nSome words.\n\n{table}"
    lines_of(tmp_path, text, MADE_UP.replace("languages: [bg]", "languages: [en]"))


@pytest.mark.parametrize(("count", "room"), [(3, 54), (8, 39), (14, 24)])
def test_a_wide_logo_is_no_wider_than_the_place_of_its_partner(count: int, room: float) -> None:
    organisations = tuple(Organisation(name=f"Съюз {at}", logo=f"{at}.svg") for at in range(count))
    head = PartnersHead(kind="partners", title="Съюзници", organisations=organisations)
    shapes = {f"{at}.svg": PictureShape(15, 0, is_photograph=False) for at in range(count)}
    (made,) = issue_makeup(issue_of((article("a.md", 10, head=head),)), shapes).articles
    assert max(slot.width for slot in made.slots.values()) < room


@pytest.mark.parametrize(
    ("end", "kept"), [((2027, 1, None), "януари\xa02027"), ((2027, 2, 28), "28\xa0февруари 2027")]
)
def test_a_year_stands_beside_its_month_where_the_narrowest_column_holds_both(
    end: tuple[int, int, int | None], kept: str
) -> None:
    year, month, day = end
    period = Period(end=PartialDate(year=year, month=month, day=day))
    with words_kept(kept=True):
        shown = re.sub("<[^>]+>", "", fact_markup(period, "bg", "Съюз"))
    assert kept in shown
