"""Plans: what would be sent to whom, before anything is promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.members.reader import read_members
from pipeline.delivery.members.selection import Narrowing, Records, Selection, select, wanted
from pipeline.delivery.messages.filed_letters import filed_letters
from pipeline.delivery.messages.message import Mould, judged
from pipeline.desk.mail.outgoing import list_of, sender_findings, this_moment
from pipeline.findings.finding import DeliveryError, Finding, errors, found

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.archive.filing_record import Filing
    from pipeline.delivery.ledger.ledger import Ledger
    from pipeline.delivery.messages.filed_letters import FiledLetter
    from pipeline.desk.mail.outgoing import Post


class Wish(NamedTuple):
    """What the officer wishes to send, and to whom.

    Args:
        purpose: Why.
        members: The list; that of the settings when None.
        groups: Only members of one of these.
        only: Only those of this list too.
        excepted: Not those of this list.
    """

    purpose: Purpose = Purpose.ISSUE
    members: Path | None = None
    groups: tuple[str, ...] = ()
    only: Path | None = None
    excepted: Path | None = None


class Plan(NamedTuple):
    """What would be sent.

    Args:
        filing: What.
        purpose: Why.
        letters: What it says, by language.
        selection: To whom.
        findings: What is doubtful about list and letter.
        is_tested: Whether somebody has looked at these very letters.
    """

    filing: Filing
    purpose: Purpose
    letters: Mapping[str, FiledLetter]
    selection: Selection
    findings: tuple[Finding, ...]
    is_tested: bool


def plan(post: Post, filing: Filing, wish: Wish) -> Plan:
    """Say what would be sent to whom; nothing is promised.

    Args:
        post: The post.
        filing: What.
        wish: Why, and to whom.

    Raises:
        DeliveryError: The list has errors, a group is unknown (E367), the filing mends nothing (E363) or
            holds no mail edition (E365).
    """
    with post.room.ledger() as ledger:
        return planned(post, filing, wish, ledger, this_moment())


def planned(post: Post, filing: Filing, wish: Wish, ledger: Ledger, now: dt.datetime) -> Plan:
    """Say what would be sent to whom, by an open ledger; see `plan`."""
    if wish.purpose is Purpose.CORRECTION and filing.correction is None:
        raise DeliveryError([found("E363", None, filing=filing.name)])
    letters = filed_letters(filing, post.shelf, post.settings, post.seals, wish.purpose, now)
    read = read_members(*list_of(post, wish.members))
    if errors(read.findings):
        raise DeliveryError(read.findings)
    mended = filing.correction.of if filing.correction else None
    records = Records(
        ledger.promised(filing.name, wish.purpose),
        _had(filing, mended, ledger) if mended is not None else None,
        ledger.suppressed(),
    )
    narrowing = Narrowing(
        wish.groups, _seals_of(post, wish.only), _seals_of(post, wish.excepted) or frozenset()
    )
    selection = select(read.members, post.seals, wish.purpose, records, narrowing)
    findings = [*sender_findings(post.sender), *read.findings]
    for each in letters.values():
        findings += judged(Mould(each.letter), each.letter, None)
    if errors(findings):
        raise DeliveryError(findings)
    chosen = wanted(selection.members, post.seals, wish.purpose, filing.name, post.domain, filing.languages)
    spoken = {each.language for each in chosen} or {filing.languages[0]}
    tested = ledger.tested(filing.name)
    is_tested = all(letters[language].digest in tested for language in spoken)
    return Plan(filing, wish.purpose, letters, selection, tuple(findings), is_tested)


def _had(filing: Filing, mended: int, ledger: Ledger) -> set[str]:
    """Return who had any edition that this one replaces: one corrected before replaced others in its turn."""
    return {seal for number in range(1, mended + 1) for seal in ledger.had(f"{filing.issue}/{number}")}


def _seals_of(post: Post, path: Path | None) -> frozenset[str] | None:
    """Return the seals of a list that narrows the selection.

    Raises:
        DeliveryError: It has errors.
    """
    if path is None:
        return None
    read = read_members(path, str(path))
    if errors(read.findings):
        raise DeliveryError(read.findings)
    return frozenset(post.seals.recipient(member.address) for member in read.members)
