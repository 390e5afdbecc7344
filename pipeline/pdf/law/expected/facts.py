"""The facts of articles as blocks: cards, tables of organisations."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final, assert_never

from pipeline.models.kinds.common_head import Weight
from pipeline.models.kinds.presentation import Contact, Count, Countries, Span, Words
from pipeline.models.text import Code, PageBreak, Run, Table
from pipeline.models.tree import nodes_of
from pipeline.models.values.facts import Budget, Money, Period
from pipeline.pdf.law.expected.addresses import bare_address, contact_piece
from pipeline.pdf.law.expected.blocks import Block, Near, Piece, Reading, block
from pipeline.typography import dates, localisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.findings.place import Place
    from pipeline.models.issue import Article, Issue
    from pipeline.models.kinds.presentation import Fact, Value

LONGEST_IN_CALENDAR: Final = 900
"""Letters and figures of an event's text, at most, that stands in a calendar."""

_WIDEST_IN_CALENDAR: Final = 33
"""Letters across of a table in it, at most; see `_letters_across`."""


def card_blocks(article: Article, issue: Issue) -> Iterator[Block]:
    """Yield the blocks of an article's card: heading, labels, values."""
    card = article.head.presentation.card
    if card is None:
        return
    sequence = f"card {article.name}"
    language = issue.language
    near = Near.BESIDE
    heading = localisation.label(card.heading, language)
    yield from block([Piece(heading, article.place)], sequence, near=near, is_label=True)
    for fact in card.facts:
        place = _place_of(fact.value, article)
        yield from block(
            [Piece(localisation.label(fact.label, language), place)], sequence, near=near, is_label=True
        )
        yield from block([_value_piece(fact.value, language, place)], sequence, near=near)
        yield from _share_blocks(fact.value, issue, place, sequence)


def _share_blocks(value: Value, issue: Issue, place: Place, sequence: str = "") -> list[Block]:
    """Return the publisher's share of a budget, with whose it is; none of any other fact."""
    if not isinstance(value, Budget) or value.share is None:
        return []
    share = localisation.money(value.share, issue.language)
    publisher = issue.publication.publisher
    short = publisher.short_name or publisher.name
    whose = localisation.label("for {publisher}", issue.language, publisher=short)
    # A card of simple pages may leave out whose it is; without a sequence, the share stands by itself.
    piece = Piece(f"{share} {whose}", place, (share,) if sequence else ())
    return block([piece], sequence, near=Near.BESIDE, reading=Reading.WITHIN)


def is_in_calendar(article: Article) -> bool:
    """Return whether pages that are made up show an article in a calendar.

    An event with a weight, a long text, a page break or a wide table is set as an article (docs/bg/pages.md).
    """
    if article.head.presentation.calendar is None or article.head.weight is not None:
        return False
    if next(iter(nodes_of(PageBreak, article.body)), None) is not None:
        return False
    if any(_letters_across(table) > _WIDEST_IN_CALENDAR for table in nodes_of(Table, article.body)):
        return False
    written = (each.text for each in nodes_of(Run | Code, article.body))  # type: ignore[arg-type]
    return len(re.findall(r"[^\W_]", "".join(written))) <= LONGEST_IN_CALENDAR


def _letters_across(table: Table) -> int:
    """Return how many letters wide a table is: the longest words of its columns, and three for each."""
    across = 0
    for column in range(len(table.heads)):
        cells = [row[column] for row in (table.heads, *table.rows)]
        texts = [each.text for cell in cells for each in nodes_of(Run | Code, cell)]  # type: ignore[arg-type]
        across += 3 + max((len(word) for text in texts for word in re.findall(r"\w+", text)), default=0)
    return across


def by_date(articles: Iterable[Article]) -> list[Article]:
    """Return events in the order of a calendar."""
    return sorted(articles, key=lambda article: (*_beginning(article), article.name))


def common_facts(articles: list[Article]) -> tuple[Fact, ...]:
    """Return the facts besides time and place that several events all have in common."""
    if len(articles) == 1:
        return ()
    listed = [_further_facts(article) for article in articles]
    return tuple(fact for fact in listed[0] if all(fact in facts for facts in listed[1:]))


def common_blocks(articles: list[Article], common: tuple[Fact, ...], language: str) -> Iterator[Block]:
    """Yield the facts that stand once for several events, at the head of their calendar."""
    for fact in common:
        place = _place_of(fact.value, articles[0])
        yield from _labels_of_events(fact, articles[0], language)
        piece = _value_piece(fact.value, language, place)
        yield from block([piece], near=Near.BESIDE, reading=Reading.WITHIN)


def month_blocks(article: Article, language: str) -> Iterator[Block]:
    """Yield the month that an event begins in, and its year: in a calendar they stand once for its events."""
    day, _ = _beginning(article)
    for words in (dates.month_name(day, language), str(day.year)):
        yield from block([Piece(words, article.places.get("start", article.place))], near=Near.BESIDE)


def month_of(article: Article) -> tuple[int, int]:
    """Return the year and the month that an event begins in."""
    day, _ = _beginning(article)
    return day.year, day.month


def made_up_facts(article: Article, issue: Issue, common: tuple[Fact, ...]) -> Iterator[Block]:
    """Yield the facts of an article on pages that are made up: without a heading, each with its label.

    Args:
        article: The article.
        issue: The issue it is in.
        common: What stands once for several events, and not with each.
    """
    shown, language = article.head.presentation, issue.language
    facts = shown.card.facts if shown.card else ()
    if is_in_calendar(article):
        yield from _moment_blocks(article, language)
        facts = tuple(fact for fact in _further_facts(article) if fact not in common)
        assert shown.calendar is not None  # noqa: S101 - as above
        place = Piece(shown.calendar.place, article.places.get("place", article.place))
        yield from block([place], near=Near.BESIDE)
    for fact in facts:
        place_of_fact = _place_of(fact.value, article)
        yield from _labels(fact, article, language)
        piece = _value_piece(fact.value, language, place_of_fact)
        yield from block([piece], near=Near.BESIDE)
        yield from _share_blocks(fact.value, issue, place_of_fact)


