"""Dispatcher: sends a mailing message by message, so that a crash loses and doubles nothing.

For each delivery: commit `sending`; send envelope and data; commit `dot`; send the end of data; commit the
outcome. After a crash at any point the ledger shows what to do: `sending` is queued again, for no server has
the message; `dot` becomes unknown and is reported to the office, never sent again automatically.

Whoever is suppressed by another process meanwhile is withdrawn in the ledger; the attempt, if one has begun,
is broken off before its end of data, and the next member follows.
"""

from __future__ import annotations

import re
import time
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.ledger.records import Delivery, DeliveryOutcome
from pipeline.delivery.ledger.states import Event, State
from pipeline.delivery.sending.retries import PAUSES, event_of, pause_after
from pipeline.delivery.sending.throttle import waiting_time
from pipeline.delivery.sending.transport import (
    ConnectionLostError,
    DataRefusedError,
    Reply,
    ReplyLostError,
    Step,
    UnusableServerError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.delivery.ledger.ledger import Ledger
    from pipeline.delivery.ledger.records import Mailing
    from pipeline.delivery.sending.throttle import Window
    from pipeline.delivery.sending.transport import Transport

MOST_EQUAL_REFUSALS: Final = 5
"""Equal permanent refusals in a row after which the sender must be the cause, and not the recipients."""

MOST_FAILURES: Final = 3
"""Messages in a row that may fail without a reply about their recipient."""

_RECONNECT_PAUSES: Final = (0.0, 10.0)
"""Seconds before connecting again after the first and the second lost connection."""

_REPORTED_WAIT: Final = 5.0
"""Seconds; shorter waits are not reported."""

_POLL: Final = 1.0
"""Seconds a wait lasts before `should_stop` is asked again."""


class Ending(StrEnum):
    """Why sending ended."""

    DONE = "done"
    WAITING = "waiting"
    INTERRUPTED = "interrupted"
    STOPPED = "stopped"
    REFUSED = "refused"


class MailingResult(NamedTuple):
    """How sending ended.

    Args:
        ending: Why it ended.
        due: When the next message may be sent, in seconds since 1970; 0 if none waits.
        error: The error that stopped it, or None.
        reply: The reply that came too often in a row, or None.
    """

    ending: Ending
    due: float = 0
    error: UnusableServerError | ConnectionLostError | DataRefusedError | None = None
    reply: Reply | None = None


class OutgoingMessage(NamedTuple):
    """Message to one recipient.

    Args:
        sender: Envelope sender.
        data: Complete message, with lines ended by CRLF.
    """

    sender: str
    data: bytes


def _never() -> bool:
    return False


@dataclass
class Dispatcher:
    """Sends the deliveries of a mailing that are due.

    Args:
        ledger: Open ledger, in which every step is recorded.
        transport: Transport to the server.
        build: Returns the message of a delivery.
        windows: Limits of the throttle.
        patience: Seconds to wait for the next message; sending ends if it is due later.
        on_progress: Called after each message with the number of those done.
        on_wait: Called once for each longer wait, with its end in seconds since 1970.
        should_stop: Called between messages; true ends sending.
        on_its_way: Called with true before a message is sent, and with false once its outcome is recorded.
        clock: Returns the present moment in seconds since 1970.
        sleep: Waits for a number of seconds.
    """

    ledger: Ledger
    transport: Transport
    build: Callable[[Delivery], OutgoingMessage]
    windows: tuple[Window, ...] = ()
    patience: float = 0
    on_progress: Callable[[int], None] = lambda _: None
    on_wait: Callable[[float], None] = lambda _: None
    should_stop: Callable[[], bool] = _never
    on_its_way: Callable[[bool], None] = lambda _: None
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    _refusals: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_EQUAL_REFUSALS))
    _failures: int = 0
    _reported_until: float = 0
    _outcome: DeliveryOutcome | None = None

    def send(self, mailing: Mailing) -> MailingResult:
        """Send what is due of a mailing, and return why sending ended.

        Raises:
            DeliveryError: The ledger cannot be written; its states are still correct.
        """
        done = 0
        try:
            while isinstance(delivery := self._next(mailing), Delivery):
                self.on_its_way(True)  # noqa: FBT003 - the only thing it is told
                result = self._attempt(delivery)
                if self._outcome is not None:
                    done += 1
                    self.on_progress(done)
                if result is not None:
                    return result
            return delivery
        finally:
            # The last outcome is recorded whatever ends the loop.
            self._settle()

    def _next(self, mailing: Mailing) -> Delivery | MailingResult:
        """Wait for the next delivery and begin it, or return why there is none."""
        while not self.should_stop():
            now = self.clock()
            delivery = self.ledger.next_due(mailing.id, now)
            if delivery is None:
                # The delivery just attempted may be the next that is due.
                self._settle()
                due = self.ledger.earliest(mailing.id)
                if due is None:
                    return MailingResult(Ending.DONE)
                wait = due - now
            else:
                wait = waiting_time(self.ledger, self.windows, now)
                if wait <= 0:
                    begun = self._begin(delivery)
                    if begun is None:
                        continue
                    return begun
            self._settle()
            if self.ledger.heed_clock(now, PAUSES):
                continue
            if wait > self.patience:
                return MailingResult(Ending.WAITING, due=now + wait)
            self._report_wait(now + wait, wait)
            self.sleep(min(max(wait, 0.01), _POLL))
        return MailingResult(Ending.INTERRUPTED)

    def _report_wait(self, until: float, wait: float) -> None:
        if wait > _REPORTED_WAIT and until > self._reported_until + _REPORTED_WAIT:
            self._reported_until = until
            self.on_wait(until)

    def _begin(self, delivery: Delivery) -> Delivery | MailingResult | None:
        """Connect if needed, and record the last outcome and the start of this attempt in one commit.

        Returns:
            The delivery; None if its recipient was suppressed meanwhile; or why sending ends.
        """
        if not self.transport.is_ready:
            self._settle()
            try:
                self.transport.connect()
            except UnusableServerError as error:
                return MailingResult(Ending.STOPPED, error=error)
            if self.should_stop():
                return MailingResult(Ending.INTERRUPTED)
        outcome, self._outcome = self._outcome, None
        if not self.ledger.settle_and_begin(outcome, delivery):
            return None
        return delivery._replace(state=State.SENDING, attempts=delivery.attempts + 1)

    def _settle(self) -> None:
        outcome, self._outcome = self._outcome, None
        if outcome is not None:
            self.ledger.settle_and_begin(outcome, None)
        self.on_its_way(False)  # noqa: FBT003 - as above

    def _attempt(self, delivery: Delivery) -> MailingResult | None:
        """Send one message and keep its outcome; return a result if sending must end."""
        try:
            reply = self._sent(delivery)
        except (ConnectionLostError, DataRefusedError, UnusableServerError) as error:
            self.ledger.record(delivery, Event.BROKEN_OFF)
            return self._after_failure(error)
        self._failures = 0
        if reply is None:
            # The server waits for the rest of a message that it must not get.
            self.transport.drop()
            return None
        event = event_of(reply, delivery.attempts) if isinstance(reply, Reply) else Event.UNANSWERED
        if event is Event.UNANSWERED:
            self.transport.drop()
        self._outcome = self._outcome_of(delivery, event, reply)
        if isinstance(reply, Reply) and self._is_repeated_refusal(event, reply):
            return MailingResult(Ending.REFUSED, reply=reply)
        return None

    def _after_failure(
        self, error: ConnectionLostError | DataRefusedError | UnusableServerError
    ) -> MailingResult | None:
        """Return a result if sending must end after a failure that is not about a recipient."""
        if isinstance(error, UnusableServerError):
            return MailingResult(Ending.STOPPED, error=error)
        if isinstance(error, ConnectionLostError):
            self.transport.drop()
        self._failures += 1
        if self._failures >= MOST_FAILURES:
            return MailingResult(Ending.STOPPED, error=error)
        if isinstance(error, ConnectionLostError):
            self.sleep(_RECONNECT_PAUSES[self._failures - 1])
        return None

    def _sent(self, delivery: Delivery) -> Reply | ReplyLostError | None:
        """Send one message, and return the last reply; None if its recipient was suppressed meanwhile."""
        message = self.build(delivery)
        reply = self.transport.send_envelope(message.sender, delivery.address or "", len(message.data))
        if not reply.is_final:
            raise ConnectionLostError(Step.RCPT, str(reply))
        if not reply.is_success:
            return reply
        self.transport.send_data(message.data)
        if not self.ledger.begin_end_of_data(delivery, self.clock()):
            return None
        try:
            return self.transport.end_data()
        except ReplyLostError as error:
            return error

    def _outcome_of(self, delivery: Delivery, event: Event, reply: Reply | ReplyLostError) -> DeliveryOutcome:
        pause = pause_after(event, delivery.attempts)
        due = self.clock() + pause if pause else 0
        return DeliveryOutcome(delivery, event, redacted(reply, delivery.address or ""), due)

    def _is_repeated_refusal(self, event: Event, reply: Reply) -> bool:
        """Return whether a reply is the last of `MOST_EQUAL_REFUSALS` equal refusals in a row."""
        if event is not Event.REFUSED:
            self._refusals.clear()
            return False
        self._refusals.append(f"{reply.code} {reply.enhanced}")
        return len(self._refusals) == MOST_EQUAL_REFUSALS and len(set(self._refusals)) == 1


def redacted(reply: Reply | ReplyLostError, address: str) -> str:
    """Return what a server said without the recipient's address, which servers often repeat.

    Code and enhanced status code stay, whatever digits the address has.
    """
    code, text = (f"{reply.code} ", reply.text) if isinstance(reply, Reply) else ("", str(reply))
    if isinstance(reply, Reply) and reply.enhanced:
        code, text = code + reply.enhanced, text[len(reply.enhanced) :]
    for part in (address, address.partition("@")[0]):
        if part:
            text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "…", text, flags=re.IGNORECASE)
    return (code + text).strip()
