"""The content of the mail edition, from which its HTML and its plain text are composed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.models.editions import SCREEN
from pipeline.models.kinds.presentation import Contact
from pipeline.models.publication import Enclosure
from pipeline.models.text import Paragraph
from pipeline.page.closing import closing_parts
from pipeline.page.fact_values import contact_address, fact_text
from pipeline.page.makeup.notes_in_use import anchor
from pipeline.page.markup import plain_text, shown_address
from pipeline.typography import dates, localisation
from pipeline.typography.localisation import NBSP
from pipeline.typography.microtypography.setting import set_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.models.issue import Article, Issue
    from pipeline.models.kinds.presentation import Comparison
    from pipeline.models.publication import Publication
    from pipeline.page.style import Style

PREHEADER: Final = (40, 90)
"""Fewest and most characters of the preheader, which inboxes show after the subject."""

_EXCERPT: Final = 240
"""Characters of an article's beginning, where it has no standfirst."""

_LEAST_EXCERPT: Final = 60
"""The fewest of them, where the whole is longer; half of it where it is short."""


class PdfFile(NamedTuple):
    """The PDF that goes with the mail.

    Args:
        name: File name.
        size: Size in bytes.
        pages: Number of pages.
    """

    name: str
    size: int
    pages: int


class Fact(NamedTuple):
    """A fact: label, value, and the URL of its link; empty if it has none."""

    name: str
    value: str
    link: str = ""


class Entry(NamedTuple):
    """An article in the contents.

    Args:
        title: Its title.
        text: Its standfirst or its beginning; empty if the HTML would be too large.
        facts: The facts that its kind gives the mail.
        link: Its URL; empty if the publication names no site.
    """

    title: str
    text: str
    facts: tuple[Fact, ...]
    link: str


class Part(NamedTuple):
    """A section in the contents."""

    number: int
    title: str
    lead: str
    entries: tuple[Entry, ...]


class Budgeted(NamedTuple):
    """A project among the facts at a glance.

    Args:
        title: Its name.
        about: Programme and period, in words.
        total: The whole budget, in words.
        share: The publisher's share likewise; empty where it is not known.
    """

    title: str
    about: str
    total: str
    share: str


class MailContents(NamedTuple):
    """The content of the mail edition, in the language of the issue.

    Args:
        subject: The subject.
        preheader: The text that inboxes show after the subject.
        imprint: Number and date.
        correction: What was wrong in an earlier filing; empty if the issue corrects none.
        replaces: The sentence that this edition replaces the earlier one; likewise.
        file: The sentence about the PDF: that it is attached, or where to read it.
        button: The label of the button; empty where there is no site.
        online: The URL of the button; empty likewise.
        parts: The contents.
        budgets: The projects at a glance.
        budget_sum: The sum of them, where all are in one currency.
        countries: The countries of the partners.
        reason: Why the recipient gets this.
        replies: The words before the address for answers.
        reply_to: Their address.
        pdf: The PDF.
    """

    subject: str
    preheader: str
    imprint: str
    correction: str
    replaces: str
    file: str
    button: str
    online: str
    parts: tuple[Part, ...]
    budgets: tuple[Budgeted, ...]
    budget_sum: Budgeted | None
    countries: str
    reason: str
    replies: str
    reply_to: str
    pdf: PdfFile


def mail_contents(issue: Issue, style: Style, pdf: PdfFile, *, is_own: bool, draft: bool) -> MailContents:
    """Return the content of the mail edition.

    Args:
        issue: Typeset.
        style: Its style.
        pdf: The PDF that goes with it.
        is_own: Whether this is the issue's own language, and not a translation.
        draft: Whether it is marked as a draft.
    """
    language, publication = issue.language, issue.publication
    label = localisation.label
    number = label("Issue {number}", language, number=issue.number)
    imprint = f"{number} · {dates.full_date(issue.date, language)}"
    if draft:
        imprint = f"{label('Draft', language)} · {imprint}"
    site = _site(publication)
    folder = f"{site}{issue.date.isoformat()}/" if site else ""
    page = folder + ("" if is_own or not folder else f"{language}/")
    extent = ", ".join(
        (
            localisation.plural_label("{n} page", "{n} pages", pdf.pages, language),
            localisation.file_size(pdf.size, language),
        )
    )
    subject = f"{publication.title} · {number}: {issue.title}"
    correction = issue.correction.text if issue.correction else ""
    if issue.correction:
        subject = f"{label('Correction', language)}: {subject}"
    publisher = publication.publisher.name
    is_linked = publication.sender is not None and publication.sender.pdf is Enclosure.LINK
    sentence = (
        label("The whole issue is on the web: PDF, {extent}.", language, extent=extent)
        if is_linked
        else label("The whole issue is attached: PDF, {extent}.", language, extent=extent)
    )
    closing = closing_parts(issue, style, SCREEN)
    # If the closing pages compare no projects, each entry shows the facts of its project.
    is_compared = bool(closing.budgets or closing.drawn)
    sums = closing.budgets
    rows = tuple(_budgeted(issue)) if is_compared else ()
    return MailContents(
        # Inboxes show these two, and some of them show no-break spaces wrongly.
        subject=subject.replace(NBSP, " "),
        preheader=_preheader(issue, correction).replace(NBSP, " "),
        imprint=imprint,
        correction=correction,
        replaces=(
            label(
                "This corrected edition of issue {number} replaces the earlier one.",
                language,
                number=issue.number,
            )
            if issue.correction
            else ""
        ),
        file=set_text(sentence, language),
        button=label("Read the issue (PDF, {extent})", language, extent=extent) if folder else "",
        online=folder + pdf.name if folder else "",
        parts=tuple(
            Part(
                section.number,
                section.title,
                section.lead or "",
                tuple(_entry(article, issue, page, is_compared) for article in section.articles),
            )
            for section in issue.sections
        ),
        budgets=rows,
        budget_sum=(
            Budgeted(sums[0].rows[-1].title, "", sums[0].rows[-1].total, sums[0].rows[-1].share)
            if len(sums) == 1
            else None
        ),
        countries=_countries(issue) if is_compared else "",
        reason=set_text(
            label(
                "You receive this because you are on the list of {publisher}.", language, publisher=publisher
            ),
            language,
        ),
        replies=label("Somebody reads your answer:", language),
        reply_to=_reply_to(publication),
        pdf=pdf,
    )