def _labels(fact: Fact, article: Article, language: str) -> list[Block]:
    """Return the label of a fact; none where it may stand without.

    Beside a notice it may stand within words. The name above a member's news has none, nor need a contact
    below a notice.
    """
    head = article.head
    label = Piece(localisation.label(fact.label, language), _place_of(fact.value, article))
    if is_in_calendar(article):
        return _labels_of_events(fact, article, language)
    if head.kind == "member_news":
        return []
    may_be_notice = head.weight is Weight.NOTICE or (
        head.weight is None and head.presentation.comparison is None
    )
    if may_be_notice and isinstance(fact.value, Contact):
        return []
    reading = Reading.WITHIN if may_be_notice else Reading.WHOLE
    return block([label], near=Near.BESIDE, is_label=True, reading=reading)


def _labels_of_events(fact: Fact, article: Article, language: str) -> list[Block]:
    """Return the label of a fact in a calendar, where it stands before its fact."""
    words = localisation.label(fact.label, language)
    label = Piece(f"{words}:", _place_of(fact.value, article), (words,))
    return block([label], near=Near.BESIDE, is_label=True)


def _moment_blocks(article: Article, language: str) -> Iterator[Block]:
    """Yield the days of an event as numerals, and the days of the week with its hours."""
    entry = article.head.presentation.calendar
    assert entry is not None  # noqa: S101 - an event has one
    first, last = entry.start, entry.end or entry.start
    place = article.places.get("start", article.place)
    one_month = (first.date.year, first.date.month) == (last.date.year, last.date.month)
    days = [f"{day.day}" if one_month else f"{day.day}.{day.month}" for day in (first.date, last.date)]
    numerals = days[0] if first.date == last.date else f"{days[0]}–{days[1]}"
    yield from block([Piece(numerals, place)], near=Near.BESIDE)
    hours = dates.weekday_and_time(first, entry.end, language)
    yield from block([Piece(hours, place)], near=Near.BESIDE)


def _beginning(article: Article) -> tuple[dt.date, str]:
    entry = article.head.presentation.calendar
    assert entry is not None  # noqa: S101 - as above
    return entry.start.date, str(entry.start.time or "")


def _further_facts(article: Article) -> tuple[Fact, ...]:
    """Return the facts of an event besides its time and place."""
    card = article.head.presentation.card
    facts = card.facts if card else ()
    return tuple(fact for fact in facts if fact.label not in {"When", "Where"})


def organisation_blocks(
    article: Article, language: str, sequence: str, *, in_rows: bool = True
) -> Iterator[Block]:
    """Yield the cells of the table of organisations; not in rows, their names in a wall."""
    listed = article.head.presentation.organisations
    if not in_rows:
        for index, item in enumerate(listed):
            place = article.places.get(f"organisations.{index}.name", article.place)
            country = localisation.country_name(item.country, language) if item.country else ""
            site = contact_piece(item.url or "", place)
            for piece in (Piece(item.name, place), Piece(country, place), site):
                yield from block([piece], near=Near.BESIDE)
        return
    has_sites = any(item.url for item in listed)
    names = ("Organisation", "Country", *(("Website",) if has_sites else ()))
    table = f"organisations {article.name}"
    for column, name in enumerate(names if listed else ()):
        head = Piece(localisation.label(name, language), article.place)
        row = f"{table} heads"
        yield from block([head], sequence, row=row, table=table, column=column, is_label=True)
    for index, item in enumerate(listed):
        place = article.places.get(f"organisations.{index}.name", article.place)
        country = localisation.country_name(item.country, language) if item.country else "–"
        cells = [Piece(item.name, place), Piece(country, place)]
        cells += [contact_piece(item.url or "–", place)] if has_sites else []
        for column, cell in enumerate(cells):
            row = f"{table} {index}"
            yield from block([cell], sequence, row=row, table=table, column=column)


def value_text(value: Value, language: str) -> str:
    """Return a fact's value as its reader sees it; of a budget, the total."""
    match value:
        case Words():
            return value.text
        case Contact():
            return bare_address(value.text)
        case Span():
            return dates.span(value.start, value.end, language)
        case dt.date():
            return dates.full_date(value, language)
        case Period():
            return dates.period(value, language)
        case Money():
            return localisation.money(value, language)
        case Budget():
            return localisation.money(value.total, language)
        case Count():
            return localisation.plural_label(value.one, value.many, value.number, language)
        case Countries():
            names = [localisation.country_name(code, language) for code in value.codes]
            return localisation.listing(names, language)
        case _:
            assert_never(value)


def _value_piece(value: Value, language: str, place: Place) -> Piece:
    """Return a fact's value as a piece; a contact leads to its address."""
    if isinstance(value, Contact):
        return contact_piece(value.text, place)
    return Piece(value_text(value, language), place)


def _place_of(value: Value, article: Article) -> Place:
    """Return where a fact was written: the place of the field with this value."""
    sought: Any = value.text if isinstance(value, (Words, Contact)) else value
    for name in type(article.head).model_fields:
        if name in article.places and getattr(article.head, name) == sought:
            return article.places[name]
    return article.place
