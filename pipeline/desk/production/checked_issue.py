"""An issue checked in one language: all findings, and what a build needs of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.production.checks.pictures import logo_findings, picture_findings
from pipeline.desk.production.checks.room import room_findings
from pipeline.desk.production.samples import sample_findings
from pipeline.findings.finding import (
    ASKED_OF_NEW_SOURCES,
    Finding,
    IssueError,
    PressError,
    errors,
    found,
    in_order,
    with_excerpts,
)
from pipeline.findings.place import Place
from pipeline.models.identity import Identity
from pipeline.page.identity.house import House
from pipeline.page.pictures.private_pictures import private_findings
from pipeline.page.style import load_style
from pipeline.reading.issue_reader import read_issue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.files.workspace import Workspace
    from pipeline.models.issue import Issue
    from pipeline.page.pictures.picture_info import PictureInfo
    from pipeline.page.style import Style
    from pipeline.reading.issue_reader import Reading


HYPHENATED: Final = frozenset({"bg", "en"})
"""Languages that Pyphen is known to have patterns of."""


class CheckedIssue(NamedTuple):
    """An issue in one language, with everything found in it.

    Args:
        reading: What was read.
        style: Its style, or None where it has none.
        pictures: What is known of each picture file, by the source the issue names.
        findings: All findings, in order.
    """

    reading: Reading
    style: Style | None
    pictures: dict[str, PictureInfo]
    findings: tuple[Finding, ...]

    def valid(self) -> ValidIssue:
        """Return the issue for composition.

        Raises:
            IssueError: Any of the findings is an error.
        """
        stop_on_errors(self.findings)
        valid = self.as_readable()
        assert valid is not None  # noqa: S101 - an issue that cannot be read has errors
        return valid

    def filed(self) -> ValidIssue:
        """Return an issue that was filed: it is not held to errors that came in since.

        Raises:
            IssueError: Any of the other findings is an error.
        """
        kept = tuple(each for each in self.findings if each.code not in ASKED_OF_NEW_SOURCES)
        return self._replace(findings=kept).valid()

    def as_readable(self) -> ValidIssue | None:
        """Return the issue as far as it can be read, with its errors, for further checks alone.

        None where the style cannot be read, or no file at all.
        """
        if self.reading.readable is None or self.style is None:
            return None
        return ValidIssue(
            self.reading.readable,
            self.style,
            pictures=self.pictures,
            reading=self.reading,
            findings=self.findings,
        )


class ValidIssue(NamedTuple):
    """An issue without errors, which can be composed.

    Args:
        issue: As read.
        style: Its style.
        pictures: What is known of each picture file, by the source the issue names.
        reading: Its files and their texts.
        findings: Warnings.
    """

    issue: Issue
    style: Style
    pictures: dict[str, PictureInfo]
    reading: Reading
    findings: tuple[Finding, ...]


def check_issue(folder: Path, workspace: Workspace, language: str | None = None) -> CheckedIssue:
    """Check an issue in one language, and return what a build needs of it.

    Errors of one file hide no findings of another: what can be read of the issue is checked.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.
        language: The language to check, or None for the issue's own.
    """
    reading = read_issue(folder, workspace, language)
    issue = reading.readable
    if issue is None:
        return CheckedIssue(reading, None, {}, reading.findings)
    findings = list(reading.findings)
    pictures: dict[str, PictureInfo] = {}
    style = None
    try:
        style = _style_of(issue, workspace)
        findings += style.findings
    except PressError as error:
        known = {each.code for each in findings}
        findings += [each for each in error.findings if each.code not in known]
    if style is not None:
        from pipeline.typography.fonts import lacking_characters  # noqa: PLC0415 - only where the issue is whole

        lacking = lacking_characters(issue, style.text_faces)
        style = _with_fallbacks(style, lacking, workspace, findings)
        findings += picture_findings(issue, reading, style, pictures)
        findings += logo_findings(issue, reading, style, pictures)
        findings += private_findings(issue.folder, reading.files, pictures)
        findings += _glyph_findings(issue, lacking, reading, style)
    from pipeline.typography.fonts import endless_word_findings  # noqa: PLC0415 - only where the issue is whole

    findings += endless_word_findings(issue, reading.sources)
    findings += room_findings(issue, style)
    findings += _language_findings(issue)
    findings += sample_findings(issue)
    return CheckedIssue(
        reading, style, pictures, tuple(with_excerpts(in_order(_once(findings)), reading.sources))
    )


def _style_of(issue: Issue, workspace: Workspace) -> Style:
    """Return the style of an issue, in the look that its publication gives it."""
    publication = issue.publication
    house = House(
        publication.identity or Identity(),
        issue.language,
        publication.press,
        workspace.issues,
        issue.publication_places,
    )
    name, version = publication.style.name, publication.style.version
    return load_style(name, version, workspace.style_folders(), workspace.font_folders(), house)


def _with_fallbacks(style: Style, lacking: set[str], workspace: Workspace, findings: list[Finding]) -> Style:
    """Return the style with the faces for the characters that its own faces lack."""
    if not lacking:
        return style
    from pipeline.page.fallback_faces import fallback_faces  # noqa: PLC0415 - few issues need one

    chosen = fallback_faces(lacking, set(style.faces), workspace.font_folders())
    findings += chosen.findings
    return style._replace(fallbacks=chosen.faces)


def _glyph_findings(issue: Issue, lacking: set[str], reading: Reading, style: Style) -> list[Finding]:
    from pipeline.typography.fonts import glyph_findings  # noqa: PLC0415 - only where the issue is whole

    fallbacks = [each.path for each in style.fallbacks]
    return glyph_findings(issue, lacking, reading.sources, fallbacks)


def _once(findings: list[Finding]) -> list[Finding]:
    """Leave out what is said already: a control character (E05) has no sign in any face, either."""
    controls = {each.place[:3] for each in findings if each.code == "E05" and each.place is not None}
    return [
        each
        for each in findings
        if each.code != "E70" or each.place is None or each.place[:3] not in controls
    ]


def _language_findings(issue: Issue) -> Iterator[Finding]:
    from pipeline.typography.languages import has_labels, known_language  # noqa: PLC0415 - as above

    place = issue.places.get("language", Place(f"{issue.folder}/issue.yaml"))
    if not known_language(issue.language):
        yield found("E35", place, found=issue.language)
    elif not has_labels(issue.language):
        yield found("W07", place, language=issue.language)
    if not is_hyphenated(issue.language):
        yield found("W11", place, language=issue.language)


def is_hyphenated(language: str) -> bool:
    """Return whether the engine has hyphenation patterns of a language.

    Args:
        language: A BCP 47 tag.
    """
    if language in HYPHENATED:
        return True
    import pyphen  # noqa: PLC0415 - it looks through its folder of patterns when it is imported

    return pyphen.language_fallback(language) is not None


def stop_on_errors(findings: tuple[Finding, ...]) -> None:
    """Raise the findings, if any of them is an error.

    Raises:
        IssueError: With all the findings.
    """
    if errors(findings):
        raise IssueError(findings)
