"""Results kept by the hash of their inputs; safe to delete at any time.

An entry is a file named by its key, whose first line is the SHA-256 of the rest: a torn or damaged
entry is no entry. Writers do not wait for one another: each writes aside and renames, and two that
write the same key write the same bytes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Final

_DIGEST: Final = 64
MOST_BYTES: Final = 500_000_000
"""Above this the entries longest unused are dropped."""


def default_folder() -> Path:
    """Return where the cache lies: in the user's cache folder (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_CACHE_HOME") or ""
    try:
        root = Path(base) if Path(base).is_absolute() else Path.home() / ".cache"
    except RuntimeError:
        # A user without a home has no cache; a folder for all would let others write into it.
        root = Path(os.devnull)
    return root / "bulletin-press"


class Cache:
    """A content-addressed store.

    Args:
        folder: Where it lies; created when first needed. A cache that cannot be written holds nothing and
            is no error.
    """

    def __init__(self, folder: Path) -> None:
        """Open the cache."""
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a key, or None."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        digest, kept = data[:_DIGEST], data[_DIGEST + 1 :]
        if hashlib.sha256(kept).hexdigest().encode() != digest:
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return kept

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key."""
        path = self._path(key)
        temporary: str | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
            Path(temporary).replace(path)
        except OSError:
            if temporary is not None:
                with contextlib.suppress(OSError):
                    Path(temporary).unlink()

    def prune(self, most: int = MOST_BYTES) -> None:
        """Drop the entries longest unused until no more than `most` bytes are left."""
        entries = []
        for path in self._folder.glob("??/*"):
            with contextlib.suppress(OSError):
                status = path.stat()
                entries.append((status.st_mtime, status.st_size, path))
        held = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if held <= most:
                return
            with contextlib.suppress(OSError):
                path.unlink()
            held -= size

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return self._folder / name[:2] / name
