"""The states of a promise: what one member is to have of one filing, and what became of it.

    queued ─► sending ─► dot ─► sent
      ▲          │        ├───► deferred ─► sending …
      └──────────┤        ├───► failed
                 │        └───► unknown
                 └─► deferred, failed

SMTP makes a message the server's from the moment it has answered the lone dot that ends it (RFC 5321, 4.1.1.4
and 6.1). Who dies between the dot and the answer cannot know; that alone is `unknown`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """What became of a promise so far."""

    QUEUED = "queued"
    SENDING = "sending"
    DOT = "dot"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


FOLLOWS: Final = {
    State.QUEUED: {State.SENDING, State.WITHDRAWN},
    State.SENDING: {State.DOT, State.QUEUED, State.DEFERRED, State.FAILED},
    State.DOT: {State.SENT, State.DEFERRED, State.FAILED, State.UNKNOWN},
    State.DEFERRED: {State.SENDING, State.QUEUED, State.FAILED, State.WITHDRAWN},
    State.FAILED: {State.QUEUED, State.WITHDRAWN},
    State.UNKNOWN: {State.QUEUED, State.SENT},
    State.SENT: set(),
    State.WITHDRAWN: set(),
}
"""What may follow each; the officer alone leads out of `failed` and `unknown`."""

OPEN: Final = (State.QUEUED, State.DEFERRED)
"""What a run may still send."""


def before(state: State) -> tuple[State, ...]:
    """Return the states that may come before one."""
    return tuple(earlier for earlier, later in FOLLOWS.items() if state in later)
