"""SQLite database of the ledger: connection, transactions, and the one way a state is changed."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.delivery.ledger.schema import FORMAT, prepare
from pipeline.delivery.ledger.states import GOING, Event, State, after, changes
from pipeline.delivery.ledger.transactions import erase_deleted, transaction
from pipeline.findings.finding import DeliveryError, found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.delivery.ledger.witness import Witness

_BUSY_TIMEOUT: Final = 10.0
"""Seconds to wait for another process: the unsubscribe page writes while a mailing is sent."""

_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON")

IS_SUPPRESSED: Final = "(address IS NULL OR recipient IN (SELECT recipient FROM suppressed))"
"""Condition: nothing can be sent to the recipient of a delivery: suppressed, or the address is not known."""


class Change(NamedTuple):
    """What is written with a change of state.

    Args:
        event: What happens.
        reply: Reply of the server that is kept; None for the one that is there.
        due: Earliest moment of the next attempt, in seconds since 1970; 0 if there is none.
        is_attempt: Whether an attempt is counted.
    """

    event: Event
    reply: str | None = None
    due: float = 0
    is_attempt: bool = False


class Database:
    """Open database of a ledger.

    A transaction is on the disk when it is committed (write-ahead log, `synchronous=FULL`), and deleted
    content is overwritten (`secure_delete`).

    Args:
        path: Database file; created if it does not exist, readable by its owner only.
        witness: Follows every change; None for a ledger that is only a copy.

    Raises:
        DeliveryError: The file cannot be opened or is damaged (E370), or was written by a newer version of
            the program (E371).
    """

    def __init__(self, path: Path, witness: Witness | None = None) -> None:
        """Open the database."""
        self._path = path
        self._witness = witness
        with self._translated_errors():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            self._connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT, isolation_level=None)
            for pragma in _PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}")
            with transaction(self._connection):
                version = prepare(self._connection)
        if version > FORMAT:
            self.close()
            raise DeliveryError([found("E371", None, name=path.name, found=version, known=FORMAT)])

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of the database to a new file (SQLite, VACUUM INTO)."""
        with self._translated_errors():
            self._connection.execute("VACUUM INTO ?", (str(path),))

    def overwrite_erased(self) -> None:
        """Rewrite the file and its write-ahead log, whose free pages still hold what was erased.

        Raises:
            DeliveryError: Another process reads the ledger for too long, or it cannot be written (E370).
        """
        with self._translated_errors():
            erase_deleted(self._connection)

    def _rows(self, query: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        with self._translated_errors():
            return self._connection.execute(query, tuple(values)).fetchall()

    def _row(self, query: str, values: Iterable[object] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a result; SQLite computes no more than it."""
        with self._translated_errors():
            row: tuple[Any, ...] | None = self._connection.execute(query, tuple(values)).fetchone()
            return row

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Run a block as one transaction, committed at its end and rolled back on any exception."""
        with self._translated_errors(), transaction(self._connection):
            yield self._connection
        if self._witness is not None:
            self._witness.follow(self._connection)

    @contextlib.contextmanager
    def _translated_errors(self) -> Iterator[None]:
        """Raise errors of SQLite and the system as E370, which names the ledger."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise DeliveryError([found("E370", None, name=self._path.name, problem=error)]) from error


def change_one(connection: sqlite3.Connection, number: int, change: Change) -> State:
    """Change the state of one delivery by the table of states, and return the state it has then.

    Whether its recipient is suppressed is looked at in the same statement. If the table says that the event
    comes too late, nothing changes.

    Args:
        connection: Connection within a transaction.
        number: Number of the delivery.
        change: What happens.

    Raises:
        DeliveryError: The event cannot happen in the present state (E372).
    """
    rows = change_all(connection, change, "id = ?", (number,))
    if rows:
        return rows[0]
    row = connection.execute("SELECT state FROM promises WHERE id = ?", (number,)).fetchone()
    state = after(State(row[0]), change.event) if row else None
    if state is None:
        raise DeliveryError([found("E372", None, state=f"{row[0] if row else '–'}, {change.event}")])
    return state


def change_all(
    connection: sqlite3.Connection, change: Change, condition: str = "1", values: Iterable[object] = ()
) -> list[State]:
    """Change the state of all deliveries that an event concerns, and return the states they have then.

    Args:
        connection: Connection within a transaction.
        change: What happens.
        condition: Which deliveries, in SQL.
        values: Values of its placeholders.
    """
    following = changes(change.event)
    if not following:
        return []
    case = " ".join(
        f"WHEN '{state}' THEN "
        + (f"iif({IS_SUPPRESSED}, '{State.WITHDRAWN}', '{then}')" if then in GOING else f"'{then}'")
        for state, then in following.items()
    )
    reply = "reply" if change.reply is None else "iif(recipient IS NULL, '', ?)"
    given = () if change.reply is None else (change.reply,)
    rows = connection.execute(
        f"UPDATE promises SET state = CASE state {case} END, reply = {reply}, due = ?, tries = tries + ?, "
        f"changed = ? WHERE ({condition}) AND state IN ({placeholders(following)}) RETURNING state",
        (*given, change.due, int(change.is_attempt), timestamp(), *values, *following),
    )
    return [State(state) for (state,) in rows.fetchall()]


def placeholders(values: Iterable[object]) -> str:
    """Return as many SQL placeholders as there are values: `?, ?, ?`."""
    return ", ".join("?" for _ in values)


def timestamp() -> str:
    """Return the present moment in UTC, to the second (ISO 8601)."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
