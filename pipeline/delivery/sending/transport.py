"""A courier: who takes messages to a server. What it can answer, and how it can fail.

connecting, EHLO, TLS, AUTH, MAIL   CourierStopped: nobody's state changes, and the run ends
RCPT, the dot                       a Reply: it alone may change the state of one recipient
DATA refused                        BodyRefused: the recipient stays queued
the connection ends before the dot  CourierDropped: no server has the message
the connection ends after the dot   AnswerLost: nobody can know
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

_ENHANCED = re.compile(r"^([245]\.\d{1,3}\.\d{1,3})\b")


class Step(StrEnum):
    """Where in a conversation something happens."""

    LOOKUP = "lookup"
    CONNECT = "connect"
    GREETING = "greeting"
    TLS = "tls"
    CERTIFICATE = "certificate"
    AUTH = "auth"
    SIZE = "size"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BODY = "body"
    DOT = "dot"


class Reply(NamedTuple):
    """What a server answers (RFC 5321, 4.2).

    Args:
        code: Three digits.
        text: What it says, lines joined by a space.
    """

    code: int
    text: str

    @property
    def is_good(self) -> bool:
        """Whether it took what was offered."""
        return 200 <= self.code < 300  # noqa: PLR2004 - the first digit tells

    @property
    def is_passing(self) -> bool:
        """Whether it may take it later."""
        return 400 <= self.code < 500  # noqa: PLR2004 - likewise

    @property
    def enhanced(self) -> str:
        """The enhanced status code (RFC 3463), as `5.1.1`; empty where there is none."""
        fitting = _ENHANCED.match(self.text)
        return fitting[1] if fitting else ""

    def __str__(self) -> str:
        """Return it as the server wrote it."""
        return f"{self.code} {self.text}".strip()


class CourierStopped(Exception):  # noqa: N818 - it tells of a stop
    """The run must end here; everybody that is not done stays queued.

    Args:
        step: Where.
        problem: What the server or the system said.
    """

    def __init__(self, step: Step, problem: str) -> None:
        """Say where, and what."""
        super().__init__(f"{step}: {problem}")
        self.step = step
        self.problem = problem


class CourierDropped(Exception):  # noqa: N818 - likewise
    """The connection ended before the dot.

    Args:
        step: Where.
        problem: What the server or the system said.
    """

    def __init__(self, step: Step, problem: str) -> None:
        """Say where, and what."""
        super().__init__(f"{step}: {problem}")
        self.step = step
        self.problem = problem


class BodyRefused(Exception):  # noqa: N818 - likewise
    """The server refuses the command DATA."""

    def __init__(self, reply: Reply) -> None:
        """Say what it answered."""
        super().__init__(str(reply))
        self.reply = reply


class AnswerLost(Exception):  # noqa: N818 - likewise
    """The connection ended after the dot and before the answer."""


class Courier(Protocol):
    """Takes messages to a server, one after the other."""

    def __enter__(self) -> Self:
        """Begin; the connection is made when the first message goes."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take leave of the server."""

    @property
    def is_ready(self) -> bool:
        """Whether the next message can go without connecting anew."""

    def connect(self) -> None:
        """Be connected, verified and known to the server, if that is not so already.

        Raises:
            CourierStopped: It cannot be.
        """

    def address(self, sender: str, recipient: str, size: int) -> Reply:
        """Name sender and recipient, and return the answer to the recipient.

        Args:
            sender: The envelope's sender.
            recipient: The envelope's recipient.
            size: Of the message in bytes.

        Raises:
            CourierStopped: The server refuses the sender.
            CourierDropped: The connection ended.
        """

    def pour(self, message: bytes) -> None:
        """Give the whole message, but for the dot that makes it the server's.

        Raises:
            BodyRefused: The server does not want it.
            CourierDropped: The connection ended.
        """

    def dot(self) -> Reply:
        """Give the dot, and return the answer.

        Raises:
            AnswerLost: The connection ended.
        """

    def drop(self) -> None:
        """End the connection as it is; the next message makes a new one."""
