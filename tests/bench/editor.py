"""The careful editor against seeded errors: `python -m tests.bench.editor [--errors 120] [--seed 1]`.

Each error is made by rule, alone, in a clean article of the shipped issues or of `unseen/`, texts that no
rule of the editor was made after; found is what is asked at its line, and anything else that is asked is
wrong. The rules know nothing of how the editor works. The exit status is 1 where recall or precision fall
below `LEAST`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.editor.editor import editor_queries
from pipeline.editor.house_style.reader import read_house
from pipeline.files.workspace import Workspace
from pipeline.reading.issue_reader import read_issue
from tests.bench.measuring import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable

LEAST: Final = 0.85
"""Of recall and of precision."""

UNSEEN: Final = Path(__file__).with_name("unseen")
_ISSUES: Final = (("2023-12-20", "bg"), ("2023-06-30", "en"))
_NAMES: Final = {
    "bg": ("Росица Маринова", "Стефан Тодоров", "Виолета Георгиева", "Борислав Костадинов"),
    "en": ("Margaret Hamilton", "Edward Thornbury", "Susanna Whitfield", "Charles Pemberton"),
}


class Seeded(NamedTuple):
    """An article with one error in it.

    Args:
        text: The whole file.
        line: The line of the error, from 1.
    """

    text: str
    line: int


def main(arguments: list[str] | None = None) -> int:
    """Seed, ask, and count."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.editor", description=__doc__)
    parser.add_argument("--errors", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    found, made, wrong = edited(asked.errors, asked.seed)
    for kind in made:
        sys.stdout.write(f"{kind}: found {found[kind]} of {made[kind]}\n")
    recall = found.total() / made.total()
    precision = found.total() / (found.total() + wrong)
    sys.stdout.write(
        f"{made.total()} errors: recall {recall:.2f}, precision {precision:.2f} ({LEAST}); wrong {wrong}\n"
    )
    return 0 if min(recall, precision) >= LEAST else 1


def edited(errors: int, seed: int) -> tuple[Counter[str], Counter[str], int]:
    """Seed errors and ask the editor.

    Args:
        errors: How many.
        seed: Of the choices.

    Returns:
        How many of each kind were found, how many were made, and how many queries were wrong.
    """
    chance = random.Random(seed)
    found: Counter[str] = Counter()
    made: Counter[str] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(folder)
        shutil.copytree(REPOSITORY / "issues", root / "issues", ignore=shutil.ignore_patterns("filed"))
        add_unseen(root / "issues" / _ISSUES[0][0])
        workspace = Workspace(root)
        house, _ = read_house(workspace)
        for number in range(errors):
            kind, rule = list(RULES.items())[number % len(RULES)]
            name, language = chance.choice(_ISSUES)
            issue = workspace.issues / name
            texts = sorted(UNSEEN.glob("*.md")) if language == "bg" else sorted(issue.glob("*.md"))
            path = chance.choice([each for each in texts if _paragraphs(each.read_text("utf-8"))])
            if path.parent == UNSEEN:
                path = issue / path.name
            clean = path.read_text("utf-8")
            seeded = rule(clean, language, chance)
            path.write_text(seeded.text, "utf-8")
            reading = read_issue(issue, workspace)
            path.write_text(clean, "utf-8")
            assert reading.issue is not None, reading.findings
            queries = editor_queries(reading.issue, house, reading.sources, {})
            places = [query.place for query in queries if query.place is not None]
            hits = [place for place in places if place.path.endswith(path.name) and place.line == seeded.line]
            made[kind] += 1
            found[kind] += bool(hits)
            wrong += len(queries) - len(hits)
    return found, made, wrong


def add_unseen(issue: Path) -> None:
    """Add the unseen texts to a Bulgarian issue."""
    names = sorted(path.name for path in UNSEEN.glob("*.md"))
    for name in names:
        shutil.copy(UNSEEN / name, issue / name)
    plan = issue / "issue.yaml"
    listed = "".join(f"      - {name}\n" for name in names)
    plan.write_text(f"{plan.read_text('utf-8')}  - title: Градът\n    articles:\n{listed}", "utf-8")


def _paragraphs(text: str) -> list[int]:
    """Return the lines, from 0, that are paragraphs of running text."""
    lines = text.split("\n")
    end = lines.index("---", 1)
    return [at for at, line in enumerate(lines) if at > end and re.match(r"[^\W\d_].{80,}", line)]


def _into(text: str, paragraph: str, chance: random.Random, offset: int = 0) -> Seeded:
    """Put a paragraph behind another; the error is in its line of an offset."""
    lines = text.split("\n")
    at = chance.choice(_paragraphs(text))
    return Seeded(
        "\n".join([*lines[: at + 1], "", *paragraph.split("\n"), "", *lines[at + 1 :]]), at + 3 + offset
    )


def _misspelt(text: str, _language: str, chance: random.Random) -> Seeded:
    lines = text.split("\n")
    at = chance.choice(_paragraphs(text))
    words = list(re.finditer(r"(?<![\w@./(\[-])[^\W\d_A-ZА-Я]{6,}(?![\w@./-])", lines[at]))
    match = chance.choice(words)
    word = match[0]
    cut = chance.randrange(1, len(word) - 1)
    swapped = word[: cut - 1] + word[cut] + word[cut - 1] + word[cut + 1 :]
    other = chance.choice(sorted({letter for letter in text.lower() if letter.isalpha()} - {word[cut]}))
    slips = {
        word[:cut] + word[cut + 1 :],
        word[:cut] + word[cut] + word[cut:],
        word[:cut] + other + word[cut + 1 :],
        swapped,
    }
    slip = chance.choice(sorted(slips - {word}))
    lines[at] = lines[at][: match.start()] + slip + lines[at][match.end() :]
    return Seeded("\n".join(lines), at + 1)


def _misnamed(text: str, language: str, chance: random.Random) -> Seeded:
    name = chance.choice(_NAMES[language])
    first, last = name.split(" ")
    cut = chance.randrange(3, len(last) - 1)
    others = (
        last[:cut] + last[cut + 1 :],
        last[:cut] + last[cut] + last[cut:],
        last[:cut] + "к" + last[cut:],
    )
    other = chance.choice(others if language == "bg" else others[:2])
    words = {"bg": ("Пръв говори {}.", "После отговори {}."), "en": ("First {} spoke.", "Then {} answered.")}
    opening, closing = words[language]
    return _into(text, f"{opening.format(name)}\n\n{closing.format(f'{first} {other}')}", chance, 2)


def _miscounted(text: str, language: str, chance: random.Random) -> Seeded:
    said = chance.choice({"bg": ("три", "четири", "пет"), "en": ("three", "four", "five")}[language])
    count = {"три": 3, "четири": 4, "пет": 5, "three": 3, "four": 4, "five": 5}[said]
    opening = {"bg": f"Доводите са {said} основни причини:", "en": f"There are {said} reasons for it:"}[
        language
    ]
    item = {"bg": "- една причина", "en": "- one reason"}[language]
    return _into(text, "\n".join([opening, "", *[item] * (count + chance.choice((-1, 1)))]), chance)


def _mistimed(text: str, language: str, chance: random.Random) -> Seeded:
    day = dt.date(2023, 1, 1) + dt.timedelta(days=chance.randrange(150))
    months = {"bg": ("януари", "февруари", "март", "април", "май", "юни"), "en": ("January", "February", "March", "April", "May", "June")}  # fmt: skip # noqa: E501
    month = months[language][day.month - 1]
    words = {
        "bg": f"На {day.day} {month} 2023 г. ще се срещнем.",
        "en": f"On {day.day} {month} 2023 we will meet.",
    }
    return _into(text, words[language], chance)


def _misdated(text: str, language: str, chance: random.Random) -> Seeded:
    day = dt.date(2023, 1, 1) + dt.timedelta(days=chance.randrange(28))
    days = {"bg": ("понеделник", "вторник", "сряда", "четвъртък", "петък", "събота", "неделя"), "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")}  # fmt: skip # noqa: E501
    wrong = days[language][(day.weekday() + chance.randrange(1, 7)) % 7]
    words = {"bg": f"Срещнахме се в {wrong}, {day.day} януари 2023 г.", "en": f"We met on {wrong}, {day.day} January 2023."}  # fmt: skip # noqa: E501
    return _into(text, words[language], chance)


