"""An issue as its files stand now, read once for all that is asked about it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.intake.fixing import ASKED_LATER
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.checked_issue import CheckedIssue, ValidIssue, check_issue
from pipeline.desk.production.page_assets import page_assets_of
from pipeline.desk.production.prepared_issue import PreparedIssue
from pipeline.files.lock import NEVER_INPUT, Lock
from pipeline.findings.finding import errors
from pipeline.page.layout_rules import are_of_today
from pipeline.page.pictures.press_conditions import condition_of
from pipeline.typography.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.desk.production.page_assets import PageAssets
    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import Finding
    from pipeline.models.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.models.printing_conditions import PrintingCondition

_NO_LOCK: Final = Lock({}, {}, {}, {}, {})
"""Nothing of a lock stands on pages."""

Stamp = tuple[str, int, int]
"""A file, its size, and when it was changed, in nanoseconds."""


class _Read(NamedTuple):
    """What was read, and of which files."""

    stamps: tuple[Stamp, ...]
    checked: CheckedIssue


class CurrentIssue:
    """An issue of a workspace.

    Args:
        workspace: The workspace.
        name: The name of the issue's folder.
    """

    def __init__(self, workspace: Workspace, name: str) -> None:
        """Read nothing yet."""
        self._workspace = workspace
        self._folder = workspace.issues / name
        self._read: _Read | None = None
        self._typeset: tuple[ValidIssue, Issue] | None = None
        self._assets: dict[str, tuple[ValidIssue, PageAssets]] = {}

    def checked(self) -> CheckedIssue:
        """Return what the files say now."""
        stamps = tuple(sorted(self._stamps()))
        if self._read is None or self._read.stamps != stamps:
            self._read = _Read(stamps, check_issue(self._folder, self._workspace))
        return self._read.checked

    def valid(self, *, as_readable: bool = False) -> ValidIssue:
        """Return the issue.

        Args:
            as_readable: Whether one with any errors is taken as far as it can be read.

        Raises:
            IssueError: The files have errors other than those that leave everything in its place.
        """
        checked = self.checked()
        readable = checked.as_readable() if as_readable or not hindering(checked.findings) else None
        return readable or checked.valid()

    def prepared(self, valid: ValidIssue) -> PreparedIssue:
        """Return the issue, typeset.

        Args:
            valid: What `valid` returned.
        """
        if self._typeset is None or self._typeset[0].reading is not valid.reading:
            as_filed = not are_of_today(valid.style.templates)
            self._typeset = valid, typeset(valid.issue, as_filed=as_filed)
        request = BuildRequest(self._folder, self._workspace, self._workspace.root / "out")
        return PreparedIssue(request, _NO_LOCK, valid, self._typeset[1], {}, {})

    def assets(self, valid: ValidIssue, edition: Edition) -> PageAssets:
        """Return the files of the pages of an edition.

        Args:
            valid: What `valid` returned.
            edition: Which edition.

        Raises:
            IssueError: A picture or a setting for print has errors.
        """
        known = self._assets.get(edition.name)
        if known is None or known[0].reading is not valid.reading:
            assets = page_assets_of(valid, edition, self.condition(valid) if edition.in_ink else None)
            known = self._assets[edition.name] = valid, assets
        return known[1]

    def condition(self, valid: ValidIssue) -> PrintingCondition:
        """Return what the issue is printed on.

        Args:
            valid: What `valid` returned.

        Raises:
            IssueError: A setting for print has errors.
        """
        issue = valid.issue
        place = issue.publication_places.get("press", issue.publication_places["title"])
        return condition_of(issue.publication.press, self._workspace.issues, place)

    def _stamps(self) -> Iterator[Stamp]:
        """Yield the stamps of all files that the issue may be made of."""
        other_issues = set(self._workspace.issue_folders()) - {self._folder}
        folders = [self._workspace.issues, self._workspace.root / "styles", self._workspace.root / "fonts"]
        while folders:
            yield from _stamps_in(folders.pop(), folders, other_issues)


def _stamps_in(folder: Path, folders: list[Path], left_out: set[Path]) -> Iterator[Stamp]:
    """Yield the stamps of the files in a folder, and add the folders in it to those ahead."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name in NEVER_INPUT or path in left_out:
            continue
        try:
            if entry.is_dir():
                folders.append(path)
            else:
                status = entry.stat()
                yield entry.path, status.st_size, status.st_mtime_ns
        except OSError:
            yield entry.path, -1, -1


def hindering(findings: Iterable[Finding]) -> list[Finding]:
    """Return the errors among findings for which pages would lack something that was written."""
    return [each for each in errors(findings) if each.code not in ASKED_LATER]
