"""Plans: what would be sent to whom, before anything is queued."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.states import GOING, State
from pipeline.delivery.members.reader import read_members
from pipeline.delivery.members.selection import (
    RecipientRecords,
    Selection,
    SelectionFilter,
    new_deliveries,
    select,
)
from pipeline.delivery.messages.template_message import TemplateMessage
from pipeline.desk.mail.context import present_moment, sender_findings, stop_on_samples
from pipeline.findings.finding import DeliveryError, Finding, errors, found

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.archive.filing_record import Filing
    from pipeline.delivery.ledger.ledger import Ledger
    from pipeline.delivery.ledger.records import Mailing, NewDelivery
    from pipeline.delivery.members.reader import MemberList
    from pipeline.delivery.messages.filed_content import FiledContent
    from pipeline.desk.mail.context import MailContext


_SIGN: Final = 32
"""Letters of the sign of a list."""


class MailingRequest(NamedTuple):
    """What the officer asks to send, and to whom.

    Args:
        filing: The filing.
        purpose: Why it is sent.
        members: List of members; that of the settings if None.
        groups: Only members of one of these groups.
        only: Only members who are in this list too.
        excepted: No members who are in this list.
        leave_deferred: Whether letters of earlier mailings that the server put off are left for later.
    """

    filing: Filing
    purpose: Purpose = Purpose.ISSUE
    members: Path | None = None
    groups: tuple[str, ...] = ()
    only: Path | None = None
    excepted: Path | None = None
    leave_deferred: bool = False


class LeftForLater(NamedTuple):
    """Letters of an earlier mailing that the server put off, and that this one does not wait for.

    Args:
        mailing: The earlier mailing.
        letters: How many.
        is_mended: Whether the filing to be sent corrects theirs: then they are cancelled, for nobody is to
            get what was corrected meanwhile.
    """

    mailing: Mailing
    letters: int
    is_mended: bool


class MailingPlan(NamedTuple):
    """What would be sent.

    Args:
        request: What was asked for.
        contents: Content of the messages by language.
        selection: Recipients, and who is excluded.
        deliveries: Delivery records for the recipients.
        findings: Warnings about list and message.
        is_tested: Whether these messages were sent as a test, in all languages that are needed.
        left: What is left of earlier mailings.
        obstacles: Errors because of which it cannot be sent now.
    """

    request: MailingRequest
    contents: Mapping[str, FiledContent]
    selection: Selection
    deliveries: tuple[NewDelivery, ...]
    findings: tuple[Finding, ...]
    is_tested: bool
    left: tuple[LeftForLater, ...]
    obstacles: tuple[Finding, ...]

    @property
    def listed(self) -> str:
        """A sign of to whom it goes, and in which language: others have another; it tells no address."""
        goes_to = sorted(f"{each.recipient} {each.language}" for each in self.deliveries)
        return hashlib.sha256("\n".join(goes_to).encode()).hexdigest()[:_SIGN]


def plan(mail: MailContext, request: MailingRequest) -> MailingPlan:
    """Return what would be sent to whom; nothing is queued.

    Args:
        mail: Context of the mail.
        request: What is asked for.

    Raises:
        DeliveryError: The list has errors, a group is unknown (E367), the filing corrects nothing (E363) or
            has no mail edition (E365), or a sample text is in it (E178).
    """
    with mail.folder.recovered_ledger() as ledger:
        return plan_with(ledger, mail, request, present_moment())


def plan_with(ledger: Ledger, mail: MailContext, request: MailingRequest, date: dt.datetime) -> MailingPlan:
    """Return what would be sent to whom by an open ledger, with a Date field; see `plan`."""
    filing, purpose = request.filing, request.purpose
    if purpose is Purpose.CORRECTION and filing.correction is None:
        raise DeliveryError([found("E363", None, filing=filing.name)])
    contents = mail.contents(filing, purpose, date)
    stop_on_samples(mail, contents)
    listed = _list_without_errors(*mail.member_list(request.members))
    restriction, of_restriction = _filter(mail, request)
    selection = select(
        listed.members,
        restriction,
        identifiers=mail.identifiers,
        purpose=purpose,
        records=_records(ledger, filing, purpose),
    )
    findings = [*sender_findings(mail.sender), *listed.findings, *of_restriction]
    for each in contents.values():
        findings += TemplateMessage(each.content).size_findings()
    if errors(findings):
        raise DeliveryError(findings)
    deliveries = new_deliveries(
        selection.members,
        identifiers=mail.identifiers,
        purpose=purpose,
        filing=filing.name,
        domain=mail.domain,
        languages=filing.languages,
    )
    languages = {delivery.language for delivery in deliveries} or {filing.languages[0]}
    tested = ledger.tested(filing.name)
    left, obstacles = _unfinished(ledger, request)
    return MailingPlan(
        request=request,
        contents=contents,
        selection=selection,
        deliveries=tuple(deliveries),
        findings=tuple(findings),
        is_tested=all(contents[language].digest in tested for language in languages),
        left=left,
        obstacles=obstacles,
    )


def _unfinished(
    ledger: Ledger, request: MailingRequest
) -> tuple[tuple[LeftForLater, ...], tuple[Finding, ...]]:
    """Return what is left of earlier mailings, and why they or the ledger prevent this one."""
    left: list[LeftForLater] = []
    obstacles = [found("E398", None)] if ledger.is_older else []
    mended = set(mended_by(request.filing))
    for mailing in ledger.unfinished():
        counts = ledger.state_counts(mailing.id)
        still_open = sum(counts[state] for state in GOING)
        if still_open > counts[State.DEFERRED]:
            obstacles.append(found("E362", None, filing=mailing.filing, open=still_open))
        elif not request.leave_deferred:
            obstacles.append(found("E392", None, filing=mailing.filing, count=still_open))
        else:
            left.append(LeftForLater(mailing, still_open, mailing.filing in mended))
    return tuple(left), tuple(obstacles)


def mended_by(filing: Filing) -> list[str]:
    """Return the names of the filings a filing corrects: that may itself have corrected earlier ones."""
    last = filing.correction.of if filing.correction is not None else 0
    return [f"{filing.issue}/{number}" for number in range(1, last + 1)]


def _records(ledger: Ledger, filing: Filing, purpose: Purpose) -> RecipientRecords:
    had_mended = None
    if filing.correction is not None:
        had_mended = {recipient for name in mended_by(filing) for recipient in ledger.reached(name)}
    return RecipientRecords(
        queued=ledger.recipients(filing.name, purpose),
        had_mended=had_mended,
        suppressed=ledger.suppressed(),
    )


def _filter(mail: MailContext, request: MailingRequest) -> tuple[SelectionFilter, list[Finding]]:
    """Return the restriction that is asked for, and rows of its lists that restrict nobody (W304).

    Raises:
        DeliveryError: A list has errors.
    """
    findings: list[Finding] = []

    def recipients(path: Path) -> frozenset[str]:
        listed = _list_without_errors(path, str(path))
        findings.extend(finding for finding in listed.findings if finding.code == "W304")
        return frozenset(mail.identifiers.recipient(member.address) for member in listed.members)

    restriction = SelectionFilter(
        groups=request.groups,
        only=recipients(request.only) if request.only is not None else None,
        excepted=recipients(request.excepted) if request.excepted is not None else frozenset(),
    )
    return restriction, findings


def _list_without_errors(path: Path, shown: str) -> MemberList:
    listed = read_members(path, shown)
    if errors(listed.findings):
        raise DeliveryError(listed.findings)
    return listed
