"""What an issue asks for that its pages have no room for, or its style does not do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found
from pipeline.models.text import Code, Run, Table
from pipeline.models.tree import nodes_of
from pipeline.page.identity.spot_colours import unfit_spots
from pipeline.page.style import head_measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.models.issue import Issue
    from pipeline.page.style import Style

LONGEST_NOTE: Final = 4000
"""Characters of a footnote; about fifty lines."""


_ROOM_ON_FIRST_PAGE: Final = {
    "title": 200,
    "publisher.name": 150,
    "publisher.address": 250,
    "publisher.site": 100,
    "publisher.email": 100,
}
_ROOM_FOR_ISSUE_TITLE: Final = 300
"""The most characters of texts that the first page sets in a place of its own."""


def room_findings(issue: Issue, style: Style | None) -> Iterator[Finding]:
    """Yield what has no room, or cannot be printed as it is asked for.

    Args:
        issue: As far as it can be read.
        style: Its style, or None where that cannot be read.

    Yields:
        Tables wider than a page (W174), codes and spot inks that the style does not have (W443, W444, E458),
        notes longer than a page holds (E163), and texts too long for the first page (E164).
    """
    if style is not None:
        yield from _table_findings(issue, style)
        yield from _code_findings(issue, style)
        yield from _spot_findings(issue, style)
    yield from _note_findings(issue)
    yield from _first_page_findings(issue)


def _table_findings(issue: Issue, style: Style) -> Iterator[Finding]:
    """Find tables that are too wide for a page even where they are set smaller."""
    if next(nodes_of(Table, tuple(article.body for article in issue.articles)), None) is None:
        return
    from pipeline.page.table_fit import (  # noqa: PLC0415 - few issues have tables
        SEMIBOLD,
        table_fits,
        table_measures,
    )

    measure = head_measure(style)
    widths = table_measures(style.plan.measures, made_up=style.plan.is_made_up)
    fits = table_fits(issue, widths, lambda text: measure(text, 1, SEMIBOLD), with_addresses=False)
    for place, classes in fits.items():
        if "broken" in classes.split():
            yield found("W174", place)


def _code_findings(issue: Issue, style: Style) -> Iterator[Finding]:
    """Yield what stands against QR codes that are asked for: the style (W443), or a long address (W444)."""
    plan = issue.publication.press
    if plan.qr is None:
        return
    if not style.plan.is_made_up:
        name = f"{style.plan.name} {style.plan.version}"
        yield found("W443", issue.publication_places.get("press.qr"), name=name)
        return
    from pipeline.page.fact_values import coded_address  # noqa: PLC0415 - few publications ask for codes
    from pipeline.page.figures.address_code import MOST_WIDTH, width_of_code  # noqa: PLC0415

    for article in issue.articles:
        card = article.head.presentation.card
        addresses = [address for fact in card.facts if (address := coded_address(fact, plan))] if card else []
        for address in addresses:
            if (width := width_of_code(address)) > MOST_WIDTH:
                yield found("W444", article.place, width=f"{width:.0f}", most=f"{MOST_WIDTH:.0f}")


def _spot_findings(issue: Issue, style: Style) -> Iterator[Finding]:
    """Yield what stands against spot inks that are asked for (E458)."""
    for role, problem in unfit_spots(issue.publication.press, style.plan.tokens):
        yield found("E458", issue.publication_places.get("press.spot"), name=role, problem=problem)


def _note_findings(issue: Issue) -> Iterator[Finding]:
    """Find notes that are longer than a page has room for below its text."""
    for article in issue.articles:
        for note in article.notes:
            length = sum(len(run.text) for run in nodes_of(Run, note.children))
            length += sum(len(code.text) for code in nodes_of(Code, note.children))
            if length > LONGEST_NOTE:
                yield found("E163", note.place, length=length, limit=LONGEST_NOTE)


def _first_page_findings(issue: Issue) -> Iterator[Finding]:
    """Find titles and addresses that are longer than the first page has room for."""
    publication, publisher = issue.publication, issue.publication.publisher
    texts = {
        "title": publication.title,
        "publisher.name": publisher.name,
        "publisher.address": publisher.address,
        "publisher.site": publisher.site,
        "publisher.email": publisher.email,
    }
    places = issue.publication_places
    held = [(places.get(name), text, _ROOM_ON_FIRST_PAGE[name]) for name, text in texts.items()]
    for place, text, room in [*held, (issue.places.get("title"), issue.title, _ROOM_FOR_ISSUE_TITLE)]:
        if len(text or "") > room:
            yield found("E164", place, length=len(text), limit=room)
