"""The mail commands: output, exit statuses, and Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from tests.conftest import REPOSITORY, run_bulletin
from tests.studio.processes import PATIENCE, until
from tests.support.mail_servers import Authority, Script, mail_server
from tests.support.mails import ACTIVE, filed_workspace, sound, with_sender

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace


pytestmark = pytest.mark.usefixtures("trusted")


def output_of(workspace: Workspace, *words: str, status: int = 0, language: str = "bg") -> str:
    ran = run_bulletin("--language", language, "mail", *words, cwd=workspace.root)
    assert ran.returncode == status, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def test_the_first_check_writes_sample_settings(tmp_path: Path) -> None:
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
    assert "активни членове: 4" in output_of(workspace, "check")
    assert "letter.bg.eml" in output_of(workspace, "preview", "2")
    assert "нищо не е изпратено; първо го погледнете" in output_of(workspace, "send", "2")
    assert "приети от сървъра" in output_of(workspace, "test", "2", "--to", "office@example.org")
    dry = output_of(workspace, "send", "2")
    assert "ще се изпрати на: 4" in dry
    assert "--confirm 4" in dry
    assert len(server.messages) == 2
    assert "E361" in output_of(workspace, "send", "2", "--confirm", "3", status=1)
    assert "4  приети от сървъра" in output_of(workspace, "send", "2", "--confirm", "4")
    assert len(server.messages) == 6
    assert "4  приети от сървъра" in output_of(workspace, "status")
    assert output_of(workspace, "report", "2", "--all").count("@example") == 4
    assert "няма" in output_of(workspace, "unknown")
    assert "E364" in output_of(workspace, "send", "2", "--confirm", "4", status=1)


def test_a_number_is_confirmed_for_the_members_who_were_shown_alone(tmp_path: Path, server: Script) -> None:
    workspace = filed_workspace(tmp_path, server.port)
    output_of(workspace, "test", "2", "--to", "office@example.org")
    output_of(workspace, "send", "2")
    members = workspace.root / "mail" / "members.csv"
    members.write_text(members.read_text("utf-8").replace("john@example.org", "other@example.org"), "utf-8")
    assert "E399" in output_of(workspace, "send", "2", "--confirm", "4", status=1)
    assert "ще се изпрати на: 4" in output_of(workspace, "send", "2")
    assert "4  приети от сървъра" in output_of(workspace, "send", "2", "--confirm", "4")
    assert [to for _, to, _ in server.messages].count("other@example.org") == 1


def test_reading_an_empty_mail_folder_leaves_it_usable(tmp_path: Path, server: Script) -> None:
    workspace = filed_workspace(tmp_path, server.port)
    returned = REPOSITORY / "tests" / "delivery" / "returns" / "01-postfix-nobody-there.eml"
    output_of(workspace, "bounces", str(returned))
    output_of(workspace, "status")
    output_of(workspace, "unknown")
    output_of(workspace, "test", "2", "--to", "office@example.org")


def test_a_count_that_is_no_number_is_reported_in_the_officers_language(
    tmp_path: Path, server: Script
) -> None:
    output = output_of(filed_workspace(tmp_path, server.port), "send", "2", "--confirm", "много", status=2)
    assert "--confirm N изисква цяло число" in output


def test_output_never_claims_that_a_message_was_received(tmp_path: Path, server: Script) -> None:
    workspace = filed_workspace(tmp_path, server.port)
    output_of(workspace, "test", "2", "--to", "office@example.org")
    output = output_of(workspace, "send", "2", "--confirm", "4") + output_of(workspace, "status")
    assert "доставен" not in output
    assert "получен" not in output


def test_refused_recipients_are_printed_and_change_the_exit_status(tmp_path: Path, server: Script) -> None:
    workspace = filed_workspace(tmp_path, server.port)
    output_of(workspace, "test", "2", "--to", "office@example.org")
    server.at = lambda step, to: "550 5.1.1 nobody" if step == "rcpt" and to.startswith("ivan") else None
    assert "bulletin mail report 2023-12-20" in output_of(workspace, "send", "2", "--confirm", "4", status=4)
    report = output_of(workspace, "report", "2")
    assert "ivan@example.bg\tотказани от сървъра\t550 5.1.1 nobody" in report
    assert "maria@" not in report
    server.at = lambda _step, _to: None
    assert "4  приети" in output_of(workspace, "resume", "--failed")


def test_an_error_before_sending_has_its_own_exit_status(tmp_path: Path, server: Script) -> None:
    workspace = filed_workspace(tmp_path, server.port)
    output_of(workspace, "test", "2", "--to", "office@example.org")
    (workspace.root / "mail" / "password").write_text("wrong", "utf-8")
    for command in (["check"], ["test", "2", "--to", "a@example.org"], ["send", "2", "--confirm", "4"]):
        assert "E377" in output_of(workspace, *command, status=5)
    assert "нищо не е изпращано" in output_of(workspace, "status")


def test_ctrl_c_finishes_the_message_in_flight(tmp_path: Path, certificates: Authority) -> None:
    reached, gate = threading.Event(), threading.Event()

    def held(step: str, to: str) -> None:
        if (step, to) == ("dot", ACTIVE[1]):
            reached.set()
            gate.wait(PATIENCE)

    with mail_server(certificates.localhost, Script(held)) as server:
        workspace = filed_workspace(tmp_path, server.port)
        output_of(workspace, "test", "2", "--to", "office@example.org")
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
        assert reached.wait(PATIENCE)
        running.send_signal(signal.SIGINT)
        gate.set()
        output, _ = running.communicate(timeout=PATIENCE)
        assert running.returncode == 130, output
        assert "the message in flight was finished" in output
        assert "unknown" not in output_of(workspace, "status", language="en")
        output_of(workspace, "resume")
        members = [to for _, to, _ in server.messages[2:]]
        assert len(members) == len(set(members)) == 4


def test_the_officer_settles_unknown_outcomes(tmp_path: Path, certificates: Authority) -> None:
    script = Script(lambda step, to: "drop" if step == "dot" and to.startswith("ivan") else None)
    with mail_server(certificates.localhost, script) as server:
        workspace = filed_workspace(tmp_path, server.port)
        output_of(workspace, "test", "2", "--to", "office@example.org")
        output_of(workspace, "send", "2", "--confirm", "4", status=4)
        assert "ivan@example.bg" in output_of(workspace, "unknown")
        assert "E369" in output_of(workspace, "unknown", "--sent", "maria@example.bg", status=1)
        output_of(workspace, "unknown", "--sent", "ivan@example.bg")
        assert "4  приети" in output_of(workspace, "status")


def test_an_unsubscribed_or_forgotten_member_gets_nothing_more(tmp_path: Path, server: Script) -> None:
    workspace = filed_workspace(tmp_path, server.port)
    output_of(workspace, "unsubscribe", "ivan@example.bg")
    assert "ще се изпрати на: 3" in output_of(workspace, "send", "2")
    output_of(workspace, "unsubscribe", "ivan@example.bg", "--undo")
    assert "ще се изпрати на: 4" in output_of(workspace, "send", "2")
    assert "members.csv, ред 4" in output_of(workspace, "forget", "ivan@example.bg")
    assert "ще се изпрати на: 3" in output_of(workspace, "send", "2")
    returned = REPOSITORY / "tests" / "delivery" / "returns" / "22-holiday-exchange.eml"
    assert "отговор на машина" in output_of(workspace, "bounces", str(returned))
    output_of(workspace, "unsubscribe", status=2)
    assert "E382" in output_of(workspace, "unsubscribe", "--serve", status=1)


@pytest.mark.parametrize("command", ["send", "test", "preview"])
def test_commands_that_send_require_the_issue(tmp_path: Path, server: Script, command: str) -> None:
    output_of(filed_workspace(tmp_path, server.port), command, status=2)


def test_a_sending_that_stopped_is_cancelled_as_confirmed(tmp_path: Path, certificates: Authority) -> None:
    script = Script(lambda step, to: "450 4.2.1 later" if step == "rcpt" and to.startswith("ivan") else None)
    with mail_server(certificates.localhost, script) as server:
        workspace = filed_workspace(tmp_path, server.port)
        assert "E394" in output_of(workspace, "cancel", status=1)
        output_of(workspace, "test", "2", "--to", "office@example.org")
        waiting = run_until(workspace, server, 5)
        assert "E392" in output_of(workspace, "send", "2", status=1), waiting
        asked = output_of(workspace, "cancel")
        assert "за да останат 1 завинаги неизпратени, добавете: --confirm 1" in asked
        assert "E393" in output_of(workspace, "cancel", "--confirm", "2", status=1)
        done = output_of(workspace, "cancel", "--confirm", "1")
        assert "3  приети от сървъра" in done
        assert "1  прекратени: не са изпратени" in done
        assert "не е завършило" not in output_of(workspace, "status")
        assert "ще се изпрати на: 1" in output_of(workspace, "send", "2")


def run_until(workspace: Workspace, server: Script, messages: int) -> str:
    """Send until the server has so many messages, and stop it by Ctrl-C while it waits for the others."""
    command = [sys.executable, "-m", "pipeline", "mail", "send", "2", "--confirm", "4"]
    running = subprocess.Popen(
        command,
        cwd=workspace.root,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    until(lambda: len(server.messages) == messages or running.poll() is not None)
    running.send_signal(signal.SIGINT)
    output, _ = running.communicate(timeout=PATIENCE)
    assert running.returncode == 130, output
    return output


def test_an_older_copy_of_the_ledger_is_brought_up_to_date_by_the_officer(
    tmp_path: Path, server: Script
) -> None:
    workspace = filed_workspace(tmp_path, server.port)
    assert "E395" in output_of(workspace, "reconcile", status=1)
    output_of(workspace, "test", "2", "--to", "office@example.org")
    output_of(workspace, "send", "2", "--confirm", "4")
    mail = workspace.root / "mail"
    (copy,) = (mail / "backups").iterdir()
    (mail / "ledger.sqlite").write_bytes((copy / "ledger.sqlite").read_bytes())
    assert "E398" in output_of(workspace, "send", "2", status=1)
    assert "E398" in output_of(workspace, "resume", status=1)
    asked = output_of(workspace, "reconcile")
    assert "4  приети от сървъра" in asked
    assert "за да се приеме, добавете: --confirm 4" in asked
    assert "E398" in output_of(workspace, "resume", status=1)
    assert "пощата отново може да тръгва" in output_of(workspace, "reconcile", "--confirm", "4")
    assert "4  приети от сървъра" in output_of(workspace, "status")
    assert "ще се изпрати на: 0" in output_of(workspace, "send", "2")
    assert len(server.messages) == 6


@pytest.mark.parametrize("command", ["forget", "unsubscribe"])
def test_nothing_is_promised_to_somebody_nobody_knows(tmp_path: Path, server: Script, command: str) -> None:
    workspace = filed_workspace(tmp_path, server.port)
    refused = output_of(workspace, command, "ivam@example.bg", status=1)
    assert "E386" in refused
    assert "вероятно става дума за „ivan@example.bg“; нищо не е променено" in refused
    assert "няма да се праща" not in refused
    assert "нищо повече" not in refused
    assert "не беше известен" in output_of(workspace, command, "ivam@example.bg", "--anyway")
    assert "не беше" not in output_of(workspace, command, "Иван <IVAN@example.bg>")
