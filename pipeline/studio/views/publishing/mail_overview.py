"""What stands of the mail of an issue: to whom it would go, what became of it, what is still to be done."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.delivery.settings.reader import SETTINGS
from pipeline.findings.finding import BulletinError, Finding
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.archive.filing_record import Filing
    from pipeline.delivery.ledger.mail_folder import MailFolder
    from pipeline.delivery.ledger.records import Delivery
    from pipeline.desk.mail.context import MailContext
    from pipeline.desk.mail.plans import MailingPlan
    from pipeline.desk.mail.records import MailingStatus
    from pipeline.studio.views.state import StudioState

_MOST_NAMED: Final = 200
"""Members who are named; all are counted."""

_FORGOTTEN: Final = N_("(forgotten)")


class Audience(NamedTuple):
    """To whom an issue would go.

    Args:
        is_correction: Whether it is for those who had the edition that it corrects.
        members: How many they are.
        left_out: How many are left out, each line with its reason.
        listed: The sign of just these members.
        is_tested: Whether the officer has had a trial of just these letters.
        findings: What is in the way, and what is to be looked at.
        may_go: Whether it may be sent now.
    """

    is_correction: bool
    members: int
    left_out: tuple[str, ...]
    listed: str
    is_tested: bool
    findings: tuple[Finding, ...]
    may_go: bool


class MailOverview(NamedTuple):
    """What stands of the mail of an issue.

    Args:
        is_set_up: Whether there are settings.
        sender: From whom it comes.
        address: Where the officer reads answers.
        audiences: To whom it would go: the correction of an issue to two kinds of members.
        findings: Why nobody knows.
        counts: What became of the letters: words, and how many.
        open: How many letters of a sending are still to go.
        next_open: How many of them are of the sending that is ended first.
        refused: How many the server refused, who may be tried again.
        unknown: Those of whom nobody knows whether they have it, each with whether it may be sent to them
            again: of an edition that was corrected since the corrected one is sent to them.
        unreached: Those who have not got it: address, what became of it, what the server said.
        unreached_count: How many they are, also where not all are named.
    """

    is_set_up: bool
    sender: str = ""
    address: str = ""
    audiences: tuple[Audience, ...] = ()
    findings: tuple[Finding, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    open: int = 0
    next_open: int = 0
    refused: int = 0
    unknown: tuple[tuple[str, bool], ...] = ()
    unreached: tuple[tuple[str, str, str], ...] = ()
    unreached_count: int = 0


def mail_overview(state: StudioState, issue: str, language: str) -> MailOverview:
    """Return what stands of the mail of an issue that is filed.

    Args:
        state: What the views share.
        issue: The name of its folder.
        language: Of the words.
    """
    workspace = state.workspace
    if not (workspace.root / SETTINGS).is_file():
        return MailOverview(is_set_up=False)
    from pipeline.desk.mail.context import open_mail  # noqa: PLC0415 - only where mail is set up

    try:
        mail = open_mail(workspace)
        filing = mail.shelf.filings_of(issue)[-1]
        told = _told(mail.folder, filing, language)
        sender = mail.sender
        overview = MailOverview(
            is_set_up=True,
            sender=f"{sender.name} <{sender.email}>",
            address=sender.reply_to or sender.email,
            **told,
        )
    except BulletinError as error:
        return MailOverview(is_set_up=True, findings=error.findings)
    try:
        return overview._replace(audiences=tuple(_audiences(mail, filing, language)))
    except BulletinError as error:
        return overview._replace(findings=error.findings)


def audience_of_some(
    state: StudioState, issue: str, language: str, *, group: str, is_reminder: bool
) -> Audience:
    """Return to whom an issue would go of a group of members, or to all once more.

    Args:
        state: What the views share.
        issue: The name of its folder.
        language: Of the words.
        group: The group; empty for all members.
        is_reminder: Whether it is marked as a reminder, and goes to those who had it, too.

    Raises:
        BulletinError: It can go to nobody: it is not filed, or the list, the group or the settings are wrong.
    """
    from pipeline.delivery.ledger.identifiers import Purpose  # noqa: PLC0415 - only where mail is set up
    from pipeline.desk.mail.context import open_mail  # noqa: PLC0415
    from pipeline.desk.mail.plans import MailingRequest, plan  # noqa: PLC0415

    mail = open_mail(state.workspace)
    purpose = Purpose.REMINDER if is_reminder else Purpose.ISSUE
    groups = (group,) if group else ()
    planned = plan(mail, MailingRequest(mail.shelf.filings_of(issue)[-1], purpose, groups=groups))
    return _audience(planned, language, is_correction=False)


def groups_of(state: StudioState) -> list[tuple[str, int]]:
    """Return the groups of the list of members, each with how many active members it has.

    Raises:
        BulletinError: The settings or the list cannot be read.
    """
    from pipeline.delivery.members.reader import read_members  # noqa: PLC0415 - slow to load
    from pipeline.desk.mail.context import open_mail  # noqa: PLC0415

    listed = read_members(*open_mail(state.workspace).member_list(None))
    return sorted(Counter(group for member in listed.active for group in member.groups).items())


def _audiences(mail: MailContext, filing: Filing, language: str) -> Iterator[Audience]:
    from pipeline.delivery.ledger.identifiers import Purpose  # noqa: PLC0415
    from pipeline.desk.mail.plans import MailingRequest, plan  # noqa: PLC0415

    purposes = [Purpose.CORRECTION] if filing.correction is not None else []
    for purpose in (*purposes, Purpose.ISSUE):
        planned = plan(mail, MailingRequest(filing, purpose))
        yield _audience(planned, language, is_correction=purpose is Purpose.CORRECTION)


def _audience(planned: MailingPlan, language: str, *, is_correction: bool) -> Audience:
    lines = (
        say(N_("left out: {count} ({reason})"), language, count=count, reason=say(reason, language))
        for reason, count in planned.selection.left_out.items()
    )
    count = len(planned.deliveries)
    return Audience(
        is_correction,
        count,
        tuple(lines),
        planned.listed,
        planned.is_tested,
        (*planned.obstacles, *planned.findings),
        may_go=bool(count) and planned.is_tested and not planned.obstacles,
    )


def _told(folder: MailFolder, filing: Filing, language: str) -> dict[str, Any]:
    """Return what became of the letters of an issue, of which this is the newest filing."""
    from pipeline.delivery.ledger.states import GOING, State  # noqa: PLC0415
    from pipeline.desk.mail.records import delivery_reports, mailing_statuses  # noqa: PLC0415
    from pipeline.desk.mail.wording import STATES  # noqa: PLC0415

    statuses = mailing_statuses(folder, filing.issue)
    if not statuses:
        return {}
    deliveries = [each.delivery for each in delivery_reports(folder, filing.issue)]
    counts = {state: _count(statuses, state) for state in State}
    current = {each.mailing.id for each in statuses if each.mailing.filing == filing.name}
    unreached = [each for each in deliveries if each.state is not State.SENT]
    still_open = [sum(each.state_counts.get(state, 0) for state in GOING) for each in statuses]
    return {
        "counts": tuple(
            (say(words, language), counts[state]) for state, words in STATES.items() if counts[state]
        ),
        "open": sum(still_open),
        "next_open": next(filter(None, still_open), 0),
        # Those whom the server refused an edition that is corrected get the corrected one.
        "refused": _count([each for each in statuses if each.mailing.id in current], State.FAILED),
        "unknown": _unknown(deliveries, current),
        "unreached": tuple(
            (_called(each, language), say(STATES[each.state], language), each.reply)
            for each in unreached[:_MOST_NAMED]
        ),
        "unreached_count": len(unreached),
    }


def _unknown(deliveries: list[Delivery], current: set[int]) -> tuple[tuple[str, bool], ...]:
    """Return of whom nobody knows whether they have a letter, and whether theirs are of these mailings."""
    from pipeline.delivery.ledger.states import State  # noqa: PLC0415 - as above

    may_again: dict[str, bool] = {}
    for each in deliveries:
        if each.state is State.UNKNOWN and each.address:
            may_again[each.address] = may_again.get(each.address, True) and each.mailing in current
    return tuple(may_again.items())


def _count(statuses: list[MailingStatus], state: Any) -> int:  # noqa: ANN401 - a state of a delivery
    return sum(each.state_counts.get(state, 0) for each in statuses)


def _called(delivery: Delivery, language: str) -> str:
    return delivery.address or say(_FORGOTTEN, language)
