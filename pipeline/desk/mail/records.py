"""Delivery records: reports on mailings, and decisions only the office can make.

Nothing here connects to a server. Changes need the lock of the mail folder, since a running mailing relies on
the ledger; only unsubscribing does not, because it must take effect before the next message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.delivery.ledger.identifiers import normalized_address
from pipeline.delivery.ledger.states import State
from pipeline.delivery.members.reader import read_members
from pipeline.findings.finding import DeliveryError, found
from pipeline.models.values.strings import is_email_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.delivery.ledger.mail_folder import MailFolder
    from pipeline.delivery.ledger.records import Delivery, Mailing


class MailingStatus(NamedTuple):
    """Progress of a mailing.

    Args:
        mailing: The mailing.
        state_counts: How many deliveries are in each state.
        due: When the next attempt is due, in seconds since 1970; None if the mailing is finished.
    """

    mailing: Mailing
    state_counts: Mapping[State, int]
    due: float | None


class DeliveryReport(NamedTuple):
    """What became of one delivery.

    Args:
        delivery: The delivery.
        returned: Type and status of the newest returned message about the member, or None.
        suppressed: Why the member gets nothing more; empty if the member does.
    """

    delivery: Delivery
    returned: tuple[str, str] | None
    suppressed: str


class ForgetResult(NamedTuple):
    """Result of erasing an address.

    Args:
        deliveries: From how many deliveries it was erased.
        backups: In how many backups of the ledger it was erased.
        lists: Lists in the mail folder that still contain it, with the row; they belong to the office.
    """

    deliveries: int
    backups: int
    lists: tuple[tuple[str, int], ...]


def mailing_statuses(folder: MailFolder, issue: str | None) -> list[MailingStatus]:
    """Return the progress of mailings, oldest first.

    Args:
        folder: Mail folder.
        issue: Date of an issue; None for all.
    """
    if not folder.has_ledger:
        return []
    with folder.ledger() as ledger:
        return [
            MailingStatus(mailing, ledger.state_counts(mailing.id), ledger.earliest(mailing.id))
            for mailing in ledger.mailings()
            if issue is None or mailing.filing.partition("/")[0] == issue
        ]


def delivery_reports(folder: MailFolder, issue: str) -> list[DeliveryReport]:
    """Return what became of the deliveries of an issue, in the order they were queued.

    Args:
        folder: Mail folder.
        issue: Date of the issue.

    Raises:
        DeliveryError: It was never sent (E368).
    """
    statuses = mailing_statuses(folder, issue)
    if not statuses:
        raise DeliveryError([found("E368", None)])
    with folder.ledger() as ledger:
        returned, suppressed = ledger.returned(), ledger.suppressed()
        return [
            DeliveryReport(delivery, returned.get(delivery.token), suppressed.get(delivery.recipient, ""))
            for status in statuses
            for delivery in ledger.deliveries(status.mailing.id)
        ]


def unknown_deliveries(folder: MailFolder) -> list[Delivery]:
    """Return the deliveries of all mailings whose outcome is unknown."""
    if not folder.has_ledger:
        return []
    with folder.ledger() as ledger:
        return ledger.deliveries(None, State.UNKNOWN)


def settle_unknown(folder: MailFolder, addresses: Iterable[str], state: State) -> int:
    """Record what the office found out about deliveries whose outcome was unknown.

    Args:
        folder: Mail folder.
        addresses: Addresses of the recipients.
        state: `SENT` if they have the message, `QUEUED` if it is to be sent again.

    Returns:
        How many were settled.

    Raises:
        DeliveryError: An address belongs to no such delivery (E369); none was settled.
    """
    normalized = [normalized_address(address) for address in addresses]
    with folder.exclusive(), folder.ledger() as ledger:
        unknown = {
            normalized_address(delivery.address): delivery
            for delivery in ledger.deliveries(None, State.UNKNOWN)
            if delivery.address
        }
        if missing := [address for address in normalized if address not in unknown]:
            raise DeliveryError([found("E369", None, given=address) for address in missing])
        for address in normalized:
            ledger.move(unknown[address], state, unknown[address].reply)
    return len(normalized)


def unsubscribe(folder: MailFolder, address: str, *, undo: bool = False) -> bool:
    """Suppress a recipient from the next message on, or end the suppression.

    Returns:
        Whether anything changed: a forgotten address stays suppressed.

    Raises:
        DeliveryError: It is no e-mail address (E383).
    """
    recipient = folder.identifiers().recipient(_valid(address))
    with folder.ledger() as ledger:
        if undo:
            return ledger.readmit(recipient)
        ledger.suppress(recipient, "unsubscribed")
        return True


def forget(folder: MailFolder, address: str) -> ForgetResult:
    """Erase an address from ledger and backups; its identifier stays, suppressed.

    Raises:
        DeliveryError: It is no e-mail address (E383), or a mailing is being sent (E359).
    """
    recipient = folder.identifiers().recipient(_valid(address))
    with folder.exclusive(), folder.ledger() as ledger:
        count = folder.forget(ledger, recipient)
        backups = len(folder.backups())
    return ForgetResult(count, backups, tuple(_lists_with(folder, address)))


def _lists_with(folder: MailFolder, address: str) -> list[tuple[str, int]]:
    """Return the lists in the mail folder that contain an address, with the row."""
    searched = normalized_address(address)
    rows = []
    for path in sorted(folder.path.iterdir()):
        if path.suffix.lower() in {".csv", ".tsv", ".txt", ".xlsx"}:
            members = read_members(path).members
            rows += [
                (path.name, each.row) for each in members if normalized_address(each.address) == searched
            ]
    return rows


def _valid(written: str) -> str:
    address = written.strip()
    if not is_email_address(address):
        raise DeliveryError([found("E383", None, found=written)])
    return address
