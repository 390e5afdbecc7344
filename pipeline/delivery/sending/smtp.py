"""The courier by SMTP (RFC 5321), with TLS that is verified (RFC 3207, RFC 8314) and AUTH (RFC 4954).

smtplib speaks and listens; what it does not know is the dot by itself. There is no way to go without TLS, or
without looking at the certificate.
"""

from __future__ import annotations

import base64
import contextlib
import re
import smtplib
import socket
import ssl
from typing import TYPE_CHECKING, Final

from pipeline.delivery.sending.transport import (
    AnswerLost,
    BodyRefused,
    CourierDropped,
    CourierStopped,
    Reply,
    Step,
)
from pipeline.delivery.settings.model import Security

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

    from pipeline.delivery.settings.model import Server

TIMEOUT: Final = 60.0
"""Seconds a server may be silent."""

PATIENCE: Final = 600.0
"""Seconds it may think after the dot (RFC 5321, 4.5.3.2.6): who leaves earlier has a message doubted."""

_KNOWN: Final = 235
_GO_ON: Final = 334
_START_MAIL: Final = 354
_CLOSING: Final = 421
_LEADING_DOT: Final = re.compile(rb"(?m)^\.")


class _Line(smtplib.SMTP):
    """A connection whose small packets are not held back: else every message waits for two timers.

    Args:
        name: What we call ourselves.
        timeout: Seconds the server may be silent.
        context: For a connection that is in TLS from its first byte; None for one that goes over to it.
    """

    def __init__(self, name: str, timeout: float, context: ssl.SSLContext | None) -> None:
        self._context = context
        super().__init__(local_hostname=name, timeout=timeout)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        # Asked by smtplib's connect(); the name the certificate must bear is known from here on.
        self._host = host
        made = socket.create_connection((host, port), timeout)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._context.wrap_socket(made, server_hostname=host) if self._context else made

    def make_known(self, user: str, password: str) -> None:
        """Say who we are (RFC 4954), in UTF-8 (RFC 4616): smtplib's own way knows no Cyrillic password.

        Raises:
            SMTPAuthenticationError: The server does not know us.
            SMTPException: It offers no way we know.
        """
        offered = self.esmtp_features["auth"].upper().split()
        if "PLAIN" in offered:
            answer = self.docmd("AUTH", "PLAIN " + _in_base64(f"\0{user}\0{password}"))
        elif "LOGIN" in offered:
            answer = self.docmd("AUTH", "LOGIN " + _in_base64(user))
            if answer[0] == _GO_ON:
                answer = self.docmd(_in_base64(password))
        else:
            self.login(user, password)
            return
        if answer[0] != _KNOWN:
            raise smtplib.SMTPAuthenticationError(*answer)


