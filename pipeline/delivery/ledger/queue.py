"""Queue of the ledger: mailings, their deliveries, and the changes of state.

Every change of a state is on the disk before the next byte goes to the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.delivery.ledger.database import Database, placeholders, timestamp
from pipeline.delivery.ledger.queries import COLUMNS, delivery_of
from pipeline.delivery.ledger.records import Mailing
from pipeline.delivery.ledger.states import OPEN, State, predecessors
from pipeline.findings.finding import DeliveryError, found

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from pipeline.delivery.ledger.identifiers import Purpose
    from pipeline.delivery.ledger.records import Delivery, DeliveryOutcome, NewDelivery


class Queue(Database):
    """Begins mailings and moves deliveries from state to state."""

    def begin(
        self, filing: str, purpose: Purpose, *, date: str, digests: str, deliveries: Iterable[NewDelivery]
    ) -> Mailing:
        """Queue a mailing: all deliveries or none.

        Args:
            filing: Name of the filing.
            purpose: Why it is sent.
            date: Date field of the messages.
            digests: SHA-256 of the messages, by language.
            deliveries: One for each recipient; none of whom has one for the same filing and purpose.

        Raises:
            DeliveryError: A recipient has one already, or the ledger cannot be written (E370).
        """
        now = timestamp()
        with self._writing() as connection:
            row = connection.execute(
                "INSERT INTO runs (filing, purpose, begun, date, digests) VALUES (?, ?, ?, ?, ?)",
                (filing, purpose, now, date, digests),
            )
            number = row.lastrowid or 0
            connection.executemany(
                "INSERT INTO promises (run, filing, purpose, recipient, token, message_id, address, name, "
                "language, state, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ((number, filing, purpose, *each, State.QUEUED, now) for each in deliveries),
            )
        return Mailing(id=number, filing=filing, purpose=purpose, begun=now, date=date, digests=digests)

    def recover(self) -> int:
        """Repair the states left by a process that was killed.

        A delivery whose end of data was not sent is queued again, for no server has the message. One whose
        end of data was sent without an answer becomes unknown, and is never sent again automatically.

        Returns:
            How many deliveries became unknown.
        """
        with self._writing() as connection:
            _move_all(connection, State.SENDING, State.QUEUED)
            return _move_all(connection, State.END_OF_DATA, State.UNKNOWN)

    def next_due(self, mailing: int, now: float) -> Delivery | None:
        """Return the delivery to attempt next, those never attempted first; None if nothing is due.

        Args:
            mailing: Number of the mailing.
            now: Present moment, in seconds since 1970.
        """
        # One query a state: with both in one, SQLite cannot use the index for the order and sorts all rows.
        rows = [
            self._row(
                f"SELECT {COLUMNS} FROM promises WHERE run = ? AND state = ? AND due <= ? "
                "ORDER BY tries, id LIMIT 1",
                (mailing, state, now),
            )
            for state in OPEN
        ]
        due = [delivery_of(row) for row in rows if row]
        return min(due, key=lambda delivery: (delivery.attempts, delivery.id), default=None)

    def earliest(self, mailing: int) -> float | None:
        """Return when the next attempt of a mailing is due, in seconds since 1970; None if it is finished."""
        row = self._row("SELECT min(due) FROM promises WHERE run = ? AND state IN (?, ?)", (mailing, *OPEN))
        return None if row is None or row[0] is None else float(row[0])

    def move(self, delivery: Delivery, state: State, reply: str = "") -> None:
        """Change the state of a delivery, due at once where it is open.

        Args:
            delivery: The delivery.
            state: Its new state.
            reply: Reply of the server that is kept.

        Raises:
            DeliveryError: The state may not follow the present one (E372).
        """
        with self._writing() as connection:
            _move(connection, delivery, state, reply=reply)

    def begin_end_of_data(self, delivery: Delivery, now: float) -> None:
        """Record that the end of data of a message is about to be sent; the throttle counts these."""
        with self._writing() as connection:
            _move(connection, delivery, State.END_OF_DATA)
            connection.execute("INSERT INTO dots (at) VALUES (?)", (now,))

    def settle_and_begin(self, outcome: DeliveryOutcome | None, following: Delivery | None) -> None:
        """Record the outcome of one delivery and the start of the next in one transaction.

        Args:
            outcome: Outcome of the last attempt, or None.
            following: Delivery attempted next, or None.
        """
        with self._writing() as connection:
            if outcome is not None:
                delivery, state, reply, due = outcome
                _move(connection, delivery, state, reply=reply, due=due)
            if following is not None:
                _move(connection, following, State.SENDING, is_attempt=True)

    def messages_since(self, moment: float) -> int:
        """Return how many messages were ended after a moment, in seconds since 1970."""
        row = self._row("SELECT count(*) FROM dots WHERE at > ?", (moment,))
        return int(row[0]) if row else 0

    def message_moment(self, moment: float, number: int) -> float:
        """Return when a message was ended.

        Args:
            moment: Only messages after it count, in seconds since 1970.
            number: Position among these, from 0; less than `messages_since(moment)`.
        """
        row = self._row("SELECT at FROM dots WHERE at > ? ORDER BY at LIMIT 1 OFFSET ?", (moment, number))
        if row is None:
            message = f"fewer than {number + 1} messages"
            raise IndexError(message)
        return float(row[0])


def _move(
    connection: sqlite3.Connection,
    delivery: Delivery,
    state: State,
    *,
    reply: str = "",
    due: float = 0,
    is_attempt: bool = False,
) -> None:
    earlier = predecessors(state)
    row = connection.execute(
        "UPDATE promises SET state = ?, reply = ?, due = ?, tries = tries + ?, changed = ? "
        f"WHERE id = ? AND state IN ({placeholders(earlier)})",
        (state, reply, due, int(is_attempt), timestamp(), delivery.id, *earlier),
    )
    if row.rowcount != 1:
        raise DeliveryError([found("E372", None, state=state)])


def _move_all(connection: sqlite3.Connection, earlier: State, later: State) -> int:
    row = connection.execute(
        "UPDATE promises SET state = ?, changed = ? WHERE state = ?", (later, timestamp(), earlier)
    )
    return row.rowcount
