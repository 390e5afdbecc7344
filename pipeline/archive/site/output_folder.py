"""Where the site is put: written whole aside, then set in place at once, and over nothing but a site."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.files.workspace import sync_folder
from pipeline.findings.finding import ArchiveError, PressError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKER: Final = ".bulletin-site"
"""The file by which a site is known again; it lists all others."""

_UNFINISHED: Final = "unfinished"
_BEFORE: Final = "before"
"""What a site is called while it is written, and the one it replaces until it is gone."""


def put_site(files: Iterable[tuple[str, bytes]], target: Path) -> int:
    """Write a site, in the place of the one that was there.

    Args:
        files: By path in the site; what comes twice is the same.
        target: The folder.

    Returns:
        How many files it has.

    Raises:
        ArchiveError: The folder holds what is of no site (E250); nothing was changed.
        PressError: It cannot be written (E83); likewise.
    """
    try:
        _sweep(target)
        refuse_others(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        count = _written(files, _aside(target, _UNFINISHED))
        if (target / MARKER).is_file():
            target.rename(_aside(target, _BEFORE))
        _aside(target, _UNFINISHED).rename(target)
        sync_folder(target.parent)
    except OSError as fault:
        problem = fault.strerror or str(fault)
        raise PressError([found("E83", Place(target.name), name=target.name, problem=problem)]) from fault
    finally:
        with contextlib.suppress(OSError):
            _sweep(target)
    return count


def refuse_others(target: Path) -> None:
    """See that nothing is lost by replacing a folder.

    Raises:
        ArchiveError: It is none, or holds what is of no site (E250).
    """
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir() or target.is_symlink():
        raise ArchiveError([found("E250", Place(target.name), name=target.name)])
    try:
        ours = {MARKER, *(target / MARKER).read_text("utf-8").splitlines()}
    except (OSError, UnicodeDecodeError):
        ours = set()
    for folder, _, names in os.walk(target):
        for name in names:
            path = (Path(folder) / name).relative_to(target).as_posix()
            if path not in ours:
                raise ArchiveError([found("E250", Place(f"{target.name}/{path}"), name=path)])


def _sweep(target: Path) -> None:
    """Take away what was left of a site that was being written; one that was to be replaced comes back."""
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
    # Written first, so that whatever becomes of this folder it is known as ours.
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
