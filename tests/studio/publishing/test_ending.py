"""A studio that ends finishes the letter on its way, so that nobody has it twice or not at all."""

from __future__ import annotations

import os
import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from pipeline.delivery.sending.smtp import TIMEOUT
from tests.studio.processes import PATIENCE, listens, until
from tests.studio.publishing.conftest import MAIL, RELEASE, Officer
from tests.studio.running import studio
from tests.support.mails import ACTIVE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("sign", "known"), [(signal.SIGTERM, True), (signal.SIGKILL, False)])
def test_a_letter_on_its_way_when_the_studio_ends_is_not_sent_again(
    officer: Officer, tmp_path: Path, sign: signal.Signals, *, known: bool
) -> None:
    reached, gate = threading.Event(), threading.Event()

    def slow(step: str, to: str) -> None:
        if (step, to) == ("dot", ACTIVE[0]):
            reached.set()
            gate.wait(PATIENCE)

    with studio(officer.workspace.root, tmp_path) as running:
        running.enter()
        first = Officer(running, officer.workspace, officer.server)
        first.end_of(first.send(f"{MAIL}/trial", {"to": "me@example.org"}))
        officer.server.at = slow
        first.send(f"{MAIL}/send", {"count": 4})
        assert reached.wait(PATIENCE)
        os.kill(running.process.pid, sign)
        # One that is asked to end takes nobody any more, and waits for the answer that is on its way.
        until(lambda: not listens(running.port))
        gate.set()
        running.process.wait(PATIENCE)
    shown = officer.see(RELEASE)
    # Where the server's answer was waited for, it is known; of what was cut off the officer is asked.
    assert ("За тези никой не знае" in shown) is not known
    assert ("<dt>приети от сървъра</dt><dd>1</dd>" in shown) is known
    officer.end_of(officer.send(f"{MAIL}/resume"))
    assert officer.members() == list(ACTIVE)


@pytest.mark.parametrize("asked", ["check", "send", "trial"])
def test_a_studio_ends_though_a_mail_server_is_silent(officer: Officer, tmp_path: Path, asked: str) -> None:
    officer.end_of(officer.send(f"{MAIL}/trial", {"to": "me@example.org"}))
    settings = officer.workspace.root / "mail" / "mail.yaml"
    with (
        socket.create_server(("localhost", 0)) as silent,
        ThreadPoolExecutor() as pool,
        studio(officer.workspace.root, tmp_path) as running,
    ):
        port = silent.getsockname()[1]
        settings.write_text(settings.read_text("utf-8").replace(str(officer.server.port), str(port)), "utf-8")
        running.enter()
        other = Officer(running, officer.workspace, officer.server)
        paths = {"check": "/mail/check", "send": f"{MAIL}/send", "trial": f"{MAIL}/trial"}
        pool.submit(other.send, paths[asked], {"count": 4, "to": "me@example.org"})
        connection, _ = silent.accept()
        running.process.terminate()
        # Shorter than a server may be silent: what ends it is not that.
        running.process.wait(TIMEOUT * 2 / 3)
        connection.close()
    assert officer.members() == []
