"""Dispatch: a run, message by message, by the dot protocol.

    commit `sending`, offer the recipient, pour the message; commit `dot`, give the dot; commit the answer

Killed at any point, what stands in the ledger tells what to do: `sending` is queued again, for no server has
it; `dot` is unknown, and is named to the officer. Nothing is lost, and nothing is doubled by itself.
"""

from __future__ import annotations

import re
import time
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.ledger.ledger import Promise
from pipeline.delivery.ledger.states import State
from pipeline.delivery.sending.retries import outcome
from pipeline.delivery.sending.throttle import pause
from pipeline.delivery.sending.transport import AnswerLost, BodyRefused, CourierDropped, CourierStopped, Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.delivery.ledger.ledger import Ledger, Run
    from pipeline.delivery.sending.transport import Courier

MOST_ALIKE: Final = 5
"""Equal refusals one after the other that are about us, and not about five members."""

MOST_FAILURES: Final = 3
"""Messages that may fail one after the other without an answer about a member."""

_PAUSES: Final = (0.0, 10.0)
"""Seconds before a connection that ended is made again."""


_NOTICED: Final = 5.0
"""Seconds after which one wonders whether anything goes on."""


class Ending(StrEnum):
    """Why a run ended."""

    DONE = "done"
    WAITING = "waiting"
    INTERRUPTED = "interrupted"
    STOPPED = "stopped"
    REFUSED = "refused"


class Delivered(NamedTuple):
    """How a run ended.

    Args:
        ending: Why.
        due: When the next message may go, in seconds since 1970; 0 where none waits.
        stopped: What stopped it, or None.
        reply: The answer that came too often, or None.
    """

    ending: Ending
    due: float = 0
    stopped: CourierStopped | CourierDropped | BodyRefused | None = None
    reply: Reply | None = None


class Parcel(NamedTuple):
    """What goes to one recipient.

    Args:
        sender: The envelope's sender.
        message: The whole message, with CRLF.
    """

    sender: str
    message: bytes


_Answered = tuple[Promise, State, str, float]
"""A promise, what became of it, what the server answered, and when it may be offered again."""


def _never() -> bool:
    return False


@dataclass
class Dispatch:
    """A run on its way.

    Args:
        ledger: Where all is written.
        courier: Who takes it to the server.
        parcel: Makes what goes to one recipient.
        windows: Seconds, and how many messages each may hold.
        patience: Seconds a run waits at a stretch; for what is due later it ends.
        told: Hears of every message: how many are done.
        waiting: Hears until when the run waits, in seconds since 1970, once for each wait.
        is_over: Whether somebody wants the run to end; asked between messages.
        clock: Seconds since 1970.
        sleep: Waits so many seconds.
    """

    ledger: Ledger
    courier: Courier
    parcel: Callable[[Promise], Parcel]
    windows: tuple[tuple[float, int], ...] = ()
    patience: float = 0
    told: Callable[[int], None] = lambda _: None
    waiting: Callable[[float], None] = lambda _: None
    is_over: Callable[[], bool] = _never
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    _alike: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_ALIKE))
    _failures: int = 0
    _until: float = 0
    _answered: _Answered | None = None

    def send(self, run: Run) -> Delivered:
        """Send what a run holds.

        Raises:
            DeliveryError: The ledger cannot be written; what it holds is true.
        """
        done = 0
        try:
            while isinstance(promise := self._next(run), Promise):
                ending = self._one(promise)
                if ending is not None:
                    return ending
                if self._answered is None:
                    continue
                done += 1
                self.told(done)
                if reply := self._too_often(self._answered):
                    return Delivered(Ending.REFUSED, reply=reply)
            return promise
        finally:
            # The answer to the last one is not lost, whatever ends the run.
            self._settle()

    def _next(self, run: Run) -> Promise | Delivered:
        """Begin the next promise as soon as it may go; or say why there is none."""
        while not self.is_over():
            now = self.clock()
            promise = self.ledger.next_due(run.id, now)
            if promise is None:
                # What was answered last may itself be what is due next.
                self._settle()
                due = self.ledger.earliest(run.id)
                if due is None:
                    return Delivered(Ending.DONE)
                wait = due - now
            else:
                wait = pause(self.ledger, self.windows, now)
                if wait <= 0:
                    return self._begun(promise)
            self._settle()
            if wait > self.patience:
                return Delivered(Ending.WAITING, due=now + wait)
            self._tell(now + wait, wait)
            # In steps, so that Ctrl-C is heard.
            self.sleep(min(max(wait, 0.01), 1.0))
        return Delivered(Ending.INTERRUPTED)

    def _tell(self, until: float, wait: float) -> None:
        """Say until when the run waits, where somebody would wonder and was not told yet."""
        if wait > _NOTICED and until > self._until + _NOTICED:
            self._until = until
            self.waiting(until)

    def _begun(self, promise: Promise) -> Promise | Delivered:
        """Be connected, and write in one go what was answered last and that this one is on its way."""
        if not self.courier.is_ready:
            self._settle()
            try:
                self.courier.connect()
            except CourierStopped as error:
                return Delivered(Ending.STOPPED, stopped=error)
        answered, self._answered = self._answered, None
        self.ledger.settle_and_begin(answered, promise)
        return promise._replace(state=State.SENDING, tries=promise.tries + 1)

    def _settle(self) -> None:
        answered, self._answered = self._answered, None
        if answered is not None:
            self.ledger.settle_and_begin(answered, None)

    def _one(self, promise: Promise) -> Delivered | None:
        """Send one message; say why the run must end, if it must."""
        try:
            self._answered = self._carried(promise)
        except (CourierDropped, BodyRefused, CourierStopped) as error:
            self.ledger.move(promise, State.QUEUED)
            if isinstance(error, CourierStopped):
                return Delivered(Ending.STOPPED, stopped=error)
            if isinstance(error, CourierDropped):
                self.courier.drop()
            self._failures += 1
            if self._failures >= MOST_FAILURES:
                return Delivered(Ending.STOPPED, stopped=error)
            if isinstance(error, CourierDropped):
                self.sleep(_PAUSES[self._failures - 1])
            return None
        self._failures = 0
        return None

    def _carried(self, promise: Promise) -> _Answered:
        """Take one message to the server, and return what became of it."""
        address = promise.address or ""
        parcel = self.parcel(promise)
        reply = self.courier.address(parcel.sender, address, len(parcel.message))
        if reply.is_good:
            self.courier.pour(parcel.message)
            self.ledger.dot(promise, self.clock())
            try:
                reply = self.courier.dot()
            except AnswerLost as error:
                self.courier.drop()
                return promise, State.UNKNOWN, without(str(error), address), 0
        state, later = outcome(reply, promise.tries)
        return promise, state, without(str(reply), address), self.clock() + later if later else 0

    def _too_often(self, answered: _Answered) -> Reply | None:
        """Return an answer that came five times one after the other, and so is about us."""
        _, state, text, _ = answered
        if state is not State.FAILED:
            self._alike.clear()
            return None
        code, _, said = text.partition(" ")
        reply = Reply(int(code), said)
        self._alike.append(f"{reply.code} {reply.enhanced}")
        return reply if len(self._alike) == MOST_ALIKE and len(set(self._alike)) == 1 else None


def without(text: str, address: str) -> str:
    """Return what a server said without the address it said it of, which servers like to repeat."""
    for wanted in (address, address.partition("@")[0]):
        if wanted:
            text = re.sub(re.escape(wanted), "…", text, flags=re.IGNORECASE)
    return text


__all__ = ["Delivered", "Dispatch", "Ending", "Parcel", "without"]
