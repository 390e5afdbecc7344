"""The contents of versions, each once, compressed, under the hash of its bytes."""

from __future__ import annotations

import contextlib
import re
import zlib
from typing import TYPE_CHECKING, Final

from pipeline.desk.writing.disk.version import Version, version_of
from pipeline.files.owned_files import hold_within, load
from pipeline.files.writing.atomic import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VERSION: Final = re.compile(r"[0-9a-f]{64}")

_LARGEST: Final = 250_000_000
"""Bytes of a content, a picture's among them."""


class Objects:
    """The contents of versions.

    Args:
        folder: Where they lie; made with the first.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> Version:
        """Keep a content, and return its version.

        Raises:
            IssueError: A link leads out of the history (E647).
            PressError: It cannot be written (E83).
        """
        version = version_of(data)
        if self.get(version) is None:
            hold_within(self.folder, self._path(version))
            write_atomically(self._path(version), zlib.compress(data, 6))
        return version

    def get(self, version: Version) -> bytes | None:
        """Return the content of a version; None where it is not here, or damaged."""
        if not VERSION.fullmatch(version):
            return None
        try:
            unpacking = zlib.decompressobj()
            data = unpacking.decompress(load(self._path(version), _LARGEST), _LARGEST)
        except (OSError, zlib.error):
            return None
        return data if version_of(data) == version else None

    def size(self, version: Version) -> int:
        """Return the bytes a version takes on the disk; 0 where it is not here."""
        try:
            return self._path(version).stat().st_size
        except OSError:
            return 0

    def all(self) -> Iterator[Version]:
        """Yield every version that is here."""
        for path in self.folder.glob("??/*"):
            if VERSION.fullmatch(path.parent.name + path.name):
                yield path.parent.name + path.name

    def remove(self, version: Version) -> None:
        """Delete the content of a version."""
        with contextlib.suppress(OSError):
            self._path(version).unlink()

    def sweep(self) -> None:
        """Delete what an interrupted writing left."""
        for path in self.folder.glob("??/.*.part"):
            with contextlib.suppress(OSError):
                path.unlink()

    def _path(self, version: Version) -> Path:
        return self.folder / version[:2] / version[2:]
