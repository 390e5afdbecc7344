"""SMTP transport with a real server: every recipient's state is correct, whatever the server does."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest

from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.ledger.states import State
from pipeline.delivery.sending.connection import open_connection
from pipeline.delivery.sending.dispatcher import Dispatcher, Ending, MailingResult, OutgoingMessage
from pipeline.delivery.sending.smtp import SmtpTransport
from pipeline.delivery.sending.transport import Step, UnusableServerError
from pipeline.delivery.settings.model import Server
from tests.delivery.test_dispatcher import begun, states
from tests.studio.processes import PATIENCE
from tests.support.mail_servers import PASSWORD, USER, Authority, Script, mail_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("trusted")

CLIENT = "client.example.bg"
LARGE = b"Subject: x\r\n\r\n" + b"more than the system takes from us before the server reads it\r\n" * 150_000
BODY = b"Subject: x\r\n\r\n.a leading dot\r\n..two\r\nend\r\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "mail" / "ledger.sqlite")
    yield opened
    opened.close()


def server_at(port: int, **other: object) -> Server:
    return Server.model_validate({"host": "localhost", "port": port, "user": USER} | other)


def sent(ledger: Ledger, port: int, members: int = 3, body: bytes = BODY, **other: object) -> MailingResult:
    mailing = begun(ledger, members)
    with SmtpTransport(
        server_at(port, **other), PASSWORD, CLIENT, timeout=PATIENCE, end_of_data_timeout=PATIENCE
    ) as transport:
        message = OutgoingMessage("office@example.bg", body)
        return Dispatcher(
            ledger, transport, lambda _: message, sleep=lambda _: None, clock=lambda: 1000.0
        ).send(mailing)


def at(step: str, answer: str, *whom: int, once: bool = False) -> Callable[[str, str], str | None]:
    """Return a script with one event at a step, for some members or all, each time or once."""
    recipients = {f"member{number}@example.bg" for number in whom}
    left = [1 if once else 1_000_000]

    def script(now: str, to: str) -> str | None:
        if now != step or (recipients and to not in recipients) or not left[0]:
            return None
        left[0] -= 1
        return answer

    return script


S, Q, D, F, U = State.SENT, State.QUEUED, State.DEFERRED, State.FAILED, State.UNKNOWN
MATRIX = {
    "all is well": (at("none", ""), [S, S, S], Ending.DONE, 3),
    "MAIL 451": (at("mail", "451 4.3.0 later"), [Q, Q, Q], Ending.STOPPED, 0),
    "MAIL 550": (at("mail", "550 5.7.1 no relay"), [Q, Q, Q], Ending.STOPPED, 0),
    "MAIL 421 once": (at("mail", "421 4.3.2 closing", once=True), [S, S, S], Ending.DONE, 3),
    "MAIL drop once": (at("mail", "drop", once=True), [S, S, S], Ending.DONE, 3),
    "RCPT 450": (at("rcpt", "450 4.2.1 later", 1), [S, D, S], Ending.WAITING, 2),
    "RCPT 550": (at("rcpt", "550 5.1.1 nobody", 1), [S, F, S], Ending.DONE, 2),
    "RCPT 552 full": (at("rcpt", "552 5.2.2 full", 1), [S, D, S], Ending.WAITING, 2),
    "RCPT 552 large": (at("rcpt", "552 5.3.4 large", 1), [S, F, S], Ending.DONE, 2),
    "RCPT 421 once": (at("rcpt", "421 4.7.0 closing", 1, once=True), [S, S, S], Ending.DONE, 3),
    "RCPT drop once": (at("rcpt", "drop", 1, once=True), [S, S, S], Ending.DONE, 3),
    "DATA 451": (at("data", "451 4.3.0 later"), [Q, Q, Q], Ending.STOPPED, 0),
    "DATA 554": (at("data", "554 5.6.0 no"), [Q, Q, Q], Ending.STOPPED, 0),
    "DATA drop once": (at("data", "drop", 1, once=True), [S, S, S], Ending.DONE, 3),
    "drop in the body once": (at("body", "drop", 1, once=True), [S, S, S], Ending.DONE, 3),
    "drop in every body": (at("body", "drop"), [Q, Q, Q], Ending.STOPPED, 0),
    "dot 451": (at("dot", "451 4.3.0 later", 0), [D, S, S], Ending.WAITING, 2),
    "dot 552 full": (at("dot", "552 5.2.2 full", 0), [D, S, S], Ending.WAITING, 2),
    "dot 554": (at("dot", "554 5.7.1 spam", 0), [F, S, S], Ending.DONE, 2),
    "drop after the dot": (at("dot", "drop", 1), [S, U, S], Ending.DONE, 3),
    "slow": (at("dot", "slow"), [S, S, S], Ending.DONE, 3),
}


@pytest.mark.parametrize("case", MATRIX)
def test_each_fault_of_a_real_server_leaves_every_recipient_in_its_true_state(
    ledger: Ledger, certificates: Authority, case: str
) -> None:
    script, expected, ending, taken = MATRIX[case]
    with mail_server(certificates.localhost, Script(script)) as server:
        result = sent(ledger, server.port, body=LARGE if "body" in case else BODY)
    assert (states(ledger, ledger.mailings()[0]), result.ending) == (expected, ending)
    assert sum(server.taken.values()) == taken
    assert all(count == 1 for count in server.taken.values())


def test_a_message_arrives_unchanged(ledger: Ledger, certificates: Authority) -> None:
    with mail_server(certificates.localhost) as server:
        sent(ledger, server.port, 2, per_connection=1)
    assert [message for _, _, message in server.messages] == [BODY] * 2
    assert {sender for sender, _, _ in server.messages} == {"office@example.bg"}


def test_a_server_that_never_answers_the_end_of_data_leaves_one_unknown(
    ledger: Ledger, certificates: Authority
) -> None:
    gate = threading.Event()

    def script(step: str, to: str) -> str | None:
        if step == "dot" and to.startswith("member1@"):
            gate.wait(PATIENCE)
        return None

    with mail_server(certificates.localhost, Script(script)) as server:
        mailing = begun(ledger, 2)
        message = OutgoingMessage("office@example.bg", BODY)
        # One that answers may be slow; one that does not is given up soon.
        for patience in (PATIENCE, 0.5):
            with SmtpTransport(
                server_at(server.port), PASSWORD, CLIENT, timeout=PATIENCE, end_of_data_timeout=patience
            ) as transport:
                Dispatcher(
                    ledger,
                    transport,
                    lambda _: message,
                    sleep=lambda _: None,
                    should_stop=lambda: patience == PATIENCE and bool(server.messages),  # noqa: B023 - of its turn
                ).send(mailing)
        gate.set()
    assert states(ledger, mailing) == [S, U]


def stopped_at(server: Server, password: str = PASSWORD) -> Step:
    with SmtpTransport(server, password, CLIENT, timeout=PATIENCE) as transport:
        with pytest.raises(UnusableServerError) as raised:
            transport.connect()
        return raised.value.step


def test_an_untrusted_certificate_stops_sending(certificates: Authority) -> None:
    with mail_server(certificates.self_signed) as server:
        assert stopped_at(server_at(server.port)) is Step.CERTIFICATE


def test_a_certificate_of_another_host_stops_sending(certificates: Authority) -> None:
    with mail_server(certificates.elsewhere) as server:
        assert stopped_at(server_at(server.port)) is Step.CERTIFICATE


def test_a_server_without_tls_gets_no_password(certificates: Authority) -> None:
    with mail_server(None) as server:
        assert stopped_at(server_at(server.port)) is Step.TLS
    with mail_server(certificates.localhost) as server:
        assert stopped_at(server_at(server.port, security="tls")) in {Step.CONNECT, Step.TLS}


def test_a_wrong_password_stops_sending(certificates: Authority) -> None:
    with mail_server(certificates.localhost) as server:
        assert stopped_at(server_at(server.port), "wrong") is Step.AUTH


def test_an_unreachable_server_stops_sending() -> None:
    assert stopped_at(Server.model_validate({"host": "no-such-host.invalid"})) is Step.LOOKUP
    with socket.socket() as held:
        held.bind(("localhost", 0))
        assert stopped_at(server_at(held.getsockname()[1])) is Step.CONNECT


def test_the_size_limit_of_a_server_is_known(certificates: Authority) -> None:
    with (
        mail_server(certificates.localhost, size=1_000_000) as server,
        SmtpTransport(server_at(server.port), PASSWORD, CLIENT) as transport,
    ):
        transport.connect()
        assert transport.largest == 1_000_000


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_small_packets_are_not_delayed(certificates: Authority, security: str) -> None:
    with mail_server(certificates.localhost, auth=False, implicit_tls=security == "tls") as server:
        settings = server_at(server.port, security=security, user=None)
        connection = open_connection(settings, None, CLIENT, timeout=PATIENCE)
        assert connection.sock is not None
        assert connection.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        connection.close()
