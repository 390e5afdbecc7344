"""SMTP transport: smtplib's commands, with the end of data as a step of its own."""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from typing import TYPE_CHECKING, Final

from pipeline.delivery.sending.connection import describe, open_connection, reply_of
from pipeline.delivery.sending.transport import (
    ConnectionLostError,
    DataRefusedError,
    Reply,
    ReplyLostError,
    Step,
    UnusableServerError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

    from pipeline.delivery.settings.model import Server

TIMEOUT: Final = 60.0
"""Seconds a server may be silent."""

END_OF_DATA_TIMEOUT: Final = 600.0
"""Seconds it may take to answer the end of data (RFC 5321, 4.5.3.2.6); after a shorter wait the outcome of a
message would be unknown without need."""

_START_MAIL: Final = 354
_CLOSING: Final = 421
_LEADING_DOT: Final = re.compile(rb"(?m)^\.")


class SmtpTransport:
    """Hands messages to one SMTP server; see `Transport`.

    Args:
        server: Settings of the server.
        password: Password of its user; None if it has none.
        name: Name of the client in EHLO: a domain in ASCII.
        timeout: Seconds the server may be silent.
        end_of_data_timeout: Seconds it may take to answer the end of data.
    """

    def __init__(
        self,
        server: Server,
        password: str | None,
        name: str,
        *,
        timeout: float = TIMEOUT,
        end_of_data_timeout: float = END_OF_DATA_TIMEOUT,
    ) -> None:
        """Keep the settings; nothing is connected yet."""
        self._server = server
        self._password = password
        self._name = name
        self._timeout = timeout
        self._end_of_data_timeout = end_of_data_timeout
        self._connection: smtplib.SMTP | None = None
        self._messages = 0

    def __enter__(self) -> Self:
        """Return the transport."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the session (QUIT)."""
        self._quit()

    @property
    def largest(self) -> int | None:
        """Largest message the server accepts, in bytes (RFC 1870); None if it states no limit."""
        stated = self._connection.esmtp_features.get("size", "") if self._connection is not None else ""
        return int(stated) if stated.isdigit() and int(stated) else None

    @property
    def is_ready(self) -> bool:
        """Whether the next message can be sent without connecting anew."""
        return self._connection is not None and self._messages < self._server.per_connection

    def connect(self) -> None:
        """Connect, verify the certificate and authenticate, unless that is done already."""
        if self.is_ready:
            return
        self._quit()
        self._connection = open_connection(self._server, self._password, self._name, self._timeout)
        self._messages = 0

    def send_envelope(self, sender: str, recipient: str, size: int) -> Reply:
        """Send MAIL and RCPT, and return the reply to RCPT."""
        connection = self._open
        self._messages += 1
        has_dsn = connection.has_extn("dsn")
        with _losing_at(Step.MAIL):
            options = [f"SIZE={size}"] if connection.has_extn("size") else []
            # RFC 3461: a report of a failure is to return the headers only.
            options += ["RET=HDRS"] if has_dsn else []
            reply = reply_of(connection.mail(sender, options))
        if reply.code == _CLOSING or not reply.is_final:
            raise ConnectionLostError(Step.MAIL, str(reply))
        if not reply.is_success:
            raise UnusableServerError(Step.MAIL, str(reply))
        with _losing_at(Step.RCPT):
            reply = reply_of(connection.rcpt(recipient, ["NOTIFY=FAILURE,DELAY"] if has_dsn else []))
            if reply.code == _CLOSING or not reply.is_final:
                raise ConnectionLostError(Step.RCPT, str(reply))
            if not reply.is_success:
                connection.rset()
        return reply

    def send_data(self, message: bytes) -> None:
        """Send DATA and the message, without the lone dot that ends it."""
        connection = self._open
        with _losing_at(Step.DATA):
            connection.putcmd("data")
            reply = reply_of(connection.getreply())
            if reply.code == _CLOSING or not (reply.is_final or reply.code == _START_MAIL):
                raise ConnectionLostError(Step.DATA, str(reply))
            if reply.code != _START_MAIL:
                connection.rset()
                raise DataRefusedError(reply)
        with _losing_at(Step.BODY):
            # Transparency (RFC 5321, 4.5.2): a dot at the beginning of a line is doubled.
            stuffed = _LEADING_DOT.sub(b"..", message) if b"\n." in message else message
            connection.send(stuffed)
            if problem := self._early_reply():
                raise ConnectionLostError(Step.BODY, problem)

    def end_data(self) -> Reply:
        """Send the lone dot that ends the data, and return the reply."""
        connection = self._open
        try:
            if connection.sock is not None:
                connection.sock.settimeout(self._end_of_data_timeout)
            connection.send(b".\r\n")
            reply = reply_of(connection.getreply())
            if connection.sock is not None:
                connection.sock.settimeout(self._timeout)
        except (smtplib.SMTPException, OSError) as error:
            raise ReplyLostError(describe(error)) from error
        if not reply.is_final:
            raise ReplyLostError(str(reply))
        if reply.code == _CLOSING:
            self.drop()
        return reply

    def drop(self) -> None:
        """Close the connection without QUIT."""
        if self._connection is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._connection.close()
        self._connection = None

    def _quit(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._connection.quit()
        self.drop()

    @property
    def _open(self) -> smtplib.SMTP:
        if self._connection is None:
            raise ConnectionLostError(Step.CONNECT, "")
        return self._connection

    def _early_reply(self) -> str:
        """Return what the server sent before the end of data, or that it closed; empty if it waits for more.

        A closed connection would otherwise show only after the end of data, with the outcome unknown.
        """
        connection = self._open
        if connection.sock is None:
            return "connection closed"
        connection.sock.settimeout(0)
        try:
            early = connection.sock.recv(512)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return ""
        finally:
            connection.sock.settimeout(self._timeout)
        return early.decode("utf-8", "replace").strip() or "connection closed"


@contextlib.contextmanager
def _losing_at(step: Step) -> Iterator[None]:
    """Raise errors of a block as `ConnectionLostError` at a step."""
    try:
        yield
    except (smtplib.SMTPException, OSError) as error:
        raise ConnectionLostError(step, describe(error)) from error
