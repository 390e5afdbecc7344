"""Suppression and erasure: recipients who get no more messages, and addresses taken out of the ledger."""

from __future__ import annotations

from pipeline.delivery.ledger.database import Database, placeholders, timestamp
from pipeline.delivery.ledger.states import OPEN, State


class Suppressions(Database):
    """Keeps the list of suppressed recipients, by the identifier of their address."""

    def suppress(self, recipient: str, reason: str) -> None:
        """Send a recipient nothing more, from the next message on.

        Args:
            recipient: Identifier of the address.
            reason: `unsubscribed`, `complained`, `bounced`, `asked` (a wish in words, held back until the
                office decides) or `forgotten`. The first reason stays, but any other replaces `asked`, and
                `forgotten` replaces any other and is final.
        """
        now = timestamp()
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO suppressed VALUES (?, ?, ?) ON CONFLICT (recipient) DO UPDATE "
                "SET reason = excluded.reason, since = excluded.since "
                "WHERE suppressed.reason = 'asked' AND excluded.reason <> 'asked' "
                "OR excluded.reason = 'forgotten' AND suppressed.reason <> 'forgotten'",
                (recipient, reason, now),
            )
            connection.execute(
                "UPDATE promises SET state = ?, changed = ? "
                f"WHERE recipient = ? AND state IN ({placeholders(OPEN)})",
                (State.WITHDRAWN, now, recipient, *OPEN),
            )

    def suppressed(self) -> dict[str, str]:
        """Return the suppressed recipients by identifier, with the reason."""
        return dict(self._rows("SELECT recipient, reason FROM suppressed"))

    def readmit(self, recipient: str) -> bool:
        """End the suppression of a recipient, unless the reason is `forgotten`; return whether it ended.

        Reports that came until now are not held against the address any more.
        """
        with self._writing() as connection:
            connection.execute("UPDATE strikes SET recipient = '' WHERE recipient = ?", (recipient,))
            row = connection.execute(
                "DELETE FROM suppressed WHERE recipient = ? AND reason <> 'forgotten'", (recipient,)
            )
            return row.rowcount > 0

    def forget(self, recipient: str) -> int:
        """Erase address and name of a recipient from the file; identifier and outcome of deliveries stay.

        Returns:
            From how many deliveries they were erased.
        """
        self.suppress(recipient, "forgotten")
        with self._writing() as connection:
            row = connection.execute(
                "UPDATE promises SET address = NULL, name = '' WHERE recipient = ?", (recipient,)
            )
        with self._translated_errors():
            # Free pages and the write-ahead log still hold the old rows until they are rewritten.
            for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                self._connection.execute(statement)
        return row.rowcount