class SmtpCourier:
    """Takes messages to one server.

    Args:
        server: Which.
        password: Of its user; None where it has none.
        name: What we call ourselves in EHLO: a domain in ASCII.
        timeout: Seconds it may be silent.
        patience: Seconds it may think after the dot.
    """

    def __init__(
        self,
        server: Server,
        password: str | None,
        name: str,
        timeout: float = TIMEOUT,
        patience: float = PATIENCE,
    ) -> None:
        """Take the server; nothing is connected yet."""
        self._server = server
        self._password = password
        self._name = name
        self._timeout = timeout
        self._patience = patience
        self._line: smtplib.SMTP | None = None
        self._carried = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take leave of the server."""
        if self._line is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._line.quit()
        self.drop()

    @property
    def largest(self) -> int | None:
        """The largest message the server takes, in bytes (RFC 1870); None where it does not say."""
        told = self._line.esmtp_features.get("size", "") if self._line is not None else ""
        return int(told) if told.isdigit() and int(told) else None

    @property
    def is_ready(self) -> bool:
        """Whether the next message can go without connecting anew."""
        return self._line is not None and self._carried < self._server.per_connection

    def connect(self) -> None:
        """Be connected, verified and known to the server, if that is not so already.

        Raises:
            CourierStopped: It cannot be.
        """
        if self.is_ready:
            return
        if self._line is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._line.quit()
            self.drop()
        try:
            self._line = self._connected()
        except BaseException:
            self.drop()
            raise
        self._carried = 0

    def address(self, sender: str, recipient: str, size: int) -> Reply:
        """Name sender and recipient, and return the answer to the recipient."""
        line = self._open
        self._carried += 1
        with _noticing(Step.MAIL):
            options = [f"SIZE={size}"] if line.has_extn("size") else []
            # RFC 3461: report what fails or is late, and send back no more than the headers.
            reports = line.has_extn("dsn")
            options += ["RET=HDRS"] if reports else []
            refusal = _reply(line.mail(sender, options))
        if refusal.code == _CLOSING:
            raise CourierDropped(Step.MAIL, str(refusal))
        if not refusal.is_good:
            raise CourierStopped(Step.MAIL, str(refusal))
        with _noticing(Step.RCPT):
            answer = _reply(line.rcpt(recipient, ["NOTIFY=FAILURE,DELAY"] if reports else []))
            if answer.code == _CLOSING:
                raise CourierDropped(Step.RCPT, str(answer))
            if not answer.is_good:
                line.rset()
        return answer

    def pour(self, message: bytes) -> None:
        """Give the whole message, but for the dot."""
        line = self._open
        with _noticing(Step.DATA):
            line.putcmd("data")
            answer = _reply(line.getreply())
            if answer.code == _CLOSING:
                raise CourierDropped(Step.DATA, str(answer))
            if answer.code != _START_MAIL:
                line.rset()
                raise BodyRefused(answer)
        with _noticing(Step.BODY):
            stuffed = _LEADING_DOT.sub(b"..", message) if b"\n." in message else message
            line.send(stuffed)
            if problem := self._left():
                raise CourierDropped(Step.BODY, problem)

    def dot(self) -> Reply:
        """Give the dot, and return the answer."""
        line = self._open
        try:
            if line.sock is not None:
                line.sock.settimeout(self._patience)
            line.send(b".\r\n")
            answer = _reply(line.getreply())
            if line.sock is not None:
                line.sock.settimeout(self._timeout)
        except (smtplib.SMTPException, OSError) as error:
            raise AnswerLost(_problem(error)) from error
        return answer

    def drop(self) -> None:
        """End the connection as it is."""
        if self._line is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._line.close()
        self._line = None

    @property
    def _open(self) -> smtplib.SMTP:
        if self._line is None:
            raise CourierDropped(Step.CONNECT, "")
        return self._line

    def _connected(self) -> _Line:
        server = self._server
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        line = _Line(self._name, self._timeout, context if server.security is Security.TLS else None)
        with _stopping(Step.CONNECT):
            greeting = _reply(line.connect(server.host, server.port))
        self._line = line
        if not greeting.is_good:
            raise CourierStopped(Step.GREETING, str(greeting))
        with _stopping(Step.GREETING):
            line.ehlo_or_helo_if_needed()
        if server.security is Security.STARTTLS:
            if not line.has_extn("starttls"):
                raise CourierStopped(Step.TLS, "STARTTLS")
            with _stopping(Step.TLS):
                answer = _reply(line.starttls(context=context))
            if not answer.is_good:
                raise CourierStopped(Step.TLS, str(answer))
            with _stopping(Step.GREETING):
                line.ehlo_or_helo_if_needed()
        if server.user is not None:
            if not line.has_extn("auth"):
                raise CourierStopped(Step.AUTH, "AUTH")
            with _stopping(Step.AUTH):
                line.make_known(server.user, self._password or "")
        return line

    def _left(self) -> str:
        """Say what a server said or did before it had the dot; empty where it waits, as it should.

        One that has gone would otherwise be seen only after the dot, and the message would be unknown.
        """
        line = self._open
        if line.sock is None:
            return "connection closed"
        line.sock.settimeout(0)
        try:
            early = line.sock.recv(512)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return ""
        finally:
            line.sock.settimeout(self._timeout)
        return early.decode("utf-8", "replace").strip() or "connection closed"


@contextlib.contextmanager
def _stopping(step: Step) -> Iterator[None]:
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise CourierStopped(Step.CERTIFICATE, error.verify_message or str(error)) from error
    except socket.gaierror as error:
        raise CourierStopped(Step.LOOKUP, _problem(error)) from error
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise CourierStopped(step, _problem(error)) from error


@contextlib.contextmanager
def _noticing(step: Step) -> Iterator[None]:
    try:
        yield
    except (smtplib.SMTPException, OSError) as error:
        raise CourierDropped(step, _problem(error)) from error


def _in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


def _reply(answer: tuple[int, bytes]) -> Reply:
    code, text = answer
    return Reply(code, " ".join(text.decode("utf-8", "replace").split()))


def _problem(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"{error.smtp_code} {' '.join(text.split())}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split()) or type(error).__name__
