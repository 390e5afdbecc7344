"""An issue given another date: its folder, which is named by it, is renamed, and its history goes with it.

The date is written into the issue first; then one rename puts it in its place. Where that is broken off
between the two, date and folder differ (E06), and giving the issue its date once more renames the folder.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from pipeline.desk.editing.setting_aside import is_filed
from pipeline.desk.writing.history.placing import saving
from pipeline.desk.writing.history.store import store_of
from pipeline.desk.writing.plan_changes import SetField
from pipeline.desk.writing.plans import open_plan, save_plan
from pipeline.desk.writing.results import Conflict
from pipeline.files.workspace import ISSUES
from pipeline.files.writing.atomic import sync_folder
from pipeline.findings.finding import IssueError, PressError, found
from pipeline.findings.system_faults import write_refused
from pipeline.models.values.date_notations import whole_day

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from pipeline.desk.writing.history.journal import Record
    from pipeline.desk.writing.history.store import Store
    from pipeline.files.workspace import Workspace

_DATE: Final = ("date",)


def check_date(workspace: Workspace, issue: str, date: dt.date) -> None:
    """Refuse a date that an issue cannot be given.

    Args:
        workspace: The workspace.
        issue: The name of the issue's folder.
        date: The date.

    Raises:
        IssueError: The issue was filed (E637), or another has this date (E638); or there is no such issue.
    """
    folder = workspace.choose_issue(issue)
    if date.isoformat() != folder.name:
        _checked(workspace, folder, date)


def change_date(workspace: Workspace, issue: str, date: dt.date, hand: str) -> str:
    """Give an issue another date, and return the name that its folder has now.

    Args:
        workspace: The workspace.
        issue: The name of the issue's folder.
        date: The date.
        hand: Who does it, for the history.

    Raises:
        IssueError: As `check_date`; the issue's file cannot be read, or somebody changed its date in that
            moment (E632).
        PressError: The disk or the system refuses (E83); the issue is as it was.
    """
    folder = workspace.choose_issue(issue)
    to = folder if date.isoformat() == folder.name else _checked(workspace, folder, date)
    plan = open_plan(workspace, folder.name)
    before = str(plan.masthead.get("date") or "")
    _write(workspace, folder.name, date.isoformat(), hand)
    if to == folder:
        return folder.name
    store = store_of(workspace)
    try:
        with saving(store):
            _checked(workspace, folder, date)
            _rename(store, folder, to)
    except (IssueError, PressError):
        _write(workspace, folder.name, before, hand)
        raise
    # The issue is where it shall be: that the history knows it by the former name, too, is no error.
    with contextlib.suppress(PressError):
        store.change(lambda records: [each for each in records if not each.path.startswith(_below(folder))])
    return to.name


def _checked(workspace: Workspace, folder: Path, date: dt.date) -> Path:
    """Return where the folder shall be."""
    if is_filed(workspace, folder.name):
        raise IssueError([found("E637", None)])
    to = workspace.issues / date.isoformat()
    if to.exists() or to.is_symlink():
        raise IssueError([found("E638", None, date=to.name)])
    return to


def _write(workspace: Workspace, issue: str, date: str, hand: str) -> None:
    plan = open_plan(workspace, issue)
    now = str(plan.masthead.get("date") or "")
    if now == date or (whole_day(date) is not None and whole_day(now) == whole_day(date)):
        return
    saved = save_plan(workspace, issue, plan.version, [SetField(_DATE, date or None)], hand)
    if isinstance(saved, Conflict):
        raise IssueError([found("E632", None, name="issue.yaml")])


def _rename(store: Store, folder: Path, to: Path) -> None:
    """Rename the folder; the history then has its versions under both names."""
    old, new = _below(folder), _below(to)
    copied: set[Record] = set()

    def under_both(records: list[Record]) -> list[Record]:
        copies = {
            each: each._replace(path=new + each.path.removeprefix(old))
            for each in records
            if each.path.startswith(old)
        }
        copied.update(set(copies.values()).difference(records))
        doubled = ((each, copies.get(each, each)) for each in records)
        return [one for each, copy in doubled for one in ((each, copy) if copy in copied else (each,))]

    store.change(under_both)
    try:
        folder.rename(to)
    except OSError as error:
        # An issue that is begun with that date later has no history of this one.
        store.change(lambda records: [each for each in records if each not in copied])
        raise write_refused(error, folder.name) from error
    sync_folder(to.parent)


def _below(folder: Path) -> str:
    """Return how the paths of an issue's files begin in the history."""
    return f"{ISSUES}/{folder.name}/"