def _misadded(text: str, language: str, chance: random.Random) -> Seeded:
    first, second = chance.randrange(10, 99), chance.randrange(10, 99)
    head, total = {"bg": ("| Разход | Сума |", "Общо"), "en": ("| Cost | Sum |", "Total")}[language]
    table = f"{head}\n|---|---|\n| А | {first} |\n| Б | {second} |\n| {total} | {first + second + 10} |"
    return _into(text, table, chance)


def _misnamed_thing(text: str, language: str, chance: random.Random) -> Seeded:
    name = chance.choice(("Green City Lab", "Open Data Week", "Blue Skills"))
    other = " ".join(word.upper() if at else word for at, word in enumerate(name.split(" ")))
    words = {
        "bg": ("Проектът {} започна.", "Хубаво е, че {} продължава."),
        "en": ("{} began.", "{} goes on."),
    }
    opening, closing = words[language]
    return _into(text, f"{opening.format(name)}\n\n{closing.format(other)}", chance, 2)


_MISHEARD: Final = {
    "bg": (
        "Вчера се преведе голяма конференция.",
        "Това в последствие беше забравено.",
        "Тези хора си помагат по между си.",
    ),
    "en": (
        "They could of come earlier.",
        "The team was lead by the mayor.",
        "The house has it's own garden.",
    ),
}
_TYPED: Final = {
    "bg": (
        "Струва {figure} хил. евро.",
        "От {day}-{later} май е затворено.",
        "Така - каза тя - е по-добре.",
    ),
    "en": (
        "Open on {day}-{later} May only.",
        "So - she said - it is better.",
        'She said "yes" to that.',
    ),
}


def _misheard(text: str, language: str, chance: random.Random) -> Seeded:
    return _into(text, chance.choice(_MISHEARD[language]), chance)


def _mistyped(text: str, language: str, chance: random.Random) -> Seeded:
    day = chance.randrange(1, 20)
    figure = f"{chance.randrange(10, 99)}.{chance.randrange(1, 9)}"
    typed = chance.choice(_TYPED[language]).format(figure=figure, day=day, later=day + 2)
    return _into(text, typed, chance)


RULES: Final[dict[str, Callable[[str, str, random.Random], Seeded]]] = {
    "spelling": _misspelt,
    "names": _misnamed,
    "counts": _miscounted,
    "tenses": _mistimed,
    "weekdays": _misdated,
    "sums": _misadded,
    "capitals": _misnamed_thing,
    "misheard": _misheard,
    "typewriter": _mistyped,
}


if __name__ == "__main__":
    sys.exit(main())
