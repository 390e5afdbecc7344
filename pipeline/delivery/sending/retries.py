"""When a deferred delivery is attempted again: after growing pauses, and a limited number of times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.delivery.ledger.states import Event

if TYPE_CHECKING:
    from pipeline.delivery.sending.transport import Reply

PAUSES: Final = (300.0, 900.0, 3600.0, 14_400.0, 43_200.0)
"""Seconds before the second attempt, the third, and so on (RFC 5321, 4.5.4.1)."""

_MAILBOX_FULL: Final = "5.2.2"
_EXCEEDED_STORAGE: Final = 552


def event_of(reply: Reply, attempts: int) -> Event:
    """Return what a reply to the end of data, or one to RCPT that is no success, means for a delivery.

    A full mailbox (552 5.2.2) counts as temporary although its code is permanent. What is no reply leaves
    open whether the server has the message.

    Args:
        reply: The reply.
        attempts: Number of attempts, including this one.
    """
    if not reply.is_final:
        return Event.UNANSWERED
    if reply.is_success:
        return Event.ACCEPTED
    is_full = reply.code == _EXCEEDED_STORAGE and reply.enhanced == _MAILBOX_FULL
    if (reply.is_temporary or is_full) and attempts <= len(PAUSES):
        return Event.PUT_OFF
    return Event.REFUSED


def pause_after(event: Event, attempts: int) -> float:
    """Return the seconds until the next attempt; 0 if there is none."""
    return PAUSES[attempts - 1] if event is Event.PUT_OFF else 0
