"""Publishing: the whole archive as a static site, from the filings alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from pipeline.archive.site.feed import FirstFiling
from pipeline.archive.site.listings import cover_of, listed_files, page_of
from pipeline.archive.site.output_folder import put_site, refuse_foreign_files
from pipeline.archive.site.pages import IssueInLanguage, Site, WebPicture
from pipeline.archive.site.site_law import SiteLaw
from pipeline.archive.temporary_workspace import temporary_workspace
from pipeline.desk.archive.stand_ins import refuse_private
from pipeline.desk.production.checked_issue import check_issue
from pipeline.desk.production.page_assets import page_assets_of
from pipeline.findings.finding import ArchiveError, found
from pipeline.findings.progress import Progress, silent
from pipeline.models.editions import SCREEN
from pipeline.page.layout_rules import are_of_today
from pipeline.page.style import ORIGIN
from pipeline.typography.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipeline.archive.filing_record import Filing
    from pipeline.archive.shelf import Shelf
    from pipeline.files.workspace import Workspace

STEP: Final = "pages of the site"


class SiteResult(NamedTuple):
    """The result of publishing.

    Args:
        issues: How many issues the site shows.
        files: How many files it has.
    """

    issues: int
    files: int


def publish(shelf: Shelf, target: Path, address: str = "", progress: Progress = silent) -> SiteResult:
    """Build the site of an archive.

    Args:
        shelf: The archive.
        target: The output folder; a site that is there already is replaced whole.
        address: Its URL, as `https://example.org/bulletin/`; empty where it is not known, and then no page
            names its own.
        progress: Callback for each issue.

    Raises:
        ArchiveError: The folder has other files (E250), the address is invalid (E251), nothing is filed
            (E252), what was filed carries pictures that tell place or device (E253), the archive is damaged
            (E210, E211, E212), or a page lacks words of its issue or a link leads nowhere (E328, E329, E330);
            nothing was written.
        IssueError: What was filed cannot be read; likewise.
        PressError: The site cannot be written (E83); likewise.
    """
    address = _address(address)
    refuse_foreign_files(target)
    if not shelf.filings:
        raise ArchiveError([found("E252", None)])
    newest = shelf.newest()[::-1]
    site = Site(newest, _first_filing(shelf), address)
    files = put_site(_files(site, newest, shelf, progress), target)
    return SiteResult(len(newest), files)


def _files(
    site: Site, filings: Sequence[Filing], shelf: Shelf, progress: Progress
) -> Iterator[tuple[str, bytes]]:
    law = SiteLaw()
    for at, filing in enumerate(filings):
        progress(STEP, at, len(filings))
        sources = shelf.sources(filing)
        refuse_private(filing, sources)
        with temporary_workspace(sources) as workspace:
            versions = list(_versions(workspace, filing))
            names = {
                name
                for language in filing.languages
                for name in (
                    cover_of(filing, language),
                    *(file.url for file in listed_files(filing, language, "")),
                )
            }
            files = {name: shelf.file(filing, name) for name in sorted(names & filing.files.keys())}
            # A page filed with templates of before is as it was, and is not held against its issue.
            issues = {
                page_of(filing, each.issue.language): (each.issue, not each.style.templates)
                for each in versions
                if are_of_today(each.style.templates)
            }
            correction = filing.correction.text if filing.correction else ""
            for path, data in site.add(filing, versions, files):
                issue, is_strict = issues.get(path, (None, False))
                law.examine(path, data, issue, correction, is_strict=is_strict)
                yield path, data
    for path, data in site.finish():
        law.examine(path, data)
        yield path, data
    if findings := law.finish():
        raise ArchiveError(findings)
    progress(STEP, len(filings), len(filings))


def _versions(workspace: Workspace, filing: Filing) -> Iterator[IssueInLanguage]:
    folder = workspace.issues / filing.issue
    for language in filing.languages:
        valid = check_issue(folder, workspace, language).filed()
        assets = page_assets_of(valid, SCREEN)
        pictures = {}
        for source, picture in assets.pictures.items():
            asset = assets.files[picture.url.removeprefix(ORIGIN)]
            pictures[source] = WebPicture(
                asset.data, asset.media_type, picture.proportion, picture.is_photograph, picture.colours
            )
        yield IssueInLanguage(typeset(valid.issue), valid.style, pictures)


def _first_filing(shelf: Shelf) -> FirstFiling:
    first = shelf.filings[0]
    with temporary_workspace(shelf.sources(first)) as workspace:
        publication = check_issue(workspace.issues / first.issue, workspace).filed().issue.publication
        return FirstFiling(publication.publisher.site, first.date, publication.languages[0])


def _address(written: str) -> str:
    if not written:
        return ""
    try:
        parts = urlsplit(written)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address or parts.query or parts.fragment or any(sign.isspace() for sign in written):
        raise ArchiveError([found("E251", None, found=written)])
    return written if written.endswith("/") else f"{written}/"
