"""Unsubscribe page: opening it changes nothing, the button does, and it names no member."""

from __future__ import annotations

import http.client
import re
import socket
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.mail_folder import MailFolder
from pipeline.delivery.ledger.records import NewDelivery
from pipeline.delivery.ledger.states import State
from pipeline.delivery.returns.unsubscribe_server import UnsubscribeServer
from pipeline.delivery.settings.domains import domain_findings
from pipeline.delivery.settings.model import Signature
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import DeliveryError, found
from tests.studio.processes import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOKENS = {"bg": "a" * 32, "en": "b" * 32}


@pytest.fixture
def folder(tmp_path: Path) -> MailFolder:
    mail_folder = MailFolder(Workspace(tmp_path))
    with mail_folder.ledger() as ledger:
        deliveries = [
            NewDelivery(
                recipient=f"recipient-{language}",
                token=token,
                message_id=f"<{token}@x>",
                address=f"{language}@example.bg",
                name="",
                language=language,
            )
            for language, token in TOKENS.items()
        ]
        ledger.begin("2023-12-20/1", Purpose.ISSUE, date="x", digests="x", deliveries=deliveries)
    return mail_folder


@pytest.fixture
def port(folder: MailFolder) -> Iterator[int]:
    server = UnsubscribeServer(folder, {"bg": "Вести <i>", "en": "News"}, port=0)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield int(server.server_address[1])
    server.shutdown()
    server.server_close()
    thread.join()


def response(port: int, method: str, path: str, body: str | None = None) -> tuple[int, str, dict[str, str]]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    line.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"} if body else {})
    answer = line.getresponse()
    result = answer.status, answer.read().decode(), dict(answer.getheaders())
    line.close()
    return result


def states(folder: MailFolder) -> list[State]:
    with folder.ledger() as ledger:
        return [delivery.state for delivery in ledger.deliveries()]


def test_opening_the_page_changes_nothing(folder: MailFolder, port: int) -> None:
    for method in ("GET", "HEAD"):
        status, page, _ = response(port, method, f"/u/{TOKENS['bg']}")
        assert status == 200
    assert (page == "") == (method == "HEAD")
    assert states(folder) == [State.QUEUED, State.QUEUED]
    _, page, headers = response(port, "GET", f"/u/{TOKENS['bg']}?utm=1")
    assert "Вести &lt;i&gt;" in page
    assert '<form method="post"><button>Отписване</button></form>' in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "@" not in re.sub(r"<style>.*?</style>", "", page)


@pytest.mark.parametrize("body", ["List-Unsubscribe=One-Click", ""])
def test_the_button_and_the_one_click_request_unsubscribe(folder: MailFolder, port: int, body: str) -> None:
    status, page, _ = response(port, "POST", f"/u/{TOKENS['en']}", body)
    assert (status, "You are unsubscribed" in page) == (200, True)
    assert states(folder) == [State.QUEUED, State.WITHDRAWN]
    assert response(port, "POST", f"/u/{TOKENS['en']}", body)[0] == 200
    with folder.ledger() as ledger:
        assert ledger.suppressed() == {"recipient-en": "unsubscribed"}


@pytest.mark.parametrize(
    "path", ["/", "/u/", "/u/" + "c" * 32, "/u/" + "a" * 31, "/u/" + "A" * 32, "/../etc/passwd", "/u/%00"]
)
def test_an_unknown_token_is_reported(folder: MailFolder, port: int, path: str) -> None:
    for method in ("GET", "POST"):
        status, page, _ = response(port, method, path)
        assert (status, "Тази връзка не води до никого" in page) == (404, True)
    assert states(folder) == [State.QUEUED, State.QUEUED]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_where_the_ledger_cannot_be_asked_the_client_is_to_try_again(
    folder: MailFolder, port: int, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    def busy(_: MailFolder) -> None:
        raise DeliveryError([found("E370", None, name="ledger.sqlite", problem="database is locked")])

    with monkeypatch.context() as patched:
        patched.setattr(MailFolder, "ledger", busy)
        status, page, _ = response(port, method, f"/u/{TOKENS['bg']}")
    assert (status, page) == (503, "")
    with folder.ledger() as ledger:
        assert not ledger.suppressed()


def test_a_request_too_large_is_refused(folder: MailFolder, port: int) -> None:
    assert response(port, "POST", f"/u/{TOKENS['bg']}", "x" * 5000)[0] == 413
    assert response(port, "PUT", f"/u/{TOKENS['bg']}", "x")[0] == 501
    assert states(folder) == [State.QUEUED, State.QUEUED]


def test_a_port_in_use_is_reported(folder: MailFolder) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        with pytest.raises(DeliveryError) as raised:
            UnsubscribeServer(folder, {"bg": "Вести"}, port=held.getsockname()[1])
    assert raised.value.findings[0].code == "E381"


def test_missing_dns_records_are_reported() -> None:
    records = {"example.bg": ["v=spf1 mx -all", "other"], "_dmarc.example.bg": ["v=DMARC1; p=none"]}
    signature = Signature(domain="example.bg", selector="bulletin", key="dkim.pem")

    def missing(domain: str, signed: Signature | None) -> list[str]:
        findings = list(domain_findings(domain, signed, lambda name: records.get(name, [])))
        assert {finding.code for finding in findings} <= {"W352"}
        return [dict(finding.values)["record"] for finding in findings]

    assert missing("example.bg", None) == []
    assert missing("example.bg", signature) == ["DKIM (bulletin._domainkey.example.bg)"]
    assert missing("example.org", None) == ["SPF", "DMARC"]
