"""A transport for tests that follows a script, and counts the messages it accepts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Self

from pipeline.delivery.sending.transport import Reply, Step

if TYPE_CHECKING:
    from collections.abc import Callable

OK = Reply(250, "2.0.0 ok")
END_OF_DATA = "end of data"

if TYPE_CHECKING:
    Script = Callable[[Step | str, str], Reply | Exception | None]


class Killed(BaseException):
    """The process is killed."""


class Scripted:
    """A transport that follows a script for each step and recipient, and counts the messages it accepts."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.taken: Counter[str] = Counter()
        self.connections = 0
        self.is_ready = False
        self._to = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()

    def _asked(self, step: Step) -> Reply:
        answer = self._script(step, self._to)
        if isinstance(answer, Exception):
            raise answer
        return answer or OK

    def connect(self) -> None:
        self._asked(Step.CONNECT)
        self.connections += 1
        self.is_ready = True

    def send_envelope(self, sender: str, recipient: str, size: int) -> Reply:
        assert "@" in sender
        assert size
        self._to = recipient
        self._asked(Step.MAIL)
        return self._asked(Step.RCPT)

    def send_data(self, message: bytes) -> None:
        assert message
        self._asked(Step.DATA)
        self._asked(Step.BODY)

    def end_data(self) -> Reply:
        answer = self._script(END_OF_DATA, self._to)
        if answer is None or (isinstance(answer, Reply) and answer.is_success):
            self.taken[self._to] += 1
        if isinstance(answer, Exception):
            raise answer
        return answer or OK

    def drop(self) -> None:
        self.is_ready = False
