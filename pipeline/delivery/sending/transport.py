"""Transport: the interface through which messages are handed to a server, and how it can fail.

| where it fails | what is raised or returned | consequence |
|---|---|---|
| connecting, EHLO, TLS, AUTH, MAIL | `UnusableServerError` | no state changes; the mailing ends |
| RCPT, end of data | a `Reply` | it alone may change the state of a recipient |
| DATA | `DataRefusedError` | the recipient stays queued |
| connection lost before the end of data | `ConnectionLostError` | no server has the message |
| connection lost after the end of data, or a reply that is none | `ReplyLostError` | nobody can know |
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
    """Step of an SMTP session."""

    LOOKUP = "lookup"
    CONNECT = "connect"
    GREETING = "greeting"
    TLS = "tls"
    CERTIFICATE = "certificate"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BODY = "body"


class Reply(NamedTuple):
    """Reply of a server (RFC 5321, 4.2).

    Args:
        code: Three-digit reply code.
        text: Text of the reply, lines joined by a space.
    """

    code: int
    text: str

    @property
    def is_success(self) -> bool:
        """Whether the server accepted what was offered."""
        return 200 <= self.code < 300  # noqa: PLR2004 - the first digit decides

    @property
    def is_temporary(self) -> bool:
        """Whether the server may accept it later."""
        return 400 <= self.code < 500  # noqa: PLR2004 - likewise

    @property
    def is_final(self) -> bool:
        """Whether it says what became of what was offered: it is neither garbage nor intermediate."""
        return self.is_success or 400 <= self.code < 600  # noqa: PLR2004 - likewise

    @property
    def enhanced(self) -> str:
        """Enhanced status code (RFC 3463), as `5.1.1`; empty if the text has none."""
        match = _ENHANCED.match(self.text)
        return match[1] if match else ""

    def __str__(self) -> str:
        """Return code and text as the server wrote them."""
        return f"{self.code} {self.text}".strip()


class TransportError(Exception):
    """A message could not be handed over; the subclasses define the consequence for its recipient."""


class _StepError(TransportError):
    """Failure at a step of the session.

    Args:
        step: The step.
        problem: Reply of the server or error of the system.
    """

    def __init__(self, step: Step, problem: str) -> None:
        super().__init__(f"{step}: {problem}")
        self.step = step
        self.problem = problem


class UnusableServerError(_StepError):
    """The server cannot be used: the mailing must end, and all open deliveries stay queued."""


class ConnectionLostError(_StepError):
    """The connection was lost before the end of data: no server has the message."""


class DataRefusedError(TransportError):
    """The server refuses the DATA command.

    Args:
        reply: Its reply.
    """

    def __init__(self, reply: Reply) -> None:
        """Keep the reply."""
        super().__init__(str(reply))
        self.reply = reply


class ReplyLostError(TransportError):
    """The connection was lost between the end of data and its reply: the outcome is unknown."""


class Transport(Protocol):
    """Hands messages to a server, one after the other.

    For each message `connect`, `send_envelope`, `send_data` and `end_data` are called in this order.
    """

    def __enter__(self) -> Self:
        """Return the transport; it connects with the first message."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the session (QUIT)."""

    @property
    def is_ready(self) -> bool:
        """Whether the next message can be sent without connecting anew."""

    def connect(self) -> None:
        """Connect, verify the certificate and authenticate, unless that is done already.

        Raises:
            UnusableServerError: One of these failed.
        """

    def send_envelope(self, sender: str, recipient: str, size: int) -> Reply:
        """Send MAIL and RCPT, and return the reply to RCPT.

        Args:
            sender: Envelope sender.
            recipient: Envelope recipient.
            size: Size of the message in bytes (RFC 1870).

        Raises:
            UnusableServerError: The server refuses the sender.
            ConnectionLostError: The connection was lost, or what came is no reply.
        """

    def send_data(self, message: bytes) -> None:
        """Send DATA and the message, without the lone dot that ends it.

        Args:
            message: Complete message, with lines ended by CRLF.

        Raises:
            DataRefusedError: The server refuses the command.
            ConnectionLostError: The connection was lost.
        """

    def end_data(self) -> Reply:
        """Send the lone dot that ends the data, and return the reply.

        Raises:
            ReplyLostError: The connection was lost, or what came is no reply.
        """

    def drop(self) -> None:
        """Close the connection without QUIT; the next message opens a new one."""
