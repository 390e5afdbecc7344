"""An older copy of the ledger that was put back sends nothing before it knows what the newer one knew."""

from __future__ import annotations

import contextlib
import shutil
import threading
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.mail_folder import BACKUPS, LEDGER, WITNESS, MailFolder
from pipeline.delivery.ledger.states import State
from pipeline.delivery.sending.dispatcher import Dispatcher, OutgoingMessage
from pipeline.delivery.sending.transport import Reply, ReplyLostError, Step
from pipeline.desk.mail.ending import cancel, reconcile
from pipeline.desk.mail.records import forget, settle_unknown, unsubscribe
from pipeline.files.workspace import Workspace
from pipeline.files.writing.locks import locked
from pipeline.findings.finding import DeliveryError
from tests.delivery.scripted_transport import END_OF_DATA, Scripted
from tests.studio.processes import PATIENCE
from tests.support.deliveries import FILING
from tests.support.mailings import codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipeline.delivery.ledger.records import NewDelivery

LATER, NO = Reply(450, "4.2.1 later"), Reply(550, "5.1.1 unknown")
ANSWERS: dict[str, tuple[Step | str, Any]] = {
    "member1@example.bg": (END_OF_DATA, ReplyLostError("gone")),
    "member2@example.bg": (Step.RCPT, LATER),
    "member3@example.bg": (Step.RCPT, NO),
}


@pytest.fixture
def folder(tmp_path: Path) -> MailFolder:
    return MailFolder(Workspace(tmp_path))


def script(step: Step | str, to: str) -> Any:
    at, answer = ANSWERS.get(to, ("", None))
    return answer if step == at else None


def deliveries(folder: MailFolder, count: int, filing: str = FILING) -> Iterator[NewDelivery]:
    from pipeline.delivery.ledger.records import NewDelivery  # noqa: PLC0415

    names = folder.identifiers()
    for address in (f"member{number}@example.bg" for number in range(count)):
        yield NewDelivery(
            recipient=names.recipient(address),
            token=names.token(address),
            message_id=names.message_id(filing, Purpose.ISSUE, address, "example.bg"),
            address=address,
            name="Член",
            language="bg",
        )


def sent(folder: MailFolder, answer: Callable[[Step | str, str], Any] = script) -> None:
    message = OutgoingMessage("office@example.bg", b"x\r\n")
    with folder.ledger() as ledger:
        (mailing,) = ledger.unfinished()
        Dispatcher(ledger, Scripted(answer), lambda _: message, clock=lambda: 1000.0).send(mailing)


def begun(folder: MailFolder, count: int = 6, filing: str = FILING) -> None:
    with folder.ledger() as ledger:
        ledger.begin(
            filing, Purpose.ISSUE, date="x", digests="d", deliveries=deliveries(folder, count, filing)
        )


