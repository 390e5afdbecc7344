"""A page of contents without photographs gives each title a line, in one column or two, if it has room."""

from __future__ import annotations

import pytest

from pipeline.page.makeup.issue_makeup import issue_makeup
from tests.page.makeup.issues_made_up import LANDSCAPE, article, issue_of, picture


@pytest.mark.parametrize(
    ("sections", "titles", "beside", "below"),
    [(6, 5, True, False), (8, 5, False, True), (6, 9, False, True), (7, 20, False, False)],
)
def test_each_title_has_a_line_beside_its_section_or_below_it(
    sections: int, titles: int, *, beside: bool, below: bool
) -> None:
    issue = issue_of(
        *(tuple(article(f"{at}-{each}.md", 900) for each in range(titles)) for at in range(sections))
    )
    makeup = issue_makeup(issue, {})
    assert (makeup.lists_titles, makeup.columns_of_titles) == (beside, below)


def test_titles_stay_below_photographs() -> None:
    names = [f"{number}.jpg" for number in range(4)]
    pictured = tuple(article(f"{name}.md", 1600, picture(name, 9)) for name in names)
    makeup = issue_makeup(issue_of(pictured, pictured, pictured), dict.fromkeys(names, LANDSCAPE))
    assert len(makeup.strip) == 3
    assert not makeup.lists_titles
    assert not makeup.columns_of_titles
