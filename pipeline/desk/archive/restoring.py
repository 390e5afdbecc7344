"""Restoring the workspace of a past issue from its archive PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.archive.restoring import RestoreResult, restore
from pipeline.files.owned_files import named_file
from pipeline.findings.finding import ArchiveError, Finding, found

if TYPE_CHECKING:
    from pathlib import Path

LARGEST: Final = 1_000_000_000
"""Bytes of an archive PDF."""


def restore_from(path: Path, name: str, to: Path) -> RestoreResult:
    """Unpack the workspace that is attached to an archive PDF.

    Args:
        path: The PDF.
        name: As findings name it.
        to: The folder; it must not exist, or be empty.

    Raises:
        ArchiveError: The file cannot be read (E01, E08, E89), or see `archive.restoring.restore`.
    """
    data = named_file(path, name, LARGEST)
    if isinstance(data, Finding):
        raise ArchiveError([data])
    if len(data) > LARGEST:
        raise ArchiveError([found("E97", None, name=name)])
    return restore(data, name, to)
