"""A change that was saved, undone: every file that it touched is as it was, or none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.writing.article_files import ArticleFiles
from pipeline.desk.writing.disk.version import version_of
from pipeline.desk.writing.history.history import History
from pipeline.desk.writing.text_saving import TextFile
from pipeline.files.owned_files import load
from pipeline.files.workspace import ISSUES
from pipeline.files.yaml_nodes import LARGEST
from pipeline.findings.finding import IssueError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pipeline.desk.writing.disk.version import Version
    from pipeline.files.workspace import Workspace

_TEXTS: Final = (".md", ".yaml")


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

    Args:
        workspace: The workspace.
        folder: An issue's folder, or that of all issues for the settings.
    """
    versions = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in _TEXTS and path.is_file():
            versions[path.relative_to(workspace.root).as_posix()] = version_of(load(path, LARGEST))
    return versions


def kept_versions(workspace: Workspace, folder: Path) -> dict[str, Version]:
    """Return the same, each kept in the history: for changes by what does not keep versions itself."""
    versions = versions_in(workspace, folder)
    for path in versions:
        TextFile(workspace, path).opened()
    return versions


def steps_between(before: Mapping[str, Version], after: Mapping[str, Version]) -> list[Step]:
    """Return the files that differ between two moments."""
    paths = sorted({*before, *after})
    steps = (Step(path, before.get(path, ""), after.get(path, "")) for path in paths)
    return [step for step in steps if step.before != step.after]


def undo(workspace: Workspace, steps: Iterable[Step], hand: str) -> list[Step]:
    """Undo a change, and return the steps that would make it again.

    Args:
        workspace: The workspace.
        steps: The files the change touched.
        hand: Who does it, for the history.

    Raises:
        IssueError: A file is another one by now (E603), or the history no longer has it as it was (E604);
            nothing was undone. Or another program is still writing one (E602).
        PressError: The disk or the system refuses.
    """
    steps = list(steps)
    history = History(workspace)
    for step in steps:
        _check(workspace, history, step)
    for step in steps:
        if step.before:
            history.restore(step.path, step.before, step.after or None, hand)
        else:
            folder = (workspace.root / step.path).parent
            ArticleFiles(workspace, folder, hand).take_out([folder.joinpath(step.path).name])
    return [Step(step.path, step.after, step.before) for step in steps]


def _check(workspace: Workspace, history: History, step: Step) -> None:
    path = workspace.root / step.path
    parts = step.path.split("/")
    is_text = parts[0] == ISSUES and ".." not in parts and path.suffix in _TEXTS
    if not is_text or step.path not in history.files():
        raise IssueError([found("E604", None, name=step.before[:12])])
    if step.before:
        history.data(step.before)
    now = version_of(load(path, LARGEST)) if path.is_file() else ""
    if now != step.after:
        raise IssueError([found("E603", Place(step.path), name=step.path)])
