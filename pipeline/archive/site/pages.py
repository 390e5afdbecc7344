"""The archive as a static site: a page for each issue and language, lists, feeds, a search, and filed files.

It loads nothing from other hosts, and its Content Security Policy forbids it. Its bytes depend on the filings
and the address alone.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from markupsafe import Markup

from pipeline.archive.site.appearance import (
    FOLDER,
    SiteLogo,
    icon,
    logo_markup,
    logo_plate,
    look_files,
    tokens_of,
)
from pipeline.archive.site.feed import NAME as FEED
from pipeline.archive.site.feed import FirstFiling, feed
from pipeline.archive.site.footnotes import SiteNotes
from pipeline.archive.site.listings import ListedIssue, correction_of, cover_of, listed, listed_files, page_of
from pipeline.archive.site.screen_html import for_screen, source_of
from pipeline.archive.site.search_index import NAME as SEARCH
from pipeline.archive.site.search_index import search_index
from pipeline.archive.site.template_folder import TEMPLATES
from pipeline.page.marks import PrintedPicture
from pipeline.typography.dates import full_date
from pipeline.typography.localisation import label, language_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.archive.filing_record import Filing
    from pipeline.models.issue import Article, Issue
    from pipeline.models.publication import Publisher
    from pipeline.page.identity.logo_plates import LogoColours
    from pipeline.page.style import Style

PAGE: Final = "index.html"

_POLICY: Final = (
    "default-src 'none'; img-src 'self'; font-src 'self'; script-src {scripts}; style-src 'self'{styles}; "
    "base-uri 'none'; form-action 'none'"
)
_ENDINGS: Final = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/svg+xml": "svg"}
_STATIC: Final = ("site.css", "search.js")
_ICON: Final = "icon.svg"


class WebPicture(NamedTuple):
    """A picture as the site shows it.

    Args:
        data: The file.
        media_type: Its media type.
        proportion: Width over height.
        is_photograph: Whether it is one, and not a drawing.
        colours: What the house's logo is painted with; None for all other pictures.
    """

    data: bytes
    media_type: str
    proportion: float
    is_photograph: bool
    colours: LogoColours | None = None


class IssueInLanguage(NamedTuple):
    """An issue in one language, ready to be shown.

    Args:
        issue: The issue, typeset.
        style: Its style, as filed.
        pictures: Every picture it names, by its source.
    """

    issue: Issue
    style: Style
    pictures: Mapping[str, WebPicture]


class Site:
    """Builds a site: each issue is added in turn, then come the files about all of them.

    Args:
        filings: The newest filing of each issue, newest first, at least one.
        first: The first filing of all: the base of the feeds' identifiers, and the language of the site.
        address: The URL of the site, with a trailing slash; empty where it is not known.
    """

    def __init__(self, filings: Sequence[Filing], first: FirstFiling, address: str = "") -> None:
        """Begin a site."""
        self._filings = tuple(filings)
        self._first = first
        self._address = address
        used = {language for filing in filings for language in filing.languages}
        own = first.language if first.language in used else filings[0].languages[0]
        self._languages = (own, *sorted(used - {own}))
        self._listed: dict[tuple[str, str], ListedIssue] = {}
        self._publications: dict[str, tuple[str, Publisher]] = {}
        self._sheet = ""
        self._logo: SiteLogo | None = None
        self._icon = b""

    def add(
        self, filing: Filing, versions: Sequence[IssueInLanguage], files: Mapping[str, bytes]
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the files of an issue, by path in the site.

        Args:
            filing: One of the site's.
            versions: The issue in each of its languages, its own first.
            files: Its filed files by name: at least those to download, and its covers.
        """
        for version in versions:
            sheet, look = look_files(version.style)
            logo = _logo_of(filing, version)
            if not self._sheet:
                self._sheet, self._logo = sheet, logo
            self._icon = self._icon or icon(version.style, (TEMPLATES.path / _ICON).read_bytes())
            yield from look.items()
            language = version.issue.language
            publication = version.issue.publication
            self._publications.setdefault(language, (publication.title, publication.publisher))
            for picture in version.pictures.values():
                yield f"{filing.issue}/pictures/{_name_of(picture)}", picture.data
            yield page_of(filing, language), self._issue_page(filing, version, sheet, logo)
            cover = files.get(cover_of(filing, language))
            self._list(filing, version.issue, cover)
            if cover is not None:
                yield f"{filing.issue}/{cover_of(filing, language)}", cover
            for file in listed_files(filing, language, ""):
                yield f"{filing.issue}/{file.url}", files[file.url]

    def finish(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files about all issues (lists, feeds, search, style sheets), after the last `add`."""
        for name in _STATIC:
            yield f"{FOLDER}/{name}", (TEMPLATES.path / name).read_bytes()
        yield f"{FOLDER}/{_ICON}", self._icon
        for language in self._languages:
            folder = self._folder(language)
            issues = self._issues(language)
            yield folder + PAGE, self._index_page(language, issues)
            yield folder + SEARCH, search_index(article for issue in issues for article in issue.searched)
            title, publisher = self._publications[language]
            yield (
                folder + FEED,
                feed(
                    issues,
                    self._first,
                    title=title,
                    publisher=publisher,
                    language=language,
                    base=self._address and f"{self._address}{folder}",
                ),
            )

    def _list(self, filing: Filing, issue: Issue, cover: bytes | None) -> None:
        """Enter an issue in the list of its language, and in those of languages that it does not have."""
        own = filing.languages[0]
        for language in self._languages:
            if issue.language == language or (issue.language == own and language not in filing.languages):
                root = "../" if self._folder(language) else ""
                self._listed[filing.issue, language] = listed(filing, issue, cover, root)

    def _issues(self, language: str) -> list[ListedIssue]:
        return [self._listed[filing.issue, language] for filing in self._filings]

    def _folder(self, language: str) -> str:
        return "" if language == self._languages[0] else f"{language}/"

    def _issue_page(
        self, filing: Filing, version: IssueInLanguage, sheet: str, logo: SiteLogo | None
    ) -> bytes:
        issue, style = version.issue, version.style
        language = issue.language
        root = "../" if language == filing.languages[0] else "../../"
        pictures = {
            source: PrintedPicture(
                f"{root}{filing.issue}/pictures/{_name_of(picture)}",
                picture.proportion,
                is_photograph=picture.is_photograph,
            )
            for source, picture in version.pictures.items()
        }
        notes: dict[str, SiteNotes] = {}

        def notes_of(article: Article) -> SiteNotes:
            return notes.setdefault(article.name, SiteNotes(article, language))

        at = self._filings.index(filing)
        pages = [(each, page_of(filing, each)) for each in filing.languages]
        languages = self._elsewhere(pages, root)
        values = {
            "notes_of": notes_of,
            "logo": logo_markup(logo, root, issue.publication.publisher.name),
            "home": f"{root}{self._folder(language)}{PAGE}",
            "languages": languages,
            "files": list(listed_files(filing, language, f"{root}{filing.issue}/")),
            "correction": correction_of(filing, issue),
            "later": self._neighbour(at - 1, language, root),
            "earlier": self._neighbour(at + 1, language, root),
        }
        body = TEMPLATES.fill_with_issue("issue.html.j2", issue, style, pictures=pictures, values=values)
        page = for_screen(body, tokens_of(style), label("Table", language))
        title = issue.publication.title
        number = label("Issue {number}", language, number=issue.number)
        frame = {
            "page_type": "issue",
            "title": f"{issue.title} · {number}, {full_date(issue.date, language)} · {title}",
            "description": issue.greeting or " · ".join(section.title for section in issue.sections),
            "publication": title,
            "publisher": issue.publication.publisher,
            "languages": languages,
            "canonical": self._canonical(page_of(filing, language)),
            "script": False,
        }
        return self._framed(language, frame, root=root, sheet=sheet, body=page.html, lengths=page.lengths)

    def _index_page(self, language: str, issues: Sequence[ListedIssue]) -> bytes:
        title, publisher = self._publications[language]
        folder = self._folder(language)
        root = "../" if folder else ""
        pages = [(each, self._folder(each) + PAGE) for each in self._languages]
        languages = self._elsewhere(pages, root)
        frame = {
            "page_type": "all",
            "title": f"{title}: {label('All issues', language)} · {publisher.name}",
            "description": f"{title}. {publisher.name}. "
            + " · ".join(f"{issue.number}: {issue.title}" for issue in issues[:3]),
            "publication": title,
            "publisher": publisher,
            "languages": languages,
            "canonical": self._canonical(folder + PAGE),
            "script": True,
            "issues": issues,
            "logo": logo_markup(self._logo, root, publisher.name),
        }
        body = TEMPLATES.fill("index.html.j2", language, frame)
        return self._framed(language, frame, root=root, sheet=self._sheet, body=body)

    def _framed(
        self,
        language: str,
        frame: Mapping[str, Any],
        *,
        root: str,
        sheet: str,
        body: str,
        lengths: str = "",
    ) -> bytes:
        """Return a whole page.

        Args:
            language: Of the page.
            frame: The variables of the frame's template that differ from page to page.
            root: The relative path from the page up to the site's root, as `../`.
            sheet: The name of the style's sheet.
            body: HTML between the head and the foot common to all pages.
            lengths: Style sheet of this page alone, or empty.
        """
        styles = f" {source_of(lengths)}" if lengths else ""
        policy = _POLICY.format(scripts="'self'" if frame["script"] else "'none'", styles=styles)
        values = {
            **frame,
            "root": root,
            "sheet": sheet,
            "feed": f"{root}{self._folder(language)}{FEED}",
            "policy": policy,
            "lengths": lengths,
            "body": Markup(body),  # noqa: S704 - filled in from templates, every value in it escaped
        }
        return TEMPLATES.fill("frame.html.j2", language, values).lstrip().encode()

    def _elsewhere(self, pages: Sequence[tuple[str, str]], root: str) -> list[dict[str, str]]:
        """Return links to the page in its languages; none if it has one language only."""
        if len(pages) < 2:  # noqa: PLR2004 - nothing to choose
            return []
        return [
            {
                "language": language,
                "name": language_name(language, language),
                "url": root + page,
                "address": self._canonical(page),
            }
            for language, page in pages
        ]

    def _neighbour(self, at: int, language: str, root: str) -> dict[str, str] | None:
        if not 0 <= at < len(self._filings):
            return None
        filing = self._filings[at]
        shown_language = language if language in filing.languages else filing.languages[0]
        number = label("Issue {number}", language, number=filing.number)
        return {
            "url": root + page_of(filing, shown_language),
            "title": f"{number} · {full_date(filing.date, language)}",
        }

    def _canonical(self, page: str) -> str:
        return self._address and self._address + page.removesuffix(PAGE)


def _logo_of(filing: Filing, version: IssueInLanguage) -> SiteLogo | None:
    """Return the house's logo as a page shows it: the one picture whose colours are known."""
    for picture in version.pictures.values():
        if picture.colours is not None:
            path = f"{filing.issue}/pictures/{_name_of(picture)}"
            return SiteLogo(path, picture.proportion, logo_plate(version.style, picture.colours))
    return None


def _name_of(picture: WebPicture) -> str:
    ending = _ENDINGS.get(picture.media_type, "bin")
    return f"{hashlib.sha256(picture.data).hexdigest()[:16]}.{ending}"
