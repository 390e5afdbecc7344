"""Settings, secrets and signatures of the mail: everything missing or wrong is reported."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import dkim
import pytest

from pipeline.delivery.ledger.mail_folder import KEY, MailFolder
from pipeline.desk.mail.context import MailContext, open_mail
from pipeline.desk.mail.plans import MailingRequest, plan
from pipeline.desk.mail.preparation import check_mail
from pipeline.files.workspace import Workspace
from tests.support.mailings import codes, newest, opened_mail, planned, send_office_test, sent

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.mail_servers import Script

pytestmark = pytest.mark.usefixtures("trusted")


def changed(mail: MailContext, name: str, text: str) -> Workspace:
    (mail.workspace.root / name).write_text(text, "utf-8")
    return mail.workspace


def test_every_wrong_setting_is_reported(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    good = (mail.folder.path / "mail.yaml").read_text("utf-8")
    head = "format: 1\nserver: {host: localhost}\n"
    for text, code in (
        ("format: 1\n", "E13"),
        (head + "throttel: {}\n", "E12"),
        (head + "unsubscribe: http://example.org/u\n", "E358"),
        (head + "unsubscribe: https://example.org/u?x=1\n", "E358"),
        (good.replace("localhost", "local host"), "E15"),
    ):
        workspace = changed(mail, "mail/mail.yaml", text)
        assert code in codes(lambda: open_mail(workspace)), text  # noqa: B023 - called at once
    without_list = open_mail(changed(mail, "mail/mail.yaml", head))
    assert codes(lambda: planned(without_list)) == ["E356"]
    assert [finding.code for finding in check_mail(without_list, None, use_server=False).findings] == ["E356"]
    (mail.folder.path / "mail.yaml").unlink()
    assert codes(lambda: open_mail(mail.workspace)) == ["E350"]


def test_a_secret_that_others_may_read_is_not_used(
    tmp_path: Path, server: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = opened_mail(tmp_path, server)
    password = mail.folder.path / "password"
    password.chmod(0o640)
    assert codes(lambda: send_office_test(mail)) == ["E352"]
    password.chmod(0o600)
    password.write_bytes("слънце".encode("cp1251"))
    assert codes(lambda: send_office_test(mail)) == ["E02"]
    password.unlink()
    assert codes(lambda: send_office_test(mail)) == ["E351"]
    monkeypatch.setenv("BULLETIN_MAIL_PASSWORD", "слънце-42")
    send_office_test(mail)
    (mail.folder.path / KEY).chmod(0o644)
    assert codes(lambda: open_mail(mail.workspace)) == ["E352"]


def test_a_lost_key_is_not_replaced(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    (mail.folder.path / KEY).unlink()
    assert codes(lambda: open_mail(mail.workspace)) == ["E353"]


def test_a_publication_must_name_a_sender(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    path = mail.workspace.issues / "publication.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("  reply_to: office@example.org\n", ""), "utf-8")
    assert [finding.code for finding in check_mail(open_mail(mail.workspace), None).findings] == ["W350"]
    path.write_text(text.partition("sender:")[0], "utf-8")
    assert codes(lambda: open_mail(mail.workspace)) == ["E354"]


def test_an_issue_filed_without_a_mail_edition_is_reported(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    filing = newest(mail)
    object.__setattr__(filing, "files", {"bulletin-2023-12-20.pdf": filing.files["bulletin-2023-12-20.pdf"]})
    assert codes(lambda: plan(mail, MailingRequest(filing))) == ["E365"]


def test_a_signature_needs_its_key(tmp_path: Path, server: Script) -> None:
    signature = "signature: {domain: example.org, selector: bulletin, key: dkim.pem}\n"
    mail = opened_mail(tmp_path, server, settings=signature)
    assert codes(lambda: send_office_test(mail)) == ["E357"]


def test_messages_are_signed_if_the_provider_does_not_sign(tmp_path: Path, server: Script) -> None:
    signature = "signature: {domain: example.org, selector: bulletin, key: dkim.pem}\n"
    mail = opened_mail(tmp_path, server, settings=signature)
    key = mail.folder.path / "dkim.pem"
    subprocess.run(["openssl", "genrsa", "-out", str(key), "2048"], check=True, capture_output=True)
    key.chmod(0o600)
    public = subprocess.run(
        ["openssl", "rsa", "-in", str(key), "-pubout"],
        check=True,
        capture_output=True,
    ).stdout
    record = b"v=DKIM1; k=rsa; p=" + b"".join(public.splitlines()[1:-1])
    send_office_test(mail)
    sent(mail)
    assert len(server.messages) == 6
    assert all(dkim.verify(data, dnsfunc=lambda *_, **__: record) for _, _, data in server.messages)


def test_a_password_may_be_in_the_keyring_of_the_system(
    tmp_path: Path, server: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = opened_mail(tmp_path, server)
    (mail.folder.path / "password").unlink()
    passwords = {("bulletin", "bulletin@example.bg@localhost"): "слънце-42"}
    monkeypatch.setitem(
        sys.modules, "keyring", SimpleNamespace(get_password=lambda *names: passwords.get(names))
    )
    send_office_test(mail)

    def broken(*_: str) -> str:
        raise RuntimeError

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=broken))
    assert codes(lambda: send_office_test(mail)) == ["E351"]


def test_identifiers_differ_between_workspaces(tmp_path: Path, server: Script) -> None:
    one = opened_mail(tmp_path, server)
    other = MailFolder(Workspace(tmp_path / "other"))
    assert one.identifiers.token("ivan@example.bg") != other.identifiers().token("ivan@example.bg")
