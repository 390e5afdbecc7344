"""What an article provides to each outlet, as plain typed data: page, mail edition, calendars, archive.

A kind of article states all of it in one `Presentation`, of which no part has a default: a kind that leaves
a part out does not pass the type check. The outlets format the values, each by its own means.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pipeline.models.kinds.organisation import Organisation
from pipeline.models.values.facts import Budget, Moment, Money, PartialDate, Partners, Period


class Words(NamedTuple):
    """A text of one line."""

    text: str


class Contact(NamedTuple):
    """A way to reach somebody: a web address, an e-mail address, a telephone number or a name."""

    text: str


class Span(NamedTuple):
    """From one moment to another; without an end, a single day or a start."""

    start: Moment
    end: Moment | None


class Count(NamedTuple):
    """How many there are of something.

    Args:
        number: How many.
        one: The message for one, with `{n}`.
        many: The message for several, with `{n}`.
    """

    number: int
    one: str
    many: str


class Countries(NamedTuple):
    """Countries by their ISO 3166-1 alpha-2 codes, in the author's order."""

    codes: tuple[str, ...]


Value = Words | Contact | Span | dt.date | Period | Money | Budget | Count | Countries
"""What a fact can be; a date is a whole day. Every outlet formats each of them."""


class Fact(NamedTuple):
    """A fact under its label, a message of the catalogue `page` (marked with `L_`)."""

    label: str
    value: Value


class Card(NamedTuple):
    """The card beside an article: its heading (marked with `L_`) and its facts, in order, or none."""

    heading: str
    facts: tuple[Fact, ...]


class MailFacts(NamedTuple):
    """What the mail edition shows below an article's title.

    Args:
        facts: In order.
        left_out: The fields that only the PDF shows, by their dotted names in front matter.
    """

    facts: tuple[Fact, ...]
    left_out: tuple[str, ...]


class CalendarEntry(NamedTuple):
    """An entry of the issue's calendar and of its iCalendar file.

    Args:
        start: The first day, with its time where that is known.
        end: Likewise the last, or None.
        place: Where, in words.
        url: Its page, or None.
        facts: The facts in its description, after the standfirst.
    """

    start: Moment
    end: Moment | None
    place: str
    url: str | None
    facts: tuple[Fact, ...]


FigureValue = str | int | Money | PartialDate | tuple[str, ...]
"""Words, a number, money, a date (a whole day is a `PartialDate` with its three parts), or country codes."""


class Figure(NamedTuple):
    """A value of an article that the archive stores and compares from issue to issue.

    Args:
        name: Its name in the archive's records; not `title`, `kind` or `page`, which every record has.
        label: Its name for people, a message of the catalogue `bulletin` (marked with `N_`).
        value: Its value; None where the article gives none.
    """

    name: str
    label: str
    value: FigureValue | None


class Comparison(NamedTuple):
    """What the closing pages, the mail edition and the editor's queries compare between projects.

    The field names in front matter are the same, for findings point to them.
    """

    programme: str | None
    partners: Partners | None
    budget: Budget | None
    period: Period | None


class Funding(NamedTuple):
    """The funding: a programme and the key of a funder, each from the field of the same name."""

    programme: str | None
    funder: str | None


class Continuation(NamedTuple):
    """An article that a new issue takes over while it is current: until a last day, or with no end known."""

    until: dt.date | None


class Body(StrEnum):
    """What stands below the head."""

    TEXT = "text"
    """A text, which may not be missing."""

    OPTIONAL_TEXT = "optional-text"
    """A text, or nothing."""

    GALLERY = "gallery"
    """Two to twelve pictures, in rows; with a text or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """All that outlets and checks take from the head of an article besides title, standfirst and author.

    The lists of the archive's site name every article by its title, and its search index holds every line of
    the head: neither asks for the kind.

    Args:
        card: The card on the page and on the site, or None.
        organisations: The table that follows the text on the page and on the site; empty for none.
        mail: What the mail edition shows.
        calendar: The entry in calendars, or None.
        figures: What the archive's fact sheet stores.
        comparison: What is compared between projects, or None where the article is none.
        funding: Whose logo and statement the issue has to show, or None where the kind names no funder.
        continuation: Whether a new issue takes the article over, or None for never.
        body: What stands below the head.
    """

    card: Card | None
    organisations: tuple[Organisation, ...]
    mail: MailFacts
    calendar: CalendarEntry | None
    figures: tuple[Figure, ...]
    comparison: Comparison | None
    funding: Funding | None
    continuation: Continuation | None
    body: Body


def facts_given(*facts: tuple[str, Value | None]) -> tuple[Fact, ...]:
    """Return the facts that have a value, in order."""
    return tuple(Fact(label, value) for label, value in facts if value is not None)


def words(text: str | None) -> Words | None:
    """Return a text as a value, or None where there is none."""
    return Words(text) if text else None


def contact(text: str | None) -> Contact | None:
    """Return a way to reach somebody as a value, or None where there is none."""
    return Contact(text) if text else None
