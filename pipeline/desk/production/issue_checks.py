"""Everything there is to say about an issue in one language, and what a build needs of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.findings.finding import Finding, PressError, errors, found, in_order, with_excerpts
from pipeline.findings.place import Place
from pipeline.models.publication import EU_EMBLEM
from pipeline.models.text import Figure, Picture
from pipeline.page.picture_sizes import cover_width, picture_width
from pipeline.page.pictures import PictureKind, examine, resolution_findings
from pipeline.page.style import load_style
from pipeline.reading.issue_reader import read_issue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.files.workspace import Workspace
    from pipeline.models.issue import Issue
    from pipeline.page.style import Style
    from pipeline.reading.issue_reader import Reading


class Checked(NamedTuple):
    """An issue that was looked at from all sides.

    Args:
        reading: What was read.
        style: Its style, or None where there is none.
        kinds: What each picture is, by its source.
        findings: Everything found, in order.
    """

    reading: Reading
    style: Style | None
    kinds: dict[str, PictureKind]
    findings: tuple[Finding, ...]


def checked(folder: Path, workspace: Workspace, language: str | None = None) -> Checked:
    """Check an issue in one language, and keep what a build needs of it."""
    reading = read_issue(folder, workspace, language)
    issue = reading.issue
    if issue is None:
        return Checked(reading, None, {}, reading.findings)
    findings = list(reading.findings)
    kinds: dict[str, PictureKind] = {}
    style = None
    try:
        chosen = issue.publication.style
        style = load_style(chosen.name, chosen.version, workspace.style_folders(), workspace.font_folders())
    except PressError as error:
        findings += error.findings
    if style is not None:
        findings += _picture_findings(issue, reading, style, kinds)
        findings += _glyph_findings(issue, reading, style)
    from pipeline.typography.fonts import endless_word_findings  # noqa: PLC0415 - only where the issue is whole

    findings += endless_word_findings(issue, reading.sources)
    findings += _language_findings(issue)
    return Checked(reading, style, kinds, tuple(with_excerpts(in_order(findings), reading.sources)))


def pictures_of(issue: Issue) -> Iterator[Picture]:
    """Give every picture of an issue, the first page's before the others."""
    if issue.cover is not None:
        yield issue.cover
    for article in issue.articles:
        yield from (block.picture for block in article.body if isinstance(block, Figure))


def printed_width(picture: Picture, kind: PictureKind, issue: Issue, style: Style) -> float:
    """Return the width a picture is printed at, in millimetres.

    Args:
        picture: Which.
        kind: What is known of its file.
        issue: The issue, which may use it on its first page.
        style: Its measures.
    """
    measures = style.plan.measures
    if picture is issue.cover:
        return cover_width(kind.proportion, measures)
    return picture_width(kind.proportion, measures[picture.measure])


def _picture_findings(
    issue: Issue, reading: Reading, style: Style, kinds: dict[str, PictureKind]
) -> Iterator[Finding]:
    widest: dict[Picture, float] = {}
    for picture in pictures_of(issue):
        path = reading.files.get(f"{issue.folder}/{picture.source}")
        if path is None:
            continue
        if picture.source not in kinds:
            kind = examine(path.read_bytes(), picture.source, picture.place)
            if isinstance(kind, Finding):
                yield kind
                continue
            kinds[picture.source] = kind
        kind = kinds[picture.source]
        width = printed_width(picture, kind, issue, style)
        widest[picture] = max(width, widest.get(picture, 0))
    for picture, width in widest.items():
        yield from resolution_findings(kinds[picture.source], picture.source, picture.place, width)
    for index, funder in enumerate(issue.publication.funders):
        for field in ("logo", "logo_cmyk"):
            logo = getattr(funder, field)
            path = reading.files.get(f"issues/{logo}")
            if logo in {None, EU_EMBLEM} or path is None:
                continue
            place = issue.publication_places.get(f"funders.{index}.{field}", Place("issues/publication.yaml"))
            kind = examine(path.read_bytes(), logo, place)
            if isinstance(kind, Finding):
                yield kind
            else:
                kinds[f"../{logo}"] = kind


def _glyph_findings(issue: Issue, reading: Reading, style: Style) -> list[Finding]:
    from pipeline.typography.fonts import glyph_findings  # noqa: PLC0415 - only where the issue is whole

    return glyph_findings(issue, style.faces.values(), reading.sources)


def _language_findings(issue: Issue) -> Iterator[Finding]:
    import pyphen  # noqa: PLC0415 - with Babel

    from pipeline.typography import localisation  # noqa: PLC0415 - Babel is needed only where the issue is whole

    place = issue.places.get("language", Place(f"{issue.folder}/issue.yaml"))
    if not localisation.known_language(issue.language):
        yield found("E35", place, found=issue.language)
    elif not localisation.has_labels(issue.language):
        yield found("W07", place, language=issue.language)
    if pyphen.language_fallback(issue.language) is None:
        yield found("W11", place, language=issue.language)


def stop_on_errors(findings: tuple[Finding, ...]) -> None:
    """Raise what was found, if any of it is an error.

    Raises:
        IssueError: With all the findings.
    """
    from pipeline.findings.finding import IssueError  # noqa: PLC0415

    if errors(findings):
        raise IssueError(findings)
