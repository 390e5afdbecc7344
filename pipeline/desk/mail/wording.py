"""What becomes of letters, in words that every interface of the program uses."""

from __future__ import annotations

from typing import Final

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.states import State
from pipeline.findings.translatable import N_

STATES: Final = {
    State.SENT: N_("accepted by the server"),
    State.QUEUED: N_("still to go"),
    State.SENDING: N_("on its way"),
    State.END_OF_DATA: N_("on its way"),
    State.DEFERRED: N_("put off by the server, will be tried again"),
    State.FAILED: N_("refused by the server"),
    State.UNKNOWN: N_("unknown: the connection ended before the server answered"),
    State.WITHDRAWN: N_("withdrawn: unsubscribed before it went out"),
    State.CANCELLED: N_("cancelled: not sent"),
}
"""Words for the states; none says “delivered”, for a server's acceptance does not prove that."""

PURPOSES: Final = {
    Purpose.ISSUE: N_("issue"),
    Purpose.CORRECTION: N_("correction"),
    Purpose.REMINDER: N_("reminder"),
}

REASONS: Final = {
    "unsubscribed": N_("unsubscribed"),
    "complained": N_("complained"),
    "asked": N_("held back until you decide"),
    "bounced": N_("unreachable"),
    "forgotten": N_("forgotten"),
}
