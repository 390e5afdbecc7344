"""A mailing has an end: cancelled, left, gone on with after changes; what is told of it is true."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.states import State
from pipeline.delivery.sending.dispatcher import Ending
from pipeline.desk.mail.context import open_mail
from pipeline.desk.mail.ending import cancel, reconcile
from pipeline.desk.mail.records import mailing_statuses, unknown_deliveries, unsubscribe
from pipeline.desk.mail.sending import Callbacks, resume
from pipeline.findings.finding import DeliveryError
from pipeline.findings.wording.wording import say
from tests.support.mail_servers import Authority, Script, mail_server
from tests.support.mailings import codes, newest, opened_mail, planned, send_office_test, sent, to_members
from tests.support.mails import ACTIVE, correct

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.desk.mail.context import MailContext
    from pipeline.findings.finding import Finding

pytestmark = pytest.mark.usefixtures("trusted")


def interrupted_after(count: int) -> Callbacks:
    done: list[int] = []
    return Callbacks(lambda _step, at, _all: done.append(at), lambda: len(done) >= count)


def findings_of(call: Callable[[], object]) -> list[Finding]:
    with pytest.raises(DeliveryError) as raised:
        call()
    return list(raised.value.findings)


def put_off(to_begin: str) -> Callable[[str, str], str | None]:
    return lambda step, to: "450 4.2.1 greylisted" if step == "rcpt" and to.startswith(to_begin) else None


def test_a_cancelled_mailing_keeps_what_was_sent_and_sends_no_more(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    assert codes(lambda: cancel(mail.folder, None)) == ["E394"]
    send_office_test(mail)
    sent(mail, callbacks=interrupted_after(1))
    asked = cancel(mail.folder, None)
    assert (asked.letters, asked.is_done, asked.state_counts[State.SENT]) == (3, False, 1)
    assert codes(lambda: cancel(mail.folder, 4)) == ["E393"]
    assert mailing_statuses(mail.folder, None)[0].due is not None
    done = cancel(mail.folder, 3)
    assert (done.letters, done.state_counts[State.SENT], done.state_counts[State.CANCELLED]) == (3, 1, 3)
    assert resume(mail).result.ending is Ending.DONE
    assert len(to_members(server)) == 1
    # Who was not sent to may have it by a later sending, which is confirmed anew.
    assert len(planned(mail).deliveries) == 3
    sent(mail)
    assert sorted(to_members(server)) == sorted(ACTIVE)


def change_sender(mail: MailContext) -> MailContext:
    path = mail.workspace.issues / "publication.yaml"
    path.write_text(path.read_text("utf-8").replace("name: Клъстер\n", "name: Друг\n"), "utf-8")
    return open_mail(mail.workspace)


def test_a_setting_that_changed_is_a_question_with_both_values(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    sent(mail, callbacks=interrupted_after(1))
    changed = change_sender(mail)
    (finding,) = findings_of(lambda: resume(changed))
    assert finding.code == "E366"
    assert dict(finding.values) == {
        "field": "sender.name",
        "before": "Клъстер",
        "now": "Друг",
        "issue": "2023-12-20",
    }
    assert str(finding.place).startswith("issues/publication.yaml")
    assert "“Клъстер”" in say("{before}", "bg", before="“Клъстер”")
    # The new one goes out only after it was looked at, as any message.
    assert codes(lambda: resume(changed, with_changes=True)) == ["E360"]
    send_office_test(changed)
    assert resume(changed, with_changes=True).state_counts[State.SENT] == 4
    assert sorted(to_members(server)) == sorted(ACTIVE)
    assert codes(lambda: cancel(mail.folder, None)) == ["E394"]


def test_a_change_that_no_setting_explains_is_told_as_such_and_can_be_ended(
    tmp_path: Path, server: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    sent(mail, callbacks=interrupted_after(1))
    contents = type(mail).contents

    def other(self: MailContext, *rest: Any) -> Any:
        return {
            language: dataclasses.replace(each, digest="0" * 64)
            for language, each in contents(self, *rest).items()
        }

    monkeypatch.setattr(type(mail), "contents", other)
    assert codes(lambda: resume(mail)) == ["E390"]
    assert cancel(mail.folder, 3).is_done


def test_a_filing_that_is_gone_stops_its_mailing_but_not_its_end(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    sent(mail, callbacks=interrupted_after(1))
    gone = mail._replace(shelf=type("Empty", (), {"filings": ()})())
    assert codes(lambda: resume(gone)) == ["E391"]
    assert cancel(mail.folder, 3).is_done


def test_one_letter_put_off_does_not_hold_up_the_next_mailing(
    tmp_path: Path, certificates: Authority
) -> None:
    with mail_server(certificates.localhost) as server:
        mail = opened_mail(tmp_path, server)
        send_office_test(mail)
        server.at = put_off("ivan")
        assert sent(mail, groups=("съвет",), callbacks=interrupted_after(2)).state_counts[State.DEFERRED] == 1
        # What the plan says is what sending says.
        assert [finding.code for finding in planned(mail).obstacles] == ["E392"]
        assert codes(lambda: sent(mail)) == ["E392"]
        left = planned(mail, leave_deferred=True)
        assert left.obstacles == ()
        assert [(each.letters, each.is_mended) for each in left.left] == [(1, False)]
        server.at = lambda _step, _to: None
        assert sent(mail, leave_deferred=True).result.ending is Ending.DONE
        assert mailing_statuses(mail.folder, None)[0].due is not None
        assert "ivan@example.bg" not in to_members(server)
        make_due(mail)
        assert resume(mail).state_counts[State.SENT] == 2
        assert sorted(to_members(server)) == sorted(ACTIVE)


def make_due(mail: MailContext) -> None:
    with mail.folder.ledger() as ledger, ledger._writing() as connection:
        connection.execute("UPDATE promises SET due = 0")


def test_a_correction_waits_for_nobody_and_nobody_gets_what_it_corrects(
    tmp_path: Path, certificates: Authority
) -> None:
    with mail_server(certificates.localhost) as server:
        mail = opened_mail(tmp_path, server)
        send_office_test(mail)
        server.at = put_off("ivan")
        sent(mail, callbacks=interrupted_after(4))
        correct(mail.workspace)
        mail = open_mail(mail.workspace)
        send_office_test(mail)
        correction = planned(mail, purpose=Purpose.CORRECTION, leave_deferred=True)
        assert [(each.letters, each.is_mended) for each in correction.left] == [(1, True)]
        assert len(correction.deliveries) == 3
        server.at = lambda _step, _to: None
        sent(mail, purpose=Purpose.CORRECTION, leave_deferred=True)
        first, second = mailing_statuses(mail.folder, None)
        assert (first.due, first.state_counts[State.CANCELLED]) == (None, 1)
        assert (second.due, second.state_counts[State.SENT]) == (None, 3)
        # The one who had nothing gets the corrected issue, not the correction of what they never saw.
        assert [each.address for each in planned(mail).deliveries] == ["ivan@example.bg"]
        sent(mail)
        assert to_members(server).count("ivan@example.bg") == 1


def test_letters_still_to_go_hold_up_the_next_mailing(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    sent(mail, groups=("съвет",), callbacks=interrupted_after(1))
    for leave in (False, True):
        plan = planned(mail, leave_deferred=leave)
        assert [finding.code for finding in plan.obstacles] == ["E362"]
        assert codes(lambda leave=leave: sent(mail, leave_deferred=leave)) == ["E362"]  # type: ignore[misc]


def test_right_after_a_kill_status_and_unknown_say_the_same(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    sent(mail, callbacks=interrupted_after(1))
    with mail.folder.ledger() as ledger:
        (mailing,) = ledger.unfinished()
        killed = ledger.next_due(mailing.id, 1e12)
        assert killed is not None
        ledger.settle_and_begin(None, killed)
        ledger.begin_end_of_data(killed, 0)
        with mail.folder.exclusive():
            # The process that sends it is alive: its letter is on its way.
            counts = mailing_statuses(mail.folder, None)[0].state_counts
            assert (counts[State.END_OF_DATA], unknown_deliveries(mail.folder)) == (1, [])
    assert mailing_statuses(mail.folder, None)[0].state_counts[State.UNKNOWN] == 1
    assert [each.address for each in unknown_deliveries(mail.folder)] == [killed.address]


def test_refused_members_who_left_since_are_not_tried_again(tmp_path: Path, certificates: Authority) -> None:
    def refusing(step: str, to: str) -> str | None:
        return "550 5.1.1 no" if step == "rcpt" and to.startswith(("ivan", "maria")) else None

    with mail_server(certificates.localhost) as server:
        mail = opened_mail(tmp_path, server)
        send_office_test(mail)
        server.at = refusing
        assert sent(mail).state_counts[State.FAILED] == 2
        unsubscribe(mail.folder, "ivan@example.bg")
        server.at = lambda _step, _to: None
        result = resume(mail, failed=True)
        assert (result.state_counts[State.SENT], result.state_counts[State.WITHDRAWN]) == (3, 1)
        assert "ivan@example.bg" not in to_members(server)


def test_an_older_copy_of_the_ledger_stops_sending_and_its_plan(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    sent(mail, groups=("съвет",))
    before = mail.folder.backups()[0] / "ledger.sqlite"
    for ending in ("-wal", "-shm"):
        (mail.folder.path / f"ledger.sqlite{ending}").unlink(missing_ok=True)
    (mail.folder.path / "ledger.sqlite").write_bytes(before.read_bytes())
    assert [finding.code for finding in planned(mail).obstacles] == ["E398"]
    assert codes(lambda: sent(mail)) == ["E398"]
    assert codes(lambda: resume(mail)) == ["E398"]
    assert reconcile(mail.folder, None, 2).is_done
    sent(mail)
    assert sorted(to_members(server)) == sorted(ACTIVE)
    assert newest(mail).name == "2023-12-20/1"
