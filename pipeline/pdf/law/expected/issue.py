"""All blocks of an issue: first page, contents, correction, sections, closing pages, colophon."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.models.values.facts import Money
from pipeline.pdf.law.expected.addresses import contact_piece
from pipeline.pdf.law.expected.blocks import Block, Near, Piece, Reading, block
from pipeline.pdf.law.expected.signs import signs_of
from pipeline.pdf.law.expected.text import MAIN, filler_blocks, is_named_by_section, section_blocks
from pipeline.typography import dates, localisation
from pipeline.typography.microtypography.setting import set_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.place import Place
    from pipeline.models.editions import Edition
    from pipeline.models.issue import Article, Issue

_HEAD_OF_CONTENTS: Final = "In this issue"

_LABELS_BESIDES_FACTS: Final = (
    *(
        "Draft",
        _HEAD_OF_CONTENTS,
        "Notes",
        "When",
        "Event",
        "Where",
        "Page",
        "Project",
        "Total budget",
        "Budgets",
    ),
    *("Organisation", "Country", "Website", "Publisher", "Date of issue", "ISSN (print)", "ISSN (online)"),
)
"""Words of the program that may stand on the pages; labels of facts come from the articles."""

CONTENTS: Final = "contents"
"""The sequence of entries of the contents."""

_FEWEST_COMPARED: Final = 2
"""Projects, or countries, that a table or figure of the closing pages compares."""


class Expected(NamedTuple):
    """What the pages of an issue must show, and what they may show besides.

    Args:
        blocks: In reading order.
        running: The signs of the running heads of all pages; what stands in their lines is furniture.
        repeated: The signs of other running heads and of labels.
        named_on_cover: The signs of titles that the first page may name besides the contents.
        words: The signs of single words that the program sets beside those of the issue.
        head_of_contents: The signs of the head above the contents.
    """

    blocks: list[Block]
    running: frozenset[str]
    repeated: frozenset[str]
    named_on_cover: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    head_of_contents: str = ""


def expected_of(issue: Issue, edition: Edition, *, made_up: bool = False) -> Expected:
    """Return what the pages of an edition must show.

    Args:
        issue: Typeset.
        edition: The edition.
        made_up: Whether its style makes the pages up; then events stand in a calendar in their section.
    """
    reader = _IssueReader(issue, made_up=made_up)
    blocks = [
        *reader.cover(),
        *reader.contents(),
        *reader.correction(),
        *section_blocks(issue, on_paper=not edition.carries_links, made_up=made_up),
        *filler_blocks(issue, on_paper=not edition.carries_links),
        *reader.calendar(),
        *reader.comparisons(),
        *reader.colophon(),
    ]
    running = frozenset(map(signs_of, reader.running()))
    repeated = frozenset(map(signs_of, reader.repeated()))
    words = frozenset(signs_of(word) for phrase in reader.phrases() for word in phrase.split())
    named = frozenset(map(signs_of, reader.named_on_cover()))
    return Expected(blocks, running, repeated, named, words, signs_of(reader.head_of_contents()))


class _IssueReader:
    """Reads what an issue says besides its sections.

    Args:
        issue: Typeset.
        made_up: Whether its style makes the pages up.
    """

    def __init__(self, issue: Issue, *, made_up: bool) -> None:
        self._issue = issue
        self._made_up = made_up
        self._language = issue.language
        self._place = issue.places.get("title") or issue.articles[0].place

    def running(self) -> Iterator[str]:
        """Yield the running heads of all pages."""
        issue = self._issue
        yield set_text(f'{issue.publication.title} "{issue.title}"', self._language)
        imprint = f"{self._number()} · {dates.month_year(issue.date, self._language)}"
        yield imprint
        if self._made_up:
            yield f"{issue.publication.title} · {imprint}"

    def repeated(self) -> Iterator[str]:
        """Yield running heads of sections, the mark of a draft, and entries of a short list on the cover."""
        issue = self._issue
        yield from (self._label("Calendar"), self._label("Projects at a glance"))
        yield from map(self._label, _LABELS_BESIDES_FACTS)
        for section in issue.sections:
            yield f"{section.number}. {section.title}"
        if self._made_up:
            cards = [card for article in issue.articles if (card := article.head.presentation.card)]
            yield from (self._label(fact.label) for card in cards for fact in card.facts)

    def phrases(self) -> Iterator[str]:
        """Yield what the program says with words of the issue; of events in a calendar, days and months."""
        language = self._language
        yield self._label("Photo: {credit}").replace("{credit}", "")
        yield self._label("Picture: {credit}").replace("{credit}", "")
        yield self._label("Text: {name}").replace("{name}", "")
        for article in self._issue.articles if self._made_up else ():
            entry = article.head.presentation.calendar
            if entry is not None:
                yield dates.weekday_and_time(entry.start, entry.end, language)
                yield dates.month_name(entry.start.date, language)
                yield str(entry.start.date.year)

    def head_of_contents(self) -> str:
        """Return the head above the contents."""
        return self._label(_HEAD_OF_CONTENTS)

    def named_on_cover(self) -> Iterator[str]:
        """Yield the titles of sections and articles, where the first page may name some."""
        if self._made_up:
            yield from (section.title for section in self._issue.sections)
            yield from (article.head.title for article in self._issue.articles)

    def cover(self) -> Iterator[Block]:
        """Yield title, greeting and imprint."""
        issue, publisher = self._issue, self._issue.publication.publisher
        yield from self._on_cover(issue.publication.title, "title", of_publication=True)
        yield from self._on_cover(issue.title, "title")
        yield from self._on_cover(issue.greeting or "", "greeting")
        for name, contact in (("publisher.site", publisher.site), ("publisher.email", publisher.email)):
            place = issue.publication_places.get(name, self._place)
            yield from block([contact_piece(contact, place)], near=Near.COVER)
        within = Reading.WITHIN
        yield from self._on_cover(self._number(), "number", reading=within)
        yield from self._on_cover(dates.full_date(issue.date, self._language), "date", reading=within)
        for name in ("name", "name", "address", "phone"):
            words = getattr(publisher, name) or ""
            yield from self._on_cover(words, f"publisher.{name}", of_publication=True, reading=within)

    def contents(self) -> Iterator[Block]:
        """Yield the entries of the contents."""
        issue = self._issue
        for index, section in enumerate(issue.sections):
            place = issue.places.get(f"sections.{index}.title", self._place)
            yield from self._entry(section.title, place, leads_to=f"section {index}")
            for article in section.articles:
                if not is_named_by_section(article, section):
                    yield from self._entry(article.head.title, _title_place(article))
        if self._dated():
            yield from self._entry(self._label("Calendar"), self._place, is_label=True, leads_to="calendar")
        for article in self._dated():
            yield from self._entry(article.head.title, _title_place(article))
        if self._budgets() or self._figures():
            label = self._label("Projects at a glance")
            yield from self._entry(label, self._place, is_label=True, leads_to="comparisons")
        for heading in (*self._titles_of_tables(), *self._figures()):
            piece = Piece(heading, self._place)
            yield from block([piece], near=Near.COVER, reading=Reading.WITHIN, is_label=True)

    def correction(self) -> Iterator[Block]:
        """Yield the notice of what the issue corrects."""
        correction = self._issue.correction
        if correction is not None:
            place = self._issue.places.get("correction.text", self._place)
            yield from block([Piece(self._label("Correction"), place)], is_label=True)
            yield from block([Piece(correction.text, place)], MAIN)

    def calendar(self) -> Iterator[Block]:
        """Yield the calendar."""
        dated = self._dated()
        if not dated:
            return
        heading = Piece(self._label("Calendar"), self._place)
        yield from block([heading], MAIN, is_label=True, anchor="calendar")
        yield from self._heads("calendar", [self._label(name) for name in ("When", "Event", "Where", "Page")])
        for article in dated:
            entry = article.head.presentation.calendar
            assert entry is not None  # noqa: S101 - `_dated` has articles with an entry only
            row = f"calendar {article.name}"
            when = dates.span(entry.start, entry.end, self._language)
            for words in (when, article.head.title, entry.place):
                yield from block([Piece(words, _title_place(article))], row, near=Near.LATER, row=row)

    def comparisons(self) -> Iterator[Block]:
        """Yield the tables of budgets, and the titles of figures."""
        budgets, figures = self._budgets(), self._figures()
        if budgets or figures:
            heading = Piece(self._label("Projects at a glance"), self._place)
            yield from block([heading], MAIN, is_label=True, anchor="comparisons")
        publisher = self._issue.publication.publisher
        short = publisher.short_name or publisher.name
        share_of = localisation.label("Share of {publisher}", self._language, publisher=short)
        for title, (currency, articles) in zip(self._titles_of_tables(), budgets.items(), strict=True):
            yield from block([Piece(title, self._place)], MAIN, is_label=True)
            heads = [self._label("Project"), self._label("Total budget"), share_of]
            yield from self._heads(f"budgets {currency}", heads)
            totals = [Decimal(0), Decimal(0)]
            for article in articles:
                comparison = article.head.presentation.comparison
                assert comparison is not None  # noqa: S101 - as above
                assert comparison.budget is not None  # noqa: S101
                total, share = comparison.budget.total, comparison.budget.share
                totals[0] += total.amount
                totals[1] += share.amount if share else 0
                shown = (article.head.title, self._money(total), self._money(share) if share else "–")
                yield from self._row(f"budget {article.name}", shown, _title_place(article))
            sums = [self._money(Money.model_construct(amount=amount, currency=currency)) for amount in totals]
            yield from self._row(f"budgets {currency}", (self._label("In all"), *sums), self._place)
        for title in figures:
            yield from block([Piece(title, self._place)], MAIN, is_label=True)

    def colophon(self) -> Iterator[Block]:
        """Yield who pays, and who made the issue."""
        issue, publication = self._issue, self._issue.publication
        places = issue.publication_places
        for index, funder in enumerate(publication.funders):
            if funder in issue.funders:
                for name in ("statement", "disclaimer"):
                    place = places.get(f"funders.{index}.{name}", self._place)
                    piece = Piece(getattr(funder, name) or "", place)
                    yield from block([piece], f"funder {funder.key}", near=Near.ANYWHERE)
        for index, member in enumerate(publication.team):
            for name in ("role", "name"):
                place = places.get(f"team.{index}.{name}", self._place)
                yield from block([Piece(getattr(member, name), place)], near=Near.ANYWHERE)
        publisher = publication.publisher
        date = dates.full_date(issue.date, self._language)
        labelled = (
            ("Publisher", (publisher.name, publisher.address)),
            ("Date of issue", (date,)),
            ("ISSN (print)", (publication.issn.print or "",)),
            ("ISSN (online)", (publication.issn.online or "",)),
        )
        for message, values in labelled:
            label = [Piece(self._label(message), self._place)] if any(values) else []
            yield from block(label, near=Near.ANYWHERE, is_label=True)
            for words in values:
                yield from block([Piece(words, self._place)], near=Near.ANYWHERE, reading=Reading.WITHIN)

    def _on_cover(
        self,
        words: str,
        name: str,
        *,
        of_publication: bool = False,
        reading: Reading = Reading.WHOLE,
    ) -> list[Block]:
        places = self._issue.publication_places if of_publication else self._issue.places
        piece = Piece(words, places.get(name, self._place))
        return block([piece], near=Near.COVER, reading=reading)

    def _entry(self, words: str, place: Place, *, is_label: bool = False, leads_to: str = "") -> list[Block]:
        piece, within = Piece(words, place), Reading.WITHIN
        return block([piece], CONTENTS, near=Near.COVER, reading=within, is_label=is_label, leads_to=leads_to)

    def _heads(self, name: str, heads: list[str]) -> Iterator[Block]:
        """Yield the heads of a table of the closing pages."""
        for head in heads:
            row = f"{name} heads"
            yield from block([Piece(head, self._place)], row, near=Near.LATER, row=row, is_label=True)

    def _row(self, name: str, cells: tuple[str, ...], place: Place) -> Iterator[Block]:
        for cell in cells:
            yield from block([Piece(cell, place)], name, near=Near.LATER, row=name)

    def _dated(self) -> list[Article]:
        """Return the articles of the calendar by day and hour; whole days come first.

        Pages that are made up have no other calendar than that in their sections.
        """
        if self._made_up:
            return []
        dated = [
            (entry.start.date, str(entry.start.time or ""), article.name, article)
            for article in self._issue.articles
            if (entry := article.head.presentation.calendar) is not None
        ]
        return [article for *_, article in sorted(dated, key=lambda each: each[:3])]

    def _budgets(self) -> dict[str, list[Article]]:
        """Return the projects with budgets that are compared, by currency."""
        grouped: dict[str, list[Article]] = defaultdict(list)
        for article in self._issue.articles:
            comparison = article.head.presentation.comparison
            if comparison is not None and comparison.budget is not None:
                grouped[comparison.budget.total.currency].append(article)
        return {code: articles for code, articles in grouped.items() if len(articles) >= _FEWEST_COMPARED}

    def _titles_of_tables(self) -> list[str]:
        """Return the titles of the tables of budgets."""
        currencies = list(self._budgets())
        if len(currencies) == 1:
            return [self._label("Budgets")]
        message = "Budgets in {currency}"
        return [localisation.label(message, self._language, currency=currency) for currency in currencies]

    def _figures(self) -> list[str]:
        """Return the titles of the figures."""
        compared = [a.head.presentation.comparison for a in self._issue.articles]
        periods = [c for c in compared if c is not None and c.period]
        countries = {code for c in compared if c is not None and c.partners for code in c.partners.countries}
        titles = [self._label("Periods")] if len(periods) >= _FEWEST_COMPARED else []
        return titles + ([self._label("Partner countries")] if len(countries) >= _FEWEST_COMPARED else [])

    def _number(self) -> str:
        return localisation.label("Issue {number}", self._language, number=self._issue.number)

    def _label(self, message: str) -> str:
        return localisation.label(message, self._language)

    def _money(self, amount: Money) -> str:
        return localisation.money(amount, self._language)


def _title_place(article: Article) -> Place:
    return article.places.get("title", article.place)
