"""States of a delivery, and which may follow which.

    queued ─► sending ─► dot ─► sent
      ▲          │        ├───► deferred ─► sending …
      └──────────┤        ├───► failed
                 │        └───► unknown
                 └─► deferred, failed

A server is responsible for a message once it has answered the end of data, the line with a lone dot
(RFC 5321, 4.1.1.4 and 6.1). If the connection or our process dies between that line and the answer, nobody
can know whether the message was accepted: only then is a delivery `unknown`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """State of a delivery; the values are stored in the ledger."""

    QUEUED = "queued"
    SENDING = "sending"
    END_OF_DATA = "dot"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


TRANSITIONS: Final = {
    State.QUEUED: {State.SENDING, State.WITHDRAWN},
    State.SENDING: {State.END_OF_DATA, State.QUEUED, State.DEFERRED, State.FAILED},
    State.END_OF_DATA: {State.SENT, State.DEFERRED, State.FAILED, State.UNKNOWN},
    State.DEFERRED: {State.SENDING, State.QUEUED, State.FAILED, State.WITHDRAWN},
    State.FAILED: {State.QUEUED, State.WITHDRAWN},
    State.UNKNOWN: {State.QUEUED, State.SENT},
    State.SENT: set(),
    State.WITHDRAWN: set(),
}
"""States that may follow each state; only an explicit command leads out of `failed` and `unknown`."""

OPEN: Final = (State.QUEUED, State.DEFERRED)
"""States in which a message is still to be sent."""


def predecessors(state: State) -> tuple[State, ...]:
    """Return the states from which a state may be entered."""
    return tuple(earlier for earlier, later in TRANSITIONS.items() if state in later)
