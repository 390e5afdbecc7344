"""The closing parts, from the facts of an issue; parts without facts are left out."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.files.workspace import find_workspace
from pipeline.models.editions import SCREEN
from pipeline.page.closing import Closing, closing_parts
from pipeline.reading.issue_reader import read_issue
from tests.support.figure_specimens import HOSTILE, STYLE, elements, parsed
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pipeline.models.issue import Issue

DATE: Final = "issues/2023-12-20"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "workspace"))


def articles(root: Path, *heads: str) -> Issue:
    """Write an issue of articles with these heads into the workspace, and read it."""
    names = []
    for number, head in enumerate(heads, 1):
        names.append(f"article-{number}.md")
        (root / DATE / names[-1]).write_text(f"---\n{head}\n---\nТекстът на статията.\n", "utf-8")
    plan = root / DATE / "issue.yaml"
    first = plan.read_text("utf-8").split("cover:")[0]
    plan.write_text(f"{first}sections:\n  - title: Проекти\n    articles: [{', '.join(names)}]\n", "utf-8")
    workspace = find_workspace(root)
    reading = read_issue(workspace.choose_issue(), workspace)
    assert reading.issue is not None, reading.findings
    return reading.issue


def closed(root: Path, *heads: str) -> Closing:
    return closing_parts(articles(root, *heads), STYLE, SCREEN)


def project(title: str, *facts: str) -> str:
    quoted = title.replace("'", "''")
    return "\n".join(["kind: project", f"title: '{quoted}'", "funder: eu", *facts])


def event(title: str, start: str, place: str = "София") -> str:
    return f"kind: event\ntitle: {title}\nstart: {start}\nplace: {place}"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_an_issue_without_facts_closes_with_nothing(root: Path) -> None:
    assert closed(root, "title: Кулата") == Closing((), (), (), ())


def test_one_project_is_compared_with_nothing(root: Path) -> None:
    facts = ("budget: {total: 100 EUR}", "period: {end: 2024}", "partners: {countries: [BG]}")
    assert closed(root, project("Мостове", *facts)) == Closing((), (), (), ())


def test_budgets_stand_in_a_table_that_adds_up(root: Path) -> None:
    found = closed(
        root,
        project("Мостове", "budget: {total: 294500 EUR, share: 42500 EUR}"),
        project("Пътища", "budget: {total: 5500 EUR}"),
        project("Без бюджет"),
    )
    (table,) = found.budgets
    assert table.title == "Бюджети"
    assert [row.title for row in table.rows] == ["Мостове", "Пътища", "Общо"]
    assert [plain(row.total) for row in table.rows] == ["294,5 хил. евро", "5 500 евро", "300 хил. евро"]
    assert [plain(row.share) for row in table.rows] == ["42,5 хил. евро", "–", "42,5 хил. евро"]
    assert len(table.header) == 3


def test_bars_are_boxes_of_the_same_lengths_as_the_numbers(root: Path) -> None:
    (table,) = closed(
        root,
        project("А", "budget: {total: 200 EUR, share: 50 EUR}"),
        project("Б", "budget: {total: 100 EUR}"),
    ).budgets
    lengths = [[float(part) for part in re.findall(r"width:([\d.]+)%", row.bar)] for row in table.rows]
    assert lengths == [[100, 25], [50], []]
    assert not any("cut" in row.bar for row in table.rows)


def test_a_far_larger_bar_is_cut(root: Path) -> None:
    (table,) = closed(
        root,
        project("А", "budget: {total: 4960000 EUR}"),
        project("Б", "budget: {total: 300000 EUR}"),
        project("В", "budget: {total: 200000 EUR}"),
    ).budgets
    assert ["cut" in row.bar for row in table.rows] == [True, False, False, False]


def test_two_currencies_are_never_added_or_compared(root: Path) -> None:
    found = closed(
        root,
        project("А", "budget: {total: 200 EUR}"),
        project("Б", "budget: {total: 100 USD}"),
        project("В", "budget: {total: 100 EUR}"),
        project("Г", "budget: {total: 300 USD}"),
    )
    assert [[row.title for row in table.rows] for table in found.budgets] == [
        ["А", "В", "Общо"],
        ["Б", "Г", "Общо"],
    ]
    first, second = found.budgets
    assert first.title != second.title
    assert "EUR" in first.title
    assert "USD" in second.title


def test_two_periods_make_a_timeline_and_two_countries_a_map(root: Path) -> None:
    found = closed(
        root,
        project("А", "period: {end: 2024}", "partners: {countries: [BG]}"),
        project("Б", "period: {start: 2023}", "partners: {countries: [ES]}"),
    )
    assert [part.title for part in found.drawn] == ["Срокове", "Държави партньори"]
    timeline, partners = (parsed(str(part.svg)) for part in found.drawn)
    assert {"А", "Б"} <= {node.text for node in elements(timeline, "text")}
    assert {"България", "Испания"} == {node.text for node in elements(partners, "text")}


def test_one_country_of_many_projects_needs_no_map(root: Path) -> None:
    facts = "partners: {organisations: 3, countries: [BG]}"
    assert closed(root, project("А", facts), project("Б", facts)).drawn == ()


def test_events_stand_in_the_order_of_their_days(root: Path) -> None:
    found = closed(
        root,
        event("Трето", "2024-03-01 10:00"),
        event("Второ", "2024-02-29 18:30"),
        event("Първо", "2024-02-29"),
        event("Преди второ", "2024-02-29 09:00"),
    )
    assert [article.head.title for article in found.calendar] == ["Първо", "Преди второ", "Второ", "Трето"]


def test_the_contents_name_each_closing_part(root: Path) -> None:
    found = closed(
        root,
        event("Среща", "2024-03-01"),
        project("А", "budget: {total: 2 EUR}", "period: {end: 2024}"),
        project("Б", "budget: {total: 1 EUR}", "period: {end: 2025}"),
    )
    assert [(entry.anchor, entry.within) for entry in found.entries] == [
        ("calendar", "Среща"),
        ("at-a-glance", "Бюджети · Срокове"),
    ]


@pytest.mark.parametrize("title", [title for title in HOSTILE if title.isprintable()][:3])
def test_no_title_becomes_markup_in_a_drawing(root: Path, title: str) -> None:
    heads = [project(title.strip(), "period: {end: 2024}"), project("Б", "period: {end: 2025}")]
    (part,) = closed(root, *heads).drawn
    assert {node.tag.split("}")[1] for node in parsed(str(part.svg)).iter()} <= {
        *("svg", "title", "desc", "path", "text")
    }
