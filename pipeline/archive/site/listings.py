"""The entry of an issue in the lists of the site: title, contents, files and correction."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.archive.site.search_index import SearchedArticle, words_of_article
from pipeline.models.editions import ARCHIVE, SCREEN
from pipeline.page.makeup.notes_in_use import anchor
from pipeline.typography.dates import full_date
from pipeline.typography.localisation import file_size, label, plural_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.archive.filing_record import Filing
    from pipeline.models.issue import Issue

_PNG_SIDES = slice(16, 24)
"""Where a PNG has its width and height, four bytes each (PNG, third edition, 11.2.1)."""


class ListedFile(NamedTuple):
    """A file to download.

    Args:
        url: URL relative to the page that lists it.
        name: Name shown to the reader.
        media_type: Its media type.
        size: Size in bytes.
        extent: Pages and size, for the reader.
    """

    url: str
    name: str
    media_type: str
    size: int
    extent: str


class ListedSection(NamedTuple):
    """A section in the list."""

    title: str
    url: str
    within: str


class ListedCorrection(NamedTuple):
    """The note on what a filing corrects, and its language."""

    head: str
    text: str
    language: str


class ListedCover(NamedTuple):
    """The picture of the first page, its sides in pixels."""

    url: str
    width: int
    height: int


class ListedIssue(NamedTuple):
    """An issue in the list of all.

    Args:
        filing: The newest of the issue.
        language: The language it is listed in.
        url: Its page.
        number: In words, as “Issue 2”.
        day: As `2023-12-20`.
        date: In words.
        title: Its own.
        sections: Its contents.
        files: To download, the one for readers first.
        correction: What it corrects, or None.
        cover: Its first page, or None.
        searched: Its articles, for the search.
    """

    filing: Filing
    language: str
    url: str
    number: str
    day: str
    date: str
    title: str
    sections: tuple[ListedSection, ...]
    files: tuple[ListedFile, ...]
    correction: ListedCorrection | None
    cover: ListedCover | None
    searched: tuple[SearchedArticle, ...]


def page_of(filing: Filing, language: str) -> str:
    """Return the path of an issue's page in the site."""
    own = language == filing.languages[0]
    return f"{filing.issue}/index.html" if own else f"{filing.issue}/{language}/index.html"


def listed(filing: Filing, issue: Issue, cover: bytes | None, root: str) -> ListedIssue:
    """Return an issue as a list shows it.

    Args:
        filing: The newest filing of the issue.
        issue: The issue, typeset, in the language it is listed in.
        cover: The picture of its first page, a PNG.
        root: The relative path from the list up to the site's root, as `../`.
    """
    language = issue.language
    url = root + page_of(filing, language)
    count = label("Issue {number}", language, number=issue.number)
    date = full_date(issue.date, language)
    sections = tuple(
        ListedSection(
            section.title,
            f"{url}#section-{section.number}",
            " · ".join(article.head.title for article in section.articles),
        )
        for section in issue.sections
    )
    searched = tuple(
        SearchedArticle(
            url=f"{url}#{anchor(article.name)}",
            issue=f"{count}, {date}",
            section=section.title,
            title=article.head.title,
            text=words_of_article(article),
        )
        for section in issue.sections
        for article in section.articles
    )
    return ListedIssue(
        filing=filing,
        language=language,
        url=url,
        number=count,
        day=filing.issue,
        date=date,
        title=issue.title,
        sections=sections,
        files=tuple(listed_files(filing, language, f"{root}{filing.issue}/")),
        correction=correction_of(filing, issue),
        cover=_cover(cover, f"{root}{filing.issue}/{cover_of(filing, language)}") if cover else None,
        searched=searched,
    )


def cover_of(filing: Filing, language: str) -> str:
    """Return the name of the filed picture of the first page."""
    return filing.pdf("-cover", language).removesuffix(".pdf") + ".png"


def listed_files(filing: Filing, language: str, folder: str) -> Iterator[ListedFile]:
    """Yield the files to download of an issue in a language.

    Args:
        filing: Filing of the issue.
        language: One of its languages.
        folder: The relative path of the issue's folder, with a trailing slash where it is not empty.
    """
    for name, description in (
        (filing.pdf(SCREEN.suffix, language), "PDF"),
        (filing.pdf(ARCHIVE.suffix, language), label("PDF with its sources", language)),
    ):
        if stored := filing.files.get(name):
            extent = file_size(stored.size, language)
            if pages := filing.pages.get(name):
                extent = f"{plural_label('{n} page', '{n} pages', pages, language)}, {extent}"
            yield ListedFile(folder + name, description, "application/pdf", size=stored.size, extent=extent)
    dates = filing.pdf("", language).removesuffix(".pdf") + ".ics"
    if stored := filing.files.get(dates):
        description, extent = label("Dates for your calendar", language), file_size(stored.size, language)
        yield ListedFile(folder + dates, description, "text/calendar", size=stored.size, extent=extent)


def correction_of(filing: Filing, issue: Issue) -> ListedCorrection | None:
    """Return what a filing corrects, in the language of the issue where it is given in that."""
    if filing.correction is None:
        return None
    head = label("Correction", issue.language)
    if issue.correction is not None and issue.correction.text:
        return ListedCorrection(head, issue.correction.text, issue.language)
    return ListedCorrection(head, filing.correction.text, filing.languages[0])


def _cover(data: bytes, url: str) -> ListedCover:
    sides = data[_PNG_SIDES]
    return ListedCover(url, int.from_bytes(sides[:4]), int.from_bytes(sides[4:]))
