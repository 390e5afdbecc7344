"""A change that was saved, undone in every file that it touched; what others wrote since stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.writing.article_files import ArticleFiles
from pipeline.desk.writing.disk.version import version_of
from pipeline.desk.writing.history.history import History
from pipeline.desk.writing.merging import merged_article, merged_fields
from pipeline.desk.writing.results import Conflict
from pipeline.desk.writing.text_saving import TextFile
from pipeline.files.owned_files import lies_within, load
from pipeline.files.text.source import LARGEST
from pipeline.files.workspace import ISSUES
from pipeline.findings.finding import IssueError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pipeline.desk.writing.disk.version import Version
    from pipeline.files.workspace import Workspace

_TEXTS: Final = (".md", ".yaml")

_UNREAD: Final = "?"
"""What stands for the version of a file that is there and cannot be read: it is in no step."""


class Step(NamedTuple):
    """A file that a change touched.

    Args:
        path: Relative to the workspace.
        before: Its version before the change; empty where there was no such file.
        after: Its version after it; empty where there is no such file any more.
    """

    path: str
    before: Version
    after: Version


def versions_in(workspace: Workspace, folder: Path) -> dict[str, Version]:
    """Return the version of every text in a folder, by its path.

    A file that cannot be read hinders no change of the others: what is done to it cannot be undone.

    Args:
        workspace: The workspace.
        folder: An issue's folder, or that of all issues for the settings.
    """
    versions = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in _TEXTS and path.is_file() and lies_within(workspace.root, path):
            versions[path.relative_to(workspace.root).as_posix()] = _version_now(path)
    return {path: version for path, version in versions.items() if version}


def _version_now(path: Path) -> Version:
    """Return the version of a file; empty where there is none by now."""
    try:
        return version_of(load(path, LARGEST))
    except FileNotFoundError:
        return ""
    except OSError:
        return _UNREAD


def kept_versions(workspace: Workspace, folder: Path) -> dict[str, Version]:
    """Return the same, each kept in the history: for changes by what does not keep versions itself."""
    versions = versions_in(workspace, folder)
    for path, version in versions.items():
        if version != _UNREAD:
            TextFile(workspace, path).opened()
    return versions


def steps_between(before: Mapping[str, Version], after: Mapping[str, Version]) -> list[Step]:
    """Return the files that differ between two moments."""
    paths = sorted({*before, *after})
    steps = (Step(path, before.get(path, ""), after.get(path, "")) for path in paths)
    return [step for step in steps if step.before != step.after and _UNREAD not in {step.before, step.after}]


def undo(workspace: Workspace, steps: Iterable[Step], hand: str) -> list[Step]:
    """Undo a change, and return the steps that would make it again.

    What somebody else wrote into a file since is kept, merged as any two changes are; such a file has no step
    that would make the change again.

    Args:
        workspace: The workspace.
        steps: The files the change touched.
        hand: Who does it, for the history.

    Raises:
        IssueError: A file that came or went with the change is another one by now (E603), or the history does
            not have a file as it was (E604); nothing was undone. Or the same words were changed since (E632),
            or another program is still writing a file (E602); the files before it are undone.
        PressError: The disk or the system refuses.
    """
    steps = list(steps)
    history = History(workspace)
    for step in steps:
        _check(workspace, history, step)
    made = [_undone(workspace, history, step, hand) for step in steps]
    return [step for step in made if step is not None]


def _undone(workspace: Workspace, history: History, step: Step, hand: str) -> Step | None:
    after = step.before
    if step.before and step.after:
        before = history.text(step.before)
        merge = merged_article if step.path.endswith(".md") else merged_fields
        written = TextFile(workspace, step.path).saved(step.after, lambda _: before, merge, hand)
        if isinstance(written, Conflict):
            raise IssueError([found("E632", Place(step.path), name=step.path.rpartition("/")[2])])
        if written.merged:
            return None
        after = written.version
    elif step.before:
        history.restore(step.path, step.before, None, hand)
    else:
        folder = (workspace.root / step.path).parent
        ArticleFiles(workspace, folder, hand).take_out([folder.joinpath(step.path).name])
    return Step(step.path, step.after, after)


def _check(workspace: Workspace, history: History, step: Step) -> None:
    path = workspace.root / step.path
    parts = step.path.split("/")
    is_text = parts[0] == ISSUES and ".." not in parts and path.suffix in _TEXTS
    known = {each.version for each in history.versions(step.path)} if is_text else set()
    if not known or not {step.before, step.after} - {""} <= known:
        raise IssueError([found("E604", None, name=step.before[:12])])
    if step.before and step.after:
        return
    if (_version_now(path) if path.is_file() else "") != step.after:
        raise IssueError([found("E603", Place(step.path), name=step.path)])
