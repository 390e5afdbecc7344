"""Files read once nobody is writing them: what was half there is never taken for a version.

Programs write files in many ways: at once and renamed, truncated and written again line by line, copied by
a sync folder, held by a lock. A file is settled where it has not changed for two seconds, nobody has it open
for writing (as far as the system tells, by a lease of Linux), and nobody holds a lock on it. The very file
that this program wrote or read settled before is settled at once.
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import stat
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.text.source import LARGEST
from pipeline.findings.finding import IssueError, found
from pipeline.findings.place import Place
from pipeline.findings.system_faults import reason_of

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Patience:
    """How long is waited for other programs.

    Args:
        quiet: Seconds for which a file must not have changed.
        longest: Seconds after which a file that is still being written is given up.
    """

    quiet: float = 2.0
    longest: float = 30.0


PATIENCE: Final = Patience()

_STEP: Final = 0.05

_HELD: Final = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY, errno.EAGAIN})
"""How systems say that another program keeps a file to itself."""


class Signature(NamedTuple):
    """What tells one state of a file from another without its content."""

    inode: int
    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, status: os.stat_result) -> Signature:
        """Return that of a file's status."""
        return cls(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


class Reading(NamedTuple):
    """A file as it was read.

    Args:
        data: Its bytes; None where there is no such file.
        is_settled: Whether nobody was writing it.
    """

    data: bytes | None
    is_settled: bool


class _Known:
    """The states of files that this process wrote, or read settled."""

    def __init__(self) -> None:
        self._states: dict[str, tuple[Signature, bool]] = {}
        self._lock = threading.Lock()

    def enter(self, path: Path, signature: Signature, *, is_own: bool) -> None:
        with self._lock:
            before = self._states.get(str(path))
            own = is_own or (before is not None and before == (signature, True))
            self._states[str(path)] = (signature, own)

    def has(self, path: Path, signature: Signature) -> bool:
        with self._lock:
            return self._states.get(str(path), (None, False))[0] == signature

    def is_own(self, path: Path, signature: Signature) -> bool:
        with self._lock:
            return self._states.get(str(path)) == (signature, True)


KNOWN: Final = _Known()


def read_now(path: Path, quiet: float) -> Reading:
    """Read a file as it is at this moment, and tell whether it is settled.

    Args:
        path: The file.
        quiet: Seconds for which it must not have changed.

    Raises:
        OSError: It cannot be read, for another reason than that somebody holds it.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return Reading(None, _is_quiet_without(path, quiet))
    except OSError as error:
        if error.errno in _HELD and os.access(path, os.R_OK):
            return Reading(None, is_settled=False)
        raise
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        data = file.read(LARGEST + 1)
        signature = Signature.of(os.fstat(handle))
        is_one = signature == Signature.of(before) and (len(data) == signature.size or len(data) > LARGEST)
        if not is_one or is_held(handle):
            return Reading(data, is_settled=False)
        is_settled = KNOWN.has(path, signature) or _is_old(signature, quiet)
    if is_settled:
        KNOWN.enter(path, signature, is_own=False)
    return Reading(data, is_settled)


class Wait:
    """Waiting for a file to settle, also where the clocks of disk and machine differ.

    Args:
        path: The file.
        name: As findings name it.
        patience: How long.
    """

    def __init__(self, path: Path, name: str, patience: Patience = PATIENCE) -> None:
        self._path, self._name, self._quiet = path, name, patience.quiet
        self._seen: tuple[object, bytes | None] | None = None
        self._since = time.monotonic()
        self._end = self._since + patience.longest

    def read(self) -> Reading:
        """Read the file as it is; settled also where it was seen unchanged for long enough.

        Raises:
            IssueError: It cannot be read (E89).
        """
        try:
            reading = read_now(self._path, self._quiet)
            state = (_signature(self._path), reading.data)
        except OSError as error:
            problem = reason_of(error)
            finding = found("E89", Place(self._name), name=self._name, problem=problem)
            raise IssueError([finding]) from error
        if state != self._seen:
            self._seen, self._since = state, time.monotonic()
        elif not reading.is_settled and time.monotonic() - self._since >= self._quiet:
            return Reading(reading.data, is_settled=not self._is_held())
        return reading

    def step(self) -> None:
        """Wait a moment.

        Raises:
            IssueError: It has been too long (E602).
        """
        if time.monotonic() > self._end:
            raise IssueError([found("E602", Place(self._name), name=self._name)])
        time.sleep(min(_STEP, self._quiet / 4))

    def _is_held(self) -> bool:
        try:
            handle = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        try:
            return is_held(handle)
        finally:
            os.close(handle)


def is_held(handle: int) -> bool:
    """Return whether another program has a file open for writing, or holds a lock on it.

    Args:
        handle: The file, opened for reading alone.
    """
    return _is_locked(handle) or _is_open_for_writing(handle)


def _is_locked(handle: int) -> bool:
    for lock in (fcntl.flock, fcntl.lockf):
        try:
            lock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            lock(handle, fcntl.LOCK_UN)
        except OSError as error:
            if error.errno in {errno.EACCES, errno.EAGAIN}:
                return True
    return False


def _is_open_for_writing(handle: int) -> bool:
    """Return whether a file is open for writing: then Linux gives no lease on it (fcntl(2), F_SETLEASE)."""
    try:
        # Whoever opens the file at this moment makes the system send a signal: one that does nothing.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    return False


def _signature(path: Path) -> Signature | None:
    try:
        return Signature.of(path.stat())
    except OSError:
        return None


def _is_old(signature: Signature, quiet: float) -> bool:
    # The time of the last change of the status cannot be set, and is that of a rename as well.
    return time.time() - signature.changed / 1e9 >= quiet


def _is_quiet_without(path: Path, quiet: float) -> bool:
    """Return whether a file that is not there has been gone for long enough: its folder did not change."""
    signature = _signature(path.parent)
    return signature is None or _is_old(signature, quiet)
