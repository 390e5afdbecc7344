"""Withdrawing: the one way in which something filed is taken out of the archive.

All is prepared in a folder beside, synced and renamed: that is the moment it is withdrawn. Only then are the
old files replaced and deleted, which may be cut short anywhere: the shelf reads the new ones from that folder
until they are in place, and the next filing or withdrawal completes it.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.filing_record import SOURCES, PreviousFiling, hash_of, stored_file
from pipeline.archive.index import write_index
from pipeline.archive.shelf import Shelf
from pipeline.archive.storing import UNFINISHED, delete_leftovers, write_read_only
from pipeline.archive.withdrawal_record import FILES, RECORD, Replacement, Withdrawal, as_record
from pipeline.files.writing.atomic import sync_folder
from pipeline.findings.finding import PressError, found
from pipeline.findings.system_faults import reason_of, write_refused

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from pipeline.archive.filing_record import StoredFile

_MOVING: Final = ".moving"


class Change(NamedTuple):
    """A file of the archive that is to be replaced.

    Args:
        before: Hash and size of the file that goes.
        data: What is to stand in its place.
        place: Where it stands, as `Withdrawal.replaced` has it.
        is_source: Whether it is a source, or else an output.
    """

    before: StoredFile
    data: bytes
    place: str
    is_source: bool


class WithdrawalContent(NamedTuple):
    """What is to be withdrawn, and by what it is replaced.

    Args:
        reason: Why.
        what: What was named.
        changes: Every file that is replaced, at each of its places.
        pages: How many pages each PDF has then, by filing and file name.
        program: SHA-256 of the program's files.
        versions: Versions of the libraries.
    """

    reason: str
    what: tuple[str, ...]
    changes: tuple[Change, ...]
    pages: Mapping[str, Mapping[str, int]]
    program: Mapping[str, str]
    versions: Mapping[str, str]


def store_withdrawal(content: WithdrawalContent, shelf: Shelf, today: dt.date) -> Withdrawal:
    """Withdraw something. The caller holds the shelf's lock, and has completed what was cut short.

    Args:
        content: What is withdrawn.
        shelf: The archive.
        today: The day.

    Returns:
        The withdrawal, which is stored and in effect by then.

    Raises:
        ArchiveError: A record cannot be read (E212, E217).
        PressError: It cannot be written (E83). Where the record was not written yet, nothing was withdrawn;
            else the next filing or withdrawal completes it.
    """
    last, before = next(reversed(shelf.filings), None), shelf.withdrawals
    withdrawal = Withdrawal(
        number=len(before) + 1,
        withdrawn=today,
        reason=content.reason,
        what=content.what,
        after=PreviousFiling(last.name, hash_of(shelf.record(last.name))) if last else None,
        previous=hash_of(shelf.withdrawal_record(before[-1])) if before else "",
        replaced={each.place: Replacement(each.before, stored_file(each.data)) for each in content.changes},
        pages=content.pages,
        program=content.program,
        versions=content.versions,
    )
    _commit(withdrawal, content.changes, shelf)
    complete_withdrawals(Shelf(shelf.workspace))
    return withdrawal


def _commit(withdrawal: Withdrawal, changes: Iterable[Change], shelf: Shelf) -> None:
    folder = shelf.withdrawal_folder(withdrawal.number)
    files = {RECORD: as_record(withdrawal)}
    for change in changes:
        files[f"{SOURCES if change.is_source else FILES}/{hash_of(change.data)}"] = change.data
    aside: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = _prepared(files, folder.parent)
        aside.rename(folder)
        sync_folder(folder.parent)
        sync_folder(folder.parent.parent)
    except OSError as fault:
        raise write_refused(fault, shelf.named(folder)) from fault
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


def _prepared(files: Mapping[str, bytes], beside: Path) -> Path:
    aside = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=beside))
    for name, data in files.items():
        path = aside / name
        path.parent.mkdir(exist_ok=True)
        write_read_only(path, data)
    for inner in sorted({path.parent for path in aside.rglob("*")}):
        sync_folder(inner)
    aside.chmod(0o755)
    return aside


def complete_withdrawals(shelf: Shelf) -> None:
    """Put every new file in its place, delete every old one, and bring the index up to date.

    It may be cut short and run again. The caller holds the shelf's lock.

    Raises:
        ArchiveError: A record cannot be read (E212, E217).
        PressError: A file cannot be replaced or deleted (E83).
    """
    if not shelf.withdrawals:
        return
    delete_leftovers(shelf)
    try:
        for withdrawal in shelf.withdrawals:
            _complete(withdrawal, shelf)
    except OSError as fault:
        problem = reason_of(fault)
        raise PressError([found("E83", None, name=fault.filename, problem=problem)]) from fault
    write_index(Shelf(shelf.workspace))


def _complete(withdrawal: Withdrawal, shelf: Shelf) -> None:
    pending = shelf.withdrawal_folder(withdrawal.number) / FILES
    for place, replacement in withdrawal.replaced.items():
        new = pending / replacement.now.sha256
        issue, filing, name = place.split("/", 2)
        if new.is_file() and "/" not in name:
            _put(new, shelf.folder(f"{issue}/{filing}") / name)
    for sha256 in withdrawal.gone - shelf.sources_in_use():
        for old in shelf.stored_sources(sha256):
            old.unlink()
    if pending.is_dir():
        # Only now, for until then the shelf reads them here.
        shutil.rmtree(pending)
        with contextlib.suppress(OSError):
            sync_folder(pending.parent)


def _put(new: Path, target: Path) -> None:
    """Put a copy of a new file in the place of the old one; what is left over lies beside the new one."""
    moving = new.with_name(_MOVING)
    moving.unlink(missing_ok=True)
    write_read_only(moving, new.read_bytes())
    moving.replace(target)
    sync_folder(target.parent)
