"""Reads mail into an incoming text: the message and its attachments (RFC 5322, 2045)."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.findings.finding import IssueError, found
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.charsets.decoding import declared_in_page
from pipeline.importing.charsets.settling import settled_text
from pipeline.importing.formats.mail_headers import file_name, header_text, sender_name
from pipeline.importing.formats.markdown_text import markup_of
from pipeline.importing.html.page import read_page

if TYPE_CHECKING:
    from email.message import EmailMessage

    from pipeline.findings.finding import Finding
    from pipeline.importing.charsets.settling import SettledText
    from pipeline.importing.model.incoming_text import IncomingText

MOST_PARTS: Final = 200
DEEPEST: Final = 20
"""The most levels of parts within parts, and of messages forwarded within messages."""

_SIGNATURE: Final = re.compile(r"^-- ?$", re.MULTILINE)
_SUBJECT: Final = re.compile(r"^(?:\s*(?:re|fwd?|отн|пр|отг)\s*:\s*)+", re.IGNORECASE)


class Attachment(NamedTuple):
    """A file attached to a mail.

    Args:
        name: Its name.
        data: Its content.
        charset: The one its part declares, or an empty text.
    """

    name: str
    data: bytes
    charset: str = ""


@dataclass
class _Parts:
    name: str
    bodies: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    inline: dict[str, bytes] = field(default_factory=dict)
    attachments: list[Attachment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    count: int = 0


def read_mail(data: bytes, name: str) -> tuple[IncomingText, list[Attachment]]:
    """Read a mail.

    Args:
        data: The message.
        name: The file's name.

    Returns:
        Its text, titled by its subject, and its attachments; pictures that its text shows are in the text.

    Raises:
        IssueError: It is no mail (E500).
    """
    try:
        message: EmailMessage = email.message_from_bytes(data, policy=email.policy.default)
        # Each forwarded message is read again as a text of its own.
        _check_depth(message)
        parts = _Parts(name)
        _collect(message, parts)
        subject, sender = header_text(message, "subject", name), sender_name(message, name)
    except (LookupError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise IssueError([found("E500", None, name=name, kind="mail", problem=str(error)[:100])]) from error
    if not (message.keys() and (parts.bodies or parts.attachments)):
        raise IssueError([found("E500", None, name=name, kind="mail", problem="–")])
    findings = [*subject.findings, *sender.findings, *parts.findings]
    if len(parts.plain) == len(parts.bodies) == 1:
        body, *signature = _SIGNATURE.split(parts.plain[0], maxsplit=1)
        if signature and (words := " ".join(signature[0].split())):
            findings.append(found("W500", None, name=name, found=shortened(words, 70)))
        parts.bodies = [markup_of(body)]
    incoming_text = read_page("\n".join(parts.bodies), name, parts.inline)
    unused = {key: content for key, content in parts.inline.items() if key not in incoming_text.pictures}
    parts.attachments += [Attachment(key.removeprefix("cid:"), content) for key, content in unused.items()]
    title = _SUBJECT.sub("", subject.text)
    findings = list(dict.fromkeys((*findings, *incoming_text.findings)))
    return replace(
        incoming_text, title=title, author=sender.text, findings=tuple(findings)
    ), parts.attachments


def _check_depth(message: EmailMessage) -> None:
    stack: list[tuple[Any, int]] = [(message, 0)]
    while stack:
        part, depth = stack.pop()
        if depth > DEEPEST:
            raise ValueError(DEEPEST)
        inner: Any = part.get_payload()
        if isinstance(inner, list):
            stack.extend((each, depth + 1) for each in inner)


def _collect(part: EmailMessage, parts: _Parts, depth: int = 0) -> None:
    """Collect the contents of a part: of alternatives the richest, otherwise all, in order."""
    parts.count += 1
    if parts.count > MOST_PARTS or depth > DEEPEST:
        raise ValueError(MOST_PARTS)
    inner: Any = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(inner, list):
        # A forwarded mail is a text of its own.
        for number, message in enumerate(inner, 1):
            subject = _safe(
                header_text(message, "subject", parts.name).text or f"part-{parts.count}-{number}"
            )
            parts.attachments.append(Attachment(f"{subject}.eml", message.as_bytes()))
    elif part.is_multipart() and isinstance(inner, list):
        chosen = _richest(inner) if part.get_content_type() == "multipart/alternative" else inner
        for each in chosen:
            _collect(each, parts, depth + 1)
    else:
        _collect_leaf(part, parts)


def _richest(alternatives: list[EmailMessage]) -> list[EmailMessage]:
    """Return the richest alternative of a message, and the parts that are no alternative."""
    forms = [each for each in alternatives if each.get_content_maintype() in {"text", "multipart"}]
    rich = [each for each in forms if any(part.get_content_type() == "text/html" for part in each.walk())]
    others = [
        each for each in alternatives if each not in forms or each.get_content_type() == "text/calendar"
    ]
    return [*(rich or forms)[-1:], *others]


def _collect_leaf(part: EmailMessage, parts: _Parts) -> None:
    kind, file = part.get_content_type(), _settled(file_name(part, parts.name), parts)
    if kind == "text/html" and not file:
        parts.bodies.append(_text(part, parts))
    elif kind == "text/plain" and not file:
        if (text := _text(part, parts)).strip():
            parts.plain.append(text)
            parts.bodies.append(markup_of(text))
    else:
        data = _bytes(part)
        key = str(part.get("content-id", "")).strip("<> \t")
        name = _safe(file or f"{key or 'part'}-{parts.count}.{part.get_content_subtype()}")
        if key and kind.startswith("image/"):
            parts.inline[f"cid:{key}"] = data
        else:
            parts.attachments.append(Attachment(name, data, part.get_content_charset("")))


def _text(part: EmailMessage, parts: _Parts) -> str:
    """Return the text of a part: by the charset of its header, that of its page, or what its letters say."""
    data = _bytes(part)
    declared = part.get_content_charset("")
    if not declared and part.get_content_subtype() == "html":
        declared = declared_in_page(data)
    return _settled(settled_text(data, parts.name, declared), parts).replace("\r\n", "\n")


def _settled(settled: SettledText, parts: _Parts) -> str:
    parts.findings += settled.findings
    return settled.text


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _safe(name: str) -> str:
    return re.sub(r"[\x00-\x1f]", "", re.split(r"[/\\]", name)[-1])[:120] or "part"
