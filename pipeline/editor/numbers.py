"""Queries of numbers and dates: announced counts, tenses, days of the week, sums."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.finding import found
from pipeline.findings.place import Place
from pipeline.models.text import Table
from pipeline.models.tree import nodes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.editor.language_words import LanguageWords
    from pipeline.editor.passages import Passage
    from pipeline.editor.queries import QueryContext
    from pipeline.findings.finding import Finding
    from pipeline.models.text import Cell

_MOST_ANNOUNCED: Final = 20
_NEAR: Final = 40
"""Characters before a date within which its day of the week stands, or an abbreviation before its point."""

_FEWEST_ADDED: Final = 3
"""The fewest rows of a table with a sum: two, and their sum."""
_FIGURE: Final = r"-?\d{1,3}(?:[ \u00a0.,]\d{3})+(?:[.,]\d+)?|-?\d+(?:[.,]\d+)?"
_ABBREVIATED: Final = re.compile(
    r"\b(?:г|р|м|вул|т\.ч|вкл|напр|хил|млн|млрд|лв|ул|бул|гр|ет|бр|стр|тел|проф|доц|д-р|инж|св|чл|ал)\.$"
)


class Dated(NamedTuple):
    """A day in a text.

    Args:
        day: The date.
        start: Where in the passage it begins.
        end: Behind its last character.
    """

    day: dt.date
    start: int
    end: int


def count_queries(context: QueryContext) -> Iterator[Finding]:
    """Query announced numbers that differ from the number of items listed (W410)."""
    language_words = context.language_words
    if language_words is None:
        return
    passages = [each for each in context.passages if each.listed and each.text.rstrip().endswith(":")]
    if not passages:
        return
    words = "|".join(language_words.numbers)
    pattern = re.compile(rf"(?<![\w.,–-])(?:(\d{{1,2}})|({words}))[ \u00a0]+([^\W\d]{{3,}})", re.IGNORECASE)
    for passage in passages:
        announced = [
            match
            for match in pattern.finditer(passage.text)
            if match[3].casefold() not in language_words.months
            and _count(match, language_words) <= _MOST_ANNOUNCED
        ]
        if len(announced) == 1 and _count(announced[0], language_words) != passage.listed:
            match = announced[0]
            key = f"{match[0]} – {passage.listed}".replace("\u00a0", " ")
            yield from context.query("W410", passage, match.span(), key, said=match[0], count=passage.listed)


def tense_queries(context: QueryContext) -> Iterator[Finding]:
    """Query past events that are described as yet to come (W411)."""
    language_words = context.language_words
    if language_words is None:
        return
    for passage in context.passages:
        days = list(_days(passage, language_words, context.issue.date.year, with_year=True))
        if not days:
            continue
        for start, end in sentences(passage.text):
            dates = [dated for dated in days if start <= dated.start < end]
            future = language_words.future.search(passage.text, start, end)
            if not dates or future is None or language_words.not_future.search(passage.text, start, end):
                continue
            if all(dated.day < context.issue.date for dated in dates):
                day = in_words(dates[0].day, context)
                key = f"{dates[0].day.isoformat()} – {future[0]}"
                yield from context.query("W411", passage, future.span(), key, date=day, found=future[0])


def weekday_queries(context: QueryContext) -> Iterator[Finding]:
    """Query days of the week that do not match the date (W412)."""
    language_words = context.language_words
    if language_words is None:
        return
    days = "|".join(language_words.days)
    before = re.compile(rf"(?<!\w)({days})(?!\w)[ ,\u00a0(]*$", re.IGNORECASE)
    after = re.compile(rf"(?:[ \u00a0]*г\.)?[ ,\u00a0(]*({days})(?!\w)", re.IGNORECASE)
    for passage in context.passages:
        for dated in _days(passage, language_words, context.issue.date.year):
            near = max(dated.start - _NEAR, 0)
            match = before.search(passage.text, near, dated.start) or after.match(passage.text, dated.end)
            if match is None:
                continue
            wanted = language_words.days[dated.day.weekday()]
            if match[1].casefold() != wanted:
                day = in_words(dated.day, context)
                key = f"{match[1]}, {dated.day.isoformat()}"
                yield from context.query(
                    "W412",
                    passage,
                    match.span(1),
                    key,
                    date=day,
                    found=match[1],
                    wanted=wanted,
                )


def in_words(day: dt.date, context: QueryContext) -> str:
    """Return a day as the language of the issue writes it."""
    from pipeline.typography.dates import full_date  # noqa: PLC0415 - slow to import, rarely needed

    return full_date(day, context.issue.language)


def _figures(value: Decimal, context: QueryContext) -> str:
    from pipeline.typography.localisation import number  # noqa: PLC0415 - slow to import, rarely needed

    return number(value, context.issue.language)


def sum_queries(context: QueryContext) -> Iterator[Finding]:
    """Query tables whose last row is not the sum it is labelled as (W413)."""
    if context.language_words is None:
        return
    for article in context.issue.articles:
        for table in nodes_of(Table, article.body):
            heading = _plain(table.rows[-1][0]).casefold().strip(" :") if table.rows else ""
            if heading not in context.language_words.sums or len(table.rows) < _FEWEST_ADDED:
                continue
            for column in range(1, len(table.heads)):
                figures = [_figure(_plain(row[column])) for row in table.rows]
                if any(figure is None for figure in figures):
                    continue
                *parts, total = (figure or Decimal(0) for figure in figures)
                added = sum(parts, Decimal(0))
                if added == total:
                    continue
                written, right = _plain(table.rows[-1][column]).strip(), _figures(added, context)
                key = f"{right} – {written}"
                if key not in context.house.accepted:
                    place = Place(table.place.path, table.place.line)
                    yield found("W413", place, found=written, sum=right, key=key)


def _count(match: re.Match[str], language_words: LanguageWords) -> int:
    return int(match[1]) if match[1] else language_words.numbers[match[2].casefold()]


def _days(
    passage: Passage, language_words: LanguageWords, year: int, *, with_year: bool = False
) -> Iterator[Dated]:
    """Yield the dates of a passage; one without a year is in the year of the issue."""
    if not any(map(str.isdecimal, passage.text)):
        return
    months = "|".join(language_words.months)
    worded = re.compile(
        rf"(?<![\w.,])(\d{{1,2}})[ \u00a0]+({months})(?:,?[ \u00a0]+(\d{{4}}))?", re.IGNORECASE
    )
    figured = re.compile(r"(?<![\w.,/])(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\w/])")
    for match in worded.finditer(passage.text):
        if with_year and match[3] is None:
            continue
        month = language_words.months.index(match[2].casefold()) + 1
        yield from _dated(match, int(match[3] or year), month)
    for match in figured.finditer(passage.text):
        yield from _dated(match, int(match[3]), int(match[2]))


def _dated(match: re.Match[str], year: int, month: int) -> Iterator[Dated]:
    try:
        yield Dated(dt.date(year, month, int(match[1])), *match.span())
    except ValueError:
        return


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence; a full stop behind an abbreviation ends none."""
    begin = 0
    for match in re.finditer(r"(?<![.!?…])[.!?…]++[“”»\"]?[\s\u00a0]++(?=[\u0400-\u042fҐA-ZÄÖÜ„“«\d])", text):
        if not _ABBREVIATED.search(text, max(begin, match.start() - _NEAR), match.start() + 1):
            yield begin, match.end()
            begin = match.end()
    yield begin, len(text)


def _plain(cell: Cell) -> str:
    return "".join(getattr(child, "text", "") or _plain(getattr(child, "children", ())) for child in cell)


def _figure(text: str) -> Decimal | None:
    """Return the one figure of a cell, or None where it has none or several."""
    figures = re.findall(_FIGURE, text)
    if len(figures) != 1:
        return None
    plain = re.sub(r"(?<=\d)[ \u00a0](?=\d{3})", "", figures[0])
    plain = plain.replace(",", ".")
    whole, dot, part = plain.rpartition(".")
    try:
        return Decimal(whole.replace(".", "") + dot + part)
    except InvalidOperation:
        return None
