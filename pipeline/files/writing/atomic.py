"""Atomic writing of files and folders: at any moment the old or the new is on the disk, whole."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from pathlib import Path

from pipeline.findings.finding import IssueError, found
from pipeline.findings.system_faults import write_refused


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file atomically: at any moment the old or the new one is there, whole.

    Raises:
        PressError: It cannot be written (E83); nothing is left behind.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(rights_of_new(0o666))
        Path(temporary).replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise write_refused(error, path.name) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def write_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Write a folder atomically: under a temporary name first, then, once it is on the disk, renamed.

    Args:
        folder: The folder, which does not exist yet.
        files: The bytes of each file, by path within it.

    Raises:
        IssueError: It exists by now (E86).
        PressError: It cannot be written (E83).
    """
    temporary: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
        for name, data in files.items():
            path = temporary / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_synced(path, data)
        for inner in (path for path in temporary.rglob("*") if path.is_dir()):
            sync_folder(inner)
        sync_folder(temporary)
        temporary.chmod(rights_of_new(0o777))
        temporary.rename(folder)
    except OSError as error:
        if folder.exists():
            raise IssueError([found("E86", None, name=f"{folder.parent.name}/{folder.name}")]) from error
        raise write_refused(error, folder.name) from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
    # It is in place, whether the system can flush that or not.
    with contextlib.suppress(OSError):
        sync_folder(folder.parent)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where they are not there.

    Raises:
        PressError: It cannot be made, or a file has its name (E83).
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_refused(error, folder.name) from error


def write_synced(path: Path, data: bytes) -> None:
    """Write a new file; its bytes are on the disk when this returns.

    Raises:
        OSError: There is one, or it cannot be written.
    """
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def rights_of_new(asked: int) -> int:
    """Return the rights that a new file or folder gets where some are asked for: without those of the mask.

    The mask is read, not set to be read: meanwhile files of other threads would get other rights (umask(2)).
    """
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        status = ""
    if written := re.search(r"^Umask:\s*([0-7]+)$", status, re.MULTILINE):
        return asked & ~int(written[1], 8)
    mask = os.umask(0o077)
    os.umask(mask)
    return asked & ~mask


def sync_folder(folder: Path) -> None:
    """Flush the entries of a folder to the disk (fsync).

    Raises:
        OSError: The system cannot do so.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
