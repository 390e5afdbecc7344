"""A generated issue with an article of every form that pages which are made up have, of few words each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.support.generated.issues import GeneratedArticle, issue_of

if TYPE_CHECKING:
    import random
    from pathlib import Path

_SECTIONS: Final = (
    (("article", "standard", 3), ("project", "feature", 4), ("project", "", 1)),
    (("article", "short", 1), ("member_news", "short", 1), ("notice", "", 1), ("gallery", "", 1)),
    (("member_news", "notice", 1), ("notice", "notice", 1), ("event", "", 1), ("event", "", 0)),
    (("event", "standard", 1), ("partners", "", 1)),
)
"""Sections: the kind, the weight and about how many blocks each of their articles has."""


def workspace_of_all_forms(root: Path, chance: random.Random, style: str) -> Path:
    """Write a workspace with one issue in Bulgarian.

    Args:
        root: Its folder; made where there is none.
        chance: Makes all choices.
        style: One that makes its pages up.

    Returns:
        The issue's folder.
    """
    issue = issue_of(root, chance, "bg", style)
    sections = []
    number = 0
    for section in _SECTIONS:
        names = []
        for kind, weight, blocks in section:
            article = _FullArticle(issue.folder, issue.texts, number, kind)
            article.weight = weight
            names.append((issue.write(article.text(blocks), kind, number), article.title))
            number += 1
        sections.append(names)
    issue.plan(sections)
    return issue.folder


class _FullArticle(GeneratedArticle):
    """An article with all that it may have: a line below its title, an author, hours, blocks of each kind."""

    weight = ""

    def _besides(self) -> list[str]:
        head = [f"author: {self._texts.name()}"]
        if self.weight not in {"short", "notice"}:
            head.append(f"standfirst: {self._texts.sentence(8)}")
        return [*head, f"weight: {self.weight}"] if self.weight else head

    def _facts(self) -> list[str]:
        if self._kind != "event":
            return super()._facts()
        return [
            f"start: 2024-04-{11 + self._at} 10:00",
            f"end: 2024-{4 if self._at % 2 else 5}-{12 + self._at} 16:30",
            f"place: {self._texts.place()}",
            "registration: office@example.org",
            "deadline: 2024-03-15",
            f"url: https://example.org/e{self._at}",
        ]

    def _paragraph(self) -> str:
        return self._texts.paragraph(2)

    def _body(self, blocks: int) -> list[str]:
        body = [self._texts.paragraph(1) + self._note()] if blocks else []
        if self.weight == "standard" and self._kind == "article":
            words = f"**{self._texts.title()}** *{self._texts.title()}* {self._texts.sentence(4)}"
            long = [self._list(), f"## {self._texts.title()}", self._numbers(), self._quote(), self._table()]
            body += [self._picture(), words, *long]
        return [*body, *(self._paragraph() for _ in range(blocks - 1))]
