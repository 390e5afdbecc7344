"""The archive store of a workspace: its filings and their files, each checked against its hash when read."""

from __future__ import annotations

import dataclasses
import functools
import os
from typing import TYPE_CHECKING

from pipeline.archive import withdrawal_record
from pipeline.archive.chain import in_chain
from pipeline.archive.filing_record import RECORD, SOURCES, Filing, from_record, hash_of
from pipeline.files.lock import ARCHIVE_INDEX, ARCHIVE_LOCK, FILED, WITHDRAWN
from pipeline.files.owned_files import load
from pipeline.files.workspace import ISSUES, Workspace
from pipeline.findings.finding import ArchiveError, Finding, found
from pipeline.findings.place import Place
from pipeline.findings.system_faults import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.archive.filing_record import StoredFile
    from pipeline.archive.withdrawal_record import Withdrawal


class Shelf:
    """The archive of a workspace.

    Args:
        workspace: Workspace of the archive; records are read when they are needed.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Open the shelf."""
        self.workspace = workspace

    @property
    def index(self) -> Path:
        """The file that lists all filings."""
        return self.workspace.issues / ARCHIVE_INDEX

    @property
    def withdrawn(self) -> Path:
        """The folder of the withdrawals."""
        return self.workspace.issues / WITHDRAWN

    @property
    def lock(self) -> Path:
        """The file that is locked while an issue is filed."""
        return self.workspace.issues / ARCHIVE_LOCK

    def folder(self, name: str) -> Path:
        """Return the folder of a filing, as `2023-12-20/1`."""
        issue, _, filing = name.partition("/")
        return self.filed(issue) / filing

    def filed(self, issue: str) -> Path:
        """Return the folder of all filings of an issue."""
        return self.workspace.issues / issue / FILED

    def record_names(self) -> list[str]:
        """Return the names of all filings that have a record, by issue and number."""
        names = []
        for issue in self.workspace.issue_folders():
            numbers = [path.name for path in _folders(issue / FILED) if path.name.isdecimal()]
            names += [
                f"{issue.name}/{number}"
                for number in sorted(numbers, key=int)
                if (issue / FILED / number / RECORD).is_file()
            ]
        return names

    @functools.cached_property
    def filings(self) -> tuple[Filing, ...]:
        """All filings as they are now, in the order they were filed.

        Raises:
            ArchiveError: A record cannot be read (E212, E217).
        """
        return tuple(in_chain(self.in_force(self.read(name)) for name in self.record_names()))

    @functools.cached_property
    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """All withdrawals, the first first.

        Raises:
            ArchiveError: A record cannot be read (E217).
        """
        return tuple(self.read_withdrawal(number) for number in self.withdrawal_numbers())

    def withdrawal_numbers(self) -> list[int]:
        """Return the numbers of the withdrawals that have a folder."""
        return sorted(int(path.name) for path in _folders(self.withdrawn) if path.name.isdecimal())

    def read_withdrawal(self, number: int) -> Withdrawal:
        """Return a withdrawal by its number.

        Raises:
            ArchiveError: Its record cannot be read (E217).
        """
        path = self.withdrawal_folder(number) / withdrawal_record.RECORD
        try:
            return withdrawal_record.from_record(path.read_bytes(), number)
        except OSError as fault:
            problem = reason_of(fault)
            raise ArchiveError([found("E217", Place(self.named(path)), problem=problem)]) from fault
        except ValueError as fault:
            raise ArchiveError([found("E217", Place(self.named(path)), problem=fault)]) from fault

    def withdrawal_record(self, withdrawal: Withdrawal) -> bytes:
        """Return the bytes of the record of a withdrawal."""
        return (self.withdrawal_folder(withdrawal.number) / withdrawal_record.RECORD).read_bytes()

    def withdrawal_folder(self, number: int) -> Path:
        """Return the folder of a withdrawal."""
        return self.withdrawn / str(number)

    def in_force(self, filing: Filing) -> Filing:
        """Return a filing with what stands now in place of what was withdrawn of it.

        Args:
            filing: As its record has it.
        """
        touching = [each for each in self.withdrawals if each.touches(filing.name)]
        if not touching:
            return filing

        def now(name: str, stored: StoredFile) -> StoredFile:
            for each in touching:
                stored = each.now(f"{filing.name}/{name}", stored)
            return stored

        pages = dict(filing.pages)
        for each in touching:
            pages |= each.pages.get(filing.name, {})
        return dataclasses.replace(
            filing,
            pages=pages,
            files={name: now(name, stored) for name, stored in filing.files.items()},
            sources={path: now(path, stored) for path, stored in filing.sources.items()},
            program=touching[-1].program,
            versions=touching[-1].versions,
        )

    def state(self, filing: Filing) -> str:
        """Return a hash of a filing's record and of the withdrawals that touch it."""
        touching = [each for each in self.withdrawals if each.touches(filing.name)]
        return hash_of(b"".join((self.record(filing.name), *map(self.withdrawal_record, touching))))

    def withdrawn_sources(self) -> dict[str, Withdrawal]:
        """Return the withdrawal of each picture and article that went, by its SHA-256.

        Raises:
            ArchiveError: A record cannot be read (E217).
        """
        return {
            each.before.sha256: withdrawal
            for withdrawal in self.withdrawals
            for place, each in withdrawal.replaced.items()
            if withdrawal.is_gone(place)
        }

    def sources_in_use(self) -> frozenset[str]:
        """Return the SHA-256 of every source that a filing in force has."""
        return frozenset(stored.sha256 for filing in self.filings for stored in filing.sources.values())

    def stored_sources(self, sha256: str) -> list[Path]:
        """Return every file of the archive that is stored as a source of this hash."""
        folders = [self.filed(issue.name) / SOURCES for issue in self.workspace.issue_folders()]
        folders += [self.withdrawal_folder(each) / SOURCES for each in self.withdrawal_numbers()]
        return [path for folder in folders if (path := folder / sha256).is_file()]

    def filings_of(self, issue: str) -> tuple[Filing, ...]:
        """Return the filings of an issue, by its date, the first first.

        Raises:
            ArchiveError: There is none (E203), or a record cannot be read (E212).
        """
        known = tuple(sorted((f for f in self.filings if f.issue == issue), key=lambda f: f.filing))
        if not known:
            names = ", ".join(sorted({f"{f.issue} ({f.number})" for f in self.filings})) or "–"
            raise ArchiveError([found("E203", None, wanted=issue, known=names)])
        return known

    def newest(self) -> tuple[Filing, ...]:
        """Return the newest filing of each issue, by date of the issue."""
        last = {filing.issue: filing for filing in sorted(self.filings, key=lambda f: f.filing)}
        return tuple(last[issue] for issue in sorted(last))

    def record(self, name: str) -> bytes:
        """Return the bytes of a record.

        Raises:
            OSError: It cannot be read.
        """
        return (self.folder(name) / RECORD).read_bytes()

    def path(self, filing: Filing, name: str) -> Path:
        """Return the path of a filed file; of one that is being replaced, that of the new one."""
        sha256 = filing.files[name].sha256
        for withdrawal in reversed(self.withdrawals):
            new = self.withdrawal_folder(withdrawal.number) / withdrawal_record.FILES / sha256
            if withdrawal.touches(filing.name) and new.is_file():
                return new
        return self.folder(filing.name) / name

    def file(self, filing: Filing, name: str) -> bytes:
        """Return a filed file.

        Raises:
            ArchiveError: It is missing (E210), or not as it was filed (E211).
        """
        return _read_checked(self.path(filing, name), filing.files[name], filing, self)

    def source(self, filing: Filing, path: str) -> bytes:
        """Return a source of a filing.

        Raises:
            ArchiveError: It is missing (E210), or not as it was filed (E211).
        """
        stored = filing.sources[path]
        return _read_checked(self.source_path(filing.issue, stored.sha256), stored, filing, self)

    def sources(self, filing: Filing) -> dict[str, bytes]:
        """Return all sources of a filing, by path in a workspace.

        Raises:
            ArchiveError: Files are missing or changed (E210, E211); all of them are reported.
        """
        sources: dict[str, bytes] = {}
        wrong: list[Finding] = []
        for path in filing.sources:
            try:
                sources[path] = self.source(filing, path)
            except ArchiveError as fault:
                wrong += fault.findings
        if wrong:
            raise ArchiveError(wrong)
        return sources

    def source_path(self, issue: str, sha256: str) -> Path:
        """Return the path of a source by its hash; of a new one, its path among those of an issue."""
        return self._sources.get(sha256, self.filed(issue) / SOURCES / sha256)

    def named(self, path: Path) -> str:
        """Return a path relative to the workspace, for findings."""
        return path.relative_to(self.workspace.root).as_posix()

    @functools.cached_property
    def _sources(self) -> Mapping[str, Path]:
        """The path of each source, by its hash."""
        folders = [issue / FILED / SOURCES for issue in self.workspace.issue_folders()]
        folders += [self.withdrawal_folder(each) / SOURCES for each in self.withdrawal_numbers()]
        return {path.name: path for folder in folders for path in _files(folder)}

    def read(self, name: str) -> Filing:
        """Return a filing by its name, as its record has it.

        Raises:
            ArchiveError: Its record cannot be read (E212).
        """
        place = Place(f"{ISSUES}/{name.replace('/', f'/{FILED}/')}/{RECORD}")
        try:
            filing = from_record(self.record(name))
        except OSError as fault:
            problem = reason_of(fault)
            raise ArchiveError([found("E212", place, filing=name, problem=problem)]) from fault
        except ValueError as fault:
            raise ArchiveError([found("E212", place, filing=name, problem=fault)]) from fault
        if filing.name != name:
            raise ArchiveError([found("E212", place, filing=name, problem=filing.name)])
        return filing


def _read_checked(path: Path, stored: StoredFile, filing: Filing, shelf: Shelf) -> bytes:
    try:
        data = load(path, stored.size)
    except OSError as fault:
        place = Place(shelf.named(path))
        raise ArchiveError([found("E210", place, filing=filing.name)]) from fault
    if hash_of(data) != stored.sha256:
        raise ArchiveError([found("E211", Place(shelf.named(path)), filing=filing.name)])
    return data


def _folders(folder: Path) -> Iterator[Path]:
    yield from (path for path in _entries(folder) if path.is_dir())


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in _entries(folder) if path.is_file())


def _entries(folder: Path) -> list[Path]:
    try:
        return [folder / entry.name for entry in os.scandir(folder)]
    except OSError:
        return []
