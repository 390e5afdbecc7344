"""Sending: the filed content reaches every recipient once, and nothing is sent before all checks pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.states import State
from pipeline.delivery.members.selection import HAD_EARLIER, NARROWED, NEVER_HAD, PAUSED, SENT_BEFORE
from pipeline.delivery.sending.dispatcher import Ending
from pipeline.desk.mail.context import open_mail
from pipeline.desk.mail.preparation import check_mail
from pipeline.desk.mail.records import mailing_statuses
from pipeline.desk.mail.sending import resume
from tests.support.mail_servers import Authority, Script, mail_server
from tests.support.mailings import (
    codes,
    message_in,
    message_to,
    opened_mail,
    planned,
    send_office_test,
    sent,
    to_members,
)
from tests.support.mails import ACTIVE, MENDED, PDF, correct

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("trusted")


def test_every_member_gets_one_message_in_their_language(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    result = sent(mail)
    assert (result.result.ending, result.state_counts[State.SENT], result.finding) == (Ending.DONE, 4, None)
    assert to_members(server) == list(ACTIVE)
    john, maria = message_to(server, "john@example.org"), message_to(server, "maria@example.bg")
    assert (john["Content-Language"], maria["Content-Language"]) == ("en", "bg")
    # Members without a language, or with one the issue lacks, get the issue's own.
    assert message_to(server, "petya@example.bg")["Content-Language"] == "bg"
    assert maria["To"].addresses[0].display_name == "Мария Иванова"
    assert maria["Subject"] == "Вести · Брой 2: Проекти и инициативи"
    (pdf,) = [part for part in maria.walk() if part.get_content_type() == "application/pdf"]
    assert (pdf.get_filename(), pdf.get_payload(decode=True)) == ("bulletin-2023-12-20.pdf", PDF)
    assert codes(lambda: sent(mail, confirmed=0)) == ["E364"]
    assert planned(mail).selection.left_out == {PAUSED: 1, SENT_BEFORE: 4}


def test_the_filed_content_is_sent_whatever_the_files_contain_now(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    article = mail.workspace.issues / "2023-12-20" / "project.md"
    article.write_text(article.read_text("utf-8").replace("Мостове", "Тунели"), "utf-8")
    send_office_test(mail)
    (text,) = [
        part.get_content()
        for part in message_in(server, "bg").walk()
        if part.get_content_type() == "text/plain"
    ]
    assert "Мостове" in text
    assert "Тунели" not in text


def test_an_untested_message_is_not_sent(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    assert not planned(mail).is_tested
    assert codes(lambda: sent(mail)) == ["E360"]
    send_office_test(mail)
    assert planned(mail).is_tested
    publication = mail.workspace.issues / "publication.yaml"
    publication.write_text(publication.read_text("utf-8").replace("name: Клъстер\n", "name: Друг\n"), "utf-8")
    changed = open_mail(mail.workspace)
    assert not planned(changed).is_tested
    assert codes(lambda: sent(changed)) == ["E360"]
    assert mailing_statuses(mail.folder, None) == []


def test_only_the_confirmed_number_of_messages_is_sent(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    assert codes(lambda: sent(mail, confirmed=5)) == ["E361"]
    assert to_members(server) == []
    assert sent(mail, confirmed=4).state_counts[State.SENT] == 4


def test_a_mailing_is_restricted_by_group_and_by_lists(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    only, excepted = tmp_path / "only.csv", tmp_path / "except.csv"
    only.write_text("Email\nMaria@example.bg\nstranger@example.bg\nivan@example.bg\n", "utf-8")
    excepted.write_text("Email\nivan@example.bg\n", "utf-8")

    def chosen(**wishes: Any) -> list[str]:
        return [member.address for member in planned(mail, **wishes).selection.members]

    assert chosen(groups=("съвет",)) == ["maria@example.bg", "ivan@example.bg"]
    assert chosen(groups=("съвет", "партньори")) == [
        "maria@example.bg",
        "john@example.org",
        "ivan@example.bg",
    ]
    assert chosen(only=only) == ["maria@example.bg", "ivan@example.bg"]
    assert chosen(only=only, excepted=excepted) == ["maria@example.bg"]
    assert chosen(groups=("партньори",), excepted=excepted) == ["john@example.org"]
    assert planned(mail, only=only).selection.left_out == {NARROWED: 3}
    assert codes(lambda: chosen(groups=("савет",))) == ["E367"]
    send_office_test(mail)
    assert sent(mail, groups=("съвет",)).state_counts[State.SENT] == 2
    assert sent(mail).state_counts[State.SENT] == 2
    assert to_members(server) == [
        "maria@example.bg",
        "ivan@example.bg",
        "john@example.org",
        "petya@example.bg",
    ]


def test_a_correction_goes_to_recipients_of_the_corrected_filing(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    assert codes(lambda: planned(mail, purpose=Purpose.CORRECTION)) == ["E363"]
    send_office_test(mail)
    sent(mail, groups=("съвет",))
    correct(mail.workspace)
    mail = open_mail(mail.workspace)
    send_office_test(mail)
    mending, others = planned(mail, purpose=Purpose.CORRECTION), planned(mail)
    assert [member.address for member in mending.selection.members] == ["maria@example.bg", "ivan@example.bg"]
    assert mending.selection.left_out == {PAUSED: 1, NEVER_HAD: 2}
    assert [member.address for member in others.selection.members] == ["john@example.org", "petya@example.bg"]
    assert others.selection.left_out == {PAUSED: 1, HAD_EARLIER: 2}
    server.messages.clear()
    sent(mail, purpose=Purpose.CORRECTION)
    message = message_to(server, "maria@example.bg")
    assert message["Subject"].startswith("Поправка: ")
    text = message.get_body(("plain",)).get_content()
    assert text.replace("\r\n", "\n").startswith(f"Поправка\n========\n\n{MENDED}")


def test_a_reminder_is_marked_and_sent_once(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    sent(mail)
    server.messages.clear()
    sent(mail, purpose=Purpose.REMINDER)
    assert message_to(server, "maria@example.bg")["Subject"].startswith("Напомняне: Вести")
    assert codes(lambda: sent(mail, purpose=Purpose.REMINDER, confirmed=4)) == ["E364"]


def test_a_bulgarian_domain_of_the_sender_is_encoded_in_ascii(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    path = mail.workspace.issues / "publication.yaml"
    text = path.read_text("utf-8").replace("news@example.org", "news@пример.бг")
    path.write_text(text, "utf-8")
    mail = open_mail(mail.workspace)
    send_office_test(mail)
    assert server.messages[0][0] == "news@xn--e1afmkfd.xn--90ae"
    assert message_in(server, "bg")["From"].addresses[0].domain == "xn--e1afmkfd.xn--90ae"


def test_each_member_has_a_return_path(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server, settings="bounces: back+@example.org\n")
    send_office_test(mail)
    sent(mail)
    paths = {to: sender for sender, to, _ in server.messages if to != "office@example.org"}
    assert paths == {to: f"back+{mail.identifiers.token(to)}@example.org" for to in ACTIVE}


def test_the_server_is_connected_before_anything_is_queued(
    tmp_path: Path, certificates: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    def attempt(script: Script) -> list[str]:
        path = mail.workspace.root / "mail" / "mail.yaml"
        lines = path.read_text("utf-8").splitlines()
        lines[1] = f"server: {{host: localhost, port: {script.port}, user: bulletin@example.bg}}"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        changed = open_mail(mail.workspace)
        return codes(lambda: sent(changed, confirmed=4))

    with mail_server(certificates.localhost) as good:
        mail = opened_mail(tmp_path, good)
        send_office_test(mail)
        monkeypatch.setenv("BULLETIN_MAIL_PASSWORD", "wrong")
        assert attempt(good) == ["E377"]
        monkeypatch.delenv("BULLETIN_MAIL_PASSWORD")
    with mail_server(certificates.self_signed) as bad:
        assert attempt(bad) == ["E375"]
    with mail_server(None) as bare:
        assert attempt(bare) == ["E376"]
    with mail_server(certificates.localhost, size=5000) as small:
        assert attempt(small) == ["E341"]
    assert attempt(Script(port=1)) == ["E374"]
    path = mail.workspace.root / "mail" / "mail.yaml"
    path.write_text("format: 1\nserver: {host: no-such-host.invalid}\nmembers: members.csv\n", "utf-8")
    nowhere = open_mail(mail.workspace)
    assert codes(lambda: sent(nowhere, confirmed=4)) == ["E373"]
    assert mailing_statuses(mail.folder, None) == []
    assert mail.folder.backups() == []


def test_a_test_message_that_the_server_refuses_does_not_count(
    tmp_path: Path, certificates: Authority
) -> None:
    with mail_server(
        certificates.localhost, Script(lambda step, _: "550 no" if step == "dot" else None)
    ) as bad:
        mail = opened_mail(tmp_path, bad)
        assert codes(lambda: send_office_test(mail)) == ["E378"]
        assert not planned(mail).is_tested


def test_two_processes_cannot_send_at_once(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    with mail.folder.exclusive():
        assert codes(lambda: sent(mail)) == ["E359"]
        assert codes(lambda: resume(mail)) == ["E359"]


def test_a_list_with_errors_prevents_sending(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    path = mail.folder.path / "members.csv"
    path.write_text(path.read_text("utf-8") + "broken;;;;\n", "utf-8")
    assert codes(lambda: planned(mail)) == ["E311"]


def test_nothing_is_sent_through_the_server_of_the_sample_settings(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    sample = mail.settings.server.model_copy(update={"host": "smtp.example.org"})
    mail = mail._replace(settings=mail.settings.model_copy(update={"server": sample}))
    assert codes(lambda: planned(mail)) == ["E178"]
    assert codes(lambda: send_office_test(mail)) == ["E178"]
    assert codes(lambda: check_mail(mail, None)) == ["E178"]
    assert not server.messages
