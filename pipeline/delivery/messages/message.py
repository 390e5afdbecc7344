"""Messages: one letter, encoded once; per member only a few lines of it are written anew.

    multipart/mixed
      multipart/alternative
        text/plain
        multipart/related
          text/html
          image/png          the logos
      application/pdf        where it is not linked

RFC 5322, 2045 to 2047, 2046 (5.1) and 2387; RFC 2369, 2919 and 8058 for the list; RFC 3834 so that no
machine answers. A text holds its member's address for unsubscribing within base64: of the encoded text only
the lines that hold it, cut at whole groups of three bytes, are encoded again for each.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import html as markup
import re
from dataclasses import dataclass, replace
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from pipeline.delivery.ledger.identifiers import TOKEN_LENGTH
from pipeline.delivery.messages.headers import (
    address_field,
    ascii_name,
    join,
    parameters,
    structured_field,
    text_field,
)
from pipeline.findings.finding import DeliveryError, Finding, found
from pipeline.models.editions import UNSUBSCRIBE

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGE_PDF: Final = 5_000_000
"""Bytes of a PDF above which a mailbox may refuse it."""

LARGEST: Final = 18_000_000
"""Bytes of a message above which the large providers refuse it."""

_BLANK: Final = ("0123456789abcdef" * TOKEN_LENGTH)[:TOKEN_LENGTH]
"""A token that is nobody's; whatever stands before it, it is found where it begins."""
_ANY_DAY: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_LINE: Final = 57
"""Bytes that make a line of base64."""
_UNREAD: Final = re.compile(
    r"(?:no|do-?not|не|ne)-?(?:reply|otgovar\w*|отговар\w*)|mailer-daemon|devnull|null"
)


class Attachment(NamedTuple):
    """A file that goes with the letter; a picture in it is called by its name (RFC 2392).

    Args:
        name: Its file name, in any letters.
        data: The file.
        media_type: As `application/pdf`.
    """

    name: str
    data: bytes
    media_type: str = "application/pdf"


