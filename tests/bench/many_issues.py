"""Generated workspaces with any number of issues of 4 to 12 pages, from the shipped issues' words.

Three languages, one issue in ten in two; photographs, tables, footnotes, quotations, projects with budgets,
events. The same seed gives the same files.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from typing import TYPE_CHECKING, Final

from tests.bench.measuring import REPOSITORY
from tests.bench.specimens import photograph

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_FIRST: Final = dt.date(2015, 1, 15)
_APART: Final = dt.timedelta(days=31)
_SOURCES: Final = {"bg": "2023-12-20", "en": "2023-06-30"}
_LANGUAGES: Final = ("bg", "bg", "bg", "en", "bg", "ru")
_RUSSIAN: Final = """\
В библиотеке целый вечер говорили о том, как город учится: сначала у своих школ, затем у мастерских \
и, наконец, у собственных ошибок.
Участники встречи разделились на четыре группы. Каждая получила карту района, карандаши и один вопрос, \
на который нельзя ответить словом «нет».
К концу дня на стене висело двенадцать листов. На одиннадцати из них была нарисована река, о которой \
в программе не было ни слова.
Организаторы обещают вернуться к этой теме весной, когда будет готов отчёт и станет ясно, сколько \
предложений можно осуществить уже в этом году.
"""
_WORDS: Final[dict[str, dict[str, Sequence[str]]]] = {
    "bg": {
        "issue": "Годината на града",
        "section": "Новини от мрежата",
        "article": "Среща номер {n} в библиотеката",
        "project": "Работилница {n}",
        "event": "Вечер на отворените врати {n}",
        "place": "Дом на науката, София",
        "table": ("Град", "Участници", "Дни"),
        "cities": ("Пловдив", "Варна", "Русе", "Габрово"),
        "note": "По данни на организаторите от началото на месеца.",
        "quote": "Градът се учи, когато някой го попита какво не знае.",
        "alternative": "светли и тъмни петна, като площад в късен следобед",
        "caption": "Площадът в последния ден от срещата.",
        "programme": "Еразъм+",
    },
    "en": {
        "issue": "The year of the city",
        "section": "News from the network",
        "article": "Meeting number {n} in the library",
        "project": "Workshop {n}",
        "event": "An evening of open doors {n}",
        "place": "House of Science, Sofia",
        "table": ("City", "Participants", "Days"),
        "cities": ("Plovdiv", "Varna", "Ruse", "Gabrovo"),
        "note": "As told by the organisers at the beginning of the month.",
        "quote": "A city learns when somebody asks it what it does not know.",
        "alternative": "light and dark patches, like a square late in the afternoon",
        "caption": "The square on the last day of the meeting.",
        "programme": "Erasmus+",
    },
    "ru": {
        "issue": "Год города",
        "section": "Новости сети",
        "article": "Встреча номер {n} в библиотеке",
        "project": "Мастерская {n}",
        "event": "Вечер открытых дверей {n}",
        "place": "Дом науки, София",
        "table": ("Город", "Участники", "Дни"),
        "cities": ("Пловдив", "Варна", "Русе", "Габрово"),
        "note": "По данным организаторов на начало месяца.",
        "quote": "Город учится, когда кто-нибудь спросит его, чего он не знает.",
        "alternative": "светлые и тёмные пятна, как площадь под вечер",
        "caption": "Площадь в последний день встречи.",
        "programme": "Эразмус+",
    },
}


def many_issues(root: Path, count: int, seed: int = 7) -> Path:
    """Write a workspace.

    Args:
        root: Its folder, which must not be there yet.
        count: How many issues.
        seed: What they are drawn from.

    Returns:
        The folder.
    """
    (root / "issues").mkdir(parents=True)
    text = (REPOSITORY / "issues" / "publication.yaml").read_text("utf-8")
    text = text.replace("languages: [bg, en]", "languages: [bg, en, ru]")
    (root / "issues" / "publication.yaml").write_text(_with_russian(text), "utf-8")
    for number in range(count):
        _issue(root / "issues", number, random.Random(seed * 1000 + number))
    return root


def _with_russian(text: str) -> str:
    """Return every text of the publication that is in English in Russian too, as far as words matter here."""
    return re.sub(r"^(\s+)en: (?!>-)(.+)$", r"\1en: \2\n\1ru: \2", text, flags=re.MULTILINE).replace(
        "      en: >-", "      ru: Финансируется Европейским союзом.\n      en: >-"
    )


def _issue(issues: Path, number: int, chance: random.Random) -> None:
    date = _FIRST + _APART * number
    folder = issues / date.isoformat()
    (folder / "images").mkdir(parents=True)
    language = _LANGUAGES[number % len(_LANGUAGES)]
    languages = (language, "en") if language == "bg" and number % 10 == 0 else (language,)
    articles = chance.randint(3, 10)
    pictured = set(chance.sample(range(articles), k=2))
    names = [f"article-{at:02}.md" for at in range(articles)]
    kinds = [chance.choice(["article", "article", "project", "event"]) for _ in names]
    for at in sorted(pictured):
        photograph(folder / "images" / f"photo-{at}.jpg", number * 100 + at, 1500, 1000)
    seeds = [chance.randrange(10**6) for _ in names]
    for spoken in languages:
        suffix = "" if spoken == language else f".{spoken}"
        for at, name in enumerate(names):
            drawn = random.Random(seeds[at])
            text = _article(kinds[at], at, spoken, date, drawn, is_pictured=at in pictured)
            (folder / name.replace(".md", f"{suffix}.md")).write_text(text, "utf-8")
    parts = [names[first : first + 4] for first in range(0, articles, 4)]
    head = f"format: 1\nnumber: {date.month}\ndate: {folder.name}\nlanguage: {language}\n"
    words = _WORDS[language]
    plan = head + f"title: {words['issue']} {date.year}\nsections:\n"
    for at, part in enumerate(parts, 1):
        plan += f"  - title: {words['section']} {at}\n    articles: [{', '.join(part)}]\n"
    (folder / "issue.yaml").write_text(plan, "utf-8")
    if len(languages) > 1:
        words = _WORDS["en"]
        texts = f"format: 1\ntitle: {words['issue']} {date.year}\nsections:\n"
        texts += "".join(f"  - title: {words['section']} {at}\n" for at in range(1, len(parts) + 1))
        (folder / "issue.en.yaml").write_text(texts, "utf-8")


def _article(
    kind: str, at: int, language: str, date: dt.date, chance: random.Random, *, is_pictured: bool
) -> str:
    words = _WORDS[language]
    head = f"---\nkind: {kind}\ntitle: {str(words[kind]).format(n=at + 1)}\n"
    if kind == "project":
        start, share = date.year - chance.randint(0, 2), chance.randint(10, 60) * 1000
        head += f"programme: {words['programme']}\nfunder: eu\nurl: https://example.org/{at}\n"
        head += f"partners: {{organisations: {chance.randint(4, 9)}, countries: [BG, ES, EL, PT]}}\n".replace(
            "EL", "GR"
        )
        head += f"budget: {{total: {share * 5} EUR, share: {share} EUR}}\n"
        head += f"period: {{start: {start}-09, end: {start + 3}-08}}\n"
    elif kind == "event":
        day = date + dt.timedelta(days=chance.randint(5, 40))
        head += f"start: {day.isoformat()} 18:30\nplace: {words['place']}\n"
    bank = _paragraphs(language)
    body = chance.sample(bank, k=min(len(bank), chance.randint(3, 5)))
    if chance.random() < 0.4:
        body[0] += "[^1]"
        body.append(f"[^1]: {words['note']}")
    if chance.random() < 0.4:
        body.insert(2, _table(words, chance))
    if chance.random() < 0.3:
        body.insert(1, f"> {words['quote']}")
    if is_pictured:
        picture = f'images/photo-{at}.jpg "{words["caption"]}"'
        body.insert(1, f'![{words["alternative"]}]({picture}){{credit="K. Orlova" consent=not-needed}}')
    return head + "---\n" + "\n\n".join(body) + "\n"


def _table(words: dict[str, Sequence[str]], chance: random.Random) -> str:
    heads, cities = words["table"], words["cities"]
    rows = [f"| {city} | {chance.randint(12, 240)} | {chance.randint(1, 5)} |" for city in cities]
    return "\n".join((f"| {' | '.join(heads)} |", "|:--|--:|--:|", *rows))


def _paragraphs(language: str) -> list[str]:
    """Return paragraphs of running text in a language, without links, notes and pictures."""
    if language not in _SOURCES:
        return _RUSSIAN.splitlines()
    found = []
    for path in sorted((REPOSITORY / "issues" / _SOURCES[language]).glob("*.md")):
        for block in path.read_text("utf-8").split("---\n", 2)[2].split("\n\n"):
            text = block.strip()
            if re.match(r"[A-ZА-Я„“]", text) and not re.search(r"[\[\]|{}<]|\n", text):
                found.append(text)
    return found
