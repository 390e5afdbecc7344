"""A file replaced by another, so that nothing that stood at its place is lost.

The new file is written aside and exchanged with the old one in one step of the system (renameat2(2),
RENAME_EXCHANGE). Only then is the old one looked at: if it is not what the new one was made from, or
somebody has it open for writing, the two are exchanged back. A rename would have overwritten, unseen, what
another program put there in the last moment.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import functools
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.writing.disk.settled import KNOWN, Signature, is_held
from pipeline.files.writing.atomic import rights_of_new, sync_folder
from pipeline.findings.system_faults import write_refused

if TYPE_CHECKING:
    from collections.abc import Callable

_EXCHANGE: Final = 2
_HERE: Final = -100

_UNSUPPORTED: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})


class Aside(NamedTuple):
    """Where a new file lies until it is put in place.

    Whoever finds a file there after a crash keeps its words.

    Args:
        folder: The folder.
        label: What the names of the files begin with.
    """

    folder: Path
    label: str


def replaced(path: Path, before: bytes, data: bytes, aside: Aside, rescue: Callable[[bytes], object]) -> bool:
    """Replace a file, unless it is another one by now.

    Args:
        path: The file; links are followed.
        before: The bytes it must have.
        data: Its new bytes.
        aside: Where the new file lies until it is put in place.
        rescue: Keeps what was found in the place of the new file.

    Returns:
        Whether it was replaced. If not, what is at its place is what somebody else put there.

    Raises:
        PressError: The disk or the system refuses (E83); the file is as it was.
    """
    path = path.resolve()
    try:
        for there in (aside, Aside(path.parent, aside.label)):
            try:
                return _replaced(path, before, data, there, rescue)
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
    except OSError as error:
        raise write_refused(error, path.name) from error
    return False


def _replaced(
    path: Path, before: bytes, data: bytes, aside: Aside, rescue: Callable[[bytes], object]
) -> bool:
    try:
        mode = path.stat().st_mode & 0o777
    except FileNotFoundError:
        return False
    new, written = _written(aside, data, mode)
    is_ours = True
    try:
        if not _is_still(path, before):
            return False
        if not _exchanged(new, path):
            new.replace(path)
        elif not _is_still(new, before):
            is_ours = False
            _give_back(new, path, data, rescue)
            is_ours = True
            return False
        sync_folder(path.parent)
    except FileNotFoundError:
        return False
    finally:
        # What somebody else wrote and could be kept nowhere stays there: whoever comes next keeps it.
        if is_ours:
            new.unlink(missing_ok=True)
    _enter(path, written)
    return True


def _give_back(new: Path, path: Path, data: bytes, rescue: Callable[[bytes], object]) -> None:
    """Exchange back what somebody else put there; what cannot go back, as its place is gone, is rescued."""
    with contextlib.suppress(OSError):
        _exchanged(new, path)
    if not _is_still(new, data):
        rescue(new.read_bytes())


def put_new(path: Path, data: bytes, aside: Aside) -> bool:
    """Write a file where there is none; return False where there is one by now.

    Args:
        path: The file.
        data: Its bytes.
        aside: As for `replaced`.

    Raises:
        PressError: The disk or the system refuses (E83).
    """
    try:
        new, written = _written(aside, data, rights_of_new(0o666))
        try:
            os.link(new, path)
        except FileExistsError:
            return False
        except OSError:
            # The folder lies on another disk, or on one that has no links.
            new.unlink()
            new, written = _written(Aside(path.parent, aside.label), data, rights_of_new(0o666))
            if path.exists():
                return False
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise write_refused(error, path.name) from error
    _enter(path, written)
    return True


def taken_away(path: Path, before: bytes, aside: Aside, rescue: Callable[[bytes], object]) -> bool:
    """Delete a file, unless it is another one by now; then it stays.

    Args:
        path: The file.
        before: The bytes it must have.
        aside: Where it lies meanwhile.
        rescue: Keeps what cannot go back to its place.

    Raises:
        PressError: The disk or the system refuses (E83).
    """
    gone = aside.folder / f".{aside.label}-gone.part"
    try:
        try:
            path.replace(gone)
        except FileNotFoundError:
            return False
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            gone = path.with_name(gone.name)
            path.replace(gone)
        is_still = _is_still(gone, before)
        if not is_still:
            try:
                os.link(gone, path)
            except OSError:
                rescue(gone.read_bytes())
        gone.unlink()
        sync_folder(path.parent)
    except OSError as error:
        raise write_refused(error, path.name) from error
    return is_still


def _written(aside: Aside, data: bytes, mode: int) -> tuple[Path, Signature]:
    """Return a new file of a folder, and its signature."""
    handle, name = tempfile.mkstemp(prefix=f".{aside.label}-", suffix=".part", dir=aside.folder)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fchmod(handle, mode)
        os.fsync(handle)
        return Path(name), Signature.of(os.fstat(handle))


def _enter(path: Path, written: Signature) -> None:
    """Know the file again, unless somebody has changed it already."""
    with contextlib.suppress(OSError):
        now = Signature.of(path.stat())
        if now[:3] == written[:3]:
            KNOWN.enter(path, now, is_own=True)


def _is_still(path: Path, data: bytes) -> bool:
    """Return whether a file has these bytes, and nobody is about to change it."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            return file.read(len(data) + 1) == data and not is_held(handle)
    except OSError:
        return False


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two files in one step; return False where the system cannot.

    Raises:
        OSError: It is refused.
    """
    rename = _renameat2()
    if rename is None:
        return False
    if not rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE):
        return True
    number = ctypes.get_errno()
    if number in _UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(other))


@functools.cache
def _renameat2() -> Callable[..., int] | None:
    rename: Callable[..., int] | None = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename
