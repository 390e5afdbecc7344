"""Parts of a returned message, by what they are evidence of (RFC 3464, RFC 5965, RFC 6522).

A server's fields and words are evidence of what happened. The message it returns is evidence of whose it was,
and of nothing else: it holds our own words, and they may look like anything.
"""

from __future__ import annotations

import base64
import contextlib
import email
import email.policy
import quopri
import re
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.returns.server_words import COPY_BEGINS, until

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATUS: Final = {"message/delivery-status", "message/global-delivery-status"}
_FEEDBACK: Final = "message/feedback-report"
_RETURNED: Final = {
    "message/rfc822",
    "message/global",
    "message/rfc822-headers",
    "message/global-headers",
    "message/partial",
    "text/rfc822-headers",
    "text/rfc822",
}
_OURS_IN_NOTICE: Final = re.compile(
    r"^[ \t]*(?:>|subject:|with (?:the )?subject |относно:|тема:|betreff:|objet ?:)", re.IGNORECASE
)
_LONGEST_NOTICE: Final = 20_000
"""Characters of a server's own words that are searched; a notice has some hundred."""

_MOST_READ: Final = 200_000
"""Characters of a message's texts that are searched."""


class RecipientFields(NamedTuple):
    """Fields of a delivery report on one recipient (RFC 3464, 2.3).

    Args:
        action: `failed`, `delayed`, `delivered`, `relayed` or `expanded`; in lower case.
        status: Content of Status.
        diagnostic: Content of Diagnostic-Code.
        final: Address in Final-Recipient.
        original: Address in Original-Recipient; empty where not given.
    """

    action: str
    status: str
    diagnostic: str
    final: str
    original: str


class ReportParts(NamedTuple):
    """Parts of a returned message.

    Args:
        recipients: Fields of each recipient, where it has a delivery report.
        feedback: Type of a feedback report (RFC 5965, 3.1), in lower case; empty where it has none.
        notice: Words of the server, above the message it returns; without lines quoted from that.
        returned: Header fields and text of the message it returns, and of what stands below the notice.
    """

    recipients: tuple[RecipientFields, ...]
    feedback: str
    notice: str
    returned: str


def parts_of(message: Message) -> ReportParts:
    """Part a returned message by what its parts are evidence of.

    Args:
        message: The message, parsed with the policy `compat32`.
    """
    if message.get_content_maintype() == "multipart" and isinstance(message.get_payload(), str):
        return _parts_of_broken(str(message.get_payload()))
    recipients: list[RecipientFields] = []
    feedback = ""
    notices: list[str] = []
    returned: list[str] = []
    for part in _outer_parts(message):
        content_type = part.get_content_type()
        if content_type in _STATUS:
            recipients += _recipients_of(part)
        elif content_type == _FEEDBACK:
            fields = next(iter(_groups(part)), None)
            feedback = (
                header(fields, "Feedback-Type") if fields is not None else ""
            ).strip().lower() or "abuse"
            returned += [str(fields)] if fields is not None else []
        elif content_type in _RETURNED:
            returned.append(_whole_text(part))
        elif part.get_content_maintype() == "text" and not returned:
            notice, rest = _parted(_text_of(part))
            notices.append(notice)
            returned += [rest] if rest else []
    return ReportParts(
        tuple(recipients), feedback, "\n\n".join(notices)[:_LONGEST_NOTICE], "\n".join(returned)[:_MOST_READ]
    )


def _parts_of_broken(text: str) -> ReportParts:
    """Part a report whose boundaries are missing: its fields stand in the text."""
    notice, rest = _parted(text.replace("\r\n", "\n"))
    fields = Message()
    fields.set_payload(
        re.sub(r"^--[^\n]*\n|^Content-[^\n]*\n(?:[ \t][^\n]*\n)*", "", notice, flags=re.MULTILINE)
    )
    return ReportParts(tuple(_recipients_of(fields)), "", notice, rest)


def header(message: Message, name: str) -> str:
    """Return a header field as text, encoded words decoded (RFC 2047); several of one name joined.

    Letters that stand in it as they are (RFC 6532), which older programs write in windows-1251, are read too.
    """
    decoded = []
    for value in _values(message, name):
        try:
            decoded.append(str(make_header(decode_header(value))))
        except (MessageError, LookupError, UnicodeError, ValueError):
            decoded.append(value)
    return " ".join(decoded)


