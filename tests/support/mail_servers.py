"""A real mail server for tests (aiosmtpd): STARTTLS, AUTH, and faults at any step."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import ssl
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, syntax

from tests.studio.processes import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

USER, PASSWORD = "bulletin@example.bg", "слънце-42"


@dataclass(frozen=True)
class Authority:
    """Certificate authority of a test, and certificates: signed for two hosts, and self-signed."""

    ca: Path
    localhost: Path
    elsewhere: Path
    self_signed: Path


def authority(folder: Path) -> Authority:
    """Create a certificate authority, and certificates for localhost, another host, and without authority."""

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)

    folder.mkdir(parents=True, exist_ok=True)
    new = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650")
    extension = ("-addext", "subjectAltName=DNS:localhost")
    openssl(*new, "-subj", "/CN=test authority", "-keyout", "ca.key", "-out", "ca.pem")
    openssl(*new, "-subj", "/CN=localhost", *extension, "-keyout", "s.pem", "-out", "s.crt")
    for name, host in (("localhost", "localhost"), ("elsewhere", "mail.example.org")):
        (folder / f"{name}.ext").write_text(f"subjectAltName=DNS:{host}\n")
        ask = (
            "req",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-subj",
            f"/CN={host}",
        )
        openssl(*ask, "-keyout", f"{name}.key", "-out", f"{name}.csr")
        sign = ("x509", "-req", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3650")
        openssl(*sign, "-in", f"{name}.csr", "-extfile", f"{name}.ext", "-out", f"{name}.crt")
        (folder / f"{name}.pem").write_bytes(
            (folder / f"{name}.key").read_bytes() + (folder / f"{name}.crt").read_bytes()
        )
    whole = folder / "self_signed.pem"
    whole.write_bytes((folder / "s.pem").read_bytes() + (folder / "s.crt").read_bytes())
    return Authority(folder / "ca.pem", folder / "localhost.pem", folder / "elsewhere.pem", whole)


Answer = str | None
"""A reply; `drop` ends the connection; None is what a server says where all is well."""


@dataclass
class Script:
    """The behaviour of a server at each step, for each recipient, and the messages it accepted."""

    at: Callable[[str, str], Answer] = lambda _step, _to: None
    taken: Counter[str] = field(default_factory=Counter)
    messages: list[tuple[str, str, bytes]] = field(default_factory=list)
    port: int = 0


class _Faulty(SMTP):
    """A server with faults at the steps that the library handles itself."""

    @property
    def script(self) -> Script:
        return self.event_handler.script  # type: ignore[no-any-return]

    def recipient(self) -> str:
        return self.envelope.rcpt_tos[-1] if self.envelope and self.envelope.rcpt_tos else ""

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the name the library calls
        answer = self.script.at("data", self.recipient())
        if answer == "drop":
            self.drop()
            return
        if answer is not None:
            await self.push(answer)
            return
        if self.script.at("body", self.recipient()) == "drop":
            await self.push("354 go on")
            await asyncio.sleep(0.05)
            self.drop()
            return
        await super().smtp_DATA(arg)

    def drop(self) -> None:
        assert isinstance(self.transport, asyncio.Transport)
        self.transport.abort()


class _Handler:
    """The handler of the steps that the library delegates."""

    def __init__(self, script: Script) -> None:
        self.script = script

    async def handle_MAIL(  # noqa: N802 - the name the library calls
        self, server: Any, _session: Any, envelope: Any, address: str, parameters: Any
    ) -> str:
        answer = self.script.at("mail", "")
        if answer == "drop":
            server.drop()
        if answer is None:
            envelope.mail_from = address
            envelope.mail_options.extend(parameters)
        return answer or "250 2.1.0 ok"

    async def handle_RCPT(  # noqa: N802 - the name the library calls
        self, server: Any, _session: Any, envelope: Any, address: str, parameters: Any
    ) -> str:
        answer = self.script.at("rcpt", address)
        if answer == "drop":
            server.drop()
        if answer is None:
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(parameters)
        return answer or "250 2.1.5 ok"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the name the library calls
        to = envelope.rcpt_tos[-1]
        answer = self.script.at("dot", to)
        if answer == "slow":
            await asyncio.sleep(0.3)
            answer = None
        if answer in {None, "drop"}:
            self.script.taken[to] += 1
            self.script.messages.append((envelope.mail_from, to, envelope.content))
        if answer == "drop":
            server.drop()
        return answer or "250 2.0.0 taken"


class _Controller(Controller):
    def __init__(
        self,
        script: Script,
        context: ssl.SSLContext | None,
        options: dict[str, Any],
        *,
        implicit_tls: bool,
    ) -> None:
        self._options = options
        self._context = None if implicit_tls else context
        super().__init__(
            _Handler(script),
            hostname="localhost",
            port=0,
            ready_timeout=PATIENCE,
            ssl_context=context if implicit_tls else None,
        )

    def factory(self) -> SMTP:
        return _Faulty(self.handler, tls_context=self._context, hostname="localhost", **self._options)

    def _trigger_server(self) -> None:
        # The port is the system's to choose.
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextlib.contextmanager
def mail_server(
    certificate: Path | None,
    script: Script | None = None,
    *,
    auth: bool = True,
    size: int = 33_554_432,
    implicit_tls: bool = False,
) -> Iterator[Script]:
    """Run a server for the duration of a block.

    Args:
        certificate: Its certificate with its key; None for a server without TLS.
        script: What it does; all is well where left out.
        auth: Whether it wants user and password.
        size: The largest message it takes, in bytes.
        implicit_tls: Whether TLS begins with the first byte (RFC 8314) and not with STARTTLS; without `auth`.
    """
    held = script or Script()
    # It logs every greeting, and warns of its own future.
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    context = None
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)

    def known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        is_known = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=is_known, handled=is_known)

    options: dict[str, Any] = {"data_size_limit": size}
    if context is not None and not implicit_tls:
        options["require_starttls"] = True
        if auth:
            options |= {"auth_required": True, "authenticator": known}
    controller = _Controller(held, context, options, implicit_tls=implicit_tls)
    controller.start()
    held.port = controller.port
    try:
        yield held
    finally:
        controller.stop()
