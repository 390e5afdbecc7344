"""Drawings are printed in inks: the style's colours in its own, others by the profile of the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from pipeline.desk.production.checked_issue import check_issue
from pipeline.desk.production.printed_pictures import paper_findings
from tests.support.whole_issues.workspaces import PUBLICATION, workspace

if TYPE_CHECKING:
    from pathlib import Path

RED: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">'
    b'<rect width="60" height="40" fill="#C81E1E"/></svg>'
)
ARTICLE: Final = (
    '---\nkind: {kind}\ntitle: А\n{fields}---\nДума.\n\n![Графика](images/a.svg){{credit="Автор"}}\n'
)
MADE_UP: Final = PUBLICATION.replace("name: knowledge-city", "name: bulletin")


def refused(
    root: Path, publication: str, *, fields: str = "", kind: str = "article"
) -> list[tuple[str, str]]:
    """Return which drawings paper cannot take, and why."""
    files = {"images/a.svg": RED, "../logos/fund.svg": RED}
    text = ARTICLE.format(kind=kind, fields=fields)
    within = workspace(root, {"a.md": text}, files, publication=publication)
    valid = check_issue(within.choose_issue(), within).valid()
    return [(each.code, dict(each.values)["name"]) for each in paper_findings(valid) if each.code != "W12"]


@pytest.mark.parametrize(
    ("publication", "expected"), [(PUBLICATION, [("E66", "images/a.svg")]), (MADE_UP, [])]
)
def test_a_drawing_may_have_colours_of_its_own_in_styles_that_take_an_identity(
    tmp_path: Path, publication: str, expected: list[tuple[str, str]]
) -> None:
    assert refused(tmp_path, publication) == expected


def test_the_inks_of_a_funders_mark_are_never_guessed(tmp_path: Path) -> None:
    fund = "  - {key: fund, name: Фонд, logo: logos/fund.svg, statement: С подкрепата на фонда}\n"
    project = {"fields": "programme: Хоризонт\nfunder: fund\n", "kind": "project"}
    assert refused(tmp_path, MADE_UP + fund, **project) == [("E66", "logos/fund.svg")]
