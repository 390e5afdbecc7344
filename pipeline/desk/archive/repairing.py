"""Repairing: what cannot be read at the end of the archive is named, and taken away when it is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.archive.repairing import UnreadableFiling, put_in_order, take_away, unreadable_filings
from pipeline.archive.shelf import Shelf
from pipeline.files.writing.locks import locked
from pipeline.findings.finding import ArchiveError, found

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace


class RepairResult(NamedTuple):
    """What repairing found and did.

    Args:
        unreadable: The filings that cannot be read, and that nothing follows.
        taken: Where the files of each confirmed one lie now, by name of the filing.
    """

    unreadable: tuple[UnreadableFiling, ...]
    taken: dict[str, Path]


def repair(workspace: Workspace, confirmed: str | None = None) -> RepairResult:
    """Name the last filing where it cannot be read; take it away when it is confirmed.

    Args:
        workspace: Workspace of the archive.
        confirmed: The name of the filing to be taken away; None to look only.

    Raises:
        ArchiveError: A filing cannot be read and another follows it (E222), or the confirmed one is none
            that can be taken away (E221).
        PressError: Another process is filing (E84), or the folder cannot be moved (E83).
    """
    shelf = Shelf(workspace)
    with locked(shelf.lock):
        unreadable = tuple(unreadable_filings(shelf))
        if confirmed is None:
            if not unreadable:
                put_in_order(shelf)
            return RepairResult(unreadable, {})
        chosen = next((filing for filing in unreadable if filing.name == confirmed), None)
        if chosen is None:
            names = ", ".join(filing.name for filing in unreadable) or "–"
            raise ArchiveError([found("E221", None, filing=confirmed[:40], known=names)])
        taken = {chosen.name: take_away(chosen, shelf)}
        if len(unreadable) == 1:
            put_in_order(shelf)
    return RepairResult(unreadable, taken)
