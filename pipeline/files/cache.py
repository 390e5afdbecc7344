"""A cache of results on disk, by the hash of their inputs; safe to delete at any time.

An entry is a file named by its key, whose first line is the SHA-256 of the rest: a torn or damaged
entry counts as missing. Writers do not wait for one another: each writes a temporary file and renames it,
and two that write the same key write the same bytes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from pathlib import Path
from typing import Final

_DIGEST: Final = 64
MOST_BYTES: Final = 500_000_000
"""Size above which the least recently used entries are deleted."""


def default_folder() -> Path:
    """Return the folder of the cache: in the user's cache folder (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_CACHE_HOME") or ""
    try:
        root = Path(base) if Path(base).is_absolute() else Path.home() / ".cache"
    except RuntimeError:
        # A user without a home has no cache: in a shared folder others could write entries.
        root = Path(os.devnull)
    return root / "bulletin-press"


class Cache:
    """A content-addressed store.

    Args:
        folder: Its folder; created when first needed. A cache that cannot be written stays empty and
            raises no error.
    """

    def __init__(self, folder: Path) -> None:
        """Open the cache."""
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """Return the bytes stored under a key, or None."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        digest, stored = data[:_DIGEST], data[_DIGEST + 1 :]
        if hashlib.sha256(stored).hexdigest().encode() != digest:
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return stored

    def put(self, key: str, data: bytes) -> None:
        """Store bytes under a key."""
        path = self._path(key)
        # Of this thread alone; what a process left that ended while it wrote is written over.
        temporary = path.with_name(f".{os.getpid()}-{threading.get_ident()}-{path.name}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(temporary, "wb", opener=_private) as file:
                file.write(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
            temporary.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()

    def prune(self, most: int = MOST_BYTES) -> None:
        """Delete the least recently used entries until no more than `most` bytes are left."""
        entries = []
        for path in self._folder.glob("??/*"):
            with contextlib.suppress(OSError):
                status = path.stat()
                entries.append((status.st_mtime, status.st_size, path))
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= most:
                return
            with contextlib.suppress(OSError):
                path.unlink()
            total -= size

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return self._folder / name[:2] / name


def _private(path: str, flags: int) -> int:
    """Open a file that nobody else may read, and none that a link leads to (open(2))."""
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)
