"""What is decided about the letters of one issue leaves others alone, and nobody gets two editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.records import NewDelivery
from pipeline.delivery.ledger.states import State
from pipeline.desk.mail.context import open_mail
from pipeline.desk.mail.ending import cancel
from pipeline.desk.mail.records import mailing_statuses, settle_unknown
from pipeline.desk.mail.sending import Callbacks, resume
from tests.support.mailings import codes, opened_mail, send_office_test, sent, to_members
from tests.support.mails import ACTIVE, correct

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.desk.mail.context import MailContext
    from tests.support.mail_servers import Script

pytestmark = pytest.mark.usefixtures("trusted")

ISSUE, OTHER = "2023-12-20", "2023-11-20"


def counts_of(mail: MailContext, issue: str) -> Mapping[State, int]:
    (status,) = mailing_statuses(mail.folder, issue)
    return status.state_counts


def begin_another(mail: MailContext) -> None:
    """Enter a sending of another issue to the first two members, the first of whom may have it."""
    identifiers = mail.identifiers
    deliveries = [
        NewDelivery(
            identifiers.recipient(address),
            identifiers.token(address),
            identifiers.message_id(f"{OTHER}/1", Purpose.ISSUE, address, mail.domain),
            address,
            "",
            "bg",
        )
        for address in ACTIVE[:2]
    ]
    with mail.folder.ledger() as ledger:
        mailing = ledger.begin(f"{OTHER}/1", Purpose.ISSUE, date="", digests="", deliveries=deliveries)
        first = ledger.next_due(mailing.id, 1e12)
        assert first is not None
        ledger.settle_and_begin(None, first)
        ledger.begin_end_of_data(first, 0)
        ledger.recover()


def test_an_issue_is_resumed_and_cancelled_where_an_older_one_is_unfinished(
    tmp_path: Path, server: Script
) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    done: list[int] = []
    sent(mail, callbacks=Callbacks(lambda _step, at, _all: done.append(at), lambda: len(done) == 2))
    begin_another(mail)
    assert resume(mail, issue=ISSUE, callbacks=Callbacks(should_stop=lambda: len(to_members(server)) == 3))
    assert len(to_members(server)) == 3
    assert cancel(mail.folder, 1, ISSUE).mailing.filing == f"{ISSUE}/1"
    assert counts_of(mail, ISSUE)[State.CANCELLED] == 1
    assert counts_of(mail, OTHER)[State.QUEUED] == 1
    assert codes(lambda: cancel(mail.folder, 1, ISSUE)) == ["E394"]
    assert codes(lambda: resume(mail, issue="2020-01-01")) == ["E368"]


def test_what_is_found_out_about_one_issue_is_not_taken_for_another(tmp_path: Path, server: Script) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    server.at = lambda step, to: "drop" if (step, to) == ("dot", ACTIVE[0]) else None
    sent(mail)
    begin_another(mail)
    settle_unknown(mail.folder, [ACTIVE[0]], State.SENT, ISSUE)
    assert counts_of(mail, ISSUE)[State.UNKNOWN] == 0
    assert counts_of(mail, OTHER)[State.UNKNOWN] == 1
    assert codes(lambda: settle_unknown(mail.folder, [ACTIVE[0]], State.SENT, ISSUE)) == ["E369"]


def test_who_was_refused_the_faulty_edition_gets_the_corrected_one_alone(
    tmp_path: Path, server: Script
) -> None:
    mail = opened_mail(tmp_path, server)
    send_office_test(mail)
    server.at = lambda step, to: "550 5.1.1 nobody" if (step, to) == ("rcpt", ACTIVE[1]) else None
    assert sent(mail).state_counts[State.FAILED] == 1
    server.at = lambda *_: None
    correct(mail.workspace)
    mail = open_mail(mail.workspace)
    send_office_test(mail)
    sent(mail)
    assert to_members(server).count(ACTIVE[1]) == 1
    resume(mail, failed=True)
    assert to_members(server).count(ACTIVE[1]) == 1
