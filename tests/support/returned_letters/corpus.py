"""Builds the returned letters of the tables beside it: the template of a family, filled in for each case.

A table maps a family to defaults and to its letters; each letter overrides the defaults of its family.

    form        report (RFC 3464), text, reply (of a person or a program), feedback (RFC 5965),
                receipt (RFC 8098)
    to          whose message came back; final, original: addresses of the report, where they differ
    from, subject, headers      header fields; several fields of `headers` by name
    notice      the server's words; `said`, `plain`, `title`, `reply` are filled into it
    fold        column at which `said` is folded, as some servers do
    status, action, diagnostic  fields of the report; `diagnostic` is `smtp; {reply}` unless given
    others      fields of further recipients of the report
    copy        line above the returned message, where that stands in the same text
    quoted      whether each line of the returned message begins with ">"
    returned    message (whole), headers, none
    text, returned_subject      body and subject of the message that was returned
    raw         charset of header fields that are not encoded, as older programs write them
    html, charset, declared, coding, report_coding, report_type     how it is encoded
    broken      what is wrong with its parts: boundary, end, text (of the report)
    body        words of a person or a program; feedback, disposition: of a complaint, of a receipt
    type, cause, weak           expected: what it means; the cause `other` is any of which nobody is withdrawn

`{to}`, `{user}`, `{domain}`, `{host}`, `{mx}`, `{id}` and `{token}` stand for names of the letter. Hosts,
addresses and identifiers are invented; what servers say is said as they say it.
"""

from __future__ import annotations

import base64
import functools
import html
import quopri
import textwrap
from email.header import Header
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Iterator

OFFICE: Final = "office@klaster.example"
BULLETIN: Final = "Уважаеми членове,\n\nсрещата е на 5.1.24 от 18 ч., зала 5.1.1.\n\nКлъстер"
"""Body of the returned message, where a letter gives none."""

FIRST, SECOND, THIRD, NEVER, ASKED = "first issue", "second issue", "third issue", "never", "held back"
"""When an address is sent nothing more: after so many issues in a row; or until the office decides."""

_LEVELS: Final = {
    "recipient-gone": FIRST,
    "domain-gone": SECOND,
    "mailbox-disabled": THIRD,
    "mailbox-full": THIRD,
    "complaint": FIRST,
    "unsubscribe": FIRST,
    "wish": ASKED,
}
_BOUNDARY: Final = b"=_7f3b-bulletin-of-the-cluster"


class ReturnedLetter(NamedTuple):
    """Letter that came back.

    Args:
        name: Family and case, as `postfix/nobody`.
        data: The letter (RFC 5322).
        address: Whose message came back.
        message_id: Message-ID of that message; empty where the letter does not quote it.
        type: What it is, as `failed`.
        cause: Why the message came back, as `recipient-gone`, or `other`; empty where `type` is not `failed`.
        is_weak: Whether a second report is needed even though the recipient is gone.
    """

    name: str
    data: bytes
    address: str
    message_id: str
    type: str
    cause: str
    is_weak: bool

    @property
    def level(self) -> str:
        """When the address is sent nothing more, if its messages go on coming back with such letters."""
        if self.cause == "recipient-gone" and self.is_weak:
            return SECOND
        return _LEVELS.get(self.cause or self.type, NEVER)


def returned_letters() -> Iterator[ReturnedLetter]:
    """Yield all letters of the tables."""
    for name in _fields():
        yield returned_letter(name)


def returned_letter(name: str, bulletin: str = BULLETIN, subject: str = "Бюлетин, брой 2") -> ReturnedLetter:
    """Return a letter of the tables.

    Args:
        name: Family and case.
        bulletin: Body of the message that was returned, unless the letter gives it.
        subject: Its subject, unless the letter gives it.
    """
    number = list(_fields()).index(name) + 1
    return _letter(name, number, {"text": bulletin, "returned_subject": subject, **_fields()[name]})


