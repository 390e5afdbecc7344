"""Storing a filing on the shelf: read-only, and whole or not at all.

A filing appears at one moment: its folder is written under another name, every file in it synced to the disk,
and then renamed. Sources are written first, each named by its hash, so that no filing ever lacks one; the
index is written last, and can be written again. If the process is killed in between, the archive is
unchanged, and the next filing deletes the unfinished files.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.archive.filing_record import (
    RECORD,
    SOURCES,
    Filing,
    PreviousFiling,
    as_record,
    from_record,
    hash_of,
    stored_file,
)
from pipeline.archive.index import write_index
from pipeline.archive.shelf import Shelf
from pipeline.files.names import path_fault
from pipeline.files.writing.atomic import sync_folder, write_atomically, write_synced
from pipeline.findings.finding import ArchiveError, found
from pipeline.findings.place import Place
from pipeline.findings.system_faults import write_refused

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from pipeline.archive.filing_record import FiledCorrection

UNFINISHED: Final = ".unfinished-"
"""The prefix of the name of a folder that is not a filing yet."""

_PART: Final = ".part"
_READ_ONLY: Final = 0o444


@dataclass(frozen=True, slots=True)
class FilingContent:
    """The content of a filing.

    Args:
        issue: The issue's date.
        number: The issue's number.
        title: In the issue's own language.
        publication: The publication's title, likewise.
        languages: Its languages, its own first.
        correction: What it corrects, or None.
        pages: How many pages each PDF has, by file name.
        files: The files built, by name.
        sources: The files it was built from, by path in a workspace.
        program: SHA-256 of the program's files.
        versions: Versions of the libraries.
    """

    issue: str
    number: int
    title: str
    publication: str
    languages: tuple[str, ...]
    correction: FiledCorrection | None
    pages: Mapping[str, int]
    files: Mapping[str, bytes]
    sources: Mapping[str, bytes]
    program: Mapping[str, str]
    versions: Mapping[str, str]


def store_filing(content: FilingContent, shelf: Shelf, today: dt.date) -> Filing:
    """Store a filing. The caller holds the shelf's lock.

    Args:
        content: The issue, built and passed by preflight.
        shelf: The archive.
        today: The day of filing.

    Returns:
        The filing, which is stored by then.

    Raises:
        ArchiveError: A source that is there already is damaged (E211), or a record cannot be read (E212),
            or what was written cannot be read back (E223); nothing was filed.
        PressError: It cannot be written (E83); nothing was filed.
    """
    delete_leftovers(shelf)
    earlier = shelf.filings
    last = earlier[-1] if earlier else None
    filing = Filing(
        issue=content.issue,
        filing=max((stored.filing for stored in earlier if stored.issue == content.issue), default=0) + 1,
        number=content.number,
        title=content.title,
        publication=content.publication,
        languages=content.languages,
        filed=today,
        correction=content.correction,
        previous=PreviousFiling(last.name, hash_of(shelf.record(last.name))) if last else None,
        pages=content.pages,
        files={name: stored_file(data) for name, data in content.files.items()},
        sources={path: stored_file(data) for path, data in content.sources.items()},
        program=content.program,
        versions=content.versions,
        withdrawal=hash_of(shelf.withdrawal_record(shelf.withdrawals[-1])) if shelf.withdrawals else "",
    )
    _store_sources(filing, content.sources, shelf)
    _store_folder(filing, content.files, shelf)
    write_index(Shelf(shelf.workspace))
    return filing


def delete_leftovers(shelf: Shelf) -> None:
    """Delete what interrupted filings have left. The caller holds the shelf's lock."""
    for path in leftovers(shelf):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink()


def leftovers(shelf: Shelf) -> Iterator[Path]:
    """Yield what interrupted filings and withdrawals have left: unfinished folders and files."""
    for issue in shelf.workspace.issue_folders():
        filed = shelf.filed(issue.name)
        for folder in (filed, filed / SOURCES):
            if folder.is_dir():
                yield from (path for path in sorted(folder.iterdir()) if is_unfinished(path))
    if shelf.withdrawn.is_dir():
        yield from (path for path in sorted(shelf.withdrawn.iterdir()) if is_unfinished(path))
    yield from (path for path in sorted(shelf.workspace.issues.glob(f".*{_PART}")) if path.is_file())


def is_unfinished(path: Path) -> bool:
    """Return whether a file or folder is one that was being written."""
    return path.name.startswith(UNFINISHED) or (path.name.startswith(".") and path.suffix == _PART)


def _store_sources(filing: Filing, sources: Mapping[str, bytes], shelf: Shelf) -> None:
    for path, stored in filing.sources.items():
        target = shelf.source_path(filing.issue, stored.sha256)
        if not target.exists():
            write_atomically(target, sources[path])
            target.chmod(_READ_ONLY)
        elif not target.is_file() or hash_of(target.read_bytes()) != stored.sha256:
            raise ArchiveError([found("E211", Place(shelf.named(target)), filing=filing.name)])


def _store_folder(filing: Filing, files: Mapping[str, bytes], shelf: Shelf) -> None:
    folder = shelf.folder(filing.name)
    aside: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder.parent))
        for name, data in (*files.items(), (RECORD, as_record(filing))):
            write_read_only(aside / name, data)
        sync_folder(aside)
        _read_back(filing, aside, shelf)
        aside.chmod(0o755)
        aside.rename(folder)
        sync_folder(folder.parent)
    except OSError as fault:
        raise write_refused(fault, folder.name) from fault
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


def _read_back(filing: Filing, aside: Path, shelf: Shelf) -> None:
    """Read a filing as every later command will, before it is put in place.

    Raises:
        ArchiveError: It is not what was to be filed (E223).
        OSError: A file cannot be read.
    """
    problem = ""
    try:
        problem = "" if from_record((aside / RECORD).read_bytes()) == filing else RECORD
    except ValueError as fault:
        problem = f"{RECORD}: {fault}"
    stored = {aside / name: file.sha256 for name, file in filing.files.items()}
    stored |= {shelf.source_path(filing.issue, file.sha256): file.sha256 for file in filing.sources.values()}
    changed = (path.name for path, sha256 in stored.items() if hash_of(path.read_bytes()) != sha256)
    problem = problem or next((path_fault(path) for path in filing.sources if path_fault(path)), "")
    if problem := problem or next(changed, ""):
        raise ArchiveError([found("E223", Place(shelf.named(shelf.folder(filing.name))), problem=problem)])


def write_read_only(path: Path, data: bytes) -> None:
    """Write a new file that nobody changes by mistake; its bytes are on the disk when this returns.

    Raises:
        OSError: There is one, or it cannot be written.
    """
    write_synced(path, data)
    path.chmod(_READ_ONLY)
