"""What others change in the files of a workspace, told once it was quiet."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchfiles import awatch

from pipeline.desk.writing.disk.settled import KNOWN, PATIENCE, Signature, read_now

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pipeline.files.workspace import Workspace

_STEP: Final = 0.1
"""Part of the quiet time after which it is looked again."""

_NOT_TOLD: Final = (".part", ".tmp", ".swp", "~")
"""Endings of files that other programs write for themselves."""


class Changes:
    """Files below `issues/` that others changed, after they were quiet for two seconds.

    `async for paths in Changes(workspace)` gives sets of paths relative to the workspace; a file that is gone
    is told, too. What this process wrote itself is not told. Nothing is written in answer to an event.

    Args:
        workspace: The workspace.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Remember the workspace; watching begins with the first step."""
        self._root = workspace.root.resolve()
        self._folder = workspace.issues.resolve()
        self._quiet = PATIENCE.quiet
        self._stop = threading.Event()
        self._since: dict[str, float] = {}
        """When each file that has changed was last seen changing, by the clock of this process."""
        self._told: dict[str, Signature | None] = {}
        """In which state each file was told last; None for one that is gone."""
        self._seen: int | None = None
        """The folder that was watched last."""
        self._is_polling: bool | None = None

    async def __aiter__(self) -> AsyncIterator[set[str]]:
        """Watch until `stop` is called, also a folder that was put in the place of the one of before."""
        while not self._stop.is_set():
            if (folder := _inode(self._folder)) is not None:
                async for told in self._watched(folder):
                    yield told
            await asyncio.sleep(self._quiet)

    async def _watched(self, folder: int) -> AsyncIterator[set[str]]:
        """Watch as long as it is this folder."""
        step = max(20, int(self._quiet * 1000 * _STEP))
        try:
            async for events in awatch(
                self._folder,
                stop_event=self._stop,
                debounce=step,
                step=max(10, step // 4),
                rust_timeout=step,
                yield_on_timeout=True,
                watch_filter=None,
                force_polling=self._is_polling,
            ):
                now = time.monotonic()
                if self._seen not in {None, folder}:
                    # Whatever is in another folder may be another file. What comes into it later is told
                    # by the system, which watches it by now.
                    self._since |= {str(path): now for path in self._folder.rglob("*") if _is_told(str(path))}
                self._seen = folder
                self._since.update((path, now) for _, path in events if _is_told(path))
                if told := self._quiet_ones(now):
                    yield told
                if _inode(self._folder) != folder:
                    return
        except FileNotFoundError:
            return
        except (OSError, RuntimeError):
            # A system gives a user so many watches (inotify(7)), and other programs may have taken them.
            if self._is_polling:
                raise
            self._is_polling = True

    def stop(self) -> None:
        """End the iteration soon; may be called from any thread."""
        self._stop.set()

    def _quiet_ones(self, now: float) -> set[str]:
        told: set[str] = set()
        for path in [path for path, since in self._since.items() if now - since >= self._quiet]:
            file = Path(path)
            if file.is_dir():
                del self._since[path]
            elif self._is_whole(file):
                del self._since[path]
                if self._is_news(file):
                    told.add(file.relative_to(self._root).as_posix())
        return told

    def _is_whole(self, path: Path) -> bool:
        try:
            return read_now(path, self._quiet).is_settled
        except OSError:
            # It cannot be read: whoever opens it is told why.
            return True

    def _is_news(self, path: Path) -> bool:
        """Return whether a file is not as this program wrote it, nor as was told: events may come late."""
        try:
            state = Signature.of(path.stat())
        except OSError:
            state = None
        if state is not None and KNOWN.is_own(path, state):
            return False
        is_news = str(path) not in self._told or self._told[str(path)] != state
        self._told[str(path)] = state
        return is_news


def _inode(folder: Path) -> int | None:
    """Return what tells a folder from another of its name; None where there is none."""
    try:
        return folder.stat().st_ino
    except OSError:
        return None


def _is_told(path: str) -> bool:
    name = Path(path).name
    return not name.startswith((".", "~$")) and not name.endswith(_NOT_TOLD)
