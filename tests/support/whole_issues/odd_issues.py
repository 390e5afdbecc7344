"""Generated whole issues that are odd and yet legal: whatever `check` lets pass must be built.

All choices are made by the `random.Random` that is passed in. An issue is small, so that a fault is near.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from tests.support.whole_issues.odd_pictures import odd_picture
from tests.support.whole_issues.odd_words import OddWords, quoted

if TYPE_CHECKING:
    import random
    from pathlib import Path

KINDS: Final = (
    "article",
    "article",
    "project",
    "project",
    "event",
    "notice",
    "member_news",
    "gallery",
    "partners",
)
LANGUAGES: Final = ("bg", "bg", "en", "uk", "sr")
DATE: Final = dt.date(2024, 3, 15)

_AMOUNTS: Final = ("0", "0.01", "1", "999.99", "8000", "4960000", "10000000000", "999999999999999")
_CURRENCIES: Final = ("EUR", "EUR", "EUR", "BGN", "USD", "JPY")
_DATES: Final = (
    "1900",
    "1950-02",
    "2020-02-29",
    "2023",
    "2024-03",
    "2024-03-15",
    "2024-03-16",
    "2030",
    "2199-12-31",
)
_CODES: Final = (
    "BG", "ES", "IE", "US", "RU", "CN", "AQ", "FJ", "VA", "XK", "GL", "TV", "SM", "LI", "MT", "LS", "ZA",
    "CL", "KI", "NZ", "ID",
)  # fmt: skip
_DAYS: Final = (
    "2024-03-15",
    "2024-03-16 00:00",
    "2024-03-16 23:59",
    "2024-04-05 10:00",
    "2023-01-01",
    "2199-12-31",
)


STYLES: Final = ("knowledge-city 1", "bulletin 1", "knowledge-city 2")
"""Styles that issues are set in: the first one has one size of article and three measures of picture."""

_MOST_SIGNS: Final = 590
"""Of a title or another text of one line."""

_WEIGHTS: Final = ("lead", "feature", "standard", "short", "notice")
_MEASURES: Final = ("", ".wide ", ".margin ")
_MORE_MEASURES: Final = (*_MEASURES, "", ".bleed ", ".half ", ".third ", ".pair ", ".portrait ")


def odd_workspace(root: Path, chance: random.Random, style: str = STYLES[0]) -> Path:
    """Write a workspace with one small, odd issue.

    Args:
        root: Its folder; made where there is none.
        chance: Makes all choices.
        style: One of `STYLES`. In all but the first, articles have weights and pictures all measures.

    Returns:
        The issue's folder.
    """
    words = OddWords(chance, chance.choice(LANGUAGES), chance.choice((0, 3, 10, 30)))
    weighs = style != STYLES[0]
    folder = root / "issues" / DATE.isoformat()
    folder.mkdir(parents=True)
    (root / "issues" / "publication.yaml").write_text(_publication(words, style), "utf-8")
    articles: list[tuple[str, OddArticle]] = []
    for at in range(chance.choice((1, 1, 1, 2, 3))):
        name = f"{chance.choice(('a', 'статия', 'long-name-' * 6))}{at}.md"
        articles.append((name, OddArticle(folder, words, [each for each, _ in articles], weighs=weighs)))
        (folder / name).write_text(articles[-1][1].text(chance.choice(KINDS)), "utf-8")
    (folder / "issue.yaml").write_text(_plan(words, articles, style), "utf-8")
    return folder


class OddArticle:
    """An article.

    Args:
        folder: The issue's folder, which pictures are written to.
        words: Its words.
        others: The file names of articles that links may lead to.
        weighs: Whether it may have a weight, and its pictures all measures.
    """

    def __init__(self, folder: Path, words: OddWords, others: list[str], *, weighs: bool) -> None:
        self._folder, self._words, self._others, self._weighs = folder, words, others, weighs
        self._chance = words.chance
        self._notes: list[str] = []
        self._level = 1
        self.title = ""

    def text(self, kind: str) -> str:
        """Return the file's text."""
        words, chance = self._words, self._chance
        self.title = " ".join(words.word() for _ in range(chance.choice((1, 2, 4, 20))))[:_MOST_SIGNS]
        head = [f"kind: {kind}", f"title: {quoted(self.title)}", *getattr(self, f"_{kind}", list)()]
        for name, length in (("standfirst", 12), ("author", 2)):
            if chance.randrange(3) == 0:
                head.append(f"{name}: {quoted(self._line(length))}")
        if self._weighs and chance.randrange(2):
            head.append(f"weight: {chance.choice(_WEIGHTS)}")
        body = [self._block() for _ in range(chance.choice((0, 1, 2, 4)))]
        if kind == "gallery":
            body = [block for block in body if not block.startswith("![")]
            body += [self._picture() for _ in range(chance.randint(1, 13))]
        if not body:
            body = [words.paragraph(1)]
        return "\n".join(("---", *head, "---", "")) + "\n\n".join([*body, *self._notes]) + "\n"

    def _line(self, most: int) -> str:
        return " ".join(self._words.word() for _ in range(self._chance.randint(1, most)))[:_MOST_SIGNS]

    # facts

    def _project(self) -> list[str]:
        chance = self._chance
        facts = []
        if chance.randrange(3):
            total, share = sorted(chance.sample(_AMOUNTS, 2), key=float, reverse=True)
            currency = chance.choice(_CURRENCIES)
            part = f", share: {share} {currency}" if chance.randrange(2) else ""
            facts.append(f"budget: {{total: {total} {currency}{part}}}")
        if chance.randrange(3):
            first, last = sorted(chance.sample(_DATES, 2))
            given = chance.choice((f"start: {first}, end: {last}", f"end: {last}", f"start: {first}"))
            facts.append(f"period: {{{given}}}")
        if chance.randrange(3):
            codes = chance.sample(_CODES, chance.choice((1, 2, 5, len(_CODES))))
            count = chance.choice((1, 40, 9999))
            facts.append(f"partners: {{organisations: {count}, countries: [{', '.join(codes)}]}}")
        if chance.randrange(2):
            facts += [f"programme: {quoted(self._line(6))}", "funder: eu"]
        if chance.randrange(2):
            facts.append(f"url: {quoted(self._words.address())}")
        return facts

    def _event(self) -> list[str]:
        chance = self._chance
        first, last = sorted(chance.sample(_DAYS, 2))
        facts = [f"start: {first}", f"place: {quoted(self._line(8))}"]
        if chance.randrange(2):
            facts.append(f"end: {last}")
        ways = ("office@example.org", self._words.address(), "www.example.org/a/b?c=d", "+359 2 123 45 67")
        facts.append(f"registration: {quoted(chance.choice(ways))}")
        facts.append(f"url: {quoted(self._words.address())}")
        return facts

    def _notice(self) -> list[str]:
        way = self._chance.choice((self._line(5), self._words.address(), "office@example.org"))
        return ["deadline: 2024-04-01", f"contact: {quoted(way)}"]

    def _member_news(self) -> list[str]:
        return [f"member: {quoted(self._line(4))}", f"url: {quoted(self._words.address())}"]

    def _partners(self) -> list[str]:
        rows = []
        for _ in range(self._chance.choice((1, 3, 30))):
            row = f"  - name: {quoted(self._line(5))}"
            if self._chance.randrange(2):
                row += f"\n    country: {self._chance.choice(_CODES)}"
            if self._chance.randrange(2):
                row += f"\n    url: {quoted(self._words.address())}"
            rows.append(row)
        return ["organisations:", *rows]

    # text

    def _block(self) -> str:
        kind = self._chance.choice(
            (
                "paragraph",
                "paragraph",
                "heading",
                "list",
                "table",
                "quote",
                "picture",
                "rule",
                "many_notes",
                "nested",
            )
        )
        return str(getattr(self, f"_{kind}")())

    def _inline(self) -> str:
        chance, words = self._chance, self._words
        text = self._line(4).replace("\n", " ")
        match chance.randrange(14):
            case 0:
                return f"**{text}**"
            case 1:
                return f"*{text}*"
            case 2:
                return f"`{text.replace('`', '')}`"
            case 3:
                return f"[{text}](<{words.address()}>)"
            case 4 if self._others:
                return f"[{text}](<{chance.choice(self._others)}>)"
            case 5:
                return f"<{words.address()}>"
            case 6:
                return self._note()
            case 7:
                return f"{text}\\\n{text}"
            case 8:
                return f"[**{text}**](mailto:office@example.org)"
            case _:
                return text

    def _paragraph(self) -> str:
        return " ".join(self._inline() for _ in range(self._chance.choice((1, 4, 12))))

    def _cell(self) -> str:
        if self._chance.randrange(8) == 0:
            return ""
        return self._inline().replace("\n", " ").replace("\\", "").replace("|", "\\|")

    def _note(self) -> str:
        if self._notes and self._chance.randrange(4) == 0:
            return f"[^n{self._chance.randint(1, len(self._notes))}]"
        length = self._chance.choice((1, 5, 20, 80))
        self._notes.append(f"[^n{len(self._notes) + 1}]: {self._line(length)}")
        return f"[^n{len(self._notes)}]"

    def _many_notes(self) -> str:
        return " ".join(f"дума{self._note()}" for _ in range(self._chance.choice((1, 5, 30))))

    def _heading(self) -> str:
        self._level = self._chance.randint(2, min(self._level + 1, 4))
        return f"{'#' * self._level} {' '.join(self._inline() for _ in range(2))}".replace("\n", " ")

    def _list(self, depth: int = 1) -> str:
        chance = self._chance
        first = chance.choice((0, 1, 3, 14, 1999, 999999990))
        lines = []
        for at in range(chance.randint(1, 4)):
            mark = f"{first + at}." if chance.randrange(2) else "-"
            lines.append(f"{mark} {self._inline()}".replace("\n", " "))
            if depth < chance.choice((1, 2, 5)):
                inner = self._list(depth + 1).splitlines()
                lines += [f"{' ' * (len(mark) + 1)}{line}" for line in inner]
        return "\n".join(lines)

    def _table(self) -> str:
        columns = self._chance.choice((1, 2, 3, 5, 8, 12))
        marks = "|".join(self._chance.choice((":--", "--:", ":-:")) for _ in range(columns))
        rows = [
            "| " + " | ".join(self._cell() for _ in range(columns)) + " |"
            for _ in range(1 + self._chance.choice((1, 3, 12)))
        ]
        return "\n".join((rows[0], f"|{marks}|", *rows[1:]))

    def _quote(self) -> str:
        return "\n".join(f"> {line}" for line in self._paragraph().splitlines())

    def _nested(self) -> str:
        inner = getattr(self, self._chance.choice(("_table", "_list", "_quote", "_paragraph")))()
        mark = self._chance.choice(("> ", "- "))
        first, *rest = inner.splitlines()
        return "\n".join((f"{mark}{first}", *(f"{'> ' if mark == '> ' else '  '}{line}" for line in rest)))

    def _rule(self) -> str:
        return "***"

    def _picture(self) -> str:
        ending, data = odd_picture(self._chance)
        name = f"images/p{len(list(self._folder.rglob('*')))}.{ending}"
        path = self._folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        caption = self._line(12).replace('"', "").replace("\\", "")
        measure = self._chance.choice(_MORE_MEASURES if self._weighs else _MEASURES)
        marks = f'{{{measure}credit="Автор" consent=not-needed}}'
        return f'![Вижда се нещо: {len(caption)}]({name} "{caption}"){marks}'


