"""The chain of filings: each names the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.archive.filing_record import Filing


def in_chain(filings: Iterable[Filing]) -> list[Filing]:
    """Return filings in the order of the chain, followed by those that are not in it, by day of filing."""
    by_day = sorted(filings, key=lambda filing: (filing.filed, filing.issue, filing.filing))
    following: dict[str | None, list[Filing]] = {}
    for filing in by_day:
        following.setdefault(filing.previous.name if filing.previous else None, []).append(filing)
    ordered: list[Filing] = []
    seen: set[str] = set()
    heads = following.get(None, [])
    while heads:
        head = heads.pop(0)
        if head.name not in seen:
            seen.add(head.name)
            ordered.append(head)
            heads = following.get(head.name, []) + heads
    return ordered + [filing for filing in by_day if filing.name not in seen]
