"""Enhanced status codes of mail servers, by the party they speak of (RFC 3463 and the IANA registry).

Only a registered code is a code: “5.1.24” in a text is a date or a number of a section.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Cause(StrEnum):
    """Why a message came back, by the party at fault; the values are stored in the ledger."""

    RECIPIENT_GONE = "recipient-gone"
    DOMAIN_GONE = "domain-gone"
    MAILBOX_DISABLED = "mailbox-disabled"
    MAILBOX_FULL = "mailbox-full"
    SENDER = "sender"
    MESSAGE = "message"
    ROUTE = "route"
    UNKNOWN = "unknown"


_GONE = Cause.RECIPIENT_GONE
_DOMAIN = Cause.DOMAIN_GONE
_SENDER = Cause.SENDER
_MESSAGE = Cause.MESSAGE
_ROUTE = Cause.ROUTE
_UNKNOWN = Cause.UNKNOWN

_PARTIES: Final = {
    # X.1: addresses (RFC 3463, 3.2; RFC 7505, 4.2).
    "1.0": _UNKNOWN,
    "1.1": _GONE,
    "1.2": _DOMAIN,
    "1.3": _GONE,
    "1.4": Cause.MAILBOX_DISABLED,
    "1.5": _UNKNOWN,
    "1.6": _GONE,
    "1.7": _SENDER,
    "1.8": _SENDER,
    "1.9": _UNKNOWN,
    "1.10": _DOMAIN,
    # X.2: mailboxes (RFC 3463, 3.3).
    "2.0": _UNKNOWN,
    "2.1": Cause.MAILBOX_DISABLED,
    "2.2": Cause.MAILBOX_FULL,
    "2.3": _MESSAGE,
    "2.4": _ROUTE,
    # X.3: systems of mail (3.4).
    "3.0": _UNKNOWN,
    "3.1": Cause.MAILBOX_FULL,
    "3.2": _ROUTE,
    "3.3": _ROUTE,
    "3.4": _MESSAGE,
    "3.5": _ROUTE,
    "3.6": _ROUTE,
    # X.4: network and routing (3.5).
    "4.0": _ROUTE,
    "4.1": _ROUTE,
    "4.2": _ROUTE,
    "4.3": _ROUTE,
    "4.4": _DOMAIN,
    "4.5": _ROUTE,
    "4.6": _ROUTE,
    "4.7": _ROUTE,
    # X.5: protocol (3.6; RFC 4954; RFC 5321).
    **{f"5.{detail}": _UNKNOWN for detail in range(7)},
    # X.6: content (3.7; RFC 4468, RFC 6531).
    **{f"6.{detail}": _MESSAGE for detail in range(11)},
    # X.7: policy (3.8; RFC 7293 for .17 and .18; RFC 7372 for .20 to .26; RFC 8616; RFC 8689).
    **{f"7.{detail}": _SENDER for detail in range(31)},
    "7.17": _GONE,
    "7.18": _DOMAIN,
}

_VAGUE: Final = {"0.0", "1.0", "1.10", "2.0", "3.0", "4.0", "4.1", "7.0", "7.1"}
"""Codes that some servers give for anything; words on a missing recipient are better evidence.

5.1.10 is a domain that takes no mail (RFC 7505), and with Exchange a missing recipient; so is
5.4.1, otherwise a host that does not answer.
"""

_EXCHANGE: Final = {
    "1.350": _GONE,
    "1.351": _GONE,
    "2.121": _SENDER,
    "2.122": _SENDER,
    "4.310": _DOMAIN,
    "4.316": _ROUTE,
    **{f"7.{detail}": _SENDER for detail in range(100, 800)},
}
"""Codes of Exchange that are not registered, by its documentation."""

_CODE: Final = re.compile(r"(?<![\d.])(?<!\d{4}-)([245])\.(\d{1,3}\.\d{1,3})(?![\d.]*\d|-\d)")
_CODE_OF_SERVER: Final = re.compile(
    r"(?:\b[245]\d\d[ \-]+|[#(<:]\s*#?|\b(?:status|code|error|грешка|код)\W{1,3})"
    r"([245])\.(\d{1,3}\.\d{1,3})(?![\d.]*\d|-\d)",
    re.IGNORECASE,
)
_REPLY: Final = re.compile(
    r"(?<![\d.,:/])([45])[0-5]\d(?=[ \-](?![\d.]+\s*(?:kb|mb|bytes|%)))", re.IGNORECASE
)


def party_of(code: str) -> Cause:
    """Return the party a code speaks of; `Cause.UNKNOWN` where it speaks of none.

    Args:
        code: Enhanced status code, as `5.1.1`; or empty.
    """
    detail = code.partition(".")[2]
    return _PARTIES.get(detail) or _EXCHANGE.get(detail) or Cause.UNKNOWN


def is_vague(code: str) -> bool:
    """Return whether words on a missing recipient are better evidence than a code, or there is no code."""
    detail = code.partition(".")[2]
    return not code or detail in _VAGUE or detail.startswith("5.")


def code_of_field(text: str) -> str:
    """Return the first registered code of a field that holds nothing but a server's words; or empty."""
    return _registered(_CODE, text)


def code_of_words(text: str) -> str:
    """Return the first registered code that stands where servers put one: after a reply, “#” or “status”."""
    return _registered(_CODE_OF_SERVER, text)


def class_of_reply(text: str) -> str:
    """Return `4` or `5`, the class of the first reply of a server within a text (RFC 5321, 4.2); or empty."""
    match = _REPLY.search(text)
    return match[1] if match else ""


def _registered(pattern: re.Pattern[str], text: str) -> str:
    for match in pattern.finditer(text):
        detail = ".".join(str(int(part)) for part in match[2].split("."))
        if detail in _PARTIES or detail in _EXCHANGE or detail.endswith("0.0") or detail == "0.0":
            return f"{match[1]}.{detail}"
    return ""