class Mailbox(NamedTuple):
    """A name and an address.

    Args:
        name: In any letters; may be empty.
        address: In ASCII.
    """

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What all members get.

    Args:
        sender: From whom.
        reply_to: Where answers are read.
        subject: The subject.
        date: The moment it was confirmed.
        language: Of its text (RFC 3282).
        html: The HTML part, with `UNSUBSCRIBE` in it once.
        text: The text part, likewise.
        logos: The pictures of the HTML part, each called as `cid:` and its name.
        attachment: The PDF, or None where it is linked.
        one_click: The address of the page for unsubscribing, or empty where there is none.
        boundary: What parts its parts; no text holds it.
    """

    sender: Mailbox
    reply_to: Mailbox
    subject: str
    date: dt.datetime
    language: str
    html: str
    text: str
    logos: tuple[Attachment, ...]
    attachment: Attachment | None
    one_click: str
    boundary: str

    def reminding(self, word: str) -> Letter:
        """Return the same letter as a reminder, which its subject says."""
        return replace(self, subject=f"{word}: {self.subject}")


class _Window(NamedTuple):
    """Lines of base64 that hold a token.

    Args:
        before: The bytes before it, from the beginning of a line.
        after: Those behind it, to the end of a line.
    """

    before: bytes
    after: bytes

    def filled(self, token: bytes) -> bytes:
        return _lines(self.before + token + self.after)


class Mould:
    """A letter, encoded: it is cast for one member after the other.

    Args:
        letter: What all get.

    Raises:
        DeliveryError: A text has not one place for the member's address (E344), a field holds what no
            header may (E340), or nobody reads the address it comes from (E342).
    """

    def __init__(self, letter: Letter) -> None:
        """Encode the letter."""
        for mailbox in (letter.sender, letter.reply_to):
            if is_unread(mailbox.address):
                raise DeliveryError([found("E342", None, found=mailbox.address)])
        self._letter = letter
        self._head = b"".join(_head(letter))
        self._body = list(_joined(_body(letter)))
        self.size = len(self.cast(Mailbox("", letter.reply_to.address), "<@>", _BLANK))
        """Bytes of a message, but for the name of whom it goes to."""

    def cast(self, to: Mailbox, message_id: str, token: str) -> bytes:
        """Return the message for one member, lines ended by CRLF.

        Args:
            to: To whom.
            message_id: Its Message-ID, with the angle brackets.
            token: By which they unsubscribe: `TOKEN_LENGTH` characters.

        Raises:
            DeliveryError: The name or the address holds what no header may (E340).
        """
        if len(token) != TOKEN_LENGTH:
            problem = f"a token has {TOKEN_LENGTH} characters, not {len(token)}"
            raise ValueError(problem)
        told = token.encode("ascii")
        own = (
            address_field("To", to.name, to.address),
            structured_field("Message-ID", message_id),
            structured_field("List-Unsubscribe", ",\r\n ".join(_ways_out(self._letter, token))),
        )
        parts = (part.filled(told) if isinstance(part, _Window) else part for part in self._body)
        return b"".join((self._head, *own, *parts))


def judged(mould: Mould, letter: Letter, limit: int | None) -> list[Finding]:
    """Say whether a message is too large.

    Args:
        mould: The message.
        letter: What it was made of.
        limit: The largest the server takes, in bytes (RFC 1870), or None.
    """
    findings = []
    most = min(limit or LARGEST, LARGEST)
    if mould.size > most:
        findings.append(found("E341", None, size=_megabytes(mould.size), limit=_megabytes(most)))
    elif letter.attachment and len(letter.attachment.data) > LARGE_PDF:
        size = _megabytes(len(letter.attachment.data))
        findings.append(found("W340", None, size=size, limit=_megabytes(LARGE_PDF)))
    return findings


def digest(letter: Letter) -> str:
    """Return a SHA-256 of what all get, the same whenever it is sent and for whichever purpose."""
    mould = Mould(replace(letter, date=_ANY_DAY, boundary="bulletin"))
    return hashlib.sha256(mould.cast(Mailbox("", letter.reply_to.address), "<@>", _BLANK)).hexdigest()


def is_unread(address: str) -> bool:
    """Tell whether an address says of itself that nobody reads it."""
    local = re.sub(r"[._+]+", "-", address.rpartition("@")[0].casefold())
    return bool(_UNREAD.match(local))


def _head(letter: Letter) -> Iterator[bytes]:
    domain = letter.sender.address.rpartition("@")[2]
    yield address_field("From", *letter.sender)
    yield address_field("Reply-To", *letter.reply_to)
    yield text_field("Subject", letter.subject)
    yield structured_field("Date", format_datetime(letter.date))
    yield structured_field("MIME-Version", "1.0")
    yield structured_field("Content-Language", letter.language)
    # No phrase before the identifier: RFC 2919 allows one, and readers trip over encoded words in it.
    yield structured_field("List-Id", f"<bulletin.{domain}>")
    if letter.one_click:
        yield structured_field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
    # No machine is to answer: by the standard (RFC 3834), by custom, and as Exchange wants to be told.
    yield structured_field("Auto-Submitted", "auto-generated")
    yield structured_field("Precedence", "bulk")
    yield structured_field("X-Auto-Response-Suppress", "OOF, AutoReply")


def _ways_out(letter: Letter, token: str) -> list[str]:
    """Return the addresses by which a member unsubscribes, the best first (RFC 2369, 3.2)."""
    by_mail = f"<mailto:{letter.reply_to.address}?subject=unsubscribe%20{token}>"
    return [f"<{page_address(letter.one_click, token)}>", by_mail] if letter.one_click else [by_mail]


def page_address(base: str, token: str) -> str:
    """Return where one member unsubscribes, below the address of the page."""
    return f"{base.rstrip('/')}/{token}"


def _own_address(letter: Letter) -> str:
    """Return what the texts say instead of `UNSUBSCRIBE`, with a blank token."""
    if letter.one_click:
        return page_address(letter.one_click, _BLANK)
    subject = quote("unsubscribe " + _BLANK)
    return f"mailto:{letter.reply_to.address}?subject={subject}"


_Part = bytes | _Window


def _body(letter: Letter) -> Iterator[_Part]:
    """Give the body, part by part; each multipart within another has a boundary of its own."""
    outer, inner, innermost = (f"{letter.boundary}-{number}" for number in (1, 2, 3))
    if letter.attachment is not None:
        yield from _opening("multipart/mixed", outer)
        yield _between(outer)
    yield from _opening("multipart/alternative", inner)
    yield _between(inner)
    yield from _text(letter, "plain", letter.text)
    yield _between(inner)
    if letter.logos:
        yield from _opening("multipart/related", innermost, 'type="text/html"')
        yield _between(innermost)
    yield from _text(letter, "html", letter.html)
    for logo in letter.logos:
        yield _between(innermost)
        yield _file(logo, "inline")
    if letter.logos:
        yield _last(innermost)
    yield _last(inner)
    if letter.attachment is not None:
        yield _between(outer)
        yield _file(letter.attachment, "attachment")
        yield _last(outer)


def _opening(kind: str, boundary: str, more: str = "") -> Iterator[bytes]:
    told = f'{kind};\r\n boundary="{boundary}"' + (f";\r\n {more}" if more else "")
    yield structured_field("Content-Type", told) + b"\r\n"


def _between(boundary: str) -> bytes:
    return f"--{boundary}\r\n".encode("ascii")


def _last(boundary: str) -> bytes:
    return f"--{boundary}--\r\n".encode("ascii")


def _text(letter: Letter, kind: str, text: str) -> Iterator[_Part]:
    """Give a part of text: lines ended by CRLF before they are encoded (RFC 2045, 6.8)."""
    count = text.count(UNSUBSCRIBE)
    if count != 1:
        raise DeliveryError([found("E344", None, part=kind, count=count, address=UNSUBSCRIBE)])
    yield join(
        [
            structured_field("Content-Type", f"text/{kind}; charset=utf-8"),
            structured_field("Content-Transfer-Encoding", "base64"),
        ]
    )
    address = _own_address(letter)
    own = text.replace(UNSUBSCRIBE, markup.escape(address) if kind == "html" else address)
    raw = "\r\n".join(own.splitlines()).encode() + b"\r\n"
    at = raw.index(_BLANK.encode("ascii"))
    begin = at // _LINE * _LINE
    end = -(-(at + TOKEN_LENGTH) // _LINE) * _LINE
    yield _lines(raw[:begin])
    yield _Window(raw[begin:at], raw[at + TOKEN_LENGTH : end])
    yield _lines(raw[end:])


def _file(file: Attachment, disposition: str) -> bytes:
    fields = [
        structured_field("Content-Type", parameters(file.media_type, "name", ascii_name(file.name))),
        structured_field("Content-Transfer-Encoding", "base64"),
        structured_field("Content-Disposition", parameters(disposition, "filename", file.name)),
    ]
    if disposition == "inline":
        fields.append(structured_field("Content-ID", f"<{file.name}>"))
    return join(fields) + _lines(file.data)


def _lines(data: bytes) -> bytes:
    """Return base64 in lines of 76, each ended by CRLF (RFC 2045, 6.8)."""
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


def _joined(parts: Iterator[_Part]) -> Iterator[_Part]:
    """Give the parts, those that are the same for all joined."""
    held: list[bytes] = []
    for part in parts:
        if isinstance(part, bytes):
            held.append(part)
            continue
        yield b"".join(held)
        yield part
        held = []
    yield b"".join(held)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


__all__ = ["LARGEST", "Attachment", "Letter", "Mailbox", "Mould", "digest", "is_unread", "judged"]
