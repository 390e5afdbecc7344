"""A word wider than its line is divided by the rules of its language, else broken: it lies over nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from pipeline.page.break_opportunities import is_identifier
from pipeline.pdf.text import page_lines
from tests.support.whole_issues.workspaces import PUBLICATION, built, errors_in, workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MADE_UP: Final = PUBLICATION.replace("{name: knowledge-city, version: 1}", "{name: bulletin, version: 1}")

LONG: Final = "Високотехнологичното"
"""Wider than the 41 mm of an event's title."""

KEY: Final = "щ" * 80
"""A word without syllables."""

EVENT: Final = "---\nkind: event\ntitle: {title}\nstart: 2024-06-{day} 10:00\nplace: {place}\n---\nТекст.\n"


def lines_of(root: Path, articles: Mapping[str, str], issue: str = "", style: str = "bulletin") -> list[str]:
    """Build an issue without errors, and return the lines of its pages."""
    publication = MADE_UP.replace("{name: bulletin", f"{{name: {style}")
    made = built(
        workspace(root / "w", articles, issue=issue, publication=publication), root / "out", "screen"
    )
    assert errors_in(made.findings) == []
    (pdf,) = (path for name, path in made.files.items() if name.endswith(".pdf"))
    return [line.text.strip() for page in page_lines(pdf.read_bytes()) for line in page]


def test_a_word_of_a_head_too_wide_for_its_line_ends_it_with_a_hyphen_and_no_other_word_does(
    tmp_path: Path,
) -> None:
    events = {
        f"{day}.md": EVENT.format(title=f"{LONG} предприемачество", day=day, place="София")
        for day in ("05", "06")
    }
    lines = lines_of(tmp_path, {"a.md": "---\ntitle: Увод\n---\nНещо.\n", **events})
    divided = [line for line in lines if line.endswith(("-", "\u2010", "\x02"))]
    assert len(divided) == len(events)
    assert all(LONG.startswith(line.rstrip("-\u2010\x02")) for line in divided)
    assert lines.count("предприемачество") >= len(events)


def test_a_publication_with_a_title_of_many_lines_is_printed(tmp_path: Path) -> None:
    title = f"Вести {'fbee642ff38997afb930' * 9}"
    publication = MADE_UP.replace("title: Бюлетин", f"title: {title}")
    issue = workspace(tmp_path / "w", {"a.md": "---\ntitle: Увод\n---\nНещо.\n"}, publication=publication)
    assert errors_in(built(issue, tmp_path / "out", "screen").findings) == []


def test_a_word_without_syllables_is_printed_wherever_it_stands(tmp_path: Path) -> None:
    head = f"title: За {KEY}\nstandfirst: Това е {KEY}\nauthor: Ана {KEY}\n"
    partners = "".join(f"  - name: Съюз {KEY}\n    country: BG\n" for _ in range(4))
    articles = {
        "a.md": f"---\n{head}---\nТекст с {KEY} в него.\n\n## Глава {KEY}\n\n> Казано е {KEY}.\n",
        "b.md": f"---\nkind: notice\n{head}---\nТекст с {KEY} в него.\n",
        "c.md": EVENT.format(title=f"Среща {KEY}", day="05", place=f"зала {KEY}"),
        "d.md": f"---\nkind: partners\ntitle: Съюзници\norganisations:\n{partners}---\nТекст.\n",
    }
    issue = f"greeting: Здравейте, {KEY}!\n"
    lines = lines_of(tmp_path, articles, issue)
    # With running heads and contents, each is said once at least.
    assert "".join(lines).count("щ") >= 17 * len(KEY)


@pytest.mark.parametrize(
    "marked",
    [
        "в **{key}** и",
        "(„*{key}*“) и",
        "([{key}](https://example.org/)) и",
        "дума**{key}** и",
        "**{key}**{key} и",
        "15 **{key}**, *{key}*, **{key}**{key}",
    ],
)
@pytest.mark.parametrize("style", ["bulletin", "knowledge-city"])
def test_a_marked_word_that_nothing_parts_from_the_text_before_it_is_broken_in_its_line(
    tmp_path: Path, marked: str, style: str
) -> None:
    text = marked.format(key=KEY)
    articles = {"a.md": f"---\ntitle: Увод\n---\nТекст {text} край.\n\n- И {text} край.\n"}
    lines_of(tmp_path, articles, style=style)


@pytest.mark.parametrize("cell", ["Текст **{key}**{key}", "(*{key}*)", "в „*{key}*“"])
def test_a_marked_word_behind_another_one_makes_no_table_too_wide(tmp_path: Path, cell: str) -> None:
    table = f"| а | б |\n|---|---|\n| {cell.format(key=KEY)} | в |\n"
    lines_of(tmp_path, {"a.md": f"---\ntitle: Увод\n---\nТекст.\n\n{table}"}, style="knowledge-city")


def test_a_line_that_is_not_too_wide_breaks_no_word_for_one_that_is(tmp_path: Path) -> None:
    lines = lines_of(
        tmp_path,
        {"a.md": f"---\ntitle: Увод\n---\nТова е обикновено изречение преди в **{KEY}** и след него.\n"},
    )
    words = [word for line in lines for word in line.split() if "щ" not in word]
    assert {"обикновено", "изречение", "преди", "след", "него."} <= {*words}


@pytest.mark.parametrize("word", ["({})", "„{}“", "[{}]…", "({}),", "({}-{})"])
def test_a_long_word_in_brackets_or_quotation_marks_is_a_word_and_no_identifier(word: str) -> None:
    long = "непротивоконституционствувателствувайте"
    assert not is_identifier(word.format(long, long))
    assert is_identifier(word.format(f"{long}7", long))
