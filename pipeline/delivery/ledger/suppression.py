"""Suppression and erasure: recipients who get no more messages, and addresses taken out of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.delivery.ledger.database import Change, Database, change_all, timestamp
from pipeline.delivery.ledger.schema import erase
from pipeline.delivery.ledger.states import Event

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

FORGOTTEN: Final = "forgotten"
"""Reason of a suppression that never ends."""


class Suppressions(Database):
    """Keeps the list of suppressed recipients, by the identifier of their address."""

    def suppress(self, recipient: str, reason: str) -> None:
        """Send a recipient nothing more: no message whose end of data is not committed by now.

        Args:
            recipient: Identifier of the address.
            reason: `unsubscribed`, `complained`, `bounced`, `asked` (a wish in words, held back until the
                office decides) or `forgotten`. The first reason stays, but any other replaces `asked`, and
                `forgotten` replaces any other and is final.
        """
        with self._writing() as connection:
            suppress_in(connection, recipient, reason, timestamp())

    def suppressed(self) -> dict[str, str]:
        """Return the suppressed recipients by identifier, with the reason."""
        return dict(self._rows("SELECT recipient, reason FROM suppressed"))

    def readmit(self, recipient: str) -> bool:
        """End the suppression of a recipient, unless the reason is `forgotten`; return whether it ended.

        Reports that came until now are not held against the address any more.
        """
        with self._writing() as connection:
            connection.execute(
                "UPDATE strikes SET recipient = '', words = '' WHERE recipient = ?", (recipient,)
            )
            row = connection.execute(
                "DELETE FROM suppressed WHERE recipient = ? AND reason <> ?", (recipient, FORGOTTEN)
            )
            return row.rowcount > 0

    def forget(self, recipient: str) -> int:
        """Suppress a recipient for ever, and erase all else about them; states and numbers of letters stay.

        What was erased is still in free pages of the file, and in copies: the erasure is pending until
        `end_erasure` is called, however often the process is killed between.

        Returns:
            From how many deliveries the recipient was erased.
        """
        with self._writing() as connection:
            return forget_in(connection, recipient, timestamp())

    def pending_erasures(self) -> list[str]:
        """Return the identifiers that are erased in the tables, but perhaps not in free pages and copies."""
        return [row[0] for row in self._rows("SELECT recipient FROM erasures ORDER BY recipient")]

    def end_erasure(self, recipient: str) -> None:
        """Record that nothing is left of a recipient in any file."""
        with self._writing() as connection:
            connection.execute("DELETE FROM erasures WHERE recipient = ?", (recipient,))


def suppress_in(connection: sqlite3.Connection, recipient: str, reason: str, since: str) -> None:
    """Suppress a recipient within a transaction, and withdraw what was to be sent; see `suppress`."""
    connection.execute(
        "INSERT INTO suppressed VALUES (?, ?, ?) ON CONFLICT (recipient) DO UPDATE "
        "SET reason = excluded.reason, since = excluded.since "
        "WHERE suppressed.reason = 'asked' AND excluded.reason <> 'asked' "
        "OR excluded.reason = 'forgotten' AND suppressed.reason <> 'forgotten'",
        (recipient, reason, since),
    )
    event = Event.FORGOTTEN if reason == FORGOTTEN else Event.SUPPRESSED
    change_all(connection, Change(event), "recipient = ?", (recipient,))


def forget_in(connection: sqlite3.Connection, recipient: str, since: str) -> int:
    """Forget a recipient within a transaction; see `forget`."""
    suppress_in(connection, recipient, FORGOTTEN, since)
    connection.execute("INSERT OR IGNORE INTO erasures VALUES (?)", (recipient,))
    return erase(connection, recipient)


def suppress_all_in(connection: sqlite3.Connection, suppressed: Iterable[tuple[str, str, str]]) -> None:
    """Take over suppressions that another copy knows, within a transaction: none is ever lost.

    Args:
        connection: Connection within a transaction.
        suppressed: Identifier, reason, and since when.
    """
    for recipient, reason, since in suppressed:
        if reason == FORGOTTEN:
            forget_in(connection, recipient, since)
        else:
            suppress_in(connection, recipient, reason, since)
