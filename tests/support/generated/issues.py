"""Generated whole issues that are sound: all kinds of articles in four languages, of any length.

All choices are made by the `random.Random` that is passed in: one with a seed gives the same files each time,
and Hypothesis has one whose choices it shrinks (`hypothesis.strategies.randoms`).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.support.generated.texts import LANGUAGES, WORDS, Texts
from tests.support.generated.texts import photograph as write_photograph

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence
    from pathlib import Path

KINDS: Final = ("article", "project", "event", "notice", "member_news", "gallery", "partners")

_REPEATED: Final = ("article", "project", "event", "notice", "member_news")
"""The kinds of which an issue may have several."""

STYLES: Final = ("knowledge-city 1", "bulletin 1")
"""Styles that issues are set in: the first one has one size of article and three measures of picture."""

_WEIGHTS: Final = ("lead", "feature", "standard", "short", "notice")
_MEASURES: Final = ("", ".wide ", ".margin ")
_MORE_MEASURES: Final = (*_MEASURES, "", "", ".half ", ".third ", ".portrait ")

_DATE: Final = dt.date(2024, 3, 15)
_COUNTRIES: Final = ("BG", "ES", "IE", "PT", "NL", "GR", "DE", "HR", "PL", "FI")
_MOST_ARTICLES: Final = 12
_MOST_SECTIONS: Final = 4


def generated_workspace(
    root: Path, chance: random.Random, *, language: str = "bg", pages: int = 4, style: str = STYLES[0]
) -> Path:
    """Write a workspace with one issue.

    Args:
        root: Its folder; made where there is none.
        chance: Makes all choices.
        language: One of `LANGUAGES`.
        pages: About how many pages the issue has.
        style: One of `STYLES`. In all but the first, some articles have a weight and pictures all measures.

    Returns:
        The issue's folder.
    """
    issue = issue_of(root, chance, language, style)
    count = max(1, min(_MOST_ARTICLES, pages + chance.randint(0, 2)))
    kinds = [KINDS[at] if at < len(KINDS) else chance.choice(_REPEATED) for at in range(count)]
    chance.shuffle(kinds)
    blocks = max(2, pages * 10 // count)
    names: list[tuple[str, str]] = []
    for at, kind in enumerate(kinds):
        article = GeneratedArticle(issue.folder, issue.texts, at, kind, weighs=style != STYLES[0])
        names.append((issue.write(article.text(blocks), kind, at), article.title))
    sections = min(_MOST_SECTIONS, -(-len(names) // 3))
    issue.plan([names[section::sections] for section in range(sections)])
    return issue.folder


class GeneratedIssue(NamedTuple):
    """An issue that is being written.

    Args:
        folder: The issue's folder.
        texts: Its words.
    """

    folder: Path
    texts: Texts

    def write(self, text: str, kind: str, at: int) -> str:
        """Write an article, and return the name of its file.

        Args:
            text: The file's text.
            kind: The article's kind.
            at: Its number in the issue, from 0.
        """
        name = f"{kind.replace('_', '-')}-{at}.md"
        (self.folder / name).write_text(text, "utf-8")
        return name

    def plan(self, sections: Sequence[Sequence[tuple[str, str]]]) -> None:
        """Write the plan.

        Args:
            sections: The name of the file of each of its articles, with the title.
        """
        (self.folder / "issue.yaml").write_text(_plan(self.texts, sections), "utf-8")


def issue_of(root: Path, chance: random.Random, language: str, style: str) -> GeneratedIssue:
    """Write a workspace with an issue that has no articles yet; see `generated_workspace`."""
    texts = Texts(chance, language)
    folder = root / "issues" / _DATE.isoformat()
    (folder / "images").mkdir(parents=True)
    (root / "issues" / "publication.yaml").write_text(_publication(texts, style), "utf-8")
    return GeneratedIssue(folder, texts)


class GeneratedArticle:
    """One article.

    Args:
        folder: The issue's folder, which its pictures are written to.
        texts: Its words.
        at: Its number in the issue, from 0.
        kind: Its kind.
        weighs: Whether it may have a weight, and its pictures all measures.
    """

    def __init__(self, folder: Path, texts: Texts, at: int, kind: str, *, weighs: bool = False) -> None:
        self._weighs = weighs
        self.title = texts.title()
        self._folder = folder
        self._texts = texts
        self._chance = texts.chance
        self._at = at
        self._kind = kind
        self._pictures = 0
        self._notes: list[str] = []

    def text(self, blocks: int) -> str:
        """Return the file's text.

        Args:
            blocks: How many paragraphs, lists, tables and pictures it has, about.
        """
        head = [f"kind: {self._kind}", f"title: {self.title}", *self._facts(), *self._besides()]
        if self._kind == "gallery":
            body = [self._texts.paragraph(2), *(self._picture() for _ in range(self._chance.randint(2, 6)))]
        else:
            body = self._body(blocks if self._kind in {"article", "project", "member_news"} else 2)
        return "\n".join(("---", *head, "---", "")) + "\n\n".join(body + self._notes) + "\n"

    def _besides(self) -> list[str]:
        head = []
        if self._chance.random() < 0.4:
            head.append(f"standfirst: {self._texts.sentence(8)}")
        if self._chance.random() < 0.4:
            head.append(f"author: {self._texts.name()}")
        if self._weighs and self._chance.random() < 0.3:
            head.append(f"weight: {self._chance.choice(_WEIGHTS)}")
        return head

    def _facts(self) -> list[str]:
        chance, texts = self._chance, self._texts
        day = _DATE + dt.timedelta(days=chance.randint(5, 40))
        match self._kind:
            case "project":
                share = chance.randint(20, 60) * 1000
                codes = ", ".join(sorted(chance.sample(_COUNTRIES, k=chance.randint(3, 6))))
                first = _DATE.year - chance.randint(0, 2)
                return [
                    f"programme: {texts.words['programme']}",
                    "funder: eu",
                    f"url: https://example.org/p{self._at}",
                    f"partners: {{organisations: {chance.randint(6, 19)}, countries: [{codes}]}}",
                    f"budget: {{total: {share * chance.randint(3, 8)} EUR, share: {share} EUR}}",
                    f"period: {{start: {first}-09, end: {first + 2}-08}}",
                ]
            case "event":
                until = day + dt.timedelta(days=chance.randint(1, 3))
                end = [f"end: {until.isoformat()}"] if chance.random() < 0.5 else []
                start = day.isoformat() if end else f"{day.isoformat()} 18:30"
                who = "registration: office@example.org"
                return [
                    f"start: {start}",
                    *end,
                    f"place: {texts.place()}",
                    who,
                    f"deadline: {_DATE.isoformat()}",
                ]
            case "notice":
                return [f"deadline: {day.isoformat()}", f"contact: {texts.name()}"]
            case "member_news":
                return [f"member: {texts.name()}", f"url: https://example.org/m{self._at}"]
            case "partners":
                lines = [
                    f"  - {{name: {texts.organisation()}, country: {code}, url: 'https://example.org/o{index}'}}"
                    for index, code in enumerate(chance.sample(_COUNTRIES, k=chance.randint(2, 6)))
                ]
                return ["organisations:", *lines]
            case _:
                return []

    def _body(self, blocks: int) -> list[str]:
        body = [self._texts.paragraph(3)]
        while len(body) < blocks:
            kind = self._chance.choice(("paragraph",) * 8 + ("list", "numbers", "table", "quote", "heading"))
            if kind == "heading":
                body.append(f"## {self._texts.title()}")
            elif kind != "paragraph":
                body.append(getattr(self, f"_{kind}")())
            elif self._chance.random() < 0.1 and self._pictures < 3:
                body.append(self._picture())
            body.append(self._paragraph())
        return body

    def _paragraph(self) -> str:
        text = self._texts.paragraph(self._chance.randint(2, 6))
        roll = self._chance.random()
        if roll < 0.15:
            return text + self._note()
        if roll < 0.3:
            return f"**{self._texts.title()}** {text} *{self._texts.sentence(4)}*"
        if roll < 0.4:
            return f"{text} [{self._texts.title()}](https://example.org/{self._at}/{len(text)}) {text[:40]}."
        if roll < 0.45:
            return f"{text}\\\n{self._texts.sentence(6)} `A.2-{len(text)}`"
        return text

    def _note(self) -> str:
        label = f"n{len(self._notes) + 1}"
        self._notes.append(f"[^{label}]: {self._texts.sentence(7)}")
        return f"[^{label}]"

    def _list(self) -> str:
        items = [f"- {self._texts.sentence(self._chance.randint(3, 14))}" for _ in range(3)]
        return "\n".join([*items, f"  - {self._texts.sentence(5)}", f"- {self._texts.sentence(6)}"])

    def _numbers(self) -> str:
        first = self._chance.choice((1, 1, 3, 14))
        return "\n".join(
            f"{first + at}. {self._texts.sentence(9)}" for at in range(self._chance.randint(2, 5))
        )

    def _table(self) -> str:
        columns = self._chance.randint(2, 4)
        heads = " | ".join(self._texts.word().capitalize() for _ in range(columns))
        rows = []
        for _ in range(self._chance.randint(2, 6)):
            numbers = (str(self._chance.randint(1, 90000)) for _ in range(columns - 1))
            rows.append(f"| {' | '.join((self._texts.title(), *numbers))} |")
        return "\n".join((f"| {heads} |", "|:--" + "|--:" * (columns - 1) + "|", *rows))

    def _quote(self) -> str:
        return f"> {self._texts.paragraph(2)}"

    def _picture(self) -> str:
        name = f"images/photo-{self._at}-{self._pictures}.jpg"
        self._pictures += 1
        write_photograph(self._folder / name, self._chance.randrange(10**6))
        caption = self._texts.sentence(6)
        given = f'credit="{self._texts.name()}" consent=not-needed'
        measures = _MORE_MEASURES if self._weighs else _MEASURES
        measure = self._chance.choice(measures) if self._kind != "gallery" else ""
        return f'![{self._texts.sentence(5)}]({name} "{caption}"){{{measure}{given}}}'


def _publication(texts: Texts, style: str) -> str:
    words = texts.words
    name, version = style.split()
    return f"""\
