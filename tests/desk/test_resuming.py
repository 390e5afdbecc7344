"""Resuming: an interrupted mailing is finished, and unknown outcomes are settled."""

from __future__ import annotations

import email
import email.policy
import sqlite3
from typing import TYPE_CHECKING

import pytest

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.mail_folder import LEDGER
from pipeline.delivery.ledger.states import State
from pipeline.delivery.sending.dispatcher import Ending
from pipeline.desk.mail.context import open_mail
from pipeline.desk.mail.records import mailing_statuses, settle_unknown, unknown_deliveries
from pipeline.desk.mail.sending import Callbacks, resume
from tests.support.mail_servers import Authority, Script, mail_server
from tests.support.mailings import codes, opened_mail, send_office_test, sent, to_members
from tests.support.mails import ACTIVE

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("trusted")


def test_a_mailing_stopped_by_the_officer_resumes_where_it_ended(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    done: list[int] = []
    result = sent(mail, callbacks=Callbacks(lambda _step, at, _all: done.append(at), lambda: len(done) == 2))
    assert (result.result.ending, result.state_counts[State.SENT], result.state_counts[State.QUEUED]) == (
        Ending.INTERRUPTED,
        2,
        2,
    )
    assert codes(lambda: sent(mail, confirmed=2)) == ["E362"]
    assert resume(mail).state_counts[State.SENT] == 4
    assert sorted(to_members(server)) == sorted(ACTIVE)
    assert resume(mail).result.ending is Ending.DONE


def test_only_the_confirmed_content_is_resumed(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    assert codes(lambda: resume(mail)) == ["E368"]
    send_office_test(mail)
    sent(mail, callbacks=Callbacks(should_stop=lambda: True))
    publication = mail.workspace.issues / "publication.yaml"
    before = publication.read_text("utf-8")
    publication.write_text(before.replace("name: Клъстер\n", "name: Друг\n"), "utf-8")
    assert codes(lambda: resume(open_mail(mail.workspace))) == ["E366"]
    publication.write_text(before, "utf-8")
    resume(open_mail(mail.workspace))
    assert to_members(server) == list(ACTIVE)


def test_a_message_is_the_same_whenever_it_goes_out(tmp_path: Path, certificates: Authority) -> None:
    script = Script(lambda step, to: "450 4.2.1 later" if step == "dot" and to.startswith("ivan") else None)
    messages: list[bytes] = []
    with mail_server(certificates.localhost, script) as server:
        mail = opened_mail(tmp_path, server)
        send_office_test(mail)
        assert sent(mail, callbacks=Callbacks(should_stop=lambda: len(server.messages) == 4)).state_counts[
            State.DEFERRED
        ] in {
            0,
            1,
        }
        mailing = mailing_statuses(mail.folder, None)[0].mailing
        script.at = lambda step, to: None if step else to
        with sqlite3.connect(mail.folder.path / LEDGER) as base:
            base.execute("UPDATE promises SET due = 0")
        resume(mail)
        messages = [data for _, to, data in server.messages if to == "ivan@example.bg"]
    assert len(messages) == 1
    message = email.message_from_bytes(messages[0])
    assert message["Date"] == mailing.date
    assert message["Message-ID"] == mail.identifiers.message_id(
        "2023-12-20/1", Purpose.ISSUE, "ivan@example.bg", "example.org"
    )


def test_five_equal_refusals_stop_it_and_can_be_tried_again(tmp_path: Path, certificates: Authority) -> None:
    script = Script(lambda step, _: "554 5.7.1 blocked" if step == "dot" else None)
    with mail_server(certificates.localhost, script) as server:
        mail = opened_mail(tmp_path, server)
        more = "".join(f"m{at}@example.bg;;;;\n" for at in range(6))
        path = mail.folder.path / "members.csv"
        path.write_text(path.read_text("utf-8") + more, "utf-8")
        script.at = lambda _step, _to: None
        send_office_test(mail)
        script.at = lambda step, _: "554 5.7.1 blocked" if step == "dot" else None
        result = sent(mail)
        assert result.result.ending is Ending.REFUSED
        assert result.finding is not None
        assert result.finding.code == "E379"
        assert (result.state_counts[State.FAILED], result.state_counts[State.QUEUED]) == (5, 5)
        script.at = lambda _step, _to: None
        assert resume(mail).state_counts[State.SENT] == 5
        assert resume(mail, failed=True).state_counts[State.SENT] == 10
        assert set(server.taken.values()) == {1, 2}  # the office got two test messages, in two languages


def test_an_unknown_outcome_is_reported_and_settled(tmp_path: Path, certificates: Authority) -> None:
    lost = iter(["drop"])
    script = Script(lambda step, to: next(lost, None) if step == "dot" and to.startswith("ivan") else None)
    with mail_server(certificates.localhost, script) as server:
        mail = opened_mail(tmp_path, server)
        send_office_test(mail)
        assert sent(mail).state_counts[State.UNKNOWN] == 1
        assert [delivery.address for delivery in unknown_deliveries(mail.folder)] == ["ivan@example.bg"]
        assert codes(lambda: settle_unknown(mail.folder, ["maria@example.bg"], State.SENT)) == ["E369"]
        assert resume(mail).state_counts[State.UNKNOWN] == 1
        assert settle_unknown(mail.folder, ["Ivan@example.bg"], State.QUEUED) == {State.QUEUED: 1}
        assert resume(mail).state_counts[State.SENT] == 4
        assert server.taken["ivan@example.bg"] == 2
    assert unknown_deliveries(mail.folder) == []
