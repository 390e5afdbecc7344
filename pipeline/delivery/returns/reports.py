"""What comes back: delivery reports, answers of machines, wishes to unsubscribe, and letters of people.

Delivery reports are those of RFC 3464 within RFC 6522, and what servers write that know neither; machines'
answers are known by RFC 3834 and by custom. Whom a letter is about is told by the address it came back to
(VERP), by the headers of ours that it quotes, or by its Message-ID.
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


class Kind(StrEnum):
    """What a letter that came back is."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    AUTOMATIC = "automatic"
    UNSUBSCRIBE = "unsubscribe"
    LETTER = "letter"


class Returned(NamedTuple):
    """A letter that came back.

    Args:
        kind: What it is.
        status: The enhanced status (RFC 3463), as `5.1.1`; empty where it gives none.
        token: Whom it is about; empty where that is not told.
        message_ids: The Message-IDs it quotes, of which one may be ours.
        said: What the server said, on one line.
    """

    kind: Kind
    status: str
    token: str
    message_ids: tuple[str, ...]
    said: str


_ACTIONS: Final = {
    "failed": Kind.FAILED,
    "delayed": Kind.DELAYED,
    "delivered": Kind.DELIVERED,
    "relayed": Kind.DELIVERED,
    "expanded": Kind.DELIVERED,
}
_WORST_FIRST: Final = (Kind.FAILED, Kind.DELAYED, Kind.DELIVERED)

_HEX: Final = rf"[0-9a-f]{{{TOKEN_LENGTH}}}"
_VERP: Final = re.compile(rf"\+({_HEX})@")
_OURS: Final = re.compile(rf"unsubscribe(?:%20|\s)({_HEX})\b")
_WISH: Final = re.compile(rf"\s*(?:re:|отг:|fwd?:)*\s*unsubscribe\s+({_HEX})\s*", re.IGNORECASE)
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
"""Characters of a letter's texts that are looked through."""


def read_returned(data: bytes) -> Returned:
    """Sort a letter.

    Args:
        data: The letter (RFC 5322).

    Raises:
        ValueError: It is no letter.
    """
    letter = email.message_from_bytes(data, policy=email.policy.compat32)
    if not letter.keys():
        problem = "no headers"
        raise ValueError(problem)
    told = _whole(letter)
    token, ids = _about(letter, told)
    if reported := _reported(letter):
        kind, status, said = reported
        return Returned(kind, status, token, ids, said)
    subject = _header(letter, "Subject")
    if wish := _WISH.fullmatch(subject):
        return Returned(Kind.UNSUBSCRIBE, "", wish[1].lower(), ids, "")
    if _is_of_a_daemon(letter, subject):
        status, said = _status_of(told)
        is_late = status.startswith("4") or (not status and bool(_DELAY.search(f"{subject} {told}")))
        return Returned(Kind.DELAYED if is_late else Kind.FAILED, status, token, ids, said)
    if _is_automatic(letter, subject):
        return Returned(Kind.AUTOMATIC, "", token, ids, "")
    return Returned(Kind.LETTER, "", token, ids, "")


def _reported(letter: Message) -> tuple[Kind, str, str] | None:
    """Return what a delivery report says: of several recipients, the worst."""
    found = []
    for part in letter.walk():
        if part.get_content_type() not in {"message/delivery-status", "message/global-delivery-status"}:
            continue
        for fields in _groups(part):
            kind = _ACTIONS.get(_header(fields, "Action").partition(" ")[0].lower())
            if kind is None:
                continue
            status = _STATUS.search(_header(fields, "Status"))
            said = _header(fields, "Diagnostic-Code").partition(";")[2] or _header(fields, "Diagnostic-Code")
            better = _STATUS.search(said)
            # “5.0.0” says no more than that it failed; the server's own words often do.
            vague = status is None or status[1].endswith(".0.0")
            told = better[1] if better and vague else (status[1] if status else "")
            found.append((kind, told, " ".join(said.split())[:300]))
    return min(found, key=lambda each: _WORST_FIRST.index(each[0]), default=None)


def _groups(part: Message) -> Iterator[Message]:
    """Give the groups of fields of a report; some programs write them as a text and not as messages."""
    payload = part.get_payload()
    groups = [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
    coding = _header(part, "Content-Transfer-Encoding").lower()
    if groups and coding not in {"base64", "quoted-printable"}:
        yield from groups
        return
    # The standard forbids to encode a report, and the library reads it as if nobody did.
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


def _about(letter: Message, told: str) -> tuple[str, tuple[str, ...]]:
    """Return the token a letter is about, and the Message-IDs of ours that it quotes."""
    to = " ".join(_header(letter, name) for name in ("To", "Delivered-To", "X-Original-To", "Envelope-To"))
    quoted = " ".join(_header(letter, name) for name in ("In-Reply-To", "References")) + " " + told
    token = _VERP.search(to.lower()) or _OURS.search(quoted) or _VERP.search(quoted.lower())
    return (token[1] if token else ""), tuple(dict.fromkeys(_MESSAGE_ID.findall(quoted)))


def _is_of_a_daemon(letter: Message, subject: str) -> bool:
    sender = _header(letter, "From")
    path = _header(letter, "Return-Path").strip()
    is_failure = bool(_FAILURE.search(subject)) or bool(_header(letter, "X-Failed-Recipients"))
    return bool(_DAEMON.search(sender)) or (path == "<>" and is_failure)


def _is_automatic(letter: Message, subject: str) -> bool:
    """Tell whether a machine answered (RFC 3834, 5)."""
    submitted = _header(letter, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted not in {"", "no"}:
        return True
    if any(letter.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-From")):
        return True
    if _header(letter, "Precedence").lower() in {"auto_reply", "auto-reply"}:
        return True
    return bool(_AWAY.search(subject))


def _status_of(told: str) -> tuple[str, str]:
    """Return a status out of words, and the line it stands in."""
    for line in told.splitlines():
        if found := _STATUS.search(line):
            return found[1], " ".join(line.split())[:300]
    for line in told.splitlines():
        if found := _CODE.search(line):
            return f"{found[1]}.0.0", " ".join(line.split())[:300]
    return "", ""


def _whole(letter: Message) -> str:
    """Return all texts of a letter, those of letters within it and their headers too."""
    parts: list[str] = []
    for part in letter.walk():
        if part is not letter:
            parts += [f"{name}: {_header(part, name)}" for name in part.keys()]  # noqa: SIM118 - a message
        if part.get_content_maintype() == "text" or part.get_content_type() == "message/delivery-status":
            held = part.get_payload(decode=True)
            if isinstance(held, bytes):
                parts.append(_decoded(held, part))
    return "\n".join(parts)[:_MOST_READ]


def _decoded(held: bytes, part: Message) -> str:
    try:
        return held.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return held.decode("utf-8", "replace")


def _header(letter: Message | EmailMessage, name: str) -> str:
    from email.header import decode_header, make_header  # noqa: PLC0415 - beside its only use

    values = [str(value) for value in letter.get_all(name, [])]
    told = []
    for value in values:
        try:
            told.append(str(make_header(decode_header(" ".join(value.split())))))
        except (MessageError, LookupError, UnicodeError, ValueError):
            told.append(value)
    return " ".join(told)
