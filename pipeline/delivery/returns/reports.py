"""Reader of returned messages: delivery reports, automatic replies, unsubscribe requests, and others.

Delivery reports follow RFC 3464 within RFC 6522, or are free text of older servers; automatic replies are
recognised by RFC 3834 and by common fields. The member concerned is found by the address the message was
returned to (VERP), by quoted header fields of ours, or by a quoted Message-ID.
"""

from __future__ import annotations

import base64
import email
import email.policy
import quopri
import re
from email.errors import MessageError
from email.message import Message
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.ledger.identifiers import TOKEN_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage


class ReturnType(StrEnum):
    """Type of a returned message; the values are stored in the ledger."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    AUTOMATIC = "automatic"
    UNSUBSCRIBE = "unsubscribe"
    LETTER = "letter"


class ReturnedMessage(NamedTuple):
    """What a returned message reports.

    Args:
        type: Type of the message.
        status: Enhanced status code (RFC 3463), as `5.1.1`; empty if it gives none.
        token: Token of the member it concerns; empty if it quotes none.
        message_ids: Quoted Message-IDs that may be ours.
    """

    type: ReturnType
    status: str
    token: str
    message_ids: tuple[str, ...]


_ACTIONS: Final = {
    "failed": ReturnType.FAILED,
    "delayed": ReturnType.DELAYED,
    "delivered": ReturnType.DELIVERED,
    "relayed": ReturnType.DELIVERED,
    "expanded": ReturnType.DELIVERED,
}
_WORST_FIRST: Final = (ReturnType.FAILED, ReturnType.DELAYED, ReturnType.DELIVERED)

_HEX: Final = rf"[0-9a-f]{{{TOKEN_LENGTH}}}"
_VERP: Final = re.compile(rf"\+({_HEX})@")
_OURS: Final = re.compile(rf"unsubscribe(?:%20|\s)({_HEX})\b")
_REQUEST: Final = re.compile(rf"\s*(?:re:|отг:|fwd?:)*\s*unsubscribe\s+({_HEX})\s*", re.IGNORECASE)
_MESSAGE_ID: Final = re.compile(rf"<{_HEX}@[^<>\s]+>")
_STATUS: Final = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE: Final = re.compile(r"(?<![\d.])([45])([0-5]\d)[ -]")
_DAEMON: Final = re.compile(
    r"mailer-daemon|postmaster|mail delivery (?:sub)?system|mailbox-daemon", re.IGNORECASE
)
_FAILURE: Final = re.compile(
    r"undeliver|delivery (?:status notification|has failed|failure|failed)|returned mail|failure notice|"
    r"mail delivery failed|неуспешн\w+ достав|недоставен|не може да бъде доставено",
    re.IGNORECASE,
)
_DELAY: Final = re.compile(
    r"delay|warning: .*not.*sent|will (?:keep trying|be retried)|отложен", re.IGNORECASE
)
_AWAY: Final = re.compile(
    r"out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|on (?:vacation|leave)|"
    r"автоматичен отговор|извън офиса|в отпуск|отсъств",
    re.IGNORECASE,
)
_MOST_READ: Final = 200_000
"""Characters of a message's texts that are searched."""


