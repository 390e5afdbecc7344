"""The tags of a finished PDF, read back: standard types, in the author's order."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from tests.golden import ISSUES
from tests.standards.verapdf import java_is_there, judged
from tests.support.paths import GOLDEN as KEPT
from tests.support.paths import GOOD
from tests.support.tag_outline import outline, untagged

if TYPE_CHECKING:
    from pathlib import Path

_ROWS = "\n".join(
    f"| Ред {number} | {number} | Текст на ред {number}, който се чете |" for number in range(1, 71)
)
_ARTICLE = f"""---
title: Всичко наведнъж
---
Първи абзац с бележка[^a], с *наклонен*, **получер** и `код`, и с думи на английски: Smart City Expo.
Същата бележка[^a] се вика и тук.

> Цитат от някого.

- едно
- две
  - вложено първо
  - вложено второ
- три

1. първо
2. второ

| Име | Брой | Бележка |
|---|---|---|
{_ROWS}

Последен абзац с [препратка](https://example.org/).

[^a]: Текстът на бележката.
"""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF with a table over two pages, lists in lists, a note referred to twice, a quote and code."""
    root = tmp_path_factory.mktemp("tags") / "w"
    shutil.copytree(GOOD, root)
    (root / "issues/2023-12-20/tower.md").write_text(
        _ARTICLE + '\n![Висока кула над покривите](images/tower.png "Кулата през май"){credit="И. И."}\n',
        "utf-8",
    )
    workspace = Workspace(root)
    return build(BuildRequest(workspace.choose_issue(), workspace, root / "out", fresh=True)).paths[0]


@pytest.fixture(scope="module")
def lines(everything: Path) -> list[str]:
    """Its outline."""
    return outline(everything)


def roles(lines: list[str]) -> list[str]:
    return [line.split()[0] for line in lines]


def below(lines: list[str], start: int) -> list[str]:
    """Return the lines of the tags within the one at `start`, moved to its left edge."""
    depth = len(lines[start]) - len(lines[start].lstrip())
    inner = []
    for line in lines[start + 1 :]:
        if len(line) - len(line.lstrip()) <= depth:
            break
        inner.append(line[depth + 2 :])
    return inner


@pytest.mark.parametrize("name", ISSUES)
def test_the_shipped_issue_is_tagged_as_expected(shipped: Path, name: str) -> None:
    tags = outline(shipped / name / f"bulletin-{name}.pdf")
    expected = (KEPT / f"{name}.tags.txt").read_text("utf-8").splitlines()
    assert tags == expected, "look at it, then: python -m tests.golden renew"


@pytest.mark.parametrize("name", ISSUES)
def test_the_archive_edition_is_tagged_as_the_screen_edition(shipped: Path, name: str) -> None:
    screen = outline(shipped / name / f"bulletin-{name}.pdf")
    assert outline(shipped / name / f"bulletin-{name}-archive.pdf") == screen


@pytest.mark.parametrize("name", ISSUES)
def test_all_marked_content_belongs_to_a_tag(shipped: Path, name: str) -> None:
    assert untagged(shipped / name / f"bulletin-{name}.pdf") == []


def test_running_heads_are_artifacts(lines: list[str]) -> None:
    # Running head and footer of every page but the first.
    assert not [line for line in lines if "Брой 2 · декември 2023" in line]
    assert not [line for line in lines if "Вести „Проекти и инициативи“" in line]


def test_a_table_over_two_pages_is_one_tag_with_its_head_once(lines: list[str]) -> None:
    assert roles(lines).count("Table") == 1
    at = roles(lines).index("Table")
    table = below(lines, at)
    assert roles(table).count("THead") == 1
    assert roles(table).count("TBody") == 1
    assert roles(table).count("TR") == 71
    assert table[:5] == [
        "THead",
        "  TR",
        "    TH Scope=Column Име",
        "    TH Scope=Column Брой",
        "    TH Scope=Column Бележка",
    ]
    assert [line.split()[-1] for line in table if line.startswith("    TD Ред")] == [
        str(number) for number in range(1, 71)
    ]


def test_a_list_within_a_list_belongs_to_its_item(lines: list[str]) -> None:
    at = next(place for place, line in enumerate(lines) if line.strip() == "L ListNumbering=Disc")
    assert below(lines, at) == [
        "LI",
        "  Lbl –",
        "  LBody едно",
        "LI",
        "  Lbl –",
        "  LBody две",
        "    L ListNumbering=Disc",
        "      LI",
        "        Lbl –",
        "        LBody вложено първо",
        "      LI",
        "        Lbl –",
        "        LBody вложено второ",
        "LI",
        "  Lbl –",
        "  LBody три",
    ]


def test_a_note_follows_its_reference_with_links_both_ways(lines: list[str]) -> None:
    at = next(place for place, line in enumerate(lines) if line.strip().startswith("P Първи абзац"))
    inner = below(lines, at)
    call = inner.index("Reference")
    assert inner[call + 1] == "  Link →1"
    assert inner[call + 2].startswith("Note ID='article-tower-note-1' Текстът на бележката.")
    assert inner[call + 3 : call + 5] == ["  Lbl", "    Link →1."]
    assert inner.count("Reference") == 2
    assert sum(line.strip().startswith("Note") for line in lines) == 1


def test_emphasis_quotes_and_code_are_what_they_are(lines: list[str]) -> None:
    for role, text in (("Em", "наклонен"), ("Strong", "получер"), ("Code", "код")):
        assert f"{role} {text}" in [line.strip() for line in lines]
    at = roles(lines).index("BlockQuote")
    assert below(lines, at) == ["P Цитат от някого."]


def test_text_in_another_language_is_tagged_with_it(lines: list[str]) -> None:
    assert "Span Lang='en' Smart City Expo" in [line.strip() for line in lines]


def test_a_figure_has_alternative_text_bounding_box_and_caption(lines: list[str]) -> None:
    captions = [place for place, line in enumerate(lines) if line.strip().startswith("Caption")]
    at = captions[0] - 1
    assert lines[at].strip().startswith("Figure Alt='Висока кула")
    assert lines[at].rstrip().endswith("BBox")
    assert lines[at + 1].strip().startswith("Caption Кулата през май")


def test_contents_refer_to_their_sections(lines: list[str]) -> None:
    at = roles(lines).index("TOC")
    inner = below(lines, at)
    assert inner[:3] == ["TOCI", "  Reference", "    Link →1. Новини2"]


def test_a_card_follows_the_head_of_its_article(lines: list[str]) -> None:
    at = roles(lines).index("Aside")
    assert lines[at - 1].strip().startswith(("H3", "Span"))


def test_no_tag_is_empty_or_without_meaning(lines: list[str]) -> None:
    assert not {"NonStruct", "Private"} & set(roles(lines))
    for at, line in enumerate(lines[:-1]):
        words = line.strip().split(" ")
        if len(words) == 1 and words[0] not in {"TD", "TH"}:
            assert below(lines, at), line


@pytest.mark.skipif(not java_is_there(), reason="the judge needs Java")
def test_both_standards_are_met_after_rebuilding_the_tags(everything: Path) -> None:
    verdicts = judged(everything, "ua1", "2a")
    assert {flavour: verdict.passed for flavour, verdict in verdicts.items()} == {"ua1": True, "2a": True}
