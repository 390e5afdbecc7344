"""Mail → pieces: the message, and what is attached to it (RFC 5322, 2045)."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, field, replace
from email.utils import parseaddr
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.excerpts import shortened
from pipeline.findings import IssueError, found
from pipeline.importing.markdown_text import read_plain
from pipeline.importing.web_page import read_page

if TYPE_CHECKING:
    from email.message import EmailMessage

    from pipeline.findings import Finding
    from pipeline.importing.pieces import Arrival

MOST_PARTS: Final = 200
_SIGNATURE: Final = re.compile(r"^-- ?$", re.MULTILINE)
_SUBJECT: Final = re.compile(r"^(?:\s*(?:re|fwd?|отн|пр|отг)\s*:\s*)+", re.IGNORECASE)


class Attached(NamedTuple):
    """A file that came with a mail."""

    name: str
    data: bytes


@dataclass
class _Parts:
    html: str = ""
    plain: str = ""
    inline: dict[str, bytes] = field(default_factory=dict)
    attached: list[Attached] = field(default_factory=list)


def read_mail(data: bytes, name: str) -> tuple[Arrival, list[Attached]]:
    """Read a mail.

    Args:
        data: The message.
        name: The file's name.

    Returns:
        Its text, titled by its subject, and what is attached; pictures that its text shows are in the
        text.

    Raises:
        IssueError: It is no mail (E500).
    """
    try:
        message: EmailMessage = email.message_from_bytes(data, policy=email.policy.default)
        parts = _gather(message)
        subject, sender = str(message["subject"] or ""), str(message["from"] or "")
    except (LookupError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise IssueError([found("E500", None, name=name, kind="mail", problem=str(error)[:100])]) from error
    if not (message.keys() and (parts.html or parts.plain or parts.attached)):
        raise IssueError([found("E500", None, name=name, kind="mail", problem="–")])
    findings: list[Finding] = []
    if parts.html:
        arrival = read_page(parts.html, name, parts.inline)
    else:
        body, *signature = _SIGNATURE.split(parts.plain, maxsplit=1)
        if signature and (words := " ".join(signature[0].split())):
            findings.append(found("W500", None, name=name, found=shortened(words, 70)))
        arrival = read_plain(body, name)
    unused = {key: content for key, content in parts.inline.items() if key not in arrival.pictures}
    parts.attached += [Attached(key.removeprefix("cid:"), content) for key, content in unused.items()]
    author = parseaddr(sender)[0]
    title = _SUBJECT.sub("", " ".join(subject.split()))
    return replace(
        arrival, title=title, author=author, findings=(*findings, *arrival.findings)
    ), parts.attached


def _gather(message: EmailMessage) -> _Parts:
    parts = _Parts()
    for count, part in enumerate(message.walk()):
        if count > MOST_PARTS:
            raise ValueError(MOST_PARTS)
        if part.is_multipart():
            continue
        kind, file = part.get_content_type(), part.get_filename()
        if kind == "text/html" and not file and not parts.html:
            parts.html = _text(part)
        elif kind == "text/plain" and not file:
            parts.plain = parts.plain or _text(part)
        else:
            content = part.get_payload(decode=True)
            data = content if isinstance(content, bytes) else b""
            key = str(part.get("content-id", "")).strip("<> \t")
            name = _safe(str(file or f"{key or 'part'}-{count}.{part.get_content_subtype()}"))
            if key and kind.startswith("image/"):
                parts.inline[f"cid:{key}"] = data
            else:
                parts.attached.append(Attached(name, data))
    return parts


def _text(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except (LookupError, KeyError, UnicodeError):
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else str(payload)


def _safe(name: str) -> str:
    return re.sub(r"[\x00-\x1f]", "", re.split(r"[/\\]", name)[-1])[:120] or "part"
