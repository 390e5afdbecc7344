"""The mail held to a model: whatever the server answers and whoever interferes, nobody is lost, doubled or
written to against their will, and nothing jams.

Members are queued, sent to, suppressed, forgotten and readmitted; processes are killed between any two steps;
others interfere at any step; the clock jumps; older copies of the ledger are put back. The model knows only
what the server has taken, and who was suppressed when; of the ledger it reads the rows of its file.
"""

from __future__ import annotations

import contextlib
import functools
import shutil
import sqlite3
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest import mock

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pipeline.delivery.ledger.database import Database
from pipeline.delivery.ledger.identifiers import KEY_LENGTH, Identifiers, Purpose
from pipeline.delivery.ledger.mail_folder import MailFolder
from pipeline.delivery.ledger.records import Delivery, NewDelivery
from pipeline.delivery.ledger.states import State
from pipeline.delivery.ledger.witness import Witness
from pipeline.delivery.sending import smtp
from pipeline.delivery.sending.dispatcher import Dispatcher, OutgoingMessage
from pipeline.delivery.sending.transport import Step, UnusableServerError
from pipeline.delivery.settings.model import Server as ServerSettings
from pipeline.desk.mail.ending import cancel, reconcile
from pipeline.desk.mail.records import (
    forget,
    mailing_statuses,
    settle_unknown,
    unknown_deliveries,
    unsubscribe,
)
from pipeline.files.workspace import Workspace
from tests.delivery.states.server import STEPS, Answer, Server, connected

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMBERS: Final = ("ana@example.bg", "5@example.bg", "boris@xn--e1afmkfd.xn--90ae", "vera@example.org")
TYPED: Final = {
    "ana@example.bg": " Ana@EXAMPLE.bg",
    "boris@xn--e1afmkfd.xn--90ae": "Борис <boris@Пример.бг>",
}
"""How the officer types some of them."""

NAMES: Final = {"ana@example.bg": "Анастасия-Ана", "vera@example.org": "Вера-Верослава"}
FILINGS: Final = ("2023-12-20/1", "2023-12-20/2")

CLOCK_JUMPS: Final = (-400_000_000.0, -86_400.0, 600.0, 86_400.0, 400_000_000.0)
"""Seconds by which the clock is set."""

_SHARED_MEMORY: Final = Path("/dev/shm")
"""A disk would make each run as slow as its commits."""

_MOST_ROUNDS: Final = 40

members = st.sampled_from(MEMBERS)
interference = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from(["suppress", "kill", "forget"]), members), max_size=2
)
answers = st.lists(
    st.tuples(st.sampled_from(STEPS[::-1]), members, st.sampled_from(Answer), st.integers(1, 3)), max_size=3
)


class Killed(BaseException):
    """The process is killed."""


