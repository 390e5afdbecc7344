"""A run of mail: every recipient's state is the truth, whatever the server does, whenever we are killed."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Self

import pytest

from pipeline.delivery.ledger.identifiers import KEY_LENGTH, Purpose, Seals
from pipeline.delivery.ledger.ledger import Ledger, Promise, Run, Wanted
from pipeline.delivery.ledger.states import State
from pipeline.delivery.sending.dispatch import Delivered, Dispatch, Ending, Parcel, without
from pipeline.delivery.sending.retries import PAUSES, outcome
from pipeline.delivery.sending.throttle import MINUTE
from pipeline.delivery.sending.transport import (
    AnswerLost,
    BodyRefused,
    CourierDropped,
    CourierStopped,
    Reply,
    Step,
)
from pipeline.findings.finding import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SEALS = Seals(bytes(KEY_LENGTH))
FILING = "2023-12-20/1"
OK = Reply(250, "2.0.0 ok")


class Killed(BaseException):
    """The process is no more."""


class Scripted:
    """A server that does what a script says at each step of each recipient, and remembers what it took."""

    def __init__(self, script: Callable[[Step, str], Reply | Exception | None]) -> None:
        self._script = script
        self.taken: Counter[str] = Counter()
        self.is_ready = False
        self._to = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()

    def _asked(self, step: Step) -> Reply:
        told = self._script(step, self._to)
        if isinstance(told, Exception):
            raise told
        return told or OK

    def connect(self) -> None:
        self._asked(Step.CONNECT)
        self.is_ready = True

    def address(self, sender: str, recipient: str, size: int) -> Reply:
        assert "@" in sender
        assert size
        self._to = recipient
        self._asked(Step.MAIL)
        return self._asked(Step.RCPT)

    def pour(self, message: bytes) -> None:
        assert message
        self._asked(Step.DATA)
        self._asked(Step.BODY)

    def dot(self) -> Reply:
        told = self._script(Step.DOT, self._to)
        if told is None or (isinstance(told, Reply) and told.is_good):
            self.taken[self._to] += 1
        if isinstance(told, Exception):
            raise told
        return told or OK

    def drop(self) -> None:
        self.is_ready = False


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "mail" / "ledger.sqlite")
    yield opened
    opened.close()


def begun(ledger: Ledger, count: int) -> Run:
    wanted = [
        Wanted(
            SEALS.recipient(address),
            SEALS.token(address),
            SEALS.message_id(FILING, Purpose.ISSUE, address, "x.bg"),
            address,
            "",
            "bg",
        )
        for address in (f"member{at}@example.bg" for at in range(count))
    ]
    return ledger.begin(FILING, Purpose.ISSUE, "Wed, 20 Dec 2023 10:00:00 +0200", "bg:0", wanted)


def dispatched(ledger: Ledger, run: Run, courier: Scripted, **wishes: object) -> Delivered:
    held: dict[str, object] = {"sleep": lambda _: None, "clock": lambda: 1000.0} | wishes
    parcel = Parcel("office@example.bg", b"Subject: x\r\n\r\nx\r\n")
    return Dispatch(ledger, courier, lambda _: parcel, **held).send(run)  # type: ignore[arg-type]


def states(ledger: Ledger, run: Run) -> list[State]:
    return [promise.state for promise in ledger.promises(run.id)]


def at(step: Step, told: Reply | Exception, *whom: int) -> Callable[[Step, str], Reply | Exception | None]:
    """Return a script in which one thing happens, to some members or, where none is named, to all."""
    wanted = {f"member{number}@example.bg" for number in whom}
    return lambda now, to: told if now is step and (not wanted or to in wanted) else None


S, Q, D, F, U = State.SENT, State.QUEUED, State.DEFERRED, State.FAILED, State.UNKNOWN
MATRIX = [
    ("all is well", at(Step.DOT, OK), [S, S, S], Ending.DONE),
    ("no connection", at(Step.CONNECT, CourierStopped(Step.CONNECT, "refused")), [Q, Q, Q], Ending.STOPPED),
    ("no such host", at(Step.CONNECT, CourierStopped(Step.LOOKUP, "DNS")), [Q, Q, Q], Ending.STOPPED),
    ("certificate", at(Step.CONNECT, CourierStopped(Step.CERTIFICATE, "x")), [Q, Q, Q], Ending.STOPPED),
    ("no STARTTLS", at(Step.CONNECT, CourierStopped(Step.TLS, "x")), [Q, Q, Q], Ending.STOPPED),
    ("password", at(Step.CONNECT, CourierStopped(Step.AUTH, "535")), [Q, Q, Q], Ending.STOPPED),
    ("MAIL 4xx or 5xx", at(Step.MAIL, CourierStopped(Step.MAIL, "451")), [Q, Q, Q], Ending.STOPPED),
    ("RCPT 450", at(Step.RCPT, Reply(450, "4.2.1 later"), 1), [S, D, S], Ending.WAITING),
    ("RCPT 550", at(Step.RCPT, Reply(550, "5.1.1 unknown"), 1), [S, F, S], Ending.DONE),
    ("RCPT 552 full", at(Step.RCPT, Reply(552, "5.2.2 full"), 1), [S, D, S], Ending.WAITING),
    ("RCPT 552 too large", at(Step.RCPT, Reply(552, "5.3.4 size"), 1), [S, F, S], Ending.DONE),
    ("DATA refused", at(Step.DATA, BodyRefused(Reply(554, "no"))), [Q, Q, Q], Ending.STOPPED),
    ("drop in the body", at(Step.BODY, CourierDropped(Step.BODY, "gone")), [Q, Q, Q], Ending.STOPPED),
    ("dot 451", at(Step.DOT, Reply(451, "4.3.0 later"), 0), [D, S, S], Ending.WAITING),
    ("dot 554", at(Step.DOT, Reply(554, "5.7.1 spam"), 0), [F, S, S], Ending.DONE),
    ("drop after the dot", at(Step.DOT, AnswerLost("gone"), 1), [S, U, S], Ending.DONE),
]


@pytest.mark.parametrize(("_case", "script", "expected", "ending"), MATRIX, ids=[case[0] for case in MATRIX])
def test_each_fault_leaves_every_recipient_in_its_true_state(
    ledger: Ledger,
    _case: str,
    script: Callable[[Step, str], Reply | Exception | None],
    expected: list[State],
    ending: Ending,
) -> None:
    run = begun(ledger, 3)
    courier = Scripted(script)
    assert dispatched(ledger, run, courier).ending is ending
    assert states(ledger, run) == expected
    assert sum(courier.taken.values()) == expected.count(S)


def test_a_connection_that_ends_once_costs_nobody_anything(ledger: Ledger) -> None:
    faults = iter([CourierDropped(Step.MAIL, "421 closing")])
    run = begun(ledger, 3)
    courier = Scripted(lambda step, to: next(faults, None) if step is Step.MAIL and "1" in to else None)
    assert dispatched(ledger, run, courier).ending is Ending.DONE
    assert states(ledger, run) == [S, S, S]
    assert set(courier.taken.values()) == {1}


def test_five_equal_refusals_stop_the_run(ledger: Ledger) -> None:
    run = begun(ledger, 8)
    told = dispatched(ledger, run, Scripted(at(Step.DOT, Reply(554, "5.7.1 blocked"))))
    assert told.ending is Ending.REFUSED
    assert told.reply is not None
    assert states(ledger, run) == [F] * 5 + [Q] * 3


def test_killed_at_any_moment_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    chance = random.Random(7)
    for kill in range(60):
        ledger = Ledger(tmp_path / f"{kill}.sqlite")
        run = begun(ledger, 6)
        left = chance.randrange(32)

        def script(step: Step, _: str) -> Reply | None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed(step)
            return None

        courier = Scripted(script)
        with pytest.raises(Killed) if left else pytest.MonkeyPatch.context():
            # A process that is killed settles nothing on its way out.
            dispatch = Dispatch(
                ledger, courier, lambda _: Parcel("a@b.bg", b"x\r\n"), sleep=lambda _: None, clock=lambda: 1.0
            )
            dispatch._settle = lambda: None  # type: ignore[method-assign]
            dispatch.send(run)
        ledger.close()
        ledger = Ledger(tmp_path / f"{kill}.sqlite")
        unknown = ledger.recover()
        assert unknown <= 1
        assert dispatched(ledger, run, courier).ending is Ending.DONE
        for promise in ledger.promises(run.id):
            assert courier.taken[promise.address or ""] == 1 or promise.state is U
            assert courier.taken[promise.address or ""] <= 1
        assert ledger.counted(run.id)[U] == unknown
        ledger.close()


def test_what_waits_is_offered_again_after_its_pause_and_not_for_ever(ledger: Ledger) -> None:
    now = [0.0]
    run = begun(ledger, 1)
    courier = Scripted(at(Step.RCPT, Reply(451, "4.7.1 greylisted")))

    def sleep(seconds: float) -> None:
        now[0] += max(seconds, 60.0)

    waits: list[float] = []
    wishes = {"clock": lambda: now[0], "sleep": sleep, "waiting": waits.append, "patience": 1e6}
    told = dispatched(ledger, run, courier, **wishes)
    assert len(waits) == len(PAUSES)
    (promise,) = ledger.promises(run.id)
    assert told.ending is Ending.DONE
    assert (promise.state, promise.tries) == (F, len(PAUSES) + 1)
    assert now[0] >= sum(PAUSES)


def test_the_throttle_is_read_from_the_ledger_and_holds_over_restarts(ledger: Ledger) -> None:
    run = begun(ledger, 5)
    told = dispatched(ledger, run, Scripted(at(Step.DOT, OK)), windows=((MINUTE, 2),))
    assert (told.ending, told.due) == (Ending.WAITING, 1060.0)
    assert states(ledger, run).count(S) == 2
    again = dispatched(ledger, run, Scripted(at(Step.DOT, OK)), windows=((MINUTE, 2),), clock=lambda: 1061.0)
    assert again.due == 1121.0
    assert states(ledger, run).count(S) == 4


def test_who_unsubscribes_midway_has_nothing_from_the_next_message_on(ledger: Ledger) -> None:
    run = begun(ledger, 3)

    def told(done: int) -> None:
        if done == 1:
            ledger.suppress(SEALS.recipient("member1@example.bg"), "unsubscribed")

    courier = Scripted(at(Step.DOT, OK))
    dispatched(ledger, run, courier, told=told)
    assert states(ledger, run) == [S, State.WITHDRAWN, S]
    assert courier.taken["member1@example.bg"] == 0


def test_an_interrupted_run_finishes_the_message_in_flight(ledger: Ledger) -> None:
    run = begun(ledger, 3)
    courier = Scripted(at(Step.DOT, OK))
    assert dispatched(ledger, run, courier, is_over=lambda: bool(courier.taken)).ending is Ending.INTERRUPTED
    assert states(ledger, run) == [S, Q, Q]


def test_nobody_is_promised_the_same_twice(ledger: Ledger) -> None:
    begun(ledger, 2)
    with pytest.raises(DeliveryError) as raised:
        begun(ledger, 3)
    assert [finding.code for finding in raised.value.findings] == ["E370"]
    assert len(ledger.promises()) == 2


def test_forgotten_is_an_address_nowhere_on_the_disk(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    run = begun(ledger, 40)
    dispatched(ledger, run, Scripted(at(Step.RCPT, Reply(550, "5.1.1 <member7@example.bg> unknown"), 7)))
    assert any(b"member7@example.bg" in path.read_bytes() for path in tmp_path.iterdir())
    assert ledger.forget(SEALS.recipient("member7@example.bg")) == 1
    assert not any(b"member7@example.bg" in path.read_bytes() for path in tmp_path.iterdir())
    assert any(b"member8@example.bg" in path.read_bytes() for path in tmp_path.iterdir())
    kept = next(each for each in ledger.promises(run.id) if each.address is None)
    assert (kept.state, kept.recipient) == (F, SEALS.recipient("member7@example.bg"))
    assert not ledger.readmit(kept.recipient)
    assert ledger.suppressed() == {kept.recipient: "forgotten"}
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
    run = begun(ledger, 1)
    (promise,) = ledger.promises(run.id)
    with pytest.raises(DeliveryError) as raised:
        ledger.move(promise, S)
    assert [finding.code for finding in raised.value.findings] == ["E372"]
    assert states(ledger, run) == [Q]


def test_what_a_server_says_is_kept_without_the_address() -> None:
    said = "550 5.1.1 <Ivan.Petrov@example.bg>: mailbox ivan.petrov unknown"
    assert without(said, "ivan.petrov@example.bg") == "550 5.1.1 <…>: mailbox … unknown"
    assert outcome(Reply(250, "ok"), 1) == (S, 0)


def test_the_promise_is_frozen_with_all_it_needs(ledger: Ledger) -> None:
    run = begun(ledger, 1)
    (promise,) = ledger.promises(run.id)
    assert isinstance(promise, Promise)
    assert ledger.of_token(promise.token) == [promise]
    assert ledger.unfinished() == run
    assert ledger.promised(FILING, Purpose.ISSUE) == {promise.recipient}
    assert ledger.had(FILING) == set()
