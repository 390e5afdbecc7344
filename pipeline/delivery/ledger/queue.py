"""Queue of the ledger: mailings, their deliveries, and what happens to these.

Every change of a state is on the disk before the next byte goes to the server, and goes by the table of
`pipeline.delivery.ledger.states`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.delivery.ledger.database import (
    IS_SUPPRESSED,
    Change,
    Database,
    change_all,
    change_one,
    timestamp,
)
from pipeline.delivery.ledger.queries import COLUMNS, delivery_of
from pipeline.delivery.ledger.records import Mailing
from pipeline.delivery.ledger.states import OPEN, Event, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.delivery.ledger.identifiers import Purpose
    from pipeline.delivery.ledger.records import Delivery, DeliveryOutcome, NewDelivery


class Queue(Database):
    """Begins mailings, and records what happens to their deliveries."""

    def begin(
        self,
        filing: str,
        purpose: Purpose,
        *,
        date: str,
        digests: str,
        deliveries: Iterable[NewDelivery],
        settings: str = "",
    ) -> Mailing:
        """Queue a mailing: all deliveries or none. Who was suppressed since it was planned is withdrawn.

        Args:
            filing: Name of the filing.
            purpose: Why it is sent.
            date: Date field of the messages.
            digests: SHA-256 of the messages, by language.
            deliveries: One for each recipient; none of whom has one for the same filing and purpose.
            settings: What the messages were made with; see `pipeline.desk.mail.confirmed`.

        Raises:
            DeliveryError: A recipient has one already, or the ledger cannot be written (E370).
        """
        now = timestamp()
        with self._writing() as connection:
            row = connection.execute(
                "INSERT INTO runs (filing, purpose, begun, date, digests, settings) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (filing, purpose, now, date, digests, settings),
            )
            number = row.lastrowid or 0
            connection.executemany(
                "INSERT INTO promises (run, filing, purpose, recipient, token, message_id, address, name, "
                "language, state, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ((number, filing, purpose, *each, State.QUEUED, now) for each in deliveries),
            )
            change_all(connection, Change(Event.SUPPRESSED), f"run = ? AND {IS_SUPPRESSED}", (number,))
        return Mailing(number, filing, purpose, now, date, digests, settings)

    def confirm_anew(self, mailing: Mailing, *, digests: str, settings: str) -> Mailing:
        """Record that the office goes on with a mailing although its messages are others now."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE runs SET digests = ?, settings = ? WHERE id = ?", (digests, settings, mailing.id)
            )
        return mailing._replace(digests=digests, settings=settings)

    def recover(self) -> int:
        """Repair the states left by a process that was killed.

        A delivery whose end of data was not sent is queued again, for no server has the message. One whose
        end of data was sent without an answer becomes unknown, and is never sent again automatically.

        Returns:
            How many deliveries became unknown.
        """
        with self._writing() as connection:
            return change_all(connection, Change(Event.KILLED)).count(State.UNKNOWN)

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

    def record(self, delivery: Delivery, event: Event) -> State:
        """Record what happened to a delivery, and return the state it has then.

        Raises:
            DeliveryError: It cannot happen in the present state (E372).
        """
        with self._writing() as connection:
            return change_one(connection, delivery.id, Change(event))

    def settle(self, delivery: Delivery, event: Event, address: str) -> State:
        """Record what the office found out about a delivery, and return the state it has then.

        Args:
            delivery: The delivery.
            event: `FOUND_SENT` or `FOUND_MISSING`.
            address: Address of the recipient, for a delivery that only another copy of the ledger knew.
        """
        with self._writing() as connection:
            connection.execute(
                "UPDATE promises SET address = coalesce(address, ?) WHERE id = ?", (address, delivery.id)
            )
            return change_one(connection, delivery.id, Change(event))

    def begin_end_of_data(self, delivery: Delivery, now: float) -> bool:
        """Record that the end of data of a message is about to be sent; the throttle counts these.

        Returns:
            Whether it may be sent: not to a recipient who was suppressed since the attempt began.
        """
        with self._writing() as connection:
            is_to_be_sent = change_one(connection, delivery.id, Change(Event.ENDED)) is State.END_OF_DATA
            if is_to_be_sent:
                connection.execute("INSERT INTO dots (at) VALUES (?)", (now,))
            return is_to_be_sent

    def settle_and_begin(self, outcome: DeliveryOutcome | None, following: Delivery | None) -> bool:
        """Record the outcome of one delivery and the start of the next in one transaction.

        Args:
            outcome: Outcome of the last attempt, or None.
            following: Delivery attempted next, or None.

        Returns:
            Whether the next attempt began: not if its recipient was suppressed since it was chosen.
        """
        with self._writing() as connection:
            if outcome is not None:
                change = Change(outcome.event, reply=outcome.reply, due=outcome.due)
                change_one(connection, outcome.delivery.id, change)
            if following is None:
                return False
            begun = Change(Event.BEGUN, reply="", is_attempt=True)
            return change_one(connection, following.id, begun) is State.SENDING

    def cancel(self, mailing: int, states: Iterable[State] = OPEN) -> int:
        """Cancel what a mailing has not sent yet; return how many deliveries that concerns.

        Args:
            mailing: Number of the mailing.
            states: Only those in one of these states.
        """
        listed = ", ".join(f"'{state}'" for state in states)
        with self._writing() as connection:
            condition = f"run = ? AND state IN ({listed})"
            return len(change_all(connection, Change(Event.CANCELLED), condition, (mailing,)))

    def retry_failed(self, mailing: int) -> int:
        """Queue those again whom the server refused; return how many may be sent to."""
        with self._writing() as connection:
            return change_all(connection, Change(Event.RETRIED), "run = ?", (mailing,)).count(State.QUEUED)

    def heed_clock(self, now: float, pauses: Sequence[float]) -> bool:
        """Move what lies too far in the future, because the clock was ahead when it was recorded.

        Messages ended in the future are counted as ended now, and no attempt is due later than after the
        pause that follows so many attempts.

        Args:
            now: Present moment, in seconds since 1970.
            pauses: Seconds after the first attempt, the second, and so on.

        Returns:
            Whether anything was moved.
        """
        with self._writing() as connection:
            moved = connection.execute("UPDATE dots SET at = ? WHERE at > ?", (now, now)).rowcount
            for attempts, pause in enumerate(pauses, 1):
                moved += connection.execute(
                    "UPDATE promises SET due = ? WHERE tries = ? AND due > ?",
                    (now + pause, attempts, now + pause),
                ).rowcount
            return moved > 0

    def messages_since(self, moment: float) -> int:
        """Return how many messages were ended after a moment, in seconds since 1970."""
        row = self._row("SELECT count(*) FROM dots WHERE at > ?", (moment,))
        return int(row[0]) if row else 0

    def message_moment(self, moment: float, number: int) -> float:
        """Return when a message was ended.

        Args:
            moment: Only messages after it count, in seconds since 1970.
            number: Position among these, from 0; less than `messages_since(moment)`.

        Raises:
            IndexError: There are not so many.
        """
        row = self._row("SELECT at FROM dots WHERE at > ? ORDER BY at LIMIT 1 OFFSET ?", (moment, number))
        if row is None:
            message = f"fewer than {number + 1} messages"
            raise IndexError(message)
        return float(row[0])
