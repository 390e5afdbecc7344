"""The store of versions of a workspace, in a hidden folder that ignores itself.

It lies beside `issues/`, so that neither the lock of a build nor the archive takes it for a source.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import os
import threading
from typing import TYPE_CHECKING, Final

from pipeline.desk.writing.disk.replacing import Aside
from pipeline.desk.writing.disk.version import version_of
from pipeline.desk.writing.history.journal import LEFT, OUTSIDE, READ, TYPED, Journal, Record
from pipeline.desk.writing.history.objects import Objects
from pipeline.files.owned_files import hold_within, load
from pipeline.files.text.source import LARGEST
from pipeline.findings.finding import PressError, found
from pipeline.findings.place import Place
from pipeline.findings.system_faults import reason_of, write_refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from pipeline.desk.writing.disk.version import Version
    from pipeline.files.workspace import Workspace

HISTORY: Final = ".history"
"""The folder in a workspace."""

_ASIDE: Final = "aside"
_RECENT: Final = 8


class Store:
    """Every version that was read or written; safe for threads and processes.

    Args:
        folder: Where it lies; made with the first version that is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.objects = Objects(folder / "objects")
        self._journal = Journal(folder / "journal")
        self._thread = threading.RLock()
        self._is_held = False
        self._looked_beside = False

    def keep(self, data: bytes, path: str, event: str, hand: str = "") -> Version:
        """Keep a version. It is on the disk when this returns.

        Args:
            data: The bytes.
            path: The file, relative to the workspace.
            event: As in the journal. Reading the same version again is no new event.
            hand: Who did it.

        Raises:
            PressError: It cannot be written (E83).
        """
        with self.held():
            version = self.objects.put(data)
            records = [each for each in self._journal.records() if each.path == path]
            if event in {READ, OUTSIDE}:
                # Whatever is typed meanwhile, the file is as it was last seen.
                there = [each.version for each in records if each.event != TYPED][-1:]
                is_told = there == [version]
            else:
                is_told = [each[1:5] for each in records[-1:]] == [(event, path, version, hand)]
            if not is_told:
                self.add(Record(dt.datetime.now(dt.UTC), event, path, version, hand, len(data)))
        return version

    def add(self, record: Record) -> None:
        """Add a record of a version that is kept.

        Raises:
            PressError: It cannot be written (E83).
        """
        with self.held():
            self._journal.add(record)

    def data(self, version: Version) -> bytes | None:
        """Return the bytes of a version, or None where it is not here."""
        return self.objects.get(version)

    def records(self, path: str | None = None) -> list[Record]:
        """Return the records, of one file or all, in order.

        Raises:
            PressError: They cannot be read (E89).
        """
        try:
            with self._thread:
                records = self._journal.records()
        except OSError as error:
            problem = reason_of(error)
            raise PressError([found("E89", Place(HISTORY), name=HISTORY, problem=problem)]) from error
        return records if path is None else [each for each in records if each.path == path]

    def change(self, changed: Callable[[list[Record]], list[Record]]) -> int:
        """Put other records in place of all, and delete the contents that none of them names any more.

        Args:
            changed: Returns them; contents that they name are kept by then.

        Returns:
            How many contents were deleted.

        Raises:
            PressError: It cannot be written (E83).
        """
        with self.held():
            before = self._journal.records()
            after = changed(before)
            if after != before:
                self._journal.rewrite(after)
            named = {each.version for each in after}
            gone = [version for version in self.objects.all() if version not in named]
            for version in gone:
                self.objects.remove(version)
            self.objects.sweep()
        return len(gone)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the store against other threads and processes; it may be held already by this thread.

        Raises:
            IssueError: A link leads out of the workspace (E647).
            PressError: It cannot be written to (E83).
        """
        with self._thread:
            if self._is_held:
                yield
                return
            try:
                self._begin()
                with self._journal.held():
                    self._is_held = True
                    try:
                        yield
                    finally:
                        self._is_held = False
            except OSError as error:
                raise write_refused(error, HISTORY) from error

    def aside_of(self, path: str) -> Aside:
        """Return where the next version of a file lies until it is put in place."""
        return Aside(self.folder / _ASIDE, version_of(path.encode())[:16])

    def rescue(self) -> None:
        """Keep what a crash left aside; the caller holds the lock of saving.

        Raises:
            PressError: It cannot be written (E83).
        """
        folder = self.folder / _ASIDE
        left = sorted(folder.glob(".*")) if folder.is_dir() else []
        if not left and self._looked_beside:
            return
        paths = {self.aside_of(each.path).label: each.path for each in self.records()}
        if not self._looked_beside:
            left += self._left_beside(paths)
            self._looked_beside = True
        for file in left:
            try:
                path = paths.get(_label_of(file), "")
                data = load(file, LARGEST) if file.is_file() and not file.is_symlink() else b""
            except OSError:
                continue
            known = [self.data(each.version) or b"" for each in self.records(path)[-_RECENT:]]
            # Most often it is what was to be written, or the beginning of it.
            if data and not any(each.startswith(data) for each in known):
                self.keep(data, path, LEFT)
            file.unlink(missing_ok=True)

    def _left_beside(self, paths: Mapping[str, str]) -> list[Path]:
        """Return what a crash left beside the files, where they lie on another disk than the store.

        A crash is followed by another process, so each looks once.
        """
        files = [self.folder.parent / path for path in paths.values() if path]
        folders = {file.resolve().parent for file in files} - {self.folder / _ASIDE}
        return [
            each for folder in sorted(folders) for each in folder.glob(".*.part") if _label_of(each) in paths
        ]

    def _begin(self) -> None:
        """Make the folder, which only its owner may read, and which ignores itself."""
        aside = self.folder / _ASIDE
        hold_within(self.folder.parent, self.folder, aside, self.objects.folder)
        if (self.folder / ".gitignore").exists() and aside.is_dir():
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside.mkdir(mode=0o700, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
        handle = os.open(self.folder / ".gitignore", flags, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write("*\n")


def _label_of(file: Path) -> str:
    return file.name[1:].partition("-")[0]


def store_of(workspace: Workspace) -> Store:
    """Return the store of a workspace; it is one in a process."""
    return _store_in(workspace.root / HISTORY)


@functools.lru_cache(maxsize=64)
def _store_in(folder: Path) -> Store:
    return Store(folder)
