"""A snapshot of an issue: read in all its languages, with the bytes of every file it is built from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.archive.filing_record import FiledCorrection
from pipeline.archive.storing import FilingContent
from pipeline.desk.intake.consent import consent_findings
from pipeline.desk.production.checked_issue import check_issue
from pipeline.editor.house_style.reader import read_house
from pipeline.files.program.own_files import program_hashes
from pipeline.files.program.versions import versions
from pipeline.pdf.finishing.archive_sources import program_in_force, source_files
from pipeline.reading.translations import languages_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import Finding


@dataclass(frozen=True, slots=True)
class IssueSnapshot:
    """An issue with every file it is built from.

    Args:
        issue: The issue's date.
        number: Its number.
        title: In its own language.
        publication: The publication's title, likewise.
        languages: The languages it is to be built in, its own first.
        correction: What it corrects, or None.
        sources: Every file, by path in a workspace.
        program: SHA-256 of the program's files.
        versions: Versions of the libraries.
        findings: Warnings.
    """

    issue: str
    number: int
    title: str
    publication: str
    languages: tuple[str, ...]
    correction: FiledCorrection | None
    sources: Mapping[str, bytes]
    program: Mapping[str, str]
    versions: Mapping[str, str]
    findings: tuple[Finding, ...]

    def filing_content(self, files: Mapping[str, bytes], pages: Mapping[str, int]) -> FilingContent:
        """Return the content of a filing of this snapshot.

        Args:
            files: The files built from it, by name.
            pages: How many pages each PDF has, likewise.
        """
        return FilingContent(
            issue=self.issue,
            number=self.number,
            title=self.title,
            publication=self.publication,
            languages=self.languages,
            correction=self.correction,
            pages=pages,
            files=files,
            sources=self.sources,
            program=self.program,
            versions=self.versions,
        )


def take_snapshot(folder: Path, workspace: Workspace) -> IssueSnapshot:
    """Read an issue and every file it is built from.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.

    Raises:
        IssueError: The files have errors, in any of its languages.
    """
    own = check_issue(folder, workspace).valid()
    issue = own.issue
    findings = list(own.findings)
    versions_checked = [own]
    others = [language for language in languages_of(folder) if language != issue.language]
    for language in others:
        other = check_issue(folder, workspace, language).valid()
        versions_checked.append(other)
        findings += other.findings
    findings += consent_findings(versions_checked, read_house(workspace)[0])
    sources: dict[str, bytes] = {}
    for each in versions_checked:
        for files in source_files(each.reading.files, each.style).values():
            sources |= {path: data for path, data in files.items() if path not in sources}
    correction = issue.correction
    return IssueSnapshot(
        issue=folder.name,
        number=issue.number,
        title=issue.title,
        publication=issue.publication.title,
        languages=(issue.language, *others),
        correction=FiledCorrection(correction.of, correction.text) if correction else None,
        sources=dict(sorted(sources.items())),
        program=program_in_force(program_hashes()),
        versions=dict(versions()),
        findings=tuple(dict.fromkeys(findings)),
    )
