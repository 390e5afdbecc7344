"""Selection of the recipients of a mailing from the list of members, with the reason for each exclusion."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.records import NewDelivery
from pipeline.delivery.members.model import Member, Status
from pipeline.findings.finding import DeliveryError, found
from pipeline.findings.suggestions import nearest
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pipeline.delivery.ledger.identifiers import Identifiers

PAUSED = N_("paused or unsubscribed in the list")
SUPPRESSED = N_("unsubscribed, unreachable or forgotten since")
SENT_BEFORE = N_("promised it before")
NEVER_HAD = N_("never had what it mends")
HAD_EARLIER = N_("had an earlier edition of it; a correction is for them")
NARROWED = N_("not in the selection")


class SelectionFilter(NamedTuple):
    """Restriction of a mailing to some members.

    Args:
        groups: Only members of one of these groups; all if empty.
        only: Only recipients with these identifiers; None for all.
        excepted: No recipients with these identifiers.
    """

    groups: tuple[str, ...] = ()
    only: frozenset[str] | None = None
    excepted: frozenset[str] = frozenset()

    def admits(self, member: Member, recipient: str) -> bool:
        """Return whether a member, with the identifier of the address, passes the filter."""
        if self.groups and not set(member.groups) & set(self.groups):
            return False
        return (self.only is None or recipient in self.only) and recipient not in self.excepted


class RecipientRecords(NamedTuple):
    """What the ledger records about recipients, each a collection of identifiers.

    Args:
        queued: Recipients for whom this filing was queued for this purpose.
        had_mended: Recipients of the filing that this one corrects; None if it corrects none.
        suppressed: Recipients who get nothing more.
    """

    queued: Collection[str]
    had_mended: Collection[str] | None
    suppressed: Collection[str]


class Selection(NamedTuple):
    """Result of a selection.

    Args:
        members: Those selected, in the order of the list.
        left_out: How many are excluded, by reason.
    """

    members: tuple[Member, ...]
    left_out: Mapping[str, int]


def select(
    members: Iterable[Member],
    restriction: SelectionFilter,
    *,
    identifiers: Identifiers,
    purpose: Purpose,
    records: RecipientRecords,
) -> Selection:
    """Select the recipients of a mailing.

    Args:
        members: The list.
        restriction: Restriction the officer asks for.
        identifiers: Identifiers under the key of the workspace.
        purpose: Why the filing is sent.
        records: What the ledger records.

    Raises:
        DeliveryError: The list has no group of a given name (E367).
    """
    listed = tuple(members)
    _check_groups(listed, restriction.groups)
    selected = []
    reasons: Counter[str] = Counter()
    for member in listed:
        recipient = identifiers.recipient(member.address)
        reason = (
            _reason(member, recipient, purpose, records)
            or (SUPPRESSED if identifiers.former_recipient(member.address) in records.suppressed else "")
            if restriction.admits(member, recipient)
            else NARROWED
        )
        if reason:
            reasons[reason] += 1
        else:
            selected.append(member)
    return Selection(tuple(selected), dict(reasons))


def new_deliveries(
    members: Iterable[Member],
    *,
    identifiers: Identifiers,
    purpose: Purpose,
    filing: str,
    domain: str,
    languages: tuple[str, ...],
) -> list[NewDelivery]:
    """Return the delivery records to be queued for members.

    Args:
        members: The recipients.
        identifiers: Identifiers under the key of the workspace.
        purpose: Why the filing is sent.
        filing: Name of the filing, as `2023-12-20/1`.
        domain: Domain of the sender.
        languages: Languages of the filing; a member with another language gets the first.
    """
    return [
        NewDelivery(
            recipient=identifiers.recipient(member.address),
            token=identifiers.token(member.address),
            message_id=identifiers.message_id(filing, purpose, member.address, domain),
            address=member.address,
            name=member.name,
            language=member.language if member.language in languages else languages[0],
        )
        for member in members
    ]


def _reason(member: Member, recipient: str, purpose: Purpose, records: RecipientRecords) -> str:
    """Return why a member is excluded; empty if selected."""
    had = records.had_mended or ()
    rules = (
        (PAUSED, member.status is not Status.ACTIVE),
        (SUPPRESSED, recipient in records.suppressed),
        (SENT_BEFORE, recipient in records.queued),
        (NEVER_HAD, purpose is Purpose.CORRECTION and recipient not in had),
        (HAD_EARLIER, purpose is Purpose.ISSUE and recipient in had),
    )
    return next((reason for reason, applies in rules if applies), "")


def _check_groups(members: tuple[Member, ...], groups: tuple[str, ...]) -> None:
    known = sorted({group for member in members for group in member.groups})
    unknown = [group for group in groups if group not in known]
    if unknown:
        raise DeliveryError(
            [
                found("E367", None, found=group, known=", ".join(known) or "–", guess=nearest(group, known))
                for group in unknown
            ]
        )
