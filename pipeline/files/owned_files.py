"""Files that an issue may name: regular files within its own folder, links followed."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, IssueError, found
from pipeline.findings.system_faults import reason_of
from pipeline.findings.translatable import NOT_A_PLAIN_FILE

if TYPE_CHECKING:
    from pathlib import Path

_OUTSIDE: Final = re.compile(r"[/\\]|[A-Za-z]:|~[/\\]|[A-Za-z][A-Za-z0-9+.-]*://")
"""The start of a name that is not relative to the issue's folder, on any operating system."""


class RefusedNameError(Exception):
    """A name that cannot be used.

    Args:
        code: Why: there is no such file (E01), it lies outside (E04), it is no file (E08).
    """

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


def owned_file(base: Path, name: str) -> Path:
    """Return the path of a named file.

    Args:
        base: The folder it must lie in.
        name: As written, with forward slashes; composed or decomposed letters are one.

    Raises:
        RefusedNameError: It cannot be used.
    """
    parts = re.split(r"[/\\]", name)
    if _OUTSIDE.match(name) or ".." in parts:
        raise RefusedNameError("E04")
    try:
        path = as_on_disk(base, name)
        resolved = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        # A name too long, a loop of links or a NUL counts as a missing file.
        raise RefusedNameError("E01") from None
    if not resolved.is_relative_to(base.resolve()):
        raise RefusedNameError("E04")
    if not stat.S_ISREG(resolved.stat().st_mode):
        raise RefusedNameError("E08")
    return path


def as_on_disk(base: Path, name: str) -> Path:
    """Return a path with its letters composed or decomposed as the disk has them.

    Raises:
        OSError: The name is too long for the disk.
        ValueError: It holds a NUL.
    """
    path = base / name
    if path.exists():
        return path
    path = base
    for part in name.split("/"):
        known = [entry.name for entry in path.iterdir()] if path.is_dir() else []
        composed = unicodedata.normalize("NFC", part)
        path /= next((other for other in known if unicodedata.normalize("NFC", other) == composed), part)
    return path


def load_owned(base: Path, name: str, limit: int) -> bytes:
    """Read a file by its name in a folder that it must not lie outside of, links followed.

    Raises:
        OSError: There is no such plain file there, it cannot be read, or it has more than `limit` bytes.
    """
    try:
        data = load(owned_file(base, name), limit)
    except RefusedNameError as refused:
        number = errno.ENOENT if refused.code == "E01" else errno.EPERM
        raise OSError(number, os.strerror(number), name) from None
    if len(data) > limit:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), name)
    return data


def lies_within(ground: Path, path: Path) -> bool:
    """Return whether a path lies in a folder, links followed; it need not be there yet."""
    try:
        return path.resolve().is_relative_to(ground.resolve())
    except (OSError, RuntimeError):
        return False  # a loop of links


def hold_within(ground: Path, *paths: Path) -> None:
    """Refuse to go on where a link leads out of a folder: what is written there would lie elsewhere.

    Args:
        ground: The folder.
        *paths: Folders and files in it, which need not be there yet.

    Raises:
        IssueError: One of them lies elsewhere (E647).
    """
    outside = (path for path in paths if not lies_within(ground, path))
    if path := next(outside, None):
        name = path.relative_to(ground) if path.is_relative_to(ground) else path.name
        raise IssueError([found("E647", None, name=name)])


def named_file(path: Path, name: str, limit: int) -> bytes | Finding:
    """Read a file that somebody named, at most one byte more than `limit`.

    Args:
        path: The file.
        name: As findings name it.
        limit: Bytes.

    Returns:
        Its bytes; or why it cannot be read: there is none (E01), it is a folder (E08), or another
        reason (E89).
    """
    try:
        return load(path, limit)
    except FileNotFoundError:
        return found("E01", None, name=name)
    except OSError as fault:
        if path.is_dir():
            return found("E08", None, name=name)
        return found("E89", None, name=name, problem=reason_of(fault))


def load(path: Path, limit: int) -> bytes:
    """Read a file, at most one byte more than `limit`, so that too large a file shows by the length.

    Raises:
        OSError: It cannot be read, or is no plain file but a pipe, a device or a folder; none of these is
            waited for.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, NOT_A_PLAIN_FILE, str(path))
    with os.fdopen(handle, "rb") as file:
        return file.read(limit + 1)
