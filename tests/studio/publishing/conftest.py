"""A studio whose issue is filed, beside a mail server, and who asks it without a browser."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.files.workspace import Workspace
from tests.studio.running import Answer, Studio, studio
from tests.support.mail_servers import Authority, Script, mail_server
from tests.support.mails import filed_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


RELEASE = "/issues/2023-12-20/release"
MAIL = "/issues/2023-12-20/mail"


class Officer:
    """Somebody who asks a studio for what its pages ask for.

    Args:
        running: The studio.
        workspace: Its workspace.
        server: The mail server, of what it took.
    """

    def __init__(self, running: Studio, workspace: Workspace, server: Script) -> None:
        self.running = running
        self.workspace = workspace
        self.server = server

    def send(self, path: str, data: Any = None) -> Answer:
        """Send a form."""
        headers = {**self.running.own, "Content-Type": "application/json"}
        return self.running.ask("POST", path, headers, json.dumps(data or {}).encode())

    def bring(self, path: str, name: str, data: bytes) -> Answer:
        """Send a file."""
        head = f'--b\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        headers = {**self.running.own, "Content-Type": "multipart/form-data; boundary=b"}
        return self.running.ask("POST", path, headers, head.encode() + data + b"\r\n--b--\r\n")

    def see(self, path: str) -> str:
        """Return what a view shows, as HTML."""
        answer = self.running.ask("GET", path, self.running.own)
        assert answer.status == 200, answer
        return answer.text

    def end_of(self, begun: Answer) -> dict[str, Any]:
        """Wait for work that was begun, and return what is told at its end."""
        job = json.loads(begun.text)["job"]
        told = self.running.ask("GET", f"/api/jobs/{job}", self.running.own).text
        lines = [line for line in told.splitlines() if line.startswith("data: ")]
        last: dict[str, Any] = json.loads(lines[-1].removeprefix("data: "))
        return last

    def members(self) -> list[str]:
        """Return to whom the server took a letter, the officer's own address aside."""
        return [to for _, to, _ in self.server.messages if to != "me@example.org"]


@pytest.fixture(scope="module")
def sitting(
    tmp_path_factory: pytest.TempPathFactory, certificates: Authority
) -> Iterator[tuple[Officer, Path]]:
    """Run a studio and a mail server for the tests of a module; return also what they begin with."""
    kept, lived = tmp_path_factory.mktemp("kept"), tmp_path_factory.mktemp("lived")
    with pytest.MonkeyPatch.context() as patch, mail_server(certificates.localhost) as server:
        patch.setenv("SSL_CERT_FILE", os.fspath(certificates.ca))
        root = filed_workspace(kept, server.port).root
        shutil.copytree(root, lived / "w")
        with studio(lived / "w", lived / "state") as running:
            running.enter()
            yield Officer(running, Workspace(lived / "w"), server), root


@pytest.fixture
def officer(sitting: tuple[Officer, Path]) -> Officer:
    """Return an officer for whom nothing was sent yet."""
    officer, kept = sitting
    for name in ("issues", "mail"):
        shutil.rmtree(officer.workspace.root / name, ignore_errors=True)
        shutil.copytree(kept / name, officer.workspace.root / name)
    officer.server.at = lambda *_: None
    officer.server.messages.clear()
    return officer


def codes(answer: Answer) -> list[str]:
    """Return the codes of what was refused."""
    assert answer.status == 422, answer
    return [finding["code"] for finding in json.loads(answer.text)["findings"]]
