"""Fact sheets: what the articles of a filing say of a project, read again from the files that were filed."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.archive.shelf import unpacked
from pipeline.models.kinds.project import ProjectHead
from pipeline.pdf.text import bookmarked_pages
from pipeline.reading.issue_reader import read_issue
from pipeline.typography.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.archive.filing_record import Filing
    from pipeline.archive.shelf import Shelf
    from pipeline.models.issue import Article, Issue


@dataclass(frozen=True, slots=True)
class FactSheet:
    """What an issue says of one of its articles.

    Args:
        title: Of the article, as it is set.
        kind: Of the article.
        page: Where it begins; 0 where that is not known.
        programme: Of a project, or empty.
        total: The whole budget, as `294500 EUR`, or empty.
        share: The publisher's part, likewise.
        organisations: How many partners there are, or 0.
        countries: Their ISO 3166-1 codes.
        start: As `2022-09`, or empty.
        end: Likewise.
    """

    title: str
    kind: str
    page: int
    programme: str = ""
    total: str = ""
    share: str = ""
    organisations: int = 0
    countries: tuple[str, ...] = ()
    start: str = ""
    end: str = ""

    def as_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> FactSheet:
        """Read what `as_json` wrote."""
        held = json.loads(text)
        return cls(**held | {"countries": tuple(held["countries"])})


def fact_sheets(shelf: Shelf, filing: Filing) -> Iterator[tuple[str, FactSheet]]:
    """Give a sheet for each article of a filing, in each of its languages.

    Args:
        shelf: The archive.
        filing: Which.

    Yields:
        The language, and the sheet.

    Raises:
        ArchiveError: A file of the filing is missing or damaged (E210, E211).
    """
    with tempfile.TemporaryDirectory(prefix="bulletin-") as folder:
        workspace = unpacked(shelf.sources(filing), Path(folder))
        for language in filing.languages:
            asked = language if language != filing.languages[0] else None
            issue = read_issue(workspace.issues / filing.issue, workspace, asked).issue
            if issue is not None:
                pages = bookmarked_pages(shelf.file(filing, filing.pdf(language=language)))
                yield from ((language, sheet) for sheet in _sheets(typeset(issue), pages))


def _sheets(issue: Issue, pages: list[tuple[str, int]]) -> Iterator[FactSheet]:
    at = 0
    for article in issue.articles:
        title = _plain(article.head.title)
        found = next((index for index in range(at, len(pages)) if _plain(pages[index][0]) == title), None)
        page = pages[found][1] if found is not None else 0
        at = found + 1 if found is not None else at
        yield _sheet(article, page)


def _sheet(article: Article, page: int) -> FactSheet:
    head = article.head
    if not isinstance(head, ProjectHead):
        return FactSheet(head.title, head.kind, page)
    budget, partners, period = head.budget, head.partners, head.period
    return FactSheet(
        title=head.title,
        kind=head.kind,
        page=page,
        programme=head.programme or "",
        total=f"{budget.total.amount} {budget.total.currency}" if budget else "",
        share=f"{budget.share.amount} {budget.share.currency}" if budget and budget.share else "",
        organisations=(partners.organisations or 0) if partners else 0,
        countries=partners.countries if partners else (),
        start=_month(period.start) if period else "",
        end=_month(period.end) if period else "",
    )


def _month(date: object) -> str:
    parts = [getattr(date, part, None) for part in ("year", "month", "day")]
    return "-".join(f"{part:02}" for part in parts if part is not None)


def _plain(text: str) -> str:
    return " ".join(text.split())
