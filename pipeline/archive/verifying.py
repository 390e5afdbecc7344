"""Verifying the archive: every byte against the hashes of the records. Nothing is built or written."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.chain import in_chain
from pipeline.archive.filing_record import RECORD, SOURCES, Filing, hash_of
from pipeline.archive.index import HEAD, in_order_of_chain, index_text, lines_of
from pipeline.archive.storing import leftovers
from pipeline.archive.verified_withdrawals import FiledRecord, withdrawal_findings
from pipeline.files.owned_files import load
from pipeline.findings.finding import ArchiveError, Finding, found, in_order
from pipeline.findings.place import Place
from pipeline.findings.progress import Progress, silent
from pipeline.findings.system_faults import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.archive.shelf import Shelf
    from pipeline.archive.withdrawal_record import Withdrawal

STEP: Final = "verifying"
_LARGEST_INDEX: Final = 100_000_000


class VerificationResult(NamedTuple):
    """The result of verifying.

    Args:
        filings: How many records were read.
        files: How many files were compared with their hashes.
        findings: Files that are missing, damaged or unexpected; none if the archive is intact.
    """

    filings: int
    files: int
    findings: tuple[Finding, ...]


def verify(shelf: Shelf, progress: Progress = silent) -> VerificationResult:
    """Compare everything in the archive with the hashes in its records.

    Args:
        shelf: The archive.
        progress: Callback for each filing.

    Returns:
        Every missing, changed or added file, with the filings that need it; every break of the chain; and
        where index and records disagree. What an interrupted filing left is a warning, and so is each
        withdrawal: what it took away is not missing.
    """
    names = shelf.record_names()
    records: dict[str, FiledRecord] = {}
    findings: list[Finding] = []
    for name in names:
        stored = _record(shelf, name)
        if isinstance(stored, Finding):
            findings.append(stored)
        else:
            records[name] = stored
    damaged = frozenset(names) - records.keys()
    try:
        withdrawals = [(each, hash_of(shelf.withdrawal_record(each))) for each in shelf.withdrawals]
    except ArchiveError as fault:
        # Without the record nobody knows what was withdrawn, and all of it would seem to be missing.
        return VerificationResult(len(records), len(records), tuple(in_order([*findings, *fault.findings])))
    findings += _chain_findings(shelf, records, damaged)
    in_force = [shelf.in_force(record.filing) for record in records.values()]
    expected = _filings_by_source(in_force)
    findings += withdrawal_findings(shelf, records, withdrawals, frozenset(expected))
    findings += _index_findings(shelf, records, damaged, withdrawals)
    checked = 0
    for at, filing in enumerate(in_force):
        progress(STEP, at, len(records))
        findings += _file_findings(shelf, filing)
        checked += len(filing.files) + 1
    findings += _source_findings(shelf, expected)
    # Sources of a record that cannot be read are not known, and would be reported as strays.
    findings += () if damaged else _stray_findings(shelf, expected)
    progress(STEP, len(records), len(records))
    return VerificationResult(len(records), checked + len(expected), tuple(in_order(findings)))


def _record(shelf: Shelf, name: str) -> FiledRecord | Finding:
    try:
        return FiledRecord(shelf.read(name), hash_of(shelf.record(name)))
    except ArchiveError as fault:
        return fault.findings[0]


def _chain_findings(
    shelf: Shelf, records: Mapping[str, FiledRecord], damaged: frozenset[str]
) -> Iterator[Finding]:
    """Find filings whose predecessor is missing or changed; damaged records are reported already."""
    followed: dict[str, str] = {}
    for name, record in records.items():
        previous = record.filing.previous
        before = previous.name if previous else ""
        place = Place(shelf.named(shelf.folder(name) / RECORD))
        if before in followed:
            yield found("W201", place, filing=name, other=followed[before])
        followed[before] = name
        if previous is None or before in damaged:
            continue
        if before not in records or records[before].sha256 != previous.sha256:
            yield found("E213", place, filing=name, previous=before)


def _index_findings(
    shelf: Shelf,
    records: Mapping[str, FiledRecord],
    damaged: frozenset[str],
    withdrawals: Sequence[tuple[Withdrawal, str]],
) -> Iterator[Finding]:
    """Find where the index differs from the records, line by line and then byte by byte."""
    path = shelf.named(shelf.index)
    try:
        data = load(shelf.index, _LARGEST_INDEX)
    except FileNotFoundError:
        data = HEAD.encode()
    except OSError as fault:
        yield found("E89", Place(path), name=path, problem=reason_of(fault))
        return
    chain = in_chain(record.filing for record in records.values())
    expected = in_order_of_chain(((filing, records[filing.name].sha256) for filing in chain), withdrawals)
    lines = lines_of(data.decode("utf-8", errors="replace"))
    right = {line.name for line in lines if expected.get(line.name) == line.text}
    unlisted = [name for name in expected if name not in right]
    wrong = [line for line in lines if line.name not in right and line.name not in damaged]
    for line in wrong:
        place = Place(path, line.at, 1, len(line.text))
        name = line.name if line.name in unlisted else next(iter(unlisted), line.name)
        if name in unlisted:
            unlisted.remove(name)
            yield found("E214", place, filing=name)
        elif re.fullmatch(r"\d{4}-\d\d-\d\d/\d+", name):
            # The filing was removed together with its record.
            yield found("E210", Place(shelf.named(shelf.folder(name) / RECORD)), filing=name)
        elif re.fullmatch(r"withdrawn/\d+", name):
            yield found("E218", place, filing=name)
        else:
            yield found("E214", place, filing=name)
    followed = {filing.previous.name for filing in chain if filing.previous}
    for name in unlisted:
        # The last filing may be missing because the machine stopped before the index was written.
        yield found("E214" if name in followed else "W200", Place(path), filing=name)
    if not wrong and not unlisted and not damaged and data != index_text(expected.values()):
        yield found("E216", Place(path))


def _file_findings(shelf: Shelf, filing: Filing) -> Iterator[Finding]:
    folder = shelf.folder(filing.name)
    for name, stored in filing.files.items():
        if code := _fault(shelf.path(filing, name), stored.sha256):
            yield found(code, Place(shelf.named(folder / name)), filing=filing.name)
    for path in sorted(folder.rglob("*")):
        known = path.parent == folder and (path.name in filing.files or path.name == RECORD)
        if not known:
            yield found("E215", Place(shelf.named(path)), filing=filing.name)


def _filings_by_source(filings: Iterable[Filing]) -> dict[str, list[Filing]]:
    """Return the filings that need each source, by its hash."""
    expected: dict[str, list[Filing]] = {}
    for filing in filings:
        for sha256 in sorted({stored.sha256 for stored in filing.sources.values()}):
            expected.setdefault(sha256, []).append(filing)
    return expected


def _source_findings(shelf: Shelf, expected: Mapping[str, list[Filing]]) -> Iterator[Finding]:
    for sha256, filings in expected.items():
        path = shelf.source_path(filings[0].issue, sha256)
        if code := _fault(path, sha256):
            names = ", ".join(filing.name for filing in filings)
            yield found(code, Place(shelf.named(path)), filing=names)


def _stray_findings(shelf: Shelf, expected: Mapping[str, object]) -> Iterator[Finding]:
    """Find files that no filing needs: left by an interrupted filing, or added by somebody."""
    withdrawn = {sha256 for each in shelf.withdrawals for sha256 in each.gone}
    for path in leftovers(shelf):
        yield found("W202", Place(shelf.named(path)))
    for issue in shelf.workspace.issue_folders():
        folder = shelf.filed(issue.name) / SOURCES
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name not in {*expected, *withdrawn} and not path.name.startswith("."):
                yield found("W202", Place(shelf.named(path)))


def _fault(path: Path, sha256: str) -> str:
    """Return the code of the finding for a file: E210 missing, E211 changed, empty if intact."""
    try:
        if not path.is_file():
            return "E210"
        with path.open("rb") as file:
            return "" if hashlib.file_digest(file, "sha256").hexdigest() == sha256 else "E211"
    except OSError:
        return "E210"