class MailMachine(RuleBasedStateMachine):
    """The mail of one workspace, its server, and its model."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = contextlib.ExitStack()
        room = str(_SHARED_MEMORY) if _SHARED_MEMORY.is_dir() else None
        self.root = Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="mail-", dir=room)))
        self.folder = MailFolder(Workspace(self.root / "w"))
        (self.folder.path / "key").write_text("ab" * KEY_LENGTH)
        (self.folder.path / "key").chmod(0o600)
        self.ids: Identifiers = self.folder.identifiers()
        self._members = {self.ids.recipient(each): each for each in MEMBERS}
        self.server = Server(self._at_step)
        self.now = 1_700_000_000.0
        # What is to happen at which boundary of the running process, and whether that is at work.
        self.plan: list[tuple[int, str, str]] = []
        self.passed = 0
        self.is_sending = False
        self.is_dead = False
        # The model.
        self.queued: set[tuple[str, str]] = set()
        self.again: Counter[tuple[str, str]] = Counter()
        self.claimed: set[tuple[str, str]] = set()
        self.caps: dict[str, dict[tuple[str, str], int]] = {}
        self.forgotten: set[str] = set()
        self.put_backs = 0
        self.killed = 0
        self._hook()

    def teardown(self) -> None:
        try:
            self._finish()
        finally:
            self.stack.close()

    # ---- what the office, the members and the world do

    @initialize()
    def begin_with_all(self) -> None:
        self.begin(FILINGS[0], set(MEMBERS))

    @rule(filing=st.sampled_from(FILINGS), whom=st.sets(members, min_size=1))
    def begin(self, filing: str, whom: set[str]) -> None:
        """Queue a mailing, as the plan chooses: neither the suppressed nor those who were promised it."""
        with self.folder.exclusive(), self.folder.ledger() as ledger:
            ledger.recover()
            if ledger.is_older or ledger.unfinished():
                return
            left_out = set(ledger.suppressed()) | ledger.recipients(filing, Purpose.ISSUE)
            chosen = [each for each in sorted(whom) if self.ids.recipient(each) not in left_out]
            if chosen:
                self.folder.back_up(ledger)
                ledger.begin(
                    filing,
                    Purpose.ISSUE,
                    date="x",
                    digests="x",
                    deliveries=[self._new(filing, each) for each in chosen],
                )
                self.queued |= {(filing, each) for each in chosen}

    @rule(plan=interference, script=answers, retry=st.booleans())
    def send(
        self, plan: list[tuple[int, str, str]], script: list[tuple[str, str, Answer, int]], *, retry: bool
    ) -> None:
        """Resume what is unfinished; at some boundaries of the process others interfere, or it is killed."""
        for step, to, answer, often in script:
            whom = "" if step in {"connect", "mail"} else to
            self.server.script.setdefault((step, whom), []).extend([answer] * often)
        with self.folder.exclusive(), self.folder.ledger() as ledger:
            if ledger.is_older:
                return
            ledger.recover()
            for mailing in ledger.mailings() if retry else []:
                ledger.retry_failed(mailing.id)
            if ledger.unfinished():
                # As before each sending: a copy that is older soon.
                self.folder.back_up(ledger)
        self.plan, self.passed, self.is_dead = sorted(plan), 0, False
        self.server.last.clear()
        try:
            self._dispatched()
        except Killed:
            return
        finally:
            self.is_sending = self.is_dead = False
            self.plan = []
        self._check_outcomes()

    @rule(
        member=members,
        what=st.sampled_from(["suppress", "forget", "forget, killed", "readmit", "nothing"]),
        at=st.integers(0, 12),
    )
    def member_asks(self, member: str, what: str, at: int) -> None:
        """Let a member leave, be forgotten – by a command that may be killed – or come back."""
        if what == "suppress":
            self.suppress(member)
        elif what.startswith("forget"):
            self.forget(member, at if "killed" in what else None)
        elif what == "readmit":
            self.readmit(member)

    def suppress(self, member: str) -> None:
        self._note_suppression(member)
        unsubscribe(self.folder, TYPED.get(member, member), anyway=True)

    def forget(self, member: str, kill_after: int | None) -> None:
        """Forget somebody; the command may be killed, and what it had begun is finished by the next."""
        self._note_suppression(member)
        self.plan, self.passed = ([] if kill_after is None else [(kill_after, "kill", "")]), 0
        self.is_sending = True
        try:
            forget(self.folder, TYPED.get(member, member), anyway=True)
        except Killed:
            self.is_sending = self.is_dead = False
            forget(self.folder, member, anyway=True)
        finally:
            self.is_sending = self.is_dead = False
            self.plan = []
        self.forgotten.add(member)

    def readmit(self, member: str) -> None:
        changed = unsubscribe(self.folder, member, undo=True).is_changed
        assert not (changed and member in self.forgotten)
        if member not in self.forgotten:
            self.caps.pop(member, None)

    @rule(
        what=st.sampled_from(["clock", "put back", "put back, unheeded", "cancel", "reconcile", "status"]),
        number=st.integers(0, 4),
    )
    def office_does(self, what: str, number: int) -> None:
        """Let the clock be set, an older copy be put back, or the office do what it may."""
        if what == "clock":
            self.now += CLOCK_JUMPS[number]
        elif what.startswith("put back"):
            self.put_back(number, heed="unheeded" not in what)
        elif what == "cancel":
            self.cancel()
        elif what == "reconcile":
            self.bring_up_to_date()
        else:
            self.status_and_unknown_agree()

    def cancel(self) -> None:
        with self.folder.recovered_ledger() as ledger:
            if ledger.is_older or not ledger.unfinished():
                return
        sent_before = self._states()[State.SENT]
        asked = cancel(self.folder, None)
        done = cancel(self.folder, asked.letters)
        assert (done.letters, self._states()[State.SENT]) == (asked.letters, sent_before)

    @rule(has_it=st.booleans(), data=st.data())
    def settle(self, data: st.DataObject, *, has_it: bool) -> None:
        """Say of somebody whether they have the letter of which it is unknown: the office may be wrong."""
        if self._is_older():
            return
        unknown = sorted({each.address for each in unknown_deliveries(self.folder) if each.address})
        if not unknown:
            return
        member = data.draw(st.sampled_from(unknown))
        filings = {row[0] for row in self._rows(member) if row[1] == State.UNKNOWN}
        settle_unknown(self.folder, [TYPED.get(member, member)], State.SENT if has_it else State.QUEUED)
        for filing in filings:
            if has_it:
                self.claimed.add((filing, member))
            else:
                self.again[filing, member] += 1

    def put_back(self, which: int, *, heed: bool) -> None:
        """Put an older copy of the ledger, one of the last backups, in the place of the newer one.

        Where the office does not heed that, others go on for a while before it is brought up to date.
        """
        backups = self.folder.backups()
        if not backups:
            return
        for ending in ("", "-wal", "-shm"):
            (self.folder.path / f"ledger.sqlite{ending}").unlink(missing_ok=True)
        shutil.copyfile(
            backups[-1 - which % len(backups)] / "ledger.sqlite", self.folder.path / "ledger.sqlite"
        )
        self.put_backs += self._is_older()
        if heed:
            self.bring_up_to_date()

    def bring_up_to_date(self) -> None:
        if self._is_older():
            asked = reconcile(self.folder, None, None)
            assert asked.is_whole
            reconcile(self.folder, None, asked.letters)
            assert not self._is_older()

    # ---- what always holds

    @invariant()
    def all_holds(self) -> None:
        """Nobody is doubled or written to against their will; the ledger is true, and has forgotten."""
        with self.folder.ledger() as ledger:
            suppressed, is_older = ledger.suppressed(), ledger.is_older
        self._nobody_is_doubled_or_written_to_against_their_will()
        for member in self.caps:
            assert self.ids.recipient(member) in suppressed
        for member in self.forgotten:
            assert suppressed[self.ids.recipient(member)] == "forgotten"
        if not is_older:
            self._ledger_says_what_the_server_has()
        self._nothing_is_left_of_the_forgotten()

    def status_and_unknown_agree(self) -> None:
        statuses = mailing_statuses(self.folder, None)
        assert sum(each.state_counts[State.UNKNOWN] for each in statuses) == len(
            unknown_deliveries(self.folder)
        )
        for each in statuses:
            assert not each.state_counts[State.SENDING] + each.state_counts[State.END_OF_DATA]

    def _nobody_is_doubled_or_written_to_against_their_will(self) -> None:
        for key, taken in self.server.taken.items():
            assert taken <= 1 + self.again[key], (key, taken)
        for member, caps in self.caps.items():
            for (letter, to), taken in self.server.taken.items():
                assert to != member or taken <= caps.get((letter, to), 0), (letter, to, taken)

    def _ledger_says_what_the_server_has(self) -> None:
        rows = self._all_rows()
        for member in MEMBERS:
            of_member = [(filing, state) for filing, state, to in rows if to == member]
            for filing, state in of_member:
                taken, again = self.server.taken[filing, member], self.again[filing, member]
                if state == State.SENT:
                    assert taken or (filing, member) in self.claimed
                elif state not in {State.UNKNOWN, State.END_OF_DATA}:
                    settled = sum(
                        other in {State.SENT, State.UNKNOWN}
                        for letter, other in of_member
                        if letter == filing
                    )
                    assert taken <= again + settled, (filing, member, state)
            if member not in self.forgotten:
                known = {filing for filing, _ in of_member}
                assert known == {filing for filing, to in self.queued if to == member}

    def _nothing_is_left_of_the_forgotten(self) -> None:
        words = [word.encode() for member in self.forgotten for word in self._words_of(member)]
        if words:
            for path in self.folder.path.rglob("*"):
                data = path.read_bytes() if path.is_file() else b""
                assert not [word for word in words if word in data], path

    # ---- within

    def _finish(self) -> None:
        """With a server that takes everything, every mailing comes to its end."""
        self.server.script.clear()
        self.bring_up_to_date()
        for _ in range(_MOST_ROUNDS):
            with self.folder.exclusive(), self.folder.ledger() as ledger:
                ledger.recover()
                if not ledger.unfinished():
                    break
            self.now += 50_000
            self._dispatched()
            self.is_sending = False
        settled = {State.SENT, State.FAILED, State.UNKNOWN, State.WITHDRAWN, State.CANCELLED}
        assert set(self._states()) <= settled, self._states()
        self.all_holds()

    def _dispatched(self) -> None:
        with self.folder.exclusive(), self.folder.ledger() as ledger:
            if ledger.is_older:
                return
            ledger.recover()
            self.is_sending = True
            settings = ServerSettings(host="mail.example.bg", per_connection=3)
            for mailing in ledger.unfinished():
                with smtp.SmtpTransport(settings, None, "client.example.bg") as transport:
                    Dispatcher(
                        ledger=ledger,
                        transport=transport,
                        build=functools.partial(self._message, mailing.filing),
                        windows=((60.0, 3), (86_400.0, 8)),
                        patience=400,
                        clock=lambda: self.now,
                        sleep=self._sleep,
                    ).send(mailing)

    def _sleep(self, seconds: float) -> None:
        self.now += max(seconds, 1.0)

    def _message(self, filing: str, delivery: Delivery) -> OutgoingMessage:
        assert delivery.address
        return OutgoingMessage(
            "office@example.bg", f"X-Letter: {filing}\r\n\r\n.dots\r\n.\r\nend\r\n".encode()
        )

    def _new(self, filing: str, member: str) -> NewDelivery:
        return NewDelivery(
            recipient=self.ids.recipient(member),
            token=self.ids.token(member),
            message_id=self.ids.message_id(filing, Purpose.ISSUE, member, "sender.example"),
            address=member,
            name=NAMES.get(member, ""),
            language="bg",
        )

    def _words_of(self, member: str) -> list[str]:
        letters = [
            self.ids.message_id(filing, Purpose.ISSUE, member, "x").split("@")[0][1:] for filing in FILINGS
        ]
        return [member, self.ids.token(member), *letters, *([NAMES[member]] if member in NAMES else [])]

    def _check_outcomes(self) -> None:
        """Hold the states after a run that ended by itself against what the server answered last."""
        meant = {
            Answer.WELL: {State.SENT},
            Answer.LATER: {State.DEFERRED, State.FAILED, State.WITHDRAWN},
            Answer.FULL: {State.DEFERRED, State.FAILED, State.WITHDRAWN},
            Answer.CLOSING: {State.DEFERRED, State.FAILED, State.WITHDRAWN},
            Answer.NO: {State.FAILED},
        }
        for (letter, to), answer in self.server.last.items():
            states = [State(state) for filing, state in self._rows(to) if filing == letter]
            if to not in self.forgotten:
                assert set(states) & meant.get(answer, {State.UNKNOWN}), (letter, to, answer, states)

    def _note_suppression(self, member: str) -> None:
        """Note how many letters a member may have: what is taken, and one whose dot is committed by now."""
        if member not in self.caps:
            rows = self._rows(member)
            self.caps[member] = {
                (filing, member): self.server.taken[filing, member] + ((filing, State.END_OF_DATA) in rows)
                for filing in FILINGS
            }

    def _rows(self, member: str) -> list[tuple[str, str]]:
        """Return filing and state of all rows of a member."""
        return [(filing, state) for filing, state, to in self._all_rows() if to == member]

    def _all_rows(self) -> list[tuple[str, str, str]]:
        """Return filing, state and member of all rows of which the member is known, read past the program."""
        path = self.folder.path / "ledger.sqlite"
        if not path.exists():
            return []
        with contextlib.closing(sqlite3.connect(path)) as base:
            query = "SELECT filing, state, recipient FROM promises WHERE recipient IS NOT NULL ORDER BY id"
            rows = base.execute(query).fetchall()
        return [(filing, state, self._members[recipient]) for filing, state, recipient in rows]

    def _states(self) -> Counter[State]:
        with self.folder.recovered_ledger() as ledger:
            return Counter(each.state for each in ledger.deliveries())

    def _is_older(self) -> bool:
        with self.folder.ledger() as ledger:
            return ledger.is_older

    def _hook(self) -> None:
        """Put a boundary before and after each commit, and before the witness follows."""
        writing, follow, machine = Database._writing, Witness.follow, self

        @contextlib.contextmanager
        def bounded(base: Database) -> Iterator[sqlite3.Connection]:
            machine._boundary()
            with writing(base) as connection:
                yield connection
            machine._boundary()

        def followed(witness: Witness, ledger: sqlite3.Connection) -> None:
            machine._boundary()
            follow(witness, ledger)

        def opened(*_: Any) -> Any:
            line = connected(self.server)
            if line is None:
                raise UnusableServerError(Step.CONNECT, "refused")
            return line

        self.stack.enter_context(mock.patch.object(Database, "_writing", bounded))
        self.stack.enter_context(mock.patch.object(Witness, "follow", followed))
        self.stack.enter_context(mock.patch.object(smtp, "open_connection", opened))

    def _at_step(self, _step: str, _to: str) -> None:
        self._boundary()

    def _boundary(self) -> None:
        """Let happen what is planned for this boundary of the process at work."""
        if not self.is_sending:
            return
        if self.is_dead:
            raise Killed
        at, self.passed = self.passed, self.passed + 1
        due = [each for each in self.plan if each[0] == at]
        self.is_sending = False
        for _, what, member in due:
            if what == "kill":
                self.is_sending = self.is_dead = True
                self.killed += 1
                raise Killed
            (self.suppress if what == "suppress" else self._forget_meanwhile)(member)
        self.is_sending = True

    def _forget_meanwhile(self, member: str) -> None:
        self._note_suppression(member)
        forget(self.folder, member, anyway=True)
        self.forgotten.add(member)
