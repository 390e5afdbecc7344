"""An article and a plan as they are read: every word, and no sign of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from pipeline.desk.writing.words_read import article_as_read, plan_as_read
from pipeline.findings.finding import BulletinError
from tests.support.paths import SHIPPED_ISSUES

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE: Final = """\
---
kind: article
title: Мостът
---
Отворен е **за всички** на [сайта](https://example.net/).[^1]

## Как

- първо
  - вложено
- второ

> Казано от *друг*.

| Ден | Час |
| --- | --- |
| петък | 10 |

![Мост](images/most.jpg "Надпис"){credit="Иван"}

[^1]: Бележка.
"""


def test_each_block_is_a_line_of_its_words() -> None:
    assert article_as_read(ARTICLE, "a.md") == [
        "Отворен е за всички на сайта.",
        "Как",
        "– първо",
        "  – вложено",
        "– второ",
        "Казано от друг.",
        "Ден · Час",
        "петък · 10",
        "images/most.jpg · Мост · Надпис · Иван",
        "1. Бележка.",
    ]


def test_a_plan_is_its_first_page_and_its_sections() -> None:
    text = "title: Пролет\nnumber: 2\nsections:\n  - title: Новини\n    articles: [a.md, b.md]\n"
    assert plan_as_read(text, "issue.yaml") == ["Пролет", "2", "Новини", "– a.md", "– b.md"]


def test_what_is_no_yaml_is_refused_and_not_shown_in_part() -> None:
    with pytest.raises(BulletinError):
        plan_as_read("title: [", "issue.yaml")


@pytest.mark.parametrize(
    "path", sorted(SHIPPED_ISSUES.glob("*/*.md")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_the_shipped_articles_are_read_without_their_marks(path: Path) -> None:
    shown = "\n".join(article_as_read(path.read_text("utf-8"), path.name))
    assert "**" not in shown
    assert "](" not in shown
    assert "\n#" not in shown
