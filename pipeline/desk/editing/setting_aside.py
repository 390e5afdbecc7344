"""An issue taken out whole: its folder is moved aside with everything in it, and can be put back as it was.

It is moved in one step, so that there is never half an issue. What was filed stays where it is: others may
have it, and the archive is held to it.
"""

from __future__ import annotations

import itertools
import re
import shutil
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.shelf import Shelf
from pipeline.desk.overview.issues import date_in_words, title_in
from pipeline.desk.writing.history.history import ASIDE
from pipeline.files.owned_files import hold_within
from pipeline.files.workspace import ISSUES, number_of
from pipeline.files.writing.atomic import sync_folder
from pipeline.findings.finding import IssueError, found
from pipeline.findings.place import Place
from pipeline.findings.system_faults import write_refused
from pipeline.reading.publication import first_language

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace

_GOING: Final = ".going"
"""How the name of a folder ends that is being deleted."""

_NAME: Final = re.compile(r"(?P<issue>\d{4}-\d\d-\d\d)(?:\.\d+)?")


class AsideIssue(NamedTuple):
    """An issue that was taken out.

    Args:
        name: Of its folder among those that were taken out.
        title: Empty where it cannot be read.
        number: Likewise.
        date: In words.
    """

    name: str
    title: str
    number: str
    date: str


class Contents(NamedTuple):
    """What goes with an issue.

    Args:
        articles: Files of articles, translations among them.
        pictures: Files of pictures.
    """

    articles: int
    pictures: int


def is_filed(workspace: Workspace, issue: str) -> bool:
    """Return whether anything was filed of an issue, so that it stays."""
    filed = Shelf(workspace).filed(issue)
    return filed.is_dir() and any(filed.iterdir())


def contents_of(folder: Path) -> Contents:
    """Return what goes with an issue.

    Args:
        folder: The issue's.
    """
    pictures = folder / "images"
    return Contents(
        len(list(folder.glob("*.md"))),
        sum(path.is_file() for path in pictures.iterdir()) if pictures.is_dir() else 0,
    )


def day_mark(aside: Path, name: str) -> Path:
    """Return the file that says on which day an issue was taken out.

    Args:
        aside: The folder of those that were.
        name: Of the issue's folder there.
    """
    return aside / f".{name}.since"


def aside_names(workspace: Workspace) -> list[str]:
    """Return the names of the issues that were taken out, the newest first."""
    folder = workspace.root / ASIDE
    present = sorted(folder.iterdir(), reverse=True) if folder.is_dir() else []
    return [each.name for each in present if _NAME.fullmatch(each.name) and (each / "issue.yaml").is_file()]


def aside_issues(workspace: Workspace, language: str) -> list[AsideIssue]:
    """Return the issues that were taken out, the newest first.

    Args:
        workspace: The workspace.
        language: Of the dates, `bg` or `en`.
    """
    told = []
    for name in aside_names(workspace):
        folder = workspace.root / ASIDE / name
        title = title_in(folder / "issue.yaml", first_language(workspace))
        date = date_in_words(name.partition(".")[0], language)
        told.append(AsideIssue(name, title, number_of(folder) or "", date))
    return told


def set_aside(workspace: Workspace, issue: str) -> str:
    """Take an issue out, and return the name by which it can be put back.

    Args:
        workspace: The workspace.
        issue: The name of the issue's folder.

    Raises:
        IssueError: There is no such issue, or it was filed (E635).
        PressError: It cannot be moved (E83).
    """
    folder = workspace.choose_issue(issue)
    if is_filed(workspace, folder.name):
        raise IssueError([found("E635", Place(f"{ISSUES}/{folder.name}"))])
    names = itertools.chain([folder.name], (f"{folder.name}.{number}" for number in itertools.count(2)))
    aside = workspace.root / ASIDE
    name = next(each for each in names if not (aside / each).exists())
    # That of another one, which was put back.
    day_mark(aside, name).unlink(missing_ok=True)
    _move(folder, aside / name)
    return name


def put_back(workspace: Workspace, name: str) -> str:
    """Put an issue back that was taken out, and return the name of its folder.

    Args:
        workspace: The workspace.
        name: As `set_aside` returned it.

    Raises:
        IssueError: There is none of this name (E631), or another issue has its date by now (E636).
        PressError: It cannot be moved (E83).
    """
    named = _NAME.fullmatch(name)
    folder = workspace.root / ASIDE / name
    if named is None or not folder.is_dir():
        raise IssueError([found("E631", None)])
    issue = workspace.issues / named["issue"]
    if issue.exists():
        raise IssueError([found("E636", None, date=named["issue"])])
    _move(folder, issue)
    return issue.name


def delete_aside(workspace: Workspace, name: str) -> None:
    """Delete an issue for good that was taken out; the history keeps its texts as long as all others.

    It is renamed first, so that no half of it is ever listed.

    Args:
        workspace: The workspace.
        name: As `set_aside` returned it.

    Raises:
        IssueError: There is none of this name (E631), or a link leads out of the workspace there (E647).
        PressError: It cannot be deleted (E83).
    """
    folder = workspace.root / ASIDE / name
    if _NAME.fullmatch(name) is None or folder.is_symlink() or not folder.is_dir():
        raise IssueError([found("E631", None)])
    hold_within(workspace.root, folder.parent)
    going = folder.with_name(f".{name}{_GOING}")
    # What was broken off goes with it.
    for left in folder.parent.glob(f".*{_GOING}"):
        _remove(left)
    _move(folder, going)
    _remove(going)
    day_mark(folder.parent, name).unlink(missing_ok=True)


def _remove(folder: Path) -> None:
    """Delete a folder with everything in it; a link in it is deleted, and what it leads to stays."""
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise write_refused(error, folder.name) from error


def _move(folder: Path, to: Path) -> None:
    try:
        to.parent.mkdir(exist_ok=True)
        folder.rename(to)
    except OSError as error:
        raise write_refused(error, folder.name) from error
    sync_folder(folder.parent)
    sync_folder(to.parent)
