"""SHA-256 of files."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipeline.findings.system_faults import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def hashes_of(named: Iterable[tuple[str, Path]]) -> dict[str, str]:
    """Return the SHA-256 of files, as hexadecimal digits, by name and in the order of the names.

    Args:
        named: The files with their names.
    """
    return {name: _hash(path) for name, path in sorted(named)}


def _hash(path: Path) -> str:
    """Return a file's SHA-256, or an error message where it cannot be read: the reader reports that."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return reason_of(error)
