"""States of a delivery, and what each event makes of each: the one table that the ledger goes by.

    queued ─► sending ─► dot ─► sent
      ▲          │        ├───► deferred ─► sending …
      └──────────┤        ├───► failed
                 │        └───► unknown
                 └─► deferred, failed

A server is responsible for a message once it has answered the end of data, the line with a lone dot
(RFC 5321, 4.1.1.4 and 6.1). If the connection or our process dies between that line and the answer, nobody
can know whether the message was accepted: only then is a delivery `unknown`.

Three rules complete the table (`docs/mail-states.md` shows both):

- No event leads a suppressed recipient into a state in which something would be sent (`GOING`): the delivery
  becomes `withdrawn`. The ledger looks at the suppression in the transaction that changes the state, and the
  dot of a message is sent only after `dot` is committed; so whoever is suppressed before that is not written
  to.
- No event leads out of `withdrawn` and `cancelled`: nothing was sent, and a later mailing may queue it anew.
- An attempt whose delivery was withdrawn meanwhile goes on with nothing: its events come too late and stay
  without effect, so that they stop no mailing and change no other delivery.
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
    CANCELLED = "cancelled"


class Event(StrEnum):
    """What happens to a delivery."""

    BEGUN = "begun"
    """The message is about to be offered to the server."""
    ENDED = "ended"
    """All of the message was sent; the end of data is about to be sent."""
    ACCEPTED = "accepted"
    """The server answers the end of data with 2xx."""
    PUT_OFF = "put off"
    """The server answers RCPT or the end of data with 4xx, or says that the mailbox is full."""
    REFUSED = "refused"
    """The server answers either with 5xx, or has put it off too often."""
    UNANSWERED = "unanswered"
    """After the end of data the connection is lost, or what comes is no reply."""
    BROKEN_OFF = "broken off"
    """The attempt ends before the end of data, without a reply about the recipient."""
    KILLED = "killed"
    """The next process finds what a killed one left."""
    SUPPRESSED = "suppressed"
    """The recipient unsubscribes, complains or proves unreachable."""
    FORGOTTEN = "forgotten"
    """The recipient is forgotten: suppressed for ever, and all else about them erased."""
    RESUMED = "resumed"
    """The office resumes the mailing."""
    RETRIED = "retried"
    """The office has those tried again whom the server refused."""
    CANCELLED = "cancelled"
    """The office cancels the mailing."""
    CLOCK_SET = "clock set"
    """The clock was ahead and is right again; what was due in the future is due after its pause."""
    FOUND_SENT = "found sent"
    """The office found out that the recipient has the message."""
    FOUND_MISSING = "found missing"
    """The office found out that the recipient does not have it."""


_STAYS: Final = "="
_IMPOSSIBLE: Final = "!"

_GRID: Final = """
                queued     sending    dot      sent  deferred   failed  unknown  withdrawn  cancelled
begun           sending    !          !        !     sending    !       !        =          !
ended           !          dot        !        !     !          !       !        =          !
accepted        !          !          sent     !     !          !       !        !          !
put-off         !          deferred   deferred !     !          !       !        =          !
refused         !          failed     failed   !     !          !       !        =          !
unanswered      !          !          unknown  !     !          !       !        !          !
broken-off      !          queued     !        !     !          !       !        =          !
killed          =          queued     unknown  =     =          =       =        =          =
suppressed      withdrawn  withdrawn  =        =     withdrawn  =       =        =          =
forgotten       withdrawn  withdrawn  =        =     withdrawn  =       =        =          =
resumed         =          =          =        =     =          =       =        =          =
retried         =          =          =        =     =          queued  =        =          =
cancelled       cancelled  cancelled  =        =     cancelled  =       =        =          =
clock-set       =          =          =        =     =          =       =        =          =
found-sent      !          !          !        !     !          !       sent     !          !
found-missing   !          !          !        !     !          !       queued   !          !
"""
"""What an event makes of a state: another state, nothing (`=`), or it cannot happen there (`!`)."""


def _read(grid: str) -> dict[Event, dict[State, State | None]]:
    head, *rows = (line.split() for line in grid.strip().splitlines())
    states = [State(name) for name in head]
    table: dict[Event, dict[State, State | None]] = {}
    for name, *cells in rows:
        table[Event(name.replace("-", " "))] = {
            state: None if cell == _IMPOSSIBLE else state if cell == _STAYS else State(cell)
            for state, cell in zip(states, cells, strict=True)
        }
    return table


TABLE: Final = _read(_GRID)
"""The state that follows each state on each event; None where the event cannot happen there."""

OPEN: Final = (State.QUEUED, State.DEFERRED)
"""States in which a message is still to be sent."""

GOING: Final = (*OPEN, State.SENDING, State.END_OF_DATA)
"""States that are not settled: something will be sent, or is being sent."""

UNTOUCHED: Final = (State.WITHDRAWN, State.CANCELLED)
"""States in which no server has the message, and none gets it: the recipient may be queued anew."""


def changes(event: Event) -> dict[State, State]:
    """Return the states an event changes, each with the state that follows."""
    return {state: after for state, after in TABLE[event].items() if after is not None and after is not state}


def after(state: State, event: Event, *, is_suppressed: bool = False) -> State | None:
    """Return the state that follows a state on an event; None if the event cannot happen there.

    Args:
        state: The present state.
        event: What happens.
        is_suppressed: Whether the recipient gets nothing more.
    """
    following = TABLE[event][state]
    changed = following is not None and following is not state
    return State.WITHDRAWN if changed and is_suppressed and following in GOING else following
