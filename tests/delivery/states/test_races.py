"""What broke the mail from the side: each case failed before it was mended."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.ledger.states import State
from pipeline.delivery.ledger.transactions import transaction
from pipeline.delivery.sending.dispatcher import Dispatcher, Ending, MailingResult, OutgoingMessage
from pipeline.delivery.sending.retries import PAUSES
from pipeline.delivery.sending.throttle import DAY, MINUTE
from pipeline.delivery.sending.transport import ConnectionLostError, Reply, Step
from tests.delivery.scripted_transport import END_OF_DATA, Scripted
from tests.support.deliveries import FILING, IDENTIFIERS, new_deliveries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.delivery.ledger.records import Mailing, NewDelivery

S, Q, D, F, U, W = State.SENT, State.QUEUED, State.DEFERRED, State.FAILED, State.UNKNOWN, State.WITHDRAWN
LATER = Reply(450, "4.2.1 greylisted")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    opened = Ledger(path)
    yield opened
    opened.close()


def begun(ledger: Ledger, deliveries: list[NewDelivery]) -> Mailing:
    return ledger.begin(FILING, Purpose.ISSUE, date="x", digests="x", deliveries=deliveries)


def dispatched(ledger: Ledger, mailing: Mailing, transport: Any, **options: Any) -> MailingResult:
    message = OutgoingMessage("office@example.bg", b"Subject: x\r\n\r\nx\r\n")
    chosen = {"sleep": lambda _: None, "clock": lambda: 1000.0} | options
    return Dispatcher(ledger, transport, lambda _: message, **chosen).send(mailing)


def states(ledger: Ledger) -> list[State]:
    return [delivery.state for delivery in ledger.deliveries()]


def leaves(path: Path, number: int, *, is_forgotten: bool = False) -> None:
    """Let another process suppress a member."""
    other = Ledger(path)
    recipient = IDENTIFIERS.recipient(f"member{number}@example.bg")
    if is_forgotten:
        other.forget(recipient)
    else:
        other.suppress(recipient, "unsubscribed")
    other.close()


@pytest.mark.parametrize("is_forgotten", [False, True])
@pytest.mark.parametrize("step", [Step.CONNECT, Step.MAIL, Step.RCPT, Step.DATA, Step.BODY], ids=str)
def test_whoever_leaves_before_the_dot_gets_nothing_and_the_others_get_all(
    path: Path, ledger: Ledger, step: Step, *, is_forgotten: bool
) -> None:
    mailing = begun(ledger, new_deliveries(4))
    left: list[str] = []

    def script(now: Step | str, to: str) -> None:
        if now == step and not left and (to.startswith("member1") or step is Step.CONNECT):
            left.append(to)
            leaves(path, 1, is_forgotten=is_forgotten)

    transport = Scripted(script)
    assert dispatched(ledger, mailing, transport).ending is Ending.DONE
    assert states(ledger) == [S, W, S, S]
    assert transport.taken["member1@example.bg"] == 0
    assert sum(transport.taken.values()) == 3
    # A server that waits for the rest of a message must not get the next one as that.
    assert transport.connections == (1 if step is Step.CONNECT else 2)


def test_whoever_is_first_and_leaves_while_the_server_is_connected_is_skipped(
    path: Path, ledger: Ledger
) -> None:
    mailing = begun(ledger, new_deliveries(3))
    transport = Scripted(lambda step, _: leaves(path, 0) if step is Step.CONNECT else None)
    assert dispatched(ledger, mailing, transport).ending is Ending.DONE
    assert states(ledger) == [W, S, S]


def test_whoever_leaves_between_two_messages_neither_stops_them_nor_undoes_the_one_before(
    path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = begun(ledger, new_deliveries(4))
    begin = ledger.settle_and_begin

    def late(outcome: Any, following: Any) -> bool:
        if following is not None and following.address == "member1@example.bg":
            leaves(path, 1)
        return begin(outcome, following)

    monkeypatch.setattr(ledger, "settle_and_begin", late)
    assert dispatched(ledger, mailing, Scripted(lambda *_: None)).ending is Ending.DONE
    assert states(ledger) == [S, W, S, S]
    assert ledger.recover() == 0


@pytest.mark.parametrize("at", [Step.RCPT, END_OF_DATA])
def test_whoever_leaves_before_being_put_off_is_not_tried_again(
    path: Path, ledger: Ledger, at: Step | str
) -> None:
    mailing, now = begun(ledger, new_deliveries(2)), [1000.0]
    first = [LATER]

    def script(step: Step | str, to: str) -> Reply | None:
        if step == at and to.startswith("member0") and first:
            leaves(path, 0)
            return first.pop()
        return None

    def sleep(seconds: float) -> None:
        now[0] += seconds

    transport = Scripted(script)
    result = dispatched(ledger, mailing, transport, patience=400, clock=lambda: now[0], sleep=sleep)
    assert (result.ending, states(ledger)) == (Ending.DONE, [W, S])
    assert transport.taken["member0@example.bg"] == 0


def test_whoever_leaves_before_the_connection_is_lost_is_not_queued_again(path: Path, ledger: Ledger) -> None:
    mailing, first = begun(ledger, new_deliveries(2)), [True]

    def script(step: Step | str, to: str) -> Exception | None:
        if step is Step.RCPT and to.startswith("member0") and first:
            first.clear()
            leaves(path, 0)
            return ConnectionLostError(Step.RCPT, "gone")
        return None

    assert dispatched(ledger, mailing, Scripted(script)).ending is Ending.DONE
    assert states(ledger) == [W, S]


def test_whoever_leaves_after_the_dot_has_the_message(path: Path, ledger: Ledger) -> None:
    mailing = begun(ledger, new_deliveries(2))
    transport = Scripted(
        lambda step, to: leaves(path, 0, is_forgotten=True) if step == END_OF_DATA and "0" in to else None
    )
    assert dispatched(ledger, mailing, transport).ending is Ending.DONE
    assert states(ledger) == [S, S]
    assert transport.taken["member0@example.bg"] == 1


def test_whoever_left_since_a_mailing_was_planned_is_withdrawn_when_it_is_queued(
    path: Path, ledger: Ledger
) -> None:
    deliveries = new_deliveries(2)
    leaves(path, 1)
    begun(ledger, deliveries)
    assert states(ledger) == [Q, W]


def test_an_address_whose_letters_stand_in_a_reply_code_leaves_the_code_alone(ledger: Ledger) -> None:
    deliveries = [
        each._replace(address=f"{number}@example.bg") for number, each in enumerate(new_deliveries(6))
    ]
    mailing = begun(ledger, deliveries)
    refusal = Reply(550, "5.1.1 5@example.bg: user 5 unknown")
    script = lambda step, to: refusal if step is Step.RCPT and to.startswith("5") else None  # noqa: E731
    assert dispatched(ledger, mailing, Scripted(script)).ending is Ending.DONE
    assert ledger.deliveries()[5].reply == "550 5.1.1 …: user … unknown"
    assert states(ledger) == [S, S, S, S, S, F]


@pytest.mark.parametrize(
    "reply", [Reply(-1, ""), Reply(0, "?"), Reply(120, "wait"), Reply(354, "go on"), Reply(999, "x")]
)
def test_what_is_no_reply_after_the_dot_is_unknown_and_before_it_a_lost_connection(
    ledger: Ledger, reply: Reply
) -> None:
    mailing, first = begun(ledger, new_deliveries(3)), [reply]

    def script(step: Step | str, to: str) -> Reply | None:
        if step == END_OF_DATA and to.startswith("member0"):
            return reply
        return first.pop() if step is Step.RCPT and to.startswith("member1") and first else None

    transport = Scripted(script)
    assert dispatched(ledger, mailing, transport).ending is Ending.DONE
    assert states(ledger) == [U, S, S]
    assert transport.connections == 3


def test_a_clock_that_was_a_year_ahead_holds_up_no_message(ledger: Ledger) -> None:
    mailing, now = begun(ledger, new_deliveries(4)), [2e9]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    options = {"windows": ((MINUTE, 1), (DAY, 3)), "patience": 400, "clock": lambda: now[0], "sleep": sleep}
    transport = Scripted(lambda *_: None)
    dispatched(ledger, mailing, transport, should_stop=lambda: len(transport.taken) == 2, **options)
    now[0] = 1.9e9
    result = dispatched(ledger, mailing, transport, **options)
    # Three a day: the two that were ended "next year" count as ended now, and for no longer than a day.
    assert (len(transport.taken), result.ending) == (3, Ending.WAITING)
    assert result.due <= 1.9e9 + DAY + 400
    now[0] = result.due
    assert dispatched(ledger, mailing, transport, **options).ending is Ending.DONE


def test_a_message_put_off_while_the_clock_was_ahead_is_tried_after_its_pause(ledger: Ledger) -> None:
    mailing, now = begun(ledger, new_deliveries(1)), [2e9]
    transport = Scripted(lambda step, _: LATER if step is Step.RCPT else None)
    for attempt, pause in enumerate(PAUSES[:3]):
        dispatched(ledger, mailing, transport, clock=lambda: now[0])
        now[0] = 1.9e9 - attempt * 1e6
        result = dispatched(ledger, mailing, transport, clock=lambda: now[0])
        assert (result.ending, result.due) == (Ending.WAITING, now[0] + pause)
        now[0] = result.due


def test_a_disk_that_is_full_is_named_and_nothing_is_kept_of_what_was_begun(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE words (word)")
    connection.execute("PRAGMA max_page_count=4")
    with pytest.raises(sqlite3.Error, match="disk is full"), transaction(connection):
        connection.executemany("INSERT INTO words VALUES (?)", [("few",), ("many" * 10_000,)])
    with transaction(connection):
        connection.execute("INSERT INTO words VALUES ('few again')")
    assert connection.execute("SELECT word FROM words").fetchall() == [("few again",)]
    connection.close()