@functools.cache
def _fields() -> dict[str, dict[str, Any]]:
    """Return the fields of every letter, with the defaults of its family, by family and case."""
    fields = {}
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        for family, defaults in YAML(typ="safe").load(path).items():
            for case, own in defaults["letters"].items():
                fields[f"{family}/{case}"] = {**defaults, **own}
    return fields


def _letter(name: str, number: int, fields: dict[str, Any]) -> ReturnedLetter:
    values = _values(number, fields)
    match fields["form"]:
        case "reply":
            data = _reply(fields, values)
        case "report":
            data = _report(fields, values)
        case "feedback":
            data = _feedback(fields, values)
        case "receipt":
            data = _receipt(fields, values)
        case _:
            data = _text(fields, values)
    return ReturnedLetter(
        name=name,
        data=data,
        address=values["to"],
        message_id=values["id"] if values["id"].encode() in data else "",
        type=fields.get("type", "failed"),
        cause=fields.get("cause", ""),
        is_weak=fields.get("weak", False),
    )


def _values(number: int, fields: dict[str, Any]) -> dict[str, str]:
    """Return what is filled into the templates of a letter; later values may name earlier ones."""
    to = fields["to"]
    user, _, domain = to.partition("@")
    values = {
        "to": to,
        "user": user,
        "domain": domain,
        "host": "out.klaster.example",
        "mx": f"mx1.{domain}",
        "token": f"{0xB0 + number:0>32x}",
    }
    values["id"] = f"<{0xA0000 + number:0>32x}@klaster.example>"
    for name in ("reply", "title", "plain", "said"):
        values[name] = str(fields.get(name, "")).format_map(values)
    if "fold" in fields:
        values["said"] = textwrap.fill(
            values["said"], fields["fold"], subsequent_indent="    ", break_long_words=False
        )
    return values


def _text(fields: dict[str, Any], values: dict[str, str]) -> bytes:
    """Return a report in one text, which holds the returned message, too."""
    words = fields["notice"].format_map(values)
    if fields.get("returned") != "none":
        returned = _returned(fields, values)
        if fields.get("quoted"):
            returned = textwrap.indent(returned, "> ", lambda _: True)
        words += f"\n{fields.get('copy', '')}\n\n{returned}"
    return _head(fields, values) + _words(fields, words)


def _reply(fields: dict[str, Any], values: dict[str, str]) -> bytes:
    named = {"headers": {}, **fields}
    named["headers"] = {"Return-Path": f"<{values['to']}>", **named["headers"]}
    return _head(named, values) + _words(fields, fields["body"])


def _report(fields: dict[str, Any], values: dict[str, str]) -> bytes:
    own = {
        "address": fields.get("final", values["to"]),
        "original": fields.get("original", ""),
        "action": fields.get("action", "failed"),
        "status": fields.get("status", ""),
        "diagnostic": fields.get("diagnostic", "smtp; {reply}").format_map(values),
    }
    groups = [f"Reporting-MTA: dns; {values['host']}\n"]
    groups += [_recipient(each) for each in [*fields.get("others", []), own]]
    report_type = fields.get("report_type", "message/delivery-status")
    if fields.get("broken") == "text":
        report_type = "text/plain"
    report = _encoded(report_type, "\n".join(groups).encode(), fields.get("report_coding", "8bit"))
    return _multipart(fields, values, "delivery-status", [fields["notice"].format_map(values), report])


def _recipient(fields: dict[str, str]) -> str:
    """Return the fields of one recipient (RFC 3464, 2.3)."""
    lines = {
        "Original-Recipient": fields.get("original", ""),
        "Final-Recipient": f"rfc822; {fields['address']}",
        "Action": fields["action"],
        "Status": fields["status"],
        "Diagnostic-Code": fields["diagnostic"].replace("\n", "\n    "),
    }
    return "".join(f"{name}: {text}\n" for name, text in lines.items() if text)


