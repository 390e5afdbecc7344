"""Verifying that the archive is, to the last byte, what was filed. Nothing is built or written."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.filing_record import RECORD, SOURCES, Filing, hash_of
from pipeline.archive.index import HEAD, index_line, index_text, lines_of
from pipeline.archive.shelf import in_chain
from pipeline.archive.storing import leftovers
from pipeline.findings.finding import ArchiveError, Finding, found, in_order
from pipeline.findings.place import Place
from pipeline.findings.progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pipeline.archive.shelf import Shelf

STEP: Final = "verifying"


class VerificationResult(NamedTuple):
    """The result of verifying.

    Args:
        filings: How many records were read.
        files: How many files were compared with their hashes.
        findings: What is missing, damaged or odd; none where the archive is whole.
    """

    filings: int
    files: int
    findings: tuple[Finding, ...]


class _Record(NamedTuple):
    """A record as it lies on the shelf."""

    filing: Filing
    sha256: str


def verify(shelf: Shelf, progress: Progress = silent) -> VerificationResult:
    """Compare everything in the archive with the hashes in its records.

    Args:
        shelf: The archive.
        progress: Callback for each filing.

    Returns:
        Every missing, changed or added file, with the filings that need it; every break of the chain; and
        where index and records disagree. A filing that was cut short is a warning.
    """
    names = shelf.record_names()
    records: dict[str, _Record] = {}
    findings: list[Finding] = []
    for name in names:
        held = _record(shelf, name)
        if isinstance(held, Finding):
            findings.append(held)
        else:
            records[name] = held
    damaged = frozenset(names) - records.keys()
    findings += _chain_findings(shelf, records, damaged)
    findings += _index_findings(shelf, records, damaged)
    checked = 0
    for at, record in enumerate(records.values()):
        progress(STEP, at, len(records))
        findings += _file_findings(shelf, record.filing)
        checked += len(record.filing.files) + 1
    wanted = _wanted_sources(records.values())
    findings += _source_findings(shelf, wanted)
    # What a record that cannot be read needs is not known.
    findings += () if damaged else _stray_findings(shelf, wanted)
    progress(STEP, len(records), len(records))
    return VerificationResult(len(records), checked + len(wanted), tuple(in_order(findings)))


def _record(shelf: Shelf, name: str) -> _Record | Finding:
    try:
        return _Record(shelf.read(name), hash_of(shelf.record(name)))
    except ArchiveError as fault:
        return fault.findings[0]


def _chain_findings(
    shelf: Shelf, records: Mapping[str, _Record], damaged: frozenset[str]
) -> Iterator[Finding]:
    """Find filings whose predecessor is gone or another; what is damaged itself is named already."""
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
    shelf: Shelf, records: Mapping[str, _Record], damaged: frozenset[str]
) -> Iterator[Finding]:
    """Find where the index says something else than the records, line by line and then to the byte."""
    path = shelf.named(shelf.index)
    try:
        data = shelf.index.read_bytes()
    except FileNotFoundError:
        data = HEAD.encode()
    except OSError as fault:
        yield found("E89", Place(path), name=path, problem=fault.strerror or str(fault))
        return
    chain = in_chain(record.filing for record in records.values())
    wanted = {filing.name: index_line(filing, records[filing.name].sha256) for filing in chain}
    lines = lines_of(data.decode("utf-8", errors="replace"))
    right = {line.name for line in lines if wanted.get(line.name) == line.text}
    unsaid = [name for name in wanted if name not in right]
    wrong = [line for line in lines if line.name not in right and line.name not in damaged]
    for line in wrong:
        place = Place(path, line.at, 1, len(line.text))
        name = line.name if line.name in unsaid else next(iter(unsaid), line.name)
        if name in unsaid:
            unsaid.remove(name)
            yield found("E214", place, filing=name)
        elif re.fullmatch(r"\d{4}-\d\d-\d\d/\d+", name):
            # A filing was taken away, record and all.
            yield found("E210", Place(shelf.named(shelf.folder(name) / RECORD)), filing=name)
        else:
            yield found("E214", place, filing=name)
    followed = {filing.previous.name for filing in chain if filing.previous}
    for name in unsaid:
        # The last one may have been filed a moment before the machine stopped.
        yield found("E214" if name in followed else "W200", Place(path), filing=name)
    if not wrong and not unsaid and not damaged and data != index_text(wanted.values()):
        yield found("E216", Place(path))


def _file_findings(shelf: Shelf, filing: Filing) -> Iterator[Finding]:
    folder = shelf.folder(filing.name)
    for name, held in filing.files.items():
        if code := _fault(folder / name, held.sha256):
            yield found(code, Place(shelf.named(folder / name)), filing=filing.name)
    for path in sorted(folder.rglob("*")):
        known = path.parent == folder and (path.name in filing.files or path.name == RECORD)
        if not known:
            yield found("E215", Place(shelf.named(path)), filing=filing.name)


def _wanted_sources(records: Iterable[_Record]) -> dict[str, list[Filing]]:
    """Return which filings need each source, by its hash."""
    wanted: dict[str, list[Filing]] = {}
    for record in records:
        for sha256 in sorted({held.sha256 for held in record.filing.sources.values()}):
            wanted.setdefault(sha256, []).append(record.filing)
    return wanted


def _source_findings(shelf: Shelf, wanted: Mapping[str, list[Filing]]) -> Iterator[Finding]:
    for sha256, filings in wanted.items():
        path = shelf.source_path(filings[0].issue, sha256)
        if code := _fault(path, sha256):
            names = ", ".join(filing.name for filing in filings)
            yield found(code, Place(shelf.named(path)), filing=names)


def _stray_findings(shelf: Shelf, wanted: Mapping[str, object]) -> Iterator[Finding]:
    """Find what nothing needs: left by a filing that was cut short, or put there by somebody."""
    for path in leftovers(shelf):
        yield found("W202", Place(shelf.named(path)))
    for issue in shelf.workspace.issue_folders():
        folder = shelf.filed(issue.name) / SOURCES
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name not in wanted and not path.name.startswith("."):
                yield found("W202", Place(shelf.named(path)))


def _fault(path: Path, sha256: str) -> str:
    """Return the code of what is wrong with a file, or nothing."""
    try:
        with path.open("rb") as file:
            return "" if hashlib.file_digest(file, "sha256").hexdigest() == sha256 else "E211"
    except OSError:
        return "E210"
