"""Verifying withdrawals: the chain of their records, and whether what was withdrawn is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.archive.withdrawal_record import FILES, RECORD
from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.archive.filing_record import Filing
    from pipeline.archive.shelf import Shelf
    from pipeline.archive.withdrawal_record import Withdrawal


class FiledRecord(NamedTuple):
    """A filing as its record has it, and the SHA-256 of the stored record."""

    filing: Filing
    sha256: str


def withdrawal_findings(
    shelf: Shelf,
    records: Mapping[str, FiledRecord],
    withdrawals: Sequence[tuple[Withdrawal, str]],
    in_use: frozenset[str],
) -> Iterator[Finding]:
    """Tell each withdrawal (W204), find where their chain is broken (E218) and which were cut short (W203).

    Args:
        shelf: The archive.
        records: The filings, by name.
        withdrawals: Every withdrawal in order, with the SHA-256 of its record.
        in_use: SHA-256 of every source that a filing has now.
    """
    before = ""
    for number, (withdrawal, sha256) in enumerate(withdrawals, 1):
        place = Place(shelf.named(shelf.withdrawal_folder(withdrawal.number) / RECORD))
        after = withdrawal.after
        is_after = after is None or (after.name in records and records[after.name].sha256 == after.sha256)
        if withdrawal.number != number or withdrawal.previous != before or not is_after:
            yield found("E218", place, filing=withdrawal.name)
        before = sha256
        what, day = ", ".join(withdrawal.what), withdrawal.withdrawn.isoformat()
        yield found("W204", place, known=what, day=day, reason=withdrawal.reason)
        if _is_cut_short(withdrawal, shelf, in_use):
            yield found("W203", place)
    known = {sha256 for _, sha256 in withdrawals}
    for name, record in records.items():
        if record.filing.withdrawal and record.filing.withdrawal not in known:
            yield found("E218", Place(shelf.named(shelf.folder(name) / "filing.json")), filing=name)


def _is_cut_short(withdrawal: Withdrawal, shelf: Shelf, in_use: frozenset[str]) -> bool:
    """Return whether anything that was withdrawn is still there, or a new file not in its place yet."""
    if (shelf.withdrawal_folder(withdrawal.number) / FILES).is_dir():
        return True
    return any(shelf.stored_sources(sha256) for sha256 in withdrawal.gone - in_use)
