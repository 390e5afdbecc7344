"""Reader of returned messages: delivery reports, complaints, automatic replies, wishes to leave, and letters.

Delivery reports follow RFC 3464 within RFC 6522, or are free text of older servers; complaints are feedback
reports (RFC 5965); automatic replies are recognised by RFC 3834 and by common fields. Whose a message was is
found by a Message-ID of ours that it quotes, by the address it was returned to (VERP), and by quoted header
fields of ours.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.ledger.identifiers import TOKEN_LENGTH
from pipeline.delivery.returns.classification import Verdict, verdict_of
from pipeline.delivery.returns.report_parts import ReportParts, header, parts_of
from pipeline.delivery.returns.server_words import AWAY, DAEMON, SUBJECT_OF_REPORT, says
from pipeline.delivery.returns.status_codes import Cause
from pipeline.delivery.returns.wishes import asks_to_leave
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from email.message import Message


class ReturnType(StrEnum):
    """Type of a returned message; the values are stored in the ledger."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    COMPLAINT = "complaint"
    NOTICE = "notice"
    AUTOMATIC = "automatic"
    UNSUBSCRIBE = "unsubscribe"
    WISH = "wish"
    LETTER = "letter"


class ReturnedMessage(NamedTuple):
    """What a returned message reports.

    Args:
        type: Type of the message.
        status: Enhanced status code (RFC 3463), as `5.1.1`; empty if it gives none.
        token: Token of the member it concerns; empty if it quotes none.
        message_ids: Quoted Message-IDs that may be ours.
        sender: Address it came from, in lower case; empty where it has none.
        verdict: What a report of a server says.
    """

    type: ReturnType
    status: str
    token: str
    message_ids: tuple[str, ...]
    sender: str = ""
    verdict: Verdict = Verdict("delivered", Cause.UNKNOWN)


_OUTCOMES: Final = {
    "failed": ReturnType.FAILED,
    "delayed": ReturnType.DELAYED,
    "delivered": ReturnType.DELIVERED,
}
_NO_COMPLAINT: Final = {"not-spam", "auth-failure", "dmarc", "virus"}
"""Feedback of no member's wish (RFC 6430, RFC 6591; a virus is found by a scanner: RFC 5965, 7.3)."""

_HEX: Final = rf"[0-9a-f]{{{TOKEN_LENGTH}}}"
_VERP: Final = re.compile(rf"\+({_HEX})@")
_OURS: Final = re.compile(rf"unsubscribe(?:%20|\s)({_HEX})\b")
_REQUEST: Final = re.compile(rf"\s*(?:re:|отг:|fwd?:)*\s*unsubscribe\s+({_HEX})\s*", re.IGNORECASE)
_MESSAGE_ID: Final = re.compile(rf"<{_HEX}@[^<>\s]+>")


def read_returned(data: bytes, address: str = "") -> ReturnedMessage:
    """Read a returned message.

    Args:
        data: The message (RFC 5322).
        address: Address of the member it concerns, in lower case: of a report on several recipients, what it
            says of this one counts. Empty where unknown.

    Raises:
        ValueError: It has no header, or more parts within parts than can be read; the words are those of the
            catalogue.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = parts_of(message)
    except RecursionError as error:
        raise ValueError(N_("this is nested too deeply")) from error
    if not message.keys():
        raise ValueError(N_("it has no head, as every letter has"))
    subject = header(message, "Subject")
    sender = email.utils.parseaddr(header(message, "From"))[1].lower()
    token, message_ids = _member_of(message, parts)
    if request := _REQUEST.fullmatch(subject):
        return ReturnedMessage(ReturnType.UNSUBSCRIBE, "", request[1].lower(), message_ids, sender)
    if parts.feedback:
        return_type = ReturnType.NOTICE if parts.feedback in _NO_COMPLAINT else ReturnType.COMPLAINT
        return ReturnedMessage(return_type, "", token, message_ids, sender)
    if parts.recipients or _is_report(message, sender, subject, parts, address):
        verdict = verdict_of(parts, address)
        return ReturnedMessage(
            _OUTCOMES[verdict.outcome], verdict.status, token, message_ids, sender, verdict
        )
    return ReturnedMessage(_type_of_letter(message, subject, parts), "", token, message_ids, sender)


def _type_of_letter(message: Message, subject: str, parts: ReportParts) -> ReturnType:
    if _is_automatic(message, subject):
        return ReturnType.AUTOMATIC
    return ReturnType.WISH if asks_to_leave(subject, parts.notice) else ReturnType.LETTER


def _member_of(message: Message, parts: ReportParts) -> tuple[str, tuple[str, ...]]:
    """Return the token of the member a message concerns, and quoted Message-IDs in the form of ours."""
    to = " ".join(header(message, name) for name in ("To", "Delivered-To", "X-Original-To", "Envelope-To"))
    references = " ".join(header(message, name) for name in ("In-Reply-To", "References"))
    quoted = f"{references} {parts.returned} {parts.notice}"
    token = _VERP.search(to.lower()) or _OURS.search(quoted) or _VERP.search(quoted.lower())
    return (token[1] if token else ""), tuple(dict.fromkeys(_MESSAGE_ID.findall(quoted)))


def _is_report(message: Message, sender: str, subject: str, parts: ReportParts, address: str) -> bool:
    """Return whether a server wrote a message without a delivery report to say that it could not deliver.

    What the member wrote is no report on the member, whatever its subject.
    """
    if header(message, "X-Failed-Recipients"):
        return True
    if says(f"{header(message, 'From')} {sender}", DAEMON):
        return not says(subject, AWAY)
    is_failure = says(subject, SUBJECT_OF_REPORT) and sender not in {"", address}
    if header(message, "Return-Path").strip() in {"<>", ""}:
        return is_failure
    return is_failure and (bool(parts.returned) or says(parts.notice, SUBJECT_OF_REPORT))


def _is_automatic(message: Message, subject: str) -> bool:
    """Return whether a program replied (RFC 3834, 5)."""
    submitted = header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted not in {"", "no"}:
        return True
    if any(message.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-From")):
        return True
    if header(message, "Precedence").lower() in {"auto_reply", "auto-reply", "bulk", "junk"}:
        return True
    if header(message, "Return-Path").strip() == "<>":
        return True
    return says(subject, AWAY)
