"""The ledger: what was promised to whom, and what became of it.

Every change of a state is on the disk before the next byte goes to the server, and before anybody is told of
it (SQLite, write-ahead log, `synchronous=FULL`). An address stands in one column of one table, and is
overwritten where it is forgotten (`secure_delete`).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.delivery.ledger.states import OPEN, State, before
from pipeline.findings.finding import DeliveryError, found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.delivery.ledger.identifiers import Purpose

FORMAT: Final = 1
_PATIENCE: Final = 10.0
"""Seconds another process may hold the ledger: unsubscribing writes while a run goes on."""

_TABLES: Final = """
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, filing TEXT NOT NULL, purpose TEXT NOT NULL, begun TEXT NOT NULL,
  date TEXT NOT NULL, digests TEXT NOT NULL);
CREATE TABLE promises (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs, filing TEXT NOT NULL, purpose TEXT NOT NULL,
  recipient TEXT NOT NULL, token TEXT NOT NULL, message_id TEXT NOT NULL UNIQUE,
  address TEXT, name TEXT NOT NULL, language TEXT NOT NULL,
  state TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0,
  reply TEXT NOT NULL DEFAULT '', changed TEXT NOT NULL,
  UNIQUE (filing, purpose, recipient));
CREATE INDEX promises_open ON promises (run, state, tries, id);
CREATE INDEX promises_token ON promises (token);
CREATE INDEX promises_recipient ON promises (recipient);
CREATE TABLE dots (at REAL NOT NULL);
CREATE INDEX dots_at ON dots (at);
CREATE TABLE suppressed (recipient TEXT PRIMARY KEY, reason TEXT NOT NULL, since TEXT NOT NULL);
CREATE TABLE tests (filing TEXT NOT NULL, digest TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE returns (
  digest TEXT PRIMARY KEY, token TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, at TEXT NOT NULL);
"""


class Run(NamedTuple):
    """A sending that was confirmed once; it may take several goes.

    Args:
        id: Its number in the ledger.
        filing: What is sent, as the archive's index names it.
        purpose: Why.
        begun: When it was confirmed.
        date: The Date field of its messages (RFC 5322, 3.6.1), the same however often it is resumed.
        digests: SHA-256 of the message without anything of one member, by language: `bg:… en:…`.
    """

    id: int
    filing: str
    purpose: str
    begun: str
    date: str
    digests: str


class Promise(NamedTuple):
    """What one member is to have of one filing.

    Args:
        id: Its number in the ledger.
        run: The run it belongs to.
        recipient: The seal of the address.
        token: The token by which they unsubscribe.
        message_id: The Message-ID.
        address: The address; None where it is forgotten.
        name: The name they are addressed by.
        language: The language of the message.
        state: What became of it so far.
        tries: How often it was offered to a server.
        due: When it may be offered again, in seconds since 1970.
        reply: What the server answered last; it names no address.
        changed: When the state last changed.
    """

    id: int
    run: int
    recipient: str
    token: str
    message_id: str
    address: str | None
    name: str
    language: str
    state: State
    tries: int
    due: float
    reply: str
    changed: str


class Wanted(NamedTuple):
    """A promise about to be made.

    Args:
        recipient: The seal of the address.
        token: The token.
        message_id: The Message-ID.
        address: The address.
        name: The name.
        language: The language of the message.
    """

    recipient: str
    token: str
    message_id: str
    address: str
    name: str
    language: str


_PROMISE: Final = ", ".join(Promise._fields)


class Ledger:
    """The ledger of a workspace, open.

    Args:
        path: Its file; made where there is none.

    Raises:
        DeliveryError: It cannot be opened or is damaged (E370).
    """

    def __init__(self, path: Path) -> None:
        """Open the ledger."""
        self._path = path
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            self._base = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
            for setting in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
                self._base.execute(f"PRAGMA {setting}")
            with self._change():
                (held,) = self._base.execute("PRAGMA user_version").fetchone()
                if held == 0:
                    for statement in _TABLES.split(";"):
                        self._base.execute(statement)
                    self._base.execute(f"PRAGMA user_version={FORMAT}")
        if held > FORMAT:
            raise DeliveryError([found("E371", None, name=path.name, found=held, known=FORMAT)])

    def close(self) -> None:
        """Close it; what was written stays."""
        self._base.close()

    # ---- runs

    def begin(self, filing: str, purpose: Purpose, date: str, digests: str, wanted: Iterable[Wanted]) -> Run:
        """Freeze a list: promise each member what they are to have, all of them or none.

        Args:
            filing: What is sent.
            purpose: Why.
            date: The Date field of its messages.
            digests: What the messages are, by language.
            wanted: To whom; nobody that was promised the same before.
        """
        now = _now()
        with self._told(), self._change():
            row = self._base.execute(
                "INSERT INTO runs (filing, purpose, begun, date, digests) VALUES (?, ?, ?, ?, ?)",
                (filing, purpose, now, date, digests),
            )
            number = row.lastrowid or 0
            self._base.executemany(
                "INSERT INTO promises (run, filing, purpose, recipient, token, message_id, address, name, "
                "language, state, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ((number, filing, purpose, *each, State.QUEUED, now) for each in wanted),
            )
        return Run(number, filing, purpose, now, date, digests)

    def runs(self) -> list[Run]:
        """Return all runs, oldest first."""
        with self._told():
            rows = self._base.execute("SELECT * FROM runs ORDER BY id").fetchall()
        return [Run(*row) for row in rows]

    def unfinished(self) -> Run | None:
        """Return the oldest run that is not settled, or None."""
        wanted = (State.QUEUED, State.DEFERRED, State.SENDING, State.DOT)
        with self._told():
            row = self._base.execute(
                f"SELECT run FROM promises WHERE state IN ({_marks(wanted)}) ORDER BY run LIMIT 1", wanted
            ).fetchone()
        return next((run for run in self.runs() if row and run.id == row[0]), None)

    def recover(self) -> int:
        """Take up what a run left that was killed, and return how many nobody can know of.

        What had not got its dot is queued again: no server took it. What had its dot and no answer is
        unknown, and is never sent again by itself.
        """
        with self._told(), self._change():
            self._move_all(State.SENDING, State.QUEUED)
            return self._move_all(State.DOT, State.UNKNOWN)

    def promised(self, filing: str, purpose: Purpose) -> set[str]:
        """Return the seals of all who were promised a filing for one purpose."""
        with self._told():
            rows = self._base.execute(
                "SELECT recipient FROM promises WHERE filing = ? AND purpose = ?", (filing, purpose)
            ).fetchall()
        return {row[0] for row in rows}

    def had(self, filing: str) -> set[str]:
        """Return the seals of all whom a filing reached, or may have reached."""
        reached = (State.SENT, State.UNKNOWN, State.DOT)
        with self._told():
            rows = self._base.execute(
                f"SELECT recipient FROM promises WHERE filing = ? AND state IN ({_marks(reached)})",
                (filing, *reached),
            ).fetchall()
        return {row[0] for row in rows}

    # ---- promises

    def next_due(self, run: int, now: float) -> Promise | None:
        """Return what a run is to send next: first what was never tried; None where nothing is due."""
        # A state at a time: of two together the index cannot tell which is first, and all would be looked at.
        with self._told():
            rows = [
                self._base.execute(
                    f"SELECT {_PROMISE} FROM promises WHERE run = ? AND state = ? AND due <= ? "
                    "ORDER BY tries, id LIMIT 1",
                    (run, state, now),
                ).fetchone()
                for state in OPEN
            ]
        due = [_promise(row) for row in rows if row]
        return min(due, key=lambda promise: (promise.tries, promise.id), default=None)

    def earliest(self, run: int) -> float | None:
        """Return when the next of a run is due, in seconds since 1970; None where nothing is open."""
        with self._told():
            (due,) = self._base.execute(
                "SELECT min(due) FROM promises WHERE run = ? AND state IN (?, ?)", (run, *OPEN)
            ).fetchone()
        return None if due is None else float(due)

    def move(
        self, promise: Promise, state: State, reply: str = "", *, due: float = 0, tried: bool = False
    ) -> None:
        """Write what became of a promise; it is on the disk when this returns.

        Args:
            promise: Which.
            state: What became of it.
            reply: What the server answered.
            due: When it may be offered again, in seconds since 1970.
            tried: Whether this counts as a try.
        """
        with self._told(), self._change():
            self._move(promise, state, reply, due, tried=tried)

    def dot(self, promise: Promise, now: float) -> None:
        """Write that the dot of a message is about to go out, and when: limits are read from it."""
        with self._told(), self._change():
            self._move(promise, State.DOT, "", 0, tried=False)
            self._base.execute("INSERT INTO dots (at) VALUES (?)", (now,))

    def settle_and_begin(
        self, settled: tuple[Promise, State, str, float] | None, following: Promise | None
    ) -> None:
        """Write the outcome of one promise and the beginning of the next in one go to the disk.

        Args:
            settled: A promise, its state, the server's answer, and when it may be offered again.
            following: What is sent next, or None.
        """
        with self._told(), self._change():
            if settled is not None:
                promise, state, reply, due = settled
                self._move(promise, state, reply, due, tried=False)
            if following is not None:
                self._move(following, State.SENDING, "", 0, tried=True)

    def promises(self, run: int | None = None, *states: State) -> list[Promise]:
        """Return the promises of a run, or of all runs, that are in some states, or in any."""
        where = ["run = ?"] * (run is not None) + [f"state IN ({_marks(states)})"] * bool(states)
        values = [*([run] if run is not None else []), *states]
        condition = " WHERE " + " AND ".join(where) if where else ""
        with self._told():
            rows = self._base.execute(
                f"SELECT {_PROMISE} FROM promises{condition} ORDER BY id", values
            ).fetchall()
        return [_promise(row) for row in rows]

    def counted(self, run: int) -> dict[State, int]:
        """Return how many promises of a run are in each state."""
        with self._told():
            rows = self._base.execute(
                "SELECT state, count(*) FROM promises WHERE run = ? GROUP BY state", (run,)
            ).fetchall()
        held = {State(state): count for state, count in rows}
        return {state: held.get(state, 0) for state in State}

    def of_token(self, token: str) -> list[Promise]:
        """Return all promises to the member a token stands for, oldest first."""
        with self._told():
            rows = self._base.execute(
                f"SELECT {_PROMISE} FROM promises WHERE token = ? ORDER BY id", (token,)
            ).fetchall()
        return [_promise(row) for row in rows]

    def of_message(self, message_id: str) -> Promise | None:
        """Return the promise whose message bore a Message-ID, or None."""
        with self._told():
            row = self._base.execute(
                f"SELECT {_PROMISE} FROM promises WHERE message_id = ?", (message_id,)
            ).fetchone()
        return _promise(row) if row else None

    # ---- limits

    def dots_since(self, moment: float) -> int:
        """Return how many dots went out after a moment, in seconds since 1970."""
        with self._told():
            (count,) = self._base.execute("SELECT count(*) FROM dots WHERE at > ?", (moment,)).fetchone()
        return int(count)

    def dot_after(self, moment: float, number: int) -> float:
        """Return when the dot of a number, from 0, went out after a moment; there are so many."""
        with self._told():
            (at,) = self._base.execute(
                "SELECT at FROM dots WHERE at > ? ORDER BY at LIMIT 1 OFFSET ?", (moment, number)
            ).fetchone()
        return float(at)

    # ---- who is to have nothing

    def suppress(self, recipient: str, reason: str) -> None:
        """See that an address, known by its seal, has nothing more, from the next message on.

        Args:
            recipient: The seal.
            reason: `unsubscribed`, `bounced` or `forgotten`; the first that was given stands, but for
                `forgotten`, which is for good.
        """
        with self._told(), self._change():
            self._base.execute(
                "INSERT INTO suppressed VALUES (?, ?, ?) ON CONFLICT (recipient) DO UPDATE "
                "SET reason = excluded.reason, since = excluded.since "
                "WHERE excluded.reason = 'forgotten' AND suppressed.reason <> 'forgotten'",
                (recipient, reason, _now()),
            )
            self._base.execute(
                "UPDATE promises SET state = ?, changed = ? "
                f"WHERE recipient = ? AND state IN ({_marks(OPEN)})",
                (State.WITHDRAWN, _now(), recipient, *OPEN),
            )

    def suppressed(self) -> dict[str, str]:
        """Return who has nothing more, by seal, with the reason."""
        with self._told():
            return dict(self._base.execute("SELECT recipient, reason FROM suppressed").fetchall())

    def readmit(self, recipient: str) -> bool:
        """Let an address that unsubscribed have the bulletin again; what was forgotten stays so."""
        with self._told(), self._change():
            row = self._base.execute(
                "DELETE FROM suppressed WHERE recipient = ? AND reason <> 'forgotten'", (recipient,)
            )
            return row.rowcount > 0

    def forget(self, recipient: str) -> int:
        """Overwrite the address and the name wherever they stand; seal and outcome stay.

        Returns:
            From how many promises they were taken.
        """
        self.suppress(recipient, "forgotten")
        with self._told():
            with self._change():
                row = self._base.execute(
                    "UPDATE promises SET address = NULL, name = '' WHERE recipient = ?", (recipient,)
                )
            # Free pages and the log still hold what was overwritten until they are written anew.
            self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._base.execute("VACUUM")
            self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return row.rowcount

    # ---- what was tried, and what came back

    def record_test(self, filing: str, digest: str) -> None:
        """Write that a filing was sent to the office itself to be looked at."""
        with self._told(), self._change():
            self._base.execute("INSERT INTO tests VALUES (?, ?, ?)", (filing, digest, _now()))

    def tested(self, filing: str) -> set[str]:
        """Return the SHA-256 of every message of a filing that was sent as a test."""
        with self._told():
            rows = self._base.execute("SELECT digest FROM tests WHERE filing = ?", (filing,)).fetchall()
        return {row[0] for row in rows}

    def record_return(self, digest: str, token: str, kind: str, status: str) -> bool:
        """Write that something came back, once however often it is read.

        Args:
            digest: SHA-256 of what came back.
            token: Whom it is about; empty where nobody can tell.
            kind: What it is.
            status: The status it gives (RFC 3463), or empty.

        Returns:
            Whether it is new.
        """
        with self._told(), self._change():
            row = self._base.execute(
                "INSERT OR IGNORE INTO returns VALUES (?, ?, ?, ?, ?)", (digest, token, kind, status, _now())
            )
            return row.rowcount > 0

    def returned(self) -> dict[str, tuple[str, str]]:
        """Return what came back, by token: the kind and the status of the newest."""
        with self._told():
            rows = self._base.execute(
                "SELECT token, kind, status FROM returns WHERE token <> '' ORDER BY at"
            ).fetchall()
        return {token: (kind, status) for token, kind, status in rows}

    # ---- copies

    def copy_to(self, path: Path) -> None:
        """Write a copy of the ledger, whole as of one moment (SQLite, VACUUM INTO)."""
        with self._told():
            self._base.execute("VACUUM INTO ?", (str(path),))

    # ---- within

    def _move(self, promise: Promise, state: State, reply: str, due: float, *, tried: bool) -> None:
        earlier = before(state)
        row = self._base.execute(
            "UPDATE promises SET state = ?, reply = ?, due = ?, tries = tries + ?, changed = ? "
            f"WHERE id = ? AND state IN ({_marks(earlier)})",
            (state, reply, due, int(tried), _now(), promise.id, *earlier),
        )
        if row.rowcount != 1:
            raise DeliveryError([found("E372", None, state=state)])

    def _move_all(self, earlier: State, later: State) -> int:
        row = self._base.execute(
            "UPDATE promises SET state = ?, changed = ? WHERE state = ?", (later, _now(), earlier)
        )
        return row.rowcount

    @contextlib.contextmanager
    def _change(self) -> Iterator[None]:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Say of what SQLite or the system refuses that it is the ledger that is meant."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise DeliveryError([found("E370", None, name=self._path.name, problem=error)]) from error


def _promise(row: tuple[Any, ...]) -> Promise:
    told = Promise(*row)
    return told._replace(state=State(told.state))


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
