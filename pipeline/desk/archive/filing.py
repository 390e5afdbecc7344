"""Filing: an issue is stored in the archive, built from the very files that are stored with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.archive.filing_record import Filing, hash_of
from pipeline.archive.index import write_index
from pipeline.archive.shelf import Shelf
from pipeline.archive.storing import store_filing
from pipeline.archive.withdrawing import complete_withdrawals
from pipeline.desk.archive.building_from_sources import build_from_sources
from pipeline.desk.archive.snapshot import IssueSnapshot, take_snapshot
from pipeline.desk.intake.consent import as_required
from pipeline.desk.intake.withdrawn_sources import withdrawn_findings
from pipeline.desk.production.samples import as_errors
from pipeline.editor.house_style.reader import read_house
from pipeline.files.workspace import ISSUES
from pipeline.files.writing.locks import locked
from pipeline.findings.finding import ArchiveError, Finding, IssueError, errors, found
from pipeline.findings.place import Place
from pipeline.findings.progress import Progress, silent

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.files.workspace import Workspace


class FilingResult(NamedTuple):
    """The result of filing.

    Args:
        filing: The filing.
        folder: Its folder.
        findings: Warnings.
        is_new: Whether it was filed now, and not before.
    """

    filing: Filing
    folder: Path
    findings: tuple[Finding, ...]
    is_new: bool = True


def file_issue(
    folder: Path, workspace: Workspace, today: dt.date, progress: Progress = silent
) -> FilingResult:
    """File an issue: its sources, and every edition in every language it has.

    An issue that is filed already and has not changed since is not filed again; one that has changed needs a
    correction, and is then filed as a further filing.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.
        today: The day of filing.
        progress: Callback for each step.

    Raises:
        IssueError: The files have errors, a sample text stands in them (E178), or the house requires an
            answer whether those in a photograph agreed (E179); nothing was filed.
        PressError: A page cannot be laid out, a file cannot be stored, or preflight refuses one; likewise.
        ArchiveError: The issue is filed and has changed (E200), its correction names another filing (E201)
            or one that is not there (E202), it has what was withdrawn (E204), or the archive is damaged
            (E211, E212); likewise.
    """
    with locked(Shelf(workspace).lock):
        complete_withdrawals(Shelf(workspace))
        shelf = Shelf(workspace)
        snapshot = take_snapshot(folder, workspace)
        if withdrawn := list(withdrawn_findings(workspace, snapshot.sources)):
            raise ArchiveError(withdrawn)
        earlier = [filing for filing in shelf.filings if filing.issue == snapshot.issue]
        last = max(earlier, key=lambda filing: filing.filing, default=None)
        if last is not None and not list(_changed(snapshot, last)):
            write_index(shelf)
            return FilingResult(last, shelf.folder(last.name), snapshot.findings, is_new=False)
        _stop_unless_due(snapshot, last)
        house, _ = read_house(workspace)
        findings = as_required(as_errors(snapshot.findings) or snapshot.findings, house)
        if errors(findings):
            raise IssueError(findings)
        built = build_from_sources(snapshot.sources, snapshot.issue, snapshot.languages, progress, fresh=True)
        filing = store_filing(snapshot.filing_content(built.files, built.pages), shelf, today)
    told = tuple(dict.fromkeys((*snapshot.findings, *built.findings)))
    return FilingResult(filing, shelf.folder(filing.name), told)


def _changed(snapshot: IssueSnapshot, last: Filing) -> Iterator[str]:
    """Yield the files of the issue that have changed since they were filed.

    A change of style does not count: a filed issue keeps the style it was filed with.
    """
    now = {path: data for path, data in snapshot.sources.items() if path.startswith(f"{ISSUES}/")}
    then = {path: file for path, file in last.sources.items() if path.startswith(f"{ISSUES}/")}
    for path in sorted(now.keys() | then.keys()):
        if path not in now or path not in then or hash_of(now[path]) != then[path].sha256:
            yield path


def _stop_unless_due(snapshot: IssueSnapshot, last: Filing | None) -> None:
    """Refuse a first filing that is a correction, and a further one that does not correct the one before."""
    place = Place(f"{ISSUES}/{snapshot.issue}/issue.yaml")
    correction = snapshot.correction
    if last is None:
        if correction is not None:
            raise ArchiveError([found("E202", place)])
        return
    if correction is None or (last.correction is not None and correction == last.correction):
        names = ", ".join(_changed(snapshot, last))
        raise ArchiveError([found("E200", place, names=names, last=last.filing)])
    if correction.of != last.filing:
        raise ArchiveError([found("E201", place, found=correction.of, last=last.filing)])
