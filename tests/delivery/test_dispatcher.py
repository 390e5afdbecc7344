"""Dispatcher: every recipient gets the correct state, whatever the server does and whenever we are killed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.ledger.records import Delivery, Mailing
from pipeline.delivery.ledger.states import Event, State
from pipeline.delivery.sending.dispatcher import Dispatcher, Ending, MailingResult, OutgoingMessage, redacted
from pipeline.delivery.sending.retries import PAUSES, event_of
from pipeline.delivery.sending.throttle import MINUTE
from pipeline.delivery.sending.transport import (
    ConnectionLostError,
    DataRefusedError,
    Reply,
    ReplyLostError,
    Step,
    UnusableServerError,
)
from pipeline.findings.finding import DeliveryError
from tests.delivery.scripted_transport import END_OF_DATA, OK, Killed, Scripted
from tests.support.deliveries import FILING, IDENTIFIERS, new_deliveries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.delivery.scripted_transport import Script


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "mail" / "ledger.sqlite")
    yield opened
    opened.close()


def begun(ledger: Ledger, count: int) -> Mailing:
    date = "Wed, 20 Dec 2023 10:00:00 +0200"
    return ledger.begin(FILING, Purpose.ISSUE, date=date, digests="bg:0", deliveries=new_deliveries(count))


def dispatched(ledger: Ledger, mailing: Mailing, transport: Scripted, **options: object) -> MailingResult:
    chosen: dict[str, object] = {"sleep": lambda _: None, "clock": lambda: 1000.0} | options
    message = OutgoingMessage("office@example.bg", b"Subject: x\r\n\r\nx\r\n")
    return Dispatcher(ledger, transport, lambda _: message, **chosen).send(mailing)  # type: ignore[arg-type]


def states(ledger: Ledger, mailing: Mailing) -> list[State]:
    return [delivery.state for delivery in ledger.deliveries(mailing.id)]


def at(step: Step | str, answer: Reply | Exception, *whom: int) -> Script:
    """Return a script with one event at a step, for some members or, if none are given, for all."""
    recipients = {f"member{number}@example.bg" for number in whom}
    return lambda now, to: answer if now == step and (not recipients or to in recipients) else None


S, Q, D, F, U = State.SENT, State.QUEUED, State.DEFERRED, State.FAILED, State.UNKNOWN
MATRIX = [
    ("all is well", at(END_OF_DATA, OK), [S, S, S], Ending.DONE),
    (
        "no connection",
        at(Step.CONNECT, UnusableServerError(Step.CONNECT, "refused")),
        [Q, Q, Q],
        Ending.STOPPED,
    ),
    ("no such host", at(Step.CONNECT, UnusableServerError(Step.LOOKUP, "DNS")), [Q, Q, Q], Ending.STOPPED),
    ("certificate", at(Step.CONNECT, UnusableServerError(Step.CERTIFICATE, "x")), [Q, Q, Q], Ending.STOPPED),
    ("no STARTTLS", at(Step.CONNECT, UnusableServerError(Step.TLS, "x")), [Q, Q, Q], Ending.STOPPED),
    ("password", at(Step.CONNECT, UnusableServerError(Step.AUTH, "535")), [Q, Q, Q], Ending.STOPPED),
    ("MAIL 4xx or 5xx", at(Step.MAIL, UnusableServerError(Step.MAIL, "451")), [Q, Q, Q], Ending.STOPPED),
    ("RCPT 450", at(Step.RCPT, Reply(450, "4.2.1 later"), 1), [S, D, S], Ending.WAITING),
    ("RCPT 550", at(Step.RCPT, Reply(550, "5.1.1 unknown"), 1), [S, F, S], Ending.DONE),
    ("RCPT 552 full", at(Step.RCPT, Reply(552, "5.2.2 full"), 1), [S, D, S], Ending.WAITING),
    ("RCPT 552 too large", at(Step.RCPT, Reply(552, "5.3.4 size"), 1), [S, F, S], Ending.DONE),
    ("DATA refused", at(Step.DATA, DataRefusedError(Reply(554, "no"))), [Q, Q, Q], Ending.STOPPED),
    ("drop in the body", at(Step.BODY, ConnectionLostError(Step.BODY, "gone")), [Q, Q, Q], Ending.STOPPED),
    ("dot 451", at(END_OF_DATA, Reply(451, "4.3.0 later"), 0), [D, S, S], Ending.WAITING),
    ("dot 554", at(END_OF_DATA, Reply(554, "5.7.1 spam"), 0), [F, S, S], Ending.DONE),
    ("drop after the dot", at(END_OF_DATA, ReplyLostError("gone"), 1), [S, U, S], Ending.DONE),
]


@pytest.mark.parametrize(("_case", "script", "expected", "ending"), MATRIX, ids=[case[0] for case in MATRIX])
def test_each_fault_leaves_every_recipient_in_its_true_state(
    ledger: Ledger,
    _case: str,
    script: Script,
    expected: list[State],
    ending: Ending,
) -> None:
    mailing = begun(ledger, 3)
    transport = Scripted(script)
    assert dispatched(ledger, mailing, transport).ending is ending
    assert states(ledger, mailing) == expected
    assert sum(transport.taken.values()) == expected.count(S)


def test_a_connection_that_is_lost_once_loses_no_message(ledger: Ledger) -> None:
    faults = iter([ConnectionLostError(Step.MAIL, "421 closing")])
    mailing = begun(ledger, 3)
    transport = Scripted(lambda step, to: next(faults, None) if step is Step.MAIL and "1" in to else None)
    assert dispatched(ledger, mailing, transport).ending is Ending.DONE
    assert states(ledger, mailing) == [S, S, S]
    assert set(transport.taken.values()) == {1}


def test_five_equal_refusals_stop_the_mailing(ledger: Ledger) -> None:
    mailing = begun(ledger, 8)
    result = dispatched(ledger, mailing, Scripted(at(END_OF_DATA, Reply(554, "5.7.1 blocked"))))
    assert result.ending is Ending.REFUSED
    assert result.reply is not None
    assert states(ledger, mailing) == [F] * 5 + [Q] * 3


def test_killed_at_any_moment_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    chance = random.Random(7)
    for kill in range(60):
        ledger = Ledger(tmp_path / f"{kill}.sqlite")
        mailing = begun(ledger, 6)
        left = chance.randrange(32)

        def script(step: Step | str, _: str) -> Reply | None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed(step)
            return None

        transport = Scripted(script)
        with pytest.raises(Killed) if left else pytest.MonkeyPatch.context():
            # A killed process records nothing before it ends.
            dispatch = Dispatcher(
                ledger,
                transport,
                lambda _: OutgoingMessage("a@b.bg", b"x\r\n"),
                sleep=lambda _: None,
                clock=lambda: 1.0,
            )
            dispatch._settle = lambda: None  # type: ignore[method-assign]
            dispatch.send(mailing)
        ledger.close()
        ledger = Ledger(tmp_path / f"{kill}.sqlite")
        unknown = ledger.recover()
        assert unknown <= 1
        assert dispatched(ledger, mailing, transport).ending is Ending.DONE
        for delivery in ledger.deliveries(mailing.id):
            assert transport.taken[delivery.address or ""] == 1 or delivery.state is U
            assert transport.taken[delivery.address or ""] <= 1
        assert ledger.state_counts(mailing.id)[U] == unknown
        ledger.close()


def test_a_deferred_delivery_is_retried_after_a_pause_a_limited_number_of_times(ledger: Ledger) -> None:
    now = [0.0]
    mailing = begun(ledger, 1)
    transport = Scripted(at(Step.RCPT, Reply(451, "4.7.1 greylisted")))

    def sleep(seconds: float) -> None:
        now[0] += max(seconds, 60.0)

    waits: list[float] = []
    options = {"clock": lambda: now[0], "sleep": sleep, "on_wait": waits.append, "patience": 1e6}
    result = dispatched(ledger, mailing, transport, **options)
    assert len(waits) == len(PAUSES)
    (delivery,) = ledger.deliveries(mailing.id)
    assert result.ending is Ending.DONE
    assert (delivery.state, delivery.attempts) == (F, len(PAUSES) + 1)
    assert now[0] >= sum(PAUSES)


def test_the_throttle_is_read_from_the_ledger_and_holds_over_restarts(ledger: Ledger) -> None:
    mailing = begun(ledger, 5)
    result = dispatched(ledger, mailing, Scripted(at(END_OF_DATA, OK)), windows=((MINUTE, 2),))
    assert (result.ending, result.due) == (Ending.WAITING, 1060.0)
    assert states(ledger, mailing).count(S) == 2
    again = dispatched(
        ledger, mailing, Scripted(at(END_OF_DATA, OK)), windows=((MINUTE, 2),), clock=lambda: 1061.0
    )
    assert again.due == 1121.0
    assert states(ledger, mailing).count(S) == 4


def test_an_unsubscription_takes_effect_from_the_next_message_on(ledger: Ledger) -> None:
    mailing = begun(ledger, 3)

    def unsubscribe(done: int) -> None:
        if done == 1:
            ledger.suppress(IDENTIFIERS.recipient("member1@example.bg"), "unsubscribed")

    transport = Scripted(at(END_OF_DATA, OK))
    dispatched(ledger, mailing, transport, on_progress=unsubscribe)
    assert states(ledger, mailing) == [S, State.WITHDRAWN, S]
    assert transport.taken["member1@example.bg"] == 0


def test_an_interrupted_mailing_finishes_the_message_in_flight(ledger: Ledger) -> None:
    mailing = begun(ledger, 3)
    transport = Scripted(at(END_OF_DATA, OK))
    assert (
        dispatched(ledger, mailing, transport, should_stop=lambda: bool(transport.taken)).ending
        is Ending.INTERRUPTED
    )
    assert states(ledger, mailing) == [S, Q, Q]


def test_no_recipient_is_queued_twice_for_the_same(ledger: Ledger) -> None:
    begun(ledger, 2)
    with pytest.raises(DeliveryError) as raised:
        begun(ledger, 3)
    assert [finding.code for finding in raised.value.findings] == ["E370"]
    assert len(ledger.deliveries()) == 2


def test_a_forgotten_address_is_nowhere_on_the_disk(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    mailing = begun(ledger, 40)
    dispatched(ledger, mailing, Scripted(at(Step.RCPT, Reply(550, "5.1.1 <member7@example.bg> unknown"), 7)))
    assert any(b"member7@example.bg" in path.read_bytes() for path in tmp_path.iterdir())
    assert ledger.forget(IDENTIFIERS.recipient("member7@example.bg")) == 1
    ledger.overwrite_erased()
    assert not any(b"member7@example.bg" in path.read_bytes() for path in tmp_path.iterdir())
    assert any(b"member8@example.bg" in path.read_bytes() for path in tmp_path.iterdir())
    erased = next(each for each in ledger.deliveries(mailing.id) if each.address is None)
    assert (erased.state, erased.recipient, erased.token, erased.message_id) == (F, "", "", "")
    recipient = IDENTIFIERS.recipient("member7@example.bg")
    assert not ledger.readmit(recipient)
    assert ledger.suppressed() == {recipient: "forgotten"}
    ledger.close()


def test_a_ledger_of_a_newer_program_or_no_ledger_at_all_is_refused(tmp_path: Path) -> None:
    Ledger(tmp_path / "a").close()
    import sqlite3  # noqa: PLC0415

    base = sqlite3.connect(tmp_path / "a")
    base.execute("PRAGMA user_version=9")
    base.close()
    (tmp_path / "b").write_bytes(b"no ledger at all" * 100)
    for name, code in (("a", "E371"), ("b", "E370")):
        with pytest.raises(DeliveryError) as raised:
            Ledger(tmp_path / name)
        assert [finding.code for finding in raised.value.findings] == [code]


def test_a_state_that_does_not_follow_is_refused(ledger: Ledger) -> None:
    mailing = begun(ledger, 1)
    (delivery,) = ledger.deliveries(mailing.id)
    with pytest.raises(DeliveryError) as raised:
        ledger.record(delivery, Event.ACCEPTED)
    assert [finding.code for finding in raised.value.findings] == ["E372"]
    assert states(ledger, mailing) == [Q]


def test_replies_of_a_server_are_stored_without_the_address() -> None:
    callbacks = "550 5.1.1 <Ivan.Petrov@example.bg>: mailbox ivan.petrov unknown"
    assert redacted(Reply(550, callbacks[4:]), "ivan.petrov@example.bg") == "550 5.1.1 <…>: mailbox … unknown"
    assert redacted(ReplyLostError(callbacks), "ivan.petrov@example.bg") == "550 5.1.1 <…>: mailbox … unknown"
    assert event_of(Reply(250, "ok"), 1) is Event.ACCEPTED


def test_a_delivery_record_holds_all_that_sending_needs(ledger: Ledger) -> None:
    mailing = begun(ledger, 1)
    (delivery,) = ledger.deliveries(mailing.id)
    assert isinstance(delivery, Delivery)
    assert ledger.deliveries_by_token(delivery.token) == [delivery]
    assert ledger.unfinished() == [mailing]
    assert ledger.recipients(FILING, Purpose.ISSUE) == {delivery.recipient}
    assert ledger.reached(FILING) == set()


@pytest.mark.parametrize(
    ("code", "success", "temporary", "final"),
    [
        (199, False, False, False),
        (250, True, False, True),
        (299, True, False, True),
        (354, False, False, False),
        (399, False, False, False),
        (400, False, True, True),
        (499, False, True, True),
        (500, False, False, True),
        (599, False, False, True),
        (600, False, False, False),
    ],
)
def test_the_first_digit_of_a_reply_decides(
    code: int, *, success: bool, temporary: bool, final: bool
) -> None:
    reply = Reply(code, "")
    assert (reply.is_success, reply.is_temporary, reply.is_final) == (success, temporary, final)


def test_an_attempt_begins_only_with_a_delivery(ledger: Ledger) -> None:
    mailing = begun(ledger, 1)
    (delivery,) = ledger.deliveries(mailing.id)
    assert not ledger.settle_and_begin(None, None)
    assert ledger.settle_and_begin(None, delivery)
    assert states(ledger, mailing) == [State.SENDING]
