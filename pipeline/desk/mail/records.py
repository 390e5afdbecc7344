"""The books of the mail: what became of whom, and what the officer decides where nobody else can.

None of this speaks with a server. Every change is made alone, for a run that goes on counts on the ledger;
but for unsubscribing, which must hold before the next message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.delivery.ledger.identifiers import folded
from pipeline.delivery.ledger.states import State
from pipeline.delivery.members.reader import read_members
from pipeline.delivery.returns.bounces import Heeded, heed
from pipeline.findings.finding import DeliveryError, found
from pipeline.models.values import is_email_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pipeline.delivery.ledger.ledger import Promise, Run
    from pipeline.delivery.ledger.mail_folder import MailRoom


class RunStatus(NamedTuple):
    """How far a run has come.

    Args:
        run: The run.
        counted: How many promises are in each state.
        due: When the next message may go, in seconds since 1970; None where none is to go.
    """

    run: Run
    counted: Mapping[State, int]
    due: float | None


class Account(NamedTuple):
    """What became of one promise.

    Args:
        promise: The promise.
        returned: What came back: its kind and status; None where nothing did.
        suppressed: Why they are to have nothing more; empty where they are.
    """

    promise: Promise
    returned: tuple[str, str] | None
    suppressed: str


class Forgotten(NamedTuple):
    """What forgetting an address did.

    Args:
        promises: From how many promises it was taken.
        backups: In how many copies of the ledger likewise.
        lists: The lists in the folder of the mail that name it still, with the row: they are the officer's.
    """

    promises: int
    backups: int
    lists: tuple[tuple[str, int], ...]


def statuses(room: MailRoom, issue: str | None) -> list[RunStatus]:
    """Return how far the runs have come, oldest first.

    Args:
        room: The folder of the mail.
        issue: The date of an issue; all when None.
    """
    if not room.has_ledger:
        return []
    with room.ledger() as ledger:
        return [
            RunStatus(run, ledger.counted(run.id), ledger.earliest(run.id))
            for run in ledger.runs()
            if issue is None or run.filing.partition("/")[0] == issue
        ]


def accounts(room: MailRoom, issue: str, *states: State) -> list[Account]:
    """Return what became of the promises of an issue, in the order they were made.

    Args:
        room: The folder of the mail.
        issue: The date of the issue.
        states: Only those in one of these.

    Raises:
        DeliveryError: Nothing of it was ever sent (E368).
    """
    found_runs = statuses(room, issue)
    if not found_runs:
        raise DeliveryError([found("E368", None)])
    with room.ledger() as ledger:
        returned, suppressed = ledger.returned(), ledger.suppressed()
        return [
            Account(promise, returned.get(promise.token), suppressed.get(promise.recipient, ""))
            for each in found_runs
            for promise in ledger.promises(each.run.id, *states)
        ]


def unknown(room: MailRoom) -> list[Promise]:
    """Return the promises of which nobody can know, in all runs."""
    if not room.has_ledger:
        return []
    with room.ledger() as ledger:
        return ledger.promises(None, State.UNKNOWN)


def settle_unknown(room: MailRoom, addresses: Iterable[str], state: State) -> int:
    """Write what the officer found out of promises of which nobody could know.

    Args:
        room: The folder of the mail.
        addresses: Whose.
        state: `SENT` where they have it, `QUEUED` where it is to be sent again.

    Returns:
        How many were settled.

    Raises:
        DeliveryError: One is no address of an unknown promise (E369); nothing was settled.
    """
    wanted = [folded(address) for address in addresses]
    with room.alone(), room.ledger() as ledger:
        held = {folded(each.address): each for each in ledger.promises(None, State.UNKNOWN) if each.address}
        if missing := [address for address in wanted if address not in held]:
            raise DeliveryError([found("E369", None, given=address) for address in missing])
        for address in wanted:
            ledger.move(held[address], state, held[address].reply)
    return len(wanted)


def take_in(room: MailRoom, paths: Iterable[Path]) -> list[Heeded]:
    """Read letters that came back, and heed them.

    Raises:
        DeliveryError: A file is no letter (E380).
    """
    with room.ledger() as ledger:
        return list(heed(paths, ledger))


def unsubscribe(room: MailRoom, address: str, *, undo: bool = False) -> bool:
    """See that an address has nothing more, from the next message on; or let it have the bulletin again.

    Returns:
        Whether anything was changed: what was forgotten stays so.

    Raises:
        DeliveryError: It is no address (E383).
    """
    seal = room.seals().recipient(_address(address))
    with room.ledger() as ledger:
        if undo:
            return ledger.readmit(seal)
        ledger.suppress(seal, "unsubscribed")
        return True


def forget(room: MailRoom, address: str) -> Forgotten:
    """Take an address out of everything we wrote; that it is to have nothing stays, under its seal.

    Raises:
        DeliveryError: It is no address (E383), or a sending goes on (E359).
    """
    seal = room.seals().recipient(_address(address))
    with room.alone(), room.ledger() as ledger:
        count = room.forget(ledger, seal)
        backups = len(room.backups())
    return Forgotten(count, backups, tuple(_lists_with(room, address)))


def _lists_with(room: MailRoom, address: str) -> list[tuple[str, int]]:
    """Return the lists in the folder that name an address, with the row."""
    named = []
    for path in sorted(room.folder.iterdir()):
        if path.suffix.lower() in {".csv", ".tsv", ".txt", ".xlsx"}:
            rows = read_members(path).members
            named += [(path.name, row.row) for row in rows if folded(row.address) == folded(address)]
    return named


def _address(written: str) -> str:
    address = written.strip()
    if not is_email_address(address):
        raise DeliveryError([found("E383", None, found=written)])
    return address
