"""MIME body of a message, encoded once but for the lines that hold the recipient's token.

    multipart/mixed
      multipart/alternative
        text/plain
        multipart/related
          text/html
          image/png          the logos
      application/pdf        where it is attached

RFC 2045, 2046 (5.1) and 2387. Both texts hold the recipient's unsubscribe address, and are encoded as base64:
of the encoded text only the lines with the address are encoded anew for each recipient. For this the text is
cut at multiples of 57 bytes, where lines of base64 begin.
"""

from __future__ import annotations

import base64
import html as markup
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from pipeline.delivery.ledger.identifiers import TOKEN_LENGTH
from pipeline.delivery.messages.headers import ascii_name, join, parameters, structured_field
from pipeline.findings.finding import DeliveryError, found
from pipeline.models.editions import UNSUBSCRIBE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.delivery.messages.content import Attachment, MessageContent

BLANK_TOKEN: Final = ("0123456789abcdef" * TOKEN_LENGTH)[:TOKEN_LENGTH]
"""Token of no member; no character before it can make `index` find it too early."""

_LINE: Final = 57
"""Bytes in one line of base64 (76 characters)."""


class TokenLines(NamedTuple):
    """Lines of base64 with a token in them.

    Args:
        before: Bytes before the token, from the beginning of a line.
        after: Bytes after the token, to the end of a line.
    """

    before: bytes
    after: bytes

    def encoded(self, token: bytes) -> bytes:
        """Return the lines with a token put in."""
        return _base64(self.before + token + self.after)


Part = bytes | TokenLines
"""A piece of a body: the same for all recipients, or encoded for each."""


def body_parts(content: MessageContent) -> list[Part]:
    """Return the body of a message from its Content-Type field on.

    Adjoining bytes are one part, so that a message is joined from few pieces.

    Raises:
        DeliveryError: A text does not hold `UNSUBSCRIBE` exactly once (E344), or a file name contains a
            character that no header may (E340).
    """
    return list(_merged(_parts(content)))


def page_address(base: str, token: str) -> str:
    """Return the URL at which one member unsubscribes, below the URL of the page."""
    return f"{base.rstrip('/')}/{token}"


def _parts(content: MessageContent) -> Iterator[Part]:
    # Nested multiparts need different boundaries (RFC 2046, 5.1.2).
    outer, inner, innermost = (f"{content.boundary}-{number}" for number in (1, 2, 3))
    if content.attachment is not None:
        yield _multipart("multipart/mixed", outer)
        yield _delimiter(outer)
    yield _multipart("multipart/alternative", inner)
    yield _delimiter(inner)
    yield from _text(content, "plain", content.text)
    yield _delimiter(inner)
    if content.logos:
        yield _multipart("multipart/related", innermost, 'type="text/html"')
        yield _delimiter(innermost)
    yield from _text(content, "html", content.html)
    for logo in content.logos:
        yield _delimiter(innermost)
        yield _file(logo, "inline")
    if content.logos:
        yield _close_delimiter(innermost)
    yield _close_delimiter(inner)
    if content.attachment is not None:
        yield _delimiter(outer)
        yield _file(content.attachment, "attachment")
        yield _close_delimiter(outer)


def _multipart(media_type: str, boundary: str, parameter: str = "") -> bytes:
    value = f'{media_type};\r\n boundary="{boundary}"' + (f";\r\n {parameter}" if parameter else "")
    return structured_field("Content-Type", value) + b"\r\n"


def _delimiter(boundary: str) -> bytes:
    return f"--{boundary}\r\n".encode("ascii")


def _close_delimiter(boundary: str) -> bytes:
    return f"--{boundary}--\r\n".encode("ascii")


def _text(content: MessageContent, subtype: str, text: str) -> Iterator[Part]:
    """Yield a text part; its lines end in CRLF before they are encoded (RFC 2045, 6.8)."""
    count = text.count(UNSUBSCRIBE)
    if count != 1:
        raise DeliveryError([found("E344", None, part=subtype, count=count, address=UNSUBSCRIBE)])
    yield join(
        [
            structured_field("Content-Type", f"text/{subtype}; charset=utf-8"),
            structured_field("Content-Transfer-Encoding", "base64"),
        ]
    )
    address = _blank_address(content)
    filled = text.replace(UNSUBSCRIBE, markup.escape(address) if subtype == "html" else address)
    raw = "\r\n".join(filled.splitlines()).encode() + b"\r\n"
    at = raw.index(BLANK_TOKEN.encode("ascii"))
    begin = at // _LINE * _LINE
    end = -(-(at + TOKEN_LENGTH) // _LINE) * _LINE
    yield _base64(raw[:begin])
    yield TokenLines(raw[begin:at], raw[at + TOKEN_LENGTH : end])
    yield _base64(raw[end:])


def _blank_address(content: MessageContent) -> str:
    """Return what replaces `UNSUBSCRIBE` in the texts, with a blank token."""
    if content.one_click:
        return page_address(content.one_click, BLANK_TOKEN)
    return f"mailto:{content.reply_to.address}?subject={quote('unsubscribe ' + BLANK_TOKEN)}"


def _file(file: Attachment, disposition: str) -> bytes:
    fields = [
        structured_field("Content-Type", parameters(file.media_type, "name", ascii_name(file.name))),
        structured_field("Content-Transfer-Encoding", "base64"),
        structured_field("Content-Disposition", parameters(disposition, "filename", file.name)),
    ]
    if disposition == "inline":
        fields.append(structured_field("Content-ID", f"<{file.name}>"))
    return join(fields) + _base64(file.data)


def _base64(data: bytes) -> bytes:
    """Return base64 in lines of 76 characters, each ended by CRLF (RFC 2045, 6.8)."""
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


def _merged(parts: Iterable[Part]) -> Iterator[Part]:
    pending: list[bytes] = []
    for part in parts:
        if isinstance(part, bytes):
            pending.append(part)
            continue
        yield b"".join(pending)
        yield part
        pending = []
    yield b"".join(pending)
