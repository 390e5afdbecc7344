"""SMTP connections (RFC 5321) with verified TLS (RFC 3207, RFC 8314) and AUTH (RFC 4954).

There is no way to connect without TLS or without verifying the certificate.
"""

from __future__ import annotations

import base64
import contextlib
import smtplib
import socket
import ssl
from typing import TYPE_CHECKING, Final

from pipeline.delivery.sending.transport import Reply, Step, UnusableServerError
from pipeline.delivery.settings.model import Security

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.delivery.settings.model import Server

_AUTHENTICATED: Final = 235
_CONTINUE: Final = 334


def open_connection(server: Server, password: str | None, name: str, timeout: float) -> smtplib.SMTP:
    """Return a connection that is secured, verified and, if the server has a user, authenticated.

    Args:
        server: Settings of the server.
        password: Password of its user; None if it has none.
        name: Name of the client in EHLO: a domain in ASCII.
        timeout: Seconds the server may be silent.

    Raises:
        UnusableServerError: A step failed; the connection is closed.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    connection = _connected(server, name, timeout, context)
    try:
        with failing_at(Step.GREETING):
            connection.ehlo_or_helo_if_needed()
        if server.security is Security.STARTTLS:
            _start_tls(connection, context)
        if server.user is not None:
            _authenticate(connection, server.user, password or "")
    except BaseException:
        connection.close()
        raise
    return connection


@contextlib.contextmanager
def failing_at(step: Step) -> Iterator[None]:
    """Raise errors of a block as `UnusableServerError` at a step.

    Raises:
        UnusableServerError: At the step, or at LOOKUP, CERTIFICATE or GREETING if the error says so.
    """
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise UnusableServerError(Step.CERTIFICATE, error.verify_message or str(error)) from error
    except socket.gaierror as error:
        raise UnusableServerError(Step.LOOKUP, describe(error)) from error
    except smtplib.SMTPConnectError as error:
        raise UnusableServerError(Step.GREETING, describe(error)) from error
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise UnusableServerError(step, describe(error)) from error


def reply_of(answer: tuple[int, bytes]) -> Reply:
    """Return an answer of smtplib as a reply, its text on one line."""
    code, text = answer
    return Reply(code, " ".join(text.decode("utf-8", "replace").split()))


def describe(error: Exception) -> str:
    """Return an error of smtplib or the system on one line, for a finding."""
    if isinstance(error, smtplib.SMTPResponseException):
        reply = error.smtp_error
        text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
        return f"{error.smtp_code} {' '.join(text.split())}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split()) or type(error).__name__


def _connected(server: Server, name: str, timeout: float, context: ssl.SSLContext) -> smtplib.SMTP:
    with failing_at(Step.CONNECT):
        connection = (
            smtplib.SMTP_SSL(server.host, server.port, local_hostname=name, timeout=timeout, context=context)
            if server.security is Security.TLS
            else smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=timeout)
        )
        if connection.sock is None:
            raise UnusableServerError(Step.CONNECT, "connection closed")
        # Nagle's algorithm and delayed acknowledgements together would hold each message for two timers
        # (30 messages a second against 500).
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _start_tls(connection: smtplib.SMTP, context: ssl.SSLContext) -> None:
    if not connection.has_extn("starttls"):
        raise UnusableServerError(Step.TLS, "STARTTLS")
    with failing_at(Step.TLS):
        answer = reply_of(connection.starttls(context=context))
    if not answer.is_success:
        raise UnusableServerError(Step.TLS, str(answer))
    with failing_at(Step.GREETING):
        connection.ehlo_or_helo_if_needed()


def _authenticate(connection: smtplib.SMTP, user: str, password: str) -> None:
    if not connection.has_extn("auth"):
        raise UnusableServerError(Step.AUTH, "AUTH")
    with failing_at(Step.AUTH):
        _log_in(connection, user, password)


def _log_in(connection: smtplib.SMTP, user: str, password: str) -> None:
    """Authenticate in UTF-8 (RFC 4616); smtplib's `login` accepts ASCII passwords only.

    Raises:
        SMTPAuthenticationError: The server refuses user or password.
        SMTPException: It offers no mechanism that is known here.
    """
    mechanisms = connection.esmtp_features["auth"].upper().split()
    if "PLAIN" in mechanisms:
        answer = connection.docmd("AUTH", "PLAIN " + _base64(f"\0{user}\0{password}"))
    elif "LOGIN" in mechanisms:
        answer = connection.docmd("AUTH", "LOGIN " + _base64(user))
        if answer[0] == _CONTINUE:
            answer = connection.docmd(_base64(password))
    else:
        connection.login(user, password)
        return
    if answer[0] != _AUTHENTICATED:
        raise smtplib.SMTPAuthenticationError(*answer)


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")
