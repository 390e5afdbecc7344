"""What stands of somebody: whether the mail knows the address, what is kept, and why nothing is sent there.

Nothing here changes anything; what is done about it is in `records`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.ledger.states import GOING
from pipeline.delivery.ledger.suppression import FORGOTTEN
from pipeline.delivery.members.model import Status
from pipeline.desk.mail.known_addresses import listed_members, nearest, person

if TYPE_CHECKING:
    from pipeline.delivery.ledger.mail_folder import MailFolder

ASKED: Final = "asked"
"""Reason of a suppression that the office has to confirm or to end."""


class Standing(NamedTuple):
    """What stands of an address.

    Args:
        address: The address, without what was typed around it.
        is_known: Whether the ledger or a list has it.
        near: Known addresses that may be meant, the nearest first; none where it is known.
        lists: Lists in the mail folder that name it, with the row.
        inactive: Those of them in which the member is paused or unsubscribed.
        letters: Of how many letters the ledger knows.
        waiting: How many of them are still to go.
        backups: How many copies of the ledger there are.
        reason: Why nothing is sent there, as `suppress` takes it; empty where it is.
    """

    address: str
    is_known: bool
    near: tuple[str, ...]
    lists: tuple[tuple[str, int], ...]
    inactive: tuple[tuple[str, int], ...]
    letters: int
    waiting: int
    backups: int
    reason: str


class Silenced(NamedTuple):
    """Who is sent nothing.

    Args:
        people: Address and reason, those first about whom the office has to decide.
        forgotten: How many are forgotten; their addresses are not known.
        unnamed: How many more are known by no address here.
    """

    people: tuple[tuple[str, str], ...]
    forgotten: int
    unnamed: int


def standing_of(folder: MailFolder, written: str) -> Standing:
    """Return what stands of an address; one that nobody bears is told as such.

    Args:
        folder: Mail folder.
        written: The address, as the officer typed it.

    Raises:
        DeliveryError: It is no e-mail address (E383).
    """
    with folder.ledger() as ledger:
        known = person(folder, ledger, written, anyway=True)
        former = folder.identifiers().former_recipient(known.address)
        suppressed = ledger.suppressed()
        deliveries = ledger.deliveries_to(known.recipient)
        return Standing(
            address=known.address,
            is_known=known.is_known,
            near=() if known.is_known else tuple(nearest(folder, ledger, known.address)),
            lists=tuple((name, member.row) for name, member in known.rows),
            inactive=tuple(
                (name, member.row) for name, member in known.rows if member.status is not Status.ACTIVE
            ),
            letters=len(deliveries),
            waiting=sum(each.state in GOING for each in deliveries),
            backups=len(folder.backups()),
            reason=suppressed.get(known.recipient) or suppressed.get(former, ""),
        )


def silenced(folder: MailFolder) -> Silenced:
    """Return who is sent nothing, by the ledger; who is paused in a list alone is not among them."""
    if not folder.has_ledger:
        return Silenced((), 0, 0)
    identifiers = folder.identifiers()
    with folder.ledger() as ledger:
        suppressed = ledger.suppressed()
        named = dict[str, str]()
        for address in sorted({*ledger.addresses(), *(each.address for each in listed_members(folder))}):
            for recipient in (identifiers.recipient(address), identifiers.former_recipient(address)):
                if recipient in suppressed:
                    named.setdefault(recipient, address)
    people = {
        named[recipient]: reason
        for recipient, reason in suppressed.items()
        if recipient in named and reason != FORGOTTEN
    }
    return Silenced(
        people=tuple(sorted(people.items(), key=lambda each: (each[1] != ASKED, each[1], each[0]))),
        forgotten=sum(reason == FORGOTTEN for reason in suppressed.values()),
        unnamed=sum(
            reason != FORGOTTEN and recipient not in named for recipient, reason in suppressed.items()
        ),
    )
