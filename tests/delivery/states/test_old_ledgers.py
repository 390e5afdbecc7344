"""Ledgers of earlier formats open, and are brought to what the table of states promises."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.delivery.ledger.identifiers import KEY_LENGTH, Purpose
from pipeline.delivery.ledger.mail_folder import BACKUPS, KEY, LEDGER, MailFolder
from pipeline.delivery.ledger.states import State
from pipeline.delivery.sending.dispatcher import Dispatcher, Ending, OutgoingMessage
from pipeline.files.workspace import Workspace
from tests.delivery.scripted_transport import Scripted
from tests.support.deliveries import IDENTIFIERS

if TYPE_CHECKING:
    from pipeline.delivery.ledger.ledger import Ledger
    from pipeline.delivery.ledger.records import Delivery

KEPT = Path(__file__).parents[1] / "ledgers" / "format-1.sql"
"""A ledger as version 0.4 wrote it, in SQL; its process was killed while it sent."""

FILING = "2023-06-30/1"


@pytest.fixture
def folder(tmp_path: Path) -> MailFolder:
    """The mail folder of that ledger, with a backup of it."""
    opened = MailFolder(Workspace(tmp_path))
    backup = opened.path / BACKUPS / "2023-06-30T07-10-00.000000Z"
    backup.mkdir(parents=True)
    for place in (opened.path, backup):
        (place / KEY).write_text(bytes(KEY_LENGTH).hex())
        (place / KEY).chmod(0o600)
        with contextlib.closing(sqlite3.connect(place / LEDGER)) as base:
            base.executescript(KEPT.read_text("utf-8"))
    return opened


def by_member(ledger: Ledger) -> dict[int, Delivery]:
    return {each.id - 1: each for each in ledger.deliveries()}


def test_a_ledger_of_format_1_is_brought_to_the_states_it_should_have(folder: MailFolder) -> None:
    with folder.ledger() as ledger:
        assert ledger.recover() == 1
        found = by_member(ledger)
        assert [found[number].state for number in range(9)] == [
            State.SENT,
            State.DEFERRED,
            State.FAILED,
            State.UNKNOWN,
            State.UNKNOWN,
            State.WITHDRAWN,
            State.WITHDRAWN,
            State.QUEUED,
            State.QUEUED,
        ]
        assert (found[0].reply, found[0].address, found[0].name) == (
            "250 2.0.0 ok",
            "member0@example.bg",
            "Член 0",
        )
        assert found[0].message_id == IDENTIFIERS.message_id(
            FILING, Purpose.ISSUE, "member0@example.bg", "example.bg"
        )
        assert ledger.mailings()[0].settings == ""
        assert ledger.tested(FILING) == {"d" * 64}
        assert not ledger.is_older
        assert set(ledger.suppressed().values()) == {"unsubscribed", "complained", "forgotten"}


def test_what_format_1_kept_of_the_forgotten_is_erased_everywhere(folder: MailFolder) -> None:
    words = [
        b"member2@example.bg",
        IDENTIFIERS.token("member2@example.bg").encode(),
        b"<member3@example.bg> unknown",
    ]

    def holding() -> set[str]:
        return {
            path.parent.name
            for path in folder.path.rglob("*")
            if path.is_file() and any(word in path.read_bytes() for word in words)
        }

    assert len(holding()) == 2
    with folder.ledger() as ledger:
        assert ledger.pending_erasures() == []
        erased = by_member(ledger)[2]
        assert (erased.recipient, erased.token, erased.message_id, erased.reply) == ("", "", "", "")
        assert ledger.returned() == {}
    assert holding() == set()


def test_a_mailing_begun_by_an_earlier_version_is_finished(folder: MailFolder) -> None:
    with folder.ledger() as ledger:
        ledger.recover()
        (mailing,) = ledger.unfinished()
        transport = Scripted(lambda *_: None)
        message = OutgoingMessage("office@example.bg", b"x\r\n")
        result = Dispatcher(ledger, transport, lambda _: message, clock=lambda: 1.8e9).send(mailing)
        assert result.ending is Ending.DONE
        assert set(transport.taken) == {f"member{number}@example.bg" for number in (1, 7, 8)}
        assert ledger.unfinished() == []


def test_opening_it_again_changes_nothing(folder: MailFolder) -> None:
    with folder.ledger() as ledger:
        before = ledger.deliveries()
    with folder.ledger() as ledger:
        assert ledger.deliveries() == before
        assert not ledger.is_older
