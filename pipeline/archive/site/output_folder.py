"""The output folder of the site: written beside its place, then renamed; never over files of others."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.files.writing.atomic import sync_folder
from pipeline.findings.finding import ArchiveError, found
from pipeline.findings.place import Place
from pipeline.findings.system_faults import write_refused

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKER: Final = ".bulletin-site"
"""The file that marks a folder as a site; it lists all others."""

_UNFINISHED: Final = "unfinished"
_BEFORE: Final = "before"
"""The names of a site that is being written, and of the one it replaces until that is deleted."""


def put_site(files: Iterable[tuple[str, bytes]], target: Path) -> int:
    """Write a site, replacing the one that is there.

    Args:
        files: By path in the site; a path that comes twice has the same bytes.
        target: The folder.

    Returns:
        How many files it has.

    Raises:
        ArchiveError: The folder has files of no site (E250); nothing was changed.
        PressError: It cannot be written (E83); likewise.
    """
    try:
        _sweep(target)
        refuse_foreign_files(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        count = _written(files, _aside(target, _UNFINISHED))
        if (target / MARKER).is_file():
            target.rename(_aside(target, _BEFORE))
        _aside(target, _UNFINISHED).rename(target)
        sync_folder(target.parent)
    except OSError as fault:
        raise write_refused(fault, target.name) from fault
    finally:
        with contextlib.suppress(OSError):
            _sweep(target)
    return count


def refuse_foreign_files(target: Path) -> None:
    """Refuse a folder whose replacement would lose files of others.

    Raises:
        ArchiveError: It is no folder, or has files of no site (E250).
    """
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir() or target.is_symlink():
        raise ArchiveError([found("E250", Place(target.name), name=target.name)])
    try:
        own_files = {MARKER, *(target / MARKER).read_text("utf-8").splitlines()}
    except (OSError, UnicodeDecodeError):
        own_files = set()
    for folder, _, names in os.walk(target):
        for name in names:
            path = (Path(folder) / name).relative_to(target).as_posix()
            if path not in own_files:
                raise ArchiveError([found("E250", Place(f"{target.name}/{path}"), name=path)])


def _sweep(target: Path) -> None:
    """Delete what an interrupted run left; the site that it was replacing is renamed back."""
    before = _aside(target, _BEFORE)
    if (before / MARKER).is_file() and not target.exists():
        before.rename(target)
    for folder in (before, _aside(target, _UNFINISHED)):
        if (folder / MARKER).is_file():
            shutil.rmtree(folder)


def _aside(target: Path, state: str) -> Path:
    return target.with_name(f".{target.name}.{state}")


def _written(files: Iterable[tuple[str, bytes]], root: Path) -> int:
    root.mkdir()
    # Written first, so that the folder is recognised even if the run is interrupted.
    (root / MARKER).write_bytes(b"")
    names: set[str] = set()
    for path, data in files:
        if path not in names:
            names.add(path)
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    (root / MARKER).write_text("".join(f"{name}\n" for name in sorted(names)), "utf-8")
    return len(names)
