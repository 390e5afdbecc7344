"""What the two parts of the mail must say, from the issue alone, in the order in which they say it.

Only what depends on the PDF and on the site – the sentence about the file, addresses of pages, how much of an
article is given – is taken from the contents that the parts were composed from.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.place import Place
from pipeline.html_checks.word_order import ExpectedWord
from pipeline.models.editions import UNSUBSCRIBE
from pipeline.models.kinds.presentation import Contact
from pipeline.models.values.facts import Money
from pipeline.pdf.law.expected.facts import value_text
from pipeline.typography import dates, localisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.mail_edition.contents import MailContents
    from pipeline.models.issue import Article, Issue
    from pipeline.models.kinds.presentation import Value

_PUBLICATION: Final = "issues/publication.yaml"


class MailLine(NamedTuple):
    """Words of the mail that stand together.

    Args:
        place: Where they were written.
        words: As the HTML shows them.
        address: The target of the link they are or end in; empty for none.
        in_text: As the plain text has them, where that differs; None for the same words.
    """

    place: Place
    words: str
    address: str = ""
    in_text: str | None = None


def expected_words(lines: Iterable[MailLine], *, in_text: bool) -> list[ExpectedWord]:
    """Return the words of some lines, each with its place.

    Args:
        lines: In order.
        in_text: Whether as in the plain text.
    """
    return [
        ExpectedWord(word, line.place)
        for line in lines
        for word in (line.in_text if in_text and line.in_text is not None else line.words).split()
    ]


class ExpectedMail:
    """The lines of the mail of an issue.

    Args:
        issue: Typeset.
        contents: The contents that the parts were composed from.
    """

    def __init__(self, issue: Issue, contents: MailContents) -> None:
        self._issue = issue
        self._contents = contents
        self._language = issue.language
        self._place = Place(f"{issue.folder}/issue.yaml")

    @property
    def place(self) -> Place:
        """The file of the issue."""
        return self._place

    @property
    def topics(self) -> str:
        """What inboxes show after the subject, whole: the correction, or the titles of the articles."""
        issue = self._issue
        first = [issue.correction.text] if issue.correction else [a.head.title for a in issue.articles]
        return " ".join(" · ".join([*first, issue.title, issue.publication.publisher.name]).split())

    def html(self) -> list[MailLine]:
        """Return the lines of the HTML part."""
        issue, publication = self._issue, self._issue.publication
        head = (
            self._of_publication("publisher.name", publication.publisher.name),
            MailLine(self._place, self._contents.imprint),
            self._of_publication("title", publication.title),
            self._of_issue("title", issue.title),
            self._of_issue("greeting", issue.greeting or ""),
            *self._button(),
        )
        return [*self._correction(), *head, *self._body()]

    def text(self) -> list[MailLine]:
        """Return the lines of the plain text part."""
        issue, publication = self._issue, self._issue.publication
        head = (
            self._of_publication("title", f"{publication.title}: "),
            self._of_issue("title", issue.title),
            MailLine(self._place, self._contents.imprint),
            self._of_publication("publisher.name", publication.publisher.name),
            self._of_issue("greeting", issue.greeting or ""),
            MailLine(self._place, self._contents.file),
            MailLine(self._place, self._contents.online),
        )
        return [*self._correction(), *head, *self._body()]

    def _correction(self) -> Iterator[MailLine]:
        correction = self._issue.correction
        if correction is not None:
            yield MailLine(self._place, self._label("Correction"))
            yield self._of_issue("correction.text", correction.text)
            sentence = "This corrected edition of issue {number} replaces the earlier one."
            number = self._issue.number
            yield MailLine(self._place, localisation.label(sentence, self._language, number=number))

    def _button(self) -> Iterator[MailLine]:
        contents = self._contents
        if contents.online:
            yield MailLine(self._place, contents.button, contents.online)
        yield MailLine(self._place, contents.file)

    def _body(self) -> Iterator[MailLine]:
        given = iter([entry for part in self._contents.parts for entry in part.entries])
        for index, section in enumerate(self._issue.sections):
            head = f"{section.number}. {section.title}"
            yield self._of_issue(f"sections.{index}.title", head)
            yield self._of_issue(f"sections.{index}.lead", section.lead or "")
            for article in section.articles:
                entry = next(given, None)
                yield from self._article(article, entry.text if entry else "", entry.link if entry else "")
        yield from self._at_a_glance()
        yield from self._funders()
        yield from self._foot()

    def _article(self, article: Article, teaser: str, link: str) -> Iterator[MailLine]:
        title = article.places.get("title", article.place)
        yield MailLine(title, article.head.title, link)
        yield MailLine(article.places.get("standfirst", article.place), teaser)
        if not (self._is_compared() and _has_row(article)):
            for fact in article.head.presentation.mail.facts:
                yield self._fact(localisation.label(fact.label, self._language), fact.value, article.place)
        yield MailLine(title, "", in_text=link)

    def _fact(self, name: str, value: Value, place: Place) -> MailLine:
        if isinstance(value, Contact):
            target = _target(value.text)
            in_text = value.text if target.startswith("http") else _bare(value.text)
            return MailLine(place, f"{name}: {_bare(value.text)}", target, f"{name}: {in_text}")
        return MailLine(place, f"{name}: {value_text(value, self._language)}")

    def _at_a_glance(self) -> Iterator[MailLine]:
        rows = [article for article in self._issue.articles if _has_row(article)]
        if not rows or not self._is_compared():
            return
        yield MailLine(self._place, self._label("Projects at a glance"))
        for article in rows:
            yield from self._row(article)
        if self._contents.budget_sum is not None:
            yield from self._sum(rows)
        if names := self._countries():
            yield MailLine(self._place, f"{self._label('Partner countries')}: {names}")

    def _row(self, article: Article) -> Iterator[MailLine]:
        compared = article.head.presentation.comparison
        assert compared is not None  # noqa: S101 - only articles with a row come here
        place = article.places.get("title", article.place)
        period = dates.period(compared.period, self._language) if compared.period else ""
        yield MailLine(place, article.head.title)
        about = " · ".join(filter(None, (compared.programme, period)))
        yield MailLine(article.places.get("period", article.place), about)
        budget = compared.budget
        if budget is not None:
            total = localisation.money(budget.total, self._language)
            place = article.places.get("budget", article.place)
            yield self._total(total, place)
            if budget.share:
                share = localisation.money(budget.share, self._language)
                yield MailLine(place, f"{share} {self._for_publisher()}")

    def _sum(self, rows: list[Article]) -> Iterator[MailLine]:
        budgets = [a.head.presentation.comparison.budget for a in rows if a.head.presentation.comparison]
        given = [budget for budget in budgets if budget is not None]
        total = sum((budget.total.amount for budget in given), Decimal())
        share = sum((budget.share.amount for budget in given if budget.share), Decimal())
        currency = given[0].total.currency
        yield MailLine(self._place, self._label("In all"))
        yield self._total(self._money(total, currency), self._place)
        amount = self._money(share, currency)
        yield MailLine(self._place, f"{amount} {self._for_publisher()}", in_text=amount)

    def _total(self, amount: str, place: Place) -> MailLine:
        return MailLine(place, amount, in_text=f"{self._label('Total budget')}: {amount}")

    def _funders(self) -> Iterator[MailLine]:
        for funder in self._issue.funders:
            index = self._issue.publication.funders.index(funder)
            yield self._of_publication(f"funders.{index}.statement", funder.statement)
            yield self._of_publication(f"funders.{index}.disclaimer", funder.disclaimer or "")

    def _foot(self) -> Iterator[MailLine]:
        publisher, contents = self._issue.publication.publisher, self._contents
        yield self._of_publication("publisher.name", publisher.name)
        yield self._of_publication("publisher.address", publisher.address)
        for field, words in (("site", publisher.site), ("email", publisher.email)):
            place = self._of_publication(f"publisher.{field}", words).place
            yield MailLine(place, _bare(words), _target(words), words)
        yield self._of_publication("publisher.phone", publisher.phone or "")
        yield MailLine(self._place, f"{contents.reason} {contents.replies}")
        yield MailLine(self._place, contents.reply_to, f"mailto:{contents.reply_to}")
        label = self._label("Unsubscribe")
        yield MailLine(self._place, label, UNSUBSCRIBE, f"{label}: {UNSUBSCRIBE}")

    def _is_compared(self) -> bool:
        """Return whether the pages compare projects: two budgets in a currency, periods or countries."""
        compared = [a.head.presentation.comparison for a in self._issue.articles]
        known = [each for each in compared if each is not None]
        currencies = [each.budget.total.currency for each in known if each.budget]
        countries = {code for each in known if each.partners for code in each.partners.countries}
        periods = [each.period for each in known if each.period]
        return len(currencies) > len(set(currencies)) or len(periods) > 1 or len(countries) > 1

    def _countries(self) -> str:
        compared = [a.head.presentation.comparison for a in self._issue.articles]
        codes = {code for each in compared if each and each.partners for code in each.partners.countries}
        names = sorted(localisation.country_name(code, self._language) for code in codes)
        return localisation.listing(names, self._language) if len(names) > 1 else ""

    def _for_publisher(self) -> str:
        publisher = self._issue.publication.publisher
        name = publisher.short_name or publisher.name
        return localisation.label("for {publisher}", self._language, publisher=name)

    def _money(self, amount: Decimal, currency: str) -> str:
        return localisation.money(Money(amount=amount, currency=currency), self._language)

    def _label(self, message: str) -> str:
        return localisation.label(message, self._language)

    def _of_issue(self, field: str, words: str) -> MailLine:
        return MailLine(self._issue.places.get(field, self._place), words)

    def _of_publication(self, field: str, words: str) -> MailLine:
        return MailLine(self._issue.publication_places.get(field, Place(_PUBLICATION)), words)


def _has_row(article: Article) -> bool:
    compared = article.head.presentation.comparison
    return compared is not None and bool(compared.budget or compared.period)


def _target(text: str) -> str:
    """Return the target of a contact: a web address or a `mailto:` address, or an empty text."""
    if re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        return f"mailto:{text}"
    return text if text.startswith(("http://", "https://")) else ""


def _bare(address: str) -> str:
    """Return an address without scheme and closing slash."""
    for scheme in ("https://", "http://", "mailto:"):
        if address.startswith(scheme):
            return address.removeprefix(scheme).removesuffix("/")
    return address.removesuffix("/")
