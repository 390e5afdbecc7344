"""When a deferred delivery is attempted again: after growing pauses, and a limited number of times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.delivery.ledger.states import State

if TYPE_CHECKING:
    from pipeline.delivery.sending.transport import Reply

PAUSES: Final = (300.0, 900.0, 3600.0, 14_400.0, 43_200.0)
"""Seconds before the second attempt, the third, and so on (RFC 5321, 4.5.4.1)."""

_MAILBOX_FULL: Final = "5.2.2"
_EXCEEDED_STORAGE: Final = 552


def state_after(reply: Reply, attempts: int) -> tuple[State, float]:
    """Return the state a delivery gets, and the seconds until its next attempt.

    A full mailbox (552 5.2.2) counts as temporary although its code is permanent.

    Args:
        reply: Reply to RCPT or to the end of data.
        attempts: Number of attempts, including this one.
    """
    if reply.is_success:
        return State.SENT, 0
    is_full = reply.code == _EXCEEDED_STORAGE and reply.enhanced == _MAILBOX_FULL
    if (reply.is_temporary or is_full) and attempts <= len(PAUSES):
        return State.DEFERRED, PAUSES[attempts - 1]
    return State.FAILED, 0