def put_back(folder: MailFolder, copy: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        (folder.path / f"{LEDGER}{ending}").unlink(missing_ok=True)
    shutil.copyfile(copy, folder.path / LEDGER)


def states(folder: MailFolder) -> list[State]:
    with folder.ledger() as ledger:
        return [delivery.state for delivery in ledger.deliveries()]


@pytest.fixture
def backup(folder: MailFolder) -> Path:
    """A backup made after six letters were queued; since then they were sent, and two members left."""
    begun(folder)
    with folder.ledger() as ledger:
        made = folder.back_up(ledger)
    sent(folder)
    unsubscribe(folder, "member4@example.bg")
    forget(folder, "member5@example.bg")
    return made / LEDGER


KNOWN = [State.SENT, State.UNKNOWN, State.DEFERRED, State.FAILED, State.SENT]
"""What became of the first five."""


def test_an_older_copy_sends_nothing_until_it_is_reconciled(folder: MailFolder, backup: Path) -> None:
    put_back(folder, backup)
    with folder.ledger() as ledger:
        assert ledger.is_older
        assert sorted(ledger.suppressed().values()) == ["forgotten", "unsubscribed"]
    assert codes(lambda: cancel(folder, None)) == ["E398"]
    assert codes(lambda: settle_unknown(folder, ["member1@example.bg"], State.SENT)) == ["E398"]
    asked = reconcile(folder, None, None)
    assert (asked.letters, asked.is_whole, asked.is_done) == (5, True, False)
    assert codes(lambda: reconcile(folder, None, 4)) == ["E393"]
    with folder.ledger() as ledger:
        assert ledger.is_older
    assert reconcile(folder, None, 5).is_done
    assert states(folder)[:5] == KNOWN
    assert codes(lambda: reconcile(folder, None, None)) == ["E395"]
    assert codes(lambda: reconcile(folder, None, 0)) == ["E395"]


def test_an_older_copy_forgets_as_soon_as_it_is_opened(folder: MailFolder, tmp_path: Path) -> None:
    begun(folder)
    copy = tmp_path / "copy.sqlite"
    with folder.ledger() as ledger:
        ledger.copy_to(copy)
    forget(folder, "member5@example.bg")
    put_back(folder, copy)
    word = b"member5@example.bg"
    assert word in (folder.path / LEDGER).read_bytes()
    with folder.ledger() as ledger:
        assert ledger.is_older
    assert not [path for path in folder.path.rglob("*") if path.is_file() and word in path.read_bytes()]
    assert states(folder)[5] is State.WITHDRAWN


def test_who_left_while_an_older_copy_was_in_place_is_known_to_the_newest_when_it_comes_back(
    folder: MailFolder,
) -> None:
    with folder.ledger() as ledger:
        older = folder.back_up(ledger) / LEDGER
    begun(folder, 3)
    with folder.ledger() as ledger:
        newest = folder.back_up(ledger) / LEDGER
    put_back(folder, older)
    unsubscribe(folder, "member0@example.bg", anyway=True)
    forget(folder, "member1@example.bg", anyway=True)
    put_back(folder, newest)
    with folder.ledger() as ledger:
        assert not ledger.is_older
    assert states(folder) == [State.WITHDRAWN, State.WITHDRAWN, State.QUEUED]
    assert unsubscribe(folder, "member0@example.bg", undo=True).is_changed
    with folder.ledger() as ledger:
        assert sorted(ledger.suppressed().values()) == ["forgotten"]


def test_suppression_grows_while_an_older_copy_is_not_reconciled(folder: MailFolder, backup: Path) -> None:
    put_back(folder, backup)
    unsubscribe(folder, "member0@example.bg")
    put_back(folder, backup)
    with folder.ledger() as ledger:
        assert sorted(ledger.suppressed().values()) == ["forgotten", "unsubscribed", "unsubscribed"]
    reconcile(folder, None, reconcile(folder, None, None).letters)
    assert states(folder)[:5] == KNOWN


def test_a_mailing_the_older_copy_never_saw_is_entered_and_not_sent_again(folder: MailFolder) -> None:
    begun(folder, 2)
    with folder.ledger() as ledger:
        copy = folder.back_up(ledger) / LEDGER
    sent(folder, lambda *_: None)
    begun(folder, 6, "2024-01-31/1")
    sent(folder)
    (folder.path / "members.csv").write_text("Имейл;Име\nmember2@example.bg;Втори\n", "utf-8")
    put_back(folder, copy)
    reconcile(folder, None, reconcile(folder, None, None).letters)
    with folder.ledger() as ledger:
        assert [mailing.filing for mailing in ledger.mailings()] == [FILING, "2024-01-31/1"]
        entered = {each.recipient: each for each in ledger.deliveries(ledger.mailings()[1].id)}
        recipient = folder.identifiers().recipient
        found = [entered[recipient(f"member{number}@example.bg")] for number in range(6)]
        assert [each.state for each in found] == [*KNOWN, State.SENT]
        # The list in the folder knows the one who is still to be sent to.
        assert [each.address for each in found] == [None, None, "member2@example.bg", None, None, None]
        assert ledger.recipients("2024-01-31/1", Purpose.ISSUE) == set(entered)
    assert settle_unknown(folder, ["member1@example.bg"], State.QUEUED) == {State.QUEUED: 1}
    with folder.ledger() as ledger:
        (settled,) = ledger.deliveries_to(recipient("member1@example.bg"))[1:]
        assert settled.address == "member1@example.bg"


def test_who_was_still_to_be_sent_to_and_whose_address_nobody_knows_may_be_queued_anew(
    folder: MailFolder,
) -> None:
    with folder.ledger() as ledger:
        copy = folder.back_up(ledger) / LEDGER
    begun(folder, 3)
    put_back(folder, copy)
    asked = reconcile(folder, None, None)
    assert asked.state_counts == {State.CANCELLED: 3}
    reconcile(folder, None, asked.letters)
    begun(folder, 3)
    sent(folder, lambda *_: None)
    assert states(folder) == [State.CANCELLED] * 3 + [State.SENT] * 3


def test_a_newer_copy_says_what_the_witness_cannot(folder: MailFolder, tmp_path: Path) -> None:
    begun(folder)
    with folder.ledger() as ledger:
        copy = folder.back_up(ledger) / LEDGER
    sent(folder)
    newer = tmp_path / "newer.sqlite"
    with folder.ledger() as ledger:
        ledger.copy_to(newer)
    put_back(folder, copy)
    (folder.path / WITNESS).unlink()
    data = newer.read_bytes()
    asked = reconcile(folder, newer, None)
    assert (asked.letters, asked.is_whole) == (6, True)
    assert codes(lambda: reconcile(folder, tmp_path / "none.sqlite", None)) == ["E370"]
    assert newer.read_bytes() == data
    reconcile(folder, newer, asked.letters)
    assert states(folder) == [*KNOWN, State.SENT]


def test_without_witness_and_newer_copy_what_was_still_to_go_is_unknown(
    folder: MailFolder, backup: Path
) -> None:
    put_back(folder, backup)
    with contextlib.suppress(FileNotFoundError):
        (folder.path / WITNESS).unlink()
    asked = reconcile(folder, None, None)
    assert not asked.is_whole
    reconcile(folder, None, asked.letters)
    assert set(states(folder)) == {State.UNKNOWN, State.WITHDRAWN}
    assert codes(lambda: cancel(folder, None)) == ["E394"]


def test_a_ledger_that_was_lost_is_no_new_beginning(folder: MailFolder) -> None:
    begun(folder, 2)
    sent(folder, lambda *_: None)
    (folder.path / LEDGER).unlink()
    with folder.ledger() as ledger:
        assert ledger.is_older
    reconcile(folder, None, 2)
    assert states(folder) == [State.SENT, State.SENT]


def test_a_damaged_witness_is_named_and_its_remedy_works(folder: MailFolder) -> None:
    begun(folder, 1)
    (folder.path / WITNESS).write_bytes(b"no database at all" * 100)
    with pytest.raises(DeliveryError) as raised, folder.ledger():
        pass
    assert [finding.code for finding in raised.value.findings] == ["E396"]
    (folder.path / WITNESS).unlink()
    reconcile(folder, None, reconcile(folder, None, None).letters)
    assert states(folder) == [State.UNKNOWN]


def test_a_ledger_that_is_up_to_date_is_no_older_copy(folder: MailFolder) -> None:
    begun(folder)
    with folder.ledger() as ledger:
        copy = folder.back_up(ledger) / LEDGER
    put_back(folder, copy)
    with folder.ledger() as ledger:
        assert not ledger.is_older
    sent(folder)
    for _ in range(2):
        with folder.ledger() as ledger:
            assert not ledger.is_older


@contextlib.contextmanager
def held_by_another(folder: MailFolder) -> Iterator[threading.Event]:
    """Hold the lock of the copies in a thread until the event is set, or the block ends."""
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with locked(folder.path / ".copies.lock"):
            held.set()
            release.wait(PATIENCE)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(PATIENCE)
    try:
        yield release
    finally:
        release.set()
        holder.join()


def test_a_copy_waits_for_another_process_that_copies(folder: MailFolder) -> None:
    with held_by_another(folder) as release:
        threading.Timer(0.2, release.set).start()
        with folder.scratch() as path:
            assert release.is_set()
            assert path.is_dir()
    assert not path.exists()


def test_a_pending_erasure_does_not_hold_up_who_opens_the_ledger(folder: MailFolder) -> None:
    begun(folder, 1)
    with folder.ledger() as ledger:
        copy = folder.back_up(ledger)
        ledger.forget(folder.identifiers().recipient("member0@example.bg"))
    with held_by_another(folder), folder.ledger() as ledger:
        assert ledger.pending_erasures()
    with folder.ledger() as ledger:
        assert not ledger.pending_erasures()
    assert b"member0@example.bg" not in (copy / LEDGER).read_bytes()


def test_what_a_killed_copy_left_is_deleted_by_the_next(folder: MailFolder) -> None:
    left = folder.path / BACKUPS / ".2023-12-20.part"
    left.mkdir(parents=True)
    (left / LEDGER).write_bytes(b"half")
    with folder.scratch():
        assert not left.exists()
