"""What a server's fields and words say of a message that came back.

The evidence has an order: a feedback report; the fields of a delivery report on this recipient (RFC 3464);
the server's words above the message it returns. Within one of them, words on the sender, a policy, the size
or a full mailbox are better evidence than a code, for servers give the code of a missing recipient for these
too; and “no such user” is better evidence than a code that says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.returns.server_words import AFTER_DATA, DELAY, OF_SENDER, one_line, says
from pipeline.delivery.returns.status_codes import (
    Cause,
    class_of_reply,
    code_of_field,
    code_of_words,
    is_vague,
    party_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.delivery.returns.report_parts import RecipientFields, ReportParts

_BEATS_CODES: Final = (Cause.MAILBOX_FULL, Cause.SENDER, Cause.MESSAGE)
"""Causes whose words are better evidence than any code; a full mailbox is not the sender's rate."""

_WITHOUT_CODE: Final = (Cause.RECIPIENT_GONE, Cause.DOMAIN_GONE, Cause.MAILBOX_DISABLED, Cause.ROUTE)

_HARMLESS: Final = {"delivered", "relayed", "expanded"}
_WORST_FIRST: Final = ("failed", "delayed", *sorted(_HARMLESS))


class Verdict(NamedTuple):
    """What is known of a message that came back.

    Args:
        outcome: `failed`, `delayed` or `delivered`.
        cause: The party at fault.
        status: Enhanced status code, as `5.1.1`; empty where there is none.
        is_weak: Whether a single report is too little: a filter spoke, or an address it was forwarded to.
        recipient: Address that the report is about, in lower case; empty where it names none.
        words: The server's words, in one line.
    """

    outcome: str
    cause: Cause
    status: str = ""
    is_weak: bool = False
    recipient: str = ""
    words: str = ""


def verdict_of(parts: ReportParts, address: str = "") -> Verdict:
    """Judge a returned message by its evidence.

    Args:
        parts: Its parts.
        address: Address of the member concerned, in lower case; empty where unknown. Of several recipients,
            the member's is judged, else the one that fared worst.
    """
    recipients = [each for each in parts.recipients if each.action in _WORST_FIRST]
    of_member = [each for each in recipients if address and address in {each.final, each.original}]
    if recipients:
        fields = min(of_member or recipients, key=lambda each: _WORST_FIRST.index(each.action))
        return _of_fields(fields, parts.notice)
    return _of_notice(parts.notice)


def _of_fields(fields: RecipientFields, notice: str) -> Verdict:
    recipient = fields.original or fields.final
    if fields.action in _HARMLESS:
        return Verdict("delivered", Cause.UNKNOWN, code_of_field(fields.status), recipient=recipient)
    comment = " ".join(re.findall(r"\(([^()]*)\)", fields.status))
    words = re.sub(r"^\s*[\w-]+\s*;", "", fields.diagnostic) or comment
    status = code_of_field(words) or code_of_field(fields.status)
    if is_vague(status) and not is_vague(stated := code_of_field(fields.status)):
        status = stated
    is_late = fields.action == "delayed" or (code_of_field(fields.status) or status).startswith("4")
    cause = _cause_of(words, status)
    if cause is Cause.UNKNOWN:
        # The fields say nothing; the notice may, in words of its own.
        cause = next((found for found, _, _ in _causes(_paragraphs(notice))), cause)
    is_forwarded = bool(fields.original and fields.final) and fields.original != fields.final
    return Verdict(
        "delayed" if is_late else "failed",
        cause,
        status,
        is_weak=is_forwarded
        or _is_contradicted(cause, status)
        or says(f"{words} {_about(notice, fields.final)}", AFTER_DATA),
        recipient=recipient,
        words=one_line(words or notice),
    )


def _of_notice(notice: str) -> Verdict:
    """Judge the words of a notice, paragraph by paragraph: the first that says a cause counts."""
    paragraphs = list(_paragraphs(notice))
    recipient = next((match[0].lower() for match in map(_ADDRESS.search, paragraphs) if match), "")
    found = next(_causes(paragraphs), None)
    cause, status, words = found or (Cause.UNKNOWN, code_of_words(notice), notice)
    reply_class = status[:1] or class_of_reply(words)
    is_late = reply_class == "4" or (reply_class != "5" and says(notice[:2000], DELAY))
    return Verdict(
        "delayed" if is_late else "failed",
        cause,
        status,
        is_weak=_is_contradicted(cause, status) or says(words, AFTER_DATA),
        recipient=recipient,
        words=one_line(words),
    )


_ADDRESS: Final = re.compile(r"(?<![\w.+=-])[\w.+=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def _causes(paragraphs: Iterable[str]) -> Iterator[tuple[Cause, str, str]]:
    for paragraph in paragraphs:
        status = code_of_words(paragraph)
        cause = _cause_of(paragraph, status)
        if cause is not Cause.UNKNOWN:
            yield cause, status, paragraph


def _cause_of(words: str, status: str) -> Cause:
    """Return what a server's words and its code say together.

    A mailbox that is disabled is one that exists, though many servers add the code of a missing recipient.
    """
    if says(words, OF_SENDER):
        return Cause.SENDER
    for cause in _BEATS_CODES:
        if says(words, cause):
            return cause
    party = party_of(status)
    if is_vague(status) and says(words, Cause.RECIPIENT_GONE):
        party = Cause.RECIPIENT_GONE
        if says(words, Cause.DOMAIN_GONE):
            return Cause.DOMAIN_GONE
    if (party is Cause.RECIPIENT_GONE or is_vague(status)) and says(words, Cause.MAILBOX_DISABLED):
        return Cause.MAILBOX_DISABLED
    if party is not Cause.UNKNOWN:
        return party
    return next((cause for cause in _WITHOUT_CODE if says(words, cause)), Cause.UNKNOWN)


def _is_contradicted(cause: Cause, status: str) -> bool:
    """Return whether words say that the recipient is gone, and the code that the way there is at fault."""
    return cause is Cause.RECIPIENT_GONE and party_of(status) is Cause.ROUTE


def _paragraphs(notice: str) -> Iterator[str]:
    yield from (each for each in re.split(r"\n\s*\n", notice) if each.strip())


def _about(notice: str, address: str) -> str:
    """Return the paragraph of a notice that names an address."""
    return next((each for each in _paragraphs(notice) if address and address in each.lower()), "")
