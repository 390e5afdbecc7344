"""Fact sheets: the figures of the articles of a filing, read from the files that were filed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, assert_never

from pipeline.archive.temporary_workspace import temporary_workspace
from pipeline.models.kinds.presentation import Figure, FigureValue
from pipeline.models.values.base import Frozen
from pipeline.models.values.facts import Money, PartialDate
from pipeline.pdf.text import bookmarked_pages
from pipeline.reading.issue_reader import read_issue
from pipeline.typography import dates, localisation
from pipeline.typography.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.archive.filing_record import Filing
    from pipeline.archive.shelf import Shelf
    from pipeline.models.issue import Issue


class FactSheet(Frozen):
    """The facts of one article.

    Args:
        title: Title of the article, as typeset.
        kind: Kind of the article.
        page: Page it begins on, from 1; 0 if not known.
        figures: The figures that its kind keeps in the archive, in order.
    """

    title: str
    kind: str
    page: int
    figures: tuple[Figure, ...] = ()

    def value(self, name: str) -> FigureValue | None:
        """Return a figure by its name, or None."""
        return next((figure.value for figure in self.figures if figure.name == name), None)

    def record(self) -> dict[str, Any]:
        """Return the sheet as `archive history --json` gives it: `{"title": …, "total": "294500 EUR", …}`.

        The figures of a project are in the record of every kind, empty where the kind has none.
        """
        record = {"title": self.title, "kind": self.kind, "page": self.page, **_ALWAYS_RECORDED}
        return record | {
            figure.name: _recorded(figure.value) for figure in self.figures if figure.value is not None
        }


_ALWAYS_RECORDED: Final = {
    "programme": "",
    "total": "",
    "share": "",
    "organisations": 0,
    "countries": (),
    "start": "",
    "end": "",
}


def _recorded(value: FigureValue) -> str | int | tuple[str, ...]:
    """Return a figure as a record holds it: money as `294500 EUR`, a date as `2022-09`."""
    match value:
        case str() | int() | tuple():
            return value
        case Money():
            return f"{value.amount} {value.currency}"
        case PartialDate():
            parts = (value.year, value.month, value.day)
            return "-".join(f"{part:02}" for part in parts if part is not None)
        case _:
            assert_never(value)


def figure_text(value: FigureValue, language: str) -> str:
    """Return a figure in words."""
    match value:
        case str() | int():
            return str(value)
        case tuple():
            return localisation.listing(
                [localisation.country_name(code, language) for code in value], language
            )
        case Money():
            return localisation.money(value, language)
        case PartialDate():
            return dates.partial_date(value, language)
        case _:
            assert_never(value)


def fact_sheets(shelf: Shelf, filing: Filing) -> Iterator[tuple[str, FactSheet]]:
    """Yield a sheet for each article of a filing, in each of its languages.

    Args:
        shelf: The archive.
        filing: Which.

    Yields:
        The language, and the sheet.

    Raises:
        ArchiveError: A file of the filing is missing or damaged (E210, E211).
    """
    with temporary_workspace(shelf.sources(filing)) as workspace:
        for language in filing.languages:
            issue = read_issue(workspace.issues / filing.issue, workspace, language).filed
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
        head = article.head
        yield FactSheet(title=head.title, kind=head.kind, page=page, figures=head.presentation.figures)


def _plain(text: str) -> str:
    return " ".join(text.split())
