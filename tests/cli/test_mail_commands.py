"""The commands of the mail, as the officer types them: words, exit statuses, and Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import REPOSITORY, run_bulletin
from tests.support.mail_servers import Authority, Script, mail_server
from tests.support.mails import filed_workspace, sound, with_sender

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace


pytestmark = pytest.mark.usefixtures("trusted")


def said(workspace: Workspace, *words: str, status: int = 0, language: str = "bg") -> str:
    ran = run_bulletin("--language", language, "mail", *words, cwd=workspace.root)
    assert ran.returncode == status, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def test_the_first_look_writes_a_sample_to_be_filled_in(tmp_path: Path) -> None:
    root = sound(tmp_path, sender=with_sender("reply_to: office@example.org"))
    ran = run_bulletin("--language", "bg", "mail", "check", cwd=root)
    assert ran.returncode == 1
    sample = (root / "mail" / "mail.yaml").read_text("utf-8")
    assert "сървърът, който приема пощата ви" in sample
    ran = run_bulletin("--language", "en", "mail", "check", "--offline", cwd=root)
    assert "E300" in ran.stdout
    assert "mail/members.xlsx" in ran.stdout


def test_an_officer_sends_an_issue(tmp_path: Path, server: Script) -> None:
    workspace = filed_workspace(tmp_path, server.port)
    assert "активни членове: 4" in said(workspace, "check")
    assert "letter.bg.eml" in said(workspace, "preview", "2")
    assert "нищо не е изпратено; първо го погледнете" in said(workspace, "send", "2")
    assert "приети от сървъра" in said(workspace, "test", "2", "--to", "office@example.org")
    dry = said(workspace, "send", "2")
    assert "ще се изпрати на: 4" in dry
    assert "--confirm 4" in dry
    assert len(server.messages) == 2
    assert "E361" in said(workspace, "send", "2", "--confirm", "3", status=1)
    assert "4  приети от сървъра" in said(workspace, "send", "2", "--confirm", "4")
    assert len(server.messages) == 6
    assert "4  приети от сървъра" in said(workspace, "status")
    assert said(workspace, "report", "2", "--all").count("@example") == 4
    assert "няма" in said(workspace, "unknown")
    assert "E364" in said(workspace, "send", "2", "--confirm", "4", status=1)


def test_a_look_into_an_empty_room_leaves_it_fit_for_use(tmp_path: Path, server: Script) -> None:
    workspace = filed_workspace(tmp_path, server.port)
    returned = REPOSITORY / "tests" / "delivery" / "returns" / "01-postfix-nobody-there.eml"
    said(workspace, "bounces", str(returned))
    said(workspace, "status")
    said(workspace, "unknown")
    said(workspace, "test", "2", "--to", "office@example.org")


def test_a_count_that_is_no_number_is_told_in_the_officers_language(tmp_path: Path, server: Script) -> None:
    output = said(filed_workspace(tmp_path, server.port), "send", "2", "--confirm", "много", status=2)
    assert "--confirm N изисква цяло число" in output


def test_words_never_say_that_somebody_has_it(tmp_path: Path, server: Script) -> None:
    workspace = filed_workspace(tmp_path, server.port)
    said(workspace, "test", "2", "--to", "office@example.org")
    output = said(workspace, "send", "2", "--confirm", "4") + said(workspace, "status")
    assert "доставен" not in output
    assert "получен" not in output


def test_what_is_refused_is_named_and_told_by_the_exit_status(tmp_path: Path, server: Script) -> None:
    workspace = filed_workspace(tmp_path, server.port)
    said(workspace, "test", "2", "--to", "office@example.org")
    server.at = lambda step, to: "550 5.1.1 nobody" if step == "rcpt" and to.startswith("ivan") else None
    assert "bulletin mail report 2023-12-20" in said(workspace, "send", "2", "--confirm", "4", status=4)
    report = said(workspace, "report", "2")
    assert "ivan@example.bg\tотказани от сървъра\t550 5.1.1 nobody" in report
    assert "maria@" not in report
    server.at = lambda _step, _to: None
    assert "4  приети" in said(workspace, "resume", "--failed")


def test_what_stops_before_harm_has_a_status_of_its_own(tmp_path: Path, server: Script) -> None:
    workspace = filed_workspace(tmp_path, server.port)
    said(workspace, "test", "2", "--to", "office@example.org")
    (workspace.root / "mail" / "password").write_text("wrong", "utf-8")
    for command in (["check"], ["test", "2", "--to", "a@example.org"], ["send", "2", "--confirm", "4"]):
        assert "E377" in said(workspace, *command, status=5)
    assert "нищо не е изпращано" in said(workspace, "status")


def test_ctrl_c_finishes_the_message_in_flight(tmp_path: Path, certificates: Authority) -> None:
    script = Script(lambda step, _: "slow" if step == "dot" else None)
    with mail_server(certificates.localhost, script) as server:
        workspace = filed_workspace(tmp_path, server.port)
        said(workspace, "test", "2", "--to", "office@example.org")
        command = [
            sys.executable,
            "-m",
            "pipeline",
            "--language",
            "en",
            "mail",
            "send",
            "2",
            "--confirm",
            "4",
        ]
        running = subprocess.Popen(
            command,
            cwd=workspace.root,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        while len(server.messages) < 3:
            assert running.poll() is None
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        output, _ = running.communicate(timeout=60)
        assert running.returncode == 130, output
        assert "the message in flight was finished" in output
        assert "unknown" not in said(workspace, "status", language="en")
        said(workspace, "resume")
        members = [to for _, to, _ in server.messages[2:]]
        assert len(members) == len(set(members)) == 4


def test_the_officer_settles_what_nobody_can_know(tmp_path: Path, certificates: Authority) -> None:
    script = Script(lambda step, to: "drop" if step == "dot" and to.startswith("ivan") else None)
    with mail_server(certificates.localhost, script) as server:
        workspace = filed_workspace(tmp_path, server.port)
        said(workspace, "test", "2", "--to", "office@example.org")
        said(workspace, "send", "2", "--confirm", "4", status=4)
        assert "ivan@example.bg" in said(workspace, "unknown")
        assert "E369" in said(workspace, "unknown", "--sent", "maria@example.bg", status=1)
        said(workspace, "unknown", "--sent", "ivan@example.bg")
        assert "4  приети" in said(workspace, "status")


def test_who_wishes_so_has_nothing_more(tmp_path: Path, server: Script) -> None:
    workspace = filed_workspace(tmp_path, server.port)
    said(workspace, "unsubscribe", "ivan@example.bg")
    assert "ще се изпрати на: 3" in said(workspace, "send", "2")
    said(workspace, "unsubscribe", "ivan@example.bg", "--undo")
    assert "ще се изпрати на: 4" in said(workspace, "send", "2")
    assert "members.csv, ред 4" in said(workspace, "forget", "ivan@example.bg")
    assert "ще се изпрати на: 3" in said(workspace, "send", "2")
    returned = REPOSITORY / "tests" / "delivery" / "returns" / "22-holiday-exchange.eml"
    assert "отговор на машина" in said(workspace, "bounces", str(returned))
    said(workspace, "unsubscribe", status=2)
    assert "E382" in said(workspace, "unsubscribe", "--serve", status=1)


@pytest.mark.parametrize("command", ["send", "test", "preview"])
def test_the_newest_issue_is_never_taken_for_the_one_that_is_meant(
    tmp_path: Path, server: Script, command: str
) -> None:
    said(filed_workspace(tmp_path, server.port), command, status=2)
