"""What happened to the texts, in order: a file that is only added to, a line for each record.

Every line begins with a checksum. A line that a crash tore at the end is cut off before the next is added;
a damaged one in the middle is passed over.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import fcntl
import json
import os
import stat
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from pipeline.files.writing.atomic import sync_folder, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.desk.writing.disk.version import Version

READ: Final = "read"
OUTSIDE: Final = "outside"
TYPED: Final = "typed"
WRITTEN: Final = "written"
RESTORED: Final = "restored"
GONE: Final = "gone"
LEFT: Final = "left"

_TAIL: Final = 65_536


class Record(NamedTuple):
    """Something that happened to a file.

    Args:
        at: When, in UTC.
        event: `read`: found in the file; `outside`: found there, where another was expected; `typed`: to be
            written; `written`; `restored`; `gone`: the file was taken away; `left`: found after a crash.
        path: The file, relative to the workspace.
        version: What it had.
        hand: Who did it; empty where that is not known.
        size: Bytes of the content.
    """

    at: dt.datetime
    event: str
    path: str
    version: Version
    hand: str = ""
    size: int = 0

    def line(self) -> bytes:
        """Return the line of the journal."""
        said = [self.at.isoformat(), self.event, self.path, self.version, self.hand, self.size]
        text = json.dumps(said, ensure_ascii=False).encode()
        return b"%08x %b\n" % (zlib.crc32(text), text)

    @classmethod
    def read(cls, line: bytes) -> Record | None:
        """Read a line; None where it is damaged."""
        checksum, _, text = line.rstrip(b"\n").partition(b" ")
        try:
            if int(checksum, 16) != zlib.crc32(text):
                return None
            at, event, path, version, hand, size = json.loads(text)
            return cls(dt.datetime.fromisoformat(at), event, path, version, hand, size)
        except (ValueError, TypeError):
            return None


class Journal:
    """The journal of a history.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._records: list[Record] = []
        self._read_to = (0, 0)
        """The file that was read, and up to where."""

    def records(self) -> list[Record]:
        """Return all records in order."""
        try:
            with os.fdopen(_opened(self._path, os.O_RDONLY), "rb") as file:
                inode = os.fstat(file.fileno()).st_ino
                known, at = self._read_to
                if inode != known or os.fstat(file.fileno()).st_size < at:
                    self._records, at = [], 0
                file.seek(at)
                for line in file:
                    if not line.endswith(b"\n"):
                        break
                    at += len(line)
                    if (record := Record.read(line)) is not None:
                        self._records.append(record)
                self._read_to = inode, at
        except FileNotFoundError:
            self._records, self._read_to = [], (0, 0)
        return list(self._records)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the journal against other processes and threads."""
        handle = self._lock()
        try:
            yield
        finally:
            os.close(handle)

    def add(self, record: Record) -> None:
        """Add a record; the caller holds the journal. It is on the disk when this returns.

        Raises:
            OSError: It cannot be written.
        """
        handle = _opened(self._path, os.O_RDWR | os.O_CREAT)
        with os.fdopen(handle, "r+b") as file:
            size = file.seek(0, os.SEEK_END)
            end = _end_of_whole_lines(file, size)
            if end < size:
                file.truncate(end)
            file.seek(end)
            file.write(record.line())
            file.flush()
            os.fsync(file.fileno())
        if not size:
            sync_folder(self._path.parent)

    def rewrite(self, records: Iterable[Record]) -> None:
        """Put other records in place of all; the caller holds the journal.

        Raises:
            PressError: They cannot be written (E83).
        """
        write_atomically(self._path, b"".join(record.line() for record in records))
        self._path.chmod(0o600)

    def _lock(self) -> int:
        path = self._path.with_name("journal.lock")
        handle = _opened(path, os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:
            os.close(handle)
            raise
        return handle


def _opened(path: Path, flags: int) -> int:
    """Open a plain file of the history, made for the user alone: no link, and no pipe, which would wait.

    Raises:
        OSError: It is none, or cannot be opened.
    """
    handle = os.open(path, flags | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return handle


def _end_of_whole_lines(file: BinaryIO, size: int) -> int:
    """Return where the last whole line ends."""
    at = size
    while at > 0:
        start = max(0, at - _TAIL)
        file.seek(start)
        found = file.read(at - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        at = start
    return 0
