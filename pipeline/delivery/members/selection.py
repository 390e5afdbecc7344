"""Selection: who of the list is to have a filing, and why the others are not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.ledger import Wanted
from pipeline.delivery.members.model import Member, Status
from pipeline.findings.finding import DeliveryError, found
from pipeline.findings.suggestions import nearest
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pipeline.delivery.ledger.identifiers import Seals

PAUSED = N_("paused or unsubscribed in the list")
SUPPRESSED = N_("unsubscribed, unreachable or forgotten since")
SENT_BEFORE = N_("promised it before")
NEVER_HAD = N_("never had what it mends")
HAD_EARLIER = N_("had an earlier edition of it; a correction is for them")
NARROWED = N_("not in the selection")


class Narrowing(NamedTuple):
    """How a sending is narrowed.

    Args:
        groups: Only members of one of these; all where empty.
        only: Only these seals; None for all.
        excepted: Not these seals.
    """

    groups: tuple[str, ...] = ()
    only: frozenset[str] | None = None
    excepted: frozenset[str] = frozenset()


class Selection(NamedTuple):
    """Who is to have a filing.

    Args:
        members: They, in the order of the list.
        left_out: How many are not, by the reason.
    """

    members: tuple[Member, ...]
    left_out: Mapping[str, int]


class Records(NamedTuple):
    """What the ledger says of seals.

    Args:
        promised: Who was promised this filing for this purpose.
        had_mended: Who had the filing that this one mends; None where it mends none.
        suppressed: Who is to have nothing.
    """

    promised: Collection[str]
    had_mended: Collection[str] | None
    suppressed: Collection[str]


def select(
    members: Iterable[Member], seals: Seals, purpose: Purpose, records: Records, narrowing: Narrowing
) -> Selection:
    """Choose from the list.

    Args:
        members: The list.
        seals: Under the key of the workspace.
        purpose: Why the filing goes out.
        records: What the ledger says.
        narrowing: What the officer wishes.

    Raises:
        DeliveryError: There is no such group (E367).
    """
    listed = tuple(members)
    _refuse_unknown_groups(listed, narrowing.groups)
    chosen = []
    reasons: Counter[str] = Counter()
    for member in listed:
        reason = _reason(member, seals.recipient(member.address), purpose, records, narrowing)
        if reason:
            reasons[reason] += 1
        else:
            chosen.append(member)
    return Selection(tuple(chosen), dict(reasons))


def _reason(member: Member, seal: str, purpose: Purpose, records: Records, narrowing: Narrowing) -> str:
    """Say why somebody is not to have it; nothing where they are."""
    had = records.had_mended or ()
    is_outside = narrowing.groups and not set(member.groups) & set(narrowing.groups)
    is_outside = is_outside or (narrowing.only is not None and seal not in narrowing.only)
    rules = (
        (NARROWED, is_outside or seal in narrowing.excepted),
        (PAUSED, member.status is not Status.ACTIVE),
        (SUPPRESSED, seal in records.suppressed),
        (SENT_BEFORE, seal in records.promised),
        (NEVER_HAD, purpose is Purpose.CORRECTION and seal not in had),
        (HAD_EARLIER, purpose is Purpose.ISSUE and seal in had),
    )
    return next((reason for reason, holds in rules if holds), "")


def _refuse_unknown_groups(members: tuple[Member, ...], groups: tuple[str, ...]) -> None:
    known = sorted({group for member in members for group in member.groups})
    unknown = [group for group in groups if group not in known]
    if unknown:
        raise DeliveryError(
            [
                found("E367", None, found=group, known=", ".join(known) or "–", guess=nearest(group, known))
                for group in unknown
            ]
        )


def wanted(
    members: Iterable[Member],
    seals: Seals,
    purpose: Purpose,
    filing: str,
    domain: str,
    languages: tuple[str, ...],
) -> list[Wanted]:
    """Return what is to be promised to each.

    Args:
        members: To whom.
        seals: Under the key of the workspace.
        purpose: Why.
        filing: What, as `2023-12-20/1`.
        domain: Of the sender.
        languages: Those of the filing; a member who reads another has the first.
    """
    return [
        Wanted(
            seals.recipient(member.address),
            seals.token(member.address),
            seals.message_id(filing, purpose, member.address, domain),
            member.address,
            member.name,
            member.language if member.language in languages else languages[0],
        )
        for member in members
    ]
