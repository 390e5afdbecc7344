"""Target of an import: the issue and workspace it is written to, and the files already there."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.desk.intake.starting import next_number
from pipeline.desk.production.samples import STARTERS
from pipeline.files.text.source import read_text
from pipeline.files.workspace import ISSUES, Workspace, number_of
from pipeline.findings.finding import IssueError, found
from pipeline.importing.draft.files import IMAGES
from pipeline.importing.merging import Record, read_record

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.importing.draft.draft import Draft


_FILLED_IN: Final = {"number": r"\d+", "date": r"\d{4}-\d{2}-\d{2}", "article": r"[\w.-]+"}
"""What a new issue fills into its samples; sections and notices that it carries over are somebody's words."""


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """Target of an import.

    Args:
        root: Folder of the workspace, which may not exist yet.
        workspace: The workspace; None if it does not exist yet.
        folder: Folder of the issue.
        language: Language of the issue.
        record: Record of earlier imports into the issue.
        key: Names of the imported files, by which a repeated import is recognised.
        is_new: Whether the issue does not exist yet, or consists of samples, in whose place it comes.
    """

    root: Path
    workspace: Workspace | None
    folder: Path
    language: str
    record: Record
    key: str
    is_new: bool

    @property
    def date(self) -> dt.date:
        """Date of the issue, from its folder's name."""
        return dt.date.fromisoformat(self.folder.name)

    @property
    def path(self) -> str:
        """The issue's folder, relative to the workspace, for findings."""
        return f"{ISSUES}/{self.folder.name}"

    @property
    def number(self) -> int:
        """Number of the issue: the one it has, or the next."""
        if (number := number_of(self.folder)) and number.isdecimal():
            return int(number)
        return next_number(self.workspace, self.date.year) if self.workspace else 1

    def names(self) -> list[str]:
        """Return the names that articles of the issue have, also those that cannot be read."""
        return [] if self.is_new else sorted(path.name for path in self.folder.glob("*.md"))

    def texts(self) -> dict[str, str]:
        """Return the articles of the issue that can be read, and its plan, by file name."""
        names = [] if self.is_new else [*self.names(), "issue.yaml"]
        there = [name for name in names if (self.folder / name).is_file()]
        read = {name: read_text((self.folder / name).read_bytes(), name)[0] for name in there}
        return {name: source.text for name, source in read.items() if source is not None}

    def text(self, name: str) -> str | None:
        """Return an article of the issue as it is at this moment; None where there is none.

        Raises:
            IssueError: It is no text (E02, E03, E05).
        """
        path = self.folder / name
        if not path.exists():
            return None
        source, findings = read_text(path.read_bytes(), f"{self.path}/{name}")
        if source is None:
            raise IssueError(findings)
        return source.text

    def pictures(self) -> dict[str, bytes]:
        """Return the pictures of the issue, by path in its folder."""
        paths = sorted((self.folder / IMAGES).glob("*"))
        return {f"{IMAGES}/{path.name}": path.read_bytes() for path in paths if path.is_file()}


def issue_date(
    workspace: Workspace | None, drafts: list[Draft], key: str, *, date: dt.date | None, today: dt.date
) -> dt.date:
    """Return the date of the issue an import goes into.

    Args:
        workspace: The workspace; None if it does not exist yet.
        drafts: The imported texts.
        key: Names of the imported files.
        date: Date given by the user, or None.
        today: Today's date.

    Returns:
        The given date; or that of the issue these files were imported into before; or that in the text; or
        that of an issue not yet published; or today.
    """
    if date is not None:
        return date
    masthead_date = next((draft.masthead.date for draft in drafts if draft.masthead.date), None)
    folders = workspace.issue_folders() if workspace else []
    imported_before = [folder for folder in folders if key in read_record(folder).texts]
    unpublished = [folder for folder in folders if folder.name >= today.isoformat()]
    candidates = imported_before[-1:] or ([] if masthead_date else unpublished[-1:])
    return dt.date.fromisoformat(candidates[0].name) if candidates else masthead_date or today


def import_target(
    root: Path, workspace: Workspace | None, date: dt.date, language: str, *, key: str, whole: bool
) -> ImportTarget:
    """Return the target of an import.

    Args:
        root: Folder of the workspace.
        workspace: The workspace; None if it does not exist yet.
        date: Date of the issue.
        language: Language of the issue.
        key: Names of the imported files.
        whole: Whether a whole bulletin is imported.

    Raises:
        IssueError: A whole bulletin would overwrite an issue that was not imported (E86).
    """
    folder = root / ISSUES / date.isoformat()
    record = read_record(folder)
    is_new = not folder.exists() or (whole and is_untouched(folder))
    if whole and not is_new and key not in record.texts:
        raise IssueError([found("E86", None, name=f"{ISSUES}/{folder.name}")])
    return ImportTarget(
        root=root,
        workspace=workspace,
        folder=folder,
        language=language,
        record=record,
        key=key,
        is_new=is_new,
    )


def is_untouched(folder: Path) -> bool:
    """Return whether an issue consists of the samples alone that it began with."""
    try:
        entries = list(folder.iterdir())
        return bool(entries) and all(entry.is_file() and _is_sample(entry) for entry in entries)
    except OSError:
        return False


def _is_sample(path: Path) -> bool:
    text = path.read_bytes().replace(b"\r\n", b"\n")
    return any(_pattern(sample).fullmatch(text) for sample in STARTERS.glob(f"*/*{path.suffix}"))


def _pattern(sample: Path) -> re.Pattern[bytes]:
    """Return what a sample file matches when it is filled in."""
    parts = re.split(r"\$(\w+)", sample.read_text("utf-8"))
    filled = (_FILLED_IN.get(part, "") if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return re.compile("".join(filled).encode())
