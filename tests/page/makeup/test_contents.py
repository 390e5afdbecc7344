"""A page of contents without photographs gives each title a line, in one column or two, if it has room."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pipeline.page.makeup.issue_makeup import issue_makeup
from pipeline.pdf.text import page_lines
from tests.page.makeup.issues_made_up import LANDSCAPE, article, issue_of, picture
from tests.support.whole_issues.workspaces import PUBLICATION, built, errors_in, workspace

if TYPE_CHECKING:
    from pathlib import Path

MADE_UP = PUBLICATION.replace("{name: knowledge-city, version: 1}", "{name: bulletin, version: 1}")


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


def test_photographs_leave_the_contents_the_room_that_a_greeting_and_long_titles_of_sections_take() -> None:
    names = [f"{number}.jpg" for number in range(4)]
    pictured = tuple(article(f"{name}.md", 1600, picture(name, 9)) for name in names)
    issue = issue_of(*(pictured,) * 6)
    shown = issue_makeup(issue, dict.fromkeys(names, LANDSCAPE)).strip
    greeted = replace(issue, greeting="Здравейте, приятели! " * 16)
    long = tuple(replace(each, title="Новини от нашите членове и партньори " * 2) for each in issue.sections)
    for fuller in (greeted, replace(issue, sections=long)):
        lower = issue_makeup(fuller, dict.fromkeys(names, LANDSCAPE)).strip
        assert lower[0][1].height < shown[0][1].height
    both = replace(issue, greeting="Здравейте, приятели! " * 40, sections=long)
    assert issue_makeup(both, dict.fromkeys(names, LANDSCAPE)).strip == ()


def test_a_photograph_of_which_too_little_would_be_seen_is_none_of_those_above_the_contents() -> None:
    names = [f"{number}.jpg" for number in range(4)]
    pictured = tuple(article(f"{name}.md", 1600, picture(name, 9)) for name in names)
    shapes = dict.fromkeys(names, LANDSCAPE) | {"0.jpg": LANDSCAPE._replace(proportion=5, pixels=12000)}
    strip = issue_makeup(issue_of(pictured, pictured), shapes).strip
    assert [shown.source for shown, _ in strip] == ["1.jpg", "2.jpg", "3.jpg"]


def long_contents(root: Path, *, cover: str = "", files: dict[str, bytes] | None = None) -> list[str]:
    """Build an issue of twelve sections with long titles, and return its lines with their left edges."""
    articles = {
        f"{number}-{each}.md": f"---\ntitle: Заглавие {number}-{each} {'на съобщение ' * 5}\n---\nТекст.\n"
        for number in range(12)
        for each in range(4)
    }
    plan = "".join(
        f"  - title: Раздел {number} с дълго заглавие, за което един ред не стига\n"
        f"    articles: [{', '.join(f'{number}-{each}.md' for each in range(4))}]\n"
        for number in range(12)
    )
    issue = f"greeting: {'Здравейте, приятели на бюлетина! ' * 9}\n{cover}sections:\n{plan}"
    made = built(
        workspace(root / "w", articles, files, issue=issue, publication=MADE_UP), root / "out", "screen"
    )
    assert errors_in(made.findings) == []
    (pdf,) = (path for name, path in made.files.items() if name.endswith(".pdf"))
    lines = [line for page in list(page_lines(pdf.read_bytes()))[1:3] for line in page]
    return [f"{line.left:.0f} {line.text.strip()}" for line in lines]


def test_contents_that_no_page_holds_go_on_on_the_next_one(tmp_path: Path) -> None:
    lines = long_contents(tmp_path)
    first = [line.split(" ", 1)[0] for line in lines if "В този брой" in line or "Раздел 0 с" in line]
    assert len(first) == 2
    assert first[0] == first[1], "the entries stand at the left edge of the page"


def test_the_imprint_stands_at_the_foot_of_contents_that_go_on(tmp_path: Path) -> None:
    target = io.BytesIO()
    Image.linear_gradient("L").resize((2400, 1600)).save(target, "JPEG")
    cover = "cover: {picture: cover.jpg, alternative: Небе, credit: архив}\n"
    lines = long_contents(tmp_path, cover=cover, files={"cover.jpg": target.getvalue()})
    assert sum("www.example.org" in line for line in lines) == 1


def test_contents_of_one_long_section_begin_below_their_head(tmp_path: Path) -> None:
    title = "за събранието на членовете в голямата зала"
    articles = {
        f"{each}.md": f"---\nkind: notice\ntitle: Съобщение {each} {title}\n---\nТекст.\n"
        for each in range(60)
    }
    made = built(workspace(tmp_path / "w", articles, publication=MADE_UP), tmp_path / "out", "screen")
    assert errors_in(made.findings) == []
    (pdf,) = (path for name, path in made.files.items() if name.endswith(".pdf"))
    second = [line.text for line in list(page_lines(pdf.read_bytes()))[1]]
    assert any("В този брой" in line for line in second)
    assert sum("Съобщение" in line for line in second) > 20


def test_photographs_fill_a_page_of_contents_without_an_imprint_too(tmp_path: Path) -> None:
    target = io.BytesIO()
    Image.linear_gradient("L").resize((2400, 1600)).save(target, "JPEG")
    files = {f"{number}.jpg": target.getvalue() + bytes(number) for number in range(4)}
    shown = {number: f'\n![Небе]({number}.jpg){{credit="архив"}}\n' for number in range(4)}
    articles = {
        f"{number}.md": f"---\ntitle: Заглавие {number}\n---\n{'Текст. ' * 180}\n{shown.get(number, '')}"
        for number in range(7)
    }
    plan = "".join(f"  - title: Раздел {number}\n    articles: [{number}.md]\n" for number in range(7))
    issue = workspace(tmp_path / "w", articles, files, issue=f"sections:\n{plan}", publication=MADE_UP)
    made = built(issue, tmp_path / "out", "screen")
    assert errors_in(made.findings) == []
    (pdf,) = (path for name, path in made.files.items() if name.endswith(".pdf"))
    entries = [line for line in list(page_lines(pdf.read_bytes()))[1] if "Заглавие" in line.text]
    assert len(entries) == 7
    assert min(line.baseline for line in entries) < 150, "points from the foot of the page"
