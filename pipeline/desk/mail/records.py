"""Delivery records: reports on mailings, and decisions only the office can make.

Nothing here connects to a server. Changes need the lock of the mail folder, since a running mailing relies on
the ledger; unsubscribing and forgetting do not, because they must take effect before the next message.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.delivery.ledger.addresses import split_address
from pipeline.delivery.ledger.states import Event, State
from pipeline.desk.mail.ending import stop_on_older
from pipeline.desk.mail.known_addresses import person
from pipeline.findings.finding import DeliveryError, found

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
    """Result of forgetting an address.

    Args:
        address: The address, as it was understood.
        deliveries: From how many deliveries it was erased.
        backups: In how many backups of the ledger it was erased.
        lists: Lists in the mail folder that still contain it, with the row; they belong to the office.
        is_known: Whether the ledger or a list had it.
    """

    address: str
    deliveries: int
    backups: int
    lists: tuple[tuple[str, int], ...]
    is_known: bool


class UnsubscribeResult(NamedTuple):
    """Result of unsubscribing an address, or of undoing that.

    Args:
        address: The address, as it was understood.
        is_changed: Whether a suppression was ended; true where one was made.
        is_known: Whether the ledger or a list had it.
    """

    address: str
    is_changed: bool
    is_known: bool


def mailing_statuses(folder: MailFolder, issue: str | None) -> list[MailingStatus]:
    """Return the progress of mailings, oldest first.

    Args:
        folder: Mail folder.
        issue: Date of an issue; None for all.
    """
    if not folder.has_ledger:
        return []
    with folder.recovered_ledger() as ledger:
        return [
            MailingStatus(mailing, ledger.state_counts(mailing.id), ledger.earliest(mailing.id))
            for mailing in ledger.mailings()
            if mailing.is_of(issue)
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
    with folder.recovered_ledger() as ledger:
        return ledger.deliveries(None, State.UNKNOWN)


def settle_unknown(
    folder: MailFolder, addresses: Iterable[str], state: State, issue: str | None = None
) -> Counter[State]:
    """Record what the office found out about deliveries whose outcome was unknown.

    Args:
        folder: Mail folder.
        addresses: Addresses of the recipients.
        state: `SENT` if they have the message, `QUEUED` if it is to be sent again.
        issue: Date of the issue they were asked about; None for all.

    Returns:
        How many deliveries have each state now: who was suppressed meanwhile is not sent to again.

    Raises:
        DeliveryError: An address belongs to no such delivery (E369), and none was settled; a mailing is being
            sent (E359); or the ledger is an older copy (E398).
    """
    event = Event.FOUND_SENT if state is State.SENT else Event.FOUND_MISSING
    recipient_of = folder.identifiers().recipient
    given = {recipient_of(address): split_address(address)[1] for address in addresses}
    with folder.exclusive(), folder.ledger() as ledger:
        stop_on_older(ledger)
        ledger.recover()
        unknown = [
            each
            for mailing in ledger.mailings()
            if mailing.is_of(issue)
            for each in ledger.deliveries(mailing.id, State.UNKNOWN)
            if each.recipient in given
        ]
        found_out = {each.recipient for each in unknown}
        if missing := [address for recipient, address in given.items() if recipient not in found_out]:
            raise DeliveryError([found("E369", None, given=address) for address in missing])
        return Counter(ledger.settle(each, event, given[each.recipient]) for each in unknown)


def unsubscribe(
    folder: MailFolder, address: str, *, undo: bool = False, anyway: bool = False
) -> UnsubscribeResult:
    """Suppress a recipient, or end the suppression.

    Args:
        folder: Mail folder.
        address: The address, as the officer typed it.
        undo: Whether to end the suppression; one who was forgotten stays suppressed.
        anyway: Whether an address that nobody bears is suppressed too.

    Raises:
        DeliveryError: It is no e-mail address (E383), or nobody of that address is known (E386).
    """
    with folder.ledger() as ledger:
        known = person(folder, ledger, address, anyway=anyway or undo)
        if undo:
            former = folder.identifiers().former_recipient(known.address)
            is_changed = [ledger.readmit(each) for each in (known.recipient, former) if each]
            return UnsubscribeResult(known.address, any(is_changed), known.is_known)
        ledger.suppress(known.recipient, "unsubscribed")
        return UnsubscribeResult(known.address, is_changed=True, is_known=known.is_known)


def forget(folder: MailFolder, address: str, *, anyway: bool = False) -> ForgetResult:
    """Erase an address from ledger and copies, also during a mailing; its identifier stays, suppressed.

    Args:
        folder: Mail folder.
        address: The address, as the officer typed it.
        anyway: Whether an address that nobody bears is suppressed too.

    Raises:
        DeliveryError: It is no e-mail address (E383), nobody of that address is known (E386), or a backup
            cannot be read, so that it may still contain the address (E397).
    """
    with folder.ledger() as ledger:
        known = person(folder, ledger, address, anyway=anyway)
        count = folder.forget(ledger, known.recipient)
        return ForgetResult(known.address, count, len(folder.backups()), known.lists, known.is_known)
