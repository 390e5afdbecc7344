"""Reads mail into an incoming text: the message and its attachments (RFC 5322, 2045)."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from pipeline.findings.finding import IssueError, found
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.formats.calendars import read_calendar
from pipeline.importing.formats.markdown_text import markup_of
from pipeline.importing.html.letters.quoted_letters import part_quoted
from pipeline.importing.html.page import read_page
from pipeline.importing.mail.headers import header_text, sender_name
from pipeline.importing.mail.mailing_lines import plain_mailing_lines, take_off_mailing_lines
from pipeline.importing.mail.parts import DEEPEST, Attachment, MailParts, bad_part, collect_parts
from pipeline.importing.mail.plain_text import part_plain
from pipeline.importing.model.incoming_text import texts_in
from pipeline.importing.model.inlines import words_in
from pipeline.importing.model.inventory import InventoryItem, ItemType
from pipeline.importing.model.words import words_of

if TYPE_CHECKING:
    import datetime as dt
    from email.message import EmailMessage
    from xml.etree.ElementTree import Element

    from pipeline.findings.finding import Finding
    from pipeline.importing.html.letters.quoted_letters import PartedOff
    from pipeline.importing.model.incoming_event import IncomingEvent
    from pipeline.importing.model.incoming_text import IncomingText

_SUBJECT: Final = re.compile(
    r"^(?:\s*(?:re|fwd?|aw|wg|отн|пр|отг|препр)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE
)
_SENT_ON: Final = re.compile(r"^\s*(?:fwd?|wg|пр|препр)\s*:", re.IGNORECASE)
_LETTER: Final = "data-letter"
_CODES: Final = {"quote": "W543", "heading": "W549", "signature": "W544", "mailing": "W530"}
_SHORT: Final = 200


def read_mail(data: bytes, name: str) -> tuple[IncomingText, list[Attachment], list[IncomingEvent]]:
    """Read a mail.

    Letters that it quotes and its signature are listed (W543, W544), and so are the heading of a letter it
    sends on (W549), whose words are text, and lines that speak of a mailing itself (W530).

    Args:
        data: The message.
        name: The file's name.

    Returns:
        Its text, titled by its subject; its attachments, without the pictures that its text shows; and the
        events of its calendars.

    Raises:
        IssueError: It is no mail (E500).
    """
    try:
        message: EmailMessage = email.message_from_bytes(data, policy=email.policy.default)
        # Each forwarded message is read again as a text of its own.
        _check_depth(message)
        parts = MailParts(name)
        collect_parts(message, parts)
        subject, sender = header_text(message, "subject", name), sender_name(message, name)
    except (LookupError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise IssueError([found("E500", None, name=name, kind="mail", problem=str(error)[:100])]) from error
    if not message.keys():
        raise IssueError([found("E500", None, name=name, kind="mail", problem="–")])
    page, off = _read_bodies(parts, sent_on=bool(_SENT_ON.match(subject.text)))
    # A picture that the page names is placed, or told with the page, where it is too small a mark.
    named = {item.text for item in page.inventory if item.item_type is ItemType.PICTURE}
    apart = named | {source for each in off for source in each.pictures}
    unused = {
        key: content for key, content in parts.inline.items() if key not in page.pictures and key not in apart
    }
    parts.attachments += [Attachment(key.removeprefix("cid:"), content) for key, content in unused.items()]
    events = _events(parts)
    title = _SUBJECT.sub("", subject.text)
    read = (*subject.findings, *sender.findings, *parts.findings)
    findings = (*read, *(_off_finding(each, name) for each in off), *page.findings)
    return (
        replace(
            page,
            title=title,
            author=sender.text,
            sent=_day_sent(message),
            inventory=(*page.inventory, *_title_items(title, page)),
            findings=tuple(dict.fromkeys(findings)),
        ),
        parts.attachments,
        events,
    )


def _day_sent(message: EmailMessage) -> dt.date | None:
    try:
        return parsedate_to_datetime(str(message["date"] or "")).date()
    except (ValueError, TypeError, IndexError, AttributeError, LookupError):
        return None


def _read_bodies(parts: MailParts, *, sent_on: bool) -> tuple[IncomingText, list[PartedOff]]:
    """Read the texts of a mail as one page, and return it with what was parted off."""
    off: list[PartedOff] = []
    markup: list[str] = []
    for body in parts.bodies:
        if body.kind == "html":
            markup.append(f"<div {_LETTER}>{body.text}</div>")
        else:
            own, apart = part_plain(body.text, sent_on=sent_on)
            own, of_mailing = plain_mailing_lines(own)
            off += [*apart, *of_mailing]
            markup.append(markup_of(own, wrapped=body.kind == "plain"))

    def part_letters(root: Element) -> None:
        for letter in [each for each in root.iter("div") if each.get(_LETTER) is not None]:
            off.extend(part_quoted(letter, sent_on=sent_on))
            off.extend(take_off_mailing_lines(letter))

    return read_page("\n".join(markup), parts.name, parts.inline, prepare=part_letters), off


def _off_finding(off: PartedOff, name: str) -> Finding:
    pictures = ", ".join(source.removeprefix("cid:") for source in off.pictures)
    said = " ".join(
        each for each in (shortened(off.words, _SHORT), f"[{pictures[:_SHORT]}]" if pictures else "") if each
    )
    return found(_CODES[off.kind], None, name=name, found=said, count=len(words_of(off.words)))


def _title_items(title: str, page: IncomingText) -> list[InventoryItem]:
    """Return the subject as an item of the inventory, unless the text says the same."""
    words = " ".join(words_of(title))
    said = " ".join(word for text in texts_in(page.blocks) for word in words_of(words_in(text)))
    return [InventoryItem(ItemType.PARAGRAPH, title)] if words and f" {words} " not in f" {said} " else []


def _events(parts: MailParts) -> list[IncomingEvent]:
    events: list[IncomingEvent] = []
    for calendar in parts.calendars:
        try:
            read, findings = read_calendar(calendar, parts.name)
        except IssueError as error:
            problem = next((value for key, value in error.findings[0].values if key == "problem"), "")
            parts.findings.append(bad_part(parts.name, "text/calendar", problem))
            continue
        events += [event for event in read if event not in events]
        parts.findings += findings
    return events


def _check_depth(message: EmailMessage) -> None:
    stack: list[tuple[Any, int]] = [(message, 0)]
    while stack:
        part, depth = stack.pop()
        if depth > DEEPEST:
            raise ValueError(DEEPEST)
        inner: Any = part.get_payload()
        if isinstance(inner, list):
            stack.extend((each, depth + 1) for each in inner)