def _values(message: Message, name: str) -> Iterator[str]:
    """Yield the fields of a name in one line each; the parser's own reading drops what is not ASCII."""
    for field, value in message.raw_items():
        if field.lower() == name.lower():
            text = str(value)
            if not text.isascii():
                with contextlib.suppress(UnicodeEncodeError):
                    text = _decoded(text.encode("utf-8", "surrogateescape"))
            yield " ".join(text.split())


def _outer_parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a message, of alternatives the first; what is within a returned message is not."""
    content_type = message.get_content_type()
    payload = message.get_payload()
    if content_type in _STATUS | _RETURNED | {_FEEDBACK} or not isinstance(payload, list):
        yield message
        return
    inner = [each for each in payload if isinstance(each, Message)]
    for part in inner[:1] if content_type == "multipart/alternative" else inner:
        yield from _outer_parts(part)


def _recipients_of(part: Message) -> Iterator[RecipientFields]:
    for fields in _groups(part):
        action = header(fields, "Action").partition(" ")[0].strip().lower()
        if action or fields.get("Final-Recipient"):
            yield RecipientFields(
                action,
                header(fields, "Status"),
                header(fields, "Diagnostic-Code"),
                _address(header(fields, "Final-Recipient")),
                _address(header(fields, "Original-Recipient")),
            )


def _address(field: str) -> str:
    """Return the address of a typed field: `rfc822; name@example.org` (RFC 3464, 2.1.2)."""
    return field.rpartition(";")[2].strip().strip("<>").lower()


def _groups(part: Message) -> Iterator[Message]:
    """Yield the groups of fields of a report; some programs write them as text instead of messages."""
    payload = part.get_payload()
    groups = [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
    raw = (
        b"\n".join(each.as_bytes() for each in groups)
        if groups
        else str(payload).encode("utf-8", "surrogateescape")
    )
    # RFC 3464 forbids encoding a report, so the parser does not decode it; some servers encode it anyway.
    coding = header(part, "Content-Transfer-Encoding").strip().lower()
    text = _decoded(_uncoded(raw, coding))
    for group in re.split(r"\r?\n(?:\r?\n)+", text.strip()):
        yield email.message_from_string(group, policy=email.policy.compat32)


def _decoded(raw: bytes) -> str:
    """Return fields as text: of UTF-8 (RFC 6533), else as servers of old write Cyrillic."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("windows-1251", "replace")


def _uncoded(raw: bytes, coding: str) -> bytes:
    try:
        if coding == "base64":
            return base64.b64decode(raw)
        return quopri.decodestring(raw) if coding == "quoted-printable" else raw
    except ValueError:
        return raw


def _whole_text(message: Message) -> str:
    """Return header fields and texts of a returned message, with those of messages within it."""
    texts: list[str] = []
    for part in message.walk():
        texts += [f"{name}: {header(part, name)}" for name in part.keys()]  # noqa: SIM118 - a message
        if part.get_content_maintype() == "text" or part.get_content_type() in _RETURNED:
            texts.append(_text_of(part))
    return "\n".join(texts)


def _text_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        text = payload.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        text = payload.decode("utf-8", "replace")
    text = text[:_MOST_READ].replace("\r\n", "\n").replace("\r", "\n")
    return _words_of_html(text) if part.get_content_subtype() == "html" else text


def _parted(text: str) -> tuple[str, str]:
    """Part a text into a server's words and the message it returns, to which quoted lines belong."""
    notice, rest = until(text, COPY_BEGINS)
    lines = notice.split("\n")
    own = [line for line in lines if not _OURS_IN_NOTICE.match(line)]
    quoted = [line for line in lines if _OURS_IN_NOTICE.match(line)]
    return "\n".join(own), "\n".join([*quoted, rest]).strip()


class _Words(HTMLParser):
    """Collects the words of HTML, a line for each block."""

    _BLOCKS: Final = frozenset(
        {"p", "div", "br", "tr", "td", "li", "table", "h1", "h2", "h3", "h4", "blockquote", "pre", "hr"}
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self._hidden += tag in {"style", "script", "title"}
        if tag in self._BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in {"style", "script", "title"}))
        if tag in self._BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _words_of_html(text: str) -> str:
    reader = _Words()
    reader.feed(text)
    reader.close()
    return "".join(reader.words)
