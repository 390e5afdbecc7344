"""Versions put into their files: one saving at a time in a workspace, and every version kept first."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.writing.disk.replacing import put_new, replaced
from pipeline.desk.writing.disk.settled import Wait
from pipeline.desk.writing.history.journal import LEFT
from pipeline.desk.writing.history.store import store_of
from pipeline.files.writing.locks import locked
from pipeline.findings.finding import IssueError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipeline.desk.writing.disk.settled import Reading
    from pipeline.desk.writing.history.store import Store
    from pipeline.files.workspace import Workspace

_PATIENCE: Final = 20.0
"""Seconds for which another saving is waited for."""


class Target(NamedTuple):
    """A file to be saved.

    Args:
        store: The history it belongs to.
        path: The file.
        name: The same relative to the workspace.
        is_new: Whether it is to be made: that there is none is not waited for then.
    """

    store: Store
    path: Path
    name: str
    is_new: bool = False


def target_in(workspace: Workspace, name: str) -> Target:
    """Return a file of a workspace as what is to be saved.

    Args:
        workspace: The workspace.
        name: The file, relative to it.

    Raises:
        IssueError: It would lie elsewhere (E04).
    """
    path = (workspace.root / name).resolve()
    if not path.is_relative_to(workspace.root.resolve()):
        raise IssueError([found("E04", Place(name), name=name, guess="")])
    return Target(store_of(workspace), path, name)


def placed(
    target: Target, chosen: Callable[[bytes | None], bytes | None], event: str, hand: str
) -> bytes | None:
    """Put a version into a file.

    Args:
        target: The file.
        chosen: Given what the file has once it is settled, returns what it shall have; None for nothing to
            be written. It keeps what it is given and what it returns.
        event: What the journal says of the new version.
        hand: Who does it.

    Returns:
        What the file has now; None where nothing was written.

    Raises:
        IssueError: Another program is still writing the file (E602).
        PressError: The disk or the system refuses (E83), or another saving does not end (E84).
    """
    wait = Wait(target.path, target.name)
    while True:
        if _is_ready(target, wait.read()):
            with saving(target.store):
                # It is read again, for it was waited for the other savings.
                reading = wait.read()
                if _is_ready(target, reading):
                    data = chosen(reading.data)
                    if data is None:
                        return None
                    if data == reading.data or _put(target, reading.data, data):
                        target.store.keep(data, target.name, event, hand)
                        return data
        wait.step()


def _is_ready(target: Target, reading: Reading) -> bool:
    # A file that comes to be there in between is not overwritten.
    return reading.is_settled or (target.is_new and reading.data is None)


def _put(target: Target, before: bytes | None, data: bytes) -> bool:
    store = target.store
    aside = store.aside_of(target.name)
    if before is None:
        return put_new(target.path, data, aside)
    return replaced(target.path, before, data, aside, lambda left: store.keep(left, target.name, LEFT))


@contextlib.contextmanager
def saving(store: Store) -> Iterator[None]:
    """Hold the right to write files of a workspace; what a crash left is kept first.

    Raises:
        PressError: Another saving does not end (E84).
    """
    with store.held():
        pass  # The folder is made as only its owner may read it.
    with locked(store.folder / "saving.lock", _PATIENCE):
        store.rescue()
        yield
