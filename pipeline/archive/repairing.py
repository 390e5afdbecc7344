"""Repairing the archive: the last filing, where its record cannot be read, is taken out of the way.

Every command of the archive stops at a record that it cannot read. Where no other filing follows it, nothing
else depends on it: its folder is moved out of the archive, whole, and the issue can be filed again.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.filing_record import RECORD
from pipeline.archive.index import write_index
from pipeline.archive.shelf import Shelf
from pipeline.archive.storing import delete_leftovers
from pipeline.files.writing.atomic import sync_folder
from pipeline.findings.finding import ArchiveError, Finding, found
from pipeline.findings.place import Place
from pipeline.findings.system_faults import write_refused

if TYPE_CHECKING:
    from pathlib import Path

TAKEN_AWAY: Final = "taken-away"
"""The folder of a workspace for what was taken out of its archive; it may be deleted."""


class UnreadableFiling(NamedTuple):
    """A filing that cannot be read, and that no other filing follows.

    Args:
        name: As `2023-12-20/1`.
        problem: Why its record cannot be read (E212).
        files: Its files with their sizes in bytes, by name.
        last_day: The day of the last filing that can be read, as ISO 8601; empty where there is none.
    """

    name: str
    problem: Finding
    files: dict[str, int]
    last_day: str


def unreadable_filings(shelf: Shelf) -> list[UnreadableFiling]:
    """Return the last filings of the archive that cannot be read.

    Args:
        shelf: The archive.

    Raises:
        ArchiveError: A filing cannot be read, and another follows it (E222): taking it away would break the
            chain of records, and only another copy of the archive helps.
    """
    problems: dict[str, Finding] = {}
    followed: dict[str, str] = {}
    last_day = ""
    for name in shelf.record_names():
        try:
            filing = shelf.read(name)
        except ArchiveError as fault:
            problems[name] = fault.findings[0]
            continue
        last_day = max(last_day, filing.filed.isoformat())
        if filing.previous is not None:
            followed[filing.previous.name] = name
    broken = [name for name in problems if name in followed or _has_later(name, shelf, problems)]
    if broken:
        raise ArchiveError(
            [
                found("E222", Place(shelf.named(shelf.folder(name) / RECORD)), filing=name, next=following)
                for name in broken
                if (following := followed.get(name) or _has_later(name, shelf, problems))
            ]
        )
    return [
        UnreadableFiling(name, problem, _sizes(shelf.folder(name)), last_day)
        for name, problem in problems.items()
    ]


def take_away(filing: UnreadableFiling, shelf: Shelf) -> Path:
    """Move the folder of an unreadable filing out of the archive. The caller holds the shelf's lock.

    Args:
        filing: The filing, as `unreadable_filings` returned it.
        shelf: The archive.

    Returns:
        Where its files lie now.

    Raises:
        PressError: It cannot be moved (E83); nothing was changed.
    """
    root = shelf.workspace.root / TAKEN_AWAY
    stem = filing.name.replace("/", "-")
    names = itertools.chain([stem], (f"{stem}-{count}" for count in itertools.count(2)))
    target = next(root / name for name in names if not (root / name).exists())
    folder = shelf.folder(filing.name)
    try:
        root.mkdir(exist_ok=True)
        folder.rename(target)
        sync_folder(folder.parent)
    except OSError as fault:
        raise write_refused(fault, folder.name, shelf.named(folder)) from fault
    return target


def put_in_order(shelf: Shelf) -> None:
    """Delete what interrupted filings have left, and write the index anew. The caller holds the shelf's lock.

    Raises:
        ArchiveError: A record cannot be read (E212).
        PressError: The index cannot be written (E83).
    """
    delete_leftovers(shelf)
    write_index(Shelf(shelf.workspace))


def _has_later(name: str, shelf: Shelf, problems: dict[str, Finding]) -> str:
    """Return a readable filing of the same issue with a higher number, which corrects it; or nothing."""
    issue, _, number = name.partition("/")
    later = (
        other
        for other in shelf.record_names()
        if other.startswith(f"{issue}/") and int(other.partition("/")[2]) > int(number)
    )
    return next((other for other in later if other not in problems), "")


def _sizes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in sorted(folder.iterdir()) if path.is_file()}