def _most_signs(chance: random.Random, style: str, room: int) -> int:
    """Return how long a text of the first page may be.

    In the later styles, most are of a length that it has room for: what is longer is refused by `check`, and
    nothing is seen of the pages.
    """
    return _MOST_SIGNS if style == STYLES[0] or chance.randrange(8) == 0 else room


def _publication(words: OddWords, style: str) -> str:
    chance = words.chance

    name, version = style.split()
    most_signs = _most_signs(chance, style, 95)

    def line(most: int) -> str:
        return quoted(" ".join(words.word() for _ in range(chance.randint(1, most)))[:most_signs])

    team = "".join(f"\n  - {{role: {line(3)}, name: {line(4)}}}" for _ in range(chance.choice((0, 1, 8))))
    return f"""\
format: 1
title: {line(chance.choice((1, 3, 8)))}
publisher:
  name: {line(8)}
  address: {line(8)}
  site: {quoted(chance.choice(("https://www.example.org/", words.address()[:most_signs])))}
  email: office@example.org
languages: [{words.language}]
style: {{name: {name}, version: {version}}}
funders:
  - {{key: eu, name: EU, logo: eu-emblem, statement: {line(6)}, disclaimer: {line(60)}}}
{f"team:{team}" if team else ""}
"""


def _plan(words: OddWords, articles: list[tuple[str, OddArticle]], style: str) -> str:
    chance = words.chance
    most_signs = _most_signs(chance, style, 300)
    lines = ["format: 1", "number: 3", f"date: {DATE}", f"language: {words.language}"]
    title = " ".join(words.word() for _ in range(chance.choice((1, 4, 12))))[:most_signs]
    lines.append(f"title: {quoted(title)}")
    if chance.randrange(2):
        lines.append(
            f"greeting: {quoted(' '.join(words.word() for _ in range(chance.choice((3, 60))))[:_MOST_SIGNS])}"
        )
    lines.append("sections:")
    while articles:
        count = chance.randint(1, 2)
        part, articles = articles[:count], articles[count:]
        title = part[0][1].title if chance.randrange(3) == 0 else words.sentence(3)
        lines.append(f"  - title: {quoted(title)}")
        if chance.randrange(2):
            lines.append(f"    lead: {quoted(words.sentence(20)[:_MOST_SIGNS])}")
        lines.append(f"    articles: [{', '.join(name for name, _ in part)}]")
    return "\n".join(lines) + "\n"