def _feedback(fields: dict[str, Any], values: dict[str, str]) -> bytes:
    report = (
        f"Content-Type: message/feedback-report\n\nFeedback-Type: {fields['feedback']}\n"
        f"User-Agent: Complaints/1.1\nVersion: 1\nOriginal-Mail-From: <{OFFICE}>\n"
    )
    words = f"A user of {values['domain']} reported the message below.\n"
    return _multipart(fields, values, "feedback-report", [words, report.encode()])


def _receipt(fields: dict[str, Any], values: dict[str, str]) -> bytes:
    report = (
        f"Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; {values['to']}\n"
        f"Original-Message-ID: {values['id']}\n"
        f"Disposition: manual-action/MDN-sent-manually; {fields['disposition']}\n"
    )
    parts = [fields["body"] + "\n", report.encode()]
    return _multipart({"returned": "none", **fields}, values, "disposition-notification", parts)


def _multipart(fields: dict[str, Any], values: dict[str, str], report_type: str, parts: list[Any]) -> bytes:
    """Return a message of several parts: words, a report, and the returned message."""
    words, report = parts
    whole = [_words(fields, words), report]
    returned = _returned(fields, values)
    match fields.get("returned", "message"):
        case "message":
            whole.append(f"Content-Type: message/rfc822\n\n{returned}".encode())
        case "headers":
            head = returned.partition("\n\n")[0]
            whole.append(f"Content-Type: text/rfc822-headers\n\n{head}\n".encode())
    body = b"".join(b"--%b\n%b\n" % (_BOUNDARY, each) for each in whole)
    if fields.get("broken") != "end":
        body += b"--%b--\n" % _BOUNDARY
    boundary = b"" if fields.get("broken") == "boundary" else b';\n boundary="%b"' % _BOUNDARY
    kind = f"Content-Type: multipart/report; report-type={report_type}".encode()
    return _head(fields, values) + kind + boundary + b"\n\n" + body


def _returned(fields: dict[str, Any], values: dict[str, str]) -> str:
    """Return our own message, as it was returned."""
    return (
        f"From: {OFFICE}\nTo: {values['to']}\nSubject: {_encoded_words(fields['returned_subject'])}\n"
        f"Message-ID: {values['id']}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n{fields['text']}\n"
    )


def _words(fields: dict[str, Any], words: str) -> bytes:
    """Return a text with its header fields."""
    charset = fields.get("charset", "utf-8")
    subtype = "plain"
    if fields.get("html"):
        subtype = "html"
        lines = "".join(f"<p>{html.escape(line)}</p>\n" for line in words.split("\n"))
        words = f"<html><head><title>550 5.1.1</title></head><body>{lines}</body></html>\n"
    kind = f"text/{subtype}; charset={fields.get('declared', charset)}"
    return _encoded(kind, words.encode(charset, "replace"), fields.get("coding", "8bit"))


def _encoded(content_type: str, raw: bytes, coding: str) -> bytes:
    if coding == "base64":
        raw = base64.encodebytes(raw)
    elif coding == "quoted-printable":
        raw = quopri.encodestring(raw)
    return f"Content-Type: {content_type}\nContent-Transfer-Encoding: {coding}\n\n".encode() + raw


def _head(fields: dict[str, Any], values: dict[str, str]) -> bytes:
    own = {
        "Return-Path": "<>",
        "Date": "Mon, 5 Feb 2024 10:13:00 +0200",
        "From": fields["from"],
        "To": OFFICE,
        "Subject": fields["subject"],
        "MIME-Version": "1.0",
        **fields.get("headers", {}),
    }
    raw = fields.get("raw", "")
    encoded = str if raw else _encoded_words
    lines = (f"{name}: {encoded(text.format_map(values))}\n" for name, text in own.items())
    return "".join(lines).encode(raw or "ascii")


def _encoded_words(text: str) -> str:
    """Return a header field, its text in encoded words (RFC 2047) and an address as it is."""
    if text.isascii():
        return " ".join(text.split())
    words, bracket, address = text.partition(" <")
    return Header(words, "utf-8").encode() + bracket + address
