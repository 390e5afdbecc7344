"""Sound issues that are hard to read back: texts that a reader of pages could take for others, by rule.

Each kind has its texts equal to others (cells, captions, notes, titles, running heads, words of the imprint),
or unlike ordinary words (one letter, numbers alone, marks nobody sees, letters of many parts).
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.support.paths import GOOD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DATE: Final = "2024-05-24"
STYLES: Final = ("knowledge-city", "bulletin")

_PLAIN: Final = (
    "Клъстерът откри нова лаборатория за чист въздух. В нея работят двадесет души от шест града, "
    "и вратите ѝ са отворени всеки четвъртък."
)
_SENTENCE: Final = "Заседанието се проведе в София."
_WIDE: Final = "| Име | Брой | Дял |\n|---|---|---|\n"
_PICTURE: Final = '![Кула](images/tower.png "{}"){{credit="архив"}}'


class LookAlike(NamedTuple):
    """An issue.

    Args:
        name: Of its kind.
        sections: The title of each section with its articles: a title and a text.
        title: Of the issue.
        greeting: Of the first page.
    """

    name: str
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    title: str = "Опит"
    greeting: str = ""


def look_alikes() -> list[LookAlike]:
    """Return all issues: thirty kinds, each alone and beside a neighbour that repeats some of its words."""
    kinds = {**_notes(), **_heads(), **_equal(), **_signs()}
    issues = []
    names = list(kinds)
    for at, (name, issue) in enumerate(kinds.items()):
        issues.append(issue._replace(name=name))
        other = kinds[names[(at + 7) % len(names)]]
        repeated = issue.sections[0][1][0]
        sections = (*issue.sections, *other.sections, ("И още", (("Край", _PLAIN), repeated)))
        issues.append(issue._replace(name=f"{name} and {names[(at + 7) % len(names)]}", sections=sections))
    return issues


def _one(text: str, title: str = "Думи", section: str = "Новини") -> LookAlike:
    return LookAlike("", ((section, ((title, text), ("Втора", _PLAIN))),))


def _notes() -> dict[str, LookAlike]:
    calls = "\n".join(f"- [^{number}]" for number in (1, 2, 3))
    notes = "\n\n[^1]: Първа бележка.\n[^2]: Втора бележка.\n[^3]: Трета бележка."
    equal = "\n".join(f"[^{number}]: Пак там." for number in range(1, 9))
    forty = "\n\n".join(f"{_SENTENCE}[^{number}]" for number in range(1, 41))
    texts = "\n".join(f"[^{number}]: Протокол {number} от заседанието." for number in range(1, 41))
    return {
        "items that are a call alone": _one(f"Списък:\n\n{calls}\n- Дума[^1]{notes}"),
        "numbered items that are a call": _one("1. [^1]\n2. [^2]\n3. Три[^3]" + notes),
        "equal short notes": _one(" ".join(f"Дума[^{n}]." for n in range(1, 9)) + "\n\n" + equal),
        "forty equal sentences with notes": _one(forty + "\n\n" + texts),
        "notes of one sign": _one("Едно[^1] и две[^2].\n\n[^1]: †\n[^2]: 2"),
        "notes equal to words of the text": _one("Едно[^1] и две[^2].\n\n[^1]: Едно\n[^2]: и две"),
        "a note and a cell alike": _one(
            f"{_WIDE}| Едно[^1] | 1 | 1 |\n| 1 | 1[^2] | 2 |\n\n[^1]: 1\n[^2]: Едно"
        ),
    }


def _heads() -> dict[str, LookAlike]:
    running = "Вести „Опит“"
    imprint = "Брой 3 · май 2024 г."
    long = f"{_PLAIN}\n\n" * 12
    three = tuple((name, _PLAIN) for name in ("Вести", "Опит", "Клъстер"))
    return {
        "titles that are the running head": LookAlike("", (("Вести", three), ("Опит", three))),
        "an issue named as its publication": _one(f"{long}Вести\n\nВести „Вести“\n\n{long}")._replace(
            title="Вести"
        ),
        "paragraphs equal to running heads": _one(f"{running}\n\n{imprint}\n\n1. Новини" + f"\n\n{long}" * 3),
        "every paragraph a running head": _one(f"{running}\n\n{imprint}\n\nНовини" + f"\n\n{running}" * 90),
        "titles equal to sections": LookAlike(
            "", (("Новини", (("Новини", _PLAIN),)), ("Думи", (("Новини", _PLAIN), ("Думи", _PLAIN))))
        ),
        "words of the imprint": _one(
            "- Клъстер\n- София\n- office@example.org\n- Брой 3\n- 24 май 2024 г.\n- Издател",
            "Клъстер",
            "София",
        ),
        "a greeting equal to a paragraph": _one(f"{_PLAIN}\n\n{_PLAIN}")._replace(greeting=_PLAIN),
        "labels of the program": _one(
            "В този брой\n\n- Стр.\n- Календар\n- Бюджет\n\nИздател", "В този брой", "Календар"
        ),
    }


def _equal() -> dict[str, LookAlike]:
    numbers = _WIDE + "| 1 | 1 | 1 |\n" * 25
    same = _WIDE + "| Име | Име | Име |\n| Брой | Име | Дял |\n" * 12
    pictures = "\n\n".join(f"{_PLAIN}\n\n{_PICTURE.format('Кулата')}" for _ in range(3))
    piece = "\n\n".join((_SENTENCE * 6, _SENTENCE * 5 + _PLAIN, _PLAIN + _SENTENCE * 4))
    return {
        "equal short pieces over a page": LookAlike(
            "",
            (
                (
                    "Новини",
                    tuple((f"Късо {number}", piece) for number in range(1, 7)),
                ),
            ),
        ),
        "tables of equal numbers": _one(numbers + "\nТекст.\n\n" + numbers),
        "cells equal to heads": _one(same),
        "equal captions": _one(pictures),
        "equal paragraphs": _one(f"{_SENTENCE}\n\n" * 60),
        "equal items": _one("- Опит\n" * 30 + "\n1. Опит\n2. Опит\n3. Думи"),
        "equal titles": LookAlike("", (("Новини", tuple(("Думи", _PLAIN) for _ in range(4))),)),
        "a title within a text": _one(f"Думи и думи. {_PLAIN} Думи", "Думи"),
        "numbers alone": _one(
            "12\n\n3\n\n2024\n\n1 2 3 4 5\n\n- 1\n- 2\n- 3\n\n1. 1\n2. 2\n3. 3", "2024", "3"
        ),
    }


def _signs() -> dict[str, LookAlike]:
    long = "непротивоконституционствувателствувайте" * 3
    return {
        "titles of one letter": LookAlike(
            "", (("А", (("Б", _PLAIN), ("А", "А"))), ("Б", (("А", "Б"), ("В", "А и Б"))))
        ),
        "very long words": _one(f"{long} и {long}\n\n- {long}", "Непротивоконституционствувателствувайте"),
        "marks nobody sees": _one(
            "Ду\u200eма и \u200fдума, дру\u00adга\u200b дума\u2060. \ufeffКрай\u200d.", "Ду\u00adми"
        ),
        "combining accents": _one(
            "Все\u0301ки ду\u0301ма, e\u0301te\u0301, n\u0303, и\u0306 й, ѝ и\u0300.", "Ду\u0301ми"
        ),
        "letters of ligatures": _one(
            "Office, affluent, fjord, ﬁnal ﬂow, fi fl ffi ffl. *Office* **ffi**.", "Affiliation"
        ),
        "digits in titles": _one("2024\n\n24.05\n\n- 3\n- 33", "3 по 3 е 9", "24 май 2024 г."),
        "emoji": _one("🚀 и 😀\n\n- 🚀\n- ❤️\n\n| 😀 | 1️⃣ |\n|---|---|\n| ☎️ | 😀 |\n| 2 | 3 |", "Ракета 🚀"),
        "addresses in angle brackets": _one(
            "Вижте <https://bg.wikipedia.org/wiki/София> и <https://example.org/a?b=c&d=%D0%B0>, <office@example.org>.\n\n<https://bg.wikipedia.org/wiki/София>"
        ),
        "stops and dashes": _one(
            "— Да.\n\n— Не.\n\n…\n\n„…“\n\n- …\n- –\n- — …\n\n| - | – |\n|---|---|\n| … | - |\n| . | , |"
        ),
    }


def look_alike_workspace(root: Path, issue: LookAlike, style: str = STYLES[0]) -> Path:
    """Write a workspace with one issue.

    Args:
        root: Its folder, which there is none of.
        issue: The issue.
        style: The name of the style, whose first version is taken.

    Returns:
        The issue's folder.
    """
    shutil.copytree(GOOD, root)
    about = root / "issues" / "publication.yaml"
    about.write_text(about.read_text("utf-8").replace("knowledge-city", style), "utf-8")
    folder = root / "issues" / DATE
    (root / "issues" / "2023-12-20").rename(folder)
    for path in folder.glob("*.md"):
        path.unlink()
    files: dict[str, str] = {}
    plan = []
    for section, articles in issue.sections:
        names = []
        for title, text in articles:
            names.append(f"a{len(files)}.md")
            files[names[-1]] = f'---\ntitle: "{title}"\n---\n{text}\n'
        plan.append(f'  - title: "{section}"\n    articles: [{", ".join(names)}]\n')
    _write(folder, files)
    greeting = f'greeting: "{issue.greeting}"\n' if issue.greeting else ""
    lines = (
        f'format: 1\nnumber: 3\ndate: {DATE}\ntitle: "{issue.title}"\n{greeting}sections:\n{"".join(plan)}'
    )
    (folder / "issue.yaml").write_text(lines, "utf-8")
    return folder


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