def without_excerpts(contents: MailContents) -> MailContents:
    """Return the content with titles alone: for an issue whose HTML would be too large for a message."""
    parts = (
        part._replace(entries=tuple(entry._replace(text="") for entry in part.entries))
        for part in contents.parts
    )
    return contents._replace(parts=tuple(parts))


def _site(publication: Publication) -> str:
    online = publication.sender.online if publication.sender else None
    return f"{online.rstrip('/')}/" if online else ""


def _reply_to(publication: Publication) -> str:
    sender = publication.sender
    return (sender.reply_to or sender.email) if sender else publication.publisher.email


def _preheader(issue: Issue, correction: str) -> str:
    """Return the preheader: the correction, or the titles of the articles, cut between words."""
    least, most = PREHEADER
    topics = [correction] if correction else [article.head.title for article in issue.articles]
    text = " · ".join([*topics, issue.title, issue.publication.publisher.name])
    if len(text) <= most:
        return text
    cut = text[: most - 1].rpartition(" ")[0]
    return (cut if len(cut) >= least else text[: most - 1]).rstrip(" ·,;–") + "…"


def _entry(article: Article, issue: Issue, page: str, is_compared: bool) -> Entry:  # noqa: FBT001
    link = f"{page}#{anchor(article.name)}" if page else ""
    text = article.head.standfirst or _beginning(article)
    is_in_table = is_compared and _has_figures(article.head.presentation.comparison)
    facts = () if is_in_table else tuple(_facts(article, issue.language))
    return Entry(article.head.title, text, facts, link)


def _facts(article: Article, language: str) -> Iterator[Fact]:
    for name, value in article.head.presentation.mail.facts:
        text, link = fact_text(value, language), ""
        if isinstance(value, Contact):
            text, link = shown_address(value.text), contact_address(value.text)
        yield Fact(localisation.label(name, language), text, link)


def _has_figures(compared: Comparison | None) -> bool:
    """Return whether an article has a row in the table of projects at a glance."""
    return compared is not None and bool(compared.budget or compared.period)


def _budgeted(issue: Issue) -> Iterator[Budgeted]:
    language = issue.language
    publisher = issue.publication.publisher.short_name or issue.publication.publisher.name
    for article in issue.articles:
        compared = article.head.presentation.comparison
        if compared is None or not _has_figures(compared):
            continue
        about = [compared.programme] if compared.programme else []
        about += [dates.period(compared.period, language)] if compared.period else []
        budget = compared.budget
        share = ""
        if budget and budget.share:
            whose = localisation.label("for {publisher}", language, publisher=publisher)
            share = f"{localisation.money(budget.share, language)} {whose}"
        total = localisation.money(budget.total, language) if budget else ""
        yield Budgeted(article.head.title, " · ".join(about), total, share)


def _countries(issue: Issue) -> str:
    compared = (article.head.presentation.comparison for article in issue.articles)
    codes = {code for each in compared if each and each.partners for code in each.partners.countries}
    names = sorted(localisation.country_name(code, issue.language) for code in codes)
    return localisation.listing(names, issue.language) if len(names) > 1 else ""


def _beginning(article: Article) -> str:
    """Return the beginning of an article, cut between words after `_EXCERPT` characters.

    Nothing, where a long word leaves too little before it: half an address leads nowhere.
    """
    first = next((block for block in article.body if isinstance(block, Paragraph) and not block.lines), None)
    text = " ".join(plain_text(first.children).split(" ")) if first else ""
    if len(text) <= _EXCERPT and not text.endswith(":"):
        return text
    cut = text if len(text) <= _EXCERPT else text[:_EXCERPT].rpartition(" ")[0]
    cut = cut.rstrip(" ,;:–")
    return f"{cut} …" if len(cut) >= min(_LEAST_EXCERPT, len(text) // 2) else ""
