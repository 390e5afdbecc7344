"""Template messages: content encoded once, of which a message is rendered for each recipient.

RFC 5322 for the header; RFC 2369, 2919 and 8058 for the fields of a mailing list; RFC 3834 so that no
program replies automatically.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

from pipeline.delivery.ledger.identifiers import TOKEN_LENGTH
from pipeline.delivery.messages.body import BLANK_TOKEN, TokenLines, body_parts, page_address
from pipeline.delivery.messages.content import Mailbox, is_no_reply
from pipeline.delivery.messages.headers import address_field, structured_field, text_field
from pipeline.findings.finding import DeliveryError, Finding, found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.delivery.messages.content import MessageContent

LARGE_PDF: Final = 5_000_000
"""Bytes of a PDF above which some mailboxes refuse a message."""

LARGEST: Final = 18_000_000
"""Bytes of a message above which the large providers refuse it."""

_ANY_DAY: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class TemplateMessage:
    """Encoded message in which only the recipient's fields and tokens are left open.

    Args:
        content: Content for all recipients.

    Raises:
        DeliveryError: A text does not hold `UNSUBSCRIBE` exactly once (E344), a header field contains a
            character it may not (E340), or sender or reply address is one that nobody reads (E342).
    """

    def __init__(self, content: MessageContent) -> None:
        """Encode the content."""
        for mailbox in (content.sender, content.reply_to):
            if is_no_reply(mailbox.address):
                raise DeliveryError([found("E342", None, found=mailbox.address)])
        self._content = content
        self._header = b"".join(_common_fields(content))
        self._body = body_parts(content)
        self.size = len(self._blank())
        """Bytes of a rendered message, without the recipient's display name."""

    def render(self, to: Mailbox, message_id: str, token: str) -> bytes:
        """Return the message for one recipient, with lines ended by CRLF.

        Args:
            to: Mailbox of the recipient.
            message_id: Message-ID with angle brackets.
            token: Token of the recipient, of `TOKEN_LENGTH` characters.

        Raises:
            DeliveryError: Name or address contains a character that no header may (E340).
        """
        if len(token) != TOKEN_LENGTH:
            problem = f"a token has {TOKEN_LENGTH} characters, not {len(token)}"
            raise ValueError(problem)
        encoded_token = token.encode("ascii")
        fields = (
            address_field("To", to.name, to.address),
            structured_field("Message-ID", message_id),
            structured_field("List-Unsubscribe", ",\r\n ".join(_unsubscribe_urls(self._content, token))),
        )
        parts = (part.encoded(encoded_token) if isinstance(part, TokenLines) else part for part in self._body)
        return b"".join((self._header, *fields, *parts))

    @property
    def digest(self) -> str:
        """SHA-256 of the message without recipient data."""
        return hashlib.sha256(self._blank()).hexdigest()

    def size_findings(self, limit: int | None = None) -> list[Finding]:
        """Return whether the message is too large (E341) or its PDF likely to be refused (W340).

        Args:
            limit: Largest message the server accepts, in bytes (RFC 1870), or None.
        """
        most = min(limit or LARGEST, LARGEST)
        if self.size > most:
            return [found("E341", None, size=_megabytes(self.size), limit=_megabytes(most))]
        attachment = self._content.attachment
        if attachment and len(attachment.data) > LARGE_PDF:
            size = _megabytes(len(attachment.data))
            return [found("W340", None, size=size, limit=_megabytes(LARGE_PDF))]
        return []

    def _blank(self) -> bytes:
        return self.render(Mailbox("", self._content.reply_to.address), "<@>", BLANK_TOKEN)


def content_digest(content: MessageContent) -> str:
    """Return a SHA-256 of the content, the same on every day and for every purpose of a mailing."""
    return TemplateMessage(replace(content, date=_ANY_DAY, boundary="bulletin")).digest


def _common_fields(content: MessageContent) -> Iterator[bytes]:
    domain = content.sender.address.rpartition("@")[2]
    yield address_field("From", *content.sender)
    yield address_field("Reply-To", *content.reply_to)
    yield text_field("Subject", content.subject)
    yield structured_field("Date", format_datetime(content.date))
    yield structured_field("MIME-Version", "1.0")
    yield structured_field("Content-Language", content.language)
    # No phrase before the identifier: RFC 2919 allows one, but mail programs mishandle encoded words in it.
    yield structured_field("List-Id", f"<bulletin.{domain}>")
    if content.one_click:
        yield structured_field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
    # Against automatic replies: RFC 3834, the older custom, and the field Exchange looks for.
    yield structured_field("Auto-Submitted", "auto-generated")
    yield structured_field("Precedence", "bulk")
    yield structured_field("X-Auto-Response-Suppress", "OOF, AutoReply")


def _unsubscribe_urls(content: MessageContent, token: str) -> list[str]:
    """Return the URLs of List-Unsubscribe, the preferred one first (RFC 2369, 3.2)."""
    by_mail = f"<mailto:{content.reply_to.address}?subject=unsubscribe%20{token}>"
    return [f"<{page_address(content.one_click, token)}>", by_mail] if content.one_click else [by_mail]


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
