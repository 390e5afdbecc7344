"""When an address is sent nothing more, and when that many would be that the office is asked first.

An address that does not exist is withdrawn at the first report of it; one whose domain cannot take mail, or
of which a report is weak, at the second issue in a row, 7 days on; a mailbox that is full or disabled at the
third, 30 days on. What speaks of the sender, the message or the way there is never held against an address.
An issue that came through ends the row.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.returns.status_codes import Cause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pipeline.delivery.ledger.strikes import Strike

TIME_TO_RETURN: Final = dt.timedelta(days=14)
"""After so long without a report, a message came through."""

FEWEST_TO_ASK: Final = 3
SHARE_TO_ASK: Final = 0.05
"""A run that would withdraw more than so many, and more than this share of an issue's letters, asks first."""


class _Rule(NamedTuple):
    """How many issues in a row must come back, and over how long."""

    issues: int
    span: dt.timedelta


_AT_ONCE: Final = _Rule(1, dt.timedelta())
_SECOND: Final = _Rule(2, dt.timedelta(days=7))
_THIRD: Final = _Rule(3, dt.timedelta(days=30))


class Candidate(NamedTuple):
    """An address that is to be sent nothing more.

    Args:
        recipient: Identifier of the address.
        address: The address; None once it is erased.
        filing: Filing whose message came back last.
        words: The server's words.
    """

    recipient: str
    address: str | None
    filing: str
    words: str


def is_to_be_withdrawn(strikes: Sequence[Strike], sent: Sequence[tuple[str, str]], now: dt.datetime) -> bool:
    """Return whether the strikes against an address suffice.

    Args:
        strikes: All strikes against it.
        sent: Filing and beginning (ISO 8601) of every mailing of which a server took a message for it, oldest
            first.
        now: The present moment, with a time zone.
    """
    begun = {_issue(filing): dt.datetime.fromisoformat(moment) for filing, moment in reversed(sent)}
    struck: dict[str, list[_Rule]] = {}
    for strike in strikes:
        rule = _rule_of(strike)
        if rule is not None:
            struck.setdefault(_issue(strike.filing), []).append(rule)
    row: list[tuple[dt.datetime, _Rule]] = []
    for issue in sorted(
        begun.keys() | struck.keys(), key=lambda each: (begun.get(each, now), each), reverse=True
    ):
        if issue in struck:
            row.append((begun.get(issue, now), min(struck[issue])))
        elif now - begun[issue] > TIME_TO_RETURN:
            break
    return any(_holds(rule, row) for rule in (_AT_ONCE, _SECOND, _THIRD))


def needs_confirmation(candidates: Iterable[Candidate], letters_of: Callable[[str], int]) -> bool:
    """Return whether so many are to be withdrawn that a fault of ours, or of one server, is likelier.

    Args:
        candidates: Who is to be withdrawn.
        letters_of: Returns how many letters of a filing were queued.
    """
    found = list(candidates)
    of_filing = Counter(each.filing for each in found)
    if any(count > max(FEWEST_TO_ASK, SHARE_TO_ASK * letters_of(name)) for name, count in of_filing.items()):
        return True
    alike = Counter((_domain(each.address), _alike(each.words)) for each in found if each.address)
    return any(count >= FEWEST_TO_ASK for count in alike.values())


def _rule_of(strike: Strike) -> _Rule | None:
    match strike.cause:
        case Cause.RECIPIENT_GONE:
            return _SECOND if strike.is_weak else _AT_ONCE
        case Cause.DOMAIN_GONE:
            return _SECOND
        case Cause.MAILBOX_DISABLED | Cause.MAILBOX_FULL:
            return _THIRD
        case _:
            return None


def _holds(rule: _Rule, row: Sequence[tuple[dt.datetime, _Rule]]) -> bool:
    moments = [moment for moment, own in row if own <= rule]
    return len(moments) >= rule.issues and max(moments) - min(moments) >= rule.span


def _issue(filing: str) -> str:
    """Return the issue of a filing: a correction of it is no issue of its own."""
    return filing.partition("/")[0]


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _alike(words: str) -> str:
    """Return words without what differs from letter to letter."""
    return re.sub(r"[\W\d_]+|\b[0-9a-z]*\d[0-9a-z]*\b", " ", words.lower()).strip()
