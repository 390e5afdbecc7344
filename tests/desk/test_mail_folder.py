"""Suppressing and forgetting recipients, and the mail folder with its backups."""

from __future__ import annotations

import email
import email.policy
import stat
import urllib.request
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.ledger.mail_folder import KEY, LEDGER
from pipeline.delivery.ledger.states import State
from pipeline.delivery.members.selection import PAUSED, SENT_BEFORE, SUPPRESSED
from pipeline.delivery.returns.unsubscribe_server import UnsubscribeServer
from pipeline.desk.mail.preparation import check_mail, preview
from pipeline.desk.mail.records import delivery_reports, forget, unsubscribe
from tests.support.mail_servers import Authority, Script, mail_server
from tests.support.mailings import codes, newest, opened_mail, planned, send_office_test, sent, to_members
from tests.support.mails import ACTIVE

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.desk.mail.context import MailContext

pytestmark = pytest.mark.usefixtures("trusted")


def test_a_member_who_unsubscribes_during_a_mailing_gets_no_message(
    tmp_path: Path, certificates: Authority
) -> None:
    script = Script()
    with mail_server(certificates.localhost, script) as server:
        mail = opened_mail(tmp_path, server, settings="unsubscribe: https://example.org/u\n")
        send_office_test(mail)
        page = UnsubscribeServer(mail.folder, {"bg": "Вести", "en": "News"}, port=0)
        Thread(target=page.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{page.server_address[1]}/u/{mail.identifiers.token('ivan@example.bg')}"

        def leave(step: str, to: str) -> None:
            if step == "dot" and to.startswith("john"):
                with urllib.request.urlopen(address, data=b"List-Unsubscribe=One-Click") as answer:
                    assert answer.status == 200

        script.at = leave
        result = sent(mail)
        page.shutdown()
        page.server_close()
    assert (result.state_counts[State.SENT], result.state_counts[State.WITHDRAWN]) == (3, 1)
    assert "ivan@example.bg" not in to_members(server)
    assert planned(mail).selection.left_out == {PAUSED: 1, SUPPRESSED: 1, SENT_BEFORE: 3}


def test_a_forgotten_address_is_in_no_file_of_the_program(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    sent(mail, groups=("съвет",))
    sent(mail)
    folder = mail.workspace.root / "out" / "mail"
    folder.mkdir(parents=True)
    for name, data in preview(mail, newest(mail)).items():
        (folder / name).write_bytes(data)
    assert len(mail.folder.backups()) == 2
    assert holding(mail, "ivan@example.bg", "Иван Петров") >= {LEDGER, "members.csv"}
    forgotten = forget(mail.folder, " IVAN@example.bg ")
    assert (forgotten.deliveries, forgotten.backups, forgotten.lists) == (1, 2, (("mail/members.csv", 4),))
    assert holding(mail, "ivan@example.bg", "Иван Петров") == {"members.csv"}
    assert planned(mail).selection.left_out == {PAUSED: 1, SUPPRESSED: 1, SENT_BEFORE: 3}
    assert [each.delivery.state for each in delivery_reports(mail.folder, "2023-12-20")] == [State.SENT] * 4
    assert not unsubscribe(mail.folder, "ivan@example.bg", undo=True).is_changed


def holding(mail: MailContext, *words: str) -> set[str]:
    return {
        path.name
        for path in mail.workspace.root.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words)
    }


def test_an_unsubscribed_member_can_subscribe_again(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    assert unsubscribe(mail.folder, "Ivan@example.bg").is_changed
    assert planned(mail).selection.left_out == {PAUSED: 1, SUPPRESSED: 1}
    assert unsubscribe(mail.folder, "ivan@example.bg", undo=True).is_changed
    assert planned(mail).selection.left_out == {PAUSED: 1}
    assert codes(lambda: unsubscribe(mail.folder, "ivan")) == ["E383"]


def test_files_of_the_mail_folder_are_readable_by_their_owner_only(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    sent(mail)
    assert (mail.folder.path / ".gitignore").read_text("utf-8").splitlines()[-1] == "*"
    for path in (mail.folder.path / KEY, mail.folder.path / LEDGER, *mail.folder.backups()[0].iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    filed = b"".join(path.read_bytes() for path in mail.workspace.issues.rglob("*") if path.is_file())
    assert not any(address.encode() in filed for address in ACTIVE)


def test_ledger_and_key_are_backed_up_together_before_each_sending(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    sent(mail, groups=("съвет",))
    sent(mail)
    copies = mail.folder.backups()
    ledgers = [Ledger(copy / LEDGER) for copy in copies]
    assert [len(ledger.deliveries()) for ledger in ledgers] == [0, 2]
    assert {(copy / KEY).read_bytes() for copy in copies} == {(mail.folder.path / KEY).read_bytes()}
    for ledger in ledgers:
        ledger.close()


def test_a_preview_is_the_message_and_names_no_member(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    files = preview(mail, newest(mail))
    names = {
        f"letter.{language}.{kind}"
        for language in ("bg", "en")
        for kind in ("eml", "light.html", "dark.html")
    }
    assert set(files) == names
    message = email.message_from_bytes(files["letter.bg.eml"], policy=email.policy.default)
    assert message["To"] == "office@example.org"
    assert b"data:image/png;base64" in files["letter.bg.light.html"]
    assert b"cid:" not in files["letter.bg.dark.html"]
    assert not any(address.encode() in data for data in files.values() for address in ACTIVE)


def test_checking_the_mail_sends_nothing(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    checked = check_mail(mail, None)
    assert (checked.largest, checked.findings) == (33_554_432, ())
    assert checked.members is not None
    assert len(checked.members.active) == 4
    assert checked.size is not None
    assert server.messages == []
