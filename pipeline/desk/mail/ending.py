"""Ending what is unfinished: cancelling a mailing, and bringing an older copy of the ledger up to date."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING, NamedTuple

from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.ledger.states import OPEN, State
from pipeline.desk.mail.known_addresses import listed_members
from pipeline.findings.finding import DeliveryError, found
from pipeline.findings.system_faults import reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.delivery.ledger.copies import Newer
    from pipeline.delivery.ledger.mail_folder import MailFolder
    from pipeline.delivery.ledger.records import Mailing


class Cancellation(NamedTuple):
    """What cancelling a mailing does, or did.

    Args:
        mailing: The mailing.
        letters: How many are not sent because of it.
        state_counts: How many deliveries are in each state now.
        is_done: Whether it is cancelled.
    """

    mailing: Mailing
    letters: int
    state_counts: Mapping[State, int]
    is_done: bool


class Reconciliation(NamedTuple):
    """What reconciling an older copy of the ledger does, or did.

    Args:
        state_counts: How many deliveries are changed or entered, by the state they get.
        is_whole: Whether another copy surely knows all that was sent.
        is_done: Whether it is done.
    """

    state_counts: Mapping[State, int]
    is_whole: bool
    is_done: bool

    @property
    def letters(self) -> int:
        """How many are concerned."""
        return sum(self.state_counts.values())


def cancel(folder: MailFolder, confirm: int | None, issue: str | None = None) -> Cancellation:
    """Cancel what the oldest unfinished mailing has not sent yet; what was sent stays sent.

    Args:
        folder: Mail folder.
        confirm: How many letters the office confirms not to send; None to find out.
        issue: Date of the issue whose mailing it is; None for any.

    Raises:
        DeliveryError: A mailing is being sent (E359), none is unfinished (E394), the number is another
            (E393), or the ledger is an older copy (E398).
    """
    with folder.exclusive(), folder.ledger() as ledger:
        stop_on_older(ledger)
        ledger.recover()
        unfinished = [each for each in ledger.unfinished() if each.is_of(issue)]
        if not unfinished:
            raise DeliveryError([found("E394", None)])
        mailing = unfinished[0]
        counts = ledger.state_counts(mailing.id)
        count = sum(counts[state] for state in OPEN)
        if confirm is None:
            return Cancellation(mailing, count, counts, is_done=False)
        if confirm != count:
            raise DeliveryError([found("E393", None, given=confirm, count=count)])
        folder.back_up(ledger)
        cancelled = ledger.cancel(mailing.id)
        return Cancellation(mailing, cancelled, ledger.state_counts(mailing.id), is_done=True)


def reconcile(folder: MailFolder, newer: Path | None, confirm: int | None) -> Reconciliation:
    """Bring an older copy of the ledger to what the record beside it, and a newer copy, know.

    Args:
        folder: Mail folder.
        newer: A newer ledger, if there is one; it is only read.
        confirm: How many letters the office confirms to be changed; None to find out.

    Raises:
        DeliveryError: A mailing is being sent (E359), the ledger is no older copy (E395), the number is
            another (E393), or the newer one cannot be read (E370).
    """
    with folder.exclusive(), folder.ledger() as ledger:
        if not ledger.is_older:
            raise DeliveryError([found("E395", None)])
        recipient_of = folder.identifiers().recipient
        known = {recipient_of(each.address): (each.address, each.name) for each in listed_members(folder)}
        with folder.scratch() as scratch:
            copies = []
            if newer is not None:
                copies.append(_read(newer, scratch, known))
            tried = folder.try_reconciling(ledger, copies, known, scratch)
        is_whole = bool(copies) or folder.newer().is_whole
        count = sum(tried.values())
        if confirm is None:
            return Reconciliation(tried, is_whole, is_done=False)
        if confirm != count:
            raise DeliveryError([found("E393", None, given=confirm, count=count)])
        folder.back_up(ledger)
        return Reconciliation(folder.reconcile(copies, known), is_whole, is_done=True)


def stop_on_older(ledger: Ledger) -> None:
    """Refuse to go on with an older copy of the ledger.

    Raises:
        DeliveryError: It is one (E398).
    """
    if ledger.is_older:
        raise DeliveryError([found("E398", None)])


def _read(path: Path, scratch: Path, addresses: dict[str, tuple[str, str]]) -> Newer:
    """Return what a newer ledger knows, and add its addresses; it is read by a copy, and stays as it is."""
    copy = scratch / "newer.sqlite"
    try:
        shutil.copyfile(path, copy)
        log = path.with_name(f"{path.name}-wal")
        if log.is_file():
            shutil.copyfile(log, scratch / "newer.sqlite-wal")
    except OSError as error:
        problem = reason_of(error)
        raise DeliveryError([found("E370", None, name=path.name, problem=problem)]) from error
    with contextlib.closing(Ledger(copy)) as opened:
        addresses.update(
            (each.recipient, (each.address, each.name)) for each in opened.deliveries() if each.address
        )
        return opened.knowledge()
