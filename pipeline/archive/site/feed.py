"""The Atom feed of the issues (RFC 4287), with tag URIs (RFC 4151) and the dates of issues and filings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from pipeline.archive.site.template_folder import TEMPLATES

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.archive.filing_record import Filing
    from pipeline.archive.site.listings import ListedIssue
    from pipeline.models.publication import Publisher

NAME: Final = "feed.xml"

_NO_HOST: Final = "bulletin.invalid"
"""For a publisher whose site has no valid host name (RFC 2606 keeps this one from existing)."""


class FirstFiling(NamedTuple):
    """The first filing of an archive, on which all identifiers of its feeds are based: it never changes.

    Args:
        site: The publisher's site when it was filed.
        day: The day its issue is dated.
        language: The publication's first language then, in which the site's start page is.
    """

    site: str
    day: dt.date
    language: str

    @property
    def authority(self) -> str:
        """As `example.org,2023-06-30`."""
        try:
            host = (urlsplit(self.site).hostname or "").removeprefix("www.").encode("idna").decode()
        except ValueError:
            host = ""
        return f"{host or _NO_HOST},{self.day.isoformat()}"


def feed(
    issues: list[ListedIssue],
    first: FirstFiling,
    *,
    title: str,
    publisher: Publisher,
    language: str,
    base: str,
) -> bytes:
    """Return the feed of a language.

    Args:
        issues: Newest first, at least one.
        first: The first filing of the archive.
        title: Title of the publication.
        publisher: Publisher of the publication.
        language: Language of the list it belongs to.
        base: The URL of the folder of its list, with a trailing slash; empty where it is not known.
    """
    entries = [
        {
            "language": issue.language,
            "title": f"{issue.number} · {issue.title}",
            "id": f"tag:{first.authority}:issues/{issue.filing.issue}{_translated(issue)}",
            "published": _midnight(issue.filing.date),
            "updated": _midnight(_changed(issue.filing)),
            "url": base + issue.url,
            "files": [
                {"media_type": file.media_type, "size": file.size, "url": base + file.url}
                for file in issue.files[:1]
            ],
            "summary": _summary(issue),
        }
        for issue in issues
    ]
    values = {
        "title": title,
        "id": f"tag:{first.authority}:issues:{language}",
        "updated": max(_midnight(_changed(issue.filing)) for issue in issues),
        "publisher": publisher,
        "home": f"{base}index.html" if base else "index.html",
        "own": base and base + NAME,
        "entries": entries,
    }
    return TEMPLATES.fill("feed.xml.j2", language, values).encode()


def _translated(issue: ListedIssue) -> str:
    """Return the suffix of the identifier of an entry that is not in the issue's own language."""
    return "" if issue.language == issue.filing.languages[0] else f"/{issue.language}"


def _changed(filing: Filing) -> dt.date:
    """Return the day of the last change for readers: that of the issue, or of its correction."""
    return max(filing.date, filing.filed) if filing.correction else filing.date


def _midnight(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _summary(issue: ListedIssue) -> str:
    correction = f"{issue.correction.head}. {issue.correction.text} " if issue.correction else ""
    return correction + " ".join(f"{section.title}: {section.within}." for section in issue.sections)
