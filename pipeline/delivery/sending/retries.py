"""When to offer again what a server would not take yet: after growing pauses, and not for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.delivery.ledger.states import State

if TYPE_CHECKING:
    from pipeline.delivery.sending.transport import Reply

PAUSES: Final = (300.0, 900.0, 3600.0, 14_400.0, 43_200.0)
"""Seconds before the second try, the third, and so on (RFC 5321, 4.5.4.1)."""

_FULL: Final = "5.2.2"
_TOO_MUCH: Final = 552


def outcome(reply: Reply, tries: int) -> tuple[State, float]:
    """Return what an answer makes of a promise, and after how many seconds it may be offered again.

    A full mailbox (552 5.2.2) is answered as if for good, and is emptied one day.

    Args:
        reply: To RCPT or to the dot.
        tries: How often it was offered, this time counted.
    """
    if reply.is_good:
        return State.SENT, 0
    passes = reply.is_passing or (reply.code == _TOO_MUCH and reply.enhanced == _FULL)
    if passes and tries <= len(PAUSES):
        return State.DEFERRED, PAUSES[tries - 1]
    return State.FAILED, 0