def read_returned(data: bytes) -> ReturnedMessage:
    """Read a returned message.

    Args:
        data: The message (RFC 5322).

    Raises:
        ValueError: It has no header.
    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    if not message.keys():
        problem = "no headers"
        raise ValueError(problem)
    text = _whole_text(message)
    token, message_ids = _member_of(message, text)
    return_type, status, requested = _type_of(message, text)
    return ReturnedMessage(return_type, status, requested or token, message_ids)


def _type_of(message: Message, text: str) -> tuple[ReturnType, str, str]:
    """Return type and status of a message, and the token of an unsubscribe request."""
    if report := _delivery_report(message):
        return *report, ""
    subject = _header(message, "Subject")
    if request := _REQUEST.fullmatch(subject):
        return ReturnType.UNSUBSCRIBE, "", request[1].lower()
    if _is_from_daemon(message, subject):
        status = _status_of(text)
        is_late = status.startswith("4") or (not status and bool(_DELAY.search(f"{subject} {text}")))
        return ReturnType.DELAYED if is_late else ReturnType.FAILED, status, ""
    return ReturnType.AUTOMATIC if _is_automatic(message, subject) else ReturnType.LETTER, "", ""


def _delivery_report(message: Message) -> tuple[ReturnType, str] | None:
    """Return type and status of a delivery report: of several recipients, the worst."""
    results = []
    for part in message.walk():
        if part.get_content_type() not in {"message/delivery-status", "message/global-delivery-status"}:
            continue
        for fields in _groups(part):
            return_type = _ACTIONS.get(_header(fields, "Action").partition(" ")[0].lower())
            if return_type is None:
                continue
            status = _STATUS.search(_header(fields, "Status"))
            diagnostic = _header(fields, "Diagnostic-Code")
            precise = _STATUS.search(diagnostic.partition(";")[2] or diagnostic)
            # “5.0.0” states only that delivery failed; the diagnostic often has a precise code.
            is_vague = status is None or status[1].endswith(".0.0")
            chosen = precise if precise and is_vague else status
            results.append((return_type, chosen[1] if chosen else ""))
    return min(results, key=lambda each: _WORST_FIRST.index(each[0]), default=None)


def _groups(part: Message) -> Iterator[Message]:
    """Yield the groups of fields of a report; some programs write them as text instead of messages."""
    payload = part.get_payload()
    groups = [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
    coding = _header(part, "Content-Transfer-Encoding").lower()
    if groups and coding not in {"base64", "quoted-printable"}:
        yield from groups
        return
    # RFC 3464 forbids encoding a report, so the parser does not decode it; some servers encode it anyway.
    raw = "".join(each.as_string() for each in groups) if groups else str(payload)
    text = _uncoded(raw.encode("ascii", "replace"), coding).decode("utf-8", "replace")
    for group in re.split(r"\r?\n\r?\n", text):
        yield email.message_from_string(group, policy=email.policy.compat32)


def _uncoded(raw: bytes, coding: str) -> bytes:
    try:
        if coding == "base64":
            return base64.b64decode(raw)
        return quopri.decodestring(raw) if coding == "quoted-printable" else raw
    except ValueError:
        return raw


def _member_of(message: Message, text: str) -> tuple[str, tuple[str, ...]]:
    """Return the token of the member a message concerns, and quoted Message-IDs in the form of ours."""
    to = " ".join(_header(message, name) for name in ("To", "Delivered-To", "X-Original-To", "Envelope-To"))
    quoted = " ".join(_header(message, name) for name in ("In-Reply-To", "References")) + " " + text
    token = _VERP.search(to.lower()) or _OURS.search(quoted) or _VERP.search(quoted.lower())
    return (token[1] if token else ""), tuple(dict.fromkeys(_MESSAGE_ID.findall(quoted)))


def _is_from_daemon(message: Message, subject: str) -> bool:
    sender = _header(message, "From")
    path = _header(message, "Return-Path").strip()
    is_failure = bool(_FAILURE.search(subject)) or bool(_header(message, "X-Failed-Recipients"))
    return bool(_DAEMON.search(sender)) or (path == "<>" and is_failure)


def _is_automatic(message: Message, subject: str) -> bool:
    """Return whether a program replied (RFC 3834, 5)."""
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted not in {"", "no"}:
        return True
    if any(message.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-From")):
        return True
    if _header(message, "Precedence").lower() in {"auto_reply", "auto-reply"}:
        return True
    return bool(_AWAY.search(subject))


def _status_of(text: str) -> str:
    """Return the first enhanced status code of a text, or one made of a reply code; empty if it has none."""
    if match := _STATUS.search(text):
        return match[1]
    if match := _CODE.search(text):
        return f"{match[1]}.0.0"
    return ""


def _whole_text(message: Message) -> str:
    """Return all text parts of a message, with those of messages within it and their header fields."""
    texts: list[str] = []
    for part in message.walk():
        if part is not message:
            texts += [f"{name}: {_header(part, name)}" for name in part.keys()]  # noqa: SIM118 - a message
        if part.get_content_maintype() == "text" or part.get_content_type() == "message/delivery-status":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                texts.append(_decoded(payload, part))
    return "\n".join(texts)[:_MOST_READ]


def _decoded(payload: bytes, part: Message) -> str:
    try:
        return payload.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return payload.decode("utf-8", "replace")


def _header(message: Message | EmailMessage, name: str) -> str:
    from email.header import decode_header, make_header  # noqa: PLC0415 - beside its only use

    values = [str(value) for value in message.get_all(name, [])]
    decoded = []
    for value in values:
        try:
            decoded.append(str(make_header(decode_header(" ".join(value.split())))))
        except (MessageError, LookupError, UnicodeError, ValueError):
            decoded.append(value)
    return " ".join(decoded)