format: 1
title: {words["bulletin"]}
publisher:
  name: {words["publisher"]}
  short_name: {words["short"]}
  address: {words["address"]}
  site: https://www.example.org/
  email: office@example.org
languages: [{texts.language}]
country: BG
style:
  name: {name}
  version: {version}
team:
  - role: {words["role"]}
    name: {texts.name()}
funders:
  - key: eu
    name: {words["union"]}
    logo: eu-emblem
    statement: {words["statement"]}
    disclaimer: {texts.paragraph(3)}
"""


def _plan(texts: Texts, sections: Sequence[Sequence[tuple[str, str]]]) -> str:
    head = f"format: 1\nnumber: 3\ndate: {_DATE.isoformat()}\nlanguage: {texts.language}\n"
    head += f"title: {texts.title()}\n"
    if texts.chance.random() < 0.5:
        head += f"greeting: {texts.sentence(6)}\n"
    lines = []
    for part in sections:
        # A section of one article may share its title: the page gives it once.
        title = part[0][1] if len(part) == 1 and texts.chance.random() < 0.5 else texts.title()
        lines.append(f"  - title: {title}")
        if texts.chance.random() < 0.5:
            lines.append(f"    lead: {texts.sentence(12)}")
        lines.append(f"    articles: [{', '.join(name for name, _ in part)}]")
    return head + "sections:\n" + "\n".join(lines) + "\n"


__all__ = ["KINDS", "LANGUAGES", "WORDS", "GeneratedArticle", "generated_workspace", "issue_of"]
