"""Mail: looked at from every side before it goes out: settings, server, list, letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.members.reader import read_members
from pipeline.delivery.messages.filed_letters import filed_letters
from pipeline.delivery.messages.headers import ascii_address
from pipeline.delivery.messages.message import Mailbox, Mould, judged
from pipeline.delivery.sending.transport import AnswerLost, BodyRefused, CourierDropped, CourierStopped
from pipeline.delivery.settings.reader import SETTINGS
from pipeline.desk.mail.outgoing import (
    connect,
    courier_of,
    list_of,
    moulds_of,
    return_path,
    sender_findings,
    signer_of,
    stop_finding,
    this_moment,
)
from pipeline.findings.finding import DeliveryError, Finding, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.archive.filing_record import Filing
    from pipeline.delivery.members.reader import MemberList
    from pipeline.delivery.sending.smtp import SmtpCourier
    from pipeline.desk.mail.outgoing import Post


class Examined(NamedTuple):
    """What looking at the mail gave.

    Args:
        members: The list, or None where none is named.
        largest: The largest message the server takes, in bytes; None where it does not say.
        size: Bytes of the newest filed issue as a message; None where none is filed.
        findings: Everything that is wrong or doubtful.
    """

    members: MemberList | None
    largest: int | None
    size: int | None
    findings: tuple[Finding, ...]


def examine(post: Post, members: Path | None, *, dns: bool = False, speak: bool = True) -> Examined:
    """Look whether mail could go out; nothing is sent.

    Args:
        post: The post.
        members: The list; that of the settings when None.
        dns: Whether to ask what DNS says of the sender's domain.
        speak: Whether to speak with the server.

    Raises:
        DeliveryError: The server cannot be reached or does not let us in (E373 to E377), or there is no
            password (E351).
    """
    findings = list(sender_findings(post.sender))
    read = None
    if members is not None or post.settings.members is not None:
        read = read_members(*list_of(post, members))
        findings += read.findings
    else:
        findings.append(found("E356", Place(SETTINGS)))
    largest, stopped = None, False
    if speak:
        try:
            with courier_of(post) as courier:
                connect(courier, post)
                largest = courier.largest
        except DeliveryError as error:
            findings += error.findings
            stopped = True
    size = None
    if filings := post.shelf.newest():
        letters = filed_letters(
            filings[-1], post.shelf, post.settings, post.seals, Purpose.ISSUE, this_moment()
        )
        for each in letters.values():
            mould = Mould(each.letter)
            size = max(size or 0, mould.size)
            findings += judged(mould, each.letter, largest)
    if dns:
        from pipeline.delivery.settings.domains import domain_findings  # noqa: PLC0415 - an extra

        findings += domain_findings(post.domain, post.settings.signature)
    if stopped:
        raise DeliveryError(dict.fromkeys(findings))
    return Examined(read, largest, size, tuple(dict.fromkeys(findings)))


def preview(post: Post, filing: Filing) -> dict[str, bytes]:
    """Return what would be sent, to be looked at: no member's address is in it.

    Args:
        post: The post.
        filing: What.

    Returns:
        By name: each letter (.eml), and its HTML by day and by night.
    """
    from pipeline.delivery.messages.previews import previews  # noqa: PLC0415 - only where somebody looks

    letters = filed_letters(filing, post.shelf, post.settings, post.seals, Purpose.TEST, this_moment())
    return previews({language: each.letter for language, each in letters.items()}, post.seals, post.domain)


def send_test(post: Post, filing: Filing, to: str) -> int:
    """Send the letters of a filing to the office itself, and write down that they were looked at.

    Args:
        post: The post.
        filing: What.
        to: The address of who looks.

    Returns:
        How many letters were accepted: one a language.

    Raises:
        DeliveryError: The server stops or refuses it (E373 to E378), or it is too large (E341).
    """
    now, to = this_moment(), ascii_address(to)
    letters = filed_letters(filing, post.shelf, post.settings, post.seals, Purpose.TEST, now)
    with courier_of(post) as courier:
        connect(courier, post)
        moulds = moulds_of(letters, courier.largest)
        signer = signer_of(post, now)
        for language, mould in moulds.items():
            # Each test is a message of its own: the same Message-ID again would not be shown.
            name = f"{filing.name} {language} {now.isoformat()}"
            message_id = post.seals.message_id(name, Purpose.TEST, to, post.domain)
            message = mould.cast(Mailbox("", to), message_id, post.seals.token(f"test {to}"))
            message = signer.signed(message) if signer else message
            _one(courier, post, to, message)
            with post.room.ledger() as ledger:
                ledger.record_test(filing.name, letters[language].digest)
    return len(moulds)


def _one(courier: SmtpCourier, post: Post, to: str, message: bytes) -> None:
    """Send one message, outside of any run."""
    host = post.settings.server.host
    courier.connect()
    try:
        reply = courier.address(return_path(post), to, len(message))
        if reply.is_good:
            courier.pour(message)
            reply = courier.dot()
    except (CourierStopped, CourierDropped, BodyRefused, AnswerLost) as error:
        raise DeliveryError([stop_finding(post, error)]) from error
    if not reply.is_good:
        raise DeliveryError([found("E378", None, host=host, problem=reply)])
