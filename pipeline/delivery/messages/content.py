"""Content of a message: everything that is the same for all recipients in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

_NO_REPLY: Final = re.compile(
    r"(?:no|do-?not|не|ne)-?(?:reply|otgovar\w*|отговар\w*)|mailer-daemon|devnull|null"
)


class Attachment(NamedTuple):
    """File within a message; a picture of the HTML part is referred to by its name (RFC 2392).

    Args:
        name: File name, in any script.
        data: Content of the file.
        media_type: Media type, as `application/pdf`.
    """

    name: str
    data: bytes
    media_type: str = "application/pdf"


class Mailbox(NamedTuple):
    """Display name and address (RFC 5322, 3.4).

    Args:
        name: Display name, in any script; may be empty.
        address: Address in ASCII.
    """

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class MessageContent:
    """Content of the messages in one language.

    Args:
        sender: Mailbox of the From field.
        reply_to: Mailbox of the Reply-To field.
        subject: Subject.
        date: Moment of the Date field: when the mailing was confirmed.
        language: Language of the text (RFC 3282).
        html: HTML part, with `UNSUBSCRIBE` in it once.
        text: Plain text part, with `UNSUBSCRIBE` in it once.
        logos: Pictures of the HTML part, each referred to as `cid:` and its name.
        attachment: The PDF, or None where the message links to it.
        one_click: URL of the unsubscribe page, or empty if there is none.
        boundary: Stem of the multipart boundaries; no text contains it.
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

    def as_reminder(self, word: str) -> MessageContent:
        """Return the same content with a word before its subject, as `Reminder: …`."""
        return replace(self, subject=f"{word}: {self.subject}")


def is_no_reply(address: str) -> bool:
    """Return whether the name of an address is that of an unread mailbox, as `no-reply@…`."""
    local = re.sub(r"[._+]+", "-", address.rpartition("@")[0].casefold())
    return bool(_NO_REPLY.match(local))
