"""Where an import goes: into which issue of which workspace, and what that issue holds already."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.desk.intake.starting import next_number
from pipeline.files.workspace import ISSUES, Workspace, find_workspace, number_of
from pipeline.files.yaml_nodes import read_text
from pipeline.findings.finding import IssueError, found
from pipeline.importing.draft.files import IMAGES
from pipeline.importing.merging import Record, read_record

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.importing.draft.draft import Draft


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """Where the texts of an import go.

    Args:
        root: The workspace's folder, also where it is yet to be begun.
        workspace: None where it is yet to be begun.
        folder: The issue's.
        language: Of the issue.
        record: What earlier imports wrote into it.
        key: The names of what is imported, by which the same files are known again.
        is_new: Whether the issue is yet to be begun.
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
        """The issue's, which its folder is named by."""
        return dt.date.fromisoformat(self.folder.name)

    @property
    def path(self) -> str:
        """The issue's folder, relative to the workspace, for findings."""
        return f"{ISSUES}/{self.folder.name}"

    @property
    def number(self) -> int:
        """The issue's number: the one it has, or the next."""
        if not self.is_new and (number := number_of(self.folder)) and number.isdecimal():
            return int(number)
        return next_number(self.workspace, self.date.year) if self.workspace else 1

    def texts(self) -> dict[str, str]:
        """Return the texts the issue holds, by file name."""
        texts: dict[str, str] = {}
        for path in sorted([*self.folder.glob("*.md"), *self.folder.glob("issue.yaml")]):
            source, _ = read_text(path.read_bytes(), path.name)
            if source is not None:
                texts[path.name] = source.text
        return texts

    def pictures(self) -> dict[str, bytes]:
        """Return the pictures the issue holds, by name within its folder."""
        paths = sorted((self.folder / IMAGES).glob("*"))
        return {f"{IMAGES}/{path.name}": path.read_bytes() for path in paths if path.is_file()}


def workspace_at(start: Path) -> Workspace | None:
    """Return the workspace a folder lies in, or None where none is begun there."""
    try:
        return find_workspace(start)
    except IssueError:
        if (start / ISSUES).exists():
            raise
        return None


def issue_date(
    workspace: Workspace | None, drafts: list[Draft], key: str, *, date: dt.date | None, today: dt.date
) -> dt.date:
    """Return the date of the issue an import goes into.

    Args:
        workspace: None where it is yet to be begun.
        drafts: What came.
        key: The names of what is imported.
        date: The one that is asked for.
        today: The day.

    Returns:
        That date, or the one of the issue these files came into before, or the one the text gives, or the one
        of the issue in the making, or today.
    """
    if date is not None:
        return date
    given = next((draft.masthead.date for draft in drafts if draft.masthead.date), None)
    folders = workspace.issue_folders() if workspace else []
    again = [folder for folder in folders if key in read_record(folder).texts]
    coming = [folder for folder in folders if folder.name >= today.isoformat()]
    known = again[-1:] or ([] if given else coming[-1:])
    return dt.date.fromisoformat(known[0].name) if known else given or today


def import_target(
    root: Path, workspace: Workspace | None, date: dt.date, language: str, *, key: str, whole: bool
) -> ImportTarget:
    """Return where an import goes.

    Args:
        root: The workspace's folder.
        workspace: None where it is yet to be begun.
        date: Of the issue.
        language: Of the issue.
        key: The names of what is imported.
        whole: Whether a whole bulletin is imported.

    Raises:
        IssueError: A whole bulletin would overwrite an issue that was not imported (E86).
    """
    folder = root / ISSUES / date.isoformat()
    record = read_record(folder)
    if whole and folder.exists() and key not in record.texts:
        raise IssueError([found("E86", None, name=f"{ISSUES}/{folder.name}")])
    return ImportTarget(
        root=root,
        workspace=workspace,
        folder=folder,
        language=language,
        record=record,
        key=key,
        is_new=not folder.exists(),
    )
