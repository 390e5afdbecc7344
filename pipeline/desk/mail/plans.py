"""Plans: what would be sent to whom, before anything is queued."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.delivery.ledger.identifiers import Purpose
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
    from pipeline.delivery.ledger.records import NewDelivery
    from pipeline.delivery.members.reader import MemberList
    from pipeline.delivery.messages.filed_content import FiledContent
    from pipeline.desk.mail.context import MailContext


class MailingRequest(NamedTuple):
    """What the officer asks to send, and to whom.

    Args:
        filing: The filing.
        purpose: Why it is sent.
        members: List of members; that of the settings if None.
        groups: Only members of one of these groups.
        only: Only members who are in this list too.
        excepted: No members who are in this list.
    """

    filing: Filing
    purpose: Purpose = Purpose.ISSUE
    members: Path | None = None
    groups: tuple[str, ...] = ()
    only: Path | None = None
    excepted: Path | None = None


class MailingPlan(NamedTuple):
    """What would be sent.

    Args:
        request: What was asked for.
        contents: Content of the messages by language.
        selection: Recipients, and who is excluded.
        deliveries: Delivery records for the recipients.
        findings: Warnings about list and message.
        is_tested: Whether these messages were sent as a test, in all languages that are needed.
    """

    request: MailingRequest
    contents: Mapping[str, FiledContent]
    selection: Selection
    deliveries: tuple[NewDelivery, ...]
    findings: tuple[Finding, ...]
    is_tested: bool


def plan(mail: MailContext, request: MailingRequest) -> MailingPlan:
    """Return what would be sent to whom; nothing is queued.

    Args:
        mail: Context of the mail.
        request: What is asked for.

    Raises:
        DeliveryError: The list has errors, a group is unknown (E367), the filing corrects nothing (E363) or
            has no mail edition (E365), or a sample text is in it (E178).
    """
    with mail.folder.ledger() as ledger:
        return plan_with(ledger, mail, request, present_moment())


def plan_with(ledger: Ledger, mail: MailContext, request: MailingRequest, date: dt.datetime) -> MailingPlan:
    """Return what would be sent to whom by an open ledger, with a Date field; see `plan`."""
    filing, purpose = request.filing, request.purpose
    if purpose is Purpose.CORRECTION and filing.correction is None:
        raise DeliveryError([found("E363", None, filing=filing.name)])
    contents = mail.contents(filing, purpose, date)
    stop_on_samples(mail, contents)
    listed = _list_without_errors(*mail.member_list(request.members))
    selection = select(
        listed.members,
        _filter(mail, request),
        identifiers=mail.identifiers,
        purpose=purpose,
        records=_records(ledger, filing, purpose),
    )
    findings = [*sender_findings(mail.sender), *listed.findings]
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
    return MailingPlan(
        request=request,
        contents=contents,
        selection=selection,
        deliveries=tuple(deliveries),
        findings=tuple(findings),
        is_tested=all(contents[language].digest in tested for language in languages),
    )


def _records(ledger: Ledger, filing: Filing, purpose: Purpose) -> RecipientRecords:
    had_mended = None
    if filing.correction is not None:
        # A filing that is corrected may itself have corrected earlier ones.
        earlier = (f"{filing.issue}/{number}" for number in range(1, filing.correction.of + 1))
        had_mended = {recipient for name in earlier for recipient in ledger.reached(name)}
    return RecipientRecords(
        queued=ledger.recipients(filing.name, purpose),
        had_mended=had_mended,
        suppressed=ledger.suppressed(),
    )


def _filter(mail: MailContext, request: MailingRequest) -> SelectionFilter:
    return SelectionFilter(
        groups=request.groups,
        only=_recipients(mail, request.only) if request.only is not None else None,
        excepted=_recipients(mail, request.excepted) if request.excepted is not None else frozenset(),
    )


def _recipients(mail: MailContext, path: Path) -> frozenset[str]:
    """Return the identifiers of the members of a list.

    Raises:
        DeliveryError: The list has errors.
    """
    listed = _list_without_errors(path, str(path))
    return frozenset(mail.identifiers.recipient(member.address) for member in listed.members)


def _list_without_errors(path: Path, shown: str) -> MemberList:
    listed = read_members(path, shown)
    if errors(listed.findings):
        raise DeliveryError(listed.findings)
    return listed
